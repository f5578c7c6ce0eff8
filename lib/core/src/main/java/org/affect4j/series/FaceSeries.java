package org.affect4j.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * The faces of videos over time: one series per {@code input} and {@code face_id}. A track ends at
 * a cut, so that no step here reaches across one. Immutable.
 *
 * <p>Each step adds columns that are named after the value and the step, such as {@code
 * au12_filled} or {@code au12_mean15}; what was read stays as it is. Rows without a frame, those of
 * photos, get no values there.
 */
public final class FaceSeries {
  /** Reason of a row that is the first one behind a cut. */
  public static final String CUT = FaceColumns.CUT;

  /** Columns of expressions, valence and arousal. */
  public static final List<String> AFFECT =
      Stream.concat(
              Expression.ALL.stream().map(Expression::column),
              Stream.of(FaceColumns.VALENCE, FaceColumns.AROUSAL))
          .toList();

  /** Columns of expressions that only some networks tell apart. */
  private static final List<String> OTHER_EXPRESSIONS =
      Arrays.stream(AnnotatedExpression.values())
          .filter(e -> e.basic().isEmpty())
          .map(AnnotatedExpression::column)
          .toList();

  /** Columns of action units. */
  public static final List<String> UNITS = ActionUnit.ALL.stream().map(ActionUnit::column).toList();

  private final FaceTable faces;
  private final Map<String, Clip> clips = new LinkedHashMap<>();

  /** One input: the time of each frame, and the row of each track in each frame. */
  private static final class Clip {
    final TreeMap<Integer, Double> seconds = new TreeMap<>();
    final TreeMap<Integer, Integer> firstRow = new TreeMap<>();
    final TreeMap<Integer, TreeMap<Integer, Integer>> tracks = new TreeMap<>();
    final TreeSet<Integer> cuts = new TreeSet<>();

    /** Whether all frames of an interval belong to one shot. */
    boolean isWhole(int from, int to) {
      return cuts.subSet(from, false, to, true).isEmpty();
    }
  }

  /**
   * One track.
   *
   * @param input the video
   * @param face number of the track
   * @param rows row of each frame from the first to the last one of the track; -1 where it has none
   * @param seconds time of each of these frames
   */
  record Track(String input, int face, int[] rows, double[] seconds) {
    double[] values(double[] column) {
      return Arrays.stream(rows).mapToDouble(row -> row < 0 ? Double.NaN : column[row]).toArray();
    }
  }

  private FaceSeries(FaceTable faces) {
    this.faces = faces;
    double[] frames = faces.numbers(FaceColumns.FRAME);
    double[] seconds = faces.numbers(FaceColumns.TIMESTAMP);
    double[] ids = faces.numbers(FaceColumns.FACE);
    List<String> inputs = faces.texts(FaceColumns.INPUT);
    for (int row = 0; row < frames.length; row++) {
      if (Double.isNaN(frames[row])) {
        continue;
      }
      int frame = (int) frames[row];
      if (Double.isNaN(seconds[row])) {
        throw new IllegalArgumentException(
            "frame %d of '%s' has no timestamp_s, which a series needs; numbered pictures have one if their rate is stated"
                .formatted(frame, inputs.get(row)));
      }
      Clip clip = clips.computeIfAbsent(inputs.get(row), input -> new Clip());
      clip.seconds.put(frame, seconds[row]);
      clip.firstRow.putIfAbsent(frame, row);
      if (faces.text(row, FaceColumns.REASON).orElse("").contains(CUT)) {
        clip.cuts.add(frame);
      }
      if (!Double.isNaN(ids[row])
          && clip.tracks.computeIfAbsent((int) ids[row], id -> new TreeMap<>()).put(frame, row)
              != null) {
        throw new IllegalArgumentException(
            "face %d stands twice in frame %d of '%s'"
                .formatted((int) ids[row], frame, inputs.get(row)));
      }
    }
  }

  /**
   * Takes the rows of videos.
   *
   * @param faces rows with input, frame, timestamp_s and face_id
   * @return their series
   * @throws IllegalArgumentException if a column is missing, a frame has no time, or a face stands
   *     twice in a frame
   */
  public static FaceSeries of(FaceTable faces) {
    return new FaceSeries(faces);
  }

