package org.affect4j.notebook;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.affect4j.chart.Overlay;
import org.affect4j.chart.Picture;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Face;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Shows values below the running notebook cell.
 *
 * <table>
 * <caption>What is shown</caption>
 * <tr><td>{@link Picture}, {@link Overlay}, {@link FaceImage}, {@link BufferedImage}</td>
 *     <td>PNG, with its description as text</td></tr>
 * <tr><td>{@link FaceTable}, Tablesaw {@link Table}, {@link Column}</td>
 *     <td>HTML table of at most 20 rows</td></tr>
 * <tr><td>{@link Behaviour}, {@link Face}, a collection of faces</td><td>HTML table</td></tr>
 * <tr><td>a collection of pictures</td><td>side by side, see {@link #row(List)}</td></tr>
 * <tr><td>{@link Html}, any {@link HtmlContent}</td><td>the HTML as it is</td></tr>
 * <tr><td>anything else</td>
 *     <td>its {@code toString()} as plain text of at most 60 lines, never as HTML</td></tr>
 * </table>
 *
 * <p>It works in affect4j's own kernel, IJava, JJava and the rapaio kernel, found by reflection.
 * Without a kernel it prints text to standard output. Output of another thread after its cell has
 * ended is lost, as in every notebook.
 */
public final class Show {
  /** How many rows of a table are shown. */
  public static final int ROWS = 20;

  private static final int LINES = 60;
  private static final int LETTERS = 10_000;

  private Show() {}

  /**
   * Shows a value.
   *
   * @param value any value
   * @throws IllegalStateException if the kernel refuses the output
   */
  public static void show(Object value) {
    Front.current().show(bundle(value));
  }

  /**
   * Shows a table with another number of rows.
   *
   * @param table the table
   * @param rows how many rows at most, 1 or more
   * @throws IllegalArgumentException if {@code rows} is below 1
   */
  public static void table(Table table, int rows) {
    Front.current().show(bundle(table, rows));
  }

  /**
   * Shows pictures side by side; they wrap where the notebook is too narrow.
   *
   * @param pictures {@link Picture}, {@link Overlay}, {@link FaceImage} or {@link BufferedImage}
   * @throws IllegalArgumentException if there are none, or one is no picture
   */
  public static void row(Object... pictures) {
    Front.current().show(rowBundle(List.of(pictures)));
  }

  /**
   * Shows pictures side by side; they wrap where the notebook is too narrow.
   *
   * @param pictures {@link Picture}, {@link Overlay}, {@link FaceImage} or {@link BufferedImage}
   * @throws IllegalArgumentException if there are none, or one is no picture
   */
  public static void row(List<?> pictures) {
    Front.current().show(rowBundle(pictures));
  }

  static Bundle bundle(Object value) {
    Objects.requireNonNull(value, "there is nothing to show: the value is null");
    if (value instanceof Table table) {
      return bundle(table, ROWS);
    }
    if (value instanceof FaceTable faces) {
      return bundle(described(faces), ROWS);
    }
    if (value instanceof Column<?> column) {
      // A copy, because a column of a table may belong to that table only.
      return bundle(Table.create(column.copy()).setName(""), ROWS);
    }
    if (value instanceof HtmlContent content) {
      return Bundle.html(content.html(), content.toString());
    }
    Optional<Picture> picture = picture(value);
    if (picture.isPresent()) {
      Picture shown = picture.get();
      return new Bundle(
          Map.of(Bundle.PNG, base64(shown.png()), Bundle.PLAIN, shown.toString()),
          Map.of(
              "width", shown.displayWidth(),
              "height", shown.displayHeight(),
              "alt", shown.description()));
    }
    if (value instanceof Collection<?> many
        && !many.isEmpty()
        && many.stream().allMatch(one -> picture(one).isPresent())) {
      return rowBundle(List.copyOf(many));
    }
    return LastValues.bundle(value).orElseGet(() -> Bundle.plain(screen(value.toString())));
  }

  /** At most a screen of a text. */
  private static String screen(String text) {
    List<String> lines = text.lines().toList();
    int left = lines.size() - LINES;
    if (left <= 0 && text.length() <= LETTERS) {
      return text;
    }
    String shown = String.join("\n", lines.subList(0, Math.min(LINES, lines.size())));
    if (shown.length() > LETTERS) {
      return "%s … %,d more characters"
          .formatted(shown.substring(0, LETTERS), text.length() - LETTERS);
    }
    return "%s\n… %,d more lines".formatted(shown, left);
  }

  /** Without the hundreds of numbers that say nothing to a reader. */
  private static Table described(FaceTable faces) {
    FaceTable shown =
        faces.selectColumns(c -> !FeatureGroup.EMBEDDING.holds(c) && !FeatureGroup.HOG.holds(c));
    int left = faces.columns().size() - shown.columns().size();
    String note = left == 0 ? "" : " (%,d numbers of each face not shown)".formatted(left);
    return shown.table().setName(faces.name() + note);
  }

  static Bundle bundle(Table table, int rows) {
    return Bundle.html(TableHtml.of(table, rows), TableHtml.text(table, rows));
  }

  static Bundle rowBundle(List<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to show: no pictures");
    }
    List<String> descriptions = new ArrayList<>();
    StringBuilder html =
        new StringBuilder("<div style=\"display:flex;flex-wrap:wrap;gap:8px;align-items:start\">");
    for (Object value : values) {
      Picture picture =
          picture(value)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "a row shows pictures; " + value.getClass().getName() + " is none"));
      descriptions.add(picture.toString());
      html.append(image(picture));
    }
    return Bundle.html(html.append("</div>").toString(), String.join("\n", descriptions));
  }

  static String image(Picture picture) {
    return "<img style=\"min-width:0;max-width:100%%\" width=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
        .formatted(
            picture.displayWidth(), Html.escape(picture.description()), base64(picture.png()));
  }

  private static Optional<Picture> picture(Object value) {
    if (value instanceof Picture picture) {
      return Optional.of(picture);
    }
    if (value instanceof Overlay overlay) {
      return Optional.of(overlay.picture());
    }
    if (value instanceof FaceImage image) {
      return Optional.of(Picture.of(image));
    }
    if (value instanceof BufferedImage image) {
      String words = "Image, %d x %d pixels".formatted(image.getWidth(), image.getHeight());
      return Optional.of(Picture.of(image, words));
    }
    return Optional.empty();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
