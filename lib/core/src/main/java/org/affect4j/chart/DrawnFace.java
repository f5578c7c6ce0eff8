package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.affect4j.face.ActionUnit;

/**
 * A face in lines that moves its parts as the units say: what each does follows the descriptions of
 * Ekman, Friesen and Hager, FACS (2002). Lengths are those of a neutral face in pixels, moved by at
 * most so many more at strength 1.
 */
final class DrawnFace {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 470;
  private static final double MIDDLE = 180;
  private static final double EYES = 186;
  private static final double BROWS = 156;
  private static final double NOSE = 262;
  private static final double MOUTH = 318;
  private static final double CHIN = 392;

  private static final Color SKIN = new Color(0xF4EEE6);
  static final Color LIPS = new Color(0xD9A79B);
  private static final Color HOLLOW = new Color(0x5A2A2A);
  private static final int MOST_NAMES = 6;

  /** Steps of a soft spot from its rim to its middle. */
  private static final int SHADES = 12;

  private static final char NO_BREAK = '\u00A0';

  private final Map<ActionUnit, Double> units = new EnumMap<>(ActionUnit.class);
  private Graphics2D g;

  private DrawnFace(Map<ActionUnit, Double> given) {
    given.forEach(
        (unit, strength) -> {
          if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException(
                "a unit's strength lies between 0 and 1, got %s for %s"
                    .formatted(strength, unit.label()));
          }
          units.put(unit, strength);
        });
  }

  static Picture draw(Map<ActionUnit, Double> units) {
    String active =
        units.entrySet().stream()
            .filter(e -> e.getValue() >= .2)
            .sorted(Comparator.comparingDouble(e -> -e.getValue()))
            .limit(MOST_NAMES)
            .map(e -> e.getKey().label() + NO_BREAK + Text.number(e.getValue()))
            .collect(Collectors.joining("  "));
    String words = active.isEmpty() ? "no unit from .20 on" : active;
    DrawnFace checked = new DrawnFace(units);
    return Picture.drawn(
        WIDTH, HEIGHT, "Drawn face: " + words, g -> new DrawnFace(checked.units).paint(g, words));
  }

  private double of(ActionUnit unit) {
    return units.getOrDefault(unit, 0.);
  }

  private void paint(Graphics2D graphics, String words) {
    g = graphics;
    head();
    AffineTransform before = g.getTransform();
    for (int side : new int[] {1, -1}) {
      // Both halves are drawn to the right of the middle.
      g.translate(MIDDLE, 0);
      g.scale(side, 1);
      forehead();
      brow();
      eye();
      cheek();
      noseSide();
      fold();
      mouthCorner();
      g.setTransform(before);
    }
    mouth();
    chin();
    g.setColor(Text.INK);
    g.setFont(Text.PLAIN);
    List<String> lines = Text.wrap(words, WIDTH - 20, 2);
    for (int i = 0; i < lines.size(); i++) {
      Text.centred(g, lines.get(i), MIDDLE, HEIGHT - 32 + 18. * i);
    }
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }

  private void line(double strength, double width, Shape shape) {
    if (strength > .01) {
      g.setColor(ChartStyle.translucent(Text.INK, (int) Math.round(220 * Math.min(1, strength))));
      g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      g.draw(shape);
    }
  }

  /** A soft spot of the colour of the half of the face, where a muscle pulls. */
  private void spot(ActionUnit unit, double x, double y, double width, double height) {
    double strength = of(unit);
    g.setColor(ChartStyle.translucent(Palette.of(unit.region()), (int) Math.round(9 * strength)));
    for (int k = SHADES; k > 0 && strength > .01; k--) {
      double w = width * k / SHADES;
      double h = height * k / SHADES;
      g.fill(new Ellipse2D.Double(x - w / 2, y - h / 2, w, h));
    }
  }

  private static Path2D curve(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i + 3 < xy.length; i += 4) {
      path.quadTo(xy[i], xy[i + 1], xy[i + 2], xy[i + 3]);
    }
    return path;
  }

  private double jaw() {
    return 24 * of(ActionUnit.AU26);
  }

  private void head() {
    double chin = CHIN + jaw();
    Path2D head = new Path2D.Double();
    head.moveTo(MIDDLE, 36);
    head.curveTo(MIDDLE + 95, 36, MIDDLE + 130, 100, MIDDLE + 126, 190);
    head.curveTo(MIDDLE + 122, 290 + jaw() / 2, MIDDLE + 84, chin, MIDDLE, chin);
    head.curveTo(MIDDLE - 84, chin, MIDDLE - 122, 290 + jaw() / 2, MIDDLE - 126, 190);
    head.curveTo(MIDDLE - 130, 100, MIDDLE - 95, 36, MIDDLE, 36);
    for (int side : new int[] {-1, 1}) {
      Shape ear = new Ellipse2D.Double(MIDDLE + side * 127 - 14, 172, 28, 62);
      g.setColor(SKIN);
      g.fill(ear);
      line(.8, 2, ear);
    }
    g.setColor(SKIN);
    g.fill(head);
    line(.9, 2.5, head);
  }

  private double innerBrow() {
    return BROWS - 16 * of(ActionUnit.AU01) + 12 * of(ActionUnit.AU04) + 5 * of(ActionUnit.AU09);
  }

  private double outerBrow() {
    return BROWS + 4 - 18 * of(ActionUnit.AU02) + 5 * of(ActionUnit.AU04);
  }

  private void forehead() {
    double inner = of(ActionUnit.AU01);
    double outer = of(ActionUnit.AU02);
    spot(ActionUnit.AU01, 24, 118, 50, 64);
    spot(ActionUnit.AU02, 78, 122, 56, 56);
    spot(ActionUnit.AU04, 8, BROWS, 36, 40);
    for (int k = 0; k < 3; k++) {
      double y = 122 - 16 * k;
      line(.8 * inner, 1.6, curve(0, y, 18, y, 36, y + 4));
      line(.8 * outer, 1.6, curve(50, y + 4, 72, y - 6, 94, y + 8));
    }
    line(of(ActionUnit.AU04), 2, curve(7, BROWS - 12, 4, BROWS, 8, BROWS + 16));
  }

  private void brow() {
    double pulled = 7 * of(ActionUnit.AU04);
    double inner = innerBrow();
    double outer = outerBrow();
    double arch = (inner + outer) / 2 - 9 - 4 * of(ActionUnit.AU02) + 7 * of(ActionUnit.AU04);
    Path2D brow = new Path2D.Double();
    brow.moveTo(24 - pulled, inner - 5);
    brow.quadTo(58, arch - 7, 94, outer);
    brow.quadTo(58, arch + 4, 24 - pulled, inner + 5);
    brow.closePath();
    g.setColor(Text.INK);
    g.fill(brow);
  }

  private void eye() {
    double tight = of(ActionUnit.AU07);
    double raised = of(ActionUnit.AU06);
    double upper = 13 + 8 * of(ActionUnit.AU05) - 6 * tight - 3 * raised;
    double lower = 11 - 6 * tight - 5 * raised;
    double x = 54;
    Path2D eye = new Path2D.Double();
    eye.moveTo(x - 27, EYES + 2);
    eye.quadTo(x, EYES - 2 * upper, x + 27, EYES);
    eye.quadTo(x, EYES + 2 * lower, x - 27, EYES + 2);
    eye.closePath();
    spot(ActionUnit.AU05, x, EYES - 16, 56, 22);
    g.setColor(Color.WHITE);
    g.fill(eye);
    Shape clip = g.getClip();
    g.clip(eye);
    g.setColor(new Color(0x6B5B4B));
    g.fill(new Ellipse2D.Double(x - 12, EYES - 12, 24, 24));
    g.setColor(Text.INK);
    g.fill(new Ellipse2D.Double(x - 5, EYES - 5, 10, 10));
    g.setColor(Color.WHITE);
    g.fill(new Ellipse2D.Double(x - 2, EYES - 6, 4, 4));
    g.setClip(clip);
    line(1, 1.5, eye);
    line(1, 3, curve(x - 27, EYES + 2, x, EYES - 2 * upper, x + 27, EYES));
    double fold = EYES - upper - 9 + 5 * of(ActionUnit.AU05);
    line(.5, 1.4, curve(x - 24, fold + 6, x, fold - 7, x + 28, fold + 7));
    spot(ActionUnit.AU07, x, EYES + 12, 60, 22);
    line(.8 * tight, 1.6, curve(x - 22, EYES + 14, x, EYES + 22 - 4 * tight, x + 22, EYES + 12));
    for (int k = -1; k <= 1; k++) {
      double y = EYES + 2 + 9 * k;
      line(.8 * raised, 1.6, curve(x + 34, EYES + 2 + 4 * k, x + 42, y, x + 52, y + 5 * k));
    }
  }

  private void cheek() {
    double raised = of(ActionUnit.AU06);
    spot(ActionUnit.AU06, 66, EYES + 46 - 8 * raised, 74, 44);
    double y = EYES + 40 - 12 * raised;
    line(.8 * raised, 1.8, curve(30, y, 62, y + 14, 94, y - 4));
  }

  private void noseSide() {
    double wrinkled = of(ActionUnit.AU09);
    double wing = NOSE - 8 * wrinkled;
    spot(ActionUnit.AU09, 12, 214, 34, 62);
    line(.55, 1.6, curve(13, EYES + 6, 8, 225, 14, wing - 20));
    line(.9, 2, curve(14, wing - 20, 36, wing - 12, 24, wing + 2));
    line(.9, 2, curve(24, wing + 2, 12, wing - 2, 0, NOSE + 6));
    for (int k = 0; k < 3; k++) {
      double y = 200 + 11 * k;
      line(wrinkled, 1.8, curve(2, y - 3, 10, y - 2, 18, y + 6));
    }
  }

  /** The fold from the nose to the corner of the mouth. */
  private void fold() {
    double smile = of(ActionUnit.AU12);
    double lifted = of(ActionUnit.AU10);
    double deep = of(ActionUnit.AU11);
    double wing = NOSE - 6 * of(ActionUnit.AU09);
    spot(ActionUnit.AU10, 36, 284, 40, 40);
    spot(ActionUnit.AU11, 54, 276, 40, 46);
    spot(ActionUnit.AU12, 78, 290, 50, 60);
    line(
        Math.max(Math.max(.8 * smile, .7 * lifted), of(ActionUnit.AU09) / 2),
        2,
        curve(30, wing - 8, 58 + 8 * smile, 272 - 8 * lifted, 66 + 10 * smile, 312));
    line(deep, 2 + 1.5 * deep, curve(38, wing + 4, 56, 274, 62, 298));
  }

  private double cornerX() {
    return 44
        + 13 * of(ActionUnit.AU12)
        + 18 * of(ActionUnit.AU20)
        - 11 * of(ActionUnit.AU23)
        - 3 * of(ActionUnit.AU24);
  }

  private double cornerY() {
    return MOUTH
        - 20 * of(ActionUnit.AU12)
        + 16 * of(ActionUnit.AU15)
        + 4 * of(ActionUnit.AU20)
        + jaw() / 3;
  }

  private void mouthCorner() {
    double x = cornerX();
    double y = cornerY();
    spot(ActionUnit.AU15, x + 2, y + 26, 40, 42);
    spot(ActionUnit.AU20, x + 22, y + 4, 44, 34);
    double smile = of(ActionUnit.AU12);
    line(.8 * smile, 1.8, curve(x + 7, y - 9, x + 13, y, x + 6, y + 8));
    line(.9 * of(ActionUnit.AU15), 1.8, curve(x + 2, y + 6, x + 10, y + 16, x + 6, y + 30));
    for (int k = 0; k < 2; k++) {
      double out = x + 9 + 8 * k;
      line(.8 * of(ActionUnit.AU20), 1.6, curve(out, y - 12, out + 5, y, out, y + 14));
    }
    double pressed = of(ActionUnit.AU24);
    line(.9 * pressed, 1.8, curve(x + 2, y - 8, x + 9, y, x + 2, y + 8));
  }

  /** Both lips, and what is seen between them. */
  private void mouth() {
    double narrow = 1 - .5 * of(ActionUnit.AU23) - .8 * of(ActionUnit.AU24);
    double up = 9 * of(ActionUnit.AU17);
    double gap = 10 * of(ActionUnit.AU25) + 18 * of(ActionUnit.AU26);
    double lift = 9 * of(ActionUnit.AU10) + 3 * of(ActionUnit.AU09);
    double x = cornerX();
    double y = cornerY();
    double top = MOUTH + jaw() / 3 - up - gap / 3 - lift;
    double bottom = MOUTH + jaw() / 3 - up + gap * 2 / 3;
    double upper = 11 * Math.max(.12, narrow);
    double lower = 15 * Math.max(.12, narrow) + 4 * of(ActionUnit.AU17);
    spot(ActionUnit.AU23, MIDDLE, MOUTH, 96, 50);
    spot(ActionUnit.AU24, MIDDLE, MOUTH, 96, 44);
    spot(ActionUnit.AU25, MIDDLE, MOUTH + 22, 70, 34);
    Path2D lips = new Path2D.Double();
    lips.moveTo(MIDDLE - x, y);
    lips.curveTo(
        MIDDLE - x / 2, top - upper - 4, MIDDLE - 12, top - upper - 8, MIDDLE, top - upper);
    lips.curveTo(MIDDLE + 12, top - upper - 8, MIDDLE + x / 2, top - upper - 4, MIDDLE + x, y);
    lips.curveTo(
        MIDDLE + x / 2,
        bottom + lower + 4,
        MIDDLE + 16,
        bottom + lower + 4,
        MIDDLE,
        bottom + lower + 2);
    lips.curveTo(
        MIDDLE - 16, bottom + lower + 4, MIDDLE - x / 2, bottom + lower + 4, MIDDLE - x, y);
    lips.closePath();
    g.setColor(LIPS);
    g.fill(lips);
    line(.7, 1.5, lips);
    Path2D between = new Path2D.Double();
    between.moveTo(MIDDLE - x + 1, y);
    between.curveTo(MIDDLE - x / 2, top + 1, MIDDLE - 10, top, MIDDLE, top + 1);
    between.curveTo(MIDDLE + 10, top, MIDDLE + x / 2, top + 1, MIDDLE + x - 1, y);
    between.curveTo(MIDDLE + x / 2, bottom + 1, MIDDLE + 12, bottom, MIDDLE, bottom + 1);
    between.curveTo(MIDDLE - 12, bottom, MIDDLE - x / 2, bottom + 1, MIDDLE - x + 1, y);
    between.closePath();
    if (gap > 2) {
      Shape clip = g.getClip();
      g.setColor(HOLLOW);
      g.fill(between);
      g.clip(between);
      g.setColor(Color.WHITE);
      g.fill(new Rectangle2D.Double(MIDDLE - x, top - 20, 2 * x, 20 + Math.min(11, gap * .6)));
      g.setClip(clip);
    }
    line(1, 2, between);
    for (int k = -2; k <= 2 && of(ActionUnit.AU23) > 0; k++) {
      double at = MIDDLE + 13 * k;
      line(
          .8 * of(ActionUnit.AU23),
          1.4,
          new Line2D.Double(at, top - upper - 14, at, top - upper - 6));
      double below = bottom + lower + 8;
      line(.8 * of(ActionUnit.AU23), 1.4, new Line2D.Double(at, below, at, below + 8));
    }
  }

  private void chin() {
    double raised = of(ActionUnit.AU17);
    double y = mix(CHIN - 26, CHIN - 32, raised) + jaw();
    spot(ActionUnit.AU17, MIDDLE, y + 4, 80, 44);
    spot(ActionUnit.AU26, MIDDLE, y, 110, 44);
    line(
        .35 + .5 * raised, 1.6, curve(MIDDLE - 24, y, MIDDLE, y - 10 - 6 * raised, MIDDLE + 24, y));
    for (double[] dimple : new double[][] {{-14, 8}, {0, 4}, {14, 8}, {-7, 15}, {7, 15}}) {
      double x = MIDDLE + dimple[0];
      line(.8 * raised, 2, curve(x - 3, y + dimple[1], x, y + dimple[1] + 4, x + 3, y + dimple[1]));
    }
  }
}
