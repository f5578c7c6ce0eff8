package org.affect4j.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which columns of a file of faces are written: all, or those of some names and groups besides
 * those that tell which face a row is of and what became of it.
 *
 * @param names columns such as {@code au12}, or labels of a {@link FeatureGroup}, whose columns
 *     over time belong to it too; empty for all
 */
public record ColumnChoice(List<String> names) {
  private static final Set<String> ALWAYS =
      Set.of(
          FaceColumns.INPUT,
          FaceColumns.FRAME,
          FaceColumns.TIMESTAMP,
          FaceColumns.FACE,
          FaceColumns.STATUS,
          FaceColumns.REASON);

  /** Copies the list. */
  public ColumnChoice {
    names = List.copyOf(names);
  }

  /**
   * Returns the choice of all columns.
   *
   * @return the choice
   */
  public static ColumnChoice all() {
    return new ColumnChoice(List.of());
  }

  /**
   * Chooses.
   *
   * @param columns all columns
   * @return those that are written, in the same order
   * @throws IllegalArgumentException if a name is that of no column and no group here
   */
  public List<String> of(List<String> columns) {
    for (String name : names) {
      if (columns.stream().noneMatch(c -> isOf(name, c))) {
        throw new IllegalArgumentException(
            "no column '%s' is written; choose of the groups %s and the columns %s"
                .formatted(name, groups(columns), shortened(columns)));
      }
    }
    return columns.stream()
        .filter(
            c -> names.isEmpty() || ALWAYS.contains(c) || names.stream().anyMatch(n -> isOf(n, c)))
        .toList();
  }

  private static boolean isOf(String name, String column) {
    return name.equals(column)
        || group(name).filter(g -> g.holds(FaceColumns.read(column))).isPresent();
  }

  private static Optional<FeatureGroup> group(String label) {
    return Arrays.stream(FeatureGroup.values()).filter(g -> g.label().equals(label)).findFirst();
  }

  private static String groups(List<String> columns) {
    return Arrays.stream(FeatureGroup.values())
        .filter(g -> columns.stream().anyMatch(g::holds))
        .map(FeatureGroup::label)
        .collect(Collectors.joining(", "));
  }

  /** Without the numbers of the embedding, of which there are hundreds. */
  private static String shortened(List<String> columns) {
    List<String> few = new ArrayList<>(columns);
    few.removeIf(FeatureGroup.EMBEDDING::holds);
    return String.join(", ", few);
  }
}
