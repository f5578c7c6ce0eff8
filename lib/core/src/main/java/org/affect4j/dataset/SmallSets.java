package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;

/**
 * Datasets with a single list of labels: GENKI-4K, ExpW, photos of one's own, and the faces that
 * are rendered by affect4j itself.
 */
public final class SmallSets {
  private static final Codes<AnnotatedExpression> EXPW_CODES =
      Codes.expressions(
          0, "anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral");

  private static final String[] POSE = {"pose_yaw", "pose_pitch", "pose_roll"};

  private SmallSets() {}

  /**
   * Reads GENKI-4K (MPLab, University of California San Diego): {@code GENKI-4K_Labels.txt} with
   * rows of smile (0 or 1) and three angles of pose, row i being {@code files/file0001.jpg} of i.
   *
   * @param root folder that holds the list
   * @return {@code smile} is 0 or 1, {@code pose_yaw, pose_pitch, pose_roll} are radians as given;
   *     a smile is no label of happiness, so {@code expression} is missing
   * @throws IOException if the list cannot be read or is laid out otherwise
   */
  public static AffectDataset genki4k(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("GENKI-4K", root, ImageStore.inFolder(root.resolve("files")));
    Path file =
        LabelReader.requireOne(root, "GENKI-4K's labels", "GENKI-4K_Labels.txt", "labels.txt");
    int number = 1;
    for (String[] words : loading.words(file, 4, 4, "smile and three angles")) {
      RowBuilder row = loading.start("file%04d.jpg".formatted(number++));
      double smile = RowBuilder.number(words[0]);
      if (smile != 0 && smile != 1) {
        row.mask("smile", "neither 0 nor 1");
        smile = Double.NaN;
      }
      row.extra("smile", smile);
      for (int i = 0; i < POSE.length; i++) {
        row.extra(POSE[i], RowBuilder.number(words[i + 1]));
      }
      loading.add();
    }
    loading.noteUnlisted(List.of(root.resolve("files")), UnaryOperator.identity());
    return loading.finish(false);
  }

  /**
   * Reads ExpW (Zhang et al., IJCV 2018) in either form, found by looking: {@code label.lst} with
   * rows {@code name face_id top left right bottom confidence label}, photos in {@code image},
   * {@code origin} or {@code image/origin}; or folders of classes, by name or by the list's
   * numbers.
   *
   * @param root folder that holds the list or the folders, one above, or a zip archive of folders
   * @return one row per face, with {@code face_id} and {@code confidence} where there is the list;
   *     no official split
   * @throws IOException if the list cannot be read or is laid out otherwise
   */
  public static AffectDataset expW(Path root) throws IOException {
    Optional<Path> home = LabelReader.home(root, "label/label.lst", "label.lst");
    return home.isPresent()
        ? expWList(home.get())
        : ClassFolders.load("ExpW", root, Codes.spelled(EXPW_CODES));
  }

  private static AffectDataset expWList(Path root) throws IOException {
    List<Path> photos = Stream.of("image/origin", "image", "origin").map(root::resolve).toList();
    LabelReader loading =
        new LabelReader("ExpW", root, ImageStore.inFolder(photos.toArray(Path[]::new)));
    Path file = LabelReader.requireOne(root, "ExpW's list", "label.lst", "label/label.lst");
    for (String[] words : loading.words(file, 8, 8, "eight, from name to label")) {
      RowBuilder row =
          loading.start(words[0]).key(words[0] + "#" + words[1]).expression(EXPW_CODES, words[7]);
      double top = RowBuilder.number(words[2]);
      double left = RowBuilder.number(words[3]);
      double right = RowBuilder.number(words[4]);
      double bottom = RowBuilder.number(words[5]);
      if (right > left && bottom > top) {
        row.box(PixelBox.ofCorners(left, top, right, bottom));
      } else {
        row.mask("face box", "corners are not in order");
      }
      row.extra("face_id", RowBuilder.number(words[1]));
      row.extra("confidence", RowBuilder.number(words[6]));
      loading.add();
    }
    loading.noteUnlisted(photos, UnaryOperator.identity());
    return loading.finish(false);
  }

