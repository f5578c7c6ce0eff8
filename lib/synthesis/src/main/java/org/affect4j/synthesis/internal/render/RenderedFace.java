package org.affect4j.synthesis.internal.render;

import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;

/**
 * The exact truth about a face that was drawn, in pixels of the picture.
 *
 * @param landmarks five landmarks: eye centres (mean of six lid landmarks), lower tip of the nose
 *     (.75 cm under landmark 30 of the contour), mouth corners (between the outer and the inner
 *     corner of the contour)
 * @param contour 68 landmarks in the order of iBUG, unmodifiable; from the jaw on the image's left
 * @param box around the face from chin to forehead, without ears and hair; may leave the picture
 * @param brightness mean linear light of the pixels of facial skin, 0 if none is in the picture
 */
public record RenderedFace(
    Landmarks landmarks, List<Point> contour, PixelBox box, double brightness) {
  /** Copies the contour. */
  public RenderedFace {
    contour = List.copyOf(contour);
  }

  /**
   * Returns the truth for a picture of another resolution; centres of pixels are whole numbers.
   *
   * @param factor new size over old size
   * @return the truth
   */
  public RenderedFace resized(double factor) {
    double shift = .5 * factor - .5;
    return new RenderedFace(
        landmarks.moved(factor, shift, shift),
        contour.stream()
            .map(p -> new Point(factor * p.x() + shift, factor * p.y() + shift))
            .toList(),
        PixelBox.ofCorners(
            factor * box.x() + shift,
            factor * box.y() + shift,
            factor * (box.x() + box.width()) + shift,
            factor * (box.y() + box.height()) + shift),
        brightness);
  }
}
