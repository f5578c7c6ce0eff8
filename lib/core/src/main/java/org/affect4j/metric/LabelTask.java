package org.affect4j.metric;

/** What labels and predictions are of. */
public enum LabelTask {
  /** The seven expressions, as classes. */
  EXPRESSION("expression"),
  /** Action units, as yes-or-no questions. */
  ACTION_UNITS("action units"),
  /** Valence and arousal, as numbers. */
  VALENCE_AROUSAL("valence-arousal"),
  /** Compound expressions, as classes. */
  COMPOUND("compound"),
  /** Any other classes. */
  CLASSES("classes"),
  /** Any other numbers. */
  NUMBERS("numbers"),
  /** Any other yes-or-no questions, several about each face. */
  TAGS("tags"),
  /** Differences between groups of people. */
  FAIRNESS("fairness");

  private final String label;

  LabelTask(String label) {
    this.label = label;
  }

  /**
   * Returns the name as it stands in tables and reports.
   *
   * @return such as {@code "action units"}
   */
  public String label() {
    return label;
  }
}
