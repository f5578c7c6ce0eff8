package org.affect4j.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.Fairness;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.Interval;

/**
 * Charts of behaviour, datasets and measurements, sized for a notebook (about 860 pixels wide).
 *
 * <p>Arrays and lists are copied: a chart does not change when they do. All methods throw {@link
 * IllegalArgumentException} if there is nothing to draw, if lengths do not match, or if a number
 * lies outside the range that its method states.
 */
public final class Charts {
  private static final String PROBABILITY = "probability (0 to 1)";

  private Charts() {}

  /**
   * Draws the 17 action units of one face.
   *
   * @param face the face
   * @return bars from 0 to 1, upper face above lower face
   */
  public static Picture actionUnits(Face face) {
    return actionUnits("Action units of face " + face.id(), face.behaviour());
  }

  /**
   * Draws the 17 action units of one face.
   *
   * @param behaviour what the network read
   * @return bars from 0 to 1, upper face above lower face
   */
  public static Picture actionUnits(Behaviour behaviour) {
    return actionUnits("Action units", behaviour);
  }

  private static Picture actionUnits(String title, Behaviour behaviour) {
    List<Bars.Group> groups = new ArrayList<>();
    for (ActionUnit.Region region : ActionUnit.Region.values()) {
      List<ActionUnit> units =
          ActionUnit.ALL.stream().filter(unit -> unit.region() == region).toList();
      groups.add(
          new Bars.Group(
              region.label(),
              Palette.of(region),
              units.stream().map(unit -> unit.label() + " " + unit.facsName()).toList(),
              units.stream().mapToDouble(behaviour::probability).toArray()));
    }
    List<String> names = ActionUnit.ALL.stream().map(ActionUnit::label).toList();
    String words = words(title + ", probabilities", names, behaviour.actionUnitProbabilities());
    return Bars.lying(title, PROBABILITY, groups, 0, 1, words);
  }

  /**
   * Draws the seven expressions of one face.
   *
   * @param face the face
   * @return bars from 0 to 1
   */
  public static Picture expressions(Face face) {
    return expressions("Expressions of face " + face.id(), face.behaviour());
  }

  /**
   * Draws the seven expressions of one face.
   *
   * @param behaviour what the network read
   * @return bars from 0 to 1
   */
  public static Picture expressions(Behaviour behaviour) {
    return expressions("Expressions", behaviour);
  }

  private static Picture expressions(String title, Behaviour behaviour) {
    List<String> names = Expression.ALL.stream().map(Expression::label).toList();
    // One group of one bar each, since a group has one colour.
    List<Bars.Group> groups =
        Expression.ALL.stream()
            .map(
                expression ->
                    new Bars.Group(
                        "",
                        Palette.of(expression),
                        List.of(expression.label()),
                        new double[] {behaviour.probability(expression)}))
            .toList();
    String words = words(title + ", probabilities", names, behaviour.expressionProbabilities());
    return Bars.lying(title, PROBABILITY, groups, 0, 1, words);
  }

  /**
   * Draws faces in the plane of valence and arousal, coloured by expression, with their ids.
   *
   * @param faces at least one
   * @return the circumplex, both axes from -1 to 1; in a crowd some ids are left out
   */
  public static Picture circumplex(List<Face> faces) {
    return circumplex(
        "Valence and arousal",
        faces.stream().mapToDouble(f -> f.behaviour().valenceArousal().valence()).toArray(),
        faces.stream().mapToDouble(f -> f.behaviour().valenceArousal().arousal()).toArray(),
        faces.stream().map(f -> f.behaviour().expression().label()).toList(),
        faces.stream().map(f -> String.valueOf(f.id())).toList());
  }

  /**
   * Draws points in the plane of valence and arousal in one colour.
   *
   * @param valence at least one number in -1 to 1
   * @param arousal as many numbers in -1 to 1
   * @return the circumplex, both axes from -1 to 1
   */
  public static Picture circumplex(double[] valence, double[] arousal) {
    return circumplex("Valence and arousal", valence, arousal, List.of(), List.of());
  }

