package org.affect4j.learn;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelScorer;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.table.FaceTable;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/**
 * What features of faces tell of several annotated columns at once: numbers, such as valence and
 * arousal, or tags, of which a face may show none or many, such as action units. Both are linear
 * models of Tribuo on standardised features, with fixed settings: 50 passes of AdaGrad in batches
 * of 8; stopping there is their only regularisation.
 *
 * <p>For classes, of which a face shows one, there is {@link FeatureClassifier}. Immutable; safe
 * for several threads.
 */
public final class FeatureProbe {
  private static final int PASSES = 50;
  private static final double RATE = .25;
  private static final int BATCH = 8;

  private final List<String> targets;
  private final OptionalDouble activeFrom;
  private final TrainedModel<?> trained;
  private final Function<double[], double[]> answer;

  private FeatureProbe(
      List<String> targets,
      OptionalDouble activeFrom,
      TrainedModel<?> trained,
      Function<double[], double[]> answer) {
    this.targets = List.copyOf(targets);
    this.activeFrom = activeFrom;
    this.trained = trained;
    this.answer = answer;
  }

  /**
   * Learns numbers by linear regression, which minimises the squared error. They are standardised
   * as the features are, so that their units do not matter; the rate is 0.25 over the square root
   * of the number of features, so that few and many are learned alike.
   *
   * @param training faces to learn from; those with one of the numbers missing are left out
   * @param targets columns of {@link LabelledFeatures#annotations()}, each once, at least one
   * @param seed of the random numbers
   * @return the trained probe
   * @throws IllegalArgumentException if a column is not there or is named twice, or no face has all
   *     numbers
   */
  public static FeatureProbe numbers(LabelledFeatures training, List<String> targets, long seed) {
    LabelledFeatures complete = annotated(training, targets);
    Standardisation scale = Standardisation.of(complete.annotations().values(targets));
    String[] names = targets.toArray(String[]::new);
    double rate = RATE / Math.sqrt(complete.columns().size());
    TrainedModel<Regressor> trained =
        train(
            new LinearSGDTrainer(
                new SquaredLoss(), new AdaGrad(rate), PASSES, Integer.MAX_VALUE, BATCH, seed),
            new RegressionFactory(),
            complete,
            targets,
            row -> new Regressor(names, scale.apply(row)),
            seed);
    return new FeatureProbe(
        targets,
        OptionalDouble.empty(),
        trained,
        face -> {
          Regressor found = trained.predict(RegressionFactory.UNKNOWN_REGRESSOR, face).getOutput();
          return scale.revert(
              targets.stream()
                  .mapToDouble(t -> found.getDimension(t).orElseThrow().getValue())
                  .toArray());
        });
  }

  /**
   * Learns tags by logistic regression of each at rate 0.1, which minimises the binary cross
   * entropy.
   *
   * @param training faces to learn from; those with one of the columns missing are left out
   * @param targets columns of {@link LabelledFeatures#annotations()}, each once, at least one
   * @param activeFrom number from which on a face is tagged
   * @param seed of the random numbers
   * @return the trained probe
   * @throws IllegalArgumentException if a column is not there or is named twice, no face has all
   *     numbers, or no such face has one of the tags
   */
  public static FeatureProbe tags(
      LabelledFeatures training, List<String> targets, double activeFrom, long seed) {
    LabelledFeatures complete = annotated(training, targets);
    for (String tag : targets) {
      if (Arrays.stream(complete.annotations().numbers(tag)).noneMatch(v -> v >= activeFrom)) {
        throw new IllegalArgumentException(
            "'%s' is %s or more on none of the %d faces to learn from; leave it out"
                .formatted(tag, activeFrom, complete.size()));
      }
    }
    TrainedModel<MultiLabel> trained =
        train(
            new org.tribuo.multilabel.sgd.linear.LinearSGDTrainer(
                new BinaryCrossEntropy(), new AdaGrad(.1), PASSES, Integer.MAX_VALUE, BATCH, seed),
            new MultiLabelFactory(),
            complete,
            targets,
            row ->
                new MultiLabel(
                    IntStream.range(0, row.length)
                        .filter(t -> row[t] >= activeFrom)
                        .mapToObj(t -> new Label(targets.get(t)))
                        .collect(Collectors.toSet())),
            seed);
    return new FeatureProbe(
        targets,
        OptionalDouble.of(activeFrom),
        trained,
        face -> {
          Map<String, MultiLabel> found =
              trained.predict(MultiLabelFactory.UNKNOWN_MULTILABEL, face).getOutputScores();
          return targets.stream()
              .mapToDouble(t -> found.get(t).getLabelScore(new Label(t)).orElseThrow())
              .toArray();
        });
  }

