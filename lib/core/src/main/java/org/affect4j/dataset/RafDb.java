package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Landmarks;
import org.affect4j.table.FaceColumns;

/**
 * RAF-DB with basic and compound expressions (Li, Deng and Du, CVPR 2017) and RAF-AU (Yan et al.,
 * ACCV 2020). They name no persons.
 */
public final class RafDb {
  private static final Codes BASIC_CODES =
      Codes.counted(1, "surprise, fear, disgust, happiness, sadness, anger, neutral");
  private static final Codes COMPOUND_CODES =
      Codes.counted(
          1,
          "happily surprised, happily disgusted, sadly fearful, sadly angry, sadly surprised,"
              + " sadly disgusted, fearfully angry, fearfully surprised, angrily surprised,"
              + " angrily disgusted, disgustedly surprised");
  private static final Codes GENDERS =
      Codes.counted(0, "male, female").without("2", "annotated as unsure");
  private static final Codes RACES = Codes.counted(0, "Caucasian, African-American, Asian");
  private static final Codes AGES = Codes.counted(0, "0-3, 4-19, 20-39, 40-69, 70+");
  private static final String LIST = "list_patition_label.txt";

  private RafDb() {}

  /**
   * Reads the basic part in any of its forms, found by looking: {@code
   * EmoLabel/list_patition_label.txt} (spelled so), {@code Image/original} or {@code
   * Image/aligned}, and {@code Annotation/manual/*_manu_attri.txt}; or folders {@code
   * DATASET/train/1} to {@code 7}, or of class names, with the lists {@code train_labels.csv,
   * test_labels.csv} (columns {@code image, label}) beside them or not; or such lists and pictures
   * without folders of classes. Where list and folder differ, the expression is masked.
   *
   * @param root folder that holds {@code EmoLabel} or {@code DATASET}, that folder itself, one
   *     above, or a zip archive of folders
   * @return splits {@code train} and {@code test}; photos are the originals where they are there,
   *     otherwise the aligned crops
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset basic(Path root) throws IOException {
    Optional<Path> home = LabelPlaces.home(root, "EmoLabel/" + LIST, LIST);
    return home.isPresent()
        ? partitioned("RAF-DB basic", home.get(), (row, code) -> row.expression(BASIC_CODES, code))
        : folders(root);
  }

  private static AffectDataset folders(Path root) throws IOException {
    Codes codes = Codes.spelled(BASIC_CODES);
    ClassFolders folders = new ClassFolders("RAF-DB basic", codes, root);
    LabelReader loading = folders.loading();
    Map<String, String> listed = lists(loading, root);
    if (listed.isEmpty()) {
      return folders.load();
    }
    if (!folders.arePresent()) {
      try {
        return listed(folders, codes, listed);
      } catch (IllegalArgumentException e) {
        throw new DatasetFormatException("RAF-DB basic, %s: %s".formatted(root, e.getMessage()), e);
      }
    }
    Set<String> splits =
        listed.keySet().stream().map(PhotoTree::folder).collect(Collectors.toSet());
    Map<String, String> left = new LinkedHashMap<>(listed);
    List<String> photos =
        folders.fill(
            (row, photo) -> {
              String label = left.remove(photo.split() + "/" + photo.file());
              if (label == null && splits.contains(photo.split())) {
                loading.note("photo is in a folder of a class, but in no list", photo.image());
              } else if (label != null && !codes.find(label).equals(codes.find(photo.code()))) {
                row.set(FaceColumns.EXPRESSION, "");
                row.mask("expression", "the folder and the list name different ones");
              }
            });
    left.keySet().forEach(image -> loading.skip("photo is missing", image));
    return loading.finish(folders.tree().crops(photos));
  }

  /** The label of each {@code split/name} in the lists. */
  private static Map<String, String> lists(LabelReader loading, Path root) throws IOException {
    List<Path> places = new ArrayList<>(LabelPlaces.near(root));
    Path place = root.toAbsolutePath().normalize();
    if (Files.isDirectory(place) && place.endsWith("DATASET")) {
      places.add(place.getParent());
    }
    Map<String, String> listed = new LinkedHashMap<>();
    for (Path folder : places) {
      for (String split : List.of("train", "test")) {
        Path file = folder.resolve(split + "_labels.csv");
        if (Files.exists(file)) {
          try (Rows rows = loading.csv(file)) {
            while (rows.next()) {
              String name = rows.get(LabelFile.NAMES);
              String key = split + "/" + name.substring(name.lastIndexOf('/') + 1);
              if (listed.putIfAbsent(key, rows.get("label", "expression", "emotion")) != null) {
                loading.skip("name occurs again; the first one was kept", key);
              }
            }
          }
        }
      }
    }
    return listed;
  }

  private static AffectDataset listed(ClassFolders folders, Codes codes, Map<String, String> listed)
      throws IOException {
    PhotoTree tree = folders.tree();
    LabelReader loading = folders.loading();
    PhotoNames names = PhotoNames.of(tree.pictures().keySet(), Path.of(""));
    for (Map.Entry<String, String> entry : listed.entrySet()) {
      String key = entry.getKey();
      int slash = key.indexOf('/');
      Optional<String> photo = names.find(key);
      if (photo.isEmpty()) {
        photo = names.find(key.substring(slash + 1));
      }
      // A name without its photo is told of when it is added.
      loading
          .start(photo.orElse(key))
          .split(key.substring(0, slash))
          .expression(codes, entry.getValue());
      loading.add();
    }
    loading.noteRest(tree);
    return loading.finish(tree.crops(List.copyOf(tree.pictures().keySet())));
  }

