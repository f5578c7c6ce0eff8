package org.affect4j.training.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.affect4j.face.Point;

/** Things that a detector takes for faces or that hide faces, drawn at random. */
final class Lookalikes {
  private static final int HAND = 96;
  private static final int MOST_SHAPE = 300;

  private Lookalikes() {}

  /** Tiles of a face in another order, as a square. */
  static PicturePyramid scrambled(Sprite sprite, SplittableRandom random) {
    PicturePyramid whole = sprite.picture();
    int side = Math.min(whole.width(), whole.height());
    int perSide = new int[] {2, 4, 5}[random.nextInt(3)];
    int[] order = IntStream.range(0, perSide * perSide).toArray();
    int kept;
    do {
      kept = 0;
      for (int i = order.length - 1; i >= 0; i--) {
        int j = random.nextInt(i + 1);
        int other = order[i];
        order[i] = order[j];
        order[j] = other;
      }
      for (int i = 0; i < order.length; i++) {
        kept += order[i] == i ? 1 : 0;
      }
      // A face that is nearly in order is a face.
    } while (kept > .4 * order.length);
    double cx = sprite.box().x() + sprite.box().width() / 2;
    double cy = sprite.box().y() + sprite.box().height() / 2;
    int square = (int) Math.max(perSide, Math.min(side, 1.1 * sprite.box().height()));
    int left = (int) Math.max(0, Math.min(whole.width() - square, cx - square / 2.0));
    int top = (int) Math.max(0, Math.min(whole.height() - square, cy - square / 2.0));
    return whole.tiles(left, top, square, perSide, order);
  }

  /** An eye, the nose or half the mouth alone. */
  static PicturePyramid part(Sprite sprite, SplittableRandom random) {
    PicturePyramid whole = sprite.picture();
    double eyes = sprite.landmarks().interocularDistance();
    Point centre = sprite.landmarks().points().get(random.nextInt(5));
    int width = (int) Math.max(4, Math.min(whole.width(), 2 * eyes * random.nextDouble(.32, .55)));
    int height =
        (int) Math.max(4, Math.min(whole.height(), 2 * eyes * random.nextDouble(.25, .42)));
    int left = (int) Math.max(0, Math.min(whole.width() - width, centre.x() - width / 2.0));
    int top = (int) Math.max(0, Math.min(whole.height() - height, centre.y() - height / 2.0));
    return whole.part(left, top, width, height);
  }

