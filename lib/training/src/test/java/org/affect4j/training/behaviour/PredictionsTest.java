package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  private static CropSet set(CropLabels... labels) {
    List<LabelledCrop> crops = new ArrayList<>();
    for (CropLabels label : labels) {
      int grey = 60 * crops.size();
      crops.add(new LabelledCrop("face " + crops.size(), FaceImage.plain(16, 16, grey), label));
    }
    return CropSet.of("set", crops);
  }

  private static CropLabels unit(int index, float strength) {
    float[] units = CropLabels.unknownUnits();
    units[index] = strength;
    return CropLabels.ofUnits(units);
  }

  private static double[][] rows(int columns, double... values) {
    double[][] rows = new double[values.length][columns];
    for (int i = 0; i < values.length; i++) {
      java.util.Arrays.fill(rows[i], values[i]);
    }
    return rows;
  }

  @Test
  void unitsAreComparedWhereTheyAreAnnotated() {
    CropSet faces = set(unit(0, .1f), unit(0, .3f), unit(0, .7f), CropLabels.of(Expression.FEAR));
    Predictions said =
        new Predictions(faces, rows(7, 0, 0, 0, 0), rows(17, .2, .4, .8, 0), rows(2, 0, 0, 0, 0));
    double[] correlations = said.unitCorrelations();
    assertEquals(ActionUnit.COUNT, correlations.length);
    assertEquals(1, correlations[0], 1e-6);
    assertTrue(Double.isNaN(correlations[1]));
    Map<String, Double> figures = said.figures();
    assertEquals(1, figures.get("set_unit_correlation"), 1e-6);
    // The third face is active and found; the other units are annotated nowhere.
    assertEquals(1, figures.get("set_unit_f1"), 1e-12);
  }

  @Test
  void crossingIsMeasuredWhereOnlyTheExpressionIsKnown() {
    float[] none = new float[ActionUnit.COUNT];
    CropSet faces =
        set(
            CropLabels.of(Expression.HAPPINESS),
            CropLabels.of(Expression.NEUTRAL),
            CropLabels.ofUnits(none).withExpression(Expression.SADNESS));
    double position = CircumplexPrior.of(Expression.HAPPINESS).valence();
    Predictions said =
        new Predictions(
            faces, rows(7, 0, 0, 0), rows(17, .6, .4, .9), rows(2, position, 0, -position));
    Map<String, Double> figures = said.figures();
    assertEquals(1, figures.get("set_au12_auc"));
    assertFalse(figures.containsKey("set_au04_auc"), figures.toString());
    assertEquals(1, figures.get("set_circumplex_valence_ccc"), 1e-12);
  }

  @Test
  void rowsAreCopiedAndCounted() {
    CropSet faces = set(CropLabels.of(Expression.FEAR));
    double[][] units = rows(17, .5);
    Predictions said = new Predictions(faces, rows(7, 0), units, rows(2, 0));
    units[0][0] = 9;
    said.units()[0][0] = 9;
    assertEquals(.5, said.units()[0][0]);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Predictions(faces, rows(7, 0), rows(17, 0, 0), rows(2, 0)));
  }

  @Test
  void aNetworkSaysSomethingOfEveryFace() {
    NetworkSpec network =
        FacebehaviourNet.of(
            "tiny", new FacebehaviourNet.Size(4, List.of(8), List.of(1), 16, 0, false));
    CropSet faces = set(CropLabels.of(Expression.FEAR), CropLabels.of(Expression.ANGER));
    Predictions said = Predictions.of(network, NetworkWeights.initial(network, 1), faces, 16);
    assertEquals(2, said.units().length);
    for (double[] row : said.expressions()) {
      assertEquals(1, java.util.Arrays.stream(row).sum(), 1e-5);
    }
  }

  @Test
  void aFaceIsReadInSeveralViewsAndTheirMeanTaken() {
    NetworkSpec network =
        FacebehaviourNet.of(
            "tiny", new FacebehaviourNet.Size(4, List.of(8), List.of(1), 16, 0, false));
    NetworkWeights weights = NetworkWeights.initial(network, 1);
    BufferedImage ramp = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      ramp.getRaster().setSample(i % 16, i / 16, 0, i);
    }
    CropSet face =
        CropSet.of(
            "set",
            List.of(new LabelledCrop("ramp", FaceImage.of(ramp), CropLabels.of(Expression.FEAR))));
    double[] asItIs = Predictions.of(network, weights, face, 16).expressions()[0];
    double[] one = Predictions.ofViews(network, weights, face, 16, 1, 3).expressions()[0];
    double[] other = Predictions.ofViews(network, weights, face, 16, 1, 4).expressions()[0];
    assertFalse(java.util.Arrays.equals(one, other), "a view does not depend on the seed");
    // The network is smooth: means over many views of either seed agree better than single views.
    double[] many = Predictions.ofViews(network, weights, face, 16, 40, 3).expressions()[0];
    double[] manyOther = Predictions.ofViews(network, weights, face, 16, 40, 4).expressions()[0];
    assertTrue(distance(many, manyOther) < distance(one, other));
    assertEquals(1, java.util.Arrays.stream(many).sum(), 1e-5);
    // Views are slight: their mean stays near what is said of the face as it is.
    assertEquals(0, distance(many, asItIs), .05);
    assertThrows(
        IllegalArgumentException.class,
        () -> Predictions.ofViews(network, weights, face, 16, 0, 1));
  }

  private static double distance(double[] a, double[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  @Test
  void meansAreTakenOfOneSet() {
    CropSet faces = set(CropLabels.of(Expression.FEAR));
    Predictions mean =
        Predictions.mean(
            List.of(
                new Predictions(faces, rows(7, .1), rows(17, .2), rows(2, .3)),
                new Predictions(faces, rows(7, .3), rows(17, .4), rows(2, -.1))));
    assertEquals(.2, mean.expressions()[0][6], 1e-12);
    assertEquals(.3, mean.units()[0][16], 1e-12);
    assertEquals(.1, mean.affect()[0][1], 1e-12);
    CropSet others = set(CropLabels.of(Expression.ANGER));
    Predictions ofOthers = new Predictions(others, rows(7, .3), rows(17, .4), rows(2, -.1));
    assertThrows(IllegalArgumentException.class, () -> Predictions.mean(List.of(mean, ofOthers)));
    assertThrows(IllegalArgumentException.class, () -> Predictions.mean(List.of()));
  }
}