  /**
   * Reads faces rendered by affect4j: {@code labels.csv} with columns {@code file, au01, …, au26},
   * the units being strengths from 0 to 1, and any of {@code category} or {@code expression} (empty
   * where units were combined at random), {@code person} or {@code item}, {@code face}, {@code sex,
   * age, ancestry, monk_tone}, and the five landmarks {@code eye_left_x … mouth_right_y}. All
   * commands of the renderer write such lists.
   *
   * @param root folder that holds the list and the photos
   * @return {@code expression} for neutral and the basic categories, {@code compound} for all but
   *     neutral; {@code gender} is the sex, {@code race} the ancestry, {@code skin_tone} light
   *     (Monk 1 to 3), medium (4 to 6) or dark (7 to 10), {@code monk_tone} the number itself; no
   *     official split. Where there are no landmarks, every photo is taken for a face crop
   * @throws IOException if the list cannot be read or is laid out otherwise
   */
  public static AffectDataset rendered(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("affect4j rendered faces", root, ImageStore.inFolder(root));
    Path file = LabelReader.require(root.resolve("labels.csv"), "the list of rendered faces");
    boolean landmarks;
    try (Rows rows = loading.csv(file)) {
      int image = rows.column("file");
      OptionalInt category = rows.optionalColumn("category", "expression");
      OptionalInt person = rows.optionalColumn("person", "item");
      OptionalInt face = rows.optionalColumn("face");
      landmarks = rows.optionalColumn(Landmarks.NAMES.get(0) + "_x").isPresent();
      int[] points = landmarks ? landmarkColumns(rows) : new int[0];
      Map<ActionUnit, Integer> units = rows.units();
      while (rows.next()) {
        String name = rows.get(image);
        RowBuilder row = loading.start(name).subject(text(rows, person));
        face.ifPresent(column -> row.key(name + "#" + rows.get(column)));
        category(row, text(rows, category), file);
        units.forEach((unit, column) -> row.unitScore(unit, rows.number(column)));
        if (landmarks) {
          landmarks(row, Arrays.stream(points).mapToDouble(rows::number).toArray());
        }
        row.gender(text(rows, rows.optionalColumn("sex")));
        row.age(text(rows, rows.optionalColumn("age")));
        row.race(text(rows, rows.optionalColumn("ancestry")));
        rows.optionalColumn("monk_tone").ifPresent(column -> tone(row, rows.number(column)));
        loading.add();
      }
    }
    loading.noteUnlisted(PhotoTree.of(root), UnaryOperator.identity());
    return loading.finish(!landmarks);
  }

  private static String text(Rows rows, OptionalInt column) {
    return column.isPresent() ? rows.get(column.getAsInt()) : "";
  }

  private static int[] landmarkColumns(Rows rows) throws DatasetFormatException {
    int[] columns = new int[2 * Landmarks.NAMES.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = rows.column(Landmarks.NAMES.get(i / 2) + (i % 2 == 0 ? "_x" : "_y"));
    }
    return columns;
  }

  private static void landmarks(RowBuilder row, double[] xy) {
    if (Arrays.stream(xy).allMatch(Double::isFinite)) {
      row.landmarks(Landmarks.of(xy));
    } else {
      row.mask("landmarks", "not ten numbers");
    }
  }

  /** Groups of the Monk scale as its publisher divides it into light, medium and dark. */
  private static void tone(RowBuilder row, double monk) {
    if (!(monk >= 1 && monk <= 10)) {
      row.mask("skin tone", "no Monk tone from 1 to 10");
      return;
    }
    row.extra("monk_tone", monk)
        .extra("skin_tone", monk <= 3 ? "light" : monk <= 6 ? "medium" : "dark");
  }

  /**
   * Reads photos with a list of expressions of one's own: {@code labels.csv} with a column that
   * names the photo and one of the expressions ({@code happy} as well as {@code happiness}), and if
   * they are there of split and person ({@link LabelFile} lists the names of columns). Photos may
   * be named by their place, relative to the list or to {@code images} beside it, or absolute, or
   * by any end of it that fits one photo only ({@link PhotoNames}). They lie beside the list or
   * below, or in one zip archive beside it.
   *
   * @param root the list, or the folder that holds {@code labels.csv}
   * @return one row per photo; labels that are no expression are masked, photos that are in no list
   *     and names that no photo has are counted
   * @throws IOException if the list cannot be read or is laid out otherwise, or a name fits several
   *     photos
   */
  public static AffectDataset photos(Path root) throws IOException {
    Path file = Files.isDirectory(root) ? root.resolve("labels.csv") : root;
    LabelReader.require(file, "a list with image and expression");
    return photos(file, file.toAbsolutePath().getParent(), List.of(), false);
  }