  /**
   * Returns the rows.
   *
   * @return one row per frame and face, and one per frame without a face
   */
  public FaceTable table() {
    return faces;
  }

  /** All tracks, by input and number. */
  List<Track> tracks() {
    List<Track> all = new ArrayList<>();
    clips.forEach(
        (input, clip) ->
            clip.tracks.forEach(
                (face, rows) -> {
                  SortedMap<Integer, Double> span =
                      clip.seconds.subMap(rows.firstKey(), true, rows.lastKey(), true);
                  all.add(
                      new Track(
                          input,
                          face,
                          span.keySet().stream().mapToInt(f -> rows.getOrDefault(f, -1)).toArray(),
                          span.values().stream().mapToDouble(s -> s).toArray()));
                }));
    return all;
  }

  /**
   * Fills gaps. A frame in which a track has no row gets one of status {@code interpolated}, with
   * empty raw columns, if the gap is short enough; frames before the first face of a video and
   * behind its last one get the nearest values, up to a cut.
   *
   * @param filling the longest gap
   * @return these series with columns such as {@code au12_filled} for all outputs
   */
  public FaceSeries filled(Filling filling) {
    return new FaceSeries(withRowsFor(filling))
        .derived(
            "filled",
            Stream.concat(affect(), UNITS.stream()),
            (track, values) -> filling.apply(track.seconds, values));
  }

  /** Expressions, those that only some networks tell apart among them, valence and arousal. */
  private static Stream<String> affect() {
    return Stream.concat(AFFECT.stream(), OTHER_EXPRESSIONS.stream());
  }

  /** Frames without a row of a track that are near enough to it. */
  private static List<Integer> missing(
      Clip clip, SortedMap<Integer, Integer> track, Filling filling) {
    boolean first = clip.tracks.values().stream().noneMatch(t -> t.firstKey() < track.firstKey());
    boolean last = clip.tracks.values().stream().noneMatch(t -> t.lastKey() > track.lastKey());
    SortedMap<Integer, Double> span =
        clip.seconds.subMap(
            first ? clip.seconds.firstKey() : track.firstKey(),
            true,
            last ? clip.seconds.lastKey() : track.lastKey(),
            true);
    int[] frames = span.keySet().stream().mapToInt(f -> f).toArray();
    double[] reached =
        filling.apply(
            span.values().stream().mapToDouble(s -> s).toArray(),
            Arrays.stream(frames)
                .mapToDouble(f -> track.containsKey(f) ? 0 : Double.NaN)
                .toArray());
    return IntStream.range(0, frames.length)
        .filter(i -> !Double.isNaN(reached[i]) && !track.containsKey(frames[i]))
        .mapToObj(i -> frames[i])
        .filter(
            f ->
                f < track.firstKey()
                    ? clip.isWhole(f, track.firstKey())
                    : f < track.lastKey() || clip.isWhole(track.lastKey(), f))
        .toList();
  }

