package org.affect4j.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX model that reads features of frames one after another, such as {@code compact-gru-v1} on
 * the embeddings of the bundled network, and remembers: each input {@code NAME.state} is the output
 * {@code NAME.next_state} of the frames before, zeros at first. Frames may come one by one or many
 * at a time, to the same answers. Run by ONNX Runtime on the calling thread; for one sequence, and
 * one thread, at a time.
 */
public final class RecurrentModel implements AutoCloseable {
  private static final String STATE = ".state";
  private static final String NEXT = ".next_state";

  private final OrtSession session;
  private final String input;
  private final int width;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> states = new LinkedHashMap<>();

  private RecurrentModel(OrtSession session, Path file) throws OrtException {
    this.session = session;
    List<String> read = new ArrayList<>();
    int features = 0;
    for (Map.Entry<String, NodeInfo> each : session.getInputInfo().entrySet()) {
      if (!(each.getValue().getInfo() instanceof TensorInfo tensor)) {
        throw new ModelException(file + " reads something else than numbers: " + each);
      }
      if (each.getKey().endsWith(STATE)) {
        long[] shape = tensor.getShape().clone();
        shape[0] = 1;
        shapes.put(each.getKey(), shape);
      } else {
        read.add(each.getKey());
        features = tensor.getShape().length == 2 ? (int) tensor.getShape()[1] : 0;
      }
    }
    if (read.size() != 1 || features < 1 || shapes.isEmpty()) {
      throw new ModelException(
          "%s reads %s, expected one input of rows of numbers and at least one state"
              .formatted(file, session.getInputNames()));
    }
    this.input = read.get(0);
    this.width = features;
    forget();
  }

  /**
   * Opens a model.
   *
   * @param file ONNX file
   * @return the model, to be closed, before the first frame of a sequence
   * @throws IOException if the file cannot be read
   * @throws ModelException if it is no such model
   */
  public static RecurrentModel open(Path file) throws IOException {
    return open(Files.readAllBytes(file), file);
  }

  /**
   * Opens a catalogued model.
   *
   * @param store where it is, such as {@link ModelStore#bundled()}
   * @param name its name
   * @return the model, to be closed, before the first frame of a sequence
   * @throws ModelException if it is missing, altered, or no such model
   */
  public static RecurrentModel open(ModelStore store, String name) {
    return open(store.read(name), Path.of(name));
  }

  private static RecurrentModel open(byte[] onnx, Path file) {
    OrtSession session = OnnxRuntime.open(onnx, 1, file.toString());
    try {
      try {
        return new RecurrentModel(session, file);
      } catch (ModelException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelException(file + " could not be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Returns how many features a frame has.
   *
   * @return numbers of a row
   */
  public int width() {
    return width;
  }

  /** Forgets the frames before: the next one is the first of another sequence. */
  public void forget() {
    shapes.forEach(
        (name, shape) ->
            states.put(name, new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)]));
  }

  /**
   * Reads the next frames of the sequence.
   *
   * @param frames {@link #width()} features of each, at least one frame
   * @return a row per frame of each output by its name, states left out
   * @throws IllegalArgumentException if there is no frame, or one of another length
   */
  public Map<String, float[][]> next(float[]... frames) {
    if (frames.length == 0 || Arrays.stream(frames).anyMatch(row -> row.length != width)) {
      throw new IllegalArgumentException(
          "the model takes frames of %d features, at least one, got %s"
              .formatted(width, Arrays.stream(frames).map(row -> row.length).distinct().toList()));
    }
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      inputs.put(input, OnnxTensor.createTensor(OnnxRuntime.environment(), frames));
      for (Map.Entry<String, float[]> state : states.entrySet()) {
        inputs.put(
            state.getKey(),
            OnnxTensor.createTensor(
                OnnxRuntime.environment(),
                FloatBuffer.wrap(state.getValue()),
                shapes.get(state.getKey())));
      }
      Map<String, float[][]> answers = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          keep(output.getKey(), (OnnxTensor) output.getValue(), answers);
        }
      }
      return answers;
    } catch (OrtException e) {
      throw new ModelException("the model failed: " + e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private void keep(String output, OnnxTensor value, Map<String, float[][]> answers)
      throws OrtException {
    if (output.endsWith(NEXT)) {
      float[] next = new float[value.getFloatBuffer().remaining()];
      value.getFloatBuffer().get(next);
      states.put(output.substring(0, output.length() - NEXT.length()) + STATE, next);
    } else if (value.getValue() instanceof float[][] rows) {
      answers.put(output, rows);
    } else {
      throw new ModelException("output '" + output + "' does not hold rows of float numbers");
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("the model could not be closed", e);
    }
  }
}