  /**
   * Reads the compound part, laid out as the basic one.
   *
   * @param root folder that holds {@code EmoLabel}
   * @return splits {@code train} and {@code test}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset compound(Path root) throws IOException {
    return partitioned("RAF-DB compound", root, (row, code) -> row.compound(COMPOUND_CODES, code));
  }

  private static AffectDataset partitioned(
      String name, Path root, BiConsumer<LabelRow, String> labeller) throws IOException {
    Path originals = root.resolve("Image/original");
    boolean original = Files.isDirectory(originals);
    List<Path> photos = List.of(originals, root.resolve("Image/aligned"));
    LabelReader loading =
        new LabelReader(name, root, ImageStore.inFolder(photos, RafDb::fileNames));
    Path attributes = root.resolve("Annotation/manual");
    Path list = LabelPlaces.requireOne(root, "RAF-DB's list of labels", "EmoLabel/" + LIST, LIST);
    for (String[] words : loading.words(list, 2, "'train_00001.jpg 5'")) {
      String split = words[0].substring(0, Math.max(0, words[0].indexOf('_')));
      if (!split.equals("train") && !split.equals("test")) {
        throw new DatasetFormatException(
            "%s names '%s', expected names that begin with train_ or test_"
                .formatted(list, words[0]));
      }
      LabelRow row = loading.start(words[0]).split(split);
      labeller.accept(row, words[1]);
      Path file =
          attributes.resolve(words[0].substring(0, words[0].lastIndexOf('.')) + "_manu_attri.txt");
      if (Files.exists(file)) {
        attributes(loading, row, file, original);
      } else {
        row.mask("age, gender, race", "no file *_manu_attri.txt");
      }
      loading.add();
    }
    loading.noteUnlisted(photos, RafDb::listedName);
    return loading.finish(!original);
  }

  private static List<String> fileNames(String image) {
    return List.of(image, image.replaceFirst("(\\.[^.]*)$", "_aligned$1"));
  }

  /** Five lines of x y, then gender, race and age, a line each. */
  private static void attributes(LabelReader loading, LabelRow row, Path file, boolean original)
      throws IOException {
    List<String> lines = loading.lines(file);
    List<Double> numbers = new ArrayList<>();
    for (String line : lines) {
      Arrays.stream(line.split("\\s+")).map(LabelRow::number).forEach(numbers::add);
    }
    if (numbers.size() != 13 || numbers.stream().anyMatch(n -> !Double.isFinite(n))) {
      throw new DatasetFormatException(
          "%s holds %s, expected five lines 'x y', then gender, race and age"
              .formatted(file, lines));
    }
    if (original) {
      row.landmarks(Landmarks.of(numbers.subList(0, 10).stream().mapToDouble(d -> d).toArray()));
    }
    row.coded("gender", GENDERS, lines.get(5))
        .coded("race", RACES, lines.get(6))
        .coded("age", AGES, lines.get(7));
  }

  /**
   * Reads RAF-AU: {@code RAFAU_label.txt} with rows such as {@code 0001.jpg 1+2+L12}. A unit on one
   * side only (L, R) counts as active; units that are not listed count as inactive, and listed ones
   * that are none of {@link ActionUnit}, such as 16 and 27, stand in the report.
   *
   * @param root folder that holds it
   * @return no official split
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset au(Path root) throws IOException {
    LabelReader loading = new LabelReader("RAF-AU", root, photos(root));
    Path file = LabelPlaces.require(root.resolve("RAFAU_label.txt"), "RAF-AU's labels");
    for (String[] words : loading.words(file, 2, "'0001.jpg 1+2+L12'")) {
      units(loading.start(words[0]), words[1]);
      loading.add();
    }
    loading.noteUnlisted(photoFolders(root), RafDb::listedName);
    return loading.finish(false);
  }

  static String listedName(String picture) {
    return picture.replaceFirst("_aligned(\\.[^.]*)$", "$1");
  }

  static ImageStore photos(Path root) {
    return ImageStore.inFolder(photoFolders(root), RafDb::fileNames);
  }

  static List<Path> photoFolders(Path root) {
    return List.of(root.resolve("aligned"), root.resolve("original"), root.resolve("Image"));
  }

  static void units(LabelRow row, String tokens) {
    if (tokens.equals("null")) {
      row.mask("action units", "annotated as null");
      return;
    }
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String token : tokens.split("\\+")) {
      String number = token.replaceFirst("^[LRlr]", "");
      if (!number.matches("\\d{1,2}")) {
        row.mask("action units", "'%s' is no unit".formatted(token));
        return;
      }
      numbers.add(Integer.valueOf(number));
    }
    for (ActionUnit unit : ActionUnit.ALL) {
      row.unit(unit.number(), numbers.remove((Integer) unit.number()));
    }
    numbers.forEach(row::unknownUnit);
  }
}