  /**
   * Reads photos with a list that lies elsewhere, as {@link #photos(Path)} does. Photos of at most
   * 256 pixels a side are taken for face crops.
   *
   * @param list the list
   * @param root the folder of the photos
   * @param classes what labels that are numbers stand for, in the order of the numbers; empty if
   *     they are words
   * @return one row per photo
   * @throws IOException if the list cannot be read or is laid out otherwise, or a name fits several
   *     photos
   * @throws IllegalArgumentException if a class is no expression
   */
  public static AffectDataset photos(Path list, Path root, List<String> classes)
      throws IOException {
    return photos(list, root, classes, true);
  }

  private static AffectDataset photos(
      Path list, Path root, List<String> classes, boolean cropsBySize) throws IOException {
    List<Path> archives = LabelReader.glob(root, "*.zip");
    if (archives.size() > 1) {
      throw new DatasetFormatException(
          "%s holds several archives, expected one: %s".formatted(root, archives));
    }
    PhotoTree tree = PhotoTree.of(archives.isEmpty() ? root : archives.get(0));
    Map<String, String> byPlace = new LinkedHashMap<>();
    tree.pictures().keySet().forEach(name -> byPlace.put(root.resolve(name).toString(), name));
    PhotoNames names =
        PhotoNames.of(
            byPlace.keySet(),
            root.resolve("images"),
            root,
            LabelReader.require(list, "a list of labels").toAbsolutePath().getParent());
    Codes<AnnotatedExpression> codes =
        classes.isEmpty() ? Codes.spelled() : numbered(list, classes);
    LabelReader loading = new LabelReader("photos with expressions", root, tree);
    try (Rows rows = loading.csv(list)) {
      int image = rows.some(LabelFile.NAMES);
      int label = rows.some(LabelFile.CLASSES);
      OptionalInt split = rows.optionalColumn(LabelFile.SPLITS);
      OptionalInt person = rows.optionalColumn(LabelFile.PERSONS);
      while (rows.next()) {
        String name = rows.get(image);
        RowBuilder row =
            loading
                .start(names.find(name).map(byPlace::get).orElse(name))
                .split(text(rows, split))
                .subject(text(rows, person));
        codes
            .find(rows.get(label))
            .ifPresentOrElse(
                row::expression,
                () -> row.mask("expression", "'%s' is none".formatted(rows.get(label))));
        loading.add();
      }
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException(list + ": " + e.getMessage(), e);
    }
    loading.noteUnlisted(tree, UnaryOperator.identity());
    loading.noteOthers(tree);
    return loading.finish(cropsBySize && tree.crops(List.copyOf(tree.pictures().keySet())));
  }

  private static Codes<AnnotatedExpression> numbered(Path list, List<String> classes)
      throws IOException {
    Set<String> numbers = new TreeSet<>();
    try (Rows rows = Rows.of(list)) {
      int label = rows.some(LabelFile.CLASSES);
      while (rows.next()) {
        if (rows.get(label).matches("\\d{1,4}")) {
          numbers.add(rows.get(label));
        }
      }
    }
    return Codes.ordered(numbers, classes, list.toString());
  }

  private static void category(RowBuilder row, String category, Path file)
      throws DatasetFormatException {
    if (category.isEmpty()) {
      return;
    }
    if (category.equals(Expression.NEUTRAL.label())) {
      row.expression(AnnotatedExpression.NEUTRAL);
      return;
    }
    try {
      CompoundExpression label = CompoundExpression.ofLabel(category);
      row.compound(label);
      if (!label.isCompound()) {
        row.expression(AnnotatedExpression.ofLabel(label.label()));
      }
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException(file + ": " + e.getMessage(), e);
    }
  }
}
