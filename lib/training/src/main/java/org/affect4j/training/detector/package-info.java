/** Training of face detectors on composed scenes. */
package org.affect4j.training.detector;
