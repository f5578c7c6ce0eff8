package org.affect4j.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.training.export.internal.OnnxGraph;
import org.affect4j.training.export.internal.OnnxWriter;
import org.affect4j.training.network.BatchNormalisation;
import org.affect4j.training.network.NetworkNode;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.network.ParameterSpec;
import org.affect4j.training.network.Recurrent;

/**
 * The weights of a network out of the ONNX file that {@link NetworkExport} made of it, with
 * calibrated heads or without: the way to train a bundled network further.
 *
 * <p>Batch normalisation, which the file holds folded into the layer before, comes back as one that
 * changes nothing but what was folded: the network computes what the file computes. How its layers'
 * values were spread in training is not in the file; {@code RunningStatistics} measures it.
 */
public final class NetworkImport {
  private static final String SUFFIX = ".onnx";
  private static final long SEED = 0;

  private final NetworkSpec spec;
  private final NetworkWeights fresh;
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, TensorProto> constants;
  private final Map<String, float[]> values = new LinkedHashMap<>();

  private NetworkImport(NetworkSpec spec, ModelProto model) {
    this.spec = spec;
    this.fresh = NetworkWeights.initial(spec, SEED);
    this.constants = OnnxGraph.constants(model.getGraph());
    model.getGraph().getNodeList().forEach(n -> makers.put(n.getOutput(0), n));
  }

  /**
   * Tells by its name whether a file holds an exported network rather than weights alone.
   *
   * @param file the file
   * @return whether its name ends in {@code .onnx}
   */
  public static boolean isExported(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }

  /**
   * Reads weights from a file of either form.
   *
   * @param file {@code .onnx} in float, of one of the networks that have a name, or safetensors as
   *     {@link NetworkWeights#write} makes it
   * @return the weights, which tell the network that they are of
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds no weights, or is the export of no named network
   */
  public static NetworkWeights read(Path file) throws IOException {
    if (!isExported(file)) {
      return NetworkWeights.read(file);
    }
    try {
      return read(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Takes the weights out of the export of one of the networks that have a name.
   *
   * @param onnx the file, in float
   * @return its weights, which tell the network that they are of
   * @throws IllegalArgumentException if it is no ONNX file, or the export of no named network
   */
  public static NetworkWeights read(byte[] onnx) {
    ModelProto model = OnnxGraph.model(onnx);
    return of(Networks.named(specification(model)), model);
  }

  /**
   * Takes the weights out of an exported network.
   *
   * @param spec the network that was exported
   * @param onnx the file, in float
   * @return its weights, with which the network computes what the file computes
   * @throws IllegalArgumentException if it is no ONNX file, or not the export of this network
   */
  public static NetworkWeights of(NetworkSpec spec, byte[] onnx) {
    return of(spec, OnnxGraph.model(onnx));
  }

  private static NetworkWeights of(NetworkSpec spec, ModelProto model) {
    String exported = specification(model);
    if (!exported.equals(spec.name())) {
      throw new IllegalArgumentException(
          "this is the export of '%s', not of '%s'".formatted(exported, spec.name()));
    }
    NetworkImport reading = new NetworkImport(spec, model);
    Map<String, NetworkNode> folded = OnnxWriter.folded(spec);
    for (NetworkNode node : spec.nodes()) {
      if (folded.containsKey(node.name())) {
        reading.unfold(node, folded.get(node.name()));
      } else if (!folded.containsValue(node)) {
        reading.copy(node);
      }
    }
    return NetworkWeights.of(spec, reading.values);
  }

  private static String specification(ModelProto model) {
    return model.getMetadataPropsList().stream()
        .filter(entry -> entry.getKey().equals(OnnxWriter.SPECIFICATION))
        .map(StringStringEntryProto::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this file does not say which network it is the export of: its metadata has no"
                        + " '%s'".formatted(OnnxWriter.SPECIFICATION)));
  }

  /** Takes a node's parameters as they are: ONNX lists them in our order. */
  private void copy(NetworkNode node) {
    List<ParameterSpec> own = parameters(node);
    if (node.operation() instanceof Recurrent) {
      throw new IllegalArgumentException(
          "recurrent layers, such as '%s', are not read back from ONNX; give the weights.safetensors of the run"
              .formatted(node.name()));
    }
    for (int i = 0; i < own.size(); i++) {
      values.put(node.name() + "." + own.get(i).name(), constant(node, i + 1));
    }
  }

  /**
   * Takes apart a layer and the normalisation that was folded into it. Where the network computes
   * {@code w x + b}, this gives {@code (k w) x}, normalised by mean 0 and variance {@code k^2} and
   * shifted by b; k brings each channel to the length of weights before training, because how fast
   * normalised weights learn depends on their length (van Laarhoven 2017, section 2).
   */
  private void unfold(NetworkNode layer, NetworkNode norm) {
    float[] weights = constant(layer, 1);
    float[] shift = constant(layer, 2);
    double wanted = length(fresh.values(layer.name() + ".weight"));
    int channels = shift.length;
    int each = weights.length / channels;
    float[] scale = new float[channels];
    float[] variance = new float[channels];
    for (int c = 0; c < channels; c++) {
      double found = length(Arrays.copyOfRange(weights, c * each, (c + 1) * each));
      double k = found > 0 ? wanted / found : 1;
      for (int i = c * each; i < (c + 1) * each; i++) {
        weights[i] *= (float) k;
      }
      variance[c] = (float) (k * k);
      scale[c] = (float) (Math.sqrt(variance[c] + BatchNormalisation.EPSILON) / k);
    }
    values.put(layer.name() + ".weight", weights);
    if (parameters(layer).size() > 1) {
      values.put(layer.name() + ".bias", new float[channels]);
    }
    values.put(norm.name() + ".scale", scale);
    values.put(norm.name() + ".shift", shift);
    values.put(norm.name() + ".running_mean", new float[channels]);
    values.put(norm.name() + ".running_variance", variance);
  }

  /** Root of the mean square. */
  private static double length(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += (double) v * v;
    }
    return Math.sqrt(sum / values.length);
  }

  private List<ParameterSpec> parameters(NetworkNode node) {
    return spec.parametersOf(node.name());
  }

  private float[] constant(NetworkNode node, int input) {
    String tensor = OnnxWriter.tensorName(spec, node.name());
    NodeProto maker = makers.get(tensor);
    TensorProto found =
        maker == null || maker.getInputCount() <= input
            ? null
            : constants.get(maker.getInput(input));
    if (found == null || found.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
      throw new IllegalArgumentException(
          "this is not the export of '%s' in float: %s"
              .formatted(
                  spec.name(),
                  maker == null
                      ? "nothing makes '" + tensor + "'"
                      : "%s '%s' has no weights in float as input %d"
                          .formatted(maker.getOpType(), tensor, input)));
    }
    return OnnxGraph.floats(found);
  }
}
