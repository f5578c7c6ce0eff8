package org.affect4j.training.quantise;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.affect4j.model.OnnxRuntime;
import org.affect4j.training.export.internal.OnnxGraph;

/**
 * Runs a float network with all its inner activations exposed, counts their values and averages
 * their channels.
 */
final class ActivationRecorder implements AutoCloseable {
  private final OnnxGraph graph;
  private final OrtEnvironment environment = OnnxRuntime.environment();
  private final OrtSession session;
  private final Set<String> activations = new LinkedHashSet<>();
  private final Map<String, ValueHistogram> histograms = new LinkedHashMap<>();
  private final Map<String, ChannelMeans> channels = new LinkedHashMap<>();
  private int inputs;

  ActivationRecorder(OnnxGraph graph) {
    this.graph = graph;
    GraphProto.Builder exposed = graph.model().getGraph().toBuilder();
    for (NodeProto node : graph.nodes()) {
      for (String output : node.getOutputList()) {
        if (!output.isEmpty() && !graph.isOutput(output) && !graph.isConstant(output)) {
          // Without a type: the runtime infers it.
          exposed.addOutput(ValueInfoProto.newBuilder().setName(output));
        }
      }
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Fused nodes would hide the activations between them.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setCPUArenaAllocator(false);
      session =
          environment.createSession(
              graph.model().toBuilder().setGraph(exposed).build().toByteArray(), options);
      session
          .getOutputInfo()
          .forEach(
              (name, info) -> {
                if (info.getInfo() instanceof TensorInfo t && t.type == OnnxJavaType.FLOAT) {
                  activations.add(name);
                }
              });
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot run the network: " + e.getMessage(), e);
    }
    if (!session.getInputNames().equals(Set.of(graph.input()))) {
      throw new IllegalArgumentException(
          "the network has one input, got " + session.getInputNames());
    }
  }

  /** Names of all float tensors that the network computes, besides its constants. */
  Set<String> activations() {
    return Set.copyOf(activations);
  }

  /**
   * Runs one input.
   *
   * @param counted tensors whose values are counted, for their ranges
   * @param averaged tensors whose channels are averaged
   */
  void add(CalibrationTensor tensor, Set<String> counted, Set<String> averaged) {
    inputs++;
    // The input is counted in any case: it may not be a number.
    count(graph.input(), tensor.values());
    if (averaged.contains(graph.input())) {
      average(graph.input(), tensor.values(), tensor.shape());
    }
    Set<String> computed = new LinkedHashSet<>(counted);
    computed.addAll(averaged);
    computed.remove(graph.input());
    if (computed.isEmpty()) {
      return;
    }
    try (OnnxTensor input = OnnxTensor.createTensor(environment, tensor.values(), tensor.shape());
        OrtSession.Result result = session.run(Map.of(graph.input(), input), computed)) {
      for (String name : computed) {
        OnnxTensor output = (OnnxTensor) result.get(name).orElseThrow();
        FloatBuffer values = output.getFloatBuffer();
        if (counted.contains(name)) {
          count(name, values);
        }
        if (averaged.contains(name)) {
          average(name, values, output.getInfo().getShape());
        }
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "calibration input %d cannot be run: %s".formatted(inputs, e.getMessage()), e);
    }
  }

  private void count(String name, FloatBuffer values) {
    if (!histograms.computeIfAbsent(name, n -> new ValueHistogram()).add(values)) {
      throw new IllegalArgumentException(
          "calibration input %d makes '%s' infinite or not a number".formatted(inputs, name));
    }
  }

  private void average(String name, FloatBuffer values, long[] shape) {
    channels.computeIfAbsent(name, n -> new ChannelMeans()).add(values, shape);
  }

  int inputs() {
    return inputs;
  }

  ValueRange range(String tensor, RangeMethod method) {
    return histograms.get(tensor).range(method);
  }

  /** The mean of each channel (second dimension) of each tensor that was averaged. */
  Map<String, float[]> channelMeans() {
    return channels.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().means()));
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the calibration's session could not be closed", e);
    }
  }
}
