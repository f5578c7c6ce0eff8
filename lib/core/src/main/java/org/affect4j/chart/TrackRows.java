package org.affect4j.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.affect4j.series.FaceSeries;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/** The rows of one face of one video in the order of their frames, with times that begin at 0. */
final class TrackRows {
  /** Neighbouring values that lie further apart than so many usual steps have a gap between. */
  private static final double GAP = 2.5;

  private final FaceTable table;
  private final int face;
  private final boolean inSeconds;
  private final int[] frames;
  private final int[] rows;
  private final double[] times;
  private final boolean[] interpolated;
  private final boolean[] cut;
  private final double step;

  private TrackRows(FaceTable table, int face, TreeMap<Integer, List<Integer>> byFrame) {
    this.table = table;
    this.face = face;
    frames = byFrame.keySet().stream().mapToInt(f -> f).toArray();
    int[] first = byFrame.values().stream().mapToInt(all -> all.get(0)).toArray();
    inSeconds =
        Arrays.stream(first).allMatch(row -> table.number(row, FaceColumns.TIMESTAMP).isPresent());
    rows = byFrame.values().stream().mapToInt(all -> ofFace(all)).toArray();
    times = new double[frames.length];
    interpolated = new boolean[frames.length];
    cut = new boolean[frames.length];
    int i = 0;
    for (List<Integer> all : byFrame.values()) {
      times[i] =
          inSeconds
              ? table.number(first[i], FaceColumns.TIMESTAMP).getAsDouble()
                  - table.number(first[0], FaceColumns.TIMESTAMP).getAsDouble()
              : frames[i] - frames[0];
      cut[i] =
          all.stream()
              .anyMatch(
                  row -> table.text(row, FaceColumns.REASON).orElse("").contains(FaceSeries.CUT));
      interpolated[i] =
          rows[i] >= 0
              && table
                  .text(rows[i], FaceColumns.STATUS)
                  .orElse("")
                  .equals(Status.INTERPOLATED.label());
      i++;
    }
    double[] steps =
        IntStream.range(1, times.length)
            .mapToDouble(k -> times[k] - times[k - 1])
            .sorted()
            .toArray();
    step = steps.length == 0 ? 1 : steps[steps.length / 2];
  }

  private int ofFace(List<Integer> rowsOfFrame) {
    return rowsOfFrame.stream()
        .filter(row -> table.number(row, FaceColumns.FACE).orElse(-1) == face)
        .findFirst()
        .orElse(-1);
  }

  /**
   * Takes one face.
   *
   * @param face number of the face; empty for the only one
   * @throws IllegalArgumentException if there are several videos or faces to choose from, or none
   */
  static TrackRows of(FaceTable table, OptionalInt face) {
    TreeSet<String> inputs = new TreeSet<>();
    TreeSet<Integer> faces = new TreeSet<>();
    TreeMap<Integer, List<Integer>> byFrame = new TreeMap<>();
    for (int row = 0; row < table.size(); row++) {
      int number = row;
      table
          .number(row, FaceColumns.FRAME)
          .ifPresent(
              frame -> {
                inputs.add(table.text(number, FaceColumns.INPUT).orElse(""));
                table.number(number, FaceColumns.FACE).ifPresent(id -> faces.add((int) id));
                byFrame.computeIfAbsent((int) frame, f -> new ArrayList<>()).add(number);
              });
    }
    if (byFrame.isEmpty() || faces.isEmpty()) {
      throw new IllegalArgumentException(
          "there is nothing to draw over time: %s"
              .formatted(byFrame.isEmpty() ? "no row has a frame" : "no frame has a face"));
    }
    if (inputs.size() > 1) {
      throw new IllegalArgumentException(
          "a chart over time shows one video, but the rows are of %d: %s"
              .formatted(inputs.size(), Text.few(List.copyOf(inputs))));
    }
    if (face.isPresent() ? !faces.contains(face.getAsInt()) : faces.size() > 1) {
      throw new IllegalArgumentException(
          "the rows hold the faces %s; name one of them".formatted(faces));
    }
    return new TrackRows(table, face.orElse(faces.first()), byFrame);
  }

