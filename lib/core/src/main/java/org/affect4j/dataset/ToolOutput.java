package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.PixelBox;

/**
 * What other tools measured, in the same table as datasets, so that tools can be compared with each
 * other and with annotations.
 */
public final class ToolOutput {
  private ToolOutput() {}

  /** Adds the rows of one file. */
  @FunctionalInterface
  private interface Reader {
    void read(LabelReader loading, Path file, Rows rows) throws IOException;
  }

  private static AffectDataset read(String tool, Path fileOrFolder, Reader reader)
      throws IOException {
    LabelReader loading = new LabelReader(tool, fileOrFolder, ImageStore.none());
    for (Path file : files(fileOrFolder)) {
      try (Rows rows = loading.csv(file)) {
        reader.read(loading, file, rows);
      }
    }
    return loading.finish(false);
  }

  /**
   * Reads affect4j's own CSV, as {@code affect4j analyze} writes it: {@code input, frame,
   * timestamp_s, face_id, status, score, …, p_neutral, …, au01, …, valence, arousal, …}.
   *
   * @param fileOrFolder one CSV, or a folder of them
   * @return one row per face, and one per input without a face, whose labels are missing: {@code
   *     image} is the input, {@code au01} and so on are probabilities, {@code expression} the most
   *     probable one, {@code p_anger} and so on its probabilities, {@code face_id}, {@code
   *     timestamp_s}, and {@code score} the detector's score
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset affect4j(Path fileOrFolder) throws IOException {
    return read("affect4j", fileOrFolder, ToolOutput::affect4j);
  }

  private static void affect4j(LabelReader loading, Path file, Rows rows) throws IOException {
    int input = rows.column("input");
    int frame = rows.column("frame");
    int timestamp = rows.column("timestamp_s");
    int face = rows.column("face_id");
    int status = rows.column("status");
    int score = rows.column("score");
    int valence = rows.column("valence");
    int arousal = rows.column("arousal");
    Map<Integer, Integer> units = rows.units();
    Map<Expression, Integer> expressions = new EnumMap<>(Expression.class);
    for (Expression expression : Expression.ALL) {
      expressions.put(expression, rows.column(expression.column()));
    }
    while (rows.next()) {
      String image = rows.exact(input);
      LabelRow row =
          loading
              .start(image)
              .key("%s#%s#%s".formatted(image, rows.get(frame), rows.get(face)))
              .subject(LabelPlaces.stem(file))
              .extra("face_id", rows.number(face))
              .extra("timestamp_s", rows.number(timestamp))
              .extra("score", rows.number(score));
      if (!rows.get(frame).isEmpty()) {
        row.frame(rows.integer(frame));
      }
      if (rows.get(face).isEmpty()) {
        row.mask("all", "no face (%s)".formatted(rows.get(status)));
      } else {
        units.forEach((unit, column) -> row.unitScore(unit, rows.number(column)));
        row.valenceArousal(rows.number(valence), rows.number(arousal), Double.NaN);
        expression(row, rows, expressions);
      }
      loading.add();
    }
  }

  /**
   * Reads OpenFace 2 (Baltrusaitis et al., FG 2018): of videos {@code frame, face_id, timestamp,
   * confidence, success, …, AU01_r, …, AU01_c, …}, of photos {@code face, confidence, …, AU01_r, …,
   * AU01_c, …}, one file per photo.
   *
   * @param fileOrFolder one CSV, or a folder of them
   * @return one row per frame and face: {@code input} and {@code subject} are the name of the file
   *     without {@code .csv}, {@code au01} the presence (0 or 1), {@code au01_intensity} 0 to 5,
   *     {@code face_id}, {@code timestamp_s} and {@code score}. Frames in which OpenFace lost the
   *     face have missing units; photos have no {@code frame}
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset openFace(Path fileOrFolder) throws IOException {
    return read("OpenFace", fileOrFolder, ToolOutput::openFace);
  }

  private static void openFace(LabelReader loading, Path file, Rows rows) throws IOException {
    OptionalInt photoFace = rows.optionalColumn("face");
    // Only videos can lose a face: a photo without one has no row at all.
    OptionalInt success =
        photoFace.isPresent()
            ? rows.optionalColumn("success")
            : OptionalInt.of(rows.column("success"));
    int confidence = rows.column("confidence");
    OptionalInt frame = rows.optionalColumn("frame");
    OptionalInt face = rows.optionalColumn("face_id");
    OptionalInt anyFace = face.isPresent() ? face : photoFace;
    OptionalInt timestamp = rows.optionalColumn("timestamp");
    Map<Integer, Integer> presence = rows.units("_c");
    Map<Integer, Integer> intensity = rows.units("_r");
    if (presence.isEmpty() && intensity.isEmpty()) {
      throw new DatasetFormatException(
          "%s has no columns such as AU01_c or AU01_r; run OpenFace with -aus".formatted(file));
    }
    String name = LabelPlaces.stem(file);
    while (rows.next()) {
      int number = frame.isPresent() ? rows.integer(frame.getAsInt()) : -1;
      int id = anyFace.isPresent() ? rows.integer(anyFace.getAsInt()) : 0;
      LabelRow row =
          loading
              .start(name)
              .key("%s#%d#%d".formatted(name, number, id))
              .subject(name)
              .extra("face_id", id)
              .extra("score", rows.number(confidence));
      if (number >= 0) {
        row.frame(number);
      }
      timestamp.ifPresent(t -> row.extra("timestamp_s", rows.number(t)));
      if (success.isEmpty() || rows.number(success.getAsInt()) == 1) {
        presence.forEach((unit, column) -> row.unitScore(unit, rows.number(column)));
        intensity.forEach((unit, column) -> row.intensity(unit, rows.number(column)));
      } else {
        row.mask("action units", "OpenFace lost the face (success is not 1)");
      }
      loading.add();
    }
  }

  /**
   * Reads py-feat (Cheong et al., Affective Science 2023): {@code FaceRectX, …, FaceScore, …, AU01,
   * …, anger, disgust, fear, happiness, sadness, surprise, neutral}.
   *
   * @param fileOrFolder one CSV, or a folder of them
   * @return one row per face: {@code au01} and so on are probabilities, {@code expression} the most
   *     probable one, {@code p_anger} and so on its probabilities, {@code score} the detector's
   *     score
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset pyFeat(Path fileOrFolder) throws IOException {
    return read("py-feat", fileOrFolder, ToolOutput::pyFeat);
  }

  private static void pyFeat(LabelReader loading, Path file, Rows rows) throws IOException {
    int score = rows.column("FaceScore");
    int x = rows.column("FaceRectX");
    int y = rows.column("FaceRectY");
    int width = rows.column("FaceRectWidth");
    int height = rows.column("FaceRectHeight");
    OptionalInt input = rows.optionalColumn("input");
    OptionalInt frame = rows.optionalColumn("frame");
    Map<Integer, Integer> units = rows.units();
    Map<Expression, Integer> expressions = new EnumMap<>(Expression.class);
    for (Expression expression : Expression.ALL) {
      expressions.put(expression, rows.column(expression.label()));
    }
    while (rows.next()) {
      String image = input.isPresent() ? rows.get(input.getAsInt()) : LabelPlaces.stem(file);
      LabelRow row =
          loading
              .start(image)
              .key(image + "#" + rows.number())
              .subject(LabelPlaces.stem(file))
              .extra("score", rows.number(score));
      frame.ifPresent(column -> row.frame((int) rows.number(column)));
      if (rows.number(width) > 0 && rows.number(height) > 0) {
        row.box(
            new PixelBox(rows.number(x), rows.number(y), rows.number(width), rows.number(height)));
        units.forEach((unit, column) -> row.unitScore(unit, rows.number(column)));
        expression(row, rows, expressions);
      } else {
        row.mask("all", "py-feat found no face");
      }
      loading.add();
    }
  }

  private static void expression(LabelRow row, Rows rows, Map<Expression, Integer> expressions) {
    Expression best = Expression.NEUTRAL;
    double highest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Expression, Integer> entry : expressions.entrySet()) {
      double p = rows.number(entry.getValue());
      row.extra(entry.getKey().column(), p);
      if (p > highest) {
        highest = p;
        best = entry.getKey();
      }
    }
    if (highest >= 0) {
      row.expression(AnnotatedExpression.ofLabel(best.label()));
    } else {
      row.mask("expression", "no probabilities");
    }
  }

  private static List<Path> files(Path fileOrFolder) throws IOException {
    return Files.isDirectory(fileOrFolder)
        ? LabelPlaces.globSome(fileOrFolder, "*.csv", "the tool's CSV files")
        : List.of(LabelPlaces.require(fileOrFolder, "the tool's CSV file"));
  }
}