  /** The faces that have all numbers. */
  private static LabelledFeatures annotated(LabelledFeatures training, List<String> targets) {
    if (targets.isEmpty() || new HashSet<>(targets).size() < targets.size()) {
      throw new IllegalArgumentException(
          "expected one column to learn or more, each once, got " + targets);
    }
    double[][] numbers = training.annotations().values(targets);
    int[] complete =
        IntStream.range(0, numbers.length)
            .filter(i -> Arrays.stream(numbers[i]).allMatch(Double::isFinite))
            .toArray();
    if (complete.length == 0) {
      throw new IllegalArgumentException(
          "none of the %d faces to learn from has a number in each of %s"
              .formatted(numbers.length, targets));
    }
    return training.rows(complete);
  }

  private static <T extends Output<T>> TrainedModel<T> train(
      Trainer<T> trainer,
      OutputFactory<T> factory,
      LabelledFeatures training,
      List<String> targets,
      Function<double[], T> output,
      long seed) {
    return TrainedModel.train(
        trainer,
        factory,
        training,
        Arrays.stream(training.annotations().values(targets)).map(output).toList(),
        "columns " + targets,
        seed,
        Map.of());
  }

  /**
   * Returns the features that the probe reads.
   *
   * @return names of columns, unmodifiable
   */
  public List<String> columns() {
    return trained.columns();
  }

  /**
   * Returns the columns that were learned.
   *
   * @return names, unmodifiable
   */
  public List<String> targets() {
    return targets;
  }

  /**
   * Answers for each face.
   *
   * @param features has at least {@link #columns()}
   * @return one row per face in the order of {@link #targets()}: the numbers, which may lie beyond
   *     the range of those learned from, or the probabilities of the tags, 0 to 1
   * @throws IllegalArgumentException if a column, or a number in it, is missing
   */
  public double[][] predict(FaceTable features) {
    return Arrays.stream(TrainedModel.complete(features, columns()))
        .map(answer)
        .toArray(double[][]::new);
  }

  /**
   * Judges the answers: numbers by concordance, correlation and mean absolute error, tags by F1 at
   * probability 0.5 and by the area under the curve. Intervals draw persons.
   *
   * @param data faces that were not learned from; those with a number missing count for the others
   * @return the figures of each target, after their mean; errors have none, as targets may have
   *     different units
   * @throws IllegalArgumentException if a column is not there
   */
  public List<Measurement> test(LabelledFeatures data) {
    LabelScorer scorer = LabelScorer.of(Bootstrap.STANDARD).withPersons(data.personsToldApart());
    double[][] truth = data.annotations().values(targets);
    double[][] found = predict(data.features());
    if (activeFrom.isEmpty()) {
      return scorer
          .numbers(
              LabelTask.NUMBERS,
              targets,
              truth,
              found,
              LabelMetrics.CCC,
              LabelMetrics.PEARSON,
              LabelMetrics.MEAN_ABSOLUTE_ERROR)
          .stream()
          .filter(f -> !f.of().isEmpty() || f.metric() != LabelMetrics.MEAN_ABSOLUTE_ERROR)
          .toList();
    }
    double[] half = targets.stream().mapToDouble(t -> .5).toArray();
    return scorer.answers(
        LabelTask.TAGS,
        targets,
        Arrays.stream(truth).map(this::active).toArray(double[][]::new),
        found,
        half,
        LabelMetrics.F1,
        LabelMetrics.AREA_UNDER_CURVE);
  }

  private double[] active(double[] row) {
    double from = activeFrom.orElseThrow();
    return Arrays.stream(row).map(v -> Double.isNaN(v) ? v : v >= from ? 1 : 0).toArray();
  }

  /**
   * Returns Tribuo's record of how this probe came about: data with checksum, trainer with all
   * settings, seed, time, versions.
   *
   * @return text of several lines
   */
  public String provenance() {
    return trained.provenance();
  }

  @Override
  public String toString() {
    return "%s of %s from %d features"
        .formatted(activeFrom.isEmpty() ? "numbers" : "tags", targets, columns().size());
  }
}
