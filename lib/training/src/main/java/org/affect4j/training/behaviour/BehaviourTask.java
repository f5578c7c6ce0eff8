package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.Expression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.Relatedness;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.batch.internal.BatchLoader;
import org.affect4j.training.batch.internal.EpochPlan;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.loss.ActionUnitLoss;
import org.affect4j.training.loss.ConcordanceLoss;
import org.affect4j.training.loss.DistributionMatching;
import org.affect4j.training.loss.ExpressionLoss;
import org.affect4j.training.loss.RelatednessWeights;
import org.affect4j.training.loss.SoftCoAnnotation;
import org.affect4j.training.loss.internal.Scalars;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * Expressions, action units, valence and arousal, learned together from sets of which each has some
 * of the labels, the heads coupled by what is known of expressions and units (Behaviour4All,
 * section 3; FaceBehaviorNet, section 3). Relatedness is that of Du et al. 2014; distribution
 * matching has the Bernoulli form.
 */
public final class BehaviourTask implements TrainingTask<FaceBatch> {
  private static final int NAMES_SHOWN = 8;

  private final BatchLoader loader;
  private final int side;
  private final LossWeights weights;
  private final double smoothing;
  private final double balance;
  private final List<CropSet> validation;
  private final Optional<String> monitored;
  private final List<Double> frequencies;
  private final ExpressionLoss expressionLoss;
  private final ActionUnitLoss unitLoss = new ActionUnitLoss();
  private final ConcordanceLoss affectLoss = new ConcordanceLoss();
  private final DistributionMatching matching;
  private final SoftCoAnnotation coAnnotation;
  private final Optional<ConsistentTeacher> teacher;

  /**
   * Describes the task.
   *
   * @param sources sets to train with
   * @param validation sets to measure with after each epoch; figures are named by set
   * @param monitored figure by which the best epoch is chosen; empty to take the last epoch
   * @param batchSize faces of a batch
   * @param side side of the network's input in pixels
   * @param weights how much each part of the loss counts
   * @param smoothing part of an expression's label that is spread over all classes
   * @param balance power of the inverse frequency by which expressions are weighted, 0 for equal
   *     weights
   * @param evenOdds whether the network learns to speak with even odds, whatever the frequencies of
   *     the labels; it is measured with even odds, and with these frequencies too
   * @param seed decides order and variation
   * @throws IllegalArgumentException if a part of the loss has no label to learn from, or batches
   *     cannot be drawn as asked
   */
  public BehaviourTask(
      List<BatchSource> sources,
      List<CropSet> validation,
      Optional<String> monitored,
      int batchSize,
      int side,
      LossWeights weights,
      double smoothing,
      double balance,
      boolean evenOdds,
      long seed) {
    this.loader = new BatchLoader(new EpochPlan(sources, batchSize, seed), side, seed);
    this.side = side;
    this.weights = weights;
    this.smoothing = smoothing;
    this.balance = balance;
    this.validation = List.copyOf(validation);
    this.monitored = monitored;
    ExpressionLoss loss =
        weights.expression() > 0
            ? ExpressionLoss.balanced(expressionCounts(sources), balance, smoothing)
            : new ExpressionLoss();
    this.frequencies = evenOdds ? frequencies(sources) : List.of();
    this.expressionLoss = evenOdds ? loss.withEvenOdds(frequencies) : loss;
    if (weights.units() > 0 && sources.stream().noneMatch(s -> hasUnits(s.set()))) {
      throw new IllegalArgumentException(
          "action units are to be learned but none of %s has labels of them; add a set that has, or give that part of the loss the weight 0"
              .formatted(sources.stream().map(s -> s.set().name()).toList()));
    }
    RelatednessWeights relatedness = RelatednessWeights.of(Relatedness.du());
    this.matching =
        new DistributionMatching(DistributionMatching.Form.BERNOULLI, relatedness, false);
    this.coAnnotation = new SoftCoAnnotation(relatedness);
    this.teacher = Optional.empty();
  }

  private BehaviourTask(BehaviourTask task, ConsistentTeacher teacher) {
    this.loader = task.loader;
    this.side = task.side;
    this.weights = task.weights;
    this.smoothing = task.smoothing;
    this.balance = task.balance;
    this.validation = task.validation;
    this.monitored = task.monitored;
    this.frequencies = task.frequencies;
    this.expressionLoss = task.expressionLoss;
    this.matching = task.matching;
    this.coAnnotation = task.coAnnotation;
    this.teacher = Optional.of(teacher);
  }

  /**
   * Describes the task with the usual settings: labels smoothed by .1, expressions weighted by the
   * power .3 of the inverse frequency, the last epoch taken.
   *
   * @param sources sets to train with
   * @param validation sets to measure with after each epoch; figures are named by set
   * @param batchSize faces of a batch
   * @param side side of the network's input in pixels
   * @param weights how much each part of the loss counts
   * @param seed decides order and variation
   * @return the task
   * @throws IllegalArgumentException if a part of the loss has no label to learn from, or batches
   *     cannot be drawn as asked
   */
  public static BehaviourTask of(
      List<BatchSource> sources,
      List<CropSet> validation,
      int batchSize,
      int side,
      LossWeights weights,
      long seed) {
    return new BehaviourTask(
        sources, validation, Optional.empty(), batchSize, side, weights, .1, .3, false, seed);
  }