  /** A drawn hand: forearm or sleeve, palm, open or curled fingers with darker outlines, nails. */
  static PicturePyramid hand(SplittableRandom random) {
    BufferedImage image = new BufferedImage(HAND, HAND, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = graphics(image);
    double[] tint = Paint.tint(random);
    double light = random.nextDouble(70, 200);
    double cx = 48 + random.nextGaussian() * 3;
    double cy = 52 + random.nextGaussian() * 3;
    if (random.nextDouble() < .7) {
      Color sleeve =
          random.nextBoolean()
              ? skin(tint, light * random.nextDouble(.75, 1))
              : new Color(random.nextInt(1 << 24));
      line(g, cx, cy, cx + random.nextDouble(-12, 12), HAND + 5, random.nextDouble(14, 24), sleeve);
    }
    double width = random.nextDouble(13, 19);
    double height = random.nextDouble(14, 20);
    disc(g, cx, cy, width * 1.08, height * 1.08, skin(tint, light * .6));
    disc(g, cx, cy, width, height, skin(tint, light * random.nextDouble(.9, 1.05)));
    boolean curled = random.nextBoolean();
    double spread = random.nextDouble(.03, .3);
    double thickness = random.nextDouble(7, 10);
    int fingers = random.nextInt(3, 6);
    for (int i = 0; i < fingers; i++) {
      double angle = -Math.PI / 2 + (i - 1.7) * spread;
      double x = cx + (i - 1.6) * width * .52;
      double y = cy + height * (curled ? random.nextDouble(-.4, .2) : -.5);
      double length = curled ? random.nextDouble(8, 16) : random.nextDouble(18, 34);
      double ex = x + length * Math.cos(angle);
      double ey = y + length * Math.sin(angle) * (curled ? -1 : 1);
      line(g, x, y, ex, ey, thickness + 3, skin(tint, light * random.nextDouble(.4, .7)));
      line(g, x, y, ex, ey, thickness, skin(tint, light * random.nextDouble(.85, 1.12)));
      if (random.nextBoolean()) {
        Color nail = random.nextDouble() < .7 ? skin(tint, light * 1.25) : new Color(170, 40, 60);
        disc(g, ex, ey, 2, 3, nail);
      }
    }
    g.dispose();
    return PicturePyramid.of(image, HAND);
  }

  private static Color skin(double[] tint, double light) {
    return new Color(value(tint[2] * light), value(tint[1] * light), value(tint[0] * light));
  }

  private static int value(double v) {
    return (int) Math.max(0, Math.min(255, v));
  }

  private static void line(
      Graphics2D g, double x1, double y1, double x2, double y2, double thickness, Color colour) {
    g.setColor(colour);
    g.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  private static void disc(Graphics2D g, double x, double y, double a, double b, Color colour) {
    g.setColor(colour);
    g.fill(new Ellipse2D.Double(x - a, y - b, 2 * a, 2 * b));
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return g;
  }

  /** An ellipse, bar, polygon or fan of bars, of one colour, skin, or a texture. */
  static PicturePyramid shape(double size, BufferedImage texture, SplittableRandom random) {
    double r = Math.min(MOST_SHAPE / 2.0, size);
    double width = r * Math.exp(random.nextDouble(-.7, .7));
    double height = r * Math.exp(random.nextDouble(-.7, .7));
    int side = (int) Math.ceil(2 * Math.max(width, height)) + 8;
    double c = side / 2.0;
    double angle = random.nextDouble(Math.PI);
    Shape shape =
        switch (random.nextInt(4)) {
          case 0 ->
              turned(new Ellipse2D.Double(c - width, c - height, 2 * width, 2 * height), c, angle);
          case 1 ->
              turned(
                  new Rectangle2D.Double(c - width / 2, c - height / 2, width, height), c, angle);
          case 2 -> polygon(side, random);
          default -> fan(c, r, angle, random);
        };
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = graphics(image);
    double kind = random.nextDouble();
    if (kind < .4) {
      g.setPaint(
          new TexturePaint(
              texture, new Rectangle2D.Double(0, 0, texture.getWidth(), texture.getHeight())));
    } else if (kind < .75) {
      double[] tint = Paint.tint(random);
      double light = random.nextDouble(50, 230);
      g.setPaint(
          new GradientPaint(
              0,
              0,
              skin(tint, light * random.nextDouble(.6, 1)),
              0,
              side,
              skin(tint, light * random.nextDouble(.9, 1.3))));
    } else {
      g.setColor(new Color(random.nextInt(1 << 24)));
    }
    g.fill(shape);
    g.dispose();
    return PicturePyramid.of(image, side);
  }

  private static Shape turned(Shape shape, double centre, double angle) {
    return AffineTransform.getRotateInstance(angle, centre, centre).createTransformedShape(shape);
  }

  private static Shape polygon(int side, SplittableRandom random) {
    Polygon polygon = new Polygon();
    for (int i = 0; i < 6; i++) {
      double angle = (i + random.nextDouble()) * Math.PI / 3;
      double radius = side / 2.0 * random.nextDouble(.4, 1);
      polygon.addPoint(
          (int) (side / 2.0 + radius * Math.cos(angle)),
          (int) (side / 2.0 + radius * Math.sin(angle)));
    }
    return polygon;
  }

  private static Shape fan(double c, double r, double angle, SplittableRandom random) {
    Area fan = new Area();
    int bars = random.nextInt(2, 6);
    BasicStroke stroke =
        new BasicStroke(
            (float) Math.max(2, r * .22), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    for (int k = 0; k < bars; k++) {
      double a = angle + Math.toRadians((k - 2) * 12);
      fan.add(
          new Area(
              stroke.createStrokedShape(
                  new Line2D.Double(c, c, c + r * .9 * Math.cos(a), c + r * .9 * Math.sin(a)))));
    }
    return fan;
  }
}
