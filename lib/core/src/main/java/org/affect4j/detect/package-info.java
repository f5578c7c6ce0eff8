/**
 * Faces in photos: prior boxes, decoding, non-maximum suppression, and the detectors built of them.
 */
package org.affect4j.detect;
