package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;

/**
 * EmotioNet (Benitez-Quiroz, Srinivasan and Martinez, CVPR 2016): addresses of photos with action
 * units or categories. The column {@code image} is the address; a photo is looked for in the folder
 * {@code images} under the last part of its address.
 */
public final class EmotioNet {
  private static final String INVALID = "999";
  private static final int AUTOMATIC_UNITS = 60;
  private static final List<String> CATEGORIES =
      List.of(
          ("angrily_disgusted angrily_surprised angry appalled awed disgusted fearful"
                  + " fearfully_angry fearfully_surprised happily_disgusted happily_surprised"
                  + " happy sad sadly_angry sadly_disgusted surprised")
              .split(" "));
  private static final Set<Integer> KNOWN_UNITS =
      ActionUnit.ALL.stream().map(ActionUnit::number).collect(Collectors.toSet());

  private EmotioNet() {}

  /**
   * Reads the manually coded units: {@code EmotioNet_FACS_aws_2020_24600.csv} or {@code .xlsx}.
   *
   * @param root folder that holds the file
   * @return no official split
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset manual(Path root) throws IOException {
    LabelReader loading = new LabelReader("EmotioNet manual units", root, photos(root));
    Path file =
        LabelPlaces.requireOne(
            root,
            "EmotioNet's manually coded units",
            "EmotioNet_FACS_aws_2020_24600.csv",
            "EmotioNet_FACS_aws_2020_24600.xlsx");
    loading.read(file, rows -> loading.start(rows.get("URL")).units(rows.withUnits(), INVALID));
    return loading.finish(false);
  }

  /**
   * Reads the automatically coded units: all {@code dataFile_NNNN.txt}, tab-separated without
   * header: address, original address, AU1 to AU60.
   *
   * @param root folder that holds the files
   * @return no official split
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset automatic(Path root) throws IOException {
    LabelReader loading = new LabelReader("EmotioNet automatic units", root, photos(root));
    for (Path file :
        LabelPlaces.globSome(root, "dataFile_*.txt", "EmotioNet's dataFile_NNNN.txt")) {
      try (Stream<String[]> lines = loading.tabs(file)) {
        for (String[] cells : (Iterable<String[]>) lines::iterator) {
          automatic(loading, file, cells);
        }
      }
    }
    return loading.finish(false);
  }

  private static void automatic(LabelReader loading, Path file, String[] cells) throws IOException {
    if (cells.length != 2 + AUTOMATIC_UNITS) {
      throw new DatasetFormatException(
          "%s has a row of %d cells, expected two addresses and %d units, separated by tabs"
              .formatted(file, cells.length, AUTOMATIC_UNITS));
    }
    LabelRow row = loading.start(Rows.clean(cells[0]));
    for (int unit = 1; unit <= AUTOMATIC_UNITS; unit++) {
      if (KNOWN_UNITS.contains(unit)) {
        row.unit(unit, cells[1 + unit], INVALID);
      } else if (cells[1 + unit].equals("1")) {
        // The library has no name for it: told of, since 43 columns would be many.
        row.unknownUnit(unit);
      }
    }
    loading.add();
  }

  /**
   * Reads the 6 basic and 10 compound categories: {@code URLsWithEmotionCat_aws_free.xlsx}, or a
   * CSV of it. Rows with several categories are kept without one.
   *
   * @param root folder that holds the file
   * @return no official split
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset compound(Path root) throws IOException {
    LabelReader loading = new LabelReader("EmotioNet categories", root, photos(root));
    Path file =
        LabelPlaces.requireOne(
            root,
            "EmotioNet's categories",
            "URLsWithEmotionCat_aws_free.xlsx",
            "URLsWithEmotionCat_aws_free.csv");
    loading.read(file, rows -> category(loading.start(rows.get(0)), rows));
    return loading.finish(false);
  }

  private static void category(LabelRow row, Rows rows) throws DatasetFormatException {
    for (String category : CATEGORIES) {
      if (rows.number(category) != 0 && rows.number(category) != 1) {
        row.mask("category", "a mark is neither 0 nor 1");
        return;
      }
    }
    List<String> marked = rows.marked(CATEGORIES);
    if (marked.size() != 1) {
      row.mask("category", marked.isEmpty() ? "none is marked" : "several are marked");
      return;
    }
    row.compound(CompoundExpression.valueOf(marked.get(0).toUpperCase(Locale.ROOT)));
  }

  private static ImageStore photos(Path root) {
    return ImageStore.inFolder(
        List.of(root.resolve("images")), url -> List.of(url.substring(url.lastIndexOf('/') + 1)));
  }
}
