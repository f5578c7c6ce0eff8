package org.affect4j.training.tune;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.learn.FewShotLearner;
import org.affect4j.learn.LabelledFeatures;
import org.affect4j.table.FaceTable;
import org.affect4j.training.export.internal.EmbeddingTail;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.train.internal.AdamW;

/**
 * Learns the last layers of a behaviour network anew from labelled crops: the embedding layer,
 * which starts from the network's weights and is drawn back to them, and a new layer with a softmax
 * over the classes. What is before them stays as it is, so that its features are computed once.
 *
 * <p>With pooled features x and the network's W and b, the layers are {@code h = max(0, (W + D) x +
 * b + d)} and {@code p = softmax(V z + c)}, where z are the numbers of h, standardised as they are
 * before training; all of D, d, V, c start at 0 and are learned by AdamW with all faces and their
 * mirror images in each step. The loss is the cross-entropy with smoothed labels, every class
 * counting the same. Nothing is random but the choice of the persons held out.
 *
 * <p>As a {@link FewShotLearner} it takes part in {@code FewShotExperiment} beside Tribuo's
 * classifiers.
 */
public final class FineTuning implements FewShotLearner {
  /** Steps between two looks at the persons held out. */
  private static final int STRIDE = 5;

  private static final double MOST_GRADIENT_NORM = 5;

  /** Numbers that hardly vary are not blown up to the same size as the others. */
  private static final float LEAST_DEVIATION = .1f;

  private final TunableNetwork network;
  private final FineTuningOptions options;

  /**
   * Sets up fine-tuning.
   *
   * @param network where the layers start from; not closed here
   * @param options how to learn
   */
  public FineTuning(TunableNetwork network, FineTuningOptions options) {
    this.network = network;
    this.options = options;
  }

  @Override
  public String label() {
    return "fine-tuning";
  }

  @Override
  public List<String> learnAndPredict(LabelledFeatures training, FaceTable test, long seed) {
    return tune(training, seed).predict(test);
  }

  /**
   * Learns.
   *
   * <p>The number of steps is chosen on some persons, held out as {@link LabelledFeatures#divide}
   * does it, and then all faces are learned from. With a single person, or where a class would be
   * left without a face to learn from, all steps are taken.
   *
   * @param data rows of {@link TunableNetwork#features} with their classes and persons
   * @param seed chooses the persons held out
   * @return the layers
   * @throws IllegalArgumentException if a class has no face, there are fewer than two classes, or
   *     the features are others
   * @throws IllegalStateException if training diverges
   */
  public TunedLayers tune(LabelledFeatures data, long seed) {
    List<String> empty =
        data.counts().entrySet().stream()
            .filter(c -> c.getValue() == 0)
            .map(Map.Entry::getKey)
            .toList();
    if (!empty.isEmpty()) {
      throw new IllegalArgumentException(
          "no face to learn %s from; add faces, or leave the class out (LabelledFeatures.withClasses)"
              .formatted(empty));
    }
    if (data.classes().size() < 2) {
      throw new IllegalArgumentException(
          "a classifier needs faces of two classes or more, got faces of " + data.classes());
    }
    int steps = heldOut(data, seed).map(this::bestSteps).orElse(options.steps());
    try (Run run = new Run(data)) {
      for (int step = 1; step <= steps; step++) {
        run.step(step);
      }
      return new TunedLayers(
          network.entry().sha256(),
          data.classes(),
          TunedLayers.specification(network.tail(), data.classes().size()),
          run.weights(),
          steps);
    }
  }

  private Optional<LabelledFeatures.Division> heldOut(LabelledFeatures data, long seed) {
    boolean onePerson =
        !data.persons().contains("") && data.persons().stream().distinct().count() < 2;
    if (options.heldOutShare() == 0 || onePerson) {
      return Optional.empty();
    }
    LabelledFeatures.Division division = data.divide(options.heldOutShare(), seed);
    return division.training().counts().containsValue(0) ? Optional.empty() : Optional.of(division);
  }

  private int bestSteps(LabelledFeatures.Division division) {
    try (Run run = new Run(division.training())) {
      Faces judged = run.faces(division.test());
      int best = 1;
      double lowest = Double.POSITIVE_INFINITY;
      for (int step = 1; step <= options.steps() && step - best <= options.patience(); step++) {
        run.step(step);
        if (step % STRIDE == 0) {
          double loss = run.loss(judged);
          if (loss < lowest) {
            lowest = loss;
            best = step;
          }
        }
      }
      return best;
    }
  }

  /**
   * Faces and mirror images in the engine.
   *
   * @param pooled {@code [rows, pooled width]}
   * @param targets {@code [rows, classes]}: smoothed labels times the weight of the row; all
   *     together sum to 1
   */
  private record Faces(NDArray pooled, NDArray targets) {}

