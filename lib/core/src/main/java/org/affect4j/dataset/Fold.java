package org.affect4j.dataset;

import java.util.List;
import java.util.TreeSet;
import tech.tablesaw.api.Table;

/**
 * A table divided for one experiment.
 *
 * @param name such as {@code "fold 1 of 3"}
 * @param training rows to learn from
 * @param test rows to judge by
 */
public record Fold(String name, Table training, Table test) {
  /**
   * Returns the persons who are in both parts.
   *
   * @return sorted names; empty where nobody leaks, or no persons are named
   */
  public List<String> sharedSubjects() {
    TreeSet<String> shared = new TreeSet<>(training.stringColumn("subject").asSet());
    shared.retainAll(test.stringColumn("subject").asSet());
    shared.remove("");
    return List.copyOf(shared);
  }
}
