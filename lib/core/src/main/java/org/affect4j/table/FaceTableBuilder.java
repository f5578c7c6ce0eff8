package org.affect4j.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.face.HeadPose;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.PixelBox;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * Fills a {@link FaceTable} row by row: values are set, in any order, and {@link #add} ends the
 * row. What is not set is missing. For one thread.
 */
public final class FaceTableBuilder {
  private final String name;
  private final Map<String, Column<?>> columns = new LinkedHashMap<>();
  private boolean embeddings = true;
  private int rows;

  /**
   * Begins a table.
   *
   * @param name its name, for headings
   * @param columns columns that the table has in any case, in order, of those that {@link
   *     FaceColumns#find} knows; others come after them when they are first set
   */
  public FaceTableBuilder(String name, List<String> columns) {
    this.name = name;
    columns.forEach(
        c -> column(c, FaceColumns.written(c).map(FaceColumn::type).orElse(ColumnType.STRING)));
  }

  /** Adds columns that the table has in any case. */
  void columns(List<String> more) {
    more.forEach(c -> column(c, ColumnType.STRING));
  }

  /**
   * Leaves embeddings out, as files do unless they are asked for.
   *
   * @return this
   */
  FaceTableBuilder withoutEmbeddings() {
    embeddings = false;
    return this;
  }

  /**
   * Sets a text.
   *
   * @param column a column of texts, or a new one
   * @param text the empty string is missing
   * @return this
   * @throws IllegalArgumentException if the column holds numbers
   */
  public FaceTableBuilder set(String column, String text) {
    if (!(column(column, ColumnType.STRING) instanceof StringColumn texts)) {
      throw wrongType(column, "a text");
    }
    once(texts);
    texts.append(text);
    return this;
  }

  /**
   * Sets a number.
   *
   * @param column a column of numbers, or a new one
   * @param value NaN is missing; a column of whole numbers takes whole numbers alone
   * @return this
   * @throws IllegalArgumentException if the column holds texts
   */
  public FaceTableBuilder set(String column, double value) {
    Column<?> found = column(column, ColumnType.DOUBLE);
    once(found);
    if (found instanceof DoubleColumn numbers) {
      numbers.append(value);
    } else if (found instanceof IntColumn whole && value == Math.rint(value)) {
      whole.append((int) value);
    } else if (!Double.isNaN(value)) {
      throw wrongType(column, "the number " + value);
    }
    return this;
  }

  /**
   * Sets number, box, landmarks and readings of a face.
   *
   * @param face a face
   * @return this
   */
  public FaceTableBuilder face(Face face) {
    set(FaceColumns.FACE, face.id());
    face.detection().ifPresent(this::detection);
    return behaviour(face.behaviour());
  }

  /**
   * Sets score, box, landmarks and angle; with 68 landmarks also these, the openness of the eyes
   * and the head's pose, whose roll is then the angle.
   *
   * @param detection where the face is
   * @return this
   */
  public FaceTableBuilder detection(Detection detection) {
    set(FaceColumns.SCORE, detection.score());
    detection
        .landmarks68()
        .ifPresentOrElse(
            this::headPose, () -> set(FaceColumns.ROLL, detection.landmarks().rollDegrees()));
    return box(detection.box()).landmarks(detection.landmarks());
  }

  private void headPose(Landmarks68 landmarks) {
    HeadPose pose = HeadPose.of(landmarks);
    set(FaceColumns.YAW, pose.yaw());
    set(FaceColumns.PITCH, pose.pitch());
    set(FaceColumns.ROLL, pose.roll());
    set(FaceColumns.EYE_OPENNESS_LEFT, landmarks.eyeOpennessLeft());
    set(FaceColumns.EYE_OPENNESS_RIGHT, landmarks.eyeOpennessRight());
    numbers(FaceColumns.LANDMARKS_68, landmarks.coordinates());
  }

  /**
   * Sets the box.
   *
   * @param box in pixels of the file
   * @return this
   */
  public FaceTableBuilder box(PixelBox box) {
    return numbers(FaceColumns.BOX, box.x(), box.y(), box.width(), box.height());
  }

  /**
   * Sets the five landmarks.
   *
   * @param landmarks in pixels of the file
   * @return this
   */
  public FaceTableBuilder landmarks(Landmarks landmarks) {
    double[] xy =
        landmarks.points().stream()
            .flatMapToDouble(point -> DoubleStream.of(point.x(), point.y()))
            .toArray();
    return numbers(FaceColumns.LANDMARKS, xy);
  }

  private FaceTableBuilder numbers(List<FaceColumn> names, double... values) {
    return all(names.stream().map(FaceColumn::name).toList(), values);
  }

  private FaceTableBuilder all(List<String> names, double... values) {
    for (int i = 0; i < values.length; i++) {
      set(names.get(i), values[i]);
    }
    return this;
  }

  /**
   * Sets what a network read.
   *
   * @param behaviour expression, probabilities, units, valence and arousal, as far as they were
   *     read, and the embedding where there is one
   * @return this
   */
  public FaceTableBuilder behaviour(Behaviour behaviour) {
    BehaviourVocabulary read = behaviour.vocabulary();
    behaviour.label().ifPresent(most -> set(FaceColumns.EXPRESSION, most.label()));
    all(read.classColumns(), behaviour.expressionProbabilities());
    all(read.unitColumns(), behaviour.actionUnitProbabilities());
    if (read.affect()) {
      set(FaceColumns.VALENCE, behaviour.valenceArousal().valence());
      set(FaceColumns.AROUSAL, behaviour.valenceArousal().arousal());
    }
    behaviour.contempt().ifPresent(part -> set(FaceColumns.CONTEMPT, part));
    float[] embedding = embeddings ? behaviour.embedding() : new float[0];
    for (int i = 0; i < embedding.length; i++) {
      set(FaceColumns.embedding(i), embedding[i]);
    }
    return this;
  }

  /**
   * Adds one row per face of an input, or one that says why there is none.
   *
   * @param input what became of it
   * @return this
   */
  public FaceTableBuilder add(AnalyzedInput input) {
    for (int i = 0; i < Math.max(1, input.faces().size()); i++) {
      set(FaceColumns.INPUT, input.input());
      set(FaceColumns.STATUS, input.status().label());
      set(FaceColumns.REASON, input.reason());
      if (!input.faces().isEmpty()) {
        face(input.faces().get(i));
      }
      add();
    }
    return this;
  }

  /**
   * Ends the row.
   *
   * @return its number from 0
   */
  public int add() {
    rows++;
    for (Column<?> column : columns.values()) {
      if (column.size() < rows) {
        column.appendMissing();
      }
    }
    return rows - 1;
  }

  /**
   * Returns how many rows were added.
   *
   * @return rows
   */
  public int size() {
    return rows;
  }

  /**
   * Makes the table of all rows that were added; the builder can be used no more.
   *
   * @return the table
   */
  public FaceTable build() {
    return FaceTable.owning(name, columns.values());
  }

  private Column<?> column(String name, ColumnType otherwise) {
    return columns.computeIfAbsent(
        name,
        n -> {
          Column<?> created = FaceColumns.find(n).map(FaceColumn::type).orElse(otherwise).create(n);
          IntStream.range(0, rows).forEach(row -> created.appendMissing());
          return created;
        });
  }

  private void once(Column<?> column) {
    if (column.size() > rows) {
      throw new IllegalArgumentException(
          "column '%s' is set already in row %d; add() ends a row".formatted(column.name(), rows));
    }
  }

  private IllegalArgumentException wrongType(String column, String given) {
    return new IllegalArgumentException(
        "column '%s' holds %s, got %s".formatted(column, columns.get(column).type(), given));
  }
}
