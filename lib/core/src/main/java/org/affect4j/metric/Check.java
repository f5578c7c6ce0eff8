package org.affect4j.metric;

/** Checks of arguments that the results of this package share. */
final class Check {
  private Check() {}

  static void sameLength(String one, int lengthOfOne, String other, int lengthOfOther) {
    if (lengthOfOne != lengthOfOther) {
      throw new IllegalArgumentException(
          "%s has %d values but %s has %d; they must be of the same samples"
              .formatted(one, lengthOfOne, other, lengthOfOther));
    }
  }

  static void index(String what, int value, int position, int classes) {
    if (value < 0 || value >= classes) {
      throw new IllegalArgumentException(
          "%s of sample %d is class %d, expected 0 to %d; leave out samples without a label"
              .formatted(what, position, value, classes - 1));
    }
  }

  /** A label of a unit: 0, 1 or NaN for not annotated. */
  static boolean annotated(double label, int row, String unit) {
    if (Double.isNaN(label)) {
      return false;
    }
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException(
          "label of %s in row %d is %s, expected 0, 1, or NaN where it is not annotated; binarise intensities first"
              .formatted(unit, row, label));
    }
    return true;
  }

  static void unitScore(double score, int row, String unit) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "score of %s in row %d is %s, expected a probability from 0 to 1"
              .formatted(unit, row, score));
    }
  }

  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