  /**
   * The same task, every batch of which a teacher reads. The batches are shared: only one of both
   * tasks may be used.
   *
   * @param reader who has a say in the expressions of photos; to be closed after the training
   * @return changed copy
   */
  public BehaviourTask taughtBy(ConsistentTeacher reader) {
    return new BehaviourTask(this, reader);
  }

  private static boolean hasUnits(CropSet set) {
    for (int i = 0; i < set.size(); i++) {
      if (set.labels(i).hasUnits()) {
        return true;
      }
    }
    return false;
  }

  private static List<Long> expressionCounts(List<BatchSource> sources) {
    double[] counts = new double[Expression.COUNT];
    for (BatchSource source : sources) {
      long[] ofSet = source.set().expressionCounts();
      for (int i = 0; i < counts.length; i++) {
        counts[i] += source.passes() * source.expressionWeight() * ofSet[i];
      }
    }
    List<Long> rounded = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      long count = Math.round(counts[i]);
      if (count == 0) {
        throw new IllegalArgumentException(
            "expressions are to be learned but no face shows %s; add a set that does"
                .formatted(Expression.ALL.get(i).label()));
      }
      rounded.add(count);
    }
    return rounded;
  }

  /** How often each expression is learned in an epoch, parts of labels and weights counted. */
  private static List<Double> frequencies(List<BatchSource> sources) {
    double[] sums = new double[Expression.COUNT];
    float[] shares = new float[Expression.COUNT];
    for (BatchSource source : sources) {
      for (int face = 0; face < source.set().size(); face++) {
        Arrays.fill(shares, 0);
        source.putExpressions(face, shares, 0);
        for (int k = 0; k < sums.length; k++) {
          sums[k] += source.passes() * shares[k];
        }
      }
    }
    double all = Arrays.stream(sums).sum();
    return Arrays.stream(sums).mapToObj(sum -> sum / all).toList();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("side", String.valueOf(side));
    settings.put("loss", weights.toString());
    settings.put("label smoothing", String.valueOf(smoothing));
    settings.put("class balance", String.valueOf(balance));
    if (!frequencies.isEmpty()) {
      settings.put("even odds from", frequencies.toString());
    }
    for (BatchSource source : loader.plan().sources()) {
      settings.put(
          "set " + source.set().name(),
          "%s: %d faces, %s passes, expressions weigh %s, %s%s"
              .formatted(
                  source.set().key(),
                  source.set().size(),
                  source.passes(),
                  source.expressionWeight(),
                  source.augmentation(),
                  source.teacher().map(t -> ", " + t).orElse("")));
    }
    teacher.ifPresent(t -> settings.put("teacher", t.toString()));
    return settings;
  }

  @Override
  public int stepsPerEpoch() {
    return loader.plan().steps();
  }

  @Override
  public FaceBatch load(int epoch, int step) {
    FaceBatch batch = loader.load(epoch, step);
    return teacher.isPresent() ? teacher.get().teach(batch) : batch;
  }

  @Override
  public int size(FaceBatch batch) {
    return batch.size();
  }

  @Override
  public String describe(FaceBatch batch) {
    List<String> names = batch.names();
    return "%d faces: %s%s"
        .formatted(
            batch.size(),
            String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size()))),
            names.size() > NAMES_SHOWN ? ", …" : "");
  }

  @Override
  public StepLoss loss(NetworkBlock network, FaceBatch batch, NDManager manager) {
    NDArray pixels = PixelTensors.of(manager, batch.pixels(), batch.size(), side);
    NDList outputs = network.forward(new ParameterStore(manager, false), new NDList(pixels), true);
    NDArray expressions = outputs.get(0);
    NDArray units = outputs.get(1);
    NDArray affect = outputs.get(2);
    BatchTargets t = new BatchTargets(batch, manager);
    Parts parts = new Parts();
    parts.add(
        "expression", weights.expression(), () -> expressionLoss.ofShares(expressions, t.shares));
    parts.add("units", weights.units(), () -> unitLoss.of(units, t.units, t.unitMask));
    parts.add("affect", weights.affect(), () -> affectLoss.of(affect, t.affect, t.affectMask));
    parts.add(
        "matching", weights.matching(), () -> matching.of(expressions, units, t.withoutUnits));
    parts.add(
        "label_matching",
        weights.labelMatching(),
        () -> matching.ofProbabilities(t.normalised, units, t.expressionOnly));
    parts.add(
        "co_annotation",
        weights.softCoAnnotation(),
        () -> coAnnotation.of(expressions, t.units, t.unitsOnlyMask));
    return new StepLoss(parts.total(), parts.terms);
  }

  private interface Part {
    NDArray compute();
  }

  /** The parts of the loss that count. */
  private static final class Parts {
    private final Map<String, NDArray> terms = new LinkedHashMap<>();
    private final NDList weighted = new NDList();

    void add(String name, double weight, Part part) {
      if (weight > 0) {
        NDArray value = part.compute();
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

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (CropSet set : validation) {
      Predictions said = Predictions.of(network, set, side);
      figures.putAll(said.figures());
      if (!frequencies.isEmpty()) {
        ExpressionPrior prior = new ExpressionPrior(frequencies);
        figures.putAll(said.withPrior(set.name() + "_as_frequent", prior).figures());
      }
    }
    return figures;
  }

  @Override
  public Optional<String> monitored() {
    return monitored;
  }
}
