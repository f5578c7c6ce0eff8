package org.affect4j.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * Charts of one face of a video over time, sized for a notebook. Times begin at 0 with the first
 * frame; rows without times, such as py-feat's, are drawn over the number of the frame.
 *
 * <p>Lines end at gaps, in which the face is not there, and at cuts, which are vertical lines. What
 * was filled in ({@code interpolated}) is drawn thinner and dashed, or paler. Rows may come from
 * affect4j, OpenFace or py-feat; a chart whose columns are not there throws {@link
 * IllegalArgumentException}.
 *
 * <pre>{@code
 * SeriesCharts charts = SeriesCharts.of(rows, 0);
 * charts.units();
 * charts.of("mean15").valenceArousal();
 * }</pre>
 */
public final class SeriesCharts {
  private static final int PAD = 14;
  private static final int TOP = 62;
  private static final int RIGHT = 20;
  private static final int CURVES = 260;
  private static final int STATES = 22;
  private static final int MOST_PICTURES = 10;

  private final TrackRows track;
  private final String step;

  private SeriesCharts(TrackRows track, String step) {
    this.track = track;
    this.step = step;
  }

  /**
   * Takes the rows of a video with one face.
   *
   * @param rows of one video, with frame and face_id
   * @return its charts
   * @throws IllegalArgumentException if there are several videos or faces, or none
   */
  public static SeriesCharts of(FaceTable rows) {
    return new SeriesCharts(TrackRows.of(rows, OptionalInt.empty()), "");
  }

  /**
   * Takes one face of a video.
   *
   * @param rows of one video, with frame and face_id; those of other faces tell of cuts and gaps
   * @param face its face_id
   * @return its charts
   * @throws IllegalArgumentException if there are several videos, or no such face
   */
  public static SeriesCharts of(FaceTable rows, int face) {
    return new SeriesCharts(TrackRows.of(rows, OptionalInt.of(face)), "");
  }

  /**
   * Chooses the face that is in most frames; of several the largest.
   *
   * @param rows of a video
   * @return its face_id; empty if there is no face
   */
  public static OptionalInt mainFace(FaceTable rows) {
    return TrackRows.mainFace(rows);
  }

  /**
   * Draws what a step of {@link org.affect4j.series.FaceSeries} made, instead of what was read.
   *
   * @param suffix of the step's columns, such as {@code "mean15"} for {@code valence_mean15}
   * @return charts of these columns
   */
  public SeriesCharts of(String suffix) {
    return new SeriesCharts(track, "_" + suffix);
  }

  /**
   * Draws all action units of the rows as a strip of colours, one line each.
   *
   * @return heat strip: probabilities, 0 to 1, or intensities, 0 to 5, where OpenFace wrote them
   */
  public Picture units() {
    boolean intensity =
        track.table().columns().stream().anyMatch(c -> c.matches("au\\d\\d_intensity"));
    String kind = intensity ? "_intensity" : step;
    List<String> columns =
        track.table().columns().stream().filter(c -> c.matches("au\\d\\d" + kind)).toList();
    Check.some("action units" + (kind.isEmpty() ? "" : " of " + kind), columns.size());
    List<double[]> values = columns.stream().map(track::values).toList();
    List<String> names = columns.stream().map(SeriesCharts::unitName).toList();
    double most = intensity ? 5 : 1;
    int left = PAD + (int) Math.ceil(Text.widest(names, Text.PLAIN)) + 10;
    int line = 21;
    int height = line * columns.size();
    String what = intensity ? "intensity" : "probability";
    return sheet(
        "Action units over time, " + what,
        height,
        words("Action units over time", columns, values),
        left,
        84,
        List.of(),
        plot -> {
          for (int i = 0; i < names.size(); i++) {
            double y = plot.area().getY() + i * (double) line;
            plot.heat(values.get(i), most, y, line - 1.);
            plot.g().setFont(Text.PLAIN);
            plot.g().setColor(Text.INK);
            Text.at(plot.g(), names.get(i), left - 8., y + line / 2., 1);
          }
          Scale scale = Scale.of(0, most, 5, false);
          HeatMap.bar(
              plot.g(),
              scale,
              v -> ColourMap.BLUES.at(scale.share(v)),
              plot.area().getMaxX() + 20,
              plot.area().getY(),
              Math.min(200, height));
        });
  }

