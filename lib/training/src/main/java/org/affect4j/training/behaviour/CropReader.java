package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.function.ObjIntConsumer;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.internal.Augmenter;
import org.affect4j.training.batch.internal.PixelTensors;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;

/** Runs a network over the faces of a set, some at a time. */
final class CropReader {
  private static final int BATCH = 128;

  /** Bytes that the values of all layers may take at once. */
  private static final long MOST_BYTES = 1 << 30;

  private CropReader() {}

  /** Reads faces as they are. */
  static void read(NetworkBlock network, CropSet set, int side, ObjIntConsumer<NDList> outputs) {
    read(network, set, side, Augmentation.none(), new SplittableRandom(0), outputs);
  }

  /**
   * Reads all faces.
   *
   * @param outputs gets the outputs of each batch, and the index of its first face
   */
  static void read(
      NetworkBlock network,
      CropSet set,
      int side,
      Augmentation how,
      SplittableRandom random,
      ObjIntConsumer<NDList> outputs) {
    Augmenter augmenter = new Augmenter(side);
    byte[] source = new byte[set.planes() * set.side() * set.side()];
    int values = side * side * Augmenter.CHANNELS;
    int most = Math.min(batch(network.spec(), side), set.size());
    float[] pixels = new float[most * values];
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(most * values * Float.BYTES).order(ByteOrder.nativeOrder());
    NDManager parent = network.getDirectParameters().valueAt(0).getArray().getManager();
    for (int from = 0; from < set.size(); from += most) {
      int n = Math.min(most, set.size() - from);
      for (int i = 0; i < n; i++) {
        set.readPixels(from + i, source);
        augmenter.write(source, set.side(), set.planes(), how, random, pixels, i * values);
      }
      buffer.clear().asFloatBuffer().put(pixels, 0, n * values);
      try (NDManager manager = parent.newSubManager()) {
        ByteBuffer used = buffer.slice(0, n * values * Float.BYTES).order(ByteOrder.nativeOrder());
        outputs.accept(network.infer(PixelTensors.of(manager, used, n, side)), from);
      }
    }
  }

  /** Faces of a batch: as many as memory allows for all layers, and no more than are of use. */
  private static int batch(NetworkSpec network, int side) {
    double area = Math.pow((double) side / network.input().height(), 2);
    double bytes =
        network.shapes(network.input()).values().stream()
            .mapToDouble(shape -> Float.BYTES * area * shape.count())
            .sum();
    return (int) Math.max(1, Math.min(BATCH, MOST_BYTES / bytes));
  }
}