  /**
   * Draws points in the plane of valence and arousal, coloured by group.
   *
   * @param title heading
   * @param valence at least one number in -1 to 1
   * @param arousal as many numbers in -1 to 1
   * @param groups the group of each point; names of expressions get the expressions' colours; empty
   *     for one colour
   * @return the circumplex, both axes from -1 to 1
   */
  public static Picture circumplex(
      String title, double[] valence, double[] arousal, List<String> groups) {
    return circumplex(title, valence, arousal, groups, List.of());
  }

  private static Picture circumplex(
      String title, double[] valence, double[] arousal, List<String> names, List<String> ids) {
    plane(valence, arousal);
    if (!names.isEmpty()) {
      same("points", valence.length, "groups", names.size());
    }
    Map<String, List<Integer>> members = members(names, valence.length);
    List<Circumplex.Group> groups = new ArrayList<>();
    List<List<String>> labels = new ArrayList<>();
    members.forEach(
        (name, indices) -> {
          groups.add(
              new Circumplex.Group(
                  name,
                  colour(name, groups.size()),
                  indices.stream().mapToDouble(i -> valence[i]).toArray(),
                  indices.stream().mapToDouble(i -> arousal[i]).toArray()));
          if (!ids.isEmpty()) {
            labels.add(indices.stream().map(ids::get).toList());
          }
        });
    return Circumplex.points(title, groups, labels, planeWords(title, valence, arousal));
  }

  /**
   * Draws how many faces lie in each cell of a 40 x 40 grid over the plane of valence and arousal.
   *
   * @param valence at least one number in -1 to 1
   * @param arousal as many numbers in -1 to 1
   * @return the heat map; the colour grows with the square root of the count
   */
  public static Picture circumplexDensity(double[] valence, double[] arousal) {
    plane(valence, arousal);
    String title = "Valence and arousal, density";
    return Circumplex.density(
        title, valence.clone(), arousal.clone(), planeWords(title, valence, arousal));
  }

  /**
   * Draws the action units of several faces.
   *
   * @param faces at least one; one row each, labelled by id and expression
   * @return heat map of probabilities from 0 to 1
   */
  public static Picture actionUnitHeatMap(List<Face> faces) {
    return actionUnitHeatMap(
        faces.stream().map(f -> f.id() + " " + f.behaviour().expression().label()).toList(),
        faces.stream().map(f -> f.behaviour().actionUnitProbabilities()).toArray(double[][]::new));
  }

  /**
   * Draws the action units of labelled rows, such as the mean of each expression.
   *
   * @param rowLabels at least one
   * @param values for each row 17 numbers in 0 to 1 in the order of {@link ActionUnit#ALL}
   * @return heat map from 0 to 1
   */
  public static Picture actionUnitHeatMap(List<String> rowLabels, double[][] values) {
    return heatMap(
        "Action units, probability",
        rowLabels,
        ActionUnit.ALL.stream().map(ActionUnit::label).toList(),
        values,
        0,
        1,
        ColourMap.BLUES);
  }

  /**
   * Draws a heat map in {@link ColourMap#BLUES}, with the numbers in the cells where they fit.
   *
   * @param title heading
   * @param rowLabels from top to bottom
   * @param columnLabels from left to right
   * @param values one row per row label; NaN is drawn as missing
   * @param from value of the lightest colour
   * @param to value of the darkest colour, larger than {@code from}
   * @return the heat map
   */
  public static Picture heatMap(
      String title,
      List<String> rowLabels,
      List<String> columnLabels,
      double[][] values,
      double from,
      double to) {
    return heatMap(title, rowLabels, columnLabels, values, from, to, ColourMap.BLUES);
  }

