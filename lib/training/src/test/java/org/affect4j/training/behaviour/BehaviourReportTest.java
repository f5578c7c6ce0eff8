package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Expression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Calibration;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.Measurement;
import org.affect4j.model.ModelStore;
import org.affect4j.training.MadeUpCrops;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BehaviourReportTest {
  private static final String MODEL = "behaviour-v6";
  private static final Bootstrap QUICK = new Bootstrap(100, .95, 1);
  private static final List<BehaviourReport.Network> NETWORKS =
      List.of(new BehaviourReport.Network("ours", ModelStore.bundled(), MODEL));

  @TempDir private Path folder;

  private static List<Behaviour> read(CropSet set) {
    try (BehaviourModel model =
        BehaviourModel.open(ModelStore.bundled(), MODEL, BehaviourOptions.defaults(), 1)) {
      return model.predict(IntStream.range(0, set.size()).mapToObj(set::crop).toList());
    }
  }

  private static CropLabels strengths(int i) {
    float[] units = new float[ActionUnit.COUNT];
    for (int u = 0; u < units.length; u++) {
      units[u] = (i * 7 + u * 3) % 11 / 10f;
    }
    // Never annotated: has no figures and counts in no mean.
    units[16] = Float.NaN;
    return new CropLabels(Optional.empty(), units, Float.NaN, Float.NaN);
  }

  private static Measurement figure(
      BehaviourReport report, String faces, String measure, String of) {
    return report.lines("ours").stream()
        .filter(
            l ->
                l.faces().equals(faces)
                    && l.figure().measure().equals(measure)
                    && l.figure().of().equals(of))
        .findFirst()
        .orElseThrow()
        .figure();
  }

  @Test
  @Tag("slow")
  void figuresAreThoseOfTheNetworkOnTheCrops() throws IOException {
    CropSet set = MadeUpCrops.expressions(folder, "test", 21);
    CropSet rendered = MadeUpCrops.write(folder, "rendered", 22, BehaviourReportTest::strengths);
    List<String> persons = IntStream.range(0, 22).mapToObj(i -> "p" + i / 2).toList();
    BehaviourReport report =
        BehaviourReport.of(
            NETWORKS,
            List.of(
                new BehaviourData.ExpressionTest(
                    set, Set.of(set.name(3), set.name(8)), ExpressionPrior.IN_THE_WILD)),
            Optional.of(new BehaviourData.UnitValidation(rendered, rendered, persons)),
            QUICK,
            ProgressListener.silent());

    List<Behaviour> faces = read(set);
    long right =
        IntStream.range(0, 21)
            .filter(i -> faces.get(i).expression() == set.labels(i).expression().orElseThrow())
            .count();
    Measurement accuracy = figure(report, "test, one view", "accuracy", "");
    assertEquals(right / 21.0, accuracy.value().estimate(), 1e-9);
    assertEquals(21, accuracy.n());
    assertEquals(19, figure(report, "test without duplicates, one view", "accuracy", "").n());
    assertEquals(3, figure(report, "test, two views", "F1", "anger").n());
    assertEquals(
        "3 against 18",
        figure(report, "test, one view", "area under the curve", "AU12: happiness or not").note());

    int[] calm =
        IntStream.range(0, 21)
            .filter(i -> set.labels(i).expression().orElseThrow() == Expression.NEUTRAL)
            .toArray();
    Measurement frowns = figure(report, "test, one view, neutral faces", "share found", "AU4");
    assertEquals(calm.length, frowns.n());
    assertEquals(
        IntStream.of(calm).filter(i -> faces.get(i).actionUnitProbabilities()[2] >= .5).count(),
        frowns.value().estimate() * calm.length,
        1e-9);

    List<Behaviour> drawn = read(rendered);
    double[] strength = IntStream.range(0, 22).mapToDouble(i -> strengths(i).unit(4)).toArray();
    double[] score = drawn.stream().mapToDouble(b -> b.actionUnitProbabilities()[4]).toArray();
    double[] there = Arrays.stream(strength).map(s -> s > .35 ? 1 : 0).toArray();
    assertEquals(
        Concordance.of(strength, score).pearson(),
        figure(report, "rendered", "correlation with strength", "AU6").value().estimate(),
        1e-9);
    Measurement error = figure(report, "rendered", "expected calibration error", "AU6");
    assertEquals(
        Calibration.ofBinary(there, score, 15).expectedError(), error.value().estimate(), 1e-9);
    assertEquals(22, error.n());
    assertTrue(
        report.lines("ours").stream()
            .filter(l -> l.faces().equals("rendered"))
            .noneMatch(l -> l.figure().of().equals("AU26")));
    assertTrue(
        Double.isFinite(
            figure(report, "rendered", "mean correlation with strength", "").value().low()));
    assertEquals("11 persons", figure(report, "rendered", "mean area under the curve", "").note());

    assertEquals(report.lines("ours").size(), report.table().rowCount());
    assertEquals(9, report.table().columnCount());
    assertTrue(report.toString().contains("CCC"), report.toString());
    assertTrue(report.overall().lines("ours").size() < 25);
    assertThrows(IllegalArgumentException.class, () -> report.lines("other"));
  }

  @Test
  void nothingToMeasureIsSaid() throws IOException {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            BehaviourReport.of(
                NETWORKS, List.of(), Optional.empty(), QUICK, ProgressListener.silent()));
    CropSet units = MadeUpCrops.write(folder, "units", 4, MadeUpCrops::units);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            BehaviourReport.of(
                NETWORKS,
                List.of(new BehaviourData.ExpressionTest(units, Set.of(), ExpressionPrior.EVEN)),
                Optional.empty(),
                QUICK,
                ProgressListener.silent()));
  }

  @Test
  void unitsWithoutBothKindsOfFacesStayAsTheyAre() throws IOException {
    CropSet never = MadeUpCrops.write(folder, "never", 4, i -> MadeUpCrops.units(0));
    try (BehaviourModel model =
        BehaviourModel.open(ModelStore.bundled(), MODEL, BehaviourOptions.defaults(), 1)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      UnitCalibration.fit(
                          model, never, Optional.empty(), .4, ProgressListener.silent()))
              .getMessage();
      assertTrue(message.contains("faces with it and without it"), message);
      assertThrows(
          IllegalArgumentException.class,
          () -> UnitCalibration.fit(model, never, Optional.empty(), 0, ProgressListener.silent()));
      CropSet some = MadeUpCrops.write(folder, "some", 22, BehaviourReportTest::strengths);
      UnitCalibration fitted =
          UnitCalibration.fit(model, some, Optional.empty(), .4, ProgressListener.silent());
      assertTrue(fitted.unfitted().contains(ActionUnit.AU26));
      assertEquals(1, fitted.scalings().get(16).slope());
      assertEquals(14, fitted.units().get(0).active());
      // Photos of people at rest, in whom nothing should be found: every line falls.
      double[][] rest = new double[some.size()][Expression.COUNT];
      Arrays.stream(rest).forEach(row -> row[Expression.NEUTRAL.ordinal()] = 1);
      UnitCalibration calm =
          UnitCalibration.fit(
              model,
              some,
              Optional.of(new UnitCalibration.Photos(some, rest)),
              .4,
              ProgressListener.silent());
      int smile = ActionUnit.AU12.ordinal();
      assertTrue(
          calm.scalings().get(smile).probability(.5)
              < fitted.scalings().get(smile).probability(.5));
      assertThrows(
          IllegalArgumentException.class,
          () -> new UnitCalibration.Photos(some, new double[1][Expression.COUNT]));
    }
  }
}
