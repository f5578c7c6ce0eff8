package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;

/**
 * CK+ (Lucey et al., CVPR Workshops 2010): posed sequences from neutral to the peak of an
 * expression, with the units of the peak.
 */
public final class CkPlus {
  private static final Codes CODES =
      Codes.counted(0, "neutral, anger, contempt, disgust, fear, happiness, sadness, surprise");
  private static final Codes LIST_CODES =
      Codes.counted(0, "anger, disgust, fear, happiness, sadness, surprise, neutral, contempt");
  private static final Pattern FRAME = Pattern.compile("(S\\d+)_(\\d+)_(\\d{1,9})\\..*");

  private CkPlus() {}

  /**
   * Reads CK+ in any of its forms, found by looking: the sequences ({@link #sequences}); CK+48,
   * folders {@code anger/S010_004_00000017.png} of the last three frames of each sequence, whose
   * names give subject and frame; or a list {@code ckextended.csv} of pictures of 48 x 48 pixels
   * with columns {@code emotion, pixels, Usage} and the codes 0 anger, 1 disgust, 2 fear, 3
   * happiness, 4 sadness, 5 surprise, 6 neutral, 7 contempt, which names no subjects.
   *
   * @param root the folder that holds these, one above, a zip archive of folders, or the list
   * @return the samples; splits in the list alone, as in {@link Fer2013#csv}
   * @throws IOException if files cannot be read, are laid out otherwise, or several forms are there
   */
  public static AffectDataset load(Path root) throws IOException {
    Optional<Path> sequences = LabelPlaces.home(root, "cohn-kanade-images");
    Optional<Path> list = Fer2013.pixelList(root, "ckextended.csv");
    if (sequences.isPresent() && list.isEmpty()) {
      return sequences(sequences.get());
    }
    if (list.isPresent()) {
      if (sequences.isPresent()
          || Files.isDirectory(root)
              && new ClassFolders("CK+", Codes.spelled(), root).arePresent()) {
        throw new DatasetFormatException(
            "%s holds CK+ as the list %s and as pictures too, expected one form: give the list or the folder of the pictures as the root"
                .formatted(root, list.get()));
      }
      return Fer2013.pixels("CK+", root, list.get(), LIST_CODES, List.of());
    }
    ClassFolders folders = new ClassFolders("CK+48", Codes.spelled(), root);
    return folders.load(
        (row, photo) -> {
          Matcher frame = FRAME.matcher(photo.file());
          if (frame.matches()) {
            row.subject(frame.group(1)).frame(Integer.parseInt(frame.group(3)));
          } else {
            folders.loading().note("file name tells no subject", photo.image());
          }
        });
  }

  /**
   * Reads {@code cohn-kanade-images/S005/001/*.png}, {@code Emotion/S005/001/*_emotion.txt} and
   * {@code FACS/S005/001/*_facs.txt}.
   *
   * @param root folder that holds the three
   * @return two rows per sequence: its first frame, neutral, and its last, the peak, with its
   *     expression where the sequence has one, and its units ({@code au01_intensity} where it was
   *     scored); no official split
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset sequences(Path root) throws IOException {
    Path images = root.resolve("cohn-kanade-images");
    LabelReader loading = new LabelReader("CK+", root, ImageStore.inFolder(images));
    for (Path subject : LabelPlaces.globSome(images, "S*", "CK+'s folders S005, S010, …")) {
      for (Path sequence : LabelPlaces.glob(subject, "[0-9]*")) {
        sequence(loading, root, subject.getFileName().toString(), sequence);
      }
    }
    return loading.finish(false);
  }

  private static void sequence(LabelReader loading, Path root, String subject, Path sequence)
      throws IOException {
    String folder = subject + "/" + sequence.getFileName();
    List<Path> frames = LabelPlaces.glob(sequence, "*.png");
    if (frames.size() < 2) {
      loading.skip("sequence has fewer than two frames", folder);
      return;
    }
    start(loading, folder, subject, frames.get(0)).expression(AnnotatedExpression.NEUTRAL);
    loading.add();
    LabelRow peak = start(loading, folder, subject, frames.get(frames.size() - 1));
    expression(loading, peak, root.resolve("Emotion").resolve(folder));
    units(loading, peak, root.resolve("FACS").resolve(folder));
    loading.add();
  }

  private static LabelRow start(LabelReader loading, String folder, String subject, Path frame)
      throws DatasetFormatException {
    String stem = LabelPlaces.stem(frame);
    String digits = stem.substring(stem.lastIndexOf('_') + 1);
    if (!digits.matches("\\d{1,9}")) {
      throw new DatasetFormatException(frame + ": expected names such as S005_001_00000011.png");
    }
    return loading
        .start(folder + "/" + frame.getFileName())
        .subject(subject)
        .frame(Integer.parseInt(digits));
  }

  private static void expression(LabelReader loading, LabelRow row, Path folder)
      throws IOException {
    List<Path> files = LabelPlaces.glob(folder, "*_emotion.txt");
    if (files.isEmpty()) {
      row.mask("expression", "the sequence has none");
      return;
    }
    List<String> lines = loading.lines(files.get(0));
    if (lines.size() != 1) {
      throw new DatasetFormatException(
          "%s has %d lines, expected one code".formatted(files.get(0), lines.size()));
    }
    row.expression(CODES, lines.get(0));
  }

  /** Rows of a unit and its intensity; 0 means present, but not scored. */
  private static void units(LabelReader loading, LabelRow row, Path folder) throws IOException {
    List<Path> files = LabelPlaces.glob(folder, "*_facs.txt");
    if (files.isEmpty()) {
      row.mask("action units", "the sequence has none");
      return;
    }
    Map<Integer, Double> active = new TreeMap<>();
    for (String[] words : loading.words(files.get(0), 2, "a unit and its intensity")) {
      double number = LabelRow.number(words[0]);
      double intensity = LabelRow.number(words[1]);
      if (number != Math.rint(number) || !(intensity >= 0 && intensity <= 5)) {
        throw new DatasetFormatException(
            "%s: '%s %s' is no unit with an intensity from 0 to 5"
                .formatted(files.get(0), words[0], words[1]));
      }
      active.put((int) number, intensity);
    }
    for (ActionUnit unit : ActionUnit.ALL) {
      boolean present = active.containsKey(unit.number());
      double intensity = present ? active.remove(unit.number()) : 0;
      row.unit(unit.number(), present)
          .intensity(unit.number(), intensity == 0 ? Double.NaN : intensity);
    }
    active.keySet().forEach(row::unknownUnit);
  }
}
