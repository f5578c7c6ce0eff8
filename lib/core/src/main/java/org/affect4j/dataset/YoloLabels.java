package org.affect4j.dataset;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.image.UnreadableImageException;

/** Boxes with a class as YOLO is trained on them: a text file per picture, names in data.yaml. */
final class YoloLabels {
  private static final List<String> NAMES =
      List.of("Anger", "Contempt", "Disgust", "Fear", "Happy", "Neutral", "Sad", "Surprise");

  /** The entry "names" as [a, b] or {0: a}, or with lines "- a" or "0: a" below it. */
  private static final Pattern ENTRY =
      Pattern.compile("(?m)^names:\\s*(?:[\\[{]([^\\]}]*)[\\]}]|((?:^(?:-|\\d+\\s*:).*\\n?)*))");

  private YoloLabels() {}

  /** The classes by number, as data.yaml names them. */
  static Codes names(LabelReader loading, Path root) throws IOException {
    Path file = root.resolve("data.yaml");
    List<String> names = NAMES;
    if (Files.exists(file)) {
      names = named(loading.lines(file));
    } else {
      loading.note("there is no data.yaml: classes are taken for " + NAMES, root.toString());
    }
    if (names.isEmpty()) {
      throw new DatasetFormatException(
          file + " names no classes, expected such as names: " + NAMES);
    }
    Codes words = Codes.spelled();
    Codes codes = new Codes();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String number = String.valueOf(i);
      if (words.knows(name)) {
        codes.put(number, words.find(name).orElseThrow());
      } else {
        codes.without(number, "annotated as " + name);
      }
    }
    return codes;
  }

  private static List<String> named(List<String> lines) {
    Matcher entry = ENTRY.matcher(String.join("\n", lines));
    if (!entry.find()) {
      return List.of();
    }
    String flow = entry.group(1);
    String names = flow == null ? entry.group(2) : flow.replace("\n", "").replace(',', '\n');
    return names
        .lines()
        .map(name -> Rows.clean(name.strip().replaceFirst("^(?:-|\\d+\\s*:)", "")))
        .filter(name -> !name.isEmpty())
        .toList();
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
  static boolean add(LabelReader loading, Path root, String picture, Path file, Codes codes)
      throws IOException {
    List<String[]> faces = loading.words(file, 5, "class, x, y, width and height");
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
      double[] box = Arrays.stream(words).skip(1).mapToDouble(LabelRow::number).toArray();
      if (!Arrays.stream(box).allMatch(value -> value >= 0 && value <= 1)) {
        throw new DatasetFormatException(
            "%s, '%s': expected x, y, width and height from 0 to 1"
                .formatted(file, String.join(" ", words)));
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
