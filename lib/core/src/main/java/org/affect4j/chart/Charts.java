package org.affect4j.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
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
  private Charts() {}

  /**
   * Draws the 17 action units of one face.
   *
   * @param behaviour what the network read
   * @return bars from 0 to 1, upper face above lower face
   */
  public static Picture actionUnits(Behaviour behaviour) {
    return Bars.actionUnits(behaviour);
  }

  /**
   * Draws the seven expressions of one face.
   *
   * @param behaviour what the network read
   * @return bars from 0 to 1
   */
  public static Picture expressions(Behaviour behaviour) {
    return Bars.expressions(behaviour);
  }

  /**
   * Draws a face in lines that moves as action units say, the muscles tinted.
   *
   * @param units strengths or probabilities, 0 to 1; those that are missing are 0
   * @return the face, with the strongest units below it
   */
  public static Picture face(Map<ActionUnit, Double> units) {
    return DrawnFace.draw(units);
  }

  /**
   * Draws a face in lines that moves as the network read it.
   *
   * @param behaviour what the network read
   * @return the face, with the strongest units below it
   */
  public static Picture face(Behaviour behaviour) {
    return face(
        ActionUnit.ALL.stream().collect(Collectors.toMap(unit -> unit, behaviour::probability)));
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
    return Circumplex.points(title, valence, arousal, groups);
  }

  /**
   * Draws how many faces lie in each cell of a 40 x 40 grid over the plane of valence and arousal.
   *
   * @param valence at least one number in -1 to 1
   * @param arousal as many numbers in -1 to 1
   * @return the heat map; the colour grows with the square root of the count
   */
  public static Picture circumplexDensity(double[] valence, double[] arousal) {
    return Circumplex.density(valence, arousal);
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
    return HeatMap.draw(title, rowLabels, columnLabels, values, from, to, colours);
  }

  /**
   * Draws a confusion matrix: counts in the cells, colours by the share of the row.
   *
   * @param counts what was counted
   * @return the matrix, truth downward, prediction to the right
   */
  public static Picture confusion(ConfusionCounts counts) {
    return HeatMap.confusion("Confusion matrix, %,d of %,d correct", "truth", "prediction", counts);
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
    return Rows.intervals(title, axis, values, from, to);
  }

  /**
   * Draws one audit: what each group gets, with intervals, and the gap between the groups. Groups
   * that are too small to be compared are shown hollow and grey.
   *
   * @param audit what was measured for one attribute
   * @return one row per expression, unit or dimension; the verdict is the heading
   */
  public static Picture fairness(FairnessAudit audit) {
    return FairnessCharts.of(audit);
  }

  /**
   * Draws several audits together: each gap with its interval beside the limit of {@link
   * Fairness#FAIR_UP_TO}.
   *
   * @param audits at least one
   * @return one row per audit, with its verdict at the right
   */
  public static Picture fairness(List<FairnessAudit> audits) {
    return FairnessCharts.of(audits);
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
    return Circumplex.arrows(valence, arousal, predictedValence, predictedArousal);
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
    return Curves.histogram(title, xLabel, values, bins, from, to);
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
    double[] range = Bars.fitting(List.of(values));
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
    return Bars.of(title, yLabel, labels, values, from, to);
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
    double[] range = Bars.fitting(series.values());
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
    return Bars.grouped(title, yLabel, labels, series, from, to);
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
    return new Curves.Lines(title, xLabel, yLabel, series, Double.NaN, Double.NaN, false).picture();
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
    Check.range(from, to);
    return new Curves.Lines(title, xLabel, yLabel, series, from, to, false).picture();
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
    return new Curves.Points(title, xLabel, yLabel, Curves.groups(x, y, groups), List.of())
        .picture();
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
    return ContactSheet.draw(crops, captions, columns);
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
    return ContactSheet.matrix(rows, rowHeads, columnHeads);
  }
}