  /**
   * Draws a heat map, with the numbers in the cells where they fit.
   *
   * @param title heading
   * @param rowLabels from top to bottom
   * @param columnLabels from left to right
   * @param values one row per row label; NaN is drawn as missing
   * @param from value of the first colour
   * @param to value of the last colour, larger than {@code from}
   * @param colours the colours
   * @return the heat map
   */
  public static Picture heatMap(
      String title,
      List<String> rowLabels,
      List<String> columnLabels,
      double[][] values,
      double from,
      double to,
      ColourMap colours) {
    some("rows", rowLabels.size());
    some("columns", columnLabels.size());
    range(from, to);
    same("row labels", rowLabels.size(), "rows of values", values.length);
    String[][] cells = new String[values.length][];
    double[][] copy = new double[values.length][];
    for (int r = 0; r < values.length; r++) {
      same("column labels", columnLabels.size(), "values in row " + r, values[r].length);
      cells[r] = Arrays.stream(values[r]).mapToObj(Charts::cell).toArray(String[]::new);
      copy[r] = values[r].clone();
    }
    return HeatMap.draw(
        new HeatMap.Spec(
            title,
            "",
            "",
            List.copyOf(rowLabels),
            List.copyOf(columnLabels),
            copy,
            cells,
            from,
            to,
            colours,
            ""),
        "Heat map, %s: %d rows (%s), %d columns (%s)"
            .formatted(
                title, rowLabels.size(), few(rowLabels), columnLabels.size(), few(columnLabels)));
  }

  /** Zeros stay blank, so that the other numbers stand out. */
  private static String cell(double value) {
    return Math.abs(value) < .005 ? "" : Text.number(value);
  }

  /**
   * Draws how labels occur together, such as the correlations of action units.
   *
   * @param title heading
   * @param labels of rows and columns alike
   * @param values square matrix with numbers in -1 to 1; NaN is drawn as missing
   * @return heat map from -1 (blue) over 0 (white) to 1 (red)
   */
  public static Picture coOccurrence(String title, List<String> labels, double[][] values) {
    for (double[] row : values) {
      for (double value : row) {
        if (Math.abs(value) > 1) {
          throw new IllegalArgumentException(
              "co-occurrence is a number between -1 and 1, got " + value);
        }
      }
    }
    return heatMap(title, labels, labels, values, -1, 1, ColourMap.BLUE_RED);
  }

  /**
   * Draws a confusion matrix: counts in the cells, colours by the share of the row.
   *
   * @param labels names of the classes
   * @param counts row is the true class, column the predicted one; not negative
   * @return the matrix, truth downward, prediction to the right
   */
  public static Picture confusion(List<String> labels, long[][] counts) {
    return confusion("Confusion matrix, %,d of %,d correct", "truth", "prediction", labels, counts);
  }

  /** Counts of pairs; the heading has places for the number of equal pairs and of all. */
  static Picture confusion(
      String heading, String rows, String columns, List<String> labels, long[][] counts) {
    some("classes", labels.size());
    same("classes", labels.size(), "rows", counts.length);
    int n = labels.size();
    double[][] shares = new double[n][n];
    String[][] cells = new String[n][n];
    long right = 0;
    long all = 0;
    for (int r = 0; r < n; r++) {
      same("classes", n, "columns of row " + r, counts[r].length);
      long sum = Arrays.stream(counts[r]).sum();
      for (int c = 0; c < n; c++) {
        if (counts[r][c] < 0) {
          throw new IllegalArgumentException("a count is 0 or more, got " + counts[r][c]);
        }
        shares[r][c] = sum == 0 ? 0 : (double) counts[r][c] / sum;
        cells[r][c] = String.format(Locale.ROOT, "%,d", counts[r][c]);
      }
      right += counts[r][r];
      all += sum;
    }
    String title = String.format(Locale.ROOT, heading, right, all);
    return HeatMap.draw(
        new HeatMap.Spec(
            title,
            rows,
            columns,
            List.copyOf(labels),
            List.copyOf(labels),
            shares,
            cells,
            0,
            1,
            ColourMap.BLUES,
            "share of the row"),
        "%s; rows %s, columns %s: %s".formatted(title, rows, columns, few(labels)));
  }

  /**
   * Draws a confusion matrix: counts in the cells, colours by the share of the row.
   *
   * @param counts what was counted
   * @return the matrix, truth downward, prediction to the right
   */
  public static Picture confusion(ConfusionCounts counts) {
    return confusion(counts.labels(), counts.counts());
  }

