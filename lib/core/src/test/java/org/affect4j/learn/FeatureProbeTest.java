package org.affect4j.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;

/** Each number depends on features of its own, so that nothing mixed up could be learned. */
class FeatureProbeTest {
  private static final List<String> NUMBERS = List.of("valence", "arousal", "tension");
  private static final LabelledFeatures FACES = faces();
  private static final LabelledFeatures.Division PARTS = FACES.divide(.25, 3);

  /**
   * 240 faces of 24 persons. Valence is the first feature, arousal minus the second, tension a
   * tenth of the third; the labels stand in another order than the features.
   */
  private static LabelledFeatures faces() {
    Random random = new Random(8);
    List<String> inputs = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    double[][] features = new double[240][];
    double[][] numbers = new double[240][];
    for (int i = 0; i < 240; i++) {
      inputs.add("faces/%03d.jpg".formatted(i));
      order.add(i);
      features[i] = IntStream.range(0, 5).mapToDouble(c -> random.nextGaussian()).toArray();
      numbers[i] = new double[] {features[i][0], -features[i][1], features[i][2] / 10};
      features[i][1] = 500 + 100 * features[i][1];
    }
    Collections.shuffle(order, random);
    FaceTable labels =
        FaceTable.ofNumbers(
                order.stream().map(inputs::get).toList(),
                NUMBERS,
                order.stream().map(i -> numbers[i]).toArray(double[][]::new))
            .with(StringColumn.create("subject", order.stream().map(i -> "p" + i / 10).toList()));
    return LabelledFeatures.join(
        FaceTable.ofNumbers(inputs, List.of("x1", "x2", "x3", "x4", "x5"), features),
        labels,
        "",
        "subject");
  }

  private static double figure(List<Measurement> all, LabelTask task, LabelMetrics m, String of) {
    return Measurement.find(all, task, m, of).orElseThrow().value().estimate();
  }

  @Test
  void everyNumberIsLearnedFromItsOwnFeature() {
    assertEquals(List.of("face"), FACES.classes());
    FeatureProbe probe = FeatureProbe.numbers(PARTS.training(), NUMBERS, 1);
    List<Measurement> figures = probe.test(PARTS.test());
    for (String number : NUMBERS) {
      double ccc = figure(figures, LabelTask.NUMBERS, LabelMetrics.CCC, number);
      assertTrue(ccc > .98, number + " " + ccc);
    }
    double mean = figure(figures, LabelTask.NUMBERS, LabelMetrics.CCC, "");
    assertTrue(mean > .98 && figures.get(0).measure().equals("mean CCC"), figures.toString());
    // Columns are found by name, and answers come in the order asked for.
    double[] face = {1, 400, -1, 0, 0};
    FaceTable other =
        FaceTable.ofNumbers(
            List.of("a"),
            List.of("x5", "x4", "x3", "x2", "x1"),
            new double[][] {{0, 0, face[2], face[1], face[0]}});
    assertArrayEquals(new double[] {1, 1, -.1}, probe.predict(other)[0], .1);
    List<String> turned = List.of("tension", "valence");
    FeatureProbe two = FeatureProbe.numbers(PARTS.training(), turned, 1);
    assertArrayEquals(new double[] {-.1, 1}, two.predict(other)[0], .1);
    assertEquals(turned, two.targets());
    assertEquals(List.of("x1", "x2", "x3", "x4", "x5"), two.columns());
    assertTrue(two.provenance().contains(PARTS.training().features().checksum()), two::provenance);
  }

  @Test
  void everyTagIsLearnedFromItsOwnFeature() {
    FeatureProbe probe = FeatureProbe.tags(PARTS.training(), List.of("arousal", "valence"), .5, 1);
    FaceTable four =
        FaceTable.ofNumbers(
            List.of("none", "arousal", "valence", "both"),
            probe.columns(),
            new double[][] {
              {-1, 600, 0, 0, 0}, {-1, 350, 0, 0, 0}, {2, 600, 0, 0, 0}, {2, 350, 0, 0, 0}
            });
    double[][] found = probe.predict(four);
    boolean[][] expected = {{false, false}, {true, false}, {false, true}, {true, true}};
    for (int i = 0; i < expected.length; i++) {
      for (int t = 0; t < 2; t++) {
        assertEquals(expected[i][t] ? 1 : 0, found[i][t], .3, "face " + i + ", tag " + t);
      }
    }
    List<Measurement> figures = probe.test(PARTS.test());
    for (String tag : probe.targets()) {
      double f1 = figure(figures, LabelTask.TAGS, LabelMetrics.F1, tag);
      assertTrue(f1 > .9, tag + " " + f1);
    }
    assertEquals(figures.size(), Measurement.table(figures).rowCount());
  }

  @Test
  void gapsAreLeftOutAndWhatCannotBeLearnedIsTold() {
    FaceTable some =
        FaceTable.ofNumbers(
            List.of("a", "b", "c"),
            List.of("good", "gap"),
            new double[][] {{.1, Double.NaN}, {.2, .5}, {Double.NaN, .7}});
    FaceTable features =
        FaceTable.ofNumbers(List.of("a", "b", "c"), List.of("x"), new double[][] {{1}, {2}, {3}});
    LabelledFeatures faces = LabelledFeatures.join(features, some, "", "");
    assertTrue(
        FeatureProbe.numbers(faces, List.of("good"), 1).provenance().contains("faces=2"),
        FeatureProbe.numbers(faces, List.of("good"), 1)::provenance);
    for (List<String> wrong : List.of(List.<String>of(), List.of("good", "good"), List.of("x"))) {
      assertThrows(IllegalArgumentException.class, () -> FeatureProbe.numbers(faces, wrong, 1));
    }
    assertThrows(
        IllegalArgumentException.class, () -> FeatureProbe.tags(faces, List.of("good"), .9, 1));
    LabelledFeatures none = faces.rows(new int[] {0, 2});
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FeatureProbe.numbers(none, List.of("good", "gap"), 1));
    assertTrue(e.getMessage().contains("none of the 2 faces"), e.getMessage());
  }
}
