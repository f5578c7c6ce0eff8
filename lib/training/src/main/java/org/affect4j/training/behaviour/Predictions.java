package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.BinaryScore;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.LabelScorer;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;

/**
 * What a network says of every face of a set.
 *
 * @param set the faces
 * @param expressions probabilities of the seven expressions, one row per face; NaN if the network
 *     says none
 * @param units probabilities of the 17 units, one row per face; NaN for those of which the network
 *     says nothing
 * @param affect valence and arousal, one row per face; NaN if the network says nothing of them
 */
public record Predictions(
    CropSet set, double[][] expressions, double[][] units, double[][] affect) {
  /** Copies the rows and checks that there is one per face. */
  public Predictions {
    expressions = copy(expressions);
    units = copy(units);
    affect = copy(affect);
    if (expressions.length != set.size()
        || units.length != set.size()
        || affect.length != set.size()) {
      throw new IllegalArgumentException(
          "%s has %d faces, got %d rows of expressions, %d of units, %d of affect"
              .formatted(set, set.size(), expressions.length, units.length, affect.length));
    }
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Runs a network over a set, each face once and as it is.
   *
   * @param network any that {@link BehaviourHeads#of} knows
   * @param weights its weights
   * @param set the faces
   * @param side side of the network's input in pixels
   * @return what it says
   */
  public static Predictions of(NetworkSpec network, NetworkWeights weights, CropSet set, int side) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return of(NetworkBlock.ready(network, weights, manager), set, side);
    }
  }

  /**
   * Runs a network over several views of each face, as {@link Augmentation#views} draws them, and
   * takes means: what it says of a face whatever its exact place in the crop.
   *
   * @param network any that {@link BehaviourHeads#of} knows
   * @param weights its weights
   * @param set the faces
   * @param side side of the network's input in pixels
   * @param views views of each face, 1 or more
   * @param seed draws the views
   * @return means of what it says
   * @throws IllegalArgumentException if the number of views is less than 1
   */
  public static Predictions ofViews(
      NetworkSpec network, NetworkWeights weights, CropSet set, int side, int views, long seed) {
    if (views < 1) {
      throw new IllegalArgumentException("a face has 1 view or more, got " + views);
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Predictions> all = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock block = NetworkBlock.ready(network, weights, manager);
      for (int view = 0; view < views; view++) {
        all.add(of(block, set, side, Augmentation.views(), random));
      }
    }
    return mean(all);
  }

  /**
   * Takes means of what several networks, or one of several views, say of the same faces.
   *
   * @param all predictions of one set, at least one
   * @return their means, face by face
   * @throws IllegalArgumentException if there is none, or they are of several sets
   */
  public static Predictions mean(List<Predictions> all) {
    if (all.stream().map(Predictions::set).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "means are taken of predictions of one set, got those of "
              + all.stream().map(p -> p.set.toString()).toList());
    }
    return new Predictions(
        all.get(0).set,
        meanRows(all.stream().map(p -> p.expressions).toList()),
        meanRows(all.stream().map(p -> p.units).toList()),
        meanRows(all.stream().map(p -> p.affect).toList()));
  }

  private static double[][] meanRows(List<double[][]> tables) {
    double[][] sums = copy(tables.get(0));
    for (int i = 0; i < sums.length; i++) {
      for (int k = 0; k < sums[i].length; k++) {
        int row = i;
        int column = k;
        sums[i][k] = tables.stream().mapToDouble(t -> t[row][column]).average().orElseThrow();
      }
    }
    return sums;
  }

  /**
   * Runs a network over a set, each face once and as it is.
   *
   * @param network the network, not in training
   * @param set the faces
   * @param side side of the network's input in pixels
   */
  static Predictions of(NetworkBlock network, CropSet set, int side) {
    return of(network, set, side, Augmentation.none(), new SplittableRandom(0));
  }

  private static Predictions of(
      NetworkBlock network, CropSet set, int side, Augmentation how, SplittableRandom random) {
    HeadValues heads = new HeadValues(network.spec());
    double[][] expressions = new double[set.size()][];
    double[][] units = new double[set.size()][];
    double[][] affect = new double[set.size()][];
    CropReader.read(
        network,
        set,
        side,
        how,
        random,
        (outputs, from) -> heads.read(outputs, from, expressions, units, affect));
    return new Predictions(set, expressions, units, affect);
  }

  /**
   * Runs an exported network over a set as the library's users do.
   *
   * @param model the network
   * @param set the faces
   * @param progress hears of the faces done
   */
  static Predictions of(BehaviourModel model, CropSet set, ProgressListener progress) {
    double[][] expressions = new double[set.size()][];
    double[][] units = new double[set.size()][];
    double[][] affect = new double[set.size()][];
    int batch = model.options().maximumBatch();
    for (int from = 0; from < set.size(); from += batch) {
      int to = Math.min(from + batch, set.size());
      List<Behaviour> read = model.predict(IntStream.range(from, to).mapToObj(set::crop).toList());
      for (int i = from; i < to; i++) {
        Behaviour face = read.get(i - from);
        expressions[i] = face.expressionProbabilities();
        units[i] = face.actionUnitProbabilities();
        affect[i] = new double[] {face.valenceArousal().valence(), face.valenceArousal().arousal()};
      }
      progress.at(to, set.size());
    }
    return new Predictions(set, expressions, units, affect);
  }

  /**
   * Returns the probabilities of the expressions.
   *
   * @return a copy
   */
  @Override
  public double[][] expressions() {
    return copy(expressions);
  }

  /**
   * Returns the probabilities of the units.
   *
   * @return a copy
   */
  @Override
  public double[][] units() {
    return copy(units);
  }

  /**
   * Returns valence and arousal.
   *
   * @return a copy
   */
  @Override
  public double[][] affect() {
    return copy(affect);
  }

  /**
   * Returns how well each unit follows its strength: Pearson's correlation over the faces on which
   * it is annotated.
   *
   * @return 17 numbers from -1 to 1; NaN where a unit is annotated on less than two faces, or
   *     either side does not vary
   */
  public double[] unitCorrelations() {
    double[][] strengths = unitStrengths();
    return IntStream.range(0, ActionUnit.COUNT)
        .mapToDouble(u -> Concordance.ofAnnotated(column(strengths, u), column(units, u)).pearson())
        .toArray();
  }

  /**
   * Returns the same where expressions are not equally likely beforehand.
   *
   * @param name what to call the set
   * @param prior how likely each expression is
   * @return changed copy
   */
  Predictions withPrior(String name, ExpressionPrior prior) {
    double[][] weighed =
        Arrays.stream(expressions)
            .map(row -> prior.adjust(row, ExpressionPrior.EVEN))
            .toArray(double[][]::new);
    return new Predictions(set.where(name, labels -> true), weighed, units, affect);
  }

  /**
   * Returns figures of every task for which the set has labels: accuracy, macro F1 and mean area
   * under the curve of the expressions, each against the rest; mean correlation of the units, and
   * their mean F1 where a unit counts as active from {@link EvaluationOptions#ACTIVE_FROM} of its
   * strength on and as found at probability .5; concordance of valence and arousal. For faces of
   * which only the expression is known also the areas of {@link UnitCrossing}, and the concordance
   * of valence with {@link CircumplexPrior}.
   *
   * @return figures by name, which begins with that of the set
   */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    int[] annotated =
        IntStream.range(0, set.size())
            .filter(i -> set.labels(i).expression().isPresent())
            .toArray();
    if (says(expressions) && annotated.length > 0) {
      ConfusionCounts counts =
          ConfusionCounts.ofExpressions(
              truth(annotated),
              IntStream.of(annotated)
                  .mapToObj(i -> Expression.ALL.get(LabelScorer.best(expressions[i])))
                  .toList());
      figures.put(set.name() + "_accuracy", counts.accuracy());
      figures.put(set.name() + "_macro_f1", counts.macroF1());
      figures.put(
          set.name() + "_mean_auc",
          BinaryScore.meanAreaUnderCurve(
              truth(annotated).stream().mapToInt(Expression::ordinal).toArray(),
              IntStream.of(annotated).mapToObj(i -> expressions[i]).toArray(double[][]::new)));
    }
    putCrossings(annotated, figures);
    double[] correlations =
        Arrays.stream(unitCorrelations()).filter(c -> !Double.isNaN(c)).toArray();
    if (correlations.length > 0) {
      figures.put(
          set.name() + "_unit_correlation", Arrays.stream(correlations).average().orElseThrow());
      figures.put(
          set.name() + "_unit_f1",
          ActionUnitScores.of(
                  unitLabels(EvaluationOptions.ACTIVE_FROM), units, ActionUnitThresholds.DEFAULT)
              .meanF1());
    }
    if (says(affect)
        && IntStream.range(0, set.size()).filter(i -> set.labels(i).hasAffect()).count() > 1) {
      figures.put(set.name() + "_valence_ccc", ccc(CropLabels::valence, 0));
      figures.put(set.name() + "_arousal_ccc", ccc(CropLabels::arousal, 1));
    }
    return figures;
  }

  private static boolean says(double[][] rows) {
    return !Double.isNaN(rows[0][0]);
  }

  /** What is said of faces of which only the expression is known, from what that says of them. */
  private void putCrossings(int[] annotated, Map<String, Double> figures) {
    int[] rows = IntStream.of(annotated).filter(i -> !set.labels(i).hasUnits()).toArray();
    List<Expression> truth = truth(rows);
    double[][] ofRows = IntStream.of(rows).mapToObj(i -> units[i]).toArray(double[][]::new);
    for (UnitCrossing crossing : UnitCrossing.ALL) {
      double area =
          crossing.units().stream().anyMatch(u -> Double.isNaN(units[0][u.ordinal()]))
              ? Double.NaN
              : crossing.areaUnderCurve(truth, ofRows);
      if (!Double.isNaN(area)) {
        figures.put(set.name() + "_" + crossing.column(), area);
      }
    }
    int[] unrated = IntStream.of(rows).filter(i -> !set.labels(i).hasAffect()).toArray();
    if (says(affect) && unrated.length > 1) {
      double[] positions =
          truth(unrated).stream().mapToDouble(e -> CircumplexPrior.of(e).valence()).toArray();
      figures.put(
          set.name() + "_circumplex_valence_ccc",
          Concordance.of(positions, IntStream.of(unrated).mapToDouble(i -> affect[i][0]).toArray())
              .ccc());
    }
  }

  private List<Expression> truth(int[] rows) {
    return IntStream.of(rows).mapToObj(i -> set.labels(i).expression().orElseThrow()).toList();
  }

  /** Strength of each unit on each face; NaN where it is not annotated, or not said. */
  double[][] unitStrengths() {
    return IntStream.range(0, set.size())
        .mapToObj(
            i ->
                IntStream.range(0, ActionUnit.COUNT)
                    .mapToDouble(
                        u -> Double.isNaN(units[i][u]) ? Double.NaN : set.labels(i).unit(u))
                    .toArray())
        .toArray(double[][]::new);
  }

  /** Whether each unit is there on each face: 1, 0, or NaN where it is not annotated. */
  double[][] unitLabels(double activeFrom) {
    return Arrays.stream(unitStrengths())
        .map(
            row ->
                Arrays.stream(row)
                    .map(s -> Double.isNaN(s) ? s : (float) s >= (float) activeFrom ? 1 : 0)
                    .toArray())
        .toArray(double[][]::new);
  }

  /** One column of a table with a row per face. */
  static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }

  private double ccc(ToDoubleFunction<CropLabels> truth, int which) {
    return Concordance.ofAnnotated(
            IntStream.range(0, set.size())
                .mapToDouble(i -> truth.applyAsDouble(set.labels(i)))
                .toArray(),
            column(affect, which))
        .ccc();
  }
}
