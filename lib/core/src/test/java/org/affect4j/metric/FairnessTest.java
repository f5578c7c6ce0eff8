package org.affect4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.junit.jupiter.api.Test;

class FairnessTest {
  private static final List<String> LABELS =
      Expression.ALL.stream().map(Expression::label).toList();
  private static final Bootstrap QUICK = new Bootstrap(200, .95, 7);

  @Test
  void agreesWithTheDefinitions() throws IOException {
    JsonObject golden = Golden.read("fairness");
    Fairness fairness =
        Fairness.by(
                "age",
                Arrays.stream(Golden.ints(golden.get("group"))).mapToObj(g -> "g" + g).toList())
            .withBootstrap(QUICK);
    FairnessAudit eop =
        fairness.expressions(
            LABELS, Golden.ints(golden.get("truth")), Golden.ints(golden.get("prediction")));
    double[] gaps = Golden.doubles(golden.get("tpr_gap_per_class"));
    for (int c = 0; c < gaps.length; c++) {
      assertEquals(gaps[c], eop.aspectGaps().get(c), Golden.TOLERANCE);
    }
    assertEquals(golden.get("eop").getAsDouble(), eop.gap().estimate(), Golden.TOLERANCE);
    assertEquals(FairnessAudit.Verdict.UNFAIR, eop.verdict());

    double[] truth = Golden.doubles(golden.get("va_truth"));
    double[] prediction = Golden.doubles(golden.get("va_prediction"));
    FairnessAudit fccc = fairness.valenceArousal(truth, prediction, truth, prediction);
    double[] perGroup = Golden.doubles(golden.get("ccc_per_group"));
    for (int g = 0; g < perGroup.length; g++) {
      assertEquals(perGroup[g], fccc.groups().get(g).values().get(1), Golden.TOLERANCE);
    }
    assertEquals(golden.get("fccc").getAsDouble(), fccc.gap().estimate(), Golden.TOLERANCE);
    assertTrue(fccc.gap().low() < fccc.gap().high());
    assertEquals(
        fccc, fairness.valenceArousal(truth, prediction, truth, prediction), "same seed, same");
  }

