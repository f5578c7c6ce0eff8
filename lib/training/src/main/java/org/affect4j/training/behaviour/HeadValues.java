package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.metric.BinaryScore;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.SideOutput;

/**
 * What the outputs of any network of faces mean in terms of the seven expressions and 17 units.
 * Probabilities of further expressions are left out and the seven sum to 1 again; what the network
 * does not say is NaN.
 */
final class HeadValues {
  private final NetworkSpec network;
  private final BehaviourHeads heads;

  /** Looks at the outputs of a network. */
  HeadValues(NetworkSpec network) {
    this.network = network;
    this.heads =
        BehaviourHeads.of(network)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' says nothing of faces, only %s"
                            .formatted(network.name(), network.outputNames())));
  }

  /** Fills rows of faces from an index on. */
  void read(NDList outputs, int from, double[][] expressions, double[][] units, double[][] affect) {
    int count = Math.toIntExact(outputs.get(0).getShape().get(0));
    for (int i = from; i < from + count; i++) {
      expressions[i] = unknown(Expression.COUNT);
      units[i] = unknown(ActionUnit.COUNT);
      affect[i] = unknown(2);
    }
    int at = BehaviourHeads.index(network, Answer.EXPRESSION);
    if (at >= 0) {
      float[][] said = rows(outputs.get(at).softmax(1));
      for (int i = 0; i < count; i++) {
        expressions[from + i] = basic(said[i]);
      }
    }
    at = BehaviourHeads.index(network, Answer.ACTION_UNITS);
    if (at >= 0) {
      float[][] said = rows(ai.djl.nn.Activation.sigmoid(outputs.get(at)));
      for (int i = 0; i < count; i++) {
        for (int u = 0; u < said[i].length; u++) {
          units[from + i][heads.units().get(u).ordinal()] = said[i][u];
        }
      }
    }
    at = BehaviourHeads.index(network, Answer.VALENCE_AROUSAL);
    if (at >= 0) {
      float[][] said = rows(outputs.get(at));
      for (int i = 0; i < count; i++) {
        affect[from + i] = new double[] {said[i][0], said[i][1]};
      }
    }
  }

  /**
   * Accuracy and macro F1 over the network's own classes, where these are not the seven; empty
   * otherwise, or where no face of the set shows one of them.
   */
  static Map<String, Double> ofOwnClasses(NetworkBlock network, CropSet set, int side) {
    HeadValues values = new HeadValues(network.spec());
    List<AnnotatedExpression> classes = values.heads.classes();
    int[] labelled =
        IntStream.range(0, set.size())
            .filter(i -> set.labels(i).annotated().filter(classes::contains).isPresent())
            .toArray();
    if (classes.isEmpty() || classes.equals(BehaviourHeads.SEVEN) || labelled.length == 0) {
      return Map.of();
    }
    int at = BehaviourHeads.index(network.spec(), Answer.EXPRESSION);
    long[] said = new long[set.size()];
    CropReader.read(
        network,
        set,
        side,
        (outputs, from) -> {
          long[] best = outputs.get(at).argMax(1).toLongArray();
          System.arraycopy(best, 0, said, from, best.length);
        });
    ConfusionCounts counts =
        ConfusionCounts.of(
            classes.stream().map(AnnotatedExpression::label).toList(),
            IntStream.of(labelled)
                .map(i -> classes.indexOf(set.labels(i).annotated().orElseThrow()))
                .toArray(),
            IntStream.of(labelled).map(i -> (int) said[i]).toArray());
    String of = "_of_" + classes.size();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(set.name() + "_accuracy" + of, counts.accuracy());
    figures.put(set.name() + "_macro_f1" + of, counts.macroF1());
    return figures;
  }

  /**
   * Area under the curve of the output of contempt; empty if there is none, or no face of the set
   * shows it.
   */
  static Map<String, Double> ofContempt(NetworkBlock network, CropSet set, int side) {
    int at = SideOutput.CONTEMPT.index(network.spec());
    double[] labels =
        IntStream.range(0, set.size())
            .mapToObj(i -> set.labels(i).annotated())
            .mapToDouble(
                label ->
                    label.map(e -> e == AnnotatedExpression.CONTEMPT ? 1. : 0).orElse(Double.NaN))
            .toArray();
    if (at < 0 || Arrays.stream(labels).noneMatch(label -> label == 1)) {
      return Map.of();
    }
    double[] said = new double[set.size()];
    CropReader.read(
        network,
        set,
        side,
        (outputs, from) -> {
          float[] logits = outputs.get(at).toFloatArray();
          for (int i = 0; i < logits.length; i++) {
            said[from + i] = logits[i];
          }
        });
    return Map.of(set.name() + "_contempt_auc", BinaryScore.areaUnderCurve(labels, said));
  }

  private double[] basic(float[] said) {
    double[] row = new double[Expression.COUNT];
    double sum = 0;
    for (int c = 0; c < said.length; c++) {
      int expression = heads.classes().get(c).ordinal();
      if (expression < row.length) {
        row[expression] = said[c];
        sum += said[c];
      }
    }
    if (said.length > row.length) {
      for (int k = 0; k < row.length; k++) {
        row[k] /= sum;
      }
    }
    return row;
  }

  private static double[] unknown(int length) {
    double[] row = new double[length];
    Arrays.fill(row, Double.NaN);
    return row;
  }

  private static float[][] rows(NDArray table) {
    float[] values = table.toFloatArray();
    int width = (int) table.getShape().get(1);
    float[][] rows = new float[values.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }
}