  private static String unitName(String column) {
    int number = Integer.parseInt(column.substring(2, 4));
    return ActionUnit.ALL.stream()
        .filter(unit -> unit.number() == number)
        .map(unit -> unit.label() + " " + unit.facsName())
        .findFirst()
        .orElse("AU" + number);
  }

  /**
   * Draws the probabilities of the seven expressions as bands, one above the other.
   *
   * @return the bands in the colours of the expressions
   */
  public Picture expressions() {
    List<String> columns = Expression.ALL.stream().map(e -> e.column() + step).toList();
    require(columns);
    List<double[]> values = columns.stream().map(track::values).toList();
    List<Key> keys = Expression.ALL.stream().map(e -> Key.bar(e.label(), Palette.of(e))).toList();
    Scale scale = Scale.of(0, 1, 5, false);
    return curves(
        "Expressions over time, probability",
        words("Expressions over time", columns, values),
        keys,
        scale,
        plot ->
            plot.bands(
                values.toArray(double[][]::new),
                Expression.ALL.stream().map(Palette::of).toArray(Color[]::new)));
  }

  /**
   * Draws valence and arousal.
   *
   * @return two curves from -1 to 1
   */
  public Picture valenceArousal() {
    return lines(
        "Valence and arousal over time",
        List.of(FaceColumns.VALENCE + step, FaceColumns.AROUSAL + step),
        List.of("valence", "arousal"),
        Scale.of(-1, 1, 4, false));
  }

  /**
   * Draws any columns, such as a unit as it was read and as it was filtered.
   *
   * @param columns one or more names of columns of numbers
   * @return one curve each; the axis goes from 0 to 1, or fits numbers beyond
   */
  public Picture curves(String... columns) {
    Check.some("columns", columns.length);
    require(List.of(columns));
    double[] all =
        Arrays.stream(columns)
            .flatMapToDouble(c -> Arrays.stream(track.values(c)))
            .filter(v -> !Double.isNaN(v))
            .toArray();
    boolean shares = Arrays.stream(all).allMatch(v -> v >= 0 && v <= 1);
    Scale scale =
        shares ? Scale.of(0, 1, 5, false) : Scale.around(all, .02, 5, Scale.whole(all)).rounded();
    return lines(
        String.join(", ", columns) + " over time", List.of(columns), List.of(columns), scale);
  }

  private Picture lines(String title, List<String> columns, List<String> names, Scale scale) {
    require(columns);
    List<double[]> values = columns.stream().map(track::values).toList();
    List<Key> keys =
        IntStream.range(0, names.size()).mapToObj(i -> Key.bar(names.get(i), colour(i))).toList();
    return curves(
        title,
        words(title, columns, values),
        keys,
        scale,
        plot -> {
          for (int i = 0; i < values.size(); i++) {
            plot.curve(values.get(i), scale, colour(i), 2);
          }
        });
  }

  /** Blue and vermillion first, which differ most. */
  private static Color colour(int index) {
    return index == 0 ? Palette.BLUE : index == 1 ? Palette.VERMILLION : Palette.series(index);
  }

  private Picture curves(
      String title, String words, List<Key> keys, Scale scale, Consumer<TimePlot> painter) {
    return sheet(
        title,
        CURVES,
        words,
        PAD + 50,
        RIGHT,
        keys,
        plot -> {
          plot.grid(scale);
          painter.accept(plot);
        });
  }

  /**
   * Draws the way through the plane of valence and arousal, coloured by time.
   *
   * @return the circumplex
   */
  public Picture trajectory() {
    List<String> columns = List.of(FaceColumns.VALENCE + step, FaceColumns.AROUSAL + step);
    require(columns);
    List<double[]> values = columns.stream().map(track::values).toList();
    return Circumplex.trajectory(
        track,
        values.get(0),
        values.get(1),
        words("Way through valence and arousal", columns, values));
  }

