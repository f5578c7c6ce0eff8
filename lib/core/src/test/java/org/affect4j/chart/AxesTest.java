package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** What a reader finds at the axes and in the legends. */
class AxesTest {
  @Test
  void ticksOfAnAxisHaveTheSameDecimals() {
    Scale scale = Scale.of(0, .12, 7, false);
    assertArrayEquals(new double[] {0, .02, .04, .06, .08, .1, .12}, scale.ticks(), 1e-12);
    assertEquals("0.10", scale.label(.1));
    assertEquals("0.08", scale.label(.08));
    assertEquals("12,000", Scale.of(0, 30_000, 8, false).label(12_000));
    Scale signed = Scale.of(-1, 1, 10, false);
    assertEquals("0.0", signed.label(signed.ticks()[5]), "zero has no sign");
    assertEquals(11, signed.ticks().length);
    assertEquals(new Scale(0, 1, .2), Scale.of(.07, .92, 7, false).rounded());
  }

  @Test
  void nothingLiesBetweenCounts() {
    assertArrayEquals(new double[] {0, 1, 2}, Scale.of(0, 2.1, 8, true).ticks(), 0);
    XYChart histogram = Curves.histogram("t", "x", new double[] {1, 2, 0}, 0, 1);
    assertEquals("#,##0", histogram.getStyler().getYAxisDecimalPattern());
    assertEquals("#,##0.0", histogram.getStyler().getXAxisDecimalPattern());
    CategoryChart counts = bars(Map.of("n", new double[] {1, 2}));
    assertEquals("#,##0", counts.getStyler().getYAxisDecimalPattern());
    assertEquals(
        "#,##0.0", bars(Map.of("n", new double[] {.3, 2})).getStyler().getYAxisDecimalPattern());
  }

  private static CategoryChart bars(Map<String, double[]> series) {
    return Bars.chart("t", "y", List.of("a", "b"), series, 0, 2.1);
  }

  @Test
  void writtenTicksAreThoseThatWereChosen() {
    double[] epochs = {1, 2, 3};
    Map<String, double[][]> two = new LinkedHashMap<>();
    two.put("one", new double[][] {epochs, {.02, .08, .1}});
    two.put("other", new double[][] {epochs, {.021, .07, .12}});
    XYChart lines =
        new Curves.Lines("t", "epoch", "figure", two, Double.NaN, Double.NaN, false).chart();
    assertEquals(List.of("1", "2", "3"), Samples.ticks(lines, "X"), "there is no epoch 1.5");
    assertEquals(
        List.of("0.00", "0.02", "0.04", "0.06", "0.08", "0.10", "0.12", "0.14"),
        Samples.ticks(lines, "Y"));
    for (double top : new double[] {2, 7, 30, 67, 1234}) {
      List<String> labels = List.of("a", "b");
      Map<String, double[]> one = Map.of("", new double[] {1, top});
      CategoryChart bars = Bars.chart("t", "rows", labels, one, 0, top * 1.05);
      List<String> written = Samples.ticks(bars, "Y");
      Scale chosen = Scale.of(0, top * 1.05, 7, true);
      assertEquals(
          Arrays.stream(chosen.ticks()).mapToObj(chosen::label).toList(), written, "up to " + top);
    }
    for (double end : new double[] {.003, .02, .3, 1, 4.5, 70}) {
      List<Curves.Group> points =
          Curves.groups(new double[] {0, end}, new double[] {-end, end}, List.of());
      XYChart scatter = new Curves.Points("t", "x", "y", points, List.of()).chart();
      Scale chosen = Scale.around(new double[] {0, end}, .04, 8, false);
      assertEquals(
          Arrays.stream(chosen.ticks()).mapToObj(chosen::label).toList(),
          Samples.ticks(scatter, "X"));
    }
  }

  @Test
  void legendsAreBrokenIntoLinesAndNotCut() {
    String name = "faces after suppression at the threshold of the detector that was published";
    Map<String, double[]> series = new LinkedHashMap<>();
    series.put("candidates", new double[] {2, 1});
    series.put(name, new double[] {1, 1});
    CategoryChart chart = bars(series);
    assertTrue(chart.getStyler().isLegendVisible());
    String label = chart.getSeries("series 1").getLabel();
    assertEquals(name, label.replace('\n', ' '));
    assertTrue(label.contains("\n"));
    assertFalse(bars(Map.of("n", new double[2])).getStyler().isLegendVisible());
  }

  @Test
  void learningCurvesHaveALogarithmicAxisFromARoundFloor() {
    double[] shots = {1, 5, 10, 20};
    Map<String, double[][]> curves = new LinkedHashMap<>();
    curves.put(
        "one",
        new double[][] {shots, {.55, .8, .85, .86}, {.46, .7, .8, .82}, {.62, .85, .88, .91}});
    curves.put("two", new double[][] {shots, {.5, .6, .7, .8}});
    XYChart chart = new Curves.Lines("t", "x", "y", curves, Double.NaN, Double.NaN, true).chart();
    assertTrue(chart.getStyler().isXAxisLogarithmic());
    assertEquals(.4, chart.getStyler().getYAxisMin(), 1e-3);
    assertEquals(1, chart.getStyler().getYAxisMax(), 1e-3);
    assertEquals("#,##0.0", chart.getStyler().getYAxisDecimalPattern());
    List<String> ticks = Samples.ticks(chart, "X").stream().filter(t -> !t.isBlank()).toList();
    assertEquals(List.of("1", "2", "5", "10", "20"), ticks);
    XYSeries first = chart.getSeries("line 0");
    XYSeries second = chart.getSeries("line 1");
    assertNotEquals(first.getMarker(), second.getMarker());
    assertNotEquals(first.getLineStyle(), second.getLineStyle());
  }

  @Test
  void seriesDifferByShapeAsWellAsByColour() {
    List<Key> keys =
        Expression.ALL.stream().map(expression -> Key.of(expression.label(), 0)).toList();
    assertEquals(7, keys.stream().map(Key::marker).distinct().count());
    assertEquals(7, keys.stream().map(Key::colour).distinct().count());
    assertEquals(Key.of("fear", 0), Key.of("fear", 5), "an expression looks the same everywhere");
    long kinds =
        IntStream.range(0, 16)
            .mapToObj(i -> Key.of("", i))
            .map(key -> List.of(key.colour(), key.marker()))
            .distinct()
            .count();
    assertEquals(16, kinds);
  }

  @Test
  void differencesFillTheirScaleAndKeepTheOrderOfTheTable() {
    Relatedness du = Relatedness.du();
    List<String> texts =
        Samples.texts(DatasetCharts.difference(Relatedness.empirical(), Relatedness.empirical()));
    assertTrue(texts.contains("0.10") && texts.contains("-0.10"), texts.toString());
    List<String> rows =
        Samples.texts(DatasetCharts.relatedness(du)).stream()
            .filter(text -> CompoundExpression.ALL.stream().anyMatch(c -> c.label().equals(text)))
            .toList();
    assertEquals(CompoundExpression.ALL.stream().map(CompoundExpression::label).toList(), rows);
  }
}
