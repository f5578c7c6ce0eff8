package org.affect4j.training.sequence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.LabelScorer;
import org.affect4j.training.loss.ActionUnitLoss;
import org.affect4j.training.loss.ConcordanceLoss;
import org.affect4j.training.loss.ExpressionLoss;
import org.affect4j.training.network.BehaviourHeads;

/**
 * What a network says of each frame: its place among the labels, its loss, its figures. Labels are
 * its own part of those of each frame, see {@link #own}.
 */
enum SequenceAnswer {
  EXPRESSION {
    @Override
    int[] places(BehaviourHeads heads) {
      return new int[] {SequenceClip.EXPRESSION};
    }

    @Override
    NDArray loss(NDArray answers, float[][] labels, boolean unitSum) {
      float[] numbers = new float[labels.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.isNaN(labels[i][0]) ? -1 : labels[i][0];
      }
      return new ExpressionLoss().of(answers, answers.getManager().create(numbers));
    }

    @Override
    double measure(
        BehaviourHeads heads,
        List<float[]> answers,
        float[][] labels,
        Map<String, Double> figures) {
      int[] known =
          IntStream.range(0, labels.length).filter(i -> !Float.isNaN(labels[i][0])).toArray();
      ConfusionCounts counts =
          ConfusionCounts.of(
              Expression.ALL.stream().map(Expression::label).toList(),
              Arrays.stream(known).map(i -> (int) labels[i][0]).toArray(),
              Arrays.stream(known).map(i -> LabelScorer.best(doubles(answers.get(i)))).toArray());
      figures.put("accuracy", counts.accuracy());
      figures.put("macro_f1", counts.macroF1());
      return counts.macroF1();
    }
  },

  ACTION_UNITS {
    @Override
    int[] places(BehaviourHeads heads) {
      return heads.units().stream().mapToInt(u -> SequenceClip.UNITS + u.ordinal()).toArray();
    }

    @Override
    NDArray loss(NDArray answers, float[][] labels, boolean unitSum) {
      return new ActionUnitLoss(Collections.nCopies(labels[0].length, 1.0), unitSum)
          .of(answers, known(answers, labels), mask(answers, labels));
    }

    @Override
    List<float[]> rows(NDArray answers) {
      return super.rows(Activation.sigmoid(answers));
    }

    @Override
    double measure(
        BehaviourHeads heads,
        List<float[]> answers,
        float[][] labels,
        Map<String, Double> figures) {
      double[][] truth =
          Arrays.stream(labels).map(SequenceAnswer::doubles).toArray(double[][]::new);
      double[][] scores = answers.stream().map(SequenceAnswer::doubles).toArray(double[][]::new);
      if (Arrays.stream(truth).flatMapToDouble(Arrays::stream).anyMatch(v -> v > 0 && v < 1)) {
        double ccc =
            IntStream.range(0, heads.units().size())
                .filter(u -> Arrays.stream(truth).anyMatch(row -> !Double.isNaN(row[u])))
                .mapToDouble(u -> concordance(labels, answers, u))
                .filter(Double::isFinite)
                .average()
                .orElse(0);
        figures.put("mean_unit_ccc", ccc);
        return ccc;
      }
      ActionUnitScores found =
          ActionUnitScores.of(
              heads.units(),
              truth,
              scores,
              ActionUnitThresholds.fixed(ActionUnitThresholds.DEFAULT));
      List<ActionUnit> active =
          IntStream.range(0, heads.units().size())
              .filter(u -> Arrays.stream(truth).anyMatch(row -> row[u] == 1))
              .mapToObj(heads.units()::get)
              .toList();
      // Of a unit that is never active there is nothing to find.
      double f1 = active.isEmpty() ? 0 : found.select(active).meanF1();
      figures.put("mean_f1", f1);
      return f1;
    }
  },

  VALENCE_AROUSAL {
    @Override
    int[] places(BehaviourHeads heads) {
      return new int[] {SequenceClip.VALENCE, SequenceClip.VALENCE + 1};
    }

    @Override
    NDArray loss(NDArray answers, float[][] labels, boolean unitSum) {
      return new ConcordanceLoss().of(answers, known(answers, labels), mask(answers, labels));
    }

    @Override
    double measure(
        BehaviourHeads heads,
        List<float[]> answers,
        float[][] labels,
        Map<String, Double> figures) {
      double sum = 0;
      List<String> names = List.of("valence_ccc", "arousal_ccc");
      for (int i = 0; i < names.size(); i++) {
        double ccc = concordance(labels, answers, i);
        figures.put(names.get(i), ccc);
        sum += ccc;
      }
      figures.put("mean_ccc", sum / names.size());
      return sum / names.size();
    }
  };

  /** Name of the network's output. */
  String output() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where a frame's labels have what a network with these heads answers. */
  abstract int[] places(BehaviourHeads heads);

  /** Whether any frame has a label of it. */
  boolean labelled(BehaviourHeads heads, List<SequenceClip> clips) {
    return clips.stream()
        .flatMap(clip -> Arrays.stream(own(heads, clip.labels())))
        .anyMatch(row -> IntStream.range(0, row.length).anyMatch(i -> !Float.isNaN(row[i])));
  }

  /** Its part of the labels of frames. */
  float[][] own(BehaviourHeads heads, float[][] labels) {
    int[] places = places(heads);
    float[][] own = new float[labels.length][places.length];
    for (int i = 0; i < own.length; i++) {
      for (int k = 0; k < places.length; k++) {
        own[i][k] = labels[i][places[k]];
      }
    }
    return own;
  }

  /**
   * The loss of some frames, from what a network says before its last function.
   *
   * @param unitSum whether that of units is their sum rather than their mean
   */
  abstract NDArray loss(NDArray answers, float[][] labels, boolean unitSum);

  /** Adds figures by name and returns the one to choose by, which is better the larger it is. */
  abstract double measure(
      BehaviourHeads heads, List<float[]> answers, float[][] labels, Map<String, Double> figures);

  /** The answers as an exported network gives them, but for a softmax. */
  List<float[]> rows(NDArray answers) {
    float[] all = answers.toFloatArray();
    int width = (int) answers.getShape().get(1);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < all.length; i += width) {
      rows.add(Arrays.copyOfRange(all, i, i + width));
    }
    return rows;
  }

  private static double concordance(float[][] labels, List<float[]> answers, int column) {
    return Concordance.ofAnnotated(
            Arrays.stream(labels).mapToDouble(row -> row[column]).toArray(),
            answers.stream().mapToDouble(row -> row[column]).toArray())
        .ccc();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** The labels, 0 where there is none. */
  private static NDArray known(NDArray like, float[][] labels) {
    return matrix(like, labels, false);
  }

  private static NDArray mask(NDArray like, float[][] labels) {
    return matrix(like, labels, true);
  }

  private static NDArray matrix(NDArray like, float[][] labels, boolean mask) {
    FloatBuffer values = FloatBuffer.allocate(labels.length * labels[0].length);
    for (float[] row : labels) {
      for (float value : row) {
        values.put(Float.isNaN(value) ? 0 : mask ? 1 : value);
      }
    }
    return like.getManager().create(values.flip(), new Shape(labels.length, labels[0].length));
  }
}
