package org.affect4j.detect;

import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.SimilarityTransform;

/**
 * The frame in which a {@link LandmarkRefiner} sees one face: the crop that first landmarks give,
 * upright and of one size. Positions in it are offsets from where an aligned face has its
 * landmarks, in units of the distance of the eyes there, so that they are small and do not depend
 * on the size of the face. Immutable.
 */
public final class LandmarkFrame {
  private final SimilarityTransform toCrop;
  private final Landmarks template;

  private LandmarkFrame(SimilarityTransform toCrop, Landmarks template) {
    this.toCrop = toCrop;
    this.template = template;
  }

  /**
   * Finds the frame of a face.
   *
   * @param aligner cuts the crop
   * @param first landmarks by which it is cut, in pixels of the photo
   * @return the frame
   * @throws IllegalArgumentException if all landmarks coincide
   */
  public static LandmarkFrame of(FaceAligner aligner, Landmarks first) {
    return new LandmarkFrame(aligner.transform(first), aligner.template());
  }

  /**
   * Returns where landmarks lie in the frame.
   *
   * @param landmarks landmarks in pixels of the photo
   * @return ten offsets: x and y of each landmark, in the order of {@link Landmarks#NAMES}
   */
  public float[] offsets(Landmarks landmarks) {
    List<Point> meant = template.points();
    List<Point> points = landmarks.points();
    double unit = template.interocularDistance();
    float[] offsets = new float[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      Point p = toCrop.apply(points.get(i));
      offsets[2 * i] = (float) ((p.x() - meant.get(i).x()) / unit);
      offsets[2 * i + 1] = (float) ((p.y() - meant.get(i).y()) / unit);
    }
    return offsets;
  }

  /**
   * Returns the landmarks that offsets stand for: the inverse of {@link #offsets}.
   *
   * @param offsets ten offsets
   * @return landmarks in pixels of the photo
   */
  public Landmarks landmarks(float[] offsets) {
    SimilarityTransform back = toCrop.inverse();
    List<Point> meant = template.points();
    double unit = template.interocularDistance();
    double[] xy = new double[offsets.length];
    for (int i = 0; i < meant.size(); i++) {
      Point p =
          back.apply(
              new Point(
                  meant.get(i).x() + unit * offsets[2 * i],
                  meant.get(i).y() + unit * offsets[2 * i + 1]));
      xy[2 * i] = p.x();
      xy[2 * i + 1] = p.y();
    }
    return Landmarks.of(xy);
  }
}
