package org.affect4j.training.scene;

import java.util.Objects;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;

/**
 * One face cut out of a picture, to be put into scenes. Immutable.
 *
 * @param name where it comes from, for messages
 * @param picture its pixels
 * @param box its box in them
 * @param landmarks its landmarks in them
 * @param rendered whether it is a drawn head rather than a photo
 */
record Sprite(
    String name, PicturePyramid picture, PixelBox box, Landmarks landmarks, boolean rendered) {
  Sprite {
    Objects.requireNonNull(picture, "picture");
    if (!(box.width() >= 1 && box.height() >= 1)) {
      throw new IllegalArgumentException("%s: a face with the box %s".formatted(name, box));
    }
  }
}
