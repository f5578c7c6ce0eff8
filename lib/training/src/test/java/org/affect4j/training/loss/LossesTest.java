package org.affect4j.training.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossesTest {
  private static final double SINGLE = 1e-5;
  private static final Shape EXPRESSIONS = new Shape(6, 7);
  private static final Shape UNITS = new Shape(6, 17);

  private GoldenLosses golden;
  private NDManager manager;
  private NDArray expressionLogits;
  private NDArray unitLogits;

  @BeforeEach
  void read() throws IOException {
    golden = new GoldenLosses();
    manager = NDManager.newBaseManager();
    expressionLogits = golden.floats(manager, "expression_logits");
    unitLogits = golden.floats(manager, "au_logits");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static double scalar(NDArray loss) {
    assertEquals(new Shape(), loss.getShape());
    assertEquals(DataType.FLOAT32, loss.getDataType(), "a scalar array turns to doubles easily");
    return loss.getFloat();
  }

  private double[] logits(String path) {
    return golden.values(path);
  }

  @Test
  void crossEntropy() {
    NDArray labels = golden.floats(manager, "cross_entropy/labels");
    assertEquals(
        golden.value("cross_entropy/loss"),
        scalar(new ExpressionLoss().of(expressionLogits, labels)),
        SINGLE);
  }

  @Test
  void crossEntropyWeighsSmoothsAndMasks() {
    List<Double> weights = List.of(1.0, 2.0, .5, 3.0, 1.5, .2, .7);
    ExpressionLoss loss = new ExpressionLoss(weights, .1);
    double[] logits = logits("expression_logits");
    int[] labels = {0, 3, -1, 6, 3, -1};
    double sum = 0;
    double scale = 0;
    for (int b = 0; b < labels.length; b++) {
      if (labels[b] >= 0) {
        double all = 0;
        for (int c = 0; c < 7; c++) {
          all += Math.exp(logits[b * 7 + c]);
        }
        for (int c = 0; c < 7; c++) {
          double target = .1 / 7 + (c == labels[b] ? .9 : 0);
          sum -= weights.get(c) * target * Math.log(Math.exp(logits[b * 7 + c]) / all);
        }
        scale += weights.get(labels[b]);
      }
    }
    assertEquals(sum / scale, scalar(loss.of(expressionLogits, manager.create(labels))), SINGLE);
    Gradients.check(logits, EXPRESSIONS, x -> loss.of(x, x.getManager().create(labels)));
  }

  @Test
  void rareExpressionsWeighMore() {
    ExpressionLoss loss = ExpressionLoss.balanced(List.of(4L, 4L, 1L, 4L, 4L, 4L, 7L), .5, 0);
    assertEquals(2, loss.classWeights().get(2), 1e-9);
    assertEquals(1, loss.classWeights().get(0), 1e-9);
    assertThrows(
        IllegalArgumentException.class,
        () -> ExpressionLoss.balanced(Collections.nCopies(7, 0L), .5, 0));
    assertThrows(IllegalArgumentException.class, () -> new ExpressionLoss(List.of(1.0), 0));
  }

  /** A network that sees nothing and learns of labels with these frequencies must prefer none. */
  @Test
  void evenOddsAreLearnedWhateverTheFrequencies() {
    NDArray labels = manager.create(new int[] {0, 0, 0, 1, 1, 2});
    ExpressionLoss loss =
        new ExpressionLoss(List.of(1.0, 2.0, .5), 0).withEvenOdds(List.of(3.0, 2.0, 1.0));
    double least = scalar(loss.of(manager.zeros(new Shape(6, 3)), labels));
    for (int c = 0; c < 3; c++) {
      for (float step : new float[] {-.3f, .3f}) {
        float[] preferred = new float[18];
        for (int b = 0; b < 6; b++) {
          preferred[3 * b + c] = step;
        }
        assertTrue(scalar(loss.of(manager.create(preferred, new Shape(6, 3)), labels)) > least);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> loss.withEvenOdds(List.of(1.0, 0.0, 1.0)));
  }

  @Test
  void crossEntropyTakesAnyNumberOfClasses() {
    ExpressionLoss loss = new ExpressionLoss(Collections.nCopies(8, 1.0), .1);
    NDArray even = manager.zeros(new Shape(2, 8));
    assertEquals(Math.log(8), scalar(loss.of(even, manager.create(new int[] {7, 0}))), SINGLE);
    assertThrows(
        IllegalArgumentException.class,
        () -> loss.of(expressionLogits, manager.create(new int[6])));
  }

  @Test
  void binaryCrossEntropy() {
    NDArray labels = golden.floats(manager, "masked_bce/au_labels");
    NDArray mask = golden.floats(manager, "masked_bce/au_mask");
    ActionUnitLoss loss = new ActionUnitLoss();
    assertEquals(
        golden.value("masked_bce/loss"), scalar(loss.of(unitLogits, labels, mask)), SINGLE);
    // A sample without units leaves the mean of the others alone.
    NDArray mine = mask.duplicate();
    mine.set(new ai.djl.ndarray.index.NDIndex("0:5"), 0);
    double last = scalar(loss.of(unitLogits.get("5:"), labels.get("5:"), mask.get("5:")));
    assertEquals(last, scalar(loss.of(unitLogits, labels, mine)), SINGLE);
    Gradients.check(
        logits("au_logits"),
        UNITS,
        x ->
            new ActionUnitLoss(Collections.nCopies(17, 2.5))
                .of(
                    x,
                    golden.doubles(x.getManager(), "masked_bce/au_labels"),
                    golden.doubles(x.getManager(), "masked_bce/au_mask")));
  }

  @Test
  void extremeLogitsStayFinite() {
    NDArray logits = manager.create(new float[] {1e4f, -1e4f}).reshape(2, 1).repeat(1, 17);
    NDArray wrong = manager.create(new float[] {0, 1}).reshape(2, 1).repeat(1, 17);
    assertEquals(1e4, scalar(new ActionUnitLoss().of(logits, wrong, wrong.onesLike())), 1);
  }

  @Test
  void concordance() {
    ConcordanceLoss loss = new ConcordanceLoss();
    NDArray prediction = golden.floats(manager, "va/prediction");
    NDArray truth = golden.floats(manager, "va/truth");
    assertEquals(
        golden.value("va/loss"), scalar(loss.of(prediction, truth, truth.onesLike())), SINGLE);
    // The masked rows hold nonsense, which must not count.
    NDArray more = prediction.concat(manager.full(new Shape(3, 2), 50f));
    NDArray mask = truth.onesLike().concat(manager.zeros(new Shape(3, 2)));
    assertEquals(
        golden.value("va/loss"),
        scalar(loss.of(more, truth.concat(manager.full(new Shape(3, 2), -5f)), mask)),
        SINGLE);
    Gradients.check(
        logits("va/prediction"),
        new Shape(6, 2),
        x -> {
          NDArray y = golden.doubles(x.getManager(), "va/truth");
          NDArray m = y.onesLike();
          m.set(new ai.djl.ndarray.index.NDIndex("2, 1"), 0);
          return loss.of(x, y, m);
        });
  }

  @Test
  void constantPredictionsHaveAFiniteLoss() {
    NDArray flat = manager.full(new Shape(4, 2), .3f);
    assertEquals(1, scalar(new ConcordanceLoss().of(flat, flat, flat.onesLike())), SINGLE);
  }

  @ParameterizedTest
  @EnumSource(DistributionMatching.Form.class)
  void distributionMatching(DistributionMatching.Form form) {
    String name =
        switch (form) {
          case BEHAVIOUR4ALL -> "dm_b4a";
          case FACE_BEHAVIOR_NET -> "dm_fbn";
          case BERNOULLI -> "dm_bernoulli";
        };
    NDArray all = manager.ones(new Shape(6));
    RelatednessWeights fraction = RelatednessWeights.of(Relatedness.du());
    RelatednessWeights binary = RelatednessWeights.of(Relatedness.du().binary());
    assertEquals(
        golden.value("fraction/" + name),
        scalar(
            new DistributionMatching(form, fraction, true).of(expressionLogits, unitLogits, all)),
        // Sums of 17 terms of up to 16 each.
        10 * SINGLE);
    assertEquals(
        golden.value("binary/" + name),
        scalar(new DistributionMatching(form, binary, true).of(expressionLogits, unitLogits, all)),
        10 * SINGLE);
    UnaryOperator<NDArray> toUnits =
        x ->
            new DistributionMatching(form, fraction, false)
                .of(
                    golden.doubles(x.getManager(), "expression_logits"),
                    x,
                    x.getManager().create(new double[] {1, 1, 0, 1, .5, 1}));
    Gradients.check(logits("au_logits"), UNITS, toUnits);
    Gradients.check(
        logits("expression_logits"),
        EXPRESSIONS,
        x ->
            new DistributionMatching(form, fraction, true)
                .of(
                    x,
                    golden.doubles(x.getManager(), "au_logits"),
                    x.getManager().create(new double[] {1, 1, 0, 1, .5, 1})));
  }

  @Test
  void expressionHeadStaysWhereItIsNotToMove() {
    DistributionMatching loss =
        new DistributionMatching(
            DistributionMatching.Form.BERNOULLI, RelatednessWeights.of(Relatedness.du()), false);
    expressionLogits.setRequiresGradient(true);
    unitLogits.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(loss.of(expressionLogits, unitLogits, manager.ones(new Shape(6))));
    }
    assertEquals(0, expressionLogits.getGradient().abs().sum().getFloat());
    assertTrue(unitLogits.getGradient().abs().sum().getFloat() > 0);
  }

  @Test
  void relatednessIsThatOfTheGoldenValues() {
    RelatednessWeights weights = RelatednessWeights.of(Relatedness.du());
    assertArrayEquals(
        golden.values("fraction/weights"),
        weights.beside(manager.ones(new Shape(1)).toType(DataType.FLOAT64, true)).toDoubleArray());
  }

  @Test
  void softCoAnnotation() {
    SoftCoAnnotation loss = new SoftCoAnnotation(RelatednessWeights.of(Relatedness.du()));
    NDArray labels = golden.floats(manager, "soft_coannotation/au_labels");
    NDArray mask = golden.floats(manager, "soft_coannotation/au_mask");
    assertClose("soft_coannotation/indicator", loss.indicator(labels, mask));
    assertClose("soft_coannotation/q", loss.labels(labels, mask));
    assertEquals(
        golden.value("soft_coannotation/loss"),
        scalar(loss.of(expressionLogits, labels, mask)),
        SINGLE);
    Gradients.check(
        logits("expression_logits"),
        EXPRESSIONS,
        x ->
            loss.of(
                x,
                golden.doubles(x.getManager(), "soft_coannotation/au_labels"),
                golden.doubles(x.getManager(), "soft_coannotation/au_mask")));
  }

  private void assertClose(String path, NDArray actual) {
    double[] expected = golden.values(path);
    float[] found = actual.toFloatArray();
    assertEquals(expected.length, found.length);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], SINGLE);
    }
  }

  @Test
  void happinessWithoutLipsPartIsTheExampleOfThePaper() {
    float[] units = new float[17];
    units[ActionUnit.ofNumber(12).ordinal()] = 1;
    units[ActionUnit.ofNumber(6).ordinal()] = 1;
    NDArray labels = manager.create(units, new Shape(1, 17));
    NDArray indicator =
        new SoftCoAnnotation(RelatednessWeights.of(Relatedness.du()))
            .indicator(labels, labels.onesLike());
    assertEquals(
        golden.value("soft_coannotation/happiness_example/indicator"),
        indicator.getFloat(0, Expression.HAPPINESS.ordinal()),
        SINGLE);
  }

  @Test
  void hardCoAnnotationGivesExpressions() {
    HardCoAnnotation hard = new HardCoAnnotation(RelatednessWeights.of(Relatedness.du()));
    assertEquals(Optional.of(Expression.HAPPINESS), hard.expression(units(6, 12, 25, 1)));
    // All but the last of surprise's units 1, 2, 5, 25, 26.
    assertEquals(Optional.empty(), hard.expression(units(1, 2, 5, 25)));
    assertEquals(Optional.empty(), hard.expression(units()));
    // Fear's eight units hold nothing more than surprise's five and 4, 20.
    assertEquals(Optional.of(Expression.FEAR), hard.expression(units(1, 2, 4, 5, 20, 25, 26)));
    assertTrue(hard.units(Expression.NEUTRAL).isEmpty());
  }

  private static Set<ActionUnit> units(int... numbers) {
    Set<ActionUnit> units = EnumSet.noneOf(ActionUnit.class);
    Arrays.stream(numbers).mapToObj(ActionUnit::ofNumber).forEach(units::add);
    return units;
  }

  @Test
  void hardCoAnnotationGivesUnits() {
    HardCoAnnotation hard = new HardCoAnnotation(RelatednessWeights.of(Relatedness.du()));
    int[] labels = {4, -1, 0, 6, -1, -1};
    double[] logits = logits("au_logits");
    double happy =
        (softPlus(-logits[unit(12)])
                + softPlus(-logits[unit(25)])
                + .51 * softPlus(-logits[unit(6)]))
            / 2.51;
    double[] s = Arrays.copyOfRange(logits, 3 * 17, 4 * 17);
    double surprised =
        (softPlus(-s[unit(1)])
                + softPlus(-s[unit(2)])
                + softPlus(-s[unit(25)])
                + softPlus(-s[unit(26)])
                + .66 * softPlus(-s[unit(5)]))
            / 4.66;
    assertEquals(
        (happy + surprised) / 2, scalar(hard.of(unitLogits, manager.create(labels))), SINGLE);
    Gradients.check(logits, UNITS, x -> hard.of(x, x.getManager().create(labels)));
  }

  private static int unit(int number) {
    return ActionUnit.ofNumber(number).ordinal();
  }

  private static double softPlus(double x) {
    return Math.log1p(Math.exp(x));
  }

  @Test
  void withoutLabelsEveryLossAndItsGradientIsZero() {
    NDArray none = manager.zeros(new Shape(6, 17));
    NDArray nobody = manager.zeros(new Shape(6));
    NDArray noLabel = manager.full(new Shape(6), -1f);
    RelatednessWeights weights = RelatednessWeights.of(Relatedness.du());
    NDArray affect = manager.randomNormal(new Shape(6, 2));
    for (NDArray x : List.of(expressionLogits, unitLogits, affect)) {
      x.setRequiresGradient(true);
    }
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray sum =
          new ExpressionLoss()
              .of(expressionLogits, noLabel)
              .add(new ActionUnitLoss().of(unitLogits, none, none))
              .add(new ConcordanceLoss().of(affect, affect, affect.zerosLike()))
              .add(
                  new DistributionMatching(DistributionMatching.Form.BERNOULLI, weights, true)
                      .of(expressionLogits, unitLogits, nobody))
              .add(new SoftCoAnnotation(weights).of(expressionLogits, none, none))
              .add(new HardCoAnnotation(weights).of(unitLogits, noLabel));
      collector.backward(sum);
      assertEquals(0, scalar(sum));
    }
    for (NDArray x : List.of(expressionLogits, unitLogits, affect)) {
      float gradient = x.getGradient().abs().sum().getFloat();
      assertFalse(Float.isNaN(gradient));
      assertEquals(0, gradient);
    }
  }

  @Test
  void wrongShapesAreNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ActionUnitLoss().of(unitLogits, unitLogits, manager.ones(new Shape(6))));
    assertTrue(e.getMessage().contains("mask of action units"), e.getMessage());
  }
}
