package org.affect4j.video;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.chart.ColourMap;
import org.affect4j.chart.Palette;
import org.affect4j.face.Expression;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.series.FaceSeries;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/** What the page of a player is told: the times of its frames and the values of their faces. */
final class PlayerData {
  private static final double USUAL_RATE = 25;

  /** A column that can be drawn. */
  private record Curve(
      String column, String name, String kind, double low, double high, Color colour) {
    String json() {
      return "{\"name\":\"%s\",\"kind\":\"%s\",\"low\":%s,\"high\":%s,\"colour\":\"%s\"}"
          .formatted(name, kind, rounded(low), rounded(high), hex(colour));
    }
  }

  private final FrameRows rows;
  private final List<Curve> curves = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();
  private final List<int[]> sizes = new ArrayList<>();
  private int width;
  private int height;

  PlayerData(FaceTable table) {
    rows = new FrameRows(table);
    for (String column : List.of(FaceColumns.VALENCE, FaceColumns.AROUSAL)) {
      add(column, column, "affect", -1, 1, Palette.BLUE);
    }
    for (Expression e : Expression.ALL) {
      add(e.column(), e.label(), "expression", 0, 1, Palette.of(e));
    }
    for (String column : rows.table().columns()) {
      if (column.matches("au\\d\\d_intensity")) {
        add(column, unit(column), "unit", 0, 5, Palette.BLUE);
      } else if (column.matches("au\\d\\d") && !rows.table().has(column + "_intensity")) {
        add(column, unit(column), "unit", 0, 1, Palette.BLUE);
      }
    }
  }

  private void add(String column, String name, String kind, double low, double high, Color colour) {
    if (rows.table().has(column)) {
      curves.add(new Curve(column, name, kind, low, high, colour));
    }
  }

  private static String unit(String column) {
    return "AU" + Integer.parseInt(column.substring(2, 4));
  }

  /** Remembers a frame and makes its picture: of even sides, the first one's. */
  FaceImage add(VideoFrame frame) {
    FaceImage image = frame.image();
    if (numbers.isEmpty()) {
      width = Math.max(16, image.width() & ~1);
      height = Math.max(16, image.height() & ~1);
    }
    numbers.add(frame.number());
    times.add(frame.seconds().orElse(frame.number() / USUAL_RATE));
    sizes.add(new int[] {frame.width(), frame.height()});
    return image.width() == width && image.height() == height
        ? image
        : image.resized(width, height);
  }

  /** Width of the pictures. */
  int width() {
    return width;
  }

  int height() {
    return height;
  }

  static String hex(Color colour) {
    return "#%06x".formatted(colour.getRGB() & 0xFFFFFF);
  }

  /** An object of JavaScript. */
  String json() {
    List<FaceTable> frames = numbers.stream().map(rows::of).toList();
    int count = times.size();
    double length =
        count < 2 ? 1 / USUAL_RATE : (times.get(count - 1) - times.get(0)) / (count - 1);
    Map<Integer, int[]> faces = new TreeMap<>();
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FaceTable found = frames.get(i);
      for (int row = 0; row < found.size(); row++) {
        if (i > 0 && found.text(row, FaceColumns.REASON).orElse("").contains(FaceSeries.CUT)) {
          cuts.add(i);
        }
        int frame = i;
        int number = row;
        found
            .number(row, FaceColumns.FACE)
            .ifPresent(id -> faces.computeIfAbsent((int) id, f -> none(count))[frame] = number);
      }
    }
    return "{\"times\":%s,\"end\":%s,\"cuts\":%s,\"columns\":%s,\"faces\":%s,\"blues\":%s,\"colours\":{\"first\":\"%s\",\"second\":\"%s\"}}"
        .formatted(
            list(count, i -> rounded(times.get(i) - times.get(0))),
            rounded(times.get(count - 1) - times.get(0) + length),
            cuts.stream().distinct().toList(),
            list(curves.size(), i -> curves.get(i).json()),
            faces.entrySet().stream()
                .map(face -> face(face.getKey(), face.getValue(), frames))
                .collect(Collectors.joining(",", "[", "]")),
            list(9, PlayerData::blue),
            hex(Palette.BLUE),
            hex(Palette.VERMILLION));
  }

  private static int[] none(int count) {
    int[] rows = new int[count];
    Arrays.fill(rows, -1);
    return rows;
  }

  private static String blue(int i) {
    Color colour = ColourMap.BLUES.at(i / 8.);
    return "[%d,%d,%d]".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }

  /** One track: its boxes as parts of 10,000 of the frame's sides, and its values. */
  private String face(int id, int[] row, List<FaceTable> frames) {
    String boxes =
        list(
            row.length,
            i ->
                row[i] < 0
                    ? ""
                    : frames.get(i).box(row[i]).map(box -> box(box, sizes.get(i))).orElse(""));
    String values =
        curves.stream()
            .map(
                curve ->
                    list(row.length, i -> row[i] < 0 ? "" : value(frames.get(i), row[i], curve)))
            .collect(Collectors.joining(",", "[", "]"));
    List<Integer> filled =
        IntStream.range(0, row.length)
            .filter(i -> row[i] >= 0 && isFilled(frames.get(i), row[i]))
            .boxed()
            .toList();
    return "{\"id\":%d,\"colour\":\"%s\",\"filled\":%s,\"boxes\":%s,\"values\":%s}"
        .formatted(id, hex(Palette.series(id)), filled, boxes, values);
  }

  private static boolean isFilled(FaceTable rows, int row) {
    String filled = AnalyzedInput.Status.INTERPOLATED.label();
    return rows.text(row, FaceColumns.STATUS).orElse("").equals(filled);
  }

  private static String box(PixelBox box, int[] size) {
    return Stream.of(
            box.x() / size[0], box.y() / size[1], box.width() / size[0], box.height() / size[1])
        .map(share -> String.valueOf(Math.round(10_000 * share)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String value(FaceTable rows, int row, Curve curve) {
    double read = rows.number(row, curve.column()).orElse(Double.NaN);
    double value =
        Double.isNaN(read) ? rows.number(row, curve.column() + "_filled").orElse(read) : read;
    return Double.isNaN(value) ? "" : rounded(value);
  }

  /** Values that are missing are null. */
  private static String list(int count, IntFunction<String> value) {
    return IntStream.range(0, count)
        .mapToObj(i -> value.apply(i))
        .map(text -> text.isEmpty() ? "null" : text)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String rounded(double value) {
    return BigDecimal.valueOf(value)
        .setScale(3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
