package org.affect4j.chart;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.ValenceArousal;
import org.affect4j.metric.ConfusionCounts;
import org.knowm.xchart.internal.chartpart.AxesChart;

/** Made-up faces and what is counted in pictures of them. */
final class Samples {
  private Samples() {}

  static Behaviour behaviour(Expression expression, double probability, double... units) {
    double[] expressions = new double[Expression.COUNT];
    Arrays.fill(expressions, (1 - probability) / (Expression.COUNT - 1));
    expressions[expression.ordinal()] = probability;
    double[] all = Arrays.copyOf(units, 17);
    return new Behaviour(expressions, all, new ValenceArousal(.5, -.25), new float[2]);
  }

  static Face face(int id, PixelBox box) {
    double x = box.x();
    double y = box.y();
    double w = box.width();
    double h = box.height();
    Landmarks landmarks =
        Landmarks.of(
            x + .3 * w,
            y + .4 * h,
            x + .7 * w,
            y + .4 * h,
            x + .5 * w,
            y + .6 * h,
            x + .35 * w,
            y + .8 * h,
            x + .65 * w,
            y + .8 * h);
    return new Face(
        id,
        Optional.of(new Detection(box, .9, landmarks)),
        behaviour(Expression.HAPPINESS, .8, .9, .1));
  }

  static List<Face> faces(int count, int width, int height) {
    Random random = new Random(7);
    List<Face> faces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double size = 20 + 60 * random.nextDouble();
      faces.add(
          face(
              i,
              new PixelBox(
                  random.nextDouble() * width - 20,
                  random.nextDouble() * height - 20,
                  size,
                  size * 1.2)));
    }
    return faces;
  }

  static int count(BufferedImage image, Color colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == (colour.getRGB() & 0xFFFFFF)) {
          count++;
        }
      }
    }
    return count;
  }

  /** Rows of the outermost pixels must be background, or something has been cut off. */
  static boolean cleanBorder(BufferedImage image) {
    int background = 0xFFFFFF;
    for (int x = 0; x < image.getWidth(); x++) {
      if ((image.getRGB(x, 0) & background) != background
          || (image.getRGB(x, image.getHeight() - 1) & background) != background) {
        return false;
      }
    }
    for (int y = 0; y < image.getHeight(); y++) {
      if ((image.getRGB(0, y) & background) != background
          || (image.getRGB(image.getWidth() - 1, y) & background) != background) {
        return false;
      }
    }
    return true;
  }

  /** What XChart writes at the ticks of an axis: its SVG has outlines of letters, no texts. */
  static List<String> ticks(AxesChart<?, ?> chart, String axis) {
    try {
      chart.paint(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics(), 860, 460);
      Method method = AxesChart.class.getDeclaredMethod("get" + axis + "Axis");
      method.setAccessible(true);
      Object found = method.invoke(chart);
      Method calculator = found.getClass().getMethod("getAxisTickCalculator");
      calculator.setAccessible(true);
      Object ticks = calculator.invoke(found);
      Method labels = ticks.getClass().getMethod("getTickLabels");
      labels.setAccessible(true);
      return ((List<?>) labels.invoke(ticks)).stream().map(String::valueOf).toList();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("XChart's ticks cannot be read", e);
    }
  }

  /** What is written on a picture that is not XChart's. */
  static List<String> texts(Picture picture) {
    return Pattern.compile("<text[^>]*>([^<]*)</text", Pattern.DOTALL)
        .matcher(picture.svg())
        .results()
        .map(result -> result.group(1).strip())
        .toList();
  }

  /** The confusion of two classes, or of one, with as many samples as the counts say. */
  static ConfusionCounts confusion(List<String> labels, long[][] counts) {
    List<Integer> truth = new ArrayList<>();
    List<Integer> prediction = new ArrayList<>();
    for (int row = 0; row < counts.length; row++) {
      for (int column = 0; column < counts.length; column++) {
        truth.addAll(Collections.nCopies((int) counts[row][column], row));
        prediction.addAll(Collections.nCopies((int) counts[row][column], column));
      }
    }
    return ConfusionCounts.of(
        labels,
        truth.stream().mapToInt(i -> i).toArray(),
        prediction.stream().mapToInt(i -> i).toArray());
  }
}
