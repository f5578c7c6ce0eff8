package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.affect4j.face.AnnotatedExpression;

/**
 * Aff-Wild (Kollias et al., IJCV 2019), Aff-Wild2 in the editions of the ABAW challenges, and its
 * multi-task list s-Aff-Wild2. Persons are not named: the column {@code subject} is the video.
 */
public final class AffWild {
  private static final double INVALID_VA = -5;
  private static final String INVALID = "-1";
  private static final Codes<AnnotatedExpression> CODES =
      Codes.expressions(
              0, "neutral", "anger", "disgust", "fear", "happiness", "sadness", "surprise", "other")
          .without(INVALID, "not annotated");
  private static final String[] VA_FOLDERS = {"VA_Estimation_Challenge", "VA_Set"};
  private static final String[] EXPRESSION_FOLDERS = {
    "EXPR_Recognition_Challenge", "EXPR_Classification_Challenge", "EXPR_Set"
  };
  private static final String[] UNIT_FOLDERS = {"AU_Detection_Challenge", "AU_Set"};

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
    LabelReader loading = new LabelReader("Aff-Wild", root, frames(root));
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
        frame(loading, LabelPlaces.stem(file), i + 1)
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
        VA_FOLDERS,
        rows -> {
          int valence = rows.column("valence");
          int arousal = rows.column("arousal");
          return row -> row.valenceArousal(rows.get(valence), rows.get(arousal), INVALID_VA);
        });
  }

  /**
   * Reads Aff-Wild2's expressions; the header names the codes, which differ by edition.
   *
   * @param root folder that holds the challenge's folder, or {@code annotations} with it
   * @return splits {@code train} and {@code validation}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset expressions(Path root) throws IOException {
    return challenge(
        "Aff-Wild2 expressions",
        root,
        EXPRESSION_FOLDERS,
        rows -> {
          Codes<AnnotatedExpression> codes = new Codes<AnnotatedExpression>();
          codes.without(INVALID, "not annotated");
          for (int i = 0; i < rows.header().size(); i++) {
            codes.put(String.valueOf(i), expression(rows.header().get(i)));
          }
          return row -> row.expression(codes, rows.get(0));
        });
  }

  private static AnnotatedExpression expression(String name) throws DatasetFormatException {
    try {
      return AnnotatedExpression.ofLabel(name);
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException(
          "Aff-Wild2's header names an " + e.getMessage() + " (the header lists the codes)", e);
    }
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
        UNIT_FOLDERS,
        rows -> {
          Map<Integer, Integer> units = units(rows);
          return row -> units.forEach((unit, column) -> row.unit(unit, rows.get(column), INVALID));
        });
  }

  private static Map<Integer, Integer> units(Rows rows) throws DatasetFormatException {
    Map<Integer, Integer> units = rows.units();
    if (units.isEmpty()) {
      throw new DatasetFormatException(
          "no columns of action units such as AU1 in the header " + rows.header());
    }
    return units;
  }

  private interface Labeller {
    void label(LabelRow row);
  }

  private interface Header {
    Labeller read(Rows rows) throws DatasetFormatException;
  }

  private static AffectDataset challenge(String name, Path root, String[] folders, Header header)
      throws IOException {
    LabelReader loading = new LabelReader(name, root, frames(root));
    List<String> candidates = new ArrayList<>(List.of(folders));
    for (String folder : folders) {
      candidates.add("annotations/" + folder);
    }
    Path challenge =
        LabelPlaces.requireOne(
            root, "the challenge's folder of labels", candidates.toArray(String[]::new));
    Map<String, Path> splits = new LinkedHashMap<>();
    splits.put(
        "train",
        LabelPlaces.requireOne(
            challenge, "the training set", "Train_Set", "Training_Set", "train"));
    splits.put(
        "validation",
        LabelPlaces.requireOne(challenge, "the validation set", "Validation_Set", "validation"));
    for (Map.Entry<String, Path> split : splits.entrySet()) {
      for (Path file : LabelPlaces.globSome(split.getValue(), "*.txt", "a file per video")) {
        String video = LabelPlaces.stem(file);
        try (Rows rows = labels(loading, file, folders == EXPRESSION_FOLDERS)) {
          Labeller labeller = header.read(rows);
          for (int frame = 1; rows.next(); frame++) {
            LabelRow row = frame(loading, video, frame).split(split.getKey());
            labeller.label(row);
            loading.add();
          }
        }
      }
    }
    return loading.finish(true);
  }

  /** Expression files have a header of several names above rows of one code. */
  private static Rows labels(LabelReader loading, Path file, boolean single) throws IOException {
    return single ? loading.csv(file).withRecordsOf(1) : loading.csv(file);
  }

  private static LabelRow frame(LabelReader loading, String video, int frame) {
    String digits = String.valueOf(frame);
    String image = video + "/" + "0".repeat(Math.max(0, 5 - digits.length())) + digits + ".jpg";
    return loading.start(image).subject(video).frame(frame);
  }

  static ImageStore frames(Path root) {
    return ImageStore.inFolder(
        root.resolve("cropped_aligned"),
        root.resolve("cropped_aligned_images"),
        root.resolve("cropped"),
        root.resolve("images"));
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
    LabelReader loading = new LabelReader("s-Aff-Wild2", root, frames(root));
    for (Path file : LabelPlaces.globSome(root, "*.{txt,csv}", "the multi-task lists")) {
      String lower = LabelPlaces.stem(file).toLowerCase(Locale.ROOT);
      if (!lower.contains("train") && !lower.contains("val")) {
        loading.note("file is no list of the training or validation set", file);
        continue;
      }
      try (Rows rows = loading.csv(file)) {
        int image = rows.column("image");
        int valence = rows.column("valence");
        int arousal = rows.column("arousal");
        int expression = rows.column("expression");
        Map<Integer, Integer> units = units(rows);
        String split = lower.contains("train") ? "train" : "validation";
        while (rows.next()) {
          LabelRow row =
              named(loading, rows.get(image))
                  .split(split)
                  .valenceArousal(rows.get(valence), rows.get(arousal), INVALID_VA)
                  .expression(CODES, rows.get(expression));
          units.forEach((unit, column) -> row.unit(unit, rows.get(column), INVALID));
          loading.add();
        }
      }
    }
    return loading.finish(true);
  }

  /** A row named "video/00001.jpg". */
  static LabelRow named(LabelReader loading, String image) throws DatasetFormatException {
    int slash = image.lastIndexOf('/');
    int dot = image.lastIndexOf('.');
    String number = slash > 0 && dot > slash ? image.substring(slash + 1, dot) : "";
    int frame;
    try {
      frame = Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw new DatasetFormatException(
          "image '%s': expected names such as video/00001.jpg".formatted(image), e);
    }
    return loading.start(image).subject(image.substring(0, slash)).frame(frame);
  }
}
