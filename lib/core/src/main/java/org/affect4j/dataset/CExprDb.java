package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;

/**
 * C-EXPR-DB: videos with compound expressions (Kollias, CVPR 2023). Persons are not named: the
 * column {@code subject} is the video.
 */
public final class CExprDb {
  private static final List<String> COMPOUND =
      List.of(
          ("Fearfully_Surprised Happily_Surprised Sadly_Surprised Disgustedly_Surprised"
                  + " Angrily_Surprised Sadly_Fearful Sadly_Angry")
              .split(" "));

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
    LabelReader loading = AffWild.reader("C-EXPR-DB", file, folder);
    loading.read(
        LabelPlaces.require(file, "the challenge's list of frames"),
        rows -> compound(AffWild.named(loading, rows.get("image_location")), rows, false));
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
      String video = LabelPlaces.stem(file);
      loading.read(
          file,
          rows -> {
            LabelRow row =
                loading
                    .start(video + "#" + (rows.number() - 1))
                    .subject(video)
                    .set("begin_s", seconds(file, rows.get("Begin Time - hh:mm:ss.ms")))
                    .set("end_s", seconds(file, rows.get("End Time - hh:mm:ss.ms")));
            compound(row, rows, LabelRow.number(rows.optional("Other")) == 1);
          });
    }
    return loading.finish(false);
  }

  private static void compound(LabelRow row, Rows rows, boolean isOther)
      throws DatasetFormatException {
    List<String> marked = rows.marked(COMPOUND);
    if (marked.size() == 1 && !isOther) {
      row.compound(CompoundExpression.ofLabel(marked.get(0)));
    } else if (marked.isEmpty() && isOther) {
      row.expression(AnnotatedExpression.OTHER);
    } else {
      row.mask("compound expression", marked.isEmpty() ? "none is marked" : "several are marked");
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
