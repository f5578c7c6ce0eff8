/** Faces that keep their number from frame to frame. */
package org.affect4j.video.track;