  /**
   * Draws numbers with their intervals, one row each.
   *
   * @param title heading
   * @param axis name and unit of the numbers
   * @param values the numbers by their names, drawn in the order of the map; numbers or bounds that
   *     are NaN are left out
   * @param from lower end of the axis
   * @param to upper end of the axis, larger than {@code from}
   * @return dots with whiskers, the number at the right
   */
  public static Picture intervals(
      String title, String axis, Map<String, Interval> values, double from, double to) {
    some("numbers", values.size());
    range(from, to);
    List<String> names = List.copyOf(values.keySet());
    List<Interval> all = List.copyOf(values.values());
    List<String> numbers = all.stream().map(v -> Text.number(v.estimate())).toList();
    return DotPlot.draw(
        new DotPlot.Spec(
            title,
            axis,
            names,
            List.of(new DotPlot.Series("", Palette.BLUE, all, false)),
            numbers,
            from,
            to,
            OptionalDouble.empty()),
        words(
            title + " (" + axis + ")",
            names,
            all.stream().mapToDouble(Interval::estimate).toArray()));
  }

  /**
   * Draws one audit: what each group gets, with intervals, and the gap between the groups. Groups
   * that are too small to be compared are shown hollow and grey.
   *
   * @param audit what was measured for one attribute
   * @return one row per expression, unit or dimension; the verdict is the heading
   */
  public static Picture fairness(FairnessAudit audit) {
    List<FairnessAudit.Group> groups = audit.groups();
    some("groups", groups.size());
    List<Integer> rows =
        IntStream.range(0, audit.aspects().size())
            .filter(a -> groups.stream().anyMatch(g -> !g.intervals().get(a).isUndefined()))
            .boxed()
            .toList();
    some("rates that are defined", rows.size());
    List<DotPlot.Series> series = new ArrayList<>();
    int colour = 0;
    for (FairnessAudit.Group group : groups) {
      String size = String.format(Locale.ROOT, "%,d", group.samples());
      series.add(
          new DotPlot.Series(
              "%s (n %s%s)".formatted(group.name(), size, group.leftOut() ? ", left out" : ""),
              Palette.series(group.leftOut() ? colour : colour++),
              rows.stream().map(group.intervals()::get).toList(),
              group.leftOut()));
    }
    double[] axis = axis(series);
    String title =
        "%s by %s: %s, %s"
            .formatted(
                audit.measure(),
                audit.attribute(),
                audit.gap().isUndefined() ? "not defined" : audit.gap(),
                audit.verdictLabel());
    boolean rates = audit.measure() != FairnessAudit.Measure.FCCC;
    return DotPlot.draw(
        new DotPlot.Spec(
            title,
            rates ? "true-positive rate of each group" : "concordance (CCC) of each group",
            rows.stream().map(audit.aspects()::get).toList(),
            series,
            rows.stream().map(a -> "gap " + Text.number(audit.aspectGaps().get(a))).toList(),
            axis[0],
            axis[1],
            OptionalDouble.empty()),
        "%s (%s). Groups: %s"
            .formatted(
                title,
                audit.measure().label(),
                few(series.stream().map(DotPlot.Series::name).toList())));
  }

  private static double[] axis(List<DotPlot.Series> series) {
    double low = 0;
    double high = 1;
    for (DotPlot.Series one : series) {
      for (Interval v : one.values()) {
        low = Math.min(low, Double.isNaN(v.low()) ? 0 : v.low());
        high = Math.max(high, Double.isNaN(v.high()) ? 0 : v.high());
      }
    }
    return new double[] {Math.floor(low * 5) / 5, Math.ceil(high * 5) / 5};
  }

