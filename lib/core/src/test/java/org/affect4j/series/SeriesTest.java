package org.affect4j.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.Golden;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.StringColumn;

class SeriesTest {
  private static final double EXACT = 1e-12;

  private static double[] clock(int frames) {
    return IntStream.range(0, frames).mapToDouble(i -> i / 25.0).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean:5", "mean:15", "median:5", "median:15"})
  void filtersAreThoseOfScipy(String filter) throws IOException {
    JsonObject golden = Golden.read("series");
    double[] values = Golden.doubles(golden.get("values"));
    double[] expected =
        Golden.doubles(golden.getAsJsonObject("smoothed").get(filter.replace(':', '_')));
    double[] smooth = Smoothing.parse(filter).apply(clock(values.length), values);
    assertArrayEquals(expected, smooth, EXACT);
  }

  @Test
  void gapsAreLinesAndEndsAreHeld() throws IOException {
    JsonObject golden = Golden.read("series");
    double[] values = Golden.doubles(golden.get("values"));
    for (double missing : Golden.doubles(golden.get("missing"))) {
      values[(int) missing] = Double.NaN;
    }
    double[] expected = Golden.doubles(golden.get("interpolated"));
    assertArrayEquals(expected, new Filling(1).apply(clock(values.length), values), EXACT);
    // 7, 8 and 9 are missing: .16 s from 6 to 10.
    double[] some = new Filling(.1).apply(clock(values.length), values);
    assertTrue(Double.isNaN(some[8]), "a gap that is too long stays");
    assertEquals(expected[20], some[20], EXACT);
  }

  @Test
  void linesRunInTimeNotInFrames() {
    double[] filled =
        new Filling(10).apply(new double[] {0, 1, 4}, new double[] {0, Double.NaN, 4});
    assertArrayEquals(new double[] {0, 1, 4}, filled, EXACT);
  }

  @Test
  void missingValuesStayMissingAndCountNowhere() {
    double[] values = {1, Double.NaN, 3, 5, 100};
    double[] seconds = {0, .04, .08, .12, 5};
    assertArrayEquals(
        new double[] {1, Double.NaN, 4, 36, 52.5}, Smoothing.mean(3).apply(seconds, values), EXACT);
    assertArrayEquals(
        new double[] {2, Double.NaN, 3, 4, 100},
        Smoothing.parse("mean:0.16s").apply(seconds, values),
        EXACT,
        "in seconds a still picture is far from the others");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean:4", "mean:0", "box:3", "median:-1", "mean:0s", "mean:x", ""})
  void wrongFiltersAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Smoothing.parse(text));
  }

  @Test
  void aFilterIsKeptOnlyIfItHelps() {
    List<Smoothing> filters = List.of(Smoothing.mean(5), Smoothing.median(5));
    assertEquals(
        Smoothing.median(5),
        Smoothing.chosenOn(filters, s -> s.kind() == Smoothing.Kind.MEDIAN ? .6 : .5));
    assertEquals(Smoothing.none(), Smoothing.chosenOn(filters, s -> .5));
    assertEquals("median:0.5s", Smoothing.parse("median:0.5s").toString());
    assertEquals("mean15", Smoothing.mean(15).suffix());
  }

  /** Rows "frame face au12"; a dash is a frame without a face, "|" marks a cut before it. */
  private static FaceTable rows(String... rows) {
    FaceTableBuilder builder = new FaceTableBuilder("clip", FaceColumns.analysis(0));
    for (String text : rows) {
      String[] parts = text.replace("|", "").split(" ");
      int frame = Integer.parseInt(parts[0]);
      builder.set(FaceColumns.INPUT, "clip.mp4");
      builder.set(FaceColumns.FRAME, frame).set(FaceColumns.TIMESTAMP, frame / 10.0);
      builder.set(FaceColumns.STATUS, parts[1].equals("-") ? "no_face" : "ok");
      builder.set(FaceColumns.REASON, text.startsWith("|") ? FaceSeries.CUT : "");
      if (!parts[1].equals("-")) {
        builder.set(FaceColumns.FACE, Integer.parseInt(parts[1]));
        builder.set("au12", Double.parseDouble(parts[2]));
      }
      builder.add();
    }
    return builder.build();
  }

