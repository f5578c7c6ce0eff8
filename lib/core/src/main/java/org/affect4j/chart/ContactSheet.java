package org.affect4j.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.image.FaceImage;

/** Crops side by side with captions. */
final class ContactSheet {
  private static final int GAP = 10;
  private static final int LARGEST_CELL = 224;
  private static final int LINE = 18;
  private static final int LARGEST_MATRIX_CELL = 120;
  private static final int MATRIX_GAP = 4;

  private ContactSheet() {}

  static Picture draw(List<FaceImage> crops, List<String> captions, int columns, String words) {
    int used = Math.min(columns, crops.size());
    int cell = Math.min(LARGEST_CELL, (ChartStyle.WIDTH - GAP) / used - GAP);
    if (cell < 24) {
      throw new IllegalArgumentException(
          "%d columns leave %d pixels for a crop; use at most %d columns"
              .formatted(columns, Math.max(0, cell), (ChartStyle.WIDTH - GAP) / (24 + GAP)));
    }
    List<FaceImage> scaled = new ArrayList<>();
    int tallest = 1;
    for (FaceImage crop : crops) {
      double k = (double) cell / Math.max(crop.width(), crop.height());
      FaceImage one =
          crop.resized(
              Math.max(1, (int) Math.round(crop.width() * k)),
              Math.max(1, (int) Math.round(crop.height() * k)));
      scaled.add(one);
      tallest = Math.max(tallest, one.height());
    }
    List<List<String>> lines = captions.stream().map(text -> wrap(text, cell)).toList();
    int deepest = lines.stream().mapToInt(List::size).max().orElse(0);
    int rowHeight = tallest + deepest * LINE + GAP + (deepest > 0 ? 4 : 0);
    int rows = (crops.size() + used - 1) / used;
    int high = tallest;
    return new Picture(
        GAP + used * (cell + GAP),
        GAP + rows * rowHeight,
        words,
        g -> {
          g.setColor(Color.WHITE);
          g.fill(new Rectangle2D.Double(0, 0, GAP + used * (cell + GAP), GAP + rows * rowHeight));
          for (int i = 0; i < scaled.size(); i++) {
            int x = GAP + i % used * (cell + GAP);
            int y = GAP + i / used * rowHeight;
            FaceImage crop = scaled.get(i);
            g.drawImage(
                crop.toBufferedImage(),
                x + (cell - crop.width()) / 2,
                y + (high - crop.height()) / 2,
                null);
            g.setFont(Text.PLAIN);
            g.setColor(Text.INK);
            List<String> text = i < lines.size() ? lines.get(i) : List.of();
            for (int k = 0; k < text.size(); k++) {
              Text.centred(g, text.get(k), x + cell / 2.0, y + high + 12 + k * (double) LINE);
            }
          }
        });
  }

  /** Rows of equal length with a head each, below heads of columns. */
  static Picture matrix(
      List<List<FaceImage>> rows, List<String> rowHeads, List<String> columnHeads, String words) {
    int columns = columnHeads.size();
    int left = ChartStyle.WIDTH / 5;
    int cell = Math.min(LARGEST_MATRIX_CELL, (ChartStyle.WIDTH - left) / columns - MATRIX_GAP);
    int step = cell + MATRIX_GAP;
    int width = left + columns * step;
    int height = 2 * LINE + rows.size() * step;
    return new Picture(
        width,
        height,
        words,
        g -> {
          g.setColor(Color.WHITE);
          g.fill(new Rectangle2D.Double(0, 0, width, height));
          g.setFont(Text.PLAIN);
          g.setColor(Text.INK);
          for (int c = 0; c < columns; c++) {
            Text.centred(g, columnHeads.get(c), left + c * step + cell / 2.0, LINE);
          }
          for (int r = 0; r < rows.size(); r++) {
            int y = 2 * LINE + r * step;
            List<String> head = wrap(rowHeads.get(r), left - 2 * GAP);
            for (int k = 0; k < head.size(); k++) {
              double middle = y + cell / 2.0 + (k - (head.size() - 1) / 2.0) * LINE;
              Text.at(g, head.get(k), GAP, middle, 0);
            }
            for (int c = 0; c < columns; c++) {
              FaceImage shown = rows.get(r).get(c).scaledTo(cell);
              g.drawImage(
                  shown.toBufferedImage(),
                  left + c * step + (cell - shown.width()) / 2,
                  y + (cell - shown.height()) / 2,
                  null);
            }
          }
        });
  }

  /** At most two lines, the second cut off where it is too long; a line feed breaks a line too. */
  private static List<String> wrap(String caption, int width) {
    List<String> lines = new ArrayList<>();
    for (String part : caption.strip().split("\n", 3)) {
      String rest = part.strip();
      while (!rest.isEmpty() && lines.size() < 2) {
        int end = rest.length();
        while (lines.isEmpty()
            && end > 0
            && Text.width(rest.substring(0, end), Text.PLAIN) > width) {
          end = rest.lastIndexOf(' ', end - 1);
        }
        if (end <= 0 || lines.size() == 1) {
          end = rest.length();
        }
        lines.add(Text.fit(rest.substring(0, end), Text.PLAIN, width));
        rest = rest.substring(end).strip();
      }
    }
    return lines;
  }
}