  /**
   * Draws several audits together: each gap with its interval beside the limit of {@link
   * Fairness#FAIR_UP_TO}.
   *
   * @param audits at least one
   * @return one row per audit, with its verdict at the right
   */
  public static Picture fairness(List<FairnessAudit> audits) {
    some("audits", audits.size());
    List<String> names = audits.stream().map(a -> a.measure() + " by " + a.attribute()).toList();
    List<Interval> gaps = audits.stream().map(FairnessAudit::gap).toList();
    double highest =
        gaps.stream()
            .flatMapToDouble(g -> DoubleStream.of(g.estimate(), g.high()))
            .filter(v -> !Double.isNaN(v))
            .max()
            .orElse(0);
    String title =
        "Gap between groups; fair up to %s (dashed)".formatted(Text.tick(Fairness.FAIR_UP_TO));
    return DotPlot.draw(
        new DotPlot.Spec(
            title,
            "gap between the best and the worst served group (0 is fair)",
            names,
            List.of(new DotPlot.Series("", Palette.BLUE, gaps, false)),
            audits.stream()
                .map(a -> "%s %s".formatted(Text.number(a.gap().estimate()), a.verdictLabel()))
                .toList(),
            0,
            Math.max(.2, Math.ceil(highest * 10) / 10),
            OptionalDouble.of(Fairness.FAIR_UP_TO)),
        title
            + ": "
            + few(
                IntStream.range(0, names.size())
                    .mapToObj(
                        i ->
                            "%s %s, %s"
                                .formatted(names.get(i), gaps.get(i), audits.get(i).verdictLabel()))
                    .toList()));
  }

  /**
   * Draws where predictions of valence and arousal go wrong: an arrow from the mean annotation to
   * the mean prediction of all faces that are annotated in the same cell of a 10 x 10 grid.
   *
   * @param valence annotated, at least one number in -1 to 1
   * @param arousal annotated, as many
   * @param predictedValence as many
   * @param predictedArousal as many
   * @return the circumplex; the more faces a cell has, the larger the dot at the arrow's beginning
   */
  public static Picture circumplexErrors(
      double[] valence, double[] arousal, double[] predictedValence, double[] predictedArousal) {
    plane(valence, arousal);
    plane(predictedValence, predictedArousal);
    same("annotations", valence.length, "predictions", predictedValence.length);
    double error = 0;
    for (int i = 0; i < valence.length; i++) {
      error +=
          Math.hypot(predictedValence[i] - valence[i], predictedArousal[i] - arousal[i])
              / valence.length;
    }
    String title = "From annotation to prediction, mean of each cell";
    return Circumplex.arrows(
        title,
        valence.clone(),
        arousal.clone(),
        predictedValence.clone(),
        predictedArousal.clone(),
        "%s: %d faces, mean distance %s".formatted(title, valence.length, Text.number(error)));
  }

  /**
   * Draws how often numbers fall into equal bins.
   *
   * @param title heading
   * @param xLabel name and unit of the numbers
   * @param values the numbers; NaN and numbers outside the range are left out and counted below the
   *     axis
   * @param bins how many bins, 1 to 1000
   * @param from left edge of the first bin
   * @param to right edge of the last bin, which belongs to it; larger than {@code from}
   * @return the histogram
   */
  public static Picture histogram(
      String title, String xLabel, double[] values, int bins, double from, double to) {
    some("values", values.length);
    range(from, to);
    if (bins < 1 || bins > 1000) {
      throw new IllegalArgumentException("a histogram has 1 to 1000 bins, got " + bins);
    }
    long[] counts = new long[bins];
    int inside = 0;
    for (double value : values) {
      if (value >= from && value <= to) {
        counts[Math.min(bins - 1, (int) ((value - from) / (to - from) * bins))]++;
        inside++;
      }
    }
    int outside = values.length - inside;
    String note =
        outside == 0
            ? ""
            : String.format(Locale.ROOT, " (%,d of %,d not shown)", outside, values.length);
    return Curves.histogram(
        title,
        xLabel + note,
        counts,
        from,
        to,
        "Histogram, %s: %d values of %s from %s to %s in %d bins%s"
            .formatted(title, inside, xLabel, Text.tick(from), Text.tick(to), bins, note));
  }