  private static String written(FaceTable table, String column) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < table.size(); row++) {
      text.append(
          "%s %s %s; "
              .formatted(
                  table.text(row, FaceColumns.FRAME).orElse(""),
                  table.text(row, FaceColumns.FACE).orElse("-"),
                  table.number(row, column).isPresent()
                      ? "%.2f".formatted(table.number(row, column).getAsDouble())
                      : ""));
    }
    return text.toString().strip();
  }

  @Test
  void aLostFaceGetsRowsButNoRawValues() {
    FaceTable filled =
        FaceSeries.of(rows("0 -", "1 0 .2", "2 -", "3 0 .4", "3 1 .9", "4 1 .9", "5 -"))
            .filled(new Filling(1))
            .table();
    assertEquals(
        "0 0 0.20; 1 0 0.20; 2 0 0.30; 3 0 0.40; 3 1 0.90; 4 1 0.90; 5 1 0.90;",
        written(filled, "au12_filled"));
    assertEquals(
        "0 0 ; 1 0 0.20; 2 0 ; 3 0 0.40; 3 1 0.90; 4 1 0.90; 5 1 ;", written(filled, "au12"));
    assertEquals(
        List.of("interpolated", "ok", "interpolated", "ok", "ok", "ok", "interpolated"),
        filled.texts(FaceColumns.STATUS));
  }

  @Test
  void nothingReachesAcrossACut() {
    FaceTable cut = rows("0 0 .2", "1 0 .4", "|2 -", "3 1 .9", "4 1 .9");
    FaceTable filled = FaceSeries.of(cut).filled(new Filling(1)).table();
    assertEquals("0 0 0.20; 1 0 0.40; 2 - ; 3 1 0.90; 4 1 0.90;", written(filled, "au12_filled"));
    FaceTable smooth = FaceSeries.of(cut).smoothed(Smoothing.none(), Smoothing.mean(5)).table();
    assertEquals("0 0 0.30; 1 0 0.30; 2 - ; 3 1 0.90; 4 1 0.90;", written(smooth, "au12_mean5"));
  }

  @Test
  void aPersonsMedianIsSubtractedFromThatPersonAlone() {
    FaceTable minus =
        FaceSeries.of(rows("0 0 .2", "1 0 .4", "1 1 .1", "2 0 .9")).minusMedian().table();
    assertEquals("0 0 -0.20; 1 0 0.00; 1 1 0.00; 2 0 0.50;", written(minus, "au12_minus_median"));
  }

  @Test
  void theMeanOfNeutralFramesIsSubtractedWhereThereAreSome() {
    FaceTable rows =
        rows("0 0 .2", "1 0 .4", "1 1 .1", "2 0 .9")
            .with(
                StringColumn.create(
                    FaceColumns.EXPRESSION, "neutral", "neutral", "anger", "happiness"));
    FaceTable minus = FaceSeries.of(rows).minusNeutral().table();
    assertEquals("0 0 -0.10; 1 0 0.10; 1 1 ; 2 0 0.60;", written(minus, "au12_minus_neutral"));
  }

  @Test
  void stepsNameTheColumnsThatTheyAdd() {
    assertEquals(List.of(), SeriesSteps.none().columns(BehaviourVocabulary.standard()));
    SeriesSteps steps =
        new SeriesSteps(
            Optional.of(new Filling(1)),
            Smoothing.mean(15),
            Smoothing.parse("median:0.6s"),
            Optional.of(SeriesSteps.Baseline.NEUTRAL));
    List<String> columns = steps.columns(BehaviourVocabulary.standard());
    assertEquals(3 * (FaceSeries.AFFECT.size() + FaceSeries.UNITS.size()), columns.size());
    assertTrue(
        columns.containsAll(
            List.of("au12_filled", "valence_mean15", "au12_median0.6s", "au12_minus_neutral")));
    for (String column : columns) {
      assertEquals(4, FaceColumns.find(column).orElseThrow().decimals(), column);
    }
    assertEquals("filled to 1.0 s, mean:15 and median:0.6s, minus neutral", steps.toString());
  }

  @Test
  void longGapsAreLeftAlone() {
    FaceTable gap = rows("0 0 .2", "1 -", "2 -", "3 0 .4");
    assertEquals(
        "0 0 0.20; 1 - ; 2 - ; 3 0 0.40;",
        written(FaceSeries.of(gap).filled(new Filling(.2)).table(), "au12_filled"));
  }

  @Test
  void framesWithoutTimeAreRefused() {
    FaceTable table =
        rows("0 0 .2")
            .with(
                tech.tablesaw.api.DoubleColumn.create(
                    FaceColumns.TIMESTAMP, new double[] {Double.NaN}));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> FaceSeries.of(table))
            .getMessage()
            .contains("timestamp_s"));
  }

  @Test
  void windowsWeighByTime() {
    // 0 for .1 s, 1 for .9 s (frame 1 stands until frame 10), then 0: two windows of a second.
    FaceTable table = rows("0 0 0", "1 0 1", "10 0 0", "11 0 0");
    FaceTable windows = SeriesStatistics.ofWindows(1).of(FaceSeries.of(table), List.of("au12"));
    assertEquals(2, windows.size());
    assertEquals(.9, windows.number(0, "au12_mean").getAsDouble(), EXACT);
    assertEquals(.3, windows.number(0, "au12_sd").getAsDouble(), EXACT);
    assertEquals(10, windows.number(0, "au12_slope").getAsDouble(), 1e-9);
    assertEquals(0, windows.number(1, "au12_mean").getAsDouble(), EXACT);
    assertEquals(1, windows.number(1, SeriesStatistics.START).getAsDouble(), EXACT);
  }

  @Test
  void peaksAreCountedOnceEach() {
    double[] values = {0, .05, .5, .45, .5, .1, .12, .6, 0, .1};
    String[] rows =
        IntStream.range(0, values.length)
            .mapToObj(i -> i + " 0 " + values[i])
            .toArray(String[]::new);
    FaceTable window = SeriesStatistics.ofWindows(1).of(FaceSeries.of(rows(rows)), List.of("au12"));
    assertEquals(120, window.number(0, "au12_peaks").getAsDouble(), 1e-9, "two peaks in a second");
  }

  @Test
  void unitsTogetherAreAFractionOfTime() {
    FaceTableBuilder builder = new FaceTableBuilder("clip", FaceColumns.analysis(0));
    double[][] units = {{.9, .9}, {.9, .1}, {.9, .9}, {.1, .9}};
    for (int i = 0; i < units.length; i++) {
      builder.set(FaceColumns.INPUT, "c").set(FaceColumns.FRAME, i).set(FaceColumns.FACE, 0);
      builder.set(FaceColumns.TIMESTAMP, i / 4.0);
      builder.set("au06", units[i][0]).set("au12", units[i][1]).add();
    }
    FaceTable window =
        SeriesStatistics.ofWindows(1).of(FaceSeries.of(builder.build()), List.of("au06", "au12"));
    assertEquals(.5, window.number(0, "au06_and_au12").getAsDouble(), EXACT);
  }
}
