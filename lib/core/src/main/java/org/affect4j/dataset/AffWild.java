package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.affect4j.face.AnnotatedExpression;

/**
 * Aff-Wild (Kollias et al., IJCV 2019), Aff-Wild2 in the editions of the ABAW challenges, and its
 * multi-task list s-Aff-Wild2. Persons are not named: the column {@code subject} is the video.
 * Frames count from {@link #FIRST_FRAME}: the first line of labels is frame 1.
 */
public final class AffWild {
  /** The number of a video's first frame, in lists and in the names of the crops: 1. */
  public static final int FIRST_FRAME = 1;

  private static final double INVALID_VA = -5;
  private static final String INVALID = "-1";
  private static final Codes CODES =
      Codes.counted(0, "neutral, anger, disgust, fear, happiness, sadness, surprise, other")
          .without(INVALID, "not annotated");
  private static final Pattern FRAME = Pattern.compile("(.+)/(\\d{1,9})\\.[^./]*");

  private AffWild() {}

  /**
   * Reads Aff-Wild: {@code annotations/train/valence/video.txt} and {@code
   * annotations/train/arousal/video.txt}, one number per frame.
   *
   * @param root folder that holds {@code annotations}
   * @return one split, {@code train}: the test labels were never published
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading = reader("Aff-Wild", root, root);
    Path train =
        LabelPlaces.requireOne(
            root,
            "Aff-Wild's annotations/train with folders valence and arousal",
            "annotations/train",
            "train");
    for (Path file : LabelPlaces.globSome(train.resolve("valence"), "*.txt", "a file per video")) {
      List<String> valence = loading.lines(file);
      Path other = train.resolve("arousal").resolve(file.getFileName());
      List<String> arousal = loading.lines(LabelPlaces.require(other, "the arousal of that video"));
      if (valence.size() != arousal.size()) {
        throw new DatasetFormatException(
            "%s has %d frames but %s has %d; expected one number per frame in both"
                .formatted(file, valence.size(), other, arousal.size()));
      }
      for (int i = 0; i < valence.size(); i++) {
        frame(loading, LabelPlaces.stem(file), FIRST_FRAME + i)
            .split("train")
            .valenceArousal(valence.get(i), arousal.get(i), INVALID_VA);
        loading.add();
      }
    }
    return loading.finish(true);
  }

  /**
   * Reads Aff-Wild2's valence and arousal: {@code VA_Estimation_Challenge/{Train_Set,
   * Validation_Set}/video.txt} with header {@code valence,arousal}; row i is frame i + 1.
   *
   * @param root folder that holds the challenge's folder, or {@code annotations} with it
   * @return splits {@code train} and {@code validation}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset valenceArousal(Path root) throws IOException {
    return challenge(
        "Aff-Wild2 valence-arousal",
        root,
        List.of("VA_Estimation_Challenge", "VA_Set"),
        false,
        (row, rows) -> row.valenceArousal(rows.get("valence"), rows.get("arousal"), INVALID_VA));
  }

  /**
   * Reads Aff-Wild2's expressions; the header names the codes, which differ by edition.
   *
   * @param root folder that holds the challenge's folder, or {@code annotations} with it
   * @return splits {@code train} and {@code validation}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset expressions(Path root) throws IOException {
    Map<List<String>, Codes> codes = new HashMap<>();
    try {
      return challenge(
          "Aff-Wild2 expressions",
          root,
          List.of("EXPR_Recognition_Challenge", "EXPR_Classification_Challenge", "EXPR_Set"),
          true,
          (row, rows) ->
              row.expression(codes.computeIfAbsent(rows.header(), AffWild::codes), rows.get(0)));
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException(
          "Aff-Wild2's header names an " + e.getMessage() + " (the header lists the codes)", e);
    }
  }

  private static Codes codes(List<String> header) {
    return Codes.counted(
            0, header.stream().map(name -> AnnotatedExpression.ofLabel(name).label()).toList())
        .without(INVALID, "not annotated");
  }

  /**
   * Reads Aff-Wild2's action units, 12 of them or 8 in the 2020 edition.
   *
   * @param root folder that holds the challenge's folder, or {@code annotations} with it
   * @return splits {@code train} and {@code validation}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset actionUnits(Path root) throws IOException {
    return challenge(
        "Aff-Wild2 action units",
        root,
        List.of("AU_Detection_Challenge", "AU_Set"),
        false,
        (row, rows) -> row.units(rows.withUnits(), INVALID));
  }

  private interface Labeller {
    void label(LabelRow row, Rows rows) throws DatasetFormatException;
  }

  /** In files of codes the header lists what the one code of each row may be. */
  private static AffectDataset challenge(
      String name, Path root, List<String> folders, boolean codes, Labeller labeller)
      throws IOException {
    LabelReader loading = reader(name, root, root);
    Path challenge =
        LabelPlaces.requireOne(
            root,
            "the challenge's folder of labels",
            Stream.concat(folders.stream(), folders.stream().map(f -> "annotations/" + f))
                .toArray(String[]::new));
    Path training =
        LabelPlaces.requireOne(challenge, "the training set", "Train_Set", "Training_Set", "train");
    Path validation =
        LabelPlaces.requireOne(challenge, "the validation set", "Validation_Set", "validation");
    for (Path split : List.of(training, validation)) {
      for (Path file : LabelPlaces.globSome(split, "*.txt", "a file per video")) {
        try (Rows rows = loading.csv(file)) {
          if (codes) {
            rows.expectValues(1);
          }
          for (int frame = FIRST_FRAME; rows.next(); frame++) {
            labeller.label(
                frame(loading, LabelPlaces.stem(file), frame)
                    .split(split.equals(training) ? "train" : "validation"),
                rows);
            loading.add();
          }
        }
      }
    }
    return loading.finish(true);
  }

