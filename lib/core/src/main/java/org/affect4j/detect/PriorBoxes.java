package org.affect4j.detect;

import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.model.PriorSpec;

/**
 * The prior boxes of a RetinaFace-style detector for one input size, and the decoding of offsets to
 * them (Behaviour4All, section 3).
 *
 * <p>Feature map k has {@code ceil(height / step)} rows and {@code ceil(width / step)} columns. The
 * priors are numbered map by map, row by row, column by column, size by size; the prior of row i,
 * column j has its centre at {@code ((j + .5) step, (i + .5) step)} in pixels of the input.
 * Immutable.
 */
public final class PriorBoxes {
  private final PriorSpec spec;
  private final int width;
  private final int height;
  private final int count;

  /**
   * Lays out the priors.
   *
   * @param spec steps, sizes and variances
   * @param width width of the network's input in pixels, positive
   * @param height height of the network's input in pixels, positive
   */
  public PriorBoxes(PriorSpec spec, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "an input has 1 pixel or more a side, got %d x %d".formatted(width, height));
    }
    this.spec = spec;
    this.width = width;
    this.height = height;
    int total = 0;
    for (int level = 0; level < spec.steps().size(); level++) {
      total += positions(level) * spec.minimumSizes().get(level).size();
    }
    this.count = total;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  private int columns(int level) {
    return ceilDiv(width, spec.steps().get(level));
  }

  private int positions(int level) {
    return columns(level) * ceilDiv(height, spec.steps().get(level));
  }

  /**
   * Returns how many priors there are.
   *
   * @return such as 12,600 for 640 x 480 in the standard layout
   */
  public int count() {
    return count;
  }

  /**
   * Returns a prior box.
   *
   * @param index 0 to count - 1
   * @return box in pixels of the input; it may leave the input
   * @throws IndexOutOfBoundsException if there is no such prior
   */
  public PixelBox box(int index) {
    int rest = index;
    for (int level = 0; level < spec.steps().size() && rest >= 0; level++) {
      List<Integer> sizes = spec.minimumSizes().get(level);
      int here = positions(level) * sizes.size();
      if (rest < here) {
        int size = sizes.get(rest % sizes.size());
        int position = rest / sizes.size();
        int step = spec.steps().get(level);
        double x = (position % columns(level) + .5) * step;
        double y = (position / columns(level) + .5) * step;
        return new PixelBox(x - size / 2.0, y - size / 2.0, size, size);
      }
      rest -= here;
    }
    throw new IndexOutOfBoundsException(
        "prior %d of %d (input %d x %d)".formatted(index, count, width, height));
  }

  /**
   * Decodes a box: {@code centre = prior centre + loc01 * centreVariance * prior size}, {@code
   * extent = prior size * exp(loc23 * sizeVariance)}.
   *
   * @param index number of the prior
   * @param loc box offsets of all priors, 4 each, as the network gives them
   * @return box in pixels of the input; it may leave the input
   */
  public PixelBox decodeBox(int index, float[] loc) {
    PixelBox prior = box(index);
    int i = 4 * index;
    double x = prior.x() + prior.width() * (.5 + loc[i] * spec.centreVariance());
    double y = prior.y() + prior.height() * (.5 + loc[i + 1] * spec.centreVariance());
    double w = prior.width() * Math.exp(loc[i + 2] * spec.sizeVariance());
    double h = prior.height() * Math.exp(loc[i + 3] * spec.sizeVariance());
    return new PixelBox(x - w / 2, y - h / 2, w, h);
  }

  /**
   * Decodes five landmarks: {@code point = prior centre + offset * centreVariance * prior size}.
   *
   * @param index number of the prior
   * @param offsets landmark offsets of all priors, 10 each, as the network gives them
   * @return landmarks in pixels of the input
   */
  public Landmarks decodeLandmarks(int index, float[] offsets) {
    PixelBox prior = box(index);
    double[] xy = new double[10];
    for (int k = 0; k < xy.length; k += 2) {
      int i = 10 * index + k;
      xy[k] = prior.x() + prior.width() * (.5 + offsets[i] * spec.centreVariance());
      xy[k + 1] = prior.y() + prior.height() * (.5 + offsets[i + 1] * spec.centreVariance());
    }
    return Landmarks.of(xy);
  }
}