  private FaceTable withRowsFor(Filling filling) {
    List<Integer> templates = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    for (Clip clip : clips.values()) {
      clip.tracks.forEach(
          (id, track) -> {
            for (int frame : missing(clip, track, filling)) {
              templates.add(clip.firstRow.get(frame));
              ids.add(id);
            }
          });
    }
    FaceTable added = faces.rows(templates.stream().mapToInt(i -> i).toArray());
    for (Column<?> column : added.table().columns()) {
      added =
          switch (column.name()) {
            case FaceColumns.INPUT, FaceColumns.FRAME, FaceColumns.TIMESTAMP -> added;
            case FaceColumns.FACE ->
                added.with(IntColumn.create(column.name(), ids.toArray(new Integer[0])));
            case FaceColumns.STATUS ->
                added.with(
                    StringColumn.create(
                        column.name(),
                        Collections.nCopies(
                            ids.size(), AnalyzedInput.Status.INTERPOLATED.label())));
            default -> added.with(column.emptyCopy(ids.size()));
          };
    }
    // A frame's row that says there is no face gives way to the first one that is filled in.
    Set<Integer> replaced = new HashSet<>(templates);
    int[] kept =
        IntStream.range(0, faces.size())
            .filter(r -> !replaced.contains(r) || faces.number(r, FaceColumns.FACE).isPresent())
            .toArray();
    FaceTable all = faces.rows(kept).append(added);
    int[] place =
        IntStream.concat(
                Arrays.stream(kept).map(this::firstRow), templates.stream().mapToInt(i -> i))
            .toArray();
    double[] face = all.numbers(FaceColumns.FACE);
    return all.rows(
        IntStream.range(0, place.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> place[i]).thenComparingDouble(i -> face[i]))
            .mapToInt(i -> i)
            .toArray());
  }

  /** The first row of the same frame; of a photo its own. */
  private int firstRow(int row) {
    OptionalDouble frame = faces.number(row, FaceColumns.FRAME);
    return frame.isEmpty()
        ? row
        : clips
            .get(faces.text(row, FaceColumns.INPUT).orElse(""))
            .firstRow
            .get((int) frame.getAsDouble());
  }

  /**
   * Filters expressions, valence and arousal by one filter and units by another; HSEmotion found
   * means of 15 frames best for the first, medians of 15 for the second. Filled values are filtered
   * where there are some, else the ones that were read.
   *
   * @param affect filter of expressions, valence and arousal
   * @param units filter of action units
   * @return these series with columns such as {@code valence_mean15}
   */
  public FaceSeries smoothed(Smoothing affect, Smoothing units) {
    return derived(
            affect.suffix(), affect(), (track, values) -> affect.apply(track.seconds, values))
        .derived(
            units.suffix(), UNITS.stream(), (track, values) -> units.apply(track.seconds, values));
  }

  /**
   * Subtracts a person's own baseline: the median over each track.
   *
   * @return these series with columns such as {@code au12_minus_median}
   */
  public FaceSeries minusMedian() {
    return derived(
        "minus_median",
        Stream.concat(affect(), UNITS.stream()),
        (track, values) -> {
          double median =
              StatUtils.percentile(
                  Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray(), 50);
          return Arrays.stream(values).map(v -> v - median).toArray();
        });
  }

  /**
   * Subtracts a person's own baseline: the mean over those frames of each track whose most probable
   * expression is neutral.
   *
   * @return these series with columns such as {@code au12_minus_neutral}; missing in tracks without
   *     such a frame
   */
  public FaceSeries minusNeutral() {
    Set<Integer> neutral =
        IntStream.range(0, faces.size())
            .filter(
                row ->
                    faces
                        .text(row, FaceColumns.EXPRESSION)
                        .filter(Expression.NEUTRAL.label()::equals)
                        .isPresent())
            .boxed()
            .collect(Collectors.toSet());
    return derived(
        "minus_neutral",
        Stream.concat(affect(), UNITS.stream()),
        (track, values) -> {
          double mean =
              IntStream.range(0, values.length)
                  .filter(i -> neutral.contains(track.rows[i]) && !Double.isNaN(values[i]))
                  .mapToDouble(i -> values[i])
                  .average()
                  .orElse(Double.NaN);
          return Arrays.stream(values).map(v -> v - mean).toArray();
        });
  }

  /** Computes a column from each of some columns, track by track. */
  private FaceSeries derived(
      String suffix, Stream<String> columns, BiFunction<Track, double[], double[]> step) {
    List<Track> tracks = tracks();
    FaceTable all = faces;
    for (String column : columns.filter(faces::has).toList()) {
      String filled = column + "_filled";
      double[] values = faces.numbers(faces.has(filled) ? filled : column);
      double[] result = new double[values.length];
      Arrays.fill(result, Double.NaN);
      for (Track track : tracks) {
        double[] steps = step.apply(track, track.values(values));
        for (int i = 0; i < steps.length; i++) {
          if (track.rows[i] >= 0) {
            result[track.rows[i]] = steps[i];
          }
        }
      }
      all = all.with(DoubleColumn.create(column + "_" + suffix, result));
    }
    return new FaceSeries(all);
  }
}