  /** One training; owns its arrays. */
  private final class Run implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager();
    private final EmbeddingTail tail = network.tail();
    private final Faces faces;
    private final NDArray start;
    private final NDArray startBias;
    private final NDArray mean;
    private final NDArray deviation;
    private final Map<String, Parameter> embedding = new LinkedHashMap<>();
    private final Map<String, Parameter> head = new LinkedHashMap<>();
    private final AdamW embeddingOptimiser;
    private final AdamW headOptimiser;

    Run(LabelledFeatures data) {
      int wide = tail.embeddingWidth();
      int classes = data.classes().size();
      faces = faces(data);
      start = manager.create(tail.weights(), new Shape(wide, tail.pooledWidth()));
      startBias = manager.create(tail.bias());
      add(embedding, "weight", Parameter.Type.WEIGHT, new Shape(wide, tail.pooledWidth()));
      add(embedding, "bias", Parameter.Type.BIAS, new Shape(wide));
      add(head, "weight", Parameter.Type.WEIGHT, new Shape(classes, wide));
      add(head, "bias", Parameter.Type.BIAS, new Shape(classes));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray before = hidden(faces.pooled);
        mean = before.mean(new int[] {0});
        NDArray spread = before.sub(mean).square().mean(new int[] {0}).sqrt();
        deviation = spread.maximum(spread.mean().mul(LEAST_DEVIATION).maximum(1e-6f));
        NDScope.unregister(mean, deviation);
      }
      embeddingOptimiser = new AdamW(embedding, options.pull(), MOST_GRADIENT_NORM, manager);
      headOptimiser = new AdamW(head, options.decay(), MOST_GRADIENT_NORM, manager);
    }

    private void add(Map<String, Parameter> layer, String name, Parameter.Type type, Shape shape) {
      Parameter parameter = Parameter.builder().setName(name).setType(type).build();
      parameter.setArray(manager.zeros(shape));
      layer.put(name, parameter);
    }

    Faces faces(LabelledFeatures data) {
      float[][] pooled = TunableNetwork.pooled(data.features(), tail.pooledWidth());
      int classes = data.classes().size();
      long present = data.counts().values().stream().filter(n -> n > 0).count();
      float[][] targets = new float[pooled.length][classes];
      for (int row = 0; row < pooled.length; row++) {
        String label = data.labels().get(row % data.size());
        // Two views of each face; every class that occurs weighs the same.
        double weight = 1.0 / (2 * present * data.counts().get(label));
        double spread = weight * options.smoothing() / classes;
        Arrays.fill(targets[row], (float) spread);
        targets[row][data.classes().indexOf(label)] += (float) (weight * (1 - options.smoothing()));
      }
      return new Faces(manager.create(pooled), manager.create(targets));
    }

    private NDArray hidden(NDArray pooled) {
      NDArray weights = start.add(embedding.get("weight").getArray());
      NDArray bias = startBias.add(embedding.get("bias").getArray());
      return ai.djl.nn.Activation.relu(pooled.matMul(weights.transpose()).add(bias));
    }

    private NDArray lossOf(Faces some) {
      NDArray standard = hidden(some.pooled).sub(mean).div(deviation);
      NDArray logits =
          standard
              .matMul(head.get("weight").getArray().transpose())
              .add(head.get("bias").getArray());
      return logits.logSoftmax(1).mul(some.targets).sum().neg();
    }

    double loss(Faces some) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        return lossOf(some).toType(DataType.FLOAT64, false).getDouble();
      }
    }

    void step(int number) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
          gradients.backward(lossOf(faces));
        }
      }
      double norm = headOptimiser.step(number, options.headRate());
      norm += embeddingOptimiser.step(number, options.embeddingRate());
      if (!Double.isFinite(norm)) {
        throw new IllegalStateException(
            "fine-tuning diverged in step %d; lower the rates %s and %s"
                .formatted(number, options.embeddingRate(), options.headRate()));
      }
    }

    /** The layers as they are used: nothing is standardised in between any longer. */
    NetworkWeights weights() {
      float[] change = embedding.get("weight").getArray().toFloatArray();
      float[] biasChange = embedding.get("bias").getArray().toFloatArray();
      float[] weights = tail.weights();
      float[] bias = tail.bias();
      for (int i = 0; i < weights.length; i++) {
        weights[i] += change[i];
      }
      for (int i = 0; i < bias.length; i++) {
        bias[i] += biasChange[i];
      }
      float[] means = mean.toFloatArray();
      float[] deviations = deviation.toFloatArray();
      float[] headWeights = head.get("weight").getArray().toFloatArray();
      float[] headBias = head.get("bias").getArray().toFloatArray();
      for (int c = 0; c < headBias.length; c++) {
        int row = c * bias.length;
        headBias[c] -=
            (float)
                IntStream.range(0, bias.length)
                    .mapToDouble(i -> (double) headWeights[row + i] * means[i] / deviations[i])
                    .sum();
        for (int i = 0; i < bias.length; i++) {
          headWeights[row + i] /= deviations[i];
        }
      }
      return TunedLayers.weights(
          TunedLayers.specification(tail, headBias.length), weights, bias, headWeights, headBias);
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
