package org.affect4j.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.learn.Standardisation;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.table.FaceColumns;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.head.internal.HeadData;
import org.affect4j.training.head.internal.HeadReport;
import org.affect4j.training.loss.ActionUnitLoss;
import org.affect4j.training.loss.ConcordanceLoss;
import org.affect4j.training.loss.ExpressionLoss;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * A light head on features that do not change, standardised (Savchenko 2022, section 2):
 * cross-entropy with weighted classes, binary cross-entropy of the annotated units with weighted
 * active faces, or one minus the concordance. The epoch is the one that is best on the faces to
 * choose by: macro F1, mean area under the curve of the units, for which thresholds are chosen
 * later, or mean CCC. A batch is the numbers of its faces.
 */
public final class HeadTask implements TrainingTask<int[]> {
  private static final String MACRO_F1 = "macro_f1";
  private static final String MEAN_AREA = "mean_area_under_curve";
  private static final String MEAN_CCC = "mean_ccc";
  private static final int SHUFFLE = 1;
  private static final int ROWS_AT_ONCE = 4096;

  private final HeadData data;
  private final int batchSize;
  private final double balance;
  private final long seed;
  private final float[][] training;
  private final float[][] validation;
  private final Loss loss;
  private int[] order = {};
  private int orderedFor = -1;

  /** From the head's answers, before the last function, and the targets of the same faces. */
  private interface Loss {
    NDArray of(NDArray answers, double[][] targets);
  }

