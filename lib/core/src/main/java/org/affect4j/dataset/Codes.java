package org.affect4j.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.AnnotatedExpression;

/**
 * The codes that one dataset uses for classes, by name: every dataset numbers them differently.
 *
 * @param <T> what a code stands for
 */
final class Codes<T> {
  private final Map<String, T> labels = new LinkedHashMap<>();
  private final Map<String, String> unusable = new LinkedHashMap<>();

  /** Codes 0, 1, 2, … of expressions by their names. */
  static Codes<AnnotatedExpression> expressions(int first, String... names) {
    Codes<AnnotatedExpression> codes = new Codes<>();
    for (int i = 0; i < names.length; i++) {
      codes.put(String.valueOf(first + i), AnnotatedExpression.ofLabel(names[i]));
    }
    return codes;
  }

  /** Codes of consecutive numbers. */
  static <T> Codes<T> counted(int first, List<T> labels) {
    Codes<T> codes = new Codes<>();
    for (int i = 0; i < labels.size(); i++) {
      codes.put(String.valueOf(first + i), labels.get(i));
    }
    return codes;
  }

  Codes<T> put(String code, T label) {
    labels.put(code, label);
    return this;
  }

  /** A code that the dataset defines but that names no label, such as "uncertain". */
  Codes<T> without(String code, String meaning) {
    unusable.put(code, meaning);
    return this;
  }

  Optional<T> find(String code) {
    return Optional.ofNullable(labels.get(canonical(code)));
  }

  /** Why a code has no label. */
  String reason(String code) {
    String meaning = unusable.get(canonical(code));
    return meaning != null
        ? meaning
        : "code '%s' is none of %s".formatted(code.strip(), labels.keySet());
  }

  /** Codes are whole numbers, which some files write as 3.0000000e+00. */
  private static String canonical(String code) {
    String text = code.strip();
    double value = text.indexOf('.') < 0 ? Double.NaN : RowBuilder.number(text);
    return value == Math.rint(value) ? String.valueOf((long) value) : text;
  }
}
