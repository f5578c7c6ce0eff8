package org.affect4j.training.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.affect4j.model.OnnxRuntime;
import org.affect4j.training.export.internal.OnnxWriter;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Recurrent;
import org.affect4j.training.network.SideOutput;

/**
 * A trained network as an ONNX file, checked against DJL: no file comes from here whose outputs
 * differ. Immutable.
 */
public final class NetworkExport {
  /**
   * The largest difference between DJL and ONNX Runtime that an export may show, relative to the
   * largest value of the output where that is above 1.
   */
  public static final double TOLERANCE = 1e-5;

  /**
   * The same of states that a network over time hands to itself: gates of sums over tens of
   * thousands of features round differently in the two engines, and no answer shows it.
   */
  private static final double STATE_TOLERANCE = 1e-4;

  private static final int SAMPLES = 3;
  private static final int SEQUENCES = 2;
  private static final long SEED = 1;

  private final byte[] onnx;
  private final Map<String, Double> differences;

  private NetworkExport(byte[] onnx, Map<String, Double> differences) {
    this.onnx = onnx;
    this.differences = Map.copyOf(differences);
  }

  /**
   * Writes a network with batch normalisation folded and its outputs' last functions, and runs it
   * beside DJL on random inputs; detectors also on an odd size, networks over time on two sequences
   * from random states. {@link SideOutput#WEAK_UNITS} are left out.
   *
   * @param trained the network
   * @param values its values
   * @return the file and the differences found
   * @throws IllegalArgumentException if the weights do not fit, or an operation cannot be written
   * @throws IllegalStateException if an output differs by more than {@link #TOLERANCE}, or a state
   *     by more than ten times that
   */
  public static NetworkExport of(NetworkSpec trained, NetworkWeights values) {
    values.requireFit(trained);
    NetworkSpec spec = SideOutput.WEAK_UNITS.without(trained);
    NetworkWeights weights = values.restrictedTo(spec);
    byte[] onnx = OnnxWriter.write(spec, weights);
    Map<String, Double> differences = new TreeMap<>();
    List<FeatureShape> sizes = new ArrayList<>(List.of(spec.input()));
    if (OnnxWriter.takesAnySize(spec)) {
      sizes.add(FeatureShape.map(spec.input().channels(), 99, 131));
    }
    try (NDManager manager = NDManager.newBaseManager();
        OrtSession session = OnnxRuntime.environment().createSession(onnx)) {
      NetworkBlock block = NetworkBlock.ready(spec, weights, manager);
      for (FeatureShape size : sizes) {
        compare(block, manager, session, size, differences);
      }
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime cannot run the export of '%s': %s".formatted(spec.name(), e.getMessage()),
          e);
    }
    differences.forEach(
        (output, d) -> {
          double most = output.endsWith(Recurrent.NEXT) ? STATE_TOLERANCE : TOLERANCE;
          // Written so that a NaN fails too.
          if (!(d <= most)) {
            throw new IllegalStateException(
                "the export of '%s' was refused: output '%s' differs from DJL by %.3g, more than %.0e"
                    .formatted(spec.name(), output, d, most));
          }
        });
    return new NetworkExport(onnx, differences);
  }

  private static void compare(
      NetworkBlock block,
      NDManager parent,
      OrtSession session,
      FeatureShape size,
      Map<String, Double> differences)
      throws OrtException {
    NetworkSpec spec = block.spec();
    Random random = new Random(SEED);
    Map<String, FeatureShape> inputs = new LinkedHashMap<>(spec.inputs());
    inputs.put(NetworkSpec.INPUT, size);
    boolean overTime = inputs.keySet().stream().anyMatch(spec::isOfSequence);
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try (NDManager manager = parent.newSubManager()) {
      NDList arrays = new NDList();
      for (Map.Entry<String, FeatureShape> input : inputs.entrySet()) {
        long samples =
            spec.isOfSequence(input.getKey())
                ? SEQUENCES
                : overTime ? SEQUENCES * SAMPLES : SAMPLES;
        long[] shape =
            LongStream.concat(
                    LongStream.of(samples), input.getValue().lengths().stream().mapToLong(l -> l))
                .toArray();
        float[] values = new float[Math.toIntExact(samples * input.getValue().count())];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        arrays.add(manager.create(values, new Shape(shape)));
        tensors.put(
            input.getKey(),
            OnnxTensor.createTensor(OnnxRuntime.environment(), FloatBuffer.wrap(values), shape));
      }
      compare(spec, session, tensors, block.infer(arrays), differences);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static void compare(
      NetworkSpec spec,
      OrtSession session,
      Map<String, OnnxTensor> inputs,
      NDList expected,
      Map<String, Double> differences)
      throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      for (int i = 0; i < expected.size(); i++) {
        NetworkOutput output = spec.outputs().get(i);
        FloatBuffer actual =
            ((OnnxTensor) result.get(output.name()).orElseThrow()).getFloatBuffer();
        differences.merge(
            output.name(),
            difference(applied(output.function(), expected.get(i)).toFloatArray(), actual),
            Math::max);
      }
    }
  }

  private static NDArray applied(NetworkOutput.Function function, NDArray values) {
    return switch (function) {
      case NONE -> values;
      case SOFTMAX -> values.softmax(-1);
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(values);
    };
  }

  /**
   * Returns the largest difference of two outputs, as it is compared with {@link #TOLERANCE}.
   *
   * @param expected values of one engine
   * @param actual values of the other, in the same order
   * @return difference relative to the largest expected value where that is above 1; NaN if the
   *     numbers of values differ or a value is not finite
   */
  public static double difference(float[] expected, FloatBuffer actual) {
    if (expected.length != actual.remaining()) {
      return Double.NaN;
    }
    double largest = 1;
    double difference = 0;
    for (float e : expected) {
      float a = actual.get();
      if (!Float.isFinite(e) || !Float.isFinite(a)) {
        return Double.NaN;
      }
      largest = Math.max(largest, Math.abs(e));
      difference = Math.max(difference, Math.abs(e - a));
    }
    return difference / largest;
  }

  /**
   * Returns the file.
   *
   * @return bytes of the ONNX file, a copy
   */
  public byte[] onnx() {
    return onnx.clone();
  }

  /**
   * Returns the largest difference between DJL and ONNX Runtime, by output.
   *
   * @return differences of at most {@link #TOLERANCE}, of states at most ten times that;
   *     unmodifiable
   */
  public Map<String, Double> differences() {
    return differences;
  }
}