  /** The face that is in most frames, of those the largest; empty if there is none. */
  static OptionalInt mainFace(FaceTable table) {
    Map<Integer, double[]> sizes = new TreeMap<>();
    for (int row = 0; row < table.size(); row++) {
      double area = table.box(row).map(box -> box.width() * box.height()).orElse(0.);
      table
          .number(row, FaceColumns.FACE)
          .ifPresent(
              id -> {
                double[] size = sizes.computeIfAbsent((int) id, i -> new double[2]);
                size[0]++;
                size[1] += area;
              });
    }
    return sizes.entrySet().stream()
        .max(
            (a, b) -> {
              int longer = Double.compare(a.getValue()[0], b.getValue()[0]);
              return longer != 0 ? longer : Double.compare(a.getValue()[1], b.getValue()[1]);
            })
        .map(entry -> OptionalInt.of(entry.getKey()))
        .orElse(OptionalInt.empty());
  }

  FaceTable table() {
    return table;
  }

  int face() {
    return face;
  }

  /** Whether times are seconds; else they count frames. */
  boolean inSeconds() {
    return inSeconds;
  }

  int size() {
    return frames.length;
  }

  /** Number of a frame in its video. */
  int frame(int i) {
    return frames[i];
  }

  /** Row of a frame; -1 if the face is not in it. */
  int row(int i) {
    return rows[i];
  }

  /** From 0. */
  double time(int i) {
    return times[i];
  }

  /** The first frame at a time or behind it; how many frames there are, if there is none. */
  int index(double time) {
    int found = Arrays.binarySearch(times, time);
    return found < 0 ? -found - 1 : found;
  }

  /** Time of a frame by its number; of one that has no rows that of the next one before it. */
  double timeOf(int number) {
    int found = Arrays.binarySearch(frames, number);
    return times[Math.max(0, found < 0 ? -found - 2 : found)];
  }

  double end() {
    return times[times.length - 1];
  }

  /** The usual distance of two frames. */
  double step() {
    return step;
  }

  /** How long it is, in words. */
  String span() {
    return "0 to %s %s".formatted(Text.tick(end()), inSeconds ? "seconds" : "frames");
  }

  /** Frames without the face, or with values that were filled in, and cuts, in words. */
  String breaks() {
    long missing = Arrays.stream(rows).filter(row -> row < 0).count();
    long filled = IntStream.range(0, rows.length).filter(i -> interpolated[i]).count();
    long cuts = IntStream.range(1, rows.length).filter(i -> cut[i]).count();
    return "%d frames without the face, %d filled in, %d cuts".formatted(missing, filled, cuts);
  }

  boolean isInterpolated(int i) {
    return interpolated[i];
  }

  /** Whether a frame is the first one behind a cut. */
  boolean isBehindCut(int i) {
    return cut[i];
  }

  /**
   * The values of a column, or where they are missing those that were filled in.
   *
   * @return one per frame; NaN where the face is not there
   */
  double[] values(String column) {
    double[] read = table.numbers(column);
    String filled = column + "_filled";
    double[] other = table.has(filled) ? table.numbers(filled) : read;
    return Arrays.stream(rows)
        .mapToDouble(row -> row < 0 ? Double.NaN : Double.isNaN(read[row]) ? other[row] : read[row])
        .toArray();
  }

  /** Stretches {from, behind} of frames that a line may join: no gap and no cut in between. */
  List<int[]> parts(int first, int behind, IntPredicate present) {
    List<int[]> parts = new ArrayList<>();
    for (int i = first; i < behind; i++) {
      if (present.test(i)) {
        boolean joined =
            i > first && present.test(i - 1) && !cut[i] && times[i] - times[i - 1] <= GAP * step;
        if (!joined) {
          parts.add(new int[] {i, i});
        }
        parts.get(parts.size() - 1)[1] = i + 1;
      }
    }
    return parts;
  }
}
