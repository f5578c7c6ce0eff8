package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Fairness;
import org.affect4j.metric.FairnessAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChartsTest {
  @Test
  void zerosOfHeatMapsStayBlank() {
    List<String> texts =
        Samples.texts(
            Charts.heatMap("t", List.of("r"), List.of("a", "b"), new double[][] {{0, .25}}, 0, 2));
    assertTrue(texts.contains("0.25"), texts.toString());
    assertTrue(!texts.contains("0.00"), texts.toString());
  }

  @Test
  void barsGrowWithTheirNumbers() {
    BufferedImage image =
        Charts.bars("t", "share", List.of("a", "b"), new double[] {.1, .9}, 0, 1).toImage();
    int half = image.getWidth() / 2;
    int small = Samples.count(image.getSubimage(0, 0, half, image.getHeight()), Palette.BLUE);
    int large = Samples.count(image.getSubimage(half, 0, half, image.getHeight()), Palette.BLUE);
    assertEquals(9, (double) large / small, .6);
  }

  @Test
  void lyingBarsGrowWithTheirNumbers() {
    String label = "a label that is much too long to stand below a narrow bar and more so here";
    Picture little = Charts.bars("t", "share", List.of(label, "b"), new double[] {.1, 0}, 0, 1);
    Picture much = Charts.bars("t", "share", List.of(label, "b"), new double[] {.9, 0}, 0, 1);
    double ratio =
        (double) Samples.count(much.toImage(), Palette.BLUE)
            / Samples.count(little.toImage(), Palette.BLUE);
    assertEquals(9, ratio, .6);
  }

  @Test
  void actionUnitsOfUpperAndLowerFaceHaveTheirColours() {
    double[] upper = new double[17];
    upper[0] = .9;
    double[] lower = new double[17];
    lower[9] = .9;
    BufferedImage up = Charts.actionUnits(behaviour(upper)).toImage();
    BufferedImage low = Charts.actionUnits(behaviour(lower)).toImage();
    assertTrue(Samples.count(up, Palette.BLUE) > 2000);
    assertTrue(Samples.count(up, Palette.ORANGE) < 400, "no more than its mark in the legend");
    assertTrue(Samples.count(low, Palette.ORANGE) > 2000);
    assertTrue(Samples.count(low, Palette.BLUE) < 400, "no more than its mark in the legend");
  }

  private static Behaviour behaviour(double[] units) {
    return Samples.behaviour(Expression.NEUTRAL, .4, units);
  }

  @Test
  void expressionsHaveTheirColoursAndWords() {
    Picture picture = Charts.expressions(Samples.behaviour(Expression.ANGER, .94));
    BufferedImage image = picture.toImage();
    assertTrue(Samples.count(image, Palette.VERMILLION) > 20 * Samples.count(image, Palette.BLUE));
    assertTrue(picture.description().contains("anger 0.94"), picture.description());
  }

  @Test
  void bothAxesOfTheCircumplexHaveOneScale() {
    Picture one = Charts.circumplex("t", new double[] {.9, 0}, new double[] {0, .9}, List.of());
    BufferedImage image = one.toImage();
    int[] right = {0, 0};
    int[] top = {0, Integer.MAX_VALUE};
    int[] origin = {Integer.MAX_VALUE, 0};
    int blue = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        if ((rgb >> 16 & 0xFF) < 60 && (rgb & 0xFF) > 150) {
          blue++;
          if (x > right[0]) {
            right = new int[] {x, y};
          }
          if (y < top[1]) {
            top = new int[] {x, y};
          }
          origin = new int[] {Math.min(origin[0], x), Math.max(origin[1], y)};
        }
      }
    }
    assertTrue(blue > 50, "no points");
    // Dots are of one size, so that extreme edges differ as much as centres do.
    assertEquals(right[0] - origin[0], origin[1] - top[1], 2);
  }

  @Test
  void confusionColoursByTheShareOfTheRow() {
    BufferedImage image =
        Charts.confusion(Samples.confusion(List.of("a", "b"), new long[][] {{9, 1}, {500, 500}}))
            .toImage();
    assertTrue(Samples.count(image, ColourMap.BLUES.at(.9)) > 500);
    assertTrue(Samples.count(image, ColourMap.BLUES.at(.5)) > 1500);
  }

  @Test
  void descriptionsTellWhatIsLeftOut() {
    Picture picture = Charts.histogram("t", "x", new double[] {.5, Double.NaN, 1, 2}, 4, 0, 1);
    assertTrue(picture.description().contains("2 of 4 not shown"), picture.description());
  }

  @Test
  void laterChangesOfArraysDoNotShow() {
    double[] values = {.5, .5};
    Picture picture = Charts.bars("t", "y", List.of("a", "b"), values, 0, 1);
    byte[] before = picture.png();
    values[0] = 1;
    assertArrayEquals(before, picture.png());
  }

  @Test
  void noPictureIsTooWideOrCutOff() {
    Random random = new Random(3);
    double[] valence = random.doubles(1000, -1, 1).toArray();
    double[] arousal = random.doubles(1000, -1, 1).toArray();
    List<Face> crowd = Samples.faces(60, 900, 600);
    String endless = "a label without end ".repeat(12);
    // Long names that begin alike, and names that the charts use themselves, must not collide.
    Map<String, double[][]> lines = new LinkedHashMap<>();
    lines.put(
        "a", new double[][] {{1, 2, 3}, {.5, Double.NaN, .7}, {.4, Double.NaN, .6}, {.6, .7, .8}});
    lines.put("corners", new double[][] {{1}, {.5}});
    double[][] zeros = new double[40][25];
    List<Picture> all =
        List.of(
            Charts.actionUnits(crowd.get(0).behaviour()),
            Charts.expressions(crowd.get(0).behaviour()),
            Charts.circumplex("t", new double[1], new double[1], List.of()),
            Charts.circumplex("t", valence, arousal, List.of()),
            Charts.circumplex("t", valence, arousal, manyNames(endless)),
            Charts.circumplex("t", valence, arousal, Collections.nCopies(1000, "fear")),
            Charts.circumplexDensity(valence, arousal),
            Charts.actionUnitHeatMap(Collections.nCopies(40, "b"), new double[40][17]),
            Charts.heatMap(
                endless,
                Collections.nCopies(40, endless),
                Collections.nCopies(25, endless),
                zeros,
                0,
                1),
            Charts.heatMap("t", List.of("a"), List.of("a"), new double[][] {{Double.NaN}}, 0, 1),
            Charts.confusion(Samples.confusion(List.of("a"), new long[1][1])),
            Charts.histogram(endless, endless, new double[] {9}, 10, 0, 1),
            Charts.bars(endless, "y", List.of(endless, "b"), new double[] {0, 0}),
            Charts.bars("t", "y", Collections.nCopies(100, "b"), new double[100]),
            Charts.groupedBars(
                "t",
                "y",
                List.of(endless, "b"),
                Map.of(endless, new double[] {-1, 2}, endless + "b", new double[2])),
            Charts.lines("t", "x", "y", lines),
            Charts.lines("t", "x", "y", lines, 0, 1),
            Charts.scatter("t", endless, endless, valence, arousal, manyNames(endless)),
            Charts.grid(List.of(FaceImage.plain(48, 48, 9)), List.of(endless), 3));
    for (Picture picture : all) {
      assertTrue(picture.displayWidth() <= 900, picture.toString());
      assertTrue(Samples.cleanBorder(picture.toImage()), () -> "cut off: " + picture);
    }
  }

  private static List<String> manyNames(String endless) {
    return IntStream.range(0, 1000).mapToObj(i -> i % 20 + " " + endless).toList();
  }

  @Test
  void sheetsHaveOneCellPerCrop() {
    List<FaceImage> crops = Collections.nCopies(5, FaceImage.plain(112, 112, 10));
    Picture two = Charts.grid(crops, List.of(), 2);
    Picture five = Charts.grid(crops, List.of(), 5);
    assertTrue(two.height() > 2 * five.height());
    assertNotEquals(two.width(), five.width());
    assertThrows(IllegalArgumentException.class, () -> Charts.grid(crops, List.of("one"), 2));
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    refused("nothing to draw", () -> circumplex(new double[0], new double[0]));
    refused("nothing to draw", () -> Charts.actionUnitHeatMap(List.of(), new double[0][]));
    refused("nothing to draw", () -> Charts.grid(List.of(), List.of(), 3));
    refused("nothing to draw", () -> Charts.bars("t", "y", List.of(), new double[0]));
    refused("nothing to draw", () -> Charts.lines("t", "x", "y", Map.of()));
    refused("2 labels but 1 values", () -> Charts.bars("t", "y", List.of("a", "b"), new double[1]));
    refused("row 1", () -> Charts.heatMap("t", List.of("a", "b"), List.of("c"), ragged(), 0, 1));
    refused("between -1 and 1", () -> circumplex(new double[] {2}, new double[] {0}));
    refused("between -1 and 1", () -> circumplex(new double[] {Double.NaN}, new double[] {0}));
    refused("2 valence but 1 arousal", () -> circumplex(new double[2], new double[1]));
    refused("1.0 to 0.0", () -> Charts.histogram("t", "x", new double[1], 5, 1, 0));
    refused("bins", () -> Charts.histogram("t", "x", new double[1], 0, 0, 1));
    refused("finite", () -> Charts.bars("t", "y", List.of("a"), new double[] {Double.NaN}));
    refused("3 arrays", () -> Charts.lines("t", "x", "y", Map.of("a", new double[3][1])));
    refused("17 column", () -> Charts.actionUnitHeatMap(List.of("a"), new double[1][3]));
  }

  private static Picture circumplex(double[] valence, double[] arousal) {
    return Charts.circumplex("t", valence, arousal, List.of());
  }

  private static double[][] ragged() {
    return new double[][] {{1}, {1, 2}};
  }

  private static void refused(String reason, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void colourMapsEndWhereTheyShould() {
    for (ColourMap map : ColourMap.values()) {
      assertEquals(map.at(0), map.at(-5));
      assertEquals(map.at(1), map.at(5));
      assertNotEquals(map.at(0), map.at(1));
      assertNotEquals(map.at(Double.NaN), map.at(0));
    }
    assertEquals(0xFF440154, ColourMap.VIRIDIS.at(0).getRGB());
    assertEquals(0xFFFDE725, ColourMap.VIRIDIS.at(1).getRGB());
    assertEquals(0xFFF7F7F7, ColourMap.BLUE_RED.at(.5).getRGB());
    assertEquals(7, Arrays.stream(Expression.values()).map(Palette::of).distinct().count());
  }

  @Test
  void anAuditShowsEveryGroupAndHollowWhatIsTooSmall() {
    int n = 203;
    List<String> groups = new ArrayList<>();
    int[] truth = new int[n];
    int[] prediction = new int[n];
    for (int i = 0; i < n; i++) {
      groups.add(i >= 200 ? "third" : i < 100 ? "first" : "second");
      truth[i] = i % 2;
      prediction[i] = i < 100 ? truth[i] : 0;
    }
    FairnessAudit audit =
        Fairness.by("kind", groups)
            .withBootstrap(new Bootstrap(100, .95, 1))
            .expressions(List.of("no", "yes"), truth, prediction);
    Picture picture = Charts.fairness(audit);
    assertTrue(picture.description().contains("EOP by kind: 0.500"), picture.description());
    assertTrue(picture.description().contains("third (n 3, left out)"), picture.description());
    assertTrue(Samples.count(picture.toImage(), Palette.BLUE) > 50);
    assertTrue(Samples.count(picture.toImage(), Palette.ORANGE) > 50);
    assertEquals(0, Samples.count(picture.toImage(), Palette.GREEN), "no colour for the third");
    Picture all = Charts.fairness(List.of(audit));
    assertTrue(all.description().contains("unfair"), all.description());
    assertTrue(Samples.count(all.toImage(), Palette.VERMILLION) > 5, "the limit");
    assertThrows(IllegalArgumentException.class, () -> Charts.fairness(List.of()));
  }

  @Test
  void arrowsGoFromAnnotationToPrediction() {
    double[] at = {-.5, -.5};
    Picture still = Charts.circumplexErrors(at, at, at, at);
    Picture far = Charts.circumplexErrors(at, at, new double[] {.5, .5}, new double[] {.5, .5});
    assertTrue(far.description().contains("2 faces, mean distance 1.41"), far.description());
    assertTrue(
        Samples.count(far.toImage(), Palette.VERMILLION)
            > 20 + Samples.count(still.toImage(), Palette.VERMILLION));
    assertThrows(
        IllegalArgumentException.class,
        () -> Charts.circumplexErrors(at, at, new double[] {0}, new double[] {0}));
  }
}
