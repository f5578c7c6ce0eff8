package org.affect4j.face;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The 68 landmarks of Multi-PIE (Gross et al. 2010), as dlib, 300-W and OpenFace have them, in
 * pixels: 0 to 16 the jaw from the left of the image to its right, 17 to 26 the brows, 27 to 35 the
 * nose, 36 to 41 and 42 to 47 the eyes, 48 to 59 the outer and 60 to 67 the inner edge of the lips.
 * Points on the far side of a turned head lie where the head hides them.
 *
 * @param points 68 points in order
 */
public record Landmarks68(List<Point> points) {
  /** How many there are. */
  public static final int COUNT = 68;

  /** Names of the points in order, as they stand in tables. */
  public static final List<String> NAMES =
      IntStream.range(0, COUNT).mapToObj("p%02d"::formatted).toList();

  /** Copies the list. */
  public Landmarks68 {
    points = List.copyOf(points);
    if (points.size() != COUNT) {
      throw new IllegalArgumentException("expected 68 landmarks, got " + points.size());
    }
  }

  /**
   * Makes landmarks from 136 numbers.
   *
   * @param xy x and y of each point in turn, in pixels
   * @return the landmarks
   * @throws IllegalArgumentException if there are not exactly 136 finite numbers
   */
  public static Landmarks68 of(double... xy) {
    if (xy.length != 2 * COUNT) {
      throw new IllegalArgumentException(
          "68 landmarks are 136 numbers (x, y each), got " + xy.length);
    }
    List<Point> points = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      points.add(new Point(xy[2 * i], xy[2 * i + 1]));
    }
    return new Landmarks68(points);
  }

  /**
   * Returns the five landmarks that these contain.
   *
   * @return as {@link Landmarks#ofSixtyEight} has them
   */
  public Landmarks five() {
    return Landmarks.ofSixtyEight(coordinates());
  }

  /**
   * Returns the inverse of {@link #of}.
   *
   * @return x and y of each point in turn
   */
  public double[] coordinates() {
    return points.stream().flatMapToDouble(p -> DoubleStream.of(p.x(), p.y())).toArray();
  }

  /**
   * Returns these landmarks scaled about the origin and then shifted.
   *
   * @param scale factor
   * @param dx shift to the right in pixels, after scaling
   * @param dy shift downward in pixels, after scaling
   * @return the moved landmarks
   */
  public Landmarks68 moved(double scale, double dx, double dy) {
    return new Landmarks68(
        points.stream().map(p -> new Point(p.x() * scale + dx, p.y() * scale + dy)).toList());
  }

  /**
   * Returns how open the eye on the left of the image is: the eye aspect ratio, the mean height of
   * the lids' opening over its width (Soukupová and Čech 2016, Real-Time Eye Blink Detection using
   * Facial Landmarks, eq. 1).
   *
   * @return 0 for a closed eye, about .3 for an open one; NaN if the corners coincide
   */
  public double eyeOpennessLeft() {
    return openness(36);
  }

  /**
   * Returns how open the eye on the right of the image is, in the same way.
   *
   * @return 0 for a closed eye, about .3 for an open one; NaN if the corners coincide
   */
  public double eyeOpennessRight() {
    return openness(42);
  }

  private double openness(int eye) {
    return (distance(eye + 1, eye + 5) + distance(eye + 2, eye + 4)) / (2 * distance(eye, eye + 3));
  }

  private double distance(int from, int to) {
    return points.get(from).distanceTo(points.get(to));
  }
}
