package org.affect4j.dataset;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.image.UnreadableImageException;

/** Boxes with a class as YOLO is trained on them: a text file per picture, names in data.yaml. */
final class YoloLabels {
  private static final List<String> NAMES =
      List.of("Anger", "Contempt", "Disgust", "Fear", "Happy", "Neutral", "Sad", "Surprise");
  private static final Pattern ENTRY = Pattern.compile("(?:-|(\\d+)\\s*:)\\s*(.+)");

  private YoloLabels() {}

  /** The classes by number, as data.yaml names them. */
  static Codes<AnnotatedExpression> names(LabelReader loading, Path root) throws IOException {
    Path file = root.resolve("data.yaml");
    if (!Files.exists(file)) {
      loading.note("there is no data.yaml: classes are taken for " + NAMES, root.toString());
    }
    List<String> names = Files.exists(file) ? named(loading.lines(file)) : NAMES;
    if (names.isEmpty()) {
      throw new DatasetFormatException(
          file + " names no classes, expected such as names: " + NAMES);
    }
    Codes<AnnotatedExpression> words = Codes.spelled();
    Codes<AnnotatedExpression> codes = new Codes<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String number = String.valueOf(i);
      words
          .find(name)
          .ifPresentOrElse(
              label -> codes.put(number, label),
              () -> codes.without(number, "annotated as " + name));
    }
    return codes;
  }

  /** The entry "names", as [a, b], as lines "- a" or as lines "0: a". */
  private static List<String> named(List<String> lines) {
    List<String> names = new ArrayList<>();
    boolean inside = false;
    StringBuilder flow = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("names:")) {
        inside = true;
        flow.append(line.substring("names:".length()).strip());
        continue;
      }
      Matcher entry = ENTRY.matcher(line);
      if (inside && flow.length() > 0 && flow.indexOf("]") < 0 && flow.indexOf("}") < 0) {
        flow.append(line);
      } else if (inside && flow.length() == 0 && entry.matches()) {
        names.add(Rows.clean(entry.group(2)));
      } else {
        inside = false;
      }
    }
    for (String part : flow.toString().replaceAll("[\\[\\]{}]", "").split(",")) {
      if (!part.isBlank()) {
        names.add(Rows.clean(part.replaceFirst("^\\s*\\d+\\s*:", "")));
      }
    }
    return names;
  }

  /** Where the labels of a picture lie; empty text if it is not in a folder of images. */
  static String of(String picture) {
    int images = ("/" + picture).lastIndexOf("/images/");
    return images < 0
        ? ""
        : picture.substring(0, images)
            + "labels/"
            + picture.substring(images + "images/".length()).replaceFirst("\\.[^.]*$", ".txt");
  }

  /** Adds a row per face of a picture; false if there is none. */
  static boolean add(
      LabelReader loading, Path root, String picture, Path file, Codes<AnnotatedExpression> codes)
      throws IOException {
    List<String[]> faces = loading.words(file, 5, 5, "class, x, y, width and height");
    if (faces.isEmpty()) {
      loading.skip("photo has no label: its labels/NAME.txt is empty", picture);
      return false;
    }
    Optional<Dimension> size = size(root.resolve(picture));
    String split =
        Arrays.stream(picture.split("/"))
            .flatMap(folder -> ClassFolders.spelledSplit(folder).stream())
            .findFirst()
            .orElse("");
    for (int i = 0; i < faces.size(); i++) {
      String[] words = faces.get(i);
      LabelRow row =
          loading.start(picture).key(picture + "#" + i).split(split).expression(codes, words[0]);
      double[] box = new double[4];
      for (int k = 0; k < box.length; k++) {
        box[k] = LabelRow.number(words[k + 1]);
        if (!(box[k] >= 0 && box[k] <= 1)) {
          throw new DatasetFormatException(
              "%s, '%s': expected x, y, width and height from 0 to 1"
                  .formatted(file, String.join(" ", words)));
        }
      }
      if (size.isPresent() && box[2] > 0 && box[3] > 0) {
        double w = size.get().getWidth();
        double h = size.get().getHeight();
        row.box(
            new PixelBox(
                (box[0] - box[2] / 2) * w, (box[1] - box[3] / 2) * h, box[2] * w, box[3] * h));
      } else {
        row.mask("face box", "empty, or the picture's size cannot be read");
      }
      loading.add();
    }
    return true;
  }

  private static Optional<Dimension> size(Path picture) throws IOException {
    try {
      return Optional.of(FaceImage.size(picture));
    } catch (UnreadableImageException e) {
      return Optional.empty();
    }
  }
}
