package org.affect4j.training.scene;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Surfaces without faces that detectors take for faces, drawn at random: many round or pointed
 * things with a light and a dark side, rows of stones, and cloth in folds.
 */
final class Textures {
  private static final int MOST_THINGS = 900;

  private final SplittableRandom random;
  private final BufferedImage image;
  private final Graphics2D g;
  private final int side;

  private Textures(int side, SplittableRandom random) {
    this.random = random;
    this.side = side;
    this.image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    this.g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /** Draws a square of pebbles or food, leaves, paving or cloth. */
  static BufferedImage draw(int side, SplittableRandom random) {
    Textures texture = new Textures(side, random);
    double kind = random.nextDouble();
    if (kind < .4) {
      texture.pebbles();
    } else if (kind < .6) {
      texture.leaves();
    } else if (kind < .8) {
      texture.paving();
    } else {
      texture.cloth();
    }
    texture.g.dispose();
    return texture.image;
  }

  /** Near a colour that the things of a picture share. */
  private Color near(float[] hue, double spread, double least, double most) {
    float h = (float) (hue[0] + random.nextGaussian() * spread);
    return Color.getHSBColor(h, hue[1], (float) random.nextDouble(least, most));
  }

  /** Grey stone or any colour. */
  private float[] hue() {
    boolean isStone = random.nextBoolean();
    return new float[] {
      (float) random.nextDouble(), (float) (isStone ? random.nextDouble(.25) : random.nextDouble())
    };
  }

  private void fill(Color colour) {
    g.setColor(colour);
    g.fillRect(0, 0, side, side);
  }

  private int count(double size) {
    return (int) Math.min(MOST_THINGS, 5.0 * side * side / (size * size));
  }

  /** Round things in light from one side, later ones in front. */
  private void pebbles() {
    float[] hue = hue();
    fill(near(hue, 0, .05, .3));
    double size = Math.exp(random.nextDouble(Math.log(side / 24.0), Math.log(side / 3.0)));
    double uneven = random.nextDouble(.02, .4);
    double light = random.nextDouble(2 * Math.PI);
    for (int i = count(size); i > 0; i--) {
      double a = size / 2 * Math.exp(random.nextGaussian() * uneven);
      double b = a * random.nextDouble(.6, 1);
      double x = random.nextDouble(side);
      double y = random.nextDouble(side);
      AffineTransform before = g.getTransform();
      g.rotate(random.nextDouble(Math.PI), x, y);
      Color lit = near(hue, .03, .5, .95);
      g.setPaint(
          new RadialGradientPaint(
              (float) x,
              (float) y,
              (float) (1.1 * a),
              (float) (x + .5 * a * Math.cos(light)),
              (float) (y + .5 * a * Math.sin(light)),
              new float[] {0, .7f, 1},
              new Color[] {lit.brighter(), lit, lit.darker().darker()},
              RadialGradientPaint.CycleMethod.NO_CYCLE));
      g.fill(new Ellipse2D.Double(x - a, y - b, 2 * a, 2 * b));
      if (random.nextDouble() < .3) {
        g.setColor(lit.darker());
        double hole = a * random.nextDouble(.1, .4);
        g.fill(new Ellipse2D.Double(x - hole, y - hole, 2 * hole, 2 * hole));
      }
      g.setTransform(before);
    }
  }

  /** Pointed things with a rib and one half darker. */
  private void leaves() {
    float[] hue = {(float) random.nextDouble(.05, .42), (float) random.nextDouble(.3, .9)};
    fill(near(hue, 0, .05, .25));
    double size = Math.exp(random.nextDouble(Math.log(side / 12.0), Math.log(side / 2.5)));
    for (int i = count(size); i > 0; i--) {
      double length = size * Math.exp(random.nextGaussian() * .25);
      double width = length * random.nextDouble(.2, .5);
      AffineTransform before = g.getTransform();
      g.translate(random.nextDouble(side), random.nextDouble(side));
      g.rotate(random.nextDouble(2 * Math.PI));
      Color colour = near(hue, .04, .25, .85);
      for (int half = -1; half <= 1; half += 2) {
        Path2D leaf = new Path2D.Double();
        leaf.moveTo(-length / 2, 0);
        leaf.quadTo(0, half * width, length / 2, 0);
        leaf.closePath();
        g.setColor(half < 0 ? colour : colour.darker());
        g.fill(leaf);
      }
      g.setColor(colour.brighter());
      g.draw(new Line2D.Double(-length / 2, 0, length / 2, 0));
      g.setTransform(before);
    }
  }

  /** Rows of stones, each row shifted. */
  private void paving() {
    float[] hue = hue();
    fill(near(hue, 0, .1, .5));
    double height = random.nextDouble(side / 20.0, side / 4.0);
    double width = height * random.nextDouble(1, 2.5);
    double joint = height * random.nextDouble(.03, .15);
    g.rotate(random.nextDouble(-.4, .4), side / 2.0, side / 2.0);
    double shift = random.nextBoolean() ? width / 2 : 0;
    int row = 0;
    for (double y = -side; y < 2 * side; y += height) {
      for (double x = -side + row % 2 * shift; x < 2 * side; x += width) {
        Color colour = near(hue, .02, .35, .8);
        g.setPaint(
            new GradientPaint(
                (float) x, (float) y, colour.brighter(), (float) x, (float) (y + height), colour));
        g.fill(new Rectangle2D.Double(x, y, width - joint, height - joint));
      }
      row++;
    }
  }

  /** Stripes or a plain weave whose light changes in folds. */
  private void cloth() {
    float[] hue = hue();
    Color ground = near(hue, 0, .3, .9);
    Color stripe = near(new float[] {(float) random.nextDouble(), hue[1]}, 0, .2, .9);
    double period = random.nextDouble(side / 40.0, side / 5.0);
    boolean isStriped = random.nextDouble() < .6;
    double along = random.nextDouble(Math.PI);
    double folds = random.nextDouble(1, 7) * 2 * Math.PI / side;
    double across = random.nextDouble(Math.PI);
    double bend = random.nextDouble(0, 3);
    double depth = random.nextDouble(.1, .6);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = x * Math.cos(across) + y * Math.sin(across);
        double v = -x * Math.sin(across) + y * Math.cos(across);
        double fold = Math.sin(folds * u + bend * Math.sin(folds / 2 * v));
        double t = (x * Math.cos(along) + y * Math.sin(along) + fold * period / 2) / period;
        Color colour = isStriped && Math.floorMod((int) Math.floor(t), 2) == 0 ? stripe : ground;
        double light = 1 + depth * fold + random.nextGaussian() * .03;
        image.setRGB(
            x,
            y,
            lit(colour.getRed(), light) << 16
                | lit(colour.getGreen(), light) << 8
                | lit(colour.getBlue(), light));
      }
    }
  }

  private static int lit(int value, double light) {
    return (int) Math.max(0, Math.min(255, value * light));
  }
}
