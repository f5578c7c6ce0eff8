package org.affect4j.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * An ONNX network of one image input and float outputs, run by ONNX Runtime on the CPU.
 *
 * <p>Thread-safe: any number of threads may run it at once; closing waits for them.
 */
public final class OnnxModel implements ImageNetwork {
  private final ModelEntry entry;
  private final Set<String> outputs;
  private final OrtSession session;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Queue<ByteBuffer> spareInputs = new ConcurrentLinkedQueue<>();
  private boolean closed;

  private OnnxModel(ModelEntry entry, OrtSession session) {
    this.entry = entry;
    this.outputs = new LinkedHashSet<>(entry.outputs().keySet());
    this.session = session;
  }

  /**
   * Opens a network that is in no catalogue, such as a part of another.
   *
   * @param entry what there is to know of it; the checksum is not compared
   * @param bytes the ONNX file
   * @param threads threads for one run, 1 or more
   * @return the network, to be closed
   * @throws ModelException if ONNX Runtime cannot open it, or its names are not those of the entry
   */
  public static OnnxModel open(ModelEntry entry, byte[] bytes, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a model needs 1 thread or more, got " + threads);
    }
    OnnxModel model =
        new OnnxModel(entry, OnnxRuntime.open(bytes, threads, "model '" + entry.name() + "'"));
    try {
      model.checkNames();
      return model;
    } catch (ModelException e) {
      model.close();
      throw e;
    }
  }

  private void checkNames() {
    if (!session.getInputNames().equals(Set.of(entry.inputName()))) {
      throw new ModelException(
          "model '%s' has inputs %s, but the catalogue says '%s'"
              .formatted(entry.name(), session.getInputNames(), entry.inputName()));
    }
    if (!session.getOutputNames().containsAll(outputs)) {
      throw new ModelException(
          "model '%s' has outputs %s, expected %s"
              .formatted(entry.name(), session.getOutputNames(), entry.outputs()));
    }
  }

  @Override
  public ModelEntry entry() {
    return entry;
  }

  @Override
  public List<float[]> run(int batch, int height, int width, Consumer<ByteBuffer> fill) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("model '" + entry.name() + "' was closed");
      }
      long[] shape = entry.pixels().shape(batch, height, width);
      ByteBuffer input = input(entry.pixels().bytes(batch, height, width));
      try {
        fill.accept(input);
        return run(input.flip(), shape);
      } finally {
        spareInputs.offer(input);
      }
    } catch (OrtException e) {
      throw new ModelException(
          "model '%s' failed on input %s: %s"
              .formatted(
                  entry.name(),
                  Arrays.toString(entry.pixels().shape(batch, height, width)),
                  e.getMessage()),
          e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public int length(String output) {
    try {
      NodeInfo info = session.getOutputInfo().get(output);
      long[] shape = ((TensorInfo) info.getInfo()).getShape();
      long length = LongStream.of(shape).skip(1).reduce(1, (a, b) -> a < 0 || b < 0 ? -1 : a * b);
      return Math.toIntExact(length);
    } catch (OrtException e) {
      throw new ModelException("model '" + entry.name() + "' failed: " + e.getMessage(), e);
    }
  }

  private List<float[]> run(ByteBuffer input, long[] shape) throws OrtException {
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OnnxRuntime.environment(), input, shape, inputType());
        OrtSession.Result result = session.run(Map.of(entry.inputName(), tensor), outputs)) {
      List<float[]> values = new ArrayList<>();
      for (String name : outputs) {
        if (!(result.get(name).orElseThrow() instanceof OnnxTensor output)
            || output.getInfo().type != OnnxJavaType.FLOAT) {
          throw new ModelException(
              "output '%s' of model '%s' is no float tensor".formatted(name, entry.name()));
        }
        // The runtime's buffer is a copy of its own already, all of it ours.
        values.add(output.getFloatBuffer().array());
      }
      return values;
    }
  }

  /** A direct buffer, which ONNX Runtime reads in place; used again to keep native memory flat. */
  private ByteBuffer input(int bytes) {
    ByteBuffer spare = spareInputs.poll();
    if (spare == null || spare.capacity() < bytes) {
      spare = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    return spare.clear().limit(bytes);
  }

  private OnnxJavaType inputType() {
    return switch (entry.pixels().storage()) {
      case FLOAT_PLANES -> OnnxJavaType.FLOAT;
      case BYTE_BLOCKS -> OnnxJavaType.UINT8;
    };
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new ModelException("model '" + entry.name() + "' could not be closed", e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
