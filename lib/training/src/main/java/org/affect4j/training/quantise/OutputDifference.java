package org.affect4j.training.quantise;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.OnnxRuntime;

/**
 * How far one output of two networks differs on the same inputs.
 *
 * @param output name of the output
 * @param values values compared
 * @param meanAbsolute mean absolute difference
 * @param largest largest absolute difference
 * @param relative root mean square of the difference over that of the first network's values; 0 if
 *     both are all zero
 */
public record OutputDifference(
    String output, long values, double meanAbsolute, double largest, double relative) {
  /**
   * Runs two networks on the same inputs.
   *
   * @param first ONNX file of the network to compare with
   * @param second ONNX file of the other, with inputs and outputs of the same names
   * @param byteInput if the second network reads blocks of bytes: the layout of the inputs given
   * @param inputs inputs, at least one
   * @return one difference per output, in the order of the first network
   * @throws IllegalArgumentException if a network cannot be run, or their outputs differ in shape
   */
  public static List<OutputDifference> between(
      byte[] first,
      byte[] second,
      Optional<PixelLayout> byteInput,
      Iterable<CalibrationTensor> inputs) {
    OrtEnvironment environment = OnnxRuntime.environment();
    Map<String, Sum> sums = new LinkedHashMap<>();
    try (OrtSession a = environment.createSession(first);
        OrtSession b = environment.createSession(second)) {
      for (CalibrationTensor input : inputs) {
        try (OnnxTensor tensor =
                OnnxTensor.createTensor(environment, input.values(), input.shape());
            OnnxTensor same = same(environment, input, byteInput);
            OrtSession.Result ra = a.run(Map.of(a.getInputNames().iterator().next(), tensor));
            OrtSession.Result rb = b.run(Map.of(b.getInputNames().iterator().next(), same))) {
          for (Map.Entry<String, ?> output : ra) {
            String name = output.getKey();
            sums.computeIfAbsent(name, n -> new Sum())
                .add(name, floats(ra, name), floats(rb, name));
          }
        }
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException("the networks cannot be compared: " + e.getMessage(), e);
    }
    List<OutputDifference> differences = new ArrayList<>();
    sums.forEach((name, sum) -> differences.add(sum.difference(name)));
    return List.copyOf(differences);
  }

  private static OnnxTensor same(
      OrtEnvironment environment, CalibrationTensor input, Optional<PixelLayout> byteInput)
      throws OrtException {
    if (byteInput.isEmpty()) {
      return OnnxTensor.createTensor(environment, input.values(), input.shape());
    }
    ByteInput bytes = new ByteInput(byteInput.get());
    return OnnxTensor.createTensor(
        environment, bytes.blocks(input), bytes.blockShape(input), OnnxJavaType.UINT8);
  }

  private static FloatBuffer floats(OrtSession.Result result, String name) {
    return result
        .get(name)
        .filter(OnnxTensor.class::isInstance)
        .map(t -> ((OnnxTensor) t).getFloatBuffer())
        .orElseThrow(
            () -> new IllegalArgumentException("a network has no float output '" + name + "'"));
  }

  private static final class Sum {
    private long count;
    private double absolute;
    private double squared;
    private double squaredFirst;
    private double largest;

    void add(String name, FloatBuffer a, FloatBuffer b) {
      if (a.remaining() != b.remaining()) {
        throw new IllegalArgumentException(
            "output '%s' has %d values in one network and %d in the other"
                .formatted(name, a.remaining(), b.remaining()));
      }
      while (a.hasRemaining()) {
        double v = a.get();
        double d = Math.abs(v - b.get());
        count++;
        absolute += d;
        squared += d * d;
        squaredFirst += v * v;
        largest = Math.max(largest, d);
      }
    }

    OutputDifference difference(String name) {
      return new OutputDifference(
          name,
          count,
          absolute / count,
          largest,
          squared == 0 ? 0 : Math.sqrt(squared / squaredFirst));
    }
  }
}
