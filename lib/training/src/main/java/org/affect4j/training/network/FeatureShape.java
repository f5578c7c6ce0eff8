package org.affect4j.training.network;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one sample's values in a network, without the batch axis: three lengths for a map
 * (channels, height, width), two for rows (rows, values of each), one for a vector.
 *
 * @param lengths one to three lengths, each 1 or more
 */
public record FeatureShape(List<Integer> lengths) {
  /** Copies and checks the lengths. */
  public FeatureShape {
    lengths = List.copyOf(lengths);
    if (lengths.isEmpty() || lengths.size() > 3 || lengths.stream().anyMatch(l -> l < 1)) {
      throw new IllegalArgumentException(
          "a shape has one to three lengths of 1 or more, got " + lengths);
    }
  }

  /**
   * Makes the shape of a map, such as a picture.
   *
   * @param channels number of channels
   * @param height rows in pixels
   * @param width columns in pixels
   * @return the shape
   */
  public static FeatureShape map(int channels, int height, int width) {
    return new FeatureShape(List.of(channels, height, width));
  }

  /**
   * Makes the shape of rows, such as one per prior box.
   *
   * @param rows number of rows
   * @param values values in each
   * @return the shape
   */
  public static FeatureShape rows(int rows, int values) {
    return new FeatureShape(List.of(rows, values));
  }

  /**
   * Makes the shape of a vector.
   *
   * @param values number of values
   * @return the shape
   */
  public static FeatureShape vector(int values) {
    return new FeatureShape(List.of(values));
  }

  /**
   * Tells whether this is a map.
   *
   * @return whether there are three lengths
   */
  public boolean isMap() {
    return lengths.size() == 3;
  }

  /**
   * Tells whether this is a vector.
   *
   * @return whether there is one length
   */
  public boolean isVector() {
    return lengths.size() == 1;
  }

  /**
   * Returns the length of the axis after the batch: channels, rows, or values of a vector.
   *
   * @return the first length
   */
  public int channels() {
    return lengths.get(0);
  }

  /**
   * Returns the rows of a map.
   *
   * @return pixels
   * @throws IllegalStateException if this is no map
   */
  public int height() {
    return requireMap().get(1);
  }

  /**
   * Returns the columns of a map.
   *
   * @return pixels
   * @throws IllegalStateException if this is no map
   */
  public int width() {
    return requireMap().get(2);
  }

  /**
   * Returns how many values one sample has.
   *
   * @return the product of the lengths
   */
  public long count() {
    return lengths.stream().mapToLong(l -> l).reduce(1, Math::multiplyExact);
  }

  private List<Integer> requireMap() {
    if (!isMap()) {
      throw new IllegalStateException(this + " is no map of channels, height and width");
    }
    return lengths;
  }

  @Override
  public String toString() {
    return lengths.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }
}
