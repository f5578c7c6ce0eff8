package org.affect4j.training.batch;

import java.util.Arrays;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;

/**
 * What a trained network, or raters, say of the faces of a set, to be mixed into their labels
 * (Hinton et al. 2015, Distilling the knowledge in a neural network; Furlanello et al. 2018,
 * Born-again neural networks; votes as labels: Barsoum et al. 2016, section 3.4): with share s,
 * label y and probabilities p, a face is learned from {@code (1 - s) onehot(y) + s p}. Faces
 * without a label of expression are not taught.
 *
 * @param teacher says who teaches: another one changes the run
 * @param probabilities of the seven expressions, or of more in the order of {@link
 *     AnnotatedExpression}, a row for each face of the set
 * @param share part of the label that the teacher decides, 0 to 1
 */
public record TeacherLabels(String teacher, double[][] probabilities, double share) {
  /** Copies the rows and checks them. */
  public TeacherLabels {
    probabilities = copy(probabilities);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a teacher decides a part from 0 to 1 of a label, got " + share);
    }
    for (double[] row : probabilities) {
      double sum = Arrays.stream(row).sum();
      boolean fits = row.length >= Expression.COUNT && row.length <= FaceBatch.CLASSES;
      if (!fits || !(Math.abs(sum - 1) < 1e-3)) {
        throw new IllegalArgumentException(
            "expected %d to %d probabilities that sum to 1 for each face, got %s"
                .formatted(Expression.COUNT, FaceBatch.CLASSES, Arrays.toString(row)));
      }
    }
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Returns the probabilities.
   *
   * @return a copy
   */
  @Override
  public double[][] probabilities() {
    return copy(probabilities);
  }

  /**
   * Adds another teacher, with share s: of what this one says {@code 1 - s} is left. Of classes
   * that the other does not know, such as contempt, this one alone decides: what the other says is
   * of the faces that show none of them.
   *
   * @param other a teacher of the same faces
   * @return both
   */
  TeacherLabels then(TeacherLabels other) {
    if (size() != other.size()) {
      throw new IllegalArgumentException(
          "teachers of %d and of %d faces cannot teach the same".formatted(size(), other.size()));
    }
    double both = 1 - (1 - share) * (1 - other.share);
    double[][] mixed = new double[probabilities.length][];
    for (int i = 0; i < mixed.length; i++) {
      double[] first = probabilities[i];
      double[] second = other.probabilities[i];
      mixed[i] = new double[Math.max(first.length, second.length)];
      double unknown = Arrays.stream(first).skip(second.length).sum();
      for (int k = 0; k < mixed[i].length; k++) {
        double left = (1 - other.share) * share * (k < first.length ? first[k] : 0);
        double added = other.share * (k < second.length ? (1 - unknown) * second[k] : first[k]);
        mixed[i][k] = both > 0 ? (left + added) / both : 1.0 / mixed[i].length;
      }
    }
    return new TeacherLabels(
        "%s (%s), then %s (%s)".formatted(teacher, share, other.teacher, other.share), mixed, both);
  }

  /** Faces that are taught. */
  int size() {
    return probabilities.length;
  }

  /** Adds the teacher's part to a label of some weight. */
  void addTo(int face, double weight, float[] label, int from) {
    for (int k = 0; k < probabilities[face].length; k++) {
      label[from + k] += (float) (weight * share * probabilities[face][k]);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TeacherLabels labels
        && teacher.equals(labels.teacher)
        && share == labels.share
        && Arrays.deepEquals(probabilities, labels.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * teacher.hashCode() + Arrays.deepHashCode(probabilities);
  }

  @Override
  public String toString() {
    return "%s decides %s of each label".formatted(teacher, share);
  }
}
