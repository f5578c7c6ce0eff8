package org.affect4j.dataset;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.dataset.LoadReport.Kind;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;

/**
 * One row being filled. An invalid label masks its task and is counted; it never drops the row. The
 * same object is used for all rows.
 */
final class RowBuilder {
  private static final List<String> NOT_ANNOTATED =
      ActionUnit.ALL.stream().map(unit -> unit.label() + ": not annotated").toList();

  private final LoadReport.Builder report;

  String image = "";
  String key = "";
  String split = "";
  String subject = "";
  int frame = -1;
  String expression = "";
  double valence = Double.NaN;
  double arousal = Double.NaN;
  final double[] units = new double[ActionUnit.COUNT];
  String compound = "";
  String age = "";
  String gender = "";
  String race = "";
  final Map<String, Double> extras = new LinkedHashMap<>();
  final Map<String, String> texts = new LinkedHashMap<>();
  Optional<PixelBox> box = Optional.empty();
  Optional<Landmarks> landmarks = Optional.empty();

  RowBuilder(LoadReport.Builder report) {
    this.report = report;
  }

  /** Empties the row; the name also is the key by which repetitions are found. */
  RowBuilder start(String name) {
    image = name;
    key = name;
    split = "";
    subject = "";
    frame = -1;
    expression = "";
    valence = Double.NaN;
    arousal = Double.NaN;
    Arrays.fill(units, Double.NaN);
    compound = "";
    age = "";
    gender = "";
    race = "";
    extras.clear();
    texts.clear();
    box = Optional.empty();
    landmarks = Optional.empty();
    return this;
  }

  /** Sets another key where a photo has several rows, one per face. */
  RowBuilder key(String unique) {
    key = unique;
    return this;
  }

  RowBuilder split(String name) {
    split = name;
    return this;
  }

  RowBuilder subject(String name) {
    subject = name;
    return this;
  }

  RowBuilder frame(int number) {
    frame = number;
    return this;
  }

  RowBuilder expression(AnnotatedExpression label) {
    expression = label.label();
    return this;
  }

  /** Sets the expression of a code, or masks it where the code names none. */
  RowBuilder expression(Codes<AnnotatedExpression> codes, String code) {
    codes
        .find(code)
        .ifPresentOrElse(this::expression, () -> mask("expression", codes.reason(code)));
    return this;
  }

  RowBuilder compound(CompoundExpression label) {
    compound = label.label();
    return this;
  }

  /** Sets a pair that is not among those of {@link CompoundExpression}. */
  RowBuilder compound(String pair) {
    compound = pair;
    return this;
  }

  /** Sets both, or masks both where either is the mark for invalid, no number or out of range. */
  RowBuilder valenceArousal(String v, String a, double invalid) {
    return valenceArousal(number(v), number(a), invalid);
  }

  RowBuilder valenceArousal(double v, double a, double invalid) {
    if (v == invalid || a == invalid) {
      mask("valence and arousal", "marked as invalid (%s)".formatted(text(invalid)));
    } else if (!(Math.abs(v) <= 1) || !(Math.abs(a) <= 1)) {
      mask("valence and arousal", "no numbers from -1 to 1");
    } else {
      valence = v;
      arousal = a;
    }
    return this;
  }

  /** Sets 0 or 1, or masks the unit where the text is the mark for invalid or anything else. */
  RowBuilder unit(ActionUnit unit, String label, String invalid) {
    String stripped = label.strip();
    // A dozen units in each of millions of rows: the usual texts are not parsed.
    if (stripped.equals("0") || stripped.equals("1")) {
      units[unit.ordinal()] = stripped.charAt(0) - '0';
      return this;
    }
    if (stripped.equals(invalid)) {
      report.add(Kind.MASKED, NOT_ANNOTATED.get(unit.ordinal()), key);
      return this;
    }
    double value = number(stripped);
    if (value == 0 || value == 1) {
      units[unit.ordinal()] = value;
    } else if (value == number(invalid)) {
      report.add(Kind.MASKED, NOT_ANNOTATED.get(unit.ordinal()), key);
    } else {
      mask(unit.label(), "neither 0 nor 1 nor the mark for invalid (%s)".formatted(invalid));
    }
    return this;
  }

  /** Sets a probability or strength from 0 to 1, or masks the unit. */
  RowBuilder unitScore(ActionUnit unit, double score) {
    if (score >= 0 && score <= 1) {
      units[unit.ordinal()] = score;
    } else {
      mask(unit.label(), "no number from 0 to 1");
    }
    return this;
  }

  RowBuilder unit(ActionUnit unit, boolean active) {
    units[unit.ordinal()] = active ? 1 : 0;
    return this;
  }

  RowBuilder age(String group) {
    age = group;
    return this;
  }

  RowBuilder gender(String group) {
    gender = group;
    return this;
  }

  RowBuilder race(String group) {
    race = group;
    return this;
  }

  /** Sets a column of the dataset's own; NaN is missing. */
  RowBuilder extra(String column, double value) {
    extras.put(column, value);
    return this;
  }

  /** Sets a text column of the dataset's own; the empty string is missing. */
  RowBuilder extra(String column, String value) {
    texts.put(column, value);
    return this;
  }

  RowBuilder box(PixelBox face) {
    box = Optional.of(face);
    return this;
  }

  RowBuilder landmarks(Landmarks points) {
    landmarks = Optional.of(points);
    return this;
  }

  /** Counts that a label of this row is left missing. */
  void mask(String task, String reason) {
    report.add(Kind.MASKED, task + ": " + reason, key);
  }

  /** The number in a text, NaN if it holds none. */
  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /**
   * The five landmarks from the 68 of Multi-PIE (Gross et al. 2010): eye centres are the means of
   * points 36-41 and 42-47, nose tip is 30, mouth corners are 48 and 54.
   */
  static Landmarks ofSixtyEight(double[] x, double[] y) {
    return new Landmarks(
        mean(x, y, 36, 42),
        mean(x, y, 42, 48),
        new Point(x[30], y[30]),
        new Point(x[48], y[48]),
        new Point(x[54], y[54]));
  }

  private static Point mean(double[] x, double[] y, int from, int to) {
    return new Point(
        Arrays.stream(x, from, to).average().orElseThrow(),
        Arrays.stream(y, from, to).average().orElseThrow());
  }
}
