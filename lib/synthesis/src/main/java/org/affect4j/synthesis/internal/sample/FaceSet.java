package org.affect4j.synthesis.internal.sample;

import java.util.List;
import java.util.Map;

/**
 * A set of pictures that can be drawn item by item, in any order and on any thread: an item depends
 * on the set's seed and its own number alone. Immutable.
 */
public abstract class FaceSet {
  final long seed;
  final ImageFormat format;

  final FaceLabels labels;
  private final String name;
  private final int items;
  private final List<String> own;

  /**
   * A set by its name, whose labels begin with columns of its own.
   *
   * @param name the command that draws such a set
   * @param items how many items there are
   * @param seed any number
   * @param format how pictures are written
   * @param labels the columns behind the set's own
   * @param own the set's own columns
   */
  protected FaceSet(
      String name, int items, long seed, ImageFormat format, FaceLabels labels, String... own) {
    this.name = name;
    this.items = items;
    this.seed = seed;
    this.format = format;
    this.labels = labels;
    this.own = List.of(own);
  }

  /**
   * What one item yields.
   *
   * @param files bytes by path relative to the set's folder
   * @param rows label rows, each as long as the header
   */
  public record Item(Map<String, byte[]> files, List<List<String>> rows) {}

  /**
   * Checks that something is asked for.
   *
   * @param count how many
   * @param what of what
   * @return the count
   * @throws IllegalArgumentException if it is below 1
   */
  protected static int requirePositive(int count, String what) {
    if (count < 1) {
      throw new IllegalArgumentException("ask for at least one %s, got %d".formatted(what, count));
    }
    return count;
  }

  /**
   * Returns the command that draws such a set.
   *
   * @return such as {@code "portraits"}
   */
  public final String name() {
    return name;
  }

  /**
   * Returns how many items there are; each yields one picture, or one person's pictures.
   *
   * @return a positive number
   */
  public final int items() {
    return items;
  }

  /**
   * Returns how many faces an item holds on average, for the progress line.
   *
   * @return above 0
   */
  protected double facesPerItem() {
    return 1;
  }

  /**
   * Returns the columns of the labels.
   *
   * @return column names
   */
  public final List<String> header() {
    return labels.header(own);
  }

  /**
   * Returns what provenance says of this set beside its name, seed and size.
   *
   * @return values by name; none unless a set has some
   */
  protected Map<String, Object> facts() {
    return Map.of();
  }

  /**
   * Draws an item.
   *
   * @param worker working memory of this thread alone
   * @param index number of the item
   * @return its files and label rows
   */
  protected abstract Item draw(Studio.Worker worker, int index);
}
