package org.affect4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.util.List;
import java.util.Locale;

/** Fonts, text widths and numbers, the same in every picture. */
final class Text {
  /** The smallest font that is still read easily at notebook width. */
  static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  static final Color INK = new Color(0x222222);
  static final Color FAINT = new Color(0x666666);
  static final Color GRID = new Color(0xE2E2E2);

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
  private static final String ELLIPSIS = "…";

  private Text() {}

  static double width(String text, Font font) {
    return text.isEmpty() ? 0 : font.getStringBounds(text, CONTEXT).getWidth();
  }

  static double widest(List<String> texts, Font font) {
    return texts.stream().mapToDouble(text -> width(text, font)).max().orElse(0);
  }

  static double height(Font font) {
    return font.getLineMetrics("Ag", CONTEXT).getHeight();
  }

  /** Cuts a text off so that it is at most so many pixels wide. */
  static String fit(String text, Font font, double width) {
    if (width(text, font) <= width) {
      return text;
    }
    int fits = 0;
    int tooLong = text.length();
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) / 2;
      if (width(text.substring(0, middle).strip() + ELLIPSIS, font) <= width) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return fits == 0 ? "" : text.substring(0, fits).strip() + ELLIPSIS;
  }

  static List<String> fit(List<String> texts, Font font, double width) {
    return texts.stream().map(text -> fit(text, font, width)).toList();
  }

  /** Draws a text with its middle at a point. */
  static void centred(Graphics2D g, String text, double x, double y) {
    at(g, text, x, y, .5);
  }

  /** Draws a text beside a point: share 0 begins there, .5 is centred, 1 ends there. */
  static void at(Graphics2D g, String text, double x, double y, double share) {
    LineMetrics metrics = g.getFont().getLineMetrics(text, CONTEXT);
    double baseline = y + (metrics.getAscent() - metrics.getDescent()) / 2;
    g.drawString(text, (float) (x - share * width(text, g.getFont())), (float) baseline);
  }

  /** Draws a text that reads upward, with its middle at a point. */
  static void upward(Graphics2D g, String text, double x, double y) {
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    centred(g, text, 0, 0);
    g.rotate(Math.PI / 2);
    g.translate(-x, -y);
  }

  /** Two decimals; no minus sign before what rounds to zero. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.equals("-0.00") ? "0.00" : text;
  }

  /** As few digits as a tick of an axis needs. */
  static String tick(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    return String.format(Locale.ROOT, "%.3g", value)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }

  /** The smallest of 1, 2, 5 times a power of ten that is not below a number. */
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
