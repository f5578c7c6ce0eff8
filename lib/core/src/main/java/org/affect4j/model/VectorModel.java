package org.affect4j.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An ONNX model of one input, rows of numbers, and one output, rows of scores: a classifier on
 * features. Run by ONNX Runtime on the calling thread. Not to be closed while it runs.
 */
public final class VectorModel implements AutoCloseable {
  private final OrtSession session;
  private final String input;
  private final String output;
  private final int width;
  private final Map<String, String> metadata;

  private VectorModel(OrtSession session, Path file) throws OrtException {
    this.session = session;
    if (session.getNumInputs() != 1 || session.getNumOutputs() != 1) {
      throw new ModelException(
          "%s has the inputs %s and outputs %s, expected one of each"
              .formatted(file, session.getInputNames(), session.getOutputNames()));
    }
    this.input = session.getInputNames().iterator().next();
    this.output = session.getOutputNames().iterator().next();
    NodeInfo info = session.getInputInfo().get(input);
    if (!(info.getInfo() instanceof TensorInfo tensor) || tensor.getShape().length != 2) {
      throw new ModelException(file + " does not take rows of numbers, but " + info);
    }
    this.width = (int) tensor.getShape()[1];
    this.metadata = Map.copyOf(session.getMetadata().getCustomMetadata());
  }

  /**
   * Opens a model.
   *
   * @param file ONNX file
   * @return the model, to be closed
   * @throws IOException if the file cannot be read
   * @throws ModelException if it is no such model
   */
  public static VectorModel open(Path file) throws IOException {
    OrtSession session = OnnxRuntime.open(Files.readAllBytes(file), 1, file.toString());
    try {
      try {
        return new VectorModel(session, file);
      } catch (ModelException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelException(file + " could not be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Returns how many numbers a row has.
   *
   * @return numbers per row
   */
  public int width() {
    return width;
  }

  /**
   * Returns what the writer of the file noted beside the model.
   *
   * @return unmodifiable map
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Runs the model.
   *
   * @param rows rows of {@link #width()} numbers, at least one
   * @return one row of scores per row
   * @throws IllegalArgumentException if a row has another length
   */
  public float[][] run(float[][] rows) {
    for (float[] row : rows) {
      if (row.length != width) {
        throw new IllegalArgumentException(
            "the model takes rows of %d numbers, got one of %d".formatted(width, row.length));
      }
    }
    try (OnnxTensor tensor = OnnxTensor.createTensor(OnnxRuntime.environment(), rows);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      if (result.get(output).orElseThrow().getValue() instanceof float[][] scores) {
        return scores;
      }
      throw new ModelException("output '" + output + "' does not hold rows of float numbers");
    } catch (OrtException e) {
      throw new ModelException("the model failed: " + e.getMessage(), e);
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
