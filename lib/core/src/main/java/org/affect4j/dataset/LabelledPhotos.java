package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.affect4j.table.FaceColumns;

/** Photos of one's own with a list of their expressions. */
public final class LabelledPhotos {
  private LabelledPhotos() {}

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
  public static AffectDataset load(Path root) throws IOException {
    Path file = Files.isDirectory(root) ? root.resolve("labels.csv") : root;
    LabelPlaces.require(file, "a list with image and expression");
    return load(file, file.toAbsolutePath().getParent(), List.of(), false);
  }

  /**
   * Reads photos with a list that lies elsewhere, as {@link #load(Path)} does. Photos of at most
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
  public static AffectDataset load(Path list, Path root, List<String> classes) throws IOException {
    return load(list, root, classes, true);
  }

  private static AffectDataset load(Path list, Path root, List<String> classes, boolean cropsBySize)
      throws IOException {
    List<Path> archives = LabelPlaces.glob(root, "*.zip");
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
            LabelPlaces.require(list, "a list of labels").toAbsolutePath().getParent());
    Codes codes = classes.isEmpty() ? Codes.spelled() : numbered(list, classes);
    LabelReader loading = new LabelReader("photos with expressions", root, tree);
    try {
      loading.read(
          list,
          rows -> {
            String name = rows.get(LabelFile.NAMES);
            String label = rows.get(LabelFile.CLASSES);
            LabelRow row =
                loading
                    .start(names.find(name).map(byPlace::get).orElse(name))
                    .split(rows.optional(LabelFile.SPLITS))
                    .subject(rows.optional(LabelFile.PERSONS));
            codes
                .find(label)
                .ifPresentOrElse(
                    expression -> row.set(FaceColumns.EXPRESSION, expression),
                    () -> row.mask("expression", "'%s' is none".formatted(label)));
          });
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException(list + ": " + e.getMessage(), e);
    }
    loading.noteRest(tree);
    return loading.finish(cropsBySize && tree.crops(List.copyOf(tree.pictures().keySet())));
  }

  private static Codes numbered(Path list, List<String> classes) throws IOException {
    Set<String> numbers = new TreeSet<>();
    try (Rows rows = Rows.of(list)) {
      while (rows.next()) {
        String label = rows.get(LabelFile.CLASSES);
        if (label.matches("\\d{1,4}")) {
          numbers.add(label);
        }
      }
    }
    return Codes.ordered(numbers, classes, list.toString());
  }
}