  private static LabelRow frame(LabelReader loading, String video, int frame) {
    return loading.start("%s/%05d.jpg".formatted(video, frame)).subject(video).frame(frame);
  }

  static LabelReader reader(String name, Path root, Path folder) {
    ImageStore crops =
        ImageStore.inFolder(
            folder.resolve("cropped_aligned"),
            folder.resolve("cropped_aligned_images"),
            folder.resolve("cropped"),
            folder.resolve("images"));
    return new LabelReader(name, root, crops).framesFrom(FIRST_FRAME);
  }

  /**
   * Reads s-Aff-Wild2, the list of the ABAW multi-task challenge: header {@code
   * image,valence,arousal,expression,AU1,…}. Each task is masked by itself.
   *
   * @param root folder with lists whose names contain {@code train} and {@code val}
   * @return splits {@code train} and {@code validation}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset multiTask(Path root) throws IOException {
    LabelReader loading = reader("s-Aff-Wild2", root, root);
    for (Path file : LabelPlaces.globSome(root, "*.{txt,csv}", "the multi-task lists")) {
      String lower = LabelPlaces.stem(file).toLowerCase(Locale.ROOT);
      if (!lower.contains("train") && !lower.contains("val")) {
        loading.note("file is no list of the training or validation set", file);
        continue;
      }
      String split = lower.contains("train") ? "train" : "validation";
      loading.read(
          file,
          rows ->
              named(loading, rows.get("image"))
                  .split(split)
                  .valenceArousal(rows.get("valence"), rows.get("arousal"), INVALID_VA)
                  .expression(CODES, rows.get("expression"))
                  .units(rows.withUnits(), INVALID));
    }
    return loading.finish(true);
  }

  /** A row named "video/00001.jpg". */
  static LabelRow named(LabelReader loading, String image) throws DatasetFormatException {
    Matcher m = FRAME.matcher(image);
    if (!m.matches()) {
      throw new DatasetFormatException(
          "image '%s': expected names such as video/00001.jpg".formatted(image));
    }
    return loading.start(image).subject(m.group(1)).frame(Integer.parseInt(m.group(2)));
  }
}
