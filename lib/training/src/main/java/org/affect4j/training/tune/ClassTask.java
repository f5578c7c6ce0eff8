package org.affect4j.training.tune;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.batch.internal.BatchLoader;
import org.affect4j.training.batch.internal.EpochPlan;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.network.FullyConnected;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkNode;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * One class of each face, learned by a whole network: a layer of scores on its embedding, by the
 * cross-entropy, or by the cosines of the embedding and a direction for each class, with a margin
 * that is added to the angle of the right one (Deng et al. 2019, ArcFace, equation 3): so persons
 * are told apart by their faces, before a network learns what faces show.
 */
public final class ClassTask implements TrainingTask<FaceBatch> {
  /** Name of the output with the probabilities of the classes. */
  public static final String LABEL = "label";

  private static final int AT_A_TIME = 64;
  private static final String EMBEDDING = "embedding";
  private static final String LAYER = "label.layer";
  private static final float LEAST = 1e-6f;

  /**
   * What the cosines are compared by.
   *
   * @param angle added to the angle of the right class, in radians, 0 to below pi / 2
   * @param scale what cosines are multiplied by, above 0
   */
  public record Margin(double angle, double scale) {
    /** Checks the ranges. */
    public Margin {
      if (!(angle >= 0 && angle < Math.PI / 2) || !(scale > 0)) {
        throw new IllegalArgumentException(
            "a margin has an angle of 0 to below 1.57 and a scale above 0, got %s and %s"
                .formatted(angle, scale));
      }
    }
  }

  /**
   * Which face belongs to which class.
   *
   * @param classes the classes, two or more
   * @param ofFace index of the class of each face, by its name in the set
   */
  public record Labels(List<String> classes, Map<String, Integer> ofFace) {
    /** Copies both. */
    public Labels {
      classes = List.copyOf(classes);
      ofFace = Map.copyOf(ofFace);
      if (classes.size() < 2) {
        throw new IllegalArgumentException("expected two classes or more, got " + classes);
      }
    }
  }

  private final CropSet training;
  private final Optional<CropSet> held;
  private final Labels labels;
  private final Optional<Margin> margin;
  private final BatchLoader loader;
  private final int side;
  private final String augmented;

  /**
   * Describes the task.
   *
   * @param training faces to learn from, all of them labelled
   * @param held faces to measure with, which choose the epoch; empty to take the last one
   * @param labels the class of each
   * @param margin empty for plain scores
   * @param augmentation how faces are varied
   * @param batchSize faces of a batch
   * @param side side of the network's input in pixels
   * @param seed decides order and variation
   * @throws IllegalArgumentException if a face has no class, or a class no face to learn from
   */
  public ClassTask(
      CropSet training,
      Optional<CropSet> held,
      Labels labels,
      Optional<Margin> margin,
      Augmentation augmentation,
      int batchSize,
      int side,
      long seed) {
    this.training = training;
    this.held = held;
    this.labels = labels;
    this.margin = margin;
    this.side = side;
    this.augmented = augmentation.toString();
    BatchSource source = new BatchSource(training, 1, augmentation);
    this.loader = new BatchLoader(new EpochPlan(List.of(source), batchSize, seed), side, seed);
    boolean[] taught = new boolean[labels.classes().size()];
    for (int i = 0; i < training.size(); i++) {
      taught[label(training.name(i))] = true;
    }
    for (int c = 0; c < taught.length; c++) {
      if (!taught[c]) {
        throw new IllegalArgumentException(
            "no face to learn '%s' from: add one, or leave the class out"
                .formatted(labels.classes().get(c)));
      }
    }
  }

  private int label(String face) {
    Integer label = labels.ofFace().get(face);
    if (label == null) {
      throw new IllegalArgumentException("nobody says of which class '%s' is".formatted(face));
    }
    return label;
  }

  /**
   * Gives a network an answer of classes on its embedding in place of all that it answers. Its
   * other layers keep their names, so that each network can begin with the weights of the other.
   *
   * @param network a network of faces with an embedding
   * @param classes how many classes, 2 or more
   * @return its layers up to the embedding and one of scores; outputs {@code embedding} and {@code
   *     label}
   * @throws IllegalArgumentException if the network has no embedding
   */
  public static NetworkSpec network(NetworkSpec network, int classes) {
    List<NetworkNode> nodes = new ArrayList<>();
    Set<String> backbone = network.backbone();
    network.nodes().stream().filter(n -> backbone.contains(n.name())).forEach(nodes::add);
    NetworkOutput embedding = network.outputs().get(network.outputNames().indexOf(EMBEDDING));
    nodes.add(new NetworkNode(LAYER, new FullyConnected(classes, true), List.of(embedding.node())));
    return new NetworkSpec(
        network.name() + "+labels-" + classes,
        network.input(),
        nodes,
        List.of(embedding, new NetworkOutput(LABEL, LAYER, NetworkOutput.Function.SOFTMAX)));
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("side", String.valueOf(side));
    settings.put("faces", training.key() + ", " + training.size());
    settings.put("held out", held.map(set -> set.key() + ", " + set.size()).orElse("none"));
    settings.put("classes", String.valueOf(labels.classes()));
    settings.put("margin", margin.map(Margin::toString).orElse("none"));
    settings.put("variation", augmented);
    return settings;
  }

