package org.affect4j.training.sequence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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

/** What a network says of each frame: its place among the labels, its loss, its figures. */
enum SequenceAnswer {
  EXPRESSION(SequenceClip.EXPRESSION, 1) {
    @Override
    NDArray loss(NDArray answers, float[][] labels) {
      float[] numbers = new float[labels.length];
      for (int i = 0; i < numbers.length; i++) {
        float label = labels[i][SequenceClip.EXPRESSION];
        numbers[i] = Float.isNaN(label) ? -1 : label;
      }
      return new ExpressionLoss().of(answers, answers.getManager().create(numbers));
    }

    @Override
    double measure(List<float[]> answers, List<float[]> labels, Map<String, Double> figures) {
      int[] known =
          IntStream.range(0, labels.size())
              .filter(i -> !Float.isNaN(labels.get(i)[SequenceClip.EXPRESSION]))
              .toArray();
      ConfusionCounts counts =
          ConfusionCounts.of(
              Expression.ALL.stream().map(Expression::label).toList(),
              Arrays.stream(known).map(i -> (int) labels.get(i)[SequenceClip.EXPRESSION]).toArray(),
              Arrays.stream(known).map(i -> LabelScorer.best(doubles(answers.get(i)))).toArray());
      figures.put("accuracy", counts.accuracy());
      figures.put("macro_f1", counts.macroF1());
      return counts.macroF1();
    }
  },

  ACTION_UNITS(SequenceClip.UNITS, ActionUnit.COUNT) {
    @Override
    NDArray loss(NDArray answers, float[][] labels) {
      return new ActionUnitLoss().of(answers, known(answers, labels), mask(answers, labels));
    }

    @Override
    List<float[]> rows(NDArray answers) {
      return super.rows(Activation.sigmoid(answers));
    }

    @Override
    double measure(List<float[]> answers, List<float[]> labels, Map<String, Double> figures) {
      double[][] truth = labels.stream().map(this::own).toArray(double[][]::new);
      double[][] scores = answers.stream().map(SequenceAnswer::doubles).toArray(double[][]::new);
      ActionUnitScores found = ActionUnitScores.of(truth, scores, ActionUnitThresholds.DEFAULT);
      List<ActionUnit> active =
          ActionUnit.ALL.stream()
              .filter(u -> Arrays.stream(truth).anyMatch(row -> row[u.ordinal()] == 1))
              .toList();
      // Of a unit that is never active there is nothing to find.
      double f1 = active.isEmpty() ? 0 : found.select(active).meanF1();
      figures.put("mean_f1", f1);
      return f1;
    }
  },

  VALENCE_AROUSAL(SequenceClip.VALENCE, 2) {
    @Override
    NDArray loss(NDArray answers, float[][] labels) {
      return new ConcordanceLoss().of(answers, known(answers, labels), mask(answers, labels));
    }

    @Override
    double measure(List<float[]> answers, List<float[]> labels, Map<String, Double> figures) {
      double sum = 0;
      List<String> names = List.of("valence_ccc", "arousal_ccc");
      for (int i = 0; i < names.size(); i++) {
        int column = i;
        double ccc =
            Concordance.ofAnnotated(
                    labels.stream().mapToDouble(row -> own(row)[column]).toArray(),
                    answers.stream().mapToDouble(row -> row[column]).toArray())
                .ccc();
        figures.put(names.get(i), ccc);
        sum += ccc;
      }
      figures.put("mean_ccc", sum / names.size());
      return sum / names.size();
    }
  };

  private final int from;
  private final int columns;

  SequenceAnswer(int from, int columns) {
    this.from = from;
    this.columns = columns;
  }

  /** Name of the network's output. */
  String output() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether any frame has a label of it. */
  boolean labelled(List<SequenceClip> clips) {
    return SequenceClip.have(clips, from, from + columns);
  }

  /** The loss of some frames, from what a network says before its last function. */
  abstract NDArray loss(NDArray answers, float[][] labels);

  /** Adds figures by name and returns the one to choose by, which is better the larger it is. */
  abstract double measure(List<float[]> answers, List<float[]> labels, Map<String, Double> figures);

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

  /** Its part of a frame's labels. */
  double[] own(float[] labels) {
    return doubles(Arrays.copyOfRange(labels, from, from + columns));
  }

  static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** The labels, 0 where there is none. */
  NDArray known(NDArray like, float[][] labels) {
    return matrix(like, labels, false);
  }

  NDArray mask(NDArray like, float[][] labels) {
    return matrix(like, labels, true);
  }

  private NDArray matrix(NDArray like, float[][] labels, boolean mask) {
    FloatBuffer values = FloatBuffer.allocate(labels.length * columns);
    for (float[] row : labels) {
      for (int i = from; i < from + columns; i++) {
        values.put(Float.isNaN(row[i]) ? 0 : mask ? 1 : row[i]);
      }
    }
    return like.getManager().create(values.flip(), new Shape(labels.length, columns));
  }
}
