package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.series.FaceSeries;
import org.affect4j.series.Filling;
import org.affect4j.series.Smoothing;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesChartsTest {
  private static final int FRAMES = 100;
  private static final double START = 17.25;

  @TempDir Path folder;

  /** Face 0 is lost in frames 40 to 49, face 1 comes after a cut before frame 70. */
  private static FaceTable rows() {
    FaceTableBuilder rows = new FaceTableBuilder("faces", FaceColumns.analysis(0));
    for (int frame = 0; frame < FRAMES; frame++) {
      boolean lost = frame >= 40 && frame < 50;
      rows.set(FaceColumns.INPUT, "clip.mp4").set(FaceColumns.FRAME, frame);
      rows.set(FaceColumns.TIMESTAMP, START + frame / 25.);
      rows.set(FaceColumns.STATUS, lost ? "no_face" : "ok");
      if (frame == 70) {
        rows.set(FaceColumns.REASON, FaceSeries.CUT);
      }
      if (!lost) {
        double wave = .5 + .5 * Math.sin(frame / 8.);
        rows.set(FaceColumns.FACE, frame < 70 ? 0 : 1);
        ActionUnit.ALL.forEach(unit -> rows.set(unit.column(), unit == ActionUnit.AU12 ? wave : 0));
        for (Expression e : Expression.ALL) {
          boolean happy = e == Expression.HAPPINESS;
          rows.set(e.column(), happy ? wave : e == Expression.NEUTRAL ? 1 - wave : 0);
        }
        rows.set(FaceColumns.VALENCE, wave).set(FaceColumns.AROUSAL, -wave);
      }
      rows.add();
    }
    return rows.build();
  }

  private static FaceTable first() {
    FaceTable rows = rows();
    return rows.filter(row -> row < 70);
  }

  /** Pixels of a colour in a part of a picture, by shares of its width. */
  private static int count(Picture picture, Color colour, double from, double to) {
    BufferedImage image = picture.toImage();
    int x = (int) (image.getWidth() * from);
    int width = (int) (image.getWidth() * (to - from));
    return Samples.count(image.getSubimage(x, 0, width, image.getHeight()), colour);
  }

  @Test
  void oneFaceIsDrawnAtATime() {
    assertEquals(OptionalInt.of(0), SeriesCharts.mainFace(rows()));
    Exception several = assertThrows(IllegalArgumentException.class, () -> SeriesCharts.of(rows()));
    assertTrue(several.getMessage().contains("[0, 1]"), several.getMessage());
    assertThrows(IllegalArgumentException.class, () -> SeriesCharts.of(rows(), 2));
    FaceTable photos = rows().with(rows().table().intColumn("frame").emptyCopy(FRAMES));
    assertThrows(IllegalArgumentException.class, () -> SeriesCharts.of(photos));
    FaceTable two = rows().append(rows().renamed(name -> "other.mp4"));
    assertThrows(IllegalArgumentException.class, () -> SeriesCharts.of(two, 0));
  }

  @Test
  void timesBeginAtZero() {
    List<String> texts = Samples.texts(SeriesCharts.of(first()).valenceArousal());
    assertTrue(texts.containsAll(List.of("0.0", "2.5", "time in seconds")), texts.toString());
    assertFalse(texts.contains("17.5"), texts.toString());
  }

  @Test
  void linesEndAtGapsAndGoOnDashedWhereFilled() {
    SeriesCharts raw = SeriesCharts.of(first());
    Picture gap = raw.valenceArousal();
    // Frames 40 to 49 of 70 lie at about .61 to .73 of the width.
    assertEquals(0, count(gap, Palette.BLUE, .63, .71));
    assertTrue(count(gap, Palette.BLUE, .5, .6) > 0);
    assertTrue(gap.description().contains("10 frames without the face"), gap.description());
    assertTrue(Samples.texts(gap).contains("the face is not there"));

    FaceTable filled = FaceSeries.of(first()).filled(new Filling(1)).table();
    Picture bridged = SeriesCharts.of(filled).valenceArousal();
    int thin = count(bridged, Palette.BLUE, .63, .71);
    int solid = count(bridged, Palette.BLUE, .5, .58);
    assertTrue(thin > 0 && thin < solid / 2, thin + " against " + solid);
    assertTrue(Samples.texts(bridged).contains("filled in"));
    assertTrue(bridged.description().contains("10 filled in"), bridged.description());
  }

  @Test
  void cutsAreMarkedAndNotCrossed() {
    SeriesCharts charts = SeriesCharts.of(rows(), 0);
    Picture picture = charts.valenceArousal();
    assertTrue(Samples.texts(picture).contains("cut"));
    assertTrue(picture.description().contains("1 cuts"), picture.description());
    assertEquals(0, count(picture, Palette.BLUE, .75, 1));
    TrackRows track = TrackRows.of(rows(), OptionalInt.of(0));
    assertEquals(2, track.parts(0, track.size(), i -> track.row(i) >= 0).size());
    assertEquals(4, track.parts(0, track.size(), i -> i < 40 || i > 45 && i != 60).size());
  }

  @Test
  void stripsBandsAndWaysShowTheirColumns() {
    SeriesCharts charts = SeriesCharts.of(first());
    Picture units = charts.units();
    assertTrue(Samples.texts(units).contains("AU12 Lip corner puller"));
    assertTrue(count(units, ColourMap.BLUES.at(1), .2, .9) > 0);
    // The face is lost: grey in all units.
    assertTrue(count(units, ColourMap.BLUES.at(Double.NaN), .6, .8) > 5_000);
    Picture bands = charts.expressions();
    int happy = count(bands, Palette.of(Expression.HAPPINESS), .1, .9);
    int neutral = count(bands, Palette.of(Expression.NEUTRAL), .1, .9);
    assertTrue(happy > 50_000 && neutral > 50_000, happy + " and " + neutral);
    assertEquals(0, count(bands, Palette.of(Expression.HAPPINESS), .64, .7));
    Picture way = charts.trajectory();
    assertTrue(Samples.texts(way).containsAll(List.of("begin", "end", "seconds")));
    for (Picture picture : List.of(units, bands, way, charts.curves("au12", "au26"))) {
      assertTrue(Samples.cleanBorder(picture.toImage()), picture.description());
    }
  }

  @Test
  void stepsAreDrawnByTheirName() {
    FaceTable smooth =
        FaceSeries.of(first()).smoothed(Smoothing.mean(15), Smoothing.median(15)).table();
    SeriesCharts charts = SeriesCharts.of(smooth);
    assertTrue(charts.of("mean15").valenceArousal().description().contains("valence_mean15"));
    assertTrue(charts.of("median15").units().description().contains("au12_median15"));
    assertThrows(IllegalArgumentException.class, () -> charts.of("mean15").units());
    assertThrows(IllegalArgumentException.class, () -> charts.curves("au99"));
    assertTrue(Samples.texts(charts.curves("au12", "au12_median15")).contains("au12_median15"));
  }

  @Test
  void filmStripsHaveAPictureForEachPeak() {
    SeriesCharts charts = SeriesCharts.of(rows(), 1);
    List<Integer> peaks = charts.peaks("au12", 3);
    assertFalse(peaks.isEmpty());
    assertTrue(peaks.get(0) >= 70 && peaks.size() <= 3, peaks.toString());
    assertEquals(List.of(63), SeriesCharts.of(rows(), 0).peaks("au12", 1));
    Color pink = new Color(200, 60, 120);
    TreeMap<Integer, FaceImage> pictures = new TreeMap<>();
    peaks.forEach(frame -> pictures.put(frame, plain(pink)));
    Picture strip = charts.filmStrip("au12", pictures);
    assertTrue(Samples.count(strip.toImage(), pink) > 50_000);
    assertThrows(IllegalArgumentException.class, () -> charts.filmStrip("au12", new TreeMap<>()));
  }

  private static FaceImage plain(Color colour) {
    byte[][] bands = new byte[3][100];
    for (int i = 0; i < 100; i++) {
      bands[0][i] = (byte) colour.getRed();
      bands[1][i] = (byte) colour.getGreen();
      bands[2][i] = (byte) colour.getBlue();
    }
    return FaceImage.ofBands(10, 10, bands[0], bands[1], bands[2]);
  }

  @Test
  void aSmallPlotMovesWithTheVideo() {
    SeriesStrip strip = SeriesStrip.of(rows(), 0, 400);
    BufferedImage early = strip.at(10).toImage();
    BufferedImage late = strip.at(60).toImage();
    assertEquals(SeriesStrip.HEIGHT, early.getHeight());
    assertEquals(400, early.getWidth());
    assertTrue(line(early) < line(late), line(early) + " and " + line(late));
    assertThrows(IllegalArgumentException.class, () -> SeriesStrip.of(rows(), 0, 100));
  }

  /** Where the dark line of the moment stands. */
  private static int line(BufferedImage image) {
    for (int x = 110; x < image.getWidth(); x++) {
      if ((image.getRGB(x, 24) & 0xFFFFFF) == (Text.INK.getRGB() & 0xFFFFFF)) {
        return x;
      }
    }
    return -1;
  }

  @Test
  void rowsOfOtherToolsAreDrawnToo() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("frame, face_id, timestamp, confidence, success, AU12_r, AU45_r, AU12_c, AU45_c");
    for (int i = 1; i <= 30; i++) {
      lines.add(
          "%d, 0, %.3f, 0.98, %d, %.2f, 0, 1, 0".formatted(i, i / 30., i == 9 ? 0 : 1, i / 6.));
    }
    Path openFace = Files.write(folder.resolve("clip.csv"), lines);
    SeriesCharts charts = SeriesCharts.of(FaceTable.read(openFace));
    Picture units = charts.units();
    assertTrue(Samples.texts(units).containsAll(List.of("AU12 Lip corner puller", "AU45")));
    assertTrue(units.description().contains("au12_intensity up to 5.00 at 0.967"));
    assertTrue(units.description().contains("1 frames without"), units.description());
    assertThrows(IllegalArgumentException.class, charts::expressions);
    SeriesStrip.of(FaceTable.read(openFace), 0, 400).at(3).toImage();

    lines.clear();
    lines.add(
        "frame,FaceRectX,FaceRectY,FaceRectWidth,FaceRectHeight,FaceScore,AU01,AU12,anger,"
            + "disgust,fear,happiness,sadness,surprise,neutral");
    for (int i = 0; i < 30; i++) {
      lines.add("%d,10,10,50,60,0.99,%.2f,0.5,0,0,0,0.75,0,0,0.25".formatted(i, i / 30.));
    }
    Path pyFeat = Files.write(folder.resolve("feat.csv"), lines);
    SeriesCharts feat = SeriesCharts.of(FaceTable.read(pyFeat));
    assertTrue(Samples.texts(feat.units()).contains("frame, counted from the first"));
    assertTrue(feat.expressions().description().contains("p_happiness up to 0.75"));
    assertThrows(IllegalArgumentException.class, feat::valenceArousal);
  }
}
