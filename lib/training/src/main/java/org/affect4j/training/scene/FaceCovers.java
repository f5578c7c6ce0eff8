package org.affect4j.training.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;

/** What people wear on their faces, drawn where the landmarks lie: a face in it is still a face. */
final class FaceCovers {
  /** Corners of a mask, across and down. */
  private static final double[][] MASK = {
    {.5, .3}, {1.15, .5}, {1.5, .55}, {1.3, 1.25}, {.5, 1.8}, {-.3, 1.25}, {-.5, .55}, {-.15, .5}
  };

  private final SplittableRandom random;
  private final Point eyeLeft;
  private final Point eyeRight;
  private final double downX;
  private final double downY;
  private final BufferedImage image;
  private final Graphics2D g;

  private FaceCovers(Landmarks face, int side, SplittableRandom random) {
    this.random = random;
    eyeLeft = face.eyeLeft();
    eyeRight = face.eyeRight();
    // From between the eyes to between the corners of the mouth.
    downX = (face.mouthLeft().x() + face.mouthRight().x() - eyeLeft.x() - eyeRight.x()) / 2;
    downY = (face.mouthLeft().y() + face.mouthRight().y() - eyeLeft.y() - eyeRight.y()) / 2;
    image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /** Draws a mask over mouth and nose, or glasses, on a transparent square of the scene's size. */
  static BufferedImage draw(Landmarks face, int side, SplittableRandom random) {
    FaceCovers covers = new FaceCovers(face, side, random);
    if (random.nextBoolean()) {
      covers.mask();
    } else {
      covers.glasses();
    }
    covers.g.dispose();
    return covers.image;
  }

  /** A point of the face: 0 and 1 across are the eyes, 1 down is the mouth. */
  private Point at(double across, double down) {
    return new Point(
        eyeLeft.x() + across * (eyeRight.x() - eyeLeft.x()) + down * downX,
        eyeLeft.y() + across * (eyeRight.y() - eyeLeft.y()) + down * downY);
  }

  private void mask() {
    Path2D outline = new Path2D.Double();
    for (double[] corner : MASK) {
      Point p =
          at(corner[0] + random.nextGaussian() * .03, corner[1] + random.nextGaussian() * .03);
      if (outline.getCurrentPoint() == null) {
        outline.moveTo(p.x(), p.y());
      } else {
        outline.lineTo(p.x(), p.y());
      }
    }
    outline.closePath();
    Color[] usual = {
      new Color(235, 238, 240),
      new Color(150, 200, 225),
      new Color(30, 30, 34),
      new Color(random.nextInt(1 << 24))
    };
    Color colour = usual[random.nextInt(usual.length)];
    g.setColor(colour);
    g.fill(outline);
    g.setColor(colour.darker());
    g.setStroke(new BasicStroke((float) Math.max(1, Math.hypot(downX, downY) * .02)));
    g.draw(outline);
    for (double down = .8; down < 1.3; down += .2) {
      line(at(-.2, down), at(1.2, down));
    }
  }

  private void glasses() {
    double eyes = Math.hypot(eyeRight.x() - eyeLeft.x(), eyeRight.y() - eyeLeft.y());
    double a = eyes * random.nextDouble(.3, .42);
    double b = a * random.nextDouble(.65, 1);
    double turn = Math.atan2(eyeRight.y() - eyeLeft.y(), eyeRight.x() - eyeLeft.x());
    int opaque = random.nextBoolean() ? random.nextInt(170, 256) : random.nextInt(60);
    int shade = random.nextInt(70);
    Color frame = new Color(random.nextInt(90), random.nextInt(70), random.nextInt(70));
    g.setStroke(new BasicStroke((float) Math.max(1, eyes * random.nextDouble(.03, .1))));
    for (Point eye : new Point[] {eyeLeft, eyeRight}) {
      Shape lens =
          AffineTransform.getRotateInstance(turn, eye.x(), eye.y())
              .createTransformedShape(new Ellipse2D.Double(eye.x() - a, eye.y() - b, 2 * a, 2 * b));
      g.setColor(new Color(shade, shade, shade, opaque));
      g.fill(lens);
      g.setColor(frame);
      g.draw(lens);
    }
    line(at(a / eyes, 0), at(1 - a / eyes, 0));
    line(at(-a / eyes, 0), at(-.75, -.05));
    line(at(1 + a / eyes, 0), at(1.75, -.05));
  }

  private void line(Point from, Point to) {
    g.draw(new Line2D.Double(from.x(), from.y(), to.x(), to.y()));
  }
}
