package org.affect4j.learn;

import ai.onnx.proto.OnnxMl;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.metric.LabelScorer;
import org.affect4j.model.ModelException;
import org.affect4j.model.VectorModel;
import org.affect4j.table.FaceTable;

/**
 * A prototype that was exported with {@link FeatureClassifier#exportOnnx}, or a light head that
 * {@code affect4j-train heads} made, run by ONNX Runtime alone: what an application needs that does
 * not train.
 */
public final class OnnxClassifier implements AutoCloseable {
  private static final String COLUMNS = "affect4j.columns";
  private static final String CLASSES = "affect4j.classes";

  private final VectorModel model;
  private final List<String> columns;
  private final List<String> classes;

  private OnnxClassifier(VectorModel model, List<String> columns, List<String> classes) {
    this.model = model;
    this.columns = columns;
    this.classes = classes;
  }

  /**
   * Opens an exported prototype.
   *
   * @param file ONNX file
   * @return the prototype, to be closed
   * @throws IOException if the file cannot be read
   * @throws ModelException if it is no exported prototype
   */
  public static OnnxClassifier open(Path file) throws IOException {
    VectorModel model = VectorModel.open(file);
    try {
      OnnxClassifier prototype =
          new OnnxClassifier(
              model, names(model.metadata(), COLUMNS), names(model.metadata(), CLASSES));
      if (prototype.columns.size() != model.width()) {
        throw new ModelException("the model reads %d numbers".formatted(model.width()));
      }
      return prototype;
    } catch (ModelException | JsonParseException e) {
      model.close();
      throw new ModelException(
          file
              + " was not exported by FeatureClassifier.exportOnnx or affect4j-train heads: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Notes in an ONNX model which features it reads and what its scores are of, so that {@link
   * #open} takes it.
   *
   * @param onnx a model with one input {@code [faces, features]} and one output {@code [faces,
   *     classes]}
   * @param columns names of the features in their order
   * @param classes names of the scores in their order
   * @return the model with these notes
   * @throws IllegalArgumentException if it is no ONNX model
   */
  public static byte[] described(byte[] onnx, List<String> columns, List<String> classes) {
    try {
      return OnnxMl.ModelProto.parseFrom(onnx).toBuilder()
          .addMetadataProps(property(COLUMNS, columns))
          .addMetadataProps(property(CLASSES, classes))
          .build()
          .toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("these bytes are no ONNX model: " + e.getMessage(), e);
    }
  }

  private static OnnxMl.StringStringEntryProto property(String key, List<String> values) {
    return OnnxMl.StringStringEntryProto.newBuilder()
        .setKey(key)
        .setValue(new Gson().toJson(values))
        .build();
  }

  private static List<String> names(Map<String, String> metadata, String key) {
    String[] names = new Gson().fromJson(metadata.getOrDefault(key, "[]"), String[].class);
    if (names.length == 0) {
      throw new ModelException("it names no " + key);
    }
    return List.of(names);
  }

  /**
   * Returns the features that the prototype reads.
   *
   * @return names of columns, unmodifiable
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * Returns the classes that the prototype tells apart.
   *
   * @return unmodifiable list, in the order of the scores
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Scores the classes for each face.
   *
   * @param features has at least {@link #columns()}; at least one row
   * @return one row of scores per face, in the order of {@link #classes()}
   * @throws IllegalArgumentException if a column, or a number in it, is missing
   */
  public double[][] scores(FaceTable features) {
    double[][] values = TrainedModel.complete(features, columns);
    float[][] rows = new float[values.length][columns.size()];
    for (int row = 0; row < rows.length; row++) {
      for (int c = 0; c < columns.size(); c++) {
        rows[row][c] = (float) values[row][c];
      }
    }
    float[][] scores = model.run(rows);
    return IntStream.range(0, scores.length)
        .mapToObj(
            row -> IntStream.range(0, classes.size()).mapToDouble(c -> scores[row][c]).toArray())
        .toArray(double[][]::new);
  }

  /**
   * Predicts the class of each face; among equal scores the first of {@link #classes()}.
   *
   * @param features has at least {@link #columns()}; at least one row
   * @return one class per row
   * @throws IllegalArgumentException if a column, or a number in it, is missing
   */
  public List<String> predict(FaceTable features) {
    return Arrays.stream(scores(features)).map(row -> classes.get(LabelScorer.best(row))).toList();
  }

  @Override
  public void close() {
    model.close();
  }
}