  /**
   * Draws one bar per label; the axis begins at 0 and fits the numbers.
   *
   * @param title heading
   * @param yLabel name and unit of the numbers
   * @param labels names of the bars
   * @param values finite numbers
   * @return standing bars, or lying ones if the labels are long
   */
  public static Picture bars(String title, String yLabel, List<String> labels, double[] values) {
    double[] range = fitting(List.of(values));
    return bars(title, yLabel, labels, values, range[0], range[1]);
  }

  /**
   * Draws one bar per label on a fixed axis.
   *
   * @param title heading
   * @param yLabel name and unit of the numbers
   * @param labels names of the bars
   * @param values finite numbers
   * @param from lower end of the axis
   * @param to upper end of the axis, larger than {@code from}
   * @return standing bars, or lying ones if the labels are long
   */
  public static Picture bars(
      String title, String yLabel, List<String> labels, double[] values, double from, double to) {
    some("bars", labels.size());
    same("labels", labels.size(), "values", values.length);
    range(from, to);
    finite(values);
    String words = words("Bars, " + title + " (" + yLabel + ")", labels, values);
    boolean longLabels =
        Text.widest(labels, Text.PLAIN) > (ChartStyle.WIDTH - 100.0) / labels.size() - 6;
    if (longLabels && labels.size() <= 60) {
      Bars.Group group = new Bars.Group("", Palette.BLUE, List.copyOf(labels), values.clone());
      return Bars.lying(title, yLabel, List.of(group), from, to, words);
    }
    return Bars.standing(
        title, yLabel, List.copyOf(labels), Map.of("values", values.clone()), from, to, words);
  }

  /**
   * Draws bars side by side, one colour per series; the axis begins at 0 and fits the numbers.
   *
   * @param title heading
   * @param yLabel name and unit of the numbers
   * @param labels names of the groups of bars
   * @param series name and one finite number per label, drawn in the order of the map
   * @return standing bars with a legend
   */
  public static Picture groupedBars(
      String title, String yLabel, List<String> labels, Map<String, double[]> series) {
    some("series", series.size());
    double[] range = fitting(series.values());
    return groupedBars(title, yLabel, labels, series, range[0], range[1]);
  }

  /**
   * Draws bars side by side on a fixed axis, one colour per series.
   *
   * @param title heading
   * @param yLabel name and unit of the numbers
   * @param labels names of the groups of bars
   * @param series name and one finite number per label, drawn in the order of the map
   * @param from lower end of the axis
   * @param to upper end of the axis, larger than {@code from}
   * @return standing bars with a legend
   */
  public static Picture groupedBars(
      String title,
      String yLabel,
      List<String> labels,
      Map<String, double[]> series,
      double from,
      double to) {
    some("labels", labels.size());
    some("series", series.size());
    range(from, to);
    Map<String, double[]> copy = new LinkedHashMap<>();
    StringBuilder words = new StringBuilder("Grouped bars, " + title + " (" + yLabel + ")");
    series.forEach(
        (name, values) -> {
          same("labels", labels.size(), "values of " + name, values.length);
          finite(values);
          copy.put(name, values.clone());
          words.append("; ").append(words(name, labels, values));
        });
    return Bars.standing(title, yLabel, List.copyOf(labels), copy, from, to, words.toString());
  }

  /**
   * Draws lines, such as learning curves; the vertical axis fits the numbers.
   *
   * @param title heading
   * @param xLabel name and unit of x
   * @param yLabel name and unit of y
   * @param series for each name {@code {x, y}} or {@code {x, y, low, high}}, where low and high
   *     bound a shaded band; drawn in the order of the map; NaN in y breaks the line
   * @return the chart
   */
  public static Picture lines(
      String title, String xLabel, String yLabel, Map<String, double[][]> series) {
    return curves(title, xLabel, yLabel, series, Double.NaN, Double.NaN, false);
  }

  /**
   * Draws lines on a fixed vertical axis.
   *
   * @param title heading
   * @param xLabel name and unit of x
   * @param yLabel name and unit of y
   * @param series as in {@link #lines(String, String, String, Map)}
   * @param from lower end of the vertical axis
   * @param to upper end of the vertical axis, larger than {@code from}
   * @return the chart
   */
  public static Picture lines(
      String title,
      String xLabel,
      String yLabel,
      Map<String, double[][]> series,
      double from,
      double to) {
    range(from, to);
    return curves(title, xLabel, yLabel, series, from, to, false);
  }

