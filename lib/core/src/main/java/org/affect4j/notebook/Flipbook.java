package org.affect4j.notebook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.affect4j.image.FaceImage;

/**
 * Rows of pictures of which one is shown at a time: a list chooses the row, a slider the picture.
 */
public final class Flipbook {
  private static final int SIDE = 192;

  private static final String PAGE =
      """
      <div id="%1$s" style="font-family:sans-serif">
      <div>%2$s</div>
      <label>show <select>%3$s</select></label>
      <label>step <input type="range" min="0" max="%4$d" value="%4$d"></label>
      <script>(function () {
      const book = document.getElementById("%1$s"), pages = book.querySelectorAll("img");
      function turn() {
        const now = book.querySelector("select").value + " " + book.querySelector("input").value;
        pages.forEach(p => p.style.display = p.dataset.page === now ? "block" : "none");
      }
      book.addEventListener("input", turn);
      turn();
      })();</script></div>
      """;

  private Flipbook() {}

  /**
   * Makes a page that works without a kernel too. Where scripts are not allowed, as in a notebook
   * that is not trusted, it shows the last picture of the first row.
   *
   * @param films pictures by the name of their row, at least one; all rows of one length
   * @param steps name of each picture within a row, at least one
   * @return the page
   * @throws IllegalArgumentException if there is no row, or one has another number of pictures
   */
  public static Html of(Map<String, List<FaceImage>> films, List<String> steps) {
    if (films.isEmpty()
        || steps.isEmpty()
        || films.values().stream().anyMatch(film -> film.size() != steps.size())) {
      throw new IllegalArgumentException(
          "a flipbook needs rows of %d pictures each, one per step".formatted(steps.size()));
    }
    List<String> names = List.copyOf(films.keySet());
    List<String> images = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      for (int s = 0; s < steps.size(); s++) {
        boolean first = f == 0 && s == steps.size() - 1;
        String alt = names.get(f) + ", " + steps.get(s);
        images.add(
            "<img data-page=\"%d %d\" style=\"display:%s\" alt=\"%s\" src=\"data:image/jpeg;base64,%s\">"
                .formatted(
                    f,
                    s,
                    first ? "block" : "none",
                    Html.escape(alt),
                    jpeg(films.get(names.get(f)).get(s).shrunkTo(SIDE))));
      }
    }
    String options =
        names.stream()
            .map(
                n -> "<option value=\"%d\">%s</option>".formatted(names.indexOf(n), Html.escape(n)))
            .collect(Collectors.joining());
    String id = "flipbook" + Integer.toHexString(images.hashCode());
    return new Html(PAGE.formatted(id, String.join("", images), options, steps.size() - 1));
  }

  /** Many pictures go into one page, and JPEG takes a tenth of what PNG takes. */
  private static String jpeg(FaceImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture.toBufferedImage(), "jpg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