  @Override
  public int stepsPerEpoch() {
    return loader.plan().steps();
  }

  @Override
  public FaceBatch load(int epoch, int step) {
    return loader.load(epoch, step);
  }

  @Override
  public int size(FaceBatch batch) {
    return batch.size();
  }

  @Override
  public String describe(FaceBatch batch) {
    return batch.size() + " faces, " + batch.names().get(0) + " first";
  }

  @Override
  public StepLoss loss(NetworkBlock network, FaceBatch batch, NDManager manager) {
    NDArray pixels = PixelTensors.of(manager, batch.pixels(), batch.size(), side);
    NDList outputs = network.forward(new ParameterStore(manager, false), new NDList(pixels), true);
    int classes = labels.classes().size();
    float[] right = new float[batch.size() * classes];
    String prefix = training.name() + ": ";
    for (int i = 0; i < batch.size(); i++) {
      right[i * classes + label(batch.names().get(i).substring(prefix.length()))] = 1;
    }
    NDArray targets = manager.create(right, new Shape(batch.size(), classes));
    NDArray scores = scores(network, outputs, Optional.of(targets));
    NDArray loss = scores.logSoftmax(1).mul(targets).sum().neg().div(batch.size());
    return new StepLoss(loss, Map.of());
  }

  /** Scores of each class, with the margin where the right ones are given. */
  private NDArray scores(NetworkBlock network, NDList outputs, Optional<NDArray> targets) {
    if (margin.isEmpty()) {
      return outputs.get(1);
    }
    // What is computed of an array lives as long as it: of the step's, and not of the network's.
    NDArray directions =
        outputs
            .get(0)
            .getManager()
            .create(0f)
            .add(network.getDirectParameters().get(LAYER + ".weight").getArray());
    NDArray cosine =
        unit(outputs.get(0)).matMul(unit(directions).transpose()).clip(-1 + LEAST, 1 - LEAST);
    double angle = margin.get().angle();
    if (targets.isPresent()) {
      NDArray sine = cosine.square().neg().add(1).sqrt();
      NDArray wider = cosine.mul(Math.cos(angle)).sub(sine.mul(Math.sin(angle)));
      // Beyond pi the cosine would rise again: from there on it falls in a line, as in ArcFace.
      NDArray beyond = cosine.lte(Math.cos(Math.PI - angle)).toType(DataType.FLOAT32, false);
      NDArray line = cosine.sub(Math.sin(Math.PI - angle) * angle);
      NDArray right = wider.mul(beyond.neg().add(1)).add(line.mul(beyond));
      cosine = cosine.add(right.sub(cosine).mul(targets.get()));
    }
    return cosine.mul(margin.get().scale());
  }

  private static NDArray unit(NDArray rows) {
    return rows.div(rows.square().sum(new int[] {1}, true).add(LEAST).sqrt());
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    return held.map(set -> Map.of("label_accuracy", accuracy(network, set))).orElse(Map.of());
  }

  /** Part of the faces whose class has the highest score. */
  private double accuracy(NetworkBlock network, CropSet set) {
    int right = 0;
    for (int from = 0; from < set.size(); from += AT_A_TIME) {
      int[] rows = IntStream.range(from, Math.min(set.size(), from + AT_A_TIME)).toArray();
      BatchSource some = new BatchSource(set.subset(set.name(), rows), 1, Augmentation.none());
      FaceBatch batch =
          new BatchLoader(new EpochPlan(List.of(some), rows.length, 0), side, 0).load(0, 0);
      try (NDManager manager = Engine.getInstance().newBaseManager()) {
        NDArray pixels = PixelTensors.of(manager, batch.pixels(), batch.size(), side);
        NDArray scores = scores(network, network.infer(pixels), Optional.empty());
        long[] best = scores.argMax(1).toLongArray();
        for (int k = 0; k < best.length; k++) {
          right +=
              best[k] == label(batch.names().get(k).substring(set.name().length() + 2)) ? 1 : 0;
        }
      }
    }
    return (double) right / set.size();
  }

  @Override
  public Optional<String> monitored() {
    return held.map(set -> "label_accuracy");
  }
}