  /**
   * Describes the task.
   *
   * @param data the faces
   * @param batchSize faces of a batch, 1 or more
   * @param balance power of the inverse frequency by which classes are weighted, and of the ratio
   *     of inactive to active faces by which active units are; 0 for equal weights, 1 as in the
   *     paper
   * @param seed decides the order
   * @throws IllegalArgumentException if a size is out of range
   */
  public HeadTask(HeadData data, int batchSize, double balance, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has 1 face or more, got " + batchSize);
    }
    if (!(balance >= 0 && balance <= 1)) {
      throw new IllegalArgumentException(
          "classes are balanced by a power of 0 to 1, got " + balance);
    }
    this.data = data;
    this.batchSize = batchSize;
    this.balance = balance;
    this.seed = seed;
    Standardisation standardisation = data.standardisation();
    this.training = features(data.training(), standardisation);
    this.validation = features(data.validation(), standardisation);
    this.loss =
        switch (data.answer()) {
          case EXPRESSION -> classes();
          case ACTION_UNITS -> units();
          case VALENCE_AROUSAL -> {
            ConcordanceLoss concordance = new ConcordanceLoss();
            yield (answers, targets) ->
                concordance.of(answers, known(answers, targets), mask(answers, targets));
          }
        };
  }

  private static float[][] features(HeadData.Part part, Standardisation standardisation) {
    return Arrays.stream(part.values())
        .map(
            face -> {
              double[] row = standardisation.apply(face);
              float[] values = new float[row.length];
              for (int c = 0; c < row.length; c++) {
                values[c] = (float) row[c];
              }
              return values;
            })
        .toArray(float[][]::new);
  }

  private Loss classes() {
    Long[] counts = new Long[data.names().size()];
    Arrays.fill(counts, 0L);
    for (double label : data.training().target(0)) {
      counts[(int) label]++;
    }
    ExpressionLoss entropy = ExpressionLoss.balanced(List.of(counts), balance, 0);
    return (answers, targets) ->
        entropy.of(
            answers,
            answers
                .getManager()
                .create(Arrays.stream(targets).mapToInt(t -> (int) t[0]).toArray()));
  }

  private Loss units() {
    List<Double> weights = new ArrayList<>();
    for (ActionUnit unit : ActionUnit.ALL) {
      double[] labels = data.training().target(unit.ordinal());
      double active = Arrays.stream(labels).filter(l -> l == 1).count();
      double inactive = Arrays.stream(labels).filter(l -> l == 0).count();
      weights.add(active > 0 && inactive > 0 ? Math.pow(inactive / active, balance) : 1);
    }
    ActionUnitLoss entropy = new ActionUnitLoss(weights);
    return (answers, targets) ->
        entropy.of(answers, known(answers, targets), mask(answers, targets));
  }

  /** The targets, 0 where there is none. */
  private static NDArray known(NDArray like, double[][] targets) {
    return matrix(like, targets, t -> Double.isNaN(t) ? 0 : t);
  }

  private static NDArray mask(NDArray like, double[][] targets) {
    return matrix(like, targets, t -> Double.isNaN(t) ? 0 : 1);
  }

  private static NDArray matrix(NDArray like, double[][] rows, DoubleUnaryOperator value) {
    FloatBuffer values = FloatBuffer.allocate(rows.length * rows[0].length);
    for (double[] row : rows) {
      for (double v : row) {
        values.put((float) value.applyAsDouble(v));
      }
    }
    return like.getManager().create(values.flip(), new Shape(rows.length, rows[0].length));
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("answer", data.answer().output());
    all.put("names", String.join(", ", data.names()));
    all.put("batch size", String.valueOf(batchSize));
    all.put("balance", String.valueOf(balance));
    all.put("order seed", String.valueOf(seed));
    all.put("faces to learn from", words(data.training()));
    all.put("faces to choose by", words(data.validation()));
    return all;
  }

  private static String words(HeadData.Part part) {
    return "%s, checksum %s, labels %08x"
        .formatted(part, part.features().checksum(), Arrays.deepHashCode(part.targets()));
  }

  @Override
  public int stepsPerEpoch() {
    return Math.max(1, training.length / batchSize);
  }

  @Override
  public int[] load(int epoch, int step) {
    if (orderedFor != epoch) {
      order = IntStream.range(0, training.length).toArray();
      SplittableRandom random = Seeds.stream(seed, SHUFFLE, epoch);
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int other = order[j];
        order[j] = order[i];
        order[i] = other;
      }
      orderedFor = epoch;
    }
    long n = training.length;
    int steps = stepsPerEpoch();
    return Arrays.copyOfRange(order, (int) (n * step / steps), (int) (n * (step + 1) / steps));
  }

  @Override
  public int size(int[] batch) {
    return batch.length;
  }

  @Override
  public String describe(int[] batch) {
    return "%d faces, the first '%s'"
        .formatted(batch.length, data.training().features().texts(FaceColumns.INPUT).get(batch[0]));
  }

  @Override
  public StepLoss loss(NetworkBlock network, int[] batch, NDManager manager) {
    float[][] rows = Arrays.stream(batch).mapToObj(i -> training[i]).toArray(float[][]::new);
    double[][] targets =
        Arrays.stream(batch).mapToObj(i -> data.training().targets()[i]).toArray(double[][]::new);
    NDArray answers =
        network
            .forward(new ParameterStore(manager, false), new NDList(manager.create(rows)), true)
            .get(0);
    return new StepLoss(loss.of(answers, targets), Map.of());
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    HeadData.Part part = data.validation();
    double[][] found = answers(network);
    Map<String, Double> figures = new LinkedHashMap<>();
    switch (data.answer()) {
      case EXPRESSION -> {
        ConfusionCounts counts = HeadReport.confusion(data.names(), part.target(0), found);
        figures.put("accuracy", counts.accuracy());
        figures.put(MACRO_F1, counts.macroF1());
      }
      case ACTION_UNITS -> {
        ActionUnitScores scores =
            ActionUnitScores.of(part.targets(), found, ActionUnitThresholds.DEFAULT)
                .select(HeadData.unitsIn(part));
        figures.put("mean_f1", scores.meanF1());
        figures.put(MEAN_AREA, scores.meanAreaUnderCurve());
      }
      case VALENCE_AROUSAL -> {
        double[] ccc = HeadReport.concordance(part.targets(), found);
        figures.put("valence_ccc", ccc[0]);
        figures.put("arousal_ccc", ccc[1]);
        figures.put(MEAN_CCC, (ccc[0] + ccc[1]) / 2);
      }
    }
    return figures;
  }

  /** What the network says of each face to choose by, as its exported file says it. */
  private double[][] answers(NetworkBlock network) {
    double[][] found = new double[validation.length][];
    NDManager parent = network.getDirectParameters().valueAt(0).getArray().getManager();
    for (int from = 0; from < found.length; from += ROWS_AT_ONCE) {
      int to = Math.min(from + ROWS_AT_ONCE, found.length);
      try (NDManager manager = parent.newSubManager()) {
        NDArray rows = manager.create(Arrays.copyOfRange(validation, from, to));
        NDArray answers = network.infer(rows).get(0);
        float[] values =
            switch (data.answer()) {
              case EXPRESSION -> answers.softmax(1).toFloatArray();
              case ACTION_UNITS -> Activation.sigmoid(answers).toFloatArray();
              case VALENCE_AROUSAL -> answers.toFloatArray();
            };
        int width = values.length / (to - from);
        for (int i = from; i < to; i++) {
          int start = (i - from) * width;
          found[i] = IntStream.range(0, width).mapToDouble(c -> values[start + c]).toArray();
        }
      }
    }
    return found;
  }

  @Override
  public Optional<String> monitored() {
    return Optional.of(
        switch (data.answer()) {
          case EXPRESSION -> MACRO_F1;
          case ACTION_UNITS -> MEAN_AREA;
          case VALENCE_AROUSAL -> MEAN_CCC;
        });
  }
}
