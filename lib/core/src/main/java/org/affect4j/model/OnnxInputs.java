package org.affect4j.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which inputs a network may have besides the main one. */
final class OnnxInputs {
  private static final String STATE = OnnxModel.STATE;

  /** How the name of the output ends that is the state after a frame. */
  private static final String NEXT = ".next_state";

  private OnnxInputs() {}

  /** Whether an input is not the main one: a state, or something else that is known of a frame. */
  static boolean isBeside(String input) {
    return isState(input)
        || input.equals(ImageNetwork.LANDMARKS)
        || input.equals(ImageNetwork.SPECTROGRAM);
  }

  static boolean isState(String input) {
    return input.endsWith(STATE);
  }

  /** The output that goes into a state for the next frame. */
  static String next(String state) {
    return state.substring(0, state.length() - STATE.length()) + NEXT;
  }

  /** The input of pictures, or of rows of numbers. */
  static ValueInfoProto main(GraphProto graph, Path file) {
    Set<String> weights =
        graph.getInitializerList().stream().map(w -> w.getName()).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(i -> !weights.contains(i.getName()) && !isBeside(i.getName()))
            .toList();
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    throw new ModelException(
        "%s takes the inputs %s, expected one, a batch of images"
            .formatted(file, inputs.stream().map(ValueInfoProto::getName).toList()));
  }
}