  /** Lines; NaN for a vertical axis that fits the numbers. */
  static Picture curves(
      String title,
      String xLabel,
      String yLabel,
      Map<String, double[][]> series,
      double from,
      double to,
      boolean logarithmic) {
    some("series", series.size());
    Map<String, double[][]> copy = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    series.forEach(
        (name, data) -> {
          if (data.length != 2 && data.length != 4) {
            throw new IllegalArgumentException(
                "series '%s' needs {x, y} or {x, y, low, high}, got %d arrays"
                    .formatted(name, data.length));
          }
          some("points in series '" + name + "'", data[0].length);
          for (int i = 1; i < data.length; i++) {
            same("x of '" + name + "'", data[0].length, "array " + i, data[i].length);
          }
          finite(data[0]);
          if (Arrays.stream(data[1]).noneMatch(Double::isFinite)) {
            throw new IllegalArgumentException("series '" + name + "' has no finite number");
          }
          copy.put(name, Arrays.stream(data).map(double[]::clone).toArray(double[][]::new));
          int last = data[0].length - 1;
          words.add(
              "%s from %s to %s"
                  .formatted(name, Text.number(data[1][0]), Text.number(data[1][last])));
        });
    return Curves.lines(
        title,
        xLabel,
        yLabel,
        copy,
        from,
        to,
        logarithmic,
        "Lines, %s: %s over %s; %s".formatted(title, yLabel, xLabel, few(words)));
  }

  /**
   * Draws points, coloured by group.
   *
   * @param title heading
   * @param xLabel name and unit of x
   * @param yLabel name and unit of y
   * @param x at least one finite number
   * @param y as many finite numbers
   * @param groups the group of each point; names of expressions get the expressions' colours; empty
   *     for one colour
   * @return the chart, with a legend where there are several groups
   */
  public static Picture scatter(
      String title, String xLabel, String yLabel, double[] x, double[] y, List<String> groups) {
    points(x, y);
    if (!groups.isEmpty()) {
      same("points", x.length, "groups", groups.size());
    }
    List<Scatter.Group> coloured = new ArrayList<>();
    members(groups, x.length)
        .forEach(
            (name, indices) ->
                coloured.add(
                    new Scatter.Group(
                        name,
                        colour(name, coloured.size()),
                        indices.stream().mapToDouble(i -> x[i]).toArray(),
                        indices.stream().mapToDouble(i -> y[i]).toArray())));
    return Scatter.draw(
        new Scatter.Spec(title, xLabel, yLabel, coloured, List.of()),
        "Points, %s: %d of %s over %s%s"
            .formatted(
                title,
                x.length,
                yLabel,
                xLabel,
                groups.isEmpty()
                    ? ""
                    : "; groups " + few(coloured.stream().map(Scatter.Group::name).toList())));
  }

  /** Points of one colour, with lines to compare them with. */
  static Picture scatter(
      String title,
      String xLabel,
      String yLabel,
      List<Scatter.Line> lines,
      double[] x,
      double[] y) {
    points(x, y);
    return Scatter.draw(
        new Scatter.Spec(
            title,
            xLabel,
            yLabel,
            List.of(new Scatter.Group("pairs", Palette.BLUE, x.clone(), y.clone())),
            lines),
        "Points, %s: %d of %s over %s".formatted(title, x.length, yLabel, xLabel));
  }

  private static void points(double[] x, double[] y) {
    some("points", x.length);
    same("x", x.length, "y", y.length);
    finite(x);
    finite(y);
  }

