package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.face.Expression;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.batch.internal.Augmenter;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;

/**
 * Trained networks that read every face as the pupil is shown it, varied and mixed, and have a say
 * in its expression (Beyer et al. 2022, Knowledge distillation: A good teacher is patient and
 * consistent, section 3). Faces that nobody has seen before cannot have been learned by heart, so
 * that the pupil learns what its teachers understood.
 *
 * <p>Taught are photos, that is faces with a label of expression and none of action units. For one
 * thread at a time.
 */
public final class ConsistentTeacher implements AutoCloseable {
  private static final double TURN = Math.PI * (3 - Math.sqrt(5));
  private static final double SHIFT = .03;

  private final String name;
  private final int views;
  private final double share;
  private final NDManager manager = NDManager.newBaseManager();
  private final List<NetworkBlock> networks = new ArrayList<>();

  /**
   * Loads the networks.
   *
   * @param name says who teaches
   * @param weights weights of named networks whose first output is the expression
   * @param views in how many views they read a face: as it is shown, then mirrored and as it is in
   *     turn, shifted by .03 of its side into ever other directions; 1 or more
   * @param share part of a label that they decide, 0 to 1
   * @throws IllegalArgumentException if a number lies outside its range
   */
  public ConsistentTeacher(String name, List<NetworkWeights> weights, int views, double share) {
    if (weights.isEmpty() || views < 1 || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "expected a network, 1 view or more and a share from 0 to 1, got %d networks, %d views, share %s"
              .formatted(weights.size(), views, share));
    }
    this.name = name;
    this.views = views;
    this.share = share;
    try {
      weights.forEach(values -> networks.add(frozen(values)));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private NetworkBlock frozen(NetworkWeights values) {
    NetworkBlock network =
        NetworkBlock.ready(Networks.named(values.specification()), values, manager);
    network.getDirectParameters().forEach(p -> p.getValue().getArray().setRequiresGradient(false));
    return network;
  }

  /**
   * Mixes what the teachers say into the labels of a batch: with share s, label y and the mean p of
   * their probabilities, {@code (1 - s) y + s p}, where y keeps its weight.
   *
   * @param batch faces and labels
   * @return the same faces with other labels of expression
   */
  FaceBatch teach(FaceBatch batch) {
    int[] faces =
        IntStream.range(0, batch.size())
            .filter(i -> batch.expressionWeight(i) > 0 && !batch.hasUnits(i))
            .toArray();
    if (faces.length == 0) {
      return batch;
    }
    float[] said = probabilities(batch, faces);
    float[] expressions = batch.expressions().clone();
    for (int i = 0; i < faces.length; i++) {
      int at = faces[i] * FaceBatch.CLASSES;
      float weight = batch.expressionWeight(faces[i]);
      for (int k = 0; k < FaceBatch.CLASSES; k++) {
        float teachers = k < Expression.COUNT ? said[i * Expression.COUNT + k] : 0;
        expressions[at + k] =
            (float) ((1 - share) * expressions[at + k] + share * weight * teachers);
      }
    }
    return batch.withExpressions(expressions);
  }

  /** Means over networks and views, a row of seven for each face. */
  private float[] probabilities(FaceBatch batch, int[] faces) {
    int side = batch.side();
    FloatBuffer from = batch.pixels().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    ByteBuffer seen =
        ByteBuffer.allocateDirect(faces.length * side * side * Augmenter.CHANNELS * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    float[] mean = new float[faces.length * Expression.COUNT];
    for (int view = 0; view < views; view++) {
      FloatBuffer into = seen.asFloatBuffer();
      for (int face : faces) {
        write(from, face, side, view, into);
      }
      for (NetworkBlock network : networks) {
        try (NDManager scratch = manager.newSubManager()) {
          float[] said =
              network
                  .infer(PixelTensors.of(scratch, seen, faces.length, side))
                  .get(0)
                  .softmax(1)
                  .toFloatArray();
          for (int i = 0; i < mean.length; i++) {
            mean[i] += said[i] / (views * networks.size());
          }
        }
      }
    }
    return mean;
  }

  /** Appends a view of a face; where it looks beyond the edge, the edge is repeated. */
  private static void write(FloatBuffer from, int face, int side, int view, FloatBuffer into) {
    double length = view == 0 ? 0 : SHIFT * side;
    int right = (int) Math.round(length * Math.cos(view * TURN));
    int down = (int) Math.round(length * Math.sin(view * TURN));
    boolean mirrored = view % 2 == 1;
    int start = face * side * side;
    for (int y = 0; y < side; y++) {
      int row = start + within(y + down, side) * side;
      for (int x = 0; x < side; x++) {
        int column = within((mirrored ? side - 1 - x : x) + right, side);
        int at = (row + column) * Augmenter.CHANNELS;
        for (int c = 0; c < Augmenter.CHANNELS; c++) {
          into.put(from.get(at + c));
        }
      }
    }
  }

  private static int within(int place, int side) {
    return Math.max(0, Math.min(side - 1, place));
  }

  @Override
  public void close() {
    manager.close();
  }

  @Override
  public String toString() {
    return "%s in %d views of each face as it is shown, deciding %s of its label"
        .formatted(name, views, share);
  }
}
