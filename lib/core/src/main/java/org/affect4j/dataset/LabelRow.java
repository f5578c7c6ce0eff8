package org.affect4j.dataset;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.affect4j.dataset.LoadReport.Kind;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTableBuilder;

/**
 * One row being filled, which may be given up before it is added. An invalid label masks its task
 * and is counted; it never drops the row. The same object is used for all rows.
 */
final class LabelRow {
  /** Names for all numbers that FACS has; made once, since millions of labels are set. */
  private static final List<String> UNITS = names("au%02d");

  private static final List<String> NOT_ANNOTATED = names("AU%d: not annotated");

  private final LoadReport.Builder report;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private String key = "";
  private Optional<PixelBox> box = Optional.empty();
  private Optional<Landmarks> landmarks = Optional.empty();

  LabelRow(LoadReport.Builder report) {
    this.report = report;
  }

  private static List<String> names(String pattern) {
    return IntStream.range(0, 100).mapToObj(n -> pattern.formatted(n)).toList();
  }

  /** Empties the row; the name also is the key by which repetitions are found. */
  LabelRow start(String name) {
    texts.clear();
    numbers.clear();
    box = Optional.empty();
    landmarks = Optional.empty();
    key = name;
    return set(FaceColumns.INPUT, name);
  }

  /** Adds what was set. */
  void addTo(FaceTableBuilder table) {
    texts.forEach(table::set);
    numbers.forEach(table::set);
    box.ifPresent(table::box);
    landmarks.ifPresent(table::landmarks);
    table.set(FaceColumns.ROW, table.size());
    table.add();
  }

  /** A text that was set; the empty string if it was not. */
  String text(String column) {
    return texts.getOrDefault(column, "");
  }

  String key() {
    return key;
  }

  /** Sets another key where a photo has several rows, one per face. */
  LabelRow key(String unique) {
    key = unique;
    return this;
  }

  LabelRow split(String name) {
    return set(FaceColumns.SPLIT, name);
  }

  LabelRow subject(String name) {
    return set(FaceColumns.SUBJECT, name);
  }

  LabelRow frame(int number) {
    return set(FaceColumns.FRAME, number);
  }

  /** The frame that was set. */
  OptionalInt frame() {
    Double number = numbers.get(FaceColumns.FRAME);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number.intValue());
  }

  LabelRow expression(AnnotatedExpression label) {
    return set(FaceColumns.EXPRESSION, label.label());
  }

  /** Sets the expression of a code, or masks it where the code names none. */
  LabelRow expression(Codes codes, String code) {
    return coded("expression", FaceColumns.EXPRESSION, codes, code);
  }

  /** Sets a category; one that is no pair is an expression too. */
  LabelRow compound(CompoundExpression label) {
    if (!label.isCompound()) {
      expression(AnnotatedExpression.ofLabel(label.label()));
    }
    return set(FaceColumns.COMPOUND, label.label());
  }

  /** Sets the pair of a code, or masks it; it may be none of {@link CompoundExpression}. */
  LabelRow compound(Codes codes, String code) {
    return coded("compound expression", FaceColumns.COMPOUND, codes, code);
  }

  /** Sets a column of texts by a code, or masks it where the code stands for nothing. */
  LabelRow coded(String column, Codes codes, String code) {
    return coded(column, column, codes, code);
  }

  private LabelRow coded(String task, String column, Codes codes, String code) {
    codes
        .find(code)
        .ifPresentOrElse(label -> set(column, label), () -> mask(task, codes.reason(code)));
    return this;
  }

  /** Sets both, or masks both where either is the mark for invalid, no number or out of range. */
  LabelRow valenceArousal(String v, String a, double invalid) {
    return valenceArousal(number(v), number(a), invalid);
  }

  LabelRow valenceArousal(double v, double a, double invalid) {
    if (v == invalid || a == invalid) {
      String mark = BigDecimal.valueOf(invalid).stripTrailingZeros().toPlainString();
      mask("valence and arousal", "marked as invalid (%s)".formatted(mark));
    } else if (!(Math.abs(v) <= 1) || !(Math.abs(a) <= 1)) {
      mask("valence and arousal", "no numbers from -1 to 1");
    } else {
      set(FaceColumns.VALENCE, v).set(FaceColumns.AROUSAL, a);
    }
    return this;
  }

  /**
   * Sets 0 or 1, or masks the unit where the text is the mark for invalid or anything else. A unit
   * that the library has no name for gets a column of its own.
   */
  LabelRow unit(int unit, String label, String invalid) {
    String stripped = label.strip();
    // A dozen units in each of millions of rows: the usual texts are not parsed.
    if (stripped.equals("0") || stripped.equals("1")) {
      return unit(unit, stripped.equals("1"));
    }
    double value = stripped.equals(invalid) ? number(invalid) : number(stripped);
    if (value == number(invalid)) {
      report.add(Kind.MASKED, NOT_ANNOTATED.get(unit), key);
    } else if (value == 0 || value == 1) {
      unit(unit, value == 1);
    } else {
      mask("AU" + unit, "neither 0 nor 1 nor the mark for invalid (%s)".formatted(invalid));
    }
    return this;
  }

  /** Sets all units that have columns. */
  LabelRow units(Rows rows, String invalid) {
    rows.units().forEach((unit, column) -> unit(unit, rows.get(column), invalid));
    return this;
  }

  LabelRow unit(int unit, boolean active) {
    return set(UNITS.get(unit), active ? 1 : 0);
  }

  /** Sets a probability or strength from 0 to 1, or masks the unit. */
  LabelRow unitScore(int unit, double score) {
    if (score >= 0 && score <= 1) {
      set(UNITS.get(unit), score);
    } else {
      mask("AU" + unit, "no number from 0 to 1");
    }
    return this;
  }

  /** Sets FACS's intensity, 0 to 5; NaN is missing. */
  LabelRow intensity(int unit, double intensity) {
    return set(UNITS.get(unit) + "_intensity", intensity);
  }

  /** Tells of a unit that is active and has no column. */
  void unknownUnit(int unit) {
    report.add(Kind.NOTED, "AU%d is none of the library's units: left out".formatted(unit), key);
  }

  /** Sets any column; NaN is missing. */
  LabelRow set(String column, double value) {
    numbers.put(column, value);
    return this;
  }

  /** Sets any column of texts; the empty string is missing. */
  LabelRow set(String column, String value) {
    texts.put(column, value);
    return this;
  }

  LabelRow box(PixelBox face) {
    box = Optional.of(face);
    return this;
  }

  LabelRow landmarks(Landmarks points) {
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

  /**
   * Sets the five landmarks from 68 as {@link Landmarks#ofSixtyEight} does, or masks them.
   *
   * @param xy x and y of each point in turn
   */
  LabelRow sixtyEightLandmarks(double[] xy) {
    if (!Arrays.stream(xy).allMatch(Double::isFinite)) {
      mask("landmarks", "no numbers");
    } else if (xy.length != 2 * 68) {
      mask("landmarks", "not 68 points");
    } else {
      landmarks(Landmarks.ofSixtyEight(xy));
    }
    return this;
  }
}
