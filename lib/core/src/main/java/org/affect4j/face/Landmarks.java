package org.affect4j.face;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Five facial landmarks in pixels. Left and right are those of the image.
 *
 * @param eyeLeft centre of the eye on the left of the image
 * @param eyeRight centre of the eye on the right of the image
 * @param nose tip of the nose
 * @param mouthLeft mouth corner on the left of the image
 * @param mouthRight mouth corner on the right of the image
 */
public record Landmarks(
    Point eyeLeft, Point eyeRight, Point nose, Point mouthLeft, Point mouthRight) {

  /** Names of the points in order, as they stand in tables. */
  public static final List<String> NAMES =
      List.of("eye_left", "eye_right", "nose", "mouth_left", "mouth_right");

  /**
   * Makes landmarks from ten numbers.
   *
   * @param xy x and y of eye left, eye right, nose, mouth left, mouth right, in pixels
   * @return the landmarks
   * @throws IllegalArgumentException if there are not exactly ten finite numbers
   */
  public static Landmarks of(double... xy) {
    if (xy.length != 10) {
      throw new IllegalArgumentException(
          "five landmarks are ten numbers (x, y each), got " + xy.length);
    }
    return new Landmarks(
        new Point(xy[0], xy[1]),
        new Point(xy[2], xy[3]),
        new Point(xy[4], xy[5]),
        new Point(xy[6], xy[7]),
        new Point(xy[8], xy[9]));
  }

  /**
   * Makes landmarks from the 68 of Multi-PIE (Gross et al. 2010), as dlib and many datasets have
   * them: eye centres are the means of points 36 to 41 and 42 to 47, the tip of the nose is 30,
   * mouth corners are 48 and 54.
   *
   * @param xy x and y of each point in turn, in pixels
   * @return the landmarks
   * @throws IllegalArgumentException if there are not exactly 136 numbers, or one that is needed is
   *     not finite
   */
  public static Landmarks ofSixtyEight(double... xy) {
    if (xy.length != 2 * 68) {
      throw new IllegalArgumentException(
          "68 landmarks are 136 numbers (x, y each), got " + xy.length);
    }
    return new Landmarks(
        mean(xy, 36, 42), mean(xy, 42, 48), mean(xy, 30, 31), mean(xy, 48, 49), mean(xy, 54, 55));
  }

  private static Point mean(double[] xy, int from, int to) {
    return new Point(
        IntStream.range(from, to).mapToDouble(i -> xy[2 * i]).average().orElseThrow(),
        IntStream.range(from, to).mapToDouble(i -> xy[2 * i + 1]).average().orElseThrow());
  }

  /**
   * Returns the five points in the order of {@link #NAMES}.
   *
   * @return unmodifiable list of five points
   */
  public List<Point> points() {
    return List.of(eyeLeft, eyeRight, nose, mouthLeft, mouthRight);
  }

  /**
   * Returns the distance of the eye centres, the usual unit of landmark errors.
   *
   * @return interocular distance in pixels
   */
  public double interocularDistance() {
    return eyeLeft.distanceTo(eyeRight);
  }

  /**
   * Returns how far the head is turned in the plane of the picture: the angle of the line from the
   * left eye to the right one against the horizontal.
   *
   * @return degrees, -180 to 180; 0 for level eyes, positive if the picture shows the head turned
   *     clockwise
   */
  public double rollDegrees() {
    return Math.toDegrees(Math.atan2(eyeRight.y() - eyeLeft.y(), eyeRight.x() - eyeLeft.x()));
  }

  /**
   * Returns the mean distance to reference landmarks, divided by the reference's interocular
   * distance (normalised mean error).
   *
   * @param truth reference landmarks
   * @return error as a fraction of the reference's interocular distance
   * @throws IllegalArgumentException if the reference's eyes coincide
   */
  public double errorAgainst(Landmarks truth) {
    double unit = truth.interocularDistance();
    if (unit == 0) {
      throw new IllegalArgumentException(
          "the reference's eyes coincide: its interocular distance is 0");
    }
    List<Point> mine = points();
    List<Point> theirs = truth.points();
    double sum = 0;
    for (int i = 0; i < mine.size(); i++) {
      sum += mine.get(i).distanceTo(theirs.get(i));
    }
    return sum / mine.size() / unit;
  }

  /**
   * Returns these landmarks in a photo that was resized: points are measured from the centre of the
   * first pixel, and it is the edges of photos that coincide.
   *
   * @param factor new side divided by old side, positive
   * @return the landmarks in pixels of the resized photo
   */
  public Landmarks resized(double factor) {
    return moved(factor, (factor - 1) / 2, (factor - 1) / 2);
  }

  /**
   * Returns these landmarks scaled about the origin and then shifted.
   *
   * @param scale factor
   * @param dx shift to the right in pixels, after scaling
   * @param dy shift downward in pixels, after scaling
   * @return the moved landmarks
   */
  public Landmarks moved(double scale, double dx, double dy) {
    return map(p -> new Point(p.x() * scale + dx, p.y() * scale + dy));
  }

  /**
   * Returns these landmarks somewhere else.
   *
   * @param move gives each point its new place
   * @return the moved landmarks
   */
  public Landmarks map(UnaryOperator<Point> move) {
    return new Landmarks(
        move.apply(eyeLeft),
        move.apply(eyeRight),
        move.apply(nose),
        move.apply(mouthLeft),
        move.apply(mouthRight));
  }
}