  /** Indices of the points of each group, by the alphabet. */
  private static Map<String, List<Integer>> members(List<String> groups, int points) {
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < points; i++) {
      String name = groups.isEmpty() ? "points" : groups.get(i);
      members.computeIfAbsent(name, any -> new ArrayList<>()).add(i);
    }
    return members;
  }

  private static Color colour(String group, int index) {
    return Expression.ALL.stream()
        .filter(e -> e.label().equals(group))
        .findFirst()
        .map(Palette::of)
        .orElse(Palette.series(index));
  }

  /**
   * Draws crops side by side.
   *
   * @param crops at least one, of any size; each is scaled to its cell
   * @param captions one per crop, or none at all; long ones take two lines and are then cut off
   * @param columns how many crops in a row, 1 to 25
   * @return the sheet
   */
  public static Picture grid(List<FaceImage> crops, List<String> captions, int columns) {
    some("crops", crops.size());
    if (!captions.isEmpty()) {
      same("crops", crops.size(), "captions", captions.size());
    }
    if (columns < 1) {
      throw new IllegalArgumentException("a sheet has 1 or more columns, got " + columns);
    }
    return ContactSheet.draw(
        List.copyOf(crops),
        List.copyOf(captions),
        columns,
        "%d crops%s".formatted(crops.size(), captions.isEmpty() ? "" : ": " + few(captions)));
  }

  /**
   * Draws crops as a table, such as one row per action unit and one column per intensity.
   *
   * @param rows at least one, each with one crop per column
   * @param rowHeads one per row, drawn to its left; long ones take two lines
   * @param columnHeads one per column, at least one, drawn above
   * @return the sheet
   */
  public static Picture grid(
      List<List<FaceImage>> rows, List<String> rowHeads, List<String> columnHeads) {
    some("rows of crops", rows.size());
    some("columns of crops", columnHeads.size());
    same("rows", rows.size(), "row heads", rowHeads.size());
    rows.forEach(row -> same("crops", row.size(), "column heads", columnHeads.size()));
    return ContactSheet.matrix(
        rows.stream().map(List::copyOf).toList(),
        List.copyOf(rowHeads),
        List.copyOf(columnHeads),
        "Crops, rows %s, columns %s".formatted(few(rowHeads), few(columnHeads)));
  }

  private static void plane(double[] valence, double[] arousal) {
    some("points", valence.length);
    same("valence", valence.length, "arousal", arousal.length);
    for (int i = 0; i < valence.length; i++) {
      if (!(Math.abs(valence[i]) <= 1) || !(Math.abs(arousal[i]) <= 1)) {
        throw new IllegalArgumentException(
            "valence and arousal lie between -1 and 1, got %s and %s at point %d; leave out missing values first"
                .formatted(valence[i], arousal[i], i));
      }
    }
  }

  private static String planeWords(String title, double[] valence, double[] arousal) {
    return "%s: %d points, mean valence %s, mean arousal %s"
        .formatted(
            title,
            valence.length,
            Text.number(Arrays.stream(valence).average().orElse(0)),
            Text.number(Arrays.stream(arousal).average().orElse(0)));
  }

  private static String words(String what, List<String> names, double[] values) {
    List<String> pairs =
        IntStream.range(0, values.length)
            .mapToObj(i -> names.get(i) + " " + Text.number(values[i]))
            .toList();
    return what + ": " + few(pairs);
  }

  private static String few(List<String> names) {
    int most = 20;
    String shown = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? shown + ", … " + (names.size() - most) + " more" : shown;
  }

  /** Axis with 0 and a little room beyond the extremes. */
  private static double[] fitting(Iterable<double[]> all) {
    double low = 0;
    double high = 0;
    for (double[] values : all) {
      for (double value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return low == high ? new double[] {0, 1} : new double[] {low * 1.05, high * 1.05};
  }

  private static void some(String what, int count) {
    if (count == 0) {
      throw new IllegalArgumentException("there is nothing to draw: no " + what);
    }
  }

  private static void same(String what, int expected, String other, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "lengths differ: %d %s but %d %s".formatted(expected, what, actual, other));
    }
  }

  private static void range(double from, double to) {
    if (!(from < to) || Double.isInfinite(from) || Double.isInfinite(to)) {
      throw new IllegalArgumentException(
          "an axis goes from a smaller to a larger finite number, got %s to %s"
              .formatted(from, to));
    }
  }

  private static void finite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("only finite numbers can be drawn here, got " + value);
      }
    }
  }
}
