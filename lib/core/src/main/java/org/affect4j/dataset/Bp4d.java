package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * BP4D (Zhang et al., Image and Vision Computing 2014) and BP4D+ (Zhang et al., CVPR 2016): videos
 * with units in every coded frame. There is no official split; the usual protocol is {@link
 * Splits#folds} with three folds. Frames count from {@link #FIRST_FRAME}.
 */
public final class Bp4d {
  /** What the label files call the first frame of a video: 1. */
  public static final int FIRST_FRAME = 1;

  private static final Pattern FILE = Pattern.compile("([FM])(\\d+)_(T\\d+)");
  private static final String INVALID = "9";

  private Bp4d() {}

  /**
   * Reads BP4D: {@code AUCoding/AU_OCC/F001_T1.csv}, tasks T1 to T8, frames {@code
   * F001/T1/2440.jpg}.
   *
   * @param root folder that holds {@code AUCoding}
   * @return one row per coded frame; gender from the first letter of the subject
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    return read("BP4D", root, List.of("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"));
  }

  /**
   * Reads BP4D+: as BP4D, of which tasks T1, T6, T7 and T8 are coded.
   *
   * @param root folder that holds {@code AUCoding}
   * @return one row per coded frame
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset plus(Path root) throws IOException {
    return read("BP4D+", root, List.of("T1", "T6", "T7", "T8"));
  }

  private static AffectDataset read(String name, Path root, List<String> tasks) throws IOException {
    LabelReader loading =
        new LabelReader(
                name,
                root,
                ImageStore.inFolder(
                    List.of(root.resolve("Images"), root.resolve("images"), root.resolve("2D+3D")),
                    Bp4d::fileNames))
            .framesFrom(FIRST_FRAME);
    Path coding = LabelPlaces.requireOne(root, name + "'s codes", "AUCoding/AU_OCC", "AU_OCC");
    for (Path file : LabelPlaces.globSome(coding, "*.csv", "files such as F001_T1.csv")) {
      Matcher m = FILE.matcher(LabelPlaces.stem(file));
      if (!m.matches() || !tasks.contains(m.group(3))) {
        throw new DatasetFormatException(
            "%s: expected names such as F001_T1.csv with one of the tasks %s"
                .formatted(file, tasks));
      }
      read(loading, file, m.group(1) + m.group(2), m.group(3));
    }
    return loading.finish(false);
  }

  private static void read(LabelReader loading, Path file, String subject, String task)
      throws IOException {
    try (Rows rows = loading.csv(file)) {
      if (!rows.header().get(0).equals("0")) {
        throw new DatasetFormatException(
            "%s begins with column '%s', expected '0' (the frame), then numbers of units"
                .formatted(file, rows.header().get(0)));
      }
      while (rows.next()) {
        int frame = rows.integer(0);
        LabelRow row =
            loading
                .start("%s/%s/%d.jpg".formatted(subject, task, frame))
                .subject(subject)
                .frame(frame)
                .set("gender", subject.startsWith("F") ? "female" : "male");
        for (int i = 1; i < rows.header().size(); i++) {
          String unit = rows.header().get(i);
          if (unit.matches("\\d{1,2}")) {
            row.unit(Integer.parseInt(unit), rows.get(i), INVALID);
          }
        }
        loading.add();
      }
    }
  }

  /** Frames are written with and without leading zeros. */
  private static List<String> fileNames(String image) {
    int slash = image.lastIndexOf('/') + 1;
    int frame = Integer.parseInt(image.substring(slash, image.lastIndexOf('.')));
    return Stream.of("%d.jpg", "%04d.jpg", "%03d.jpg", "%05d.jpg")
        .map(name -> image.substring(0, slash) + name.formatted(frame))
        .toList();
  }
}
