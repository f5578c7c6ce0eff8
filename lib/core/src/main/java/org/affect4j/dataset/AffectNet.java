package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.affect4j.face.PixelBox;

/**
 * AffectNet (Mollahosseini, Hasani and Mahoor, IEEE TAC 2019): photos from the web with expression,
 * valence and arousal. It names no persons.
 */
public final class AffectNet {
  private static final double INVALID = -2;
  private static final Codes CODES =
      Codes.counted(0, "neutral, happiness, sadness, surprise, fear, disgust, anger, contempt")
          .without("8", "annotated as none of the expressions")
          .without("9", "annotated as uncertain")
          .without("10", "annotated as no face");
  private static final String[] COLUMNS = {
    "subDirectory_filePath",
    "face_x",
    "face_y",
    "face_width",
    "face_height",
    "facial_landmarks",
    "expression",
    "valence",
    "arousal"
  };

  private AffectNet() {}

  /**
   * Reads AffectNet in any of its forms, found by looking: its lists ({@link #manual}); NumPy
   * arrays ({@link #arrays}); pictures with a box each in the format of YOLO ({@link #yolo}); or
   * folders of classes {@code train/0} to {@code 7}, {@code train_class/class000}, or of names such
   * as {@code anger}. Numbers are those of AffectNet; folders that begin at 1 are refused, since
   * they are not.
   *
   * @param root the folder that holds these, one above, or a zip archive of folders
   * @return splits {@code train}, {@code validation} and {@code test}
   * @throws IOException if files cannot be read, are laid out otherwise, or several forms are there
   */
  public static AffectDataset load(Path root) throws IOException {
    Optional<Path> lists =
        LabelPlaces.home(root, "Manually_Annotated_file_lists", "training.csv", "validation.csv");
    if (lists.isPresent()) {
      return manual(lists.get());
    }
    Optional<Path> arrays = LabelPlaces.home(root, "train_set/annotations", "val_set/annotations");
    Optional<Path> boxes =
        LabelPlaces.home(
            root, "train/labels", "valid/labels", "val/labels", "labels/train", "labels/val");
    if (arrays.isPresent() && boxes.isPresent()) {
      throw new DatasetFormatException(
          "%s holds AffectNet as arrays in %s and as boxes in %s, expected one: give that folder as the root"
              .formatted(root, arrays.get(), boxes.get()));
    }
    if (arrays.isPresent()) {
      return arrays(arrays.get());
    }
    return boxes.isPresent()
        ? yolo(boxes.get())
        : new ClassFolders("AffectNet", Codes.spelled(CODES), root).load();
  }

