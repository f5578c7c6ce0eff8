package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Landmarks;

/** Faces that affect4j rendered itself, with the exact strengths of their units. */
public final class RenderedFaces {
  private RenderedFaces() {}

  /**
   * Reads faces rendered by affect4j: {@code labels.csv} with columns {@code file, au01, …, au26},
   * the units being strengths from 0 to 1, and any of {@code category} or {@code expression} (empty
   * where units were combined at random), {@code person} or {@code item}, {@code face}, {@code sex,
   * age, ancestry, monk_tone}, and the five landmarks {@code eye_left_x … mouth_right_y}. All
   * commands of the renderer write such lists.
   *
   * @param root folder that holds the list and the photos
   * @return {@code expression} for neutral and the basic categories, {@code compound} for all but
   *     neutral; {@code gender} is the sex, {@code race} the ancestry, {@code skin_tone} light
   *     (Monk 1 to 3), medium (4 to 6) or dark (7 to 10), {@code monk_tone} the number itself; no
   *     official split. Where there are no landmarks, every photo is taken for a face crop
   * @throws IOException if the list cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("affect4j rendered faces", root, ImageStore.inFolder(root));
    Path file = LabelPlaces.require(root.resolve("labels.csv"), "the list of rendered faces");
    boolean landmarks;
    try (Rows rows = loading.csv(file)) {
      int image = rows.column("file");
      OptionalInt category = rows.optionalColumn("category", "expression");
      OptionalInt person = rows.optionalColumn("person", "item");
      OptionalInt face = rows.optionalColumn("face");
      landmarks = rows.optionalColumn(Landmarks.NAMES.get(0) + "_x").isPresent();
      int[] points = landmarks ? landmarkColumns(rows) : new int[0];
      Map<Integer, Integer> units = rows.units();
      while (rows.next()) {
        String name = rows.get(image);
        LabelRow row = loading.start(name).subject(rows.get(person));
        face.ifPresent(column -> row.key(name + "#" + rows.get(column)));
        category(row, rows.get(category), file);
        units.forEach((unit, column) -> row.unitScore(unit, rows.number(column)));
        if (landmarks) {
          landmarks(row, Arrays.stream(points).mapToDouble(rows::number).toArray());
        }
        row.gender(rows.get(rows.optionalColumn("sex")));
        row.age(rows.get(rows.optionalColumn("age")));
        row.race(rows.get(rows.optionalColumn("ancestry")));
        rows.optionalColumn("monk_tone").ifPresent(column -> tone(row, rows.number(column)));
        loading.add();
      }
    }
    loading.noteUnlisted(PhotoTree.of(root), UnaryOperator.identity());
    return loading.finish(!landmarks);
  }

  private static int[] landmarkColumns(Rows rows) throws DatasetFormatException {
    int[] columns = new int[2 * Landmarks.NAMES.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = rows.column(Landmarks.NAMES.get(i / 2) + (i % 2 == 0 ? "_x" : "_y"));
    }
    return columns;
  }

  private static void landmarks(LabelRow row, double[] xy) {
    if (Arrays.stream(xy).allMatch(Double::isFinite)) {
      row.landmarks(Landmarks.of(xy));
    } else {
      row.mask("landmarks", "not ten numbers");
    }
  }

  /** Groups of the Monk scale as its publisher divides it into light, medium and dark. */
  private static void tone(LabelRow row, double monk) {
    if (!(monk >= 1 && monk <= 10)) {
      row.mask("skin tone", "no Monk tone from 1 to 10");
      return;
    }
    row.extra("monk_tone", monk)
        .extra("skin_tone", monk <= 3 ? "light" : monk <= 6 ? "medium" : "dark");
  }

  private static void category(LabelRow row, String category, Path file)
      throws DatasetFormatException {
    if (category.isEmpty()) {
      return;
    }
    if (category.equals(Expression.NEUTRAL.label())) {
      row.expression(AnnotatedExpression.NEUTRAL);
      return;
    }
    try {
      CompoundExpression label = CompoundExpression.ofLabel(category);
      row.compound(label);
      if (!label.isCompound()) {
        row.expression(AnnotatedExpression.ofLabel(label.label()));
      }
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException(file + ": " + e.getMessage(), e);
    }
  }
}
