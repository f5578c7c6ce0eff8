package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.table.internal.Delimited;

/**
 * EmotioNet (Benitez-Quiroz, Srinivasan and Martinez, CVPR 2016): addresses of photos with action
 * units or categories. The column {@code image} is the address; a photo is looked for in the folder
 * {@code images} under the last part of its address.
 */
public final class EmotioNet {
  private static final String INVALID = "999";
  private static final int AUTOMATIC_UNITS = 60;
  private static final Map<String, CompoundExpression> BASIC =
      Map.of(
          "angry", CompoundExpression.ANGRY,
          "disgusted", CompoundExpression.DISGUSTED,
          "fearful", CompoundExpression.FEARFUL,
          "happy", CompoundExpression.HAPPY,
          "sad", CompoundExpression.SAD,
          "surprised", CompoundExpression.SURPRISED);
  private static final List<String> CATEGORIES =
      List.of(
          "angrily_disgusted",
          "angrily_surprised",
          "angry",
          "appalled",
          "awed",
          "disgusted",
          "fearful",
          "fearfully_angry",
          "fearfully_surprised",
          "happily_disgusted",
          "happily_surprised",
          "happy",
          "sad",
          "sadly_angry",
          "sadly_disgusted",
          "surprised");

  /** Units 1 to 60 that the library has no name for: told of, since 43 columns would be many. */
  private static final int[] OTHER_UNITS =
      IntStream.rangeClosed(1, AUTOMATIC_UNITS)
          .filter(n -> ActionUnit.ALL.stream().noneMatch(unit -> unit.number() == n))
          .toArray();

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
    try (Rows rows = open(loading, file)) {
      int url = rows.column("URL");
      Map<Integer, Integer> units = rows.units();
      if (units.isEmpty()) {
        throw new DatasetFormatException(
            "%s has no columns such as 'AU 1', found %s".formatted(file, rows.header()));
      }
      while (rows.next()) {
        LabelRow row = loading.start(rows.get(url));
        units.forEach((unit, column) -> row.unit(unit, rows.get(column), INVALID));
        loading.add();
      }
    }
    return loading.finish(false);
  }

  private static Rows open(LabelReader loading, Path file) throws IOException {
    return file.toString().endsWith(".xlsx") ? loading.xlsx(file) : loading.csv(file);
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
      try (Delimited.Source lines = loading.tabs(file)) {
        for (String[] cells = lines.next(); cells.length > 0; cells = lines.next()) {
          if (cells.length != 2 + AUTOMATIC_UNITS) {
            throw new DatasetFormatException(
                "%s has a row of %d cells, expected two addresses and %d units, separated by tabs"
                    .formatted(file, cells.length, AUTOMATIC_UNITS));
          }
          LabelRow row = loading.start(Rows.clean(cells[0]));
          for (ActionUnit unit : ActionUnit.ALL) {
            row.unit(unit.number(), cells[1 + unit.number()], INVALID);
          }
          for (int unit : OTHER_UNITS) {
            if (cells[1 + unit].equals("1")) {
              row.unknownUnit(unit);
            }
          }
          loading.add();
        }
      }
    }
    return loading.finish(false);
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
    try (Rows rows = open(loading, file)) {
      List<Integer> columns = new ArrayList<>();
      for (String category : CATEGORIES) {
        columns.add(column(rows, category));
      }
      while (rows.next()) {
        LabelRow row = loading.start(rows.get(0));
        category(row, rows, columns);
        loading.add();
      }
    }
    return loading.finish(false);
  }

  private static int column(Rows rows, String category) throws DatasetFormatException {
    for (int i = 1; i < rows.header().size(); i++) {
      String name = rows.header().get(i).toLowerCase(Locale.ROOT).replace(' ', '_');
      if (name.equals(category)) {
        return i;
      }
    }
    return rows.column(category);
  }

  private static void category(LabelRow row, Rows rows, List<Integer> columns) {
    List<String> marked = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      double mark = rows.number(columns.get(i));
      if (mark == 1) {
        marked.add(CATEGORIES.get(i));
      } else if (mark != 0) {
        row.mask("category", "a mark is neither 0 nor 1");
        return;
      }
    }
    if (marked.size() != 1) {
      row.mask("category", marked.isEmpty() ? "none is marked" : "several are marked");
      return;
    }
    String name = marked.get(0);
    CompoundExpression label =
        BASIC.containsKey(name) ? BASIC.get(name) : CompoundExpression.ofLabel(name);
    row.compound(label);
    if (!label.isCompound()) {
      Expression basic = label.components().get(0);
      row.expression(AnnotatedExpression.ofLabel(basic.label()));
    }
  }

  private static ImageStore photos(Path root) {
    return ImageStore.inFolder(
        List.of(root.resolve("images")), url -> List.of(url.substring(url.lastIndexOf('/') + 1)));
  }
}
