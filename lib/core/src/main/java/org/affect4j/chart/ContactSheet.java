package org.affect4j.chart;

import java.awt.Graphics2D;
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

  static Picture draw(List<FaceImage> crops, List<String> captions, int columns) {
    Check.some("crops", crops.size());
    if (!captions.isEmpty()) {
      Check.same("crops", crops.size(), "captions", captions.size());
    }
    if (columns < 1) {
      throw new IllegalArgumentException("a sheet has 1 or more columns, got " + columns);
    }
    int used = Math.min(columns, crops.size());
    int cell = Math.min(LARGEST_CELL, (ChartStyle.WIDTH - GAP) / used - GAP);
    if (cell < 24) {
      throw new IllegalArgumentException(
          "%d columns leave %d pixels for a crop; use at most %d columns"
              .formatted(columns, Math.max(0, cell), (ChartStyle.WIDTH - GAP) / (24 + GAP)));
    }
    List<FaceImage> scaled = crops.stream().map(crop -> crop.scaledTo(cell)).toList();
    int tallest = scaled.stream().mapToInt(FaceImage::height).max().orElse(1);
    List<List<String>> lines = captions.stream().map(text -> Text.wrap(text, cell, 2)).toList();
    int deepest = lines.stream().mapToInt(List::size).max().orElse(0);
    int rowHeight = tallest + deepest * LINE + GAP + (deepest > 0 ? 4 : 0);
    int rows = (crops.size() + used - 1) / used;
    return new Picture(
        GAP + used * (cell + GAP),
        GAP + rows * rowHeight,
        "%d crops%s".formatted(crops.size(), captions.isEmpty() ? "" : ": " + Text.few(captions)),
        g -> {
          for (int i = 0; i < scaled.size(); i++) {
            int x = GAP + i % used * (cell + GAP);
            int y = GAP + i / used * rowHeight;
            crop(g, scaled.get(i), x + cell / 2, y + tallest / 2);
            List<String> text = i < lines.size() ? lines.get(i) : List.of();
            lines(g, text, x + cell / 2.0, y + tallest + 12.0, .5);
          }
        });
  }

  /** Rows of equal length with a head each, below heads of columns. */
  static Picture matrix(
      List<List<FaceImage>> rows, List<String> rowHeads, List<String> columnHeads) {
    int columns = columnHeads.size();
    Check.some("rows of crops", rows.size());
    Check.some("columns of crops", columns);
    Check.same("rows", rows.size(), "row heads", rowHeads.size());
    rows.forEach(row -> Check.same("crops", row.size(), "column heads", columns));
    int left = ChartStyle.WIDTH / 5;
    int cell = Math.min(LARGEST_MATRIX_CELL, (ChartStyle.WIDTH - left) / columns - MATRIX_GAP);
    int step = cell + MATRIX_GAP;
    List<List<FaceImage>> scaled =
        rows.stream().map(row -> row.stream().map(crop -> crop.scaledTo(cell)).toList()).toList();
    List<List<String>> heads =
        rowHeads.stream().map(head -> Text.wrap(head, left - 2.0 * GAP, 2)).toList();
    return new Picture(
        left + columns * step,
        2 * LINE + rows.size() * step,
        "Crops, rows %s, columns %s".formatted(Text.few(rowHeads), Text.few(columnHeads)),
        g -> {
          for (int c = 0; c < columns; c++) {
            lines(g, List.of(columnHeads.get(c)), left + c * step + cell / 2.0, LINE, .5);
          }
          for (int r = 0; r < scaled.size(); r++) {
            int middle = 2 * LINE + r * step + cell / 2;
            List<String> head = heads.get(r);
            lines(g, head, GAP, middle - (head.size() - 1) / 2.0 * LINE, 0);
            for (int c = 0; c < columns; c++) {
              crop(g, scaled.get(r).get(c), left + c * step + cell / 2, middle);
            }
          }
        });
  }

  private static void crop(Graphics2D g, FaceImage crop, int x, int y) {
    g.drawImage(crop.toBufferedImage(), x - crop.width() / 2, y - crop.height() / 2, null);
  }

  private static void lines(Graphics2D g, List<String> lines, double x, double y, double share) {
    g.setFont(Text.PLAIN);
    g.setColor(Text.INK);
    for (int k = 0; k < lines.size(); k++) {
      Text.at(g, lines.get(k), x, y + k * (double) LINE, share);
    }
  }
}
