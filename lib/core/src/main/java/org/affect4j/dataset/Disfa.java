package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.affect4j.face.ActionUnit;

/**
 * DISFA (Mavadati et al., IEEE TAC 2013) and DISFA+ (Mavadati, Sanger and Mahoor 2016): videos with
 * intensities 0 to 5 of 12 units in every frame.
 *
 * <p>A unit counts as active from intensity {@link #ACTIVE_FROM} on; the intensity itself stands in
 * {@code au01_intensity} and so on. There is no official split; the usual protocol is {@link
 * Splits#folds} with three folds.
 */
public final class Disfa {
  /** The intensity from which on the field counts a unit as active: 2. */
  public static final int ACTIVE_FROM = 2;

  private static final int HIGHEST = 5;
  private static final List<Integer> UNITS = List.of(1, 2, 4, 5, 6, 9, 12, 15, 17, 20, 25, 26);

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
        new LabelReader("DISFA", root, ImageStore.inFolder(root.resolve("Images")));
    Path labels = root.resolve("ActionUnit_Labels");
    for (Path subject : LabelReader.globSome(labels, "SN*", "DISFA's folders SN001, SN002, …")) {
      String name = subject.getFileName().toString();
      Map<String, double[]> frames = new TreeMap<>();
      for (int unit : UNITS) {
        read(loading, subject.resolve(name + "_au" + unit + ".txt"), unit, frames);
      }
      for (Map.Entry<String, double[]> frame : frames.entrySet()) {
        int number = Integer.parseInt(frame.getKey());
        RowBuilder row =
            loading.start("%s/%05d.jpg".formatted(name, number)).subject(name).frame(number);
        fill(row, frame.getValue());
        loading.add();
      }
    }
    return loading.finish(false);
  }

  /**
   * Reads DISFA+: {@code Labels/SN001/trial/AU1.txt} with rows {@code 000.jpg intensity}, and
   * frames {@code Images/SN001/trial/000.jpg}.
   *
   * @param root folder that holds {@code Labels}
   * @return one row per frame
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset plus(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("DISFA+", root, ImageStore.inFolder(root.resolve("Images")));
    Path labels = root.resolve("Labels");
    for (Path subject : LabelReader.globSome(labels, "SN*", "DISFA+'s folders SN001, SN003, …")) {
      String name = subject.getFileName().toString();
      for (Path trial : LabelReader.globSome(subject, "*", "folders of trials")) {
        Map<String, double[]> frames = new TreeMap<>();
        for (int unit : UNITS) {
          read(loading, trial.resolve("AU" + unit + ".txt"), unit, frames);
        }
        for (Map.Entry<String, double[]> frame : frames.entrySet()) {
          RowBuilder row =
              loading
                  .start("%s/%s/%s".formatted(name, trial.getFileName(), frame.getKey()))
                  .subject(name);
          String digits = frame.getKey().replaceFirst("\\..*", "");
          if (digits.matches("\\d{1,9}")) {
            row.frame(Integer.parseInt(digits));
          }
          fill(row, frame.getValue());
          loading.add();
        }
      }
    }
    return loading.finish(false);
  }

  private static void read(LabelReader loading, Path file, int number, Map<String, double[]> frames)
      throws IOException {
    if (!Files.exists(file)) {
      loading.note("file of a unit is missing", file);
      return;
    }
    ActionUnit unit = ActionUnit.ofNumber(number);
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
      String key = numbered ? "%09d".formatted(Integer.parseInt(words[0])) : words[0];
      frames.computeIfAbsent(key, k -> missing())[unit.ordinal()] = RowBuilder.number(words[1]);
    }
  }

  private static double[] missing() {
    double[] values = new double[ActionUnit.COUNT];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static void fill(RowBuilder row, double[] intensities) {
    for (int number : UNITS) {
      ActionUnit unit = ActionUnit.ofNumber(number);
      double intensity = intensities[unit.ordinal()];
      Optional<String> wrong =
          Double.isNaN(intensity)
              ? Optional.of("no label in this frame")
              : intensity < 0 || intensity > HIGHEST
                  ? Optional.of("intensity outside 0 to 5")
                  : Optional.empty();
      wrong.ifPresentOrElse(
          reason -> row.mask(unit.label(), reason), () -> row.unit(unit, intensity >= ACTIVE_FROM));
      row.extra(unit.column() + "_intensity", wrong.isPresent() ? Double.NaN : intensity);
    }
  }
}
