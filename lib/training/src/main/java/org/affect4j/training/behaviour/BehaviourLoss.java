package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Relatedness;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.loss.ActionUnitLoss;
import org.affect4j.training.loss.ConcordanceLoss;
import org.affect4j.training.loss.DistributionMatching;
import org.affect4j.training.loss.ExpressionLoss;
import org.affect4j.training.loss.HardCoAnnotation;
import org.affect4j.training.loss.RelatednessWeights;
import org.affect4j.training.loss.SoftCoAnnotation;
import org.affect4j.training.loss.internal.Scalars;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.SideOutput;
import org.affect4j.training.train.StepLoss;

/** The loss of a batch: the parts that count, each over the faces that have its labels. */
final class BehaviourLoss {
  private final BehaviourLosses losses;
  private final BehaviourHeads heads;
  private final ExpressionLoss expressionLoss;
  private final List<Double> frequencies;
  private final ActionUnitLoss unitLoss;
  private final ConcordanceLoss affectLoss = new ConcordanceLoss();
  private final DistributionMatching matching;
  private final SoftCoAnnotation softly;
  private final Optional<HardCoAnnotation> hard;
  private final boolean realAffect;

  /** Prepares the parts for the labels that the sources have. */
  BehaviourLoss(BehaviourLosses losses, BehaviourHeads heads, List<BatchSource> sources) {
    this.losses = losses;
    // What stands for an output that is not there is never read.
    this.heads =
        new BehaviourHeads(
            heads.classes().isEmpty() ? BehaviourHeads.SEVEN : heads.classes(),
            heads.units().isEmpty() ? ActionUnit.ALL : heads.units(),
            heads.affect());
    boolean expressions = losses.weights().expression() > 0;
    ExpressionLoss loss =
        expressions
            ? ExpressionLoss.balanced(counts(sources), losses.balance(), losses.smoothing())
            : new ExpressionLoss();
    this.frequencies = losses.evenOdds() && expressions ? frequencies(sources) : List.of();
    this.expressionLoss = frequencies.isEmpty() ? loss : loss.withEvenOdds(frequencies);
    this.unitLoss =
        new ActionUnitLoss(
            Collections.nCopies(this.heads.units().size(), 1.0), losses.unitsSummed());
    Relatedness table = losses.relatedness();
    BehaviourLosses.Matching how = losses.matching();
    this.matching =
        new DistributionMatching(
            how.form(),
            RelatednessWeights.of(
                how.binary() ? table.binary() : table, this.heads.classes(), this.heads.units()),
            how.movesExpressions());
    this.softly =
        new SoftCoAnnotation(RelatednessWeights.of(table, this.heads.classes(), ActionUnit.ALL));
    this.hard =
        losses.hardCoAnnotation()
            ? Optional.of(new HardCoAnnotation(RelatednessWeights.of(table)))
            : Optional.empty();
    this.realAffect =
        sources.stream()
            .map(BatchSource::set)
            .anyMatch(set -> set.labels().stream().anyMatch(CropLabels::hasAffect));
  }

  /** How often each expression is learned; empty unless with even odds. */
  List<Double> frequencies() {
    return frequencies;
  }

  /** How often each class is shown in an epoch, by its weight; none is 0. */
  private List<Long> counts(List<BatchSource> sources) {
    List<Long> rounded = new ArrayList<>();
    for (AnnotatedExpression shown : heads.classes()) {
      double count = 0;
      for (BatchSource source : sources) {
        long ofSet =
            source.set().labels().stream()
                .filter(l -> l.annotated().filter(shown::equals).isPresent())
                .count();
        count += source.passes() * source.expressionWeight() * ofSet;
      }
      if (Math.round(count) == 0) {
        throw new IllegalArgumentException(
            "expressions are to be learned but no face shows %s; add a set that does"
                .formatted(shown.label()));
      }
      rounded.add(Math.round(count));
    }
    return rounded;
  }

  /** How often each expression is learned in an epoch, parts of labels and weights counted. */
  private List<Double> frequencies(List<BatchSource> sources) {
    double[] sums = new double[FaceBatch.CLASSES];
    float[] shares = new float[FaceBatch.CLASSES];
    for (BatchSource source : sources) {
      for (int face = 0; face < source.set().size(); face++) {
        Arrays.fill(shares, 0);
        source.putExpressions(face, shares, 0);
        for (int k = 0; k < sums.length; k++) {
          sums[k] += source.passes() * shares[k];
        }
      }
    }
    double all = heads.classes().stream().mapToDouble(e -> sums[e.ordinal()]).sum();
    return heads.classes().stream().map(e -> sums[e.ordinal()] / all).toList();
  }

