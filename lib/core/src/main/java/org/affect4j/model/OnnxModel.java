package org.affect4j.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * An ONNX network of images, or of rows of numbers, and float outputs, run by ONNX Runtime on the
 * CPU.
 *
 * <p>Thread-safe: any number of threads may run it at once; closing waits for them.
 */
public final class OnnxModel implements ImageNetwork {
  /** How the name of an input ends that is what a network remembers of the frames before. */
  public static final String STATE = ".state";

  private final ModelEntry entry;
  private final Set<String> outputs;
  private final OrtSession session;

  /** Shapes of the inputs besides the image, with -1 in place of a number of images. */
  private final Map<String, long[]> besideShapes = new LinkedHashMap<>();

  /** Numbers of a row; 0 of networks of images. */
  private int rowWidth;

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
      model.readBeside();
      model.checkNames();
      return model;
    } catch (ModelException e) {
      model.close();
      throw e;
    }
  }

  private void readBeside() {
    for (String name : session.getInputNames()) {
      long[] shape = shape(name, false);
      boolean isRow = name.equals(entry.inputName()) && shape.length == 2;
      if ((isRow || OnnxInputs.isBeside(name)) && length(shape) < 1) {
        throw new ModelException(
            "input '%s' of model '%s' has %d numbers for a face (-1: not fixed), expected 1 or more"
                .formatted(name, entry.name(), length(shape)));
      }
      if (name.equals(entry.inputName())) {
        rowWidth = isRow ? length(shape) : 0;
      } else if (OnnxInputs.isBeside(name)) {
        besideShapes.put(name, shape);
        if (OnnxInputs.isState(name)) {
          outputs.add(OnnxInputs.next(name));
        }
      }
    }
  }

  private void checkNames() {
    Set<String> inputs = new LinkedHashSet<>(besideShapes.keySet());
    inputs.add(entry.inputName());
    if (!session.getInputNames().equals(inputs)) {
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

  /**
   * Returns how many numbers a row has, of a network that reads rows of numbers.
   *
   * @return numbers of a row; 0 of a network of images
   */
  public int rowWidth() {
    return rowWidth;
  }

  @Override
  public Map<String, Integer> beside() {
    Map<String, Integer> lengths = new LinkedHashMap<>();
    besideShapes.forEach((name, shape) -> lengths.put(name, length(shape)));
    return Collections.unmodifiableMap(lengths);
  }

  @Override
  public List<float[]> run(int batch, int height, int width, Consumer<ByteBuffer> fill) {
    return run(batch, height, width, fill, Map.of());
  }

  /**
   * Runs the network once. Of a network that reads rows of numbers rather than images height and
   * width count for nothing.
   */
  @Override
  public List<float[]> run(
      int batch, int height, int width, Consumer<ByteBuffer> fill, Map<String, float[]> beside) {
    if (!beside.keySet().equals(besideShapes.keySet())) {
      throw new IllegalArgumentException(
          "model '%s' reads %s besides its main input, got %s"
              .formatted(entry.name(), besideShapes.keySet(), beside.keySet()));
    }
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("model '" + entry.name() + "' was closed");
      }
      boolean isOfRows = rowWidth > 0;
      long[] shape =
          isOfRows ? new long[] {batch, rowWidth} : entry.pixels().shape(batch, height, width);
      ByteBuffer input =
          input(
              isOfRows
                  ? batch * rowWidth * Float.BYTES
                  : entry.pixels().bytes(batch, height, width));
      try {
        fill.accept(input);
        return run(input.flip(), shape, beside);
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
    return length(shape(output, true));
  }

  private static int length(long[] shape) {
    return Math.toIntExact(
        LongStream.of(shape).skip(1).reduce(1, (a, b) -> a < 0 || b < 0 ? -1 : a * b));
  }

  private long[] shape(String name, boolean isOutput) {
    try {
      NodeInfo info = (isOutput ? session.getOutputInfo() : session.getInputInfo()).get(name);
      return ((TensorInfo) info.getInfo()).getShape();
    } catch (OrtException e) {
      throw new ModelException("model '" + entry.name() + "' failed: " + e.getMessage(), e);
    }
  }

  private List<float[]> run(ByteBuffer input, long[] shape, Map<String, float[]> beside)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      tensors.put(
          entry.inputName(),
          OnnxTensor.createTensor(OnnxRuntime.environment(), input, shape, inputType()));
      for (Map.Entry<String, float[]> other : beside.entrySet()) {
        long[] rows = besideShapes.get(other.getKey()).clone();
        rows[0] = other.getValue().length / length(rows);
        tensors.put(
            other.getKey(),
            OnnxTensor.createTensor(
                OnnxRuntime.environment(), FloatBuffer.wrap(other.getValue()), rows));
      }
      return outputs(tensors);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private List<float[]> outputs(Map<String, OnnxTensor> inputs) throws OrtException {
    try (OrtSession.Result result = session.run(inputs, outputs)) {
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
