package org.affect4j.synthesis.internal.render;

import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.SimilarityTransform;

/** Where a face comes to lie in the picture. */
@FunctionalInterface
public interface Placement {
  /**
   * Returns the transform from the plane of projection to pixels.
   *
   * @param projected landmarks in the plane of projection: centimetres at the depth of the head, x
   *     to the right, y downward
   * @return the transform
   */
  SimilarityTransform transform(Landmarks projected);

  /**
   * Aligns the face to the template of {@link FaceAligner}, as the behaviour network sees it.
   *
   * @param size side of the crop in pixels
   * @param jitter errors of a detector in pixels of a 112 crop: ten numbers, or none
   * @return the placement
   */
  static Placement aligned(int size, double... jitter) {
    List<Point> template = new FaceAligner(size).template().points();
    double k = (double) size / FaceAligner.STANDARD_SIZE;
    List<Point> target = new java.util.ArrayList<>();
    for (int i = 0; i < template.size(); i++) {
      Point p = template.get(i);
      target.add(
          jitter.length == 0
              ? p
              : new Point(p.x() + k * jitter[2 * i], p.y() + k * jitter[2 * i + 1]));
    }
    return projected -> SimilarityTransform.fit(projected.points(), target);
  }

  /**
   * Puts the point between the eyes at a position, upright.
   *
   * @param x position in pixels
   * @param y position in pixels
   * @param pixelsPerCm size of the head
   * @return the placement
   */
  static Placement at(double x, double y, double pixelsPerCm) {
    return projected -> {
      double midX = (projected.eyeLeft().x() + projected.eyeRight().x()) / 2;
      double midY = (projected.eyeLeft().y() + projected.eyeRight().y()) / 2;
      return new SimilarityTransform(
          pixelsPerCm, 0, x - pixelsPerCm * midX, y - pixelsPerCm * midY);
    };
  }

  /**
   * Returns the same placement in a picture of another resolution; centres of pixels are whole
   * numbers.
   *
   * @param factor new size over old size
   * @return the placement
   */
  default Placement resized(double factor) {
    return projected -> {
      SimilarityTransform t = transform(projected);
      return new SimilarityTransform(
          factor * t.a(),
          factor * t.b(),
          factor * (t.shiftX() + .5) - .5,
          factor * (t.shiftY() + .5) - .5);
    };
  }
}
