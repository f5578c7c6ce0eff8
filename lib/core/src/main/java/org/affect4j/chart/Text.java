package org.affect4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.AffineTransform;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
    turned(g, text, x, y, -Math.PI / 2, .5);
  }

  /** Draws a text turned about a point; the share is that of {@link #at}. */
  static void turned(Graphics2D g, String text, double x, double y, double angle, double share) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(angle);
    at(g, text, 0, 0, share);
    g.setTransform(before);
  }

  /**
   * Breaks a text at spaces and line feeds into at most so many lines, none wider than so many
   * pixels; what does not fit is cut off.
   */
  static List<String> wrap(String text, double width, int most) {
    List<String> lines = new ArrayList<>();
    for (String part : text.strip().split("\n")) {
      String rest = part.strip();
      while (!rest.isEmpty() && lines.size() < most) {
        int end = rest.length();
        while (lines.size() < most - 1 && end > 0 && width(rest.substring(0, end), PLAIN) > width) {
          end = rest.lastIndexOf(' ', end - 1);
        }
        end = end <= 0 ? rest.length() : end;
        lines.add(fit(rest.substring(0, end), PLAIN, width));
        rest = rest.substring(end).strip();
      }
    }
    return lines;
  }

  /** A description's numbers by their names. */
  static String words(String what, List<String> names, double[] values) {
    return what
        + ": "
        + few(
            IntStream.range(0, values.length)
                .mapToObj(i -> names.get(i) + " " + number(values[i]))
                .toList());
  }

  /** The first of many names. */
  static String few(List<String> names) {
    int most = 20;
    String shown = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? shown + ", … " + (names.size() - most) + " more" : shown;
  }

  /** Two decimals; no minus sign before what rounds to zero. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.equals("-0.00") ? "0.00" : text;
  }

  /** As few digits as a number needs. */
  static String tick(double value) {
    return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }
}
