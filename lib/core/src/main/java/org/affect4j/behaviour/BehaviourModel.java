package org.affect4j.behaviour;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Expression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.Landmarks;
import org.affect4j.face.ValenceArousal;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.model.NetworkKind;

/**
 * The multi-task network: one embedding per aligned face, and from it expressions, action units,
 * valence and arousal (FacebehaviourNet; Behaviour4All, section 3).
 *
 * <p>A result does not depend on what else is in the batch (to 1e-5). Thread-safe.
 */
public final class BehaviourModel implements AutoCloseable {
  private final ImageNetwork model;
  private final BehaviourOptions options;
  private final FaceAligner aligner;

  private BehaviourModel(ImageNetwork model, BehaviourOptions options) {
    this.model = model;
    this.options = options;
    NetworkKind.BEHAVIOUR.check(model.entry());
    checkLength("expression", Expression.COUNT);
    checkLength("action_units", ActionUnit.COUNT);
    checkLength("valence_arousal", 2);
    checkLength("embedding", Math.max(1, embeddingLength()));
    this.aligner = new FaceAligner(model.entry().requireSide());
  }

  private void checkLength(String output, int expected) {
    int length = model.length(output);
    if (length != expected) {
      throw new ModelException(
          "output '%s' of model '%s' has %d numbers for a face (-1: not fixed), expected %s"
              .formatted(
                  output,
                  model.entry().name(),
                  length,
                  NetworkKind.BEHAVIOUR.outputs().get(output)));
    }
  }

  /**
   * Opens the bundled network.
   *
   * @param options how to run it
   * @param models which of the bundled networks
   * @param threads threads for one run, 1 or more
   * @return the network, to be closed
   */
  public static BehaviourModel load(BehaviourOptions options, ModelPair models, int threads) {
    return open(ModelStore.bundled(), models.behaviour(), options, threads);
  }

  /**
   * Opens any catalogued network of this kind.
   *
   * @param store where the model is
   * @param name the model's name
   * @param options how to run it
   * @param threads threads for one run, 1 or more
   * @return the network, to be closed
   * @throws ModelException if the model is missing, altered, or none of this kind
   */
  public static BehaviourModel open(
      ModelStore store, String name, BehaviourOptions options, int threads) {
    return of(store.open(name, threads), options);
  }

  /**
   * Reads faces by a network, whatever runs it.
   *
   * @param network a network of this kind; closed with this model
   * @param options how to run it
   * @return the model, to be closed
   * @throws ModelException if the network is none of this kind, and is closed then
   */
  public static BehaviourModel of(ImageNetwork network, BehaviourOptions options) {
    return network.handedTo(n -> new BehaviourModel(n, options));
  }

  /**
   * Returns the catalogue's entry of the network, for the record of an experiment.
   *
   * @return name, checksum and origin
   */
  public ModelEntry entry() {
    return model.entry();
  }

  /**
   * Returns how the network is run.
   *
   * @return the options it was opened with
   */
  public BehaviourOptions options() {
    return options;
  }

  /**
   * Returns how likely each expression is taken to be beforehand.
   *
   * @return the prior of the options, or empty if the catalogue does not tell the network's own:
   *     its probabilities are handed on as they are
   */
  public Optional<ExpressionPrior> prior() {
    return model.entry().expressionPrior().map(own -> options.prior());
  }

  /**
   * Returns how many features a face has.
   *
   * @return length of {@link Behaviour#embedding}
   */
  public int embeddingLength() {
    return model.length("embedding");
  }

  /**
   * Returns the aligner that cuts faces as this network wants them.
   *
   * @return aligner of the network's input size
   */
  public FaceAligner aligner() {
    return aligner;
  }

  /**
   * Reads faces of a photo.
   *
   * @param photo the photo
   * @param faces landmarks of each face in pixels of the photo
   * @return one value per face, in the same order; unmodifiable
   */
  public List<Behaviour> predict(FaceImage photo, List<Landmarks> faces) {
    return predict(
        faces.size(),
        i -> tensor -> aligner.writeTensor(photo, faces.get(i), model.entry().pixels(), tensor));
  }

  /**
   * Reads faces that are aligned already.
   *
   * @param crops aligned faces as from {@link #aligner()}; other sizes are scaled
   * @return one value per crop, in the same order; unmodifiable
   */
  public List<Behaviour> predict(List<FaceImage> crops) {
    int side = aligner.size();
    return predict(
        crops.size(),
        i -> {
          FaceImage crop = crops.get(i).resized(side, side);
          return tensor -> crop.writeTensor(model.entry().pixels(), tensor);
        });
  }

  private interface Crop {
    /** Writes one face into the network's input. */
    void writeTo(ByteBuffer tensor);
  }

  private List<Behaviour> predict(int count, IntFunction<Crop> crops) {
    List<Behaviour> all = new ArrayList<>(count);
    for (int from = 0; from < count; from += options.maximumBatch()) {
      int n = Math.min(options.maximumBatch(), count - from);
      addBatch(from, n, crops, all);
    }
    return List.copyOf(all);
  }

  private void addBatch(int from, int n, IntFunction<Crop> crops, List<Behaviour> all) {
    int side = aligner.size();
    int views = options.flipAveraging() ? 2 : 1;
    List<float[]> outputs =
        model.run(
            n * views,
            side,
            side,
            tensor -> {
              for (int i = 0; i < n; i++) {
                crops.apply(from + i).writeTo(tensor);
              }
              if (views == 2) {
                model.entry().pixels().appendMirrored(tensor, side);
              }
            });
    for (int i = 0; i < n; i++) {
      all.add(behaviour(outputs, i, n, views));
    }
  }

  /** Averages the views of face i; view v of it stands at i + v * n in the batch. */
  private Behaviour behaviour(List<float[]> outputs, int i, int n, int views) {
    double[] read = average(outputs.get(0), Expression.COUNT, i, n, views, 0, 1);
    double[] expressions =
        model.entry().expressionPrior().map(own -> options.prior().adjust(read, own)).orElse(read);
    double[] units = average(outputs.get(1), ActionUnit.COUNT, i, n, views, 0, 1);
    double[] affect = average(outputs.get(2), 2, i, n, views, -1, 1);
    double[] features =
        average(outputs.get(3), embeddingLength(), i, n, views, -Float.MAX_VALUE, Float.MAX_VALUE);
    float[] embedding = new float[features.length];
    for (int k = 0; k < embedding.length; k++) {
      embedding[k] = (float) features[k];
    }
    return new Behaviour(expressions, units, new ValenceArousal(affect[0], affect[1]), embedding);
  }

  /** Limits undo rounding, such as a probability of 1.0000001. */
  private static double[] average(
      float[] output, int width, int i, int n, int views, double low, double high) {
    double[] mean = new double[width];
    for (int k = 0; k < width; k++) {
      for (int v = 0; v < views; v++) {
        mean[k] += output[(i + v * n) * width + k];
      }
      mean[k] = Math.max(low, Math.min(high, mean[k] / views));
    }
    return mean;
  }

  @Override
  public void close() {
    model.close();
  }
}