  /**
   * Reads the redistribution in the format of YOLO: {@code {train,valid,test}/images/NAME.png},
   * {@code labels/NAME.txt} with rows {@code class x y width height} (centre and size as parts of
   * the picture), and the names of the classes in {@code data.yaml}; without it they are Anger,
   * Contempt, Disgust, Fear, Happy, Neutral, Sad, Surprise.
   *
   * @param root folder that holds the splits
   * @return one row per face
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset yolo(Path root) throws IOException {
    PhotoTree tree = PhotoTree.of(root);
    LabelReader loading = new LabelReader("AffectNet (YOLO)", root, tree);
    Codes codes = YoloLabels.names(loading, root);
    Set<String> labels = new HashSet<>(tree.others());
    List<String> pictures = new ArrayList<>();
    for (String picture : tree.pictures().keySet()) {
      String label = YoloLabels.of(picture);
      if (!labels.remove(label)) {
        loading.skip("photo has no label: there is no labels/NAME.txt", picture);
      } else if (YoloLabels.add(loading, root, picture, root.resolve(label), codes)) {
        pictures.add(picture);
      }
    }
    for (String file : tree.others()) {
      if (labels.contains(file) && ("/" + file).matches(".*/labels/.*\\.txt")) {
        loading.skip("photo is missing", file);
      }
    }
    loading.noteOthers(tree);
    return loading.finish(tree.crops(pictures));
  }

  /**
   * Reads the first edition: {@code Manually_Annotated_file_lists/{training,validation}.csv} and
   * photos below {@code Manually_Annotated_Images}.
   *
   * @param root folder that holds the two, or the lists themselves
   * @return splits {@code train} and {@code validation}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset manual(Path root) throws IOException {
    LabelReader loading =
        new LabelReader(
            "AffectNet", root, ImageStore.inFolder(root.resolve("Manually_Annotated_Images")));
    Path lists =
        LabelPlaces.requireOne(
            root,
            "AffectNet's lists training.csv and validation.csv",
            "Manually_Annotated_file_lists",
            "training.csv",
            "validation.csv");
    Path folder = lists.toString().endsWith(".csv") ? root : lists;
    String expected = "AffectNet's list of that split";
    read(loading, LabelPlaces.require(folder.resolve("training.csv"), expected), "train");
    read(loading, LabelPlaces.require(folder.resolve("validation.csv"), expected), "validation");
    loading.noteUnlisted(root.resolve("Manually_Annotated_Images"));
    return loading.finish(false);
  }

  /**
   * Reads the automatically annotated part: {@code automatically_annotated.csv} and photos below
   * {@code Automatically_Annotated_Images}.
   *
   * @param root folder that holds the two
   * @return one split, {@code automatic}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset automatic(Path root) throws IOException {
    LabelReader loading =
        new LabelReader(
            "AffectNet automatic",
            root,
            ImageStore.inFolder(root.resolve("Automatically_Annotated_Images")));
    Path file =
        LabelPlaces.requireOne(
            root,
            "AffectNet's list automatically_annotated.csv",
            "automatically_annotated.csv",
            "Automatically_annotated_file_list/automatically_annotated.csv");
    read(loading, file, "automatic");
    return loading.finish(false);
  }

  private static void read(LabelReader loading, Path file, String split) throws IOException {
    loading.read(
        file,
        rows -> {
          LabelRow row =
              loading
                  .start(rows.get("subDirectory_filePath"))
                  .split(split)
                  .expression(CODES, rows.get("expression"))
                  .valenceArousal(rows.get("valence"), rows.get("arousal"), INVALID);
          double width = rows.number("face_width");
          double height = rows.number("face_height");
          if (width > 0 && height > 0) {
            row.box(new PixelBox(rows.number("face_x"), rows.number("face_y"), width, height));
          } else {
            row.mask("face box", "marked as invalid");
          }
          row.sixtyEightLandmarks(
              Arrays.stream(rows.get("facial_landmarks").split(";"))
                  .mapToDouble(LabelRow::number)
                  .toArray());
        },
        COLUMNS);
  }

  /**
   * Reads the second edition, NumPy arrays beside face crops: {@code
   * {train_set,val_set}/images/N.jpg} and {@code annotations/N_{exp,val,aro,lnd}.npy}.
   *
   * @param root folder that holds {@code train_set} and {@code val_set}
   * @return splits {@code train} and {@code validation}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset arrays(Path root) throws IOException {
    LabelReader loading = new LabelReader("AffectNet (arrays)", root, ImageStore.inFolder(root));
    for (List<String> split :
        List.of(List.of("train_set", "train"), List.of("val_set", "validation"))) {
      Path annotations = root.resolve(split.get(0)).resolve("annotations");
      for (Path file :
          LabelPlaces.globSome(annotations, "*_exp.npy", "AffectNet's arrays N_exp.npy")) {
        String number = LabelPlaces.stem(file).replace("_exp", "");
        LabelRow row =
            loading
                .start(split.get(0) + "/images/" + number + ".jpg")
                .split(split.get(1))
                .expression(CODES, value(loading, file))
                .valenceArousal(
                    value(loading, annotations.resolve(number + "_val.npy")),
                    value(loading, annotations.resolve(number + "_aro.npy")),
                    INVALID);
        Path points = annotations.resolve(number + "_lnd.npy");
        loading.addToChecksum(points);
        row.sixtyEightLandmarks(NumpyFile.numbers(points));
        loading.add();
      }
      String images = split.get(0) + "/images";
      loading.noteUnlisted(List.of(root.resolve(images)), picture -> images + "/" + picture);
    }
    return loading.finish(true);
  }

  private static String value(LabelReader loading, Path file) throws IOException {
    loading.addToChecksum(file);
    double[] numbers = NumpyFile.numbers(file);
    if (numbers.length != 1) {
      throw new DatasetFormatException(
          "%s holds %d numbers, expected one label".formatted(file, numbers.length));
    }
    double value = numbers[0];
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
