package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Landmarks;

/** Faces that affect4j rendered itself, with the exact strengths of their units. */
public final class RenderedFaces {
  private static final List<String> COORDINATES =
      Landmarks.NAMES.stream().flatMap(point -> Stream.of(point + "_x", point + "_y")).toList();

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
      landmarks = rows.optionalColumn(COORDINATES.get(0)).isPresent();
      while (rows.next()) {
        String name = rows.get("file");
        LabelRow row = loading.start(name).subject(rows.optional("person", "item"));
        if (rows.optionalColumn("face").isPresent()) {
          row.key(name + "#" + rows.get("face"));
        }
        category(row, rows.optional("category", "expression"), file);
        rows.units().forEach((unit, column) -> row.unitScore(unit, rows.number(column)));
        if (landmarks) {
          landmarks(row, rows);
        }
        row.set("gender", rows.optional("sex"))
            .set("age", rows.optional("age"))
            .set("race", rows.optional("ancestry"));
        if (rows.optionalColumn("monk_tone").isPresent()) {
          tone(row, rows.number("monk_tone"));
        }
        loading.add();
      }
    }
    loading.noteUnlisted(root);
    return loading.finish(!landmarks);
  }

  private static void landmarks(LabelRow row, Rows rows) throws DatasetFormatException {
    double[] xy = new double[COORDINATES.size()];
    for (int i = 0; i < xy.length; i++) {
      xy[i] = rows.number(COORDINATES.get(i));
    }
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
    row.set("monk_tone", monk)
        .set("skin_tone", monk <= 3 ? "light" : monk <= 6 ? "medium" : "dark");
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
      row.compound(CompoundExpression.ofLabel(category));
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException(file + ": " + e.getMessage(), e);
    }
  }
}
