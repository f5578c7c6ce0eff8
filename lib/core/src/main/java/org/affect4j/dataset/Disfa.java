package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * DISFA (Mavadati et al., IEEE TAC 2013): videos with intensities 0 to 5 of 12 units in every
 * frame.
 *
 * <p>A unit counts as active from intensity {@link #ACTIVE_FROM} on; the intensity itself stands in
 * {@code au01_intensity} and so on. There is no official split; the usual protocol is {@link
 * Splits#folds} with three folds. Frames count from {@link #FIRST_FRAME}; videos are found by the
 * name of the subject, such as {@code SN001.avi}.
 */
public final class Disfa {
  /** What the label files call the first frame of a video: 1. */
  public static final int FIRST_FRAME = 1;

  /** The intensity from which on the field counts a unit as active: 2. */
  public static final int ACTIVE_FROM = 2;

  private static final int HIGHEST = 5;

  /** The numbers of the coded units. */
  static final List<Integer> UNITS = List.of(1, 2, 4, 5, 6, 9, 12, 15, 17, 20, 25, 26);

  private Disfa() {}

  /**
   * Reads DISFA: {@code ActionUnit_Labels/SN001/SN001_au1.txt} with rows {@code frame,intensity}.
   * Frames are looked for as {@code Images/SN001/00001.jpg}, since DISFA comes as videos.
   *
   * @param root folder that holds {@code ActionUnit_Labels}
   * @return one row per frame
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("DISFA", root, ImageStore.inFolder(root.resolve("Images")))
            .framesFrom(FIRST_FRAME);
    Path labels = root.resolve("ActionUnit_Labels");
    for (Path subject : LabelPlaces.globSome(labels, "SN*", "DISFA's folders SN001, SN002, …")) {
      String name = subject.getFileName().toString();
      add(loading, name, name, unit -> subject.resolve(name + "_au" + unit + ".txt"));
    }
    return loading.finish(false);
  }

  /** Adds the frames of a video or trial, in which each unit has a file. */
  static void add(LabelReader loading, String subject, String folder, IntFunction<Path> files)
      throws IOException {
    Map<String, Map<Integer, Double>> frames = new TreeMap<>();
    for (int unit : UNITS) {
      read(loading, files.apply(unit), unit, frames);
    }
    for (Map.Entry<String, Map<Integer, Double>> frame : frames.entrySet()) {
      LabelRow row = loading.start(folder + "/" + frame.getKey()).subject(subject);
      String digits = frame.getKey().replaceFirst("\\..*", "");
      if (digits.matches("\\d{1,9}")) {
        row.frame(Integer.parseInt(digits));
      }
      fill(row, frame.getValue());
      loading.add();
    }
  }

  private static void read(
      LabelReader loading, Path file, int unit, Map<String, Map<Integer, Double>> frames)
      throws IOException {
    if (!Files.exists(file)) {
      loading.note("file of a unit is missing", file);
      return;
    }
    boolean numbered = file.getFileName().toString().contains("_au");
    for (String line : loading.lines(file)) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("[\\s,]+");
      if (words.length != 2 || numbered && !words[0].matches("\\d{1,9}")) {
        throw new DatasetFormatException(
            "%s, line '%s': expected %s"
                .formatted(file, line, numbered ? "'frame,intensity'" : "'frame.jpg intensity'"));
      }
      String image = numbered ? "%05d.jpg".formatted(Integer.parseInt(words[0])) : words[0];
      frames.computeIfAbsent(image, k -> new HashMap<>()).put(unit, LabelRow.number(words[1]));
    }
  }

  private static void fill(LabelRow row, Map<Integer, Double> intensities) {
    for (int unit : UNITS) {
      double intensity = intensities.getOrDefault(unit, Double.NaN);
      if (intensity >= 0 && intensity <= HIGHEST) {
        row.unit(unit, intensity >= ACTIVE_FROM).intensity(unit, intensity);
      } else {
        row.mask(
            "AU" + unit,
            Double.isNaN(intensity) ? "no label in this frame" : "intensity outside 0 to 5");
      }
    }
  }
}