  /**
   * Finds the moments at which a column is highest.
   *
   * @param column such as {@code "au12"}
   * @param most how many at most, 1 or more
   * @return their frames in order of time: local peaks, no two nearer than a tenth of the video,
   *     none below a third of the highest
   */
  public List<Integer> peaks(String column, int most) {
    require(List.of(column));
    double[] values = track.values(column);
    List<Integer> chosen = new ArrayList<>();
    double apart = track.end() / 10;
    double least = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0) / 3;
    IntStream.range(0, values.length)
        .filter(i -> values[i] >= least && !track.isInterpolated(i))
        .filter(i -> isHighest(values, i, apart / 4))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
        .forEach(
            i -> {
              boolean free =
                  chosen.stream().allMatch(c -> Math.abs(track.time(c) - track.time(i)) >= apart);
              if (free && chosen.size() < most) {
                chosen.add(i);
              }
            });
    return chosen.stream().sorted().map(track::frame).toList();
  }

  /** Whether no value nearby is higher. */
  private boolean isHighest(double[] values, int i, double near) {
    int first = track.index(track.time(i) - near);
    int behind = track.index(track.time(i) + near);
    return Arrays.stream(values, first, Math.max(first, behind)).noneMatch(v -> v > values[i]);
  }

  /**
   * Draws pictures of moments above the curve of a column, each with a line to its moment.
   *
   * @param column such as {@code "au12"}
   * @param pictures one to ten, by the number of their frame; {@link #peaks} tells which to take
   * @return the film strip
   */
  public Picture filmStrip(String column, SortedMap<Integer, FaceImage> pictures) {
    require(List.of(column));
    Check.some("pictures", pictures.size());
    if (pictures.size() > MOST_PICTURES) {
      throw new IllegalArgumentException(
          "a film strip has room for %d pictures, got %d"
              .formatted(MOST_PICTURES, pictures.size()));
    }
    String name = column.matches("au\\d\\d") ? unitName(column) : column;
    return new FilmStrip(track, name, track.values(column), pictures).picture();
  }

  private Picture sheet(
      String title,
      int height,
      String words,
      int left,
      int right,
      List<Key> keys,
      Consumer<TimePlot> painter) {
    int legend = Key.legendHeight(keys, ChartStyle.WIDTH);
    int top = TOP + legend;
    List<Key> states = TimePlot.states(track);
    int foot = top + height + TimePlot.AXIS;
    return ChartStyle.sheet(
        ChartStyle.WIDTH,
        foot + (states.isEmpty() ? 0 : STATES) + PAD / 2,
        title,
        words,
        g -> {
          Key.legend(g, keys, 40, ChartStyle.WIDTH);
          double end = Math.max(track.end(), track.step());
          double width = ChartStyle.WIDTH - left - right;
          Rectangle2D area = new Rectangle2D.Double(left, top, width, height);
          TimePlot plot = new TimePlot(g, track, area, 0, end);
          painter.accept(plot);
          plot.status();
          plot.cuts();
          plot.axis();
          double x = left;
          for (Key state : states) {
            TimePlot.state(g, state.colour(), x, foot + 8, 14);
            g.setColor(Text.FAINT);
            g.setFont(Text.PLAIN);
            Text.at(g, state.name(), x + 20, foot + 11., 0);
            x += 50 + Text.width(state.name(), Text.PLAIN);
          }
        });
  }

  /** A chart in words: how long, how many gaps and cuts, and where each column is highest. */
  private String words(String title, List<String> columns, List<double[]> values) {
    List<String> peaks = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      double[] column = values.get(c);
      String name = columns.get(c);
      IntStream.range(0, column.length)
          .filter(i -> !Double.isNaN(column[i]))
          .boxed()
          .max(Comparator.comparingDouble(i -> column[i]))
          .ifPresent(
              i ->
                  peaks.add(
                      "%s up to %s at %s"
                          .formatted(name, Text.number(column[i]), Text.tick(track.time(i)))));
    }
    return "%s of face %d, %d frames, %s: %s; %s"
        .formatted(
            title, track.face(), track.size(), track.span(), Text.few(peaks), track.breaks());
  }

  private void require(List<String> columns) {
    List<String> absent = columns.stream().filter(c -> !track.table().has(c)).toList();
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "the rows have no column %s; they have %s"
              .formatted(Text.few(absent), Text.few(track.table().columns())));
    }
  }
}
