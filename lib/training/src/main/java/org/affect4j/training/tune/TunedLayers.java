package org.affect4j.training.tune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.LabelScorer;
import org.affect4j.table.FaceTable;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.export.internal.EmbeddingTail;
import org.affect4j.training.network.Activation;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.FullyConnected;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;

/** The last layers that {@link FineTuning} learned. Immutable. */
public final class TunedLayers {
  /** Name of the output with the probabilities of the classes. */
  public static final String LABEL = "label";

  private static final String EMBEDDING_LAYER = "embedding.layer";
  private static final String LABEL_LAYER = "label.layer";
  private static final int CHECKED_CROPS = 3;

  private final String networkChecksum;
  private final List<String> classes;
  private final NetworkSpec specification;
  private final NetworkWeights weights;
  private final int steps;

  TunedLayers(
      String networkChecksum,
      List<String> classes,
      NetworkSpec specification,
      NetworkWeights weights,
      int steps) {
    this.networkChecksum = networkChecksum;
    this.classes = List.copyOf(classes);
    this.specification = specification;
    this.weights = weights;
    this.steps = steps;
  }

  static NetworkSpec specification(EmbeddingTail tail, int classes) {
    var builder = NetworkSpec.builder("tuned-layers", FeatureShape.vector(tail.pooledWidth()));
    builder.add(
        EMBEDDING_LAYER, new FullyConnected(tail.embeddingWidth(), true), NetworkSpec.INPUT);
    builder.add(EmbeddingTail.EMBEDDING, Activation.RELU, EMBEDDING_LAYER);
    builder.add(LABEL_LAYER, new FullyConnected(classes, true), EmbeddingTail.EMBEDDING);
    return builder
        .output(EmbeddingTail.EMBEDDING, EmbeddingTail.EMBEDDING, NetworkOutput.Function.NONE)
        .output(LABEL, LABEL_LAYER, NetworkOutput.Function.SOFTMAX)
        .build();
  }

  static NetworkWeights weights(
      NetworkSpec spec, float[] embedding, float[] bias, float[] label, float[] labelBias) {
    return NetworkWeights.of(
        spec,
        Map.of(
            EMBEDDING_LAYER + ".weight",
            embedding,
            EMBEDDING_LAYER + ".bias",
            bias,
            LABEL_LAYER + ".weight",
            label,
            LABEL_LAYER + ".bias",
            labelBias));
  }

  /**
   * Returns the classes that the layers tell apart.
   *
   * @return unmodifiable list, in the order of the probabilities
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Returns how many steps were taken.
   *
   * @return steps of the last training, on all faces
   */
  public int steps() {
    return steps;
  }

  /**
   * Computes the probabilities of the classes: means over a face and its mirror image.
   *
   * @param features rows of {@link TunableNetwork#features}
   * @return one row per face, in the order of {@link #classes()}
   * @throws IllegalArgumentException if these are other features
   */
  public double[][] probabilities(FaceTable features) {
    int width = specification.input().channels();
    float[][] pooled = TunableNetwork.pooled(features, width);
    float[][] found = features.size() == 0 ? new float[0][] : run(pooled)[1];
    return mean(
        Arrays.copyOfRange(found, 0, features.size()),
        Arrays.copyOfRange(found, features.size(), found.length));
  }