  /** Computes the loss of what a network said of a batch. */
  StepLoss of(NetworkSpec network, NDList outputs, FaceBatch batch, NDManager manager) {
    BatchTargets t = new BatchTargets(batch, heads, hard, losses.softEverywhere(), manager);
    NDArray expressions = output(network, outputs, Answer.EXPRESSION);
    NDArray units = output(network, outputs, Answer.ACTION_UNITS);
    NDArray affect = output(network, outputs, Answer.VALENCE_AROUSAL);
    LossWeights weights = losses.weights();
    Parts parts = new Parts();
    parts.add(
        "expression", weights.expression(), () -> expressionLoss.ofShares(expressions, t.shares));
    parts.add("units", weights.units(), () -> unitLoss.of(units, t.units, t.unitMask));
    // A concordance of real labels and of the circumplex together would compare the two.
    if (realAffect) {
      parts.add("affect", weights.affect(), () -> affectLoss.of(affect, t.affect, t.affectMask));
    }
    if (losses.affectPrior()) {
      parts.add(
          realAffect ? "affect_prior" : "affect",
          weights.affect(),
          () -> affectLoss.of(affect, t.prior, t.priorMask));
    }
    parts.add(
        "matching",
        weights.matching(),
        () ->
            matching.of(
                expressions,
                units,
                losses.matching().everywhere() ? t.withoutUnits.onesLike() : t.withoutUnits));
    parts.add(
        "label_matching",
        weights.labelMatching(),
        () -> matching.ofProbabilities(t.normalised, units, t.expressionOnly));
    parts.add(
        "co_annotation",
        weights.softCoAnnotation(),
        () -> softly.of(expressions, t.labelledUnits, t.softMask));
    int weak = SideOutput.WEAK_UNITS.index(network);
    if (weak >= 0 && batch.weakUnits().length > 0) {
      parts.add("weak_units", 1, () -> besides(outputs.get(weak), batch.weakUnits(), manager));
    }
    int contempt = SideOutput.CONTEMPT.index(network);
    if (contempt >= 0) {
      parts.add("contempt", 1, () -> besides(outputs.get(contempt), contempt(batch), manager));
    }
    return new StepLoss(parts.total(), parts.terms);
  }

  /** Part of contempt in the labels of photos; rendered faces never show it. */
  private static float[] contempt(FaceBatch batch) {
    float[] parts = new float[batch.size()];
    for (int face = 0; face < parts.length; face++) {
      float all = batch.expressionWeight(face);
      parts[face] =
          all > 0 && !batch.hasUnits(face)
              ? batch
                      .expressions()[
                      face * FaceBatch.CLASSES + AnnotatedExpression.CONTEMPT.ordinal()]
                  / all
              : Float.NaN;
    }
    return parts;
  }

  /** Cross-entropy of an output beside the others, where something is known. */
  private static NDArray besides(NDArray logits, float[] said, NDManager manager) {
    float[] labels = new float[said.length];
    float[] known = new float[said.length];
    for (int i = 0; i < said.length; i++) {
      known[i] = Float.isNaN(said[i]) ? 0 : 1;
      labels[i] = Float.isNaN(said[i]) ? 0 : said[i];
    }
    Shape shape = logits.getShape();
    return new ActionUnitLoss(Collections.nCopies((int) shape.get(1), 1.0))
        .of(logits, manager.create(labels, shape), manager.create(known, shape));
  }

  /** An output, or the first where the network has none: no part that counts reads it then. */
  private static NDArray output(NetworkSpec network, NDList outputs, Answer answer) {
    return outputs.get(Math.max(0, BehaviourHeads.index(network, answer)));
  }

  /** The parts of the loss that count. */
  private static final class Parts {
    private final Map<String, NDArray> terms = new LinkedHashMap<>();
    private final NDList weighted = new NDList();

    void add(String name, double weight, Supplier<NDArray> part) {
      if (weight > 0) {
        NDArray value = part.get();
        terms.put(name, value);
        weighted.add(Scalars.times(value, weight));
      }
    }

    NDArray total() {
      if (weighted.isEmpty()) {
        throw new IllegalArgumentException("all parts of the loss weigh nothing");
      }
      NDArray sum = weighted.get(0);
      for (NDArray part : weighted.subNDList(1)) {
        sum = sum.add(part);
      }
      return sum;
    }
  }
}