  @Test
  void threePeopleAreReportedAndLeftOutHoweverManyFramesTheyHave() {
    List<String> groups = new ArrayList<>();
    List<String> persons = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      groups.add(i % 2 == 0 ? "female" : "male");
      persons.add("p" + i % 40);
    }
    groups.addAll(Collections.nCopies(300, "other"));
    IntStream.range(0, 300).forEach(i -> persons.add("q" + i % 3));
    groups.addAll(Collections.nCopies(5, ""));
    persons.addAll(Collections.nCopies(5, "r"));
    int[] truth = IntStream.range(0, groups.size()).map(i -> i % 7).toArray();
    int[] prediction = truth.clone();
    Arrays.fill(prediction, 400, 700, 0);
    FairnessAudit audit =
        Fairness.by("gender", groups)
            .withPersons(persons)
            .withBootstrap(QUICK)
            .expressions(LABELS, truth, prediction);
    assertEquals(0, audit.gap().estimate());
    assertEquals(FairnessAudit.Verdict.FAIR, audit.verdict());
    assertEquals(5, audit.unknown());
    FairnessAudit.Group other = audit.groups().get(2);
    assertTrue(other.leftOut());
    assertEquals(3, other.persons());
    assertTrue(audit.toString().contains("left out: other (300)"), audit::toString);
  }

  @Test
  void oneGroupIsNotMeasurable() {
    int[] classes = new int[50];
    FairnessAudit audit =
        Fairness.by("race", Collections.nCopies(50, "one"))
            .withBootstrap(QUICK)
            .expressions(LABELS, classes, classes);
    assertEquals(FairnessAudit.Verdict.NOT_MEASURABLE, audit.verdict());
    assertThrows(
        IllegalArgumentException.class,
        () -> Fairness.by("race", List.of("a")).expressions(LABELS, classes, classes));
    FairnessAudit none =
        Fairness.by("race", List.of("", "")).expressions(LABELS, new int[2], new int[2]);
    assertEquals(FairnessAudit.Verdict.NOT_MEASURABLE, none.verdict());
    assertEquals(2, none.unknown());
  }

  @Test
  void unitsAreComparedOnlyWhereTwoGroupsHaveThem() {
    List<String> groups = new ArrayList<>();
    double[][] labels = new double[80][];
    double[][] scores = new double[80][];
    for (int i = 0; i < 80; i++) {
      boolean young = i < 40;
      groups.add(young ? "young" : "old");
      labels[i] = new double[] {1, young ? 1 : Double.NaN};
      scores[i] = new double[] {young || i % 2 == 0 ? .9 : .1, .9};
    }
    FairnessAudit eod =
        Fairness.by("age", groups)
            .withBootstrap(QUICK)
            .actionUnits(
                List.of(ActionUnit.AU01, ActionUnit.AU12),
                labels,
                scores,
                ActionUnitThresholds.fixed(.5));
    assertEquals(.5, eod.aspectGaps().get(0));
    assertTrue(Double.isNaN(eod.aspectGaps().get(1)));
    assertEquals(.5, eod.gap().estimate());
    assertEquals("young", eod.groups().get(1).name());
    assertEquals(3, eod.table().rowCount());
  }

  @Test
  void bootstrapCoversTheNormalIntervalAndWidensForClusters() {
    double[] values = IntStream.range(0, 400).mapToDouble(i -> i % 20 / 20.).toArray();
    Interval plain =
        Bootstrap.STANDARD.interval(
            values.length,
            indices -> Arrays.stream(indices).mapToDouble(i -> values[i]).average().orElseThrow());
    double halfWidth = 1.96 * .28832 / 20;
    assertEquals(.475, plain.estimate(), Golden.TOLERANCE);
    assertEquals(.475 - halfWidth, plain.low(), .004);
    assertEquals(.475 + halfWidth, plain.high(), .004);
    List<String> persons = Arrays.stream(values).mapToObj(Double::toString).toList();
    Interval clustered =
        Bootstrap.STANDARD.intervalOverClusters(
            persons,
            indices -> Arrays.stream(indices).mapToDouble(i -> values[i]).average().orElseThrow());
    assertTrue(clustered.high() - clustered.low() > 3 * (plain.high() - plain.low()));
    Interval difference = Bootstrap.STANDARD.pairedOverClusters(persons, i -> i[0] * 0 + 2, i -> 1);
    assertEquals(1, difference.low());
    Interval undefined = QUICK.interval(3, indices -> Double.NaN);
    assertTrue(Double.isNaN(undefined.low()));
    assertEquals(200, undefined.undefined());
  }

  @Test
  void calibrationIsTheWeightedGapOfTheBins() {
    double[] labels = {1, 0, 1, 1, Double.NaN};
    double[] scores = {.9, .9, .9, .1, .5};
    Calibration calibration = Calibration.ofBinary(labels, scores, 10);
    assertEquals(4, calibration.count());
    assertEquals(
        3 / 4. * (.9 - 2 / 3.) + 1 / 4. * .9, calibration.expectedError(), Golden.TOLERANCE);
    Calibration classes =
        Calibration.ofClasses(new int[] {0, 1}, new double[][] {{1, 0}, {1, 0}}, 15);
    assertEquals(.5, classes.expectedError(), Golden.TOLERANCE);
    assertThrows(
        IllegalArgumentException.class,
        () -> Calibration.ofClasses(new int[] {0}, new double[][] {{3, -1}}, 15));
  }

  @Test
  void severalFiguresAtOnceAreThoseOfEachAlone() {
    double[] values = {1, 5, 2, 8, 3, 9, 4};
    List<Interval> both =
        QUICK.intervals(
            values.length,
            indices ->
                new double[] {
                  Arrays.stream(indices).mapToDouble(i -> values[i]).average().orElseThrow(),
                  indices[0] == 0 ? Double.NaN : values[indices[0]]
                });
    assertEquals(
        QUICK.interval(
            values.length,
            indices -> Arrays.stream(indices).mapToDouble(i -> values[i]).average().orElseThrow()),
        both.get(0));
    assertTrue(both.get(1).undefined() > 0 && both.get(1).undefined() < 200);
  }
}
