package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;

/**
 * C-EXPR-DB: videos with compound expressions (Kollias, CVPR 2023). Persons are not named: the
 * column {@code subject} is the video.
 */
public final class CExprDb {
  private static final List<String> COMPOUND =
      List.of(
          "Fearfully_Surprised",
          "Happily_Surprised",
          "Sadly_Surprised",
          "Disgustedly_Surprised",
          "Angrily_Surprised",
          "Sadly_Fearful",
          "Sadly_Angry");

  private CExprDb() {}

  /**
   * Reads the frame labels of C-EXPR-DB as the compound-expression challenge hands them out: header
   * {@code image_location,Fearfully_Surprised,…}, one mark per row.
   *
   * @param file the list
   * @return no official split
   * @throws IOException if the file cannot be read or is laid out otherwise
   */
  public static AffectDataset frames(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    LabelReader loading = new LabelReader("C-EXPR-DB", file, AffWild.frames(folder));
    try (Rows rows = loading.csv(LabelPlaces.require(file, "the challenge's list of frames"))) {
      int image = rows.column("image_location");
      int[] columns = columns(rows);
      while (rows.next()) {
        LabelRow row = AffWild.named(loading, rows.get(image));
        compound(row, rows, columns, OptionalInt.empty());
        loading.add();
      }
    }
    return loading.finish(true);
  }

  /**
   * Reads segments of C-EXPR-DB: columns {@code Begin Time - hh:mm:ss.ms}, {@code End Time -
   * hh:mm:ss.ms}, the seven categories and {@code Other}, one file per video.
   *
   * @param root folder of CSV files
   * @return one row per segment; {@code image} is {@code video#number}, {@code begin_s} and {@code
   *     end_s} are seconds
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset segments(Path root) throws IOException {
    LabelReader loading = new LabelReader("C-EXPR-DB segments", root, ImageStore.none());
    for (Path file : LabelPlaces.globSome(root, "*.csv", "a file of segments per video")) {
      try (Rows rows = loading.csv(file)) {
        int begin = rows.column("Begin Time - hh:mm:ss.ms");
        int end = rows.column("End Time - hh:mm:ss.ms");
        int[] columns = columns(rows);
        OptionalInt other = rows.optionalColumn("Other");
        while (rows.next()) {
          LabelRow row =
              loading
                  .start(LabelPlaces.stem(file) + "#" + (rows.number() - 1))
                  .subject(LabelPlaces.stem(file))
                  .extra("begin_s", seconds(file, rows.get(begin)))
                  .extra("end_s", seconds(file, rows.get(end)));
          compound(row, rows, columns, other);
          loading.add();
        }
      }
    }
    return loading.finish(false);
  }

  private static int[] columns(Rows rows) throws DatasetFormatException {
    int[] columns = new int[COMPOUND.size()];
    for (int i = 0; i < columns.length; i++) {
      String spaced = COMPOUND.get(i).replace('_', ' ');
      OptionalInt found = rows.optionalColumn(spaced);
      columns[i] = found.isPresent() ? found.getAsInt() : rows.column(COMPOUND.get(i));
    }
    return columns;
  }

  private static void compound(LabelRow row, Rows rows, int[] columns, OptionalInt other) {
    int marked = -1;
    int marks = 0;
    for (int i = 0; i < columns.length; i++) {
      if (rows.number(columns[i]) == 1) {
        marked = i;
        marks++;
      }
    }
    boolean isOther = other.isPresent() && rows.number(other.getAsInt()) == 1;
    if (marks == 1 && !isOther) {
      row.compound(CompoundExpression.ofLabel(COMPOUND.get(marked)));
    } else if (marks == 0 && isOther) {
      row.expression(AnnotatedExpression.OTHER);
    } else {
      row.mask("compound expression", marks == 0 ? "none is marked" : "several are marked");
    }
  }

  private static double seconds(Path file, String time) throws DatasetFormatException {
    String[] parts = time.split(":");
    double seconds = 0;
    for (String part : parts) {
      seconds = seconds * 60 + LabelRow.number(part);
    }
    if (parts.length != 3 || Double.isNaN(seconds)) {
      throw new DatasetFormatException(
          "%s: '%s' is no time of the form hh:mm:ss.ms".formatted(file, time));
    }
    return seconds;
  }
}
