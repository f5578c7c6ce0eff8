package org.affect4j.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * A table divided for one experiment.
 *
 * @param name such as {@code "fold 1 of 3"}
 * @param training rows to learn from
 * @param test rows to judge by
 */
public record Fold(String name, FaceTable training, FaceTable test) {
  /**
   * Returns the persons who are in both parts.
   *
   * @return sorted names; empty where nobody leaks, or no persons are named
   */
  public List<String> sharedSubjects() {
    TreeSet<String> shared = new TreeSet<>(training.texts(FaceColumns.SUBJECT));
    shared.retainAll(new HashSet<>(test.texts(FaceColumns.SUBJECT)));
    shared.remove("");
    return List.copyOf(shared);
  }
}