  /** The outputs of the layers in DJL: embedding and probabilities, {@code [rows][width]} each. */
  private float[][][] run(float[][] pooled) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList outputs =
          NetworkBlock.ready(specification, weights, manager).infer(manager.create(pooled));
      return Stream.of(outputs.get(0), outputs.get(1).softmax(-1))
          .map(TunedLayers::rows)
          .toArray(float[][][]::new);
    }
  }

  private static float[][] rows(NDArray array) {
    float[] values = array.toFloatArray();
    int width = (int) array.getShape().get(1);
    float[][] rows = new float[values.length / width][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
    return rows;
  }

  static double[][] mean(float[][] first, float[][] second) {
    double[][] mean = new double[first.length][];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = new double[first[i].length];
      for (int c = 0; c < mean[i].length; c++) {
        mean[i][c] = ((double) first[i][c] + second[i][c]) / 2;
      }
    }
    return mean;
  }

  /**
   * Predicts the class of each face; among equal probabilities the first of {@link #classes()}.
   *
   * @param features rows of {@link TunableNetwork#features}
   * @return one class per row
   * @throws IllegalArgumentException if these are other features
   */
  public List<String> predict(FaceTable features) {
    return best(probabilities(features), classes);
  }

  static List<String> best(double[][] probabilities, List<String> classes) {
    return Arrays.stream(probabilities).map(row -> classes.get(LabelScorer.best(row))).toList();
  }

  /**
   * Writes the network with these layers as one ONNX file: the input of the network, and the
   * outputs {@code embedding} and {@code label}, the probabilities of the classes {@code [batch,
   * classes]}. Classes, input and origin stand in the metadata; {@link TunedNetwork} opens it. On
   * crops of noise it is compared with DJL first.
   *
   * @param network the network that the layers were learned for
   * @param file where to write, replacing the file; its folder must exist
   * @return the largest difference from DJL, by output, at most {@link NetworkExport#TOLERANCE}
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if the layers were learned for another network
   * @throws IllegalStateException if an output differs by more; nothing is written
   */
  public Map<String, Double> save(TunableNetwork network, Path file) throws IOException {
    if (!network.entry().sha256().equals(networkChecksum)) {
      throw new IllegalArgumentException(
          "these layers were learned for the network with SHA-256 %s, not for '%s' with %s"
              .formatted(networkChecksum, network.entry().name(), network.entry().sha256()));
    }
    TunedNetwork.Description description = TunedNetwork.Description.of(network.entry(), classes);
    byte[] onnx =
        network
            .tail()
            .replaced(
                specification,
                weights,
                Map.of(TunedNetwork.DESCRIPTION, new Gson().toJson(description)));
    Map<String, Double> differences = differences(network, description, onnx);
    Files.write(file, onnx);
    return differences;
  }

  private Map<String, Double> differences(
      TunableNetwork network, TunedNetwork.Description description, byte[] onnx) {
    List<FaceImage> crops = noise(network.aligner().size());
    float[][][] expected = run(network.trunk().run(crops)[0].plain());
    Map<String, Double> differences = new TreeMap<>();
    try (CropNetwork whole = CropNetwork.open(description.entry(), onnx, 1)) {
      CropNetwork.Views[] actual = whole.run(crops);
      for (int o = 0; o < actual.length; o++) {
        String output = specification.outputNames().get(o);
        double difference =
            NetworkExport.difference(flat(expected[o]), FloatBuffer.wrap(flat(actual[o].plain())));
        // Written so that a NaN fails too.
        if (!(difference <= NetworkExport.TOLERANCE)) {
          throw new IllegalStateException(
              "the export was refused: output '%s' differs from DJL by %.3g, more than %.0e"
                  .formatted(output, difference, NetworkExport.TOLERANCE));
        }
        differences.put(output, difference);
      }
    }
    return Map.copyOf(differences);
  }

  private static float[] flat(float[][] rows) {
    FloatBuffer all = FloatBuffer.allocate(Arrays.stream(rows).mapToInt(r -> r.length).sum());
    Arrays.stream(rows).forEach(all::put);
    return all.array();
  }

  private static List<FaceImage> noise(int side) {
    Random random = new Random(1);
    return Stream.generate(
            () -> {
              var image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
              for (int i = 0; i < side * side; i++) {
                image.setRGB(i % side, i / side, random.nextInt());
              }
              return FaceImage.of(image);
            })
        .limit(CHECKED_CROPS)
        .toList();
  }

  @Override
  public String toString() {
    return "layers for %s, learned in %d steps".formatted(classes, steps);
  }
}
