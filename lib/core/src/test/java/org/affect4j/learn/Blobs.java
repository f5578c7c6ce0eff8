package org.affect4j.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.affect4j.table.FaceTable;

/** Faces that are points around a centre for each class, so that a classifier can learn them. */
final class Blobs {
  private Blobs() {}

  /**
   * Makes faces: every person shows every class once. One column is constant, one is huge.
   *
   * @param classes how many
   * @param firstPerson number of the first person
   * @param persons how many
   */
  static LabelledFeatures of(int classes, int firstPerson, int persons) {
    Random centres = new Random(5);
    double[][] centre = new double[classes][];
    for (int c = 0; c < classes; c++) {
      centre[c] = IntStream.range(0, 6).mapToDouble(i -> 2 * centres.nextGaussian()).toArray();
    }
    Random noise = new Random(firstPerson);
    List<String> inputs = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<String> people = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (int p = firstPerson; p < firstPerson + persons; p++) {
      for (int c = 0; c < classes; c++) {
        double[] row = new double[8];
        for (int i = 0; i < 6; i++) {
          row[i] = centre[c][i] + noise.nextGaussian();
        }
        row[6] = 3;
        row[7] = 1e4 + 100 * row[0];
        inputs.add("c%d/p%d".formatted(c, p));
        labels.add("class " + c);
        people.add("person " + p);
        rows.add(row);
      }
    }
    FaceTable table =
        FaceTable.ofNumbers(
            inputs,
            IntStream.range(0, 8).mapToObj(i -> "x" + (i + 5)).toList(),
            rows.toArray(double[][]::new));
    return LabelledFeatures.of(table, labels, people);
  }
}
