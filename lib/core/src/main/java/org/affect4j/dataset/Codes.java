package org.affect4j.dataset;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.affect4j.face.AnnotatedExpression;

/**
 * The codes that one dataset uses for classes, and the labels that these stand for: every dataset
 * numbers them differently.
 */
final class Codes {
  /** How people write the expressions, besides their labels. */
  private static final Map<AnnotatedExpression, List<String>> SPELLINGS =
      new EnumMap<>(
          Map.of(
              AnnotatedExpression.ANGER, List.of("angry"),
              AnnotatedExpression.DISGUST, List.of("disgusted"),
              AnnotatedExpression.FEAR, List.of("fearful", "afraid", "scared"),
              AnnotatedExpression.HAPPINESS, List.of("happy", "joy", "joyful"),
              AnnotatedExpression.SADNESS, List.of("sad"),
              AnnotatedExpression.SURPRISE, List.of("surprised", "suprise"),
              AnnotatedExpression.CONTEMPT, List.of("contemptuous"),
              AnnotatedExpression.OTHER, List.of("others")));

  private static final Comparator<String> BY_NUMBER = Comparator.comparingInt(Integer::parseInt);

  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<String, String> unusable = new LinkedHashMap<>();

  /** Consecutive numbers from a first one, for labels that are separated by a comma and a space. */
  static Codes counted(int first, String labels) {
    return counted(first, List.of(labels.split(", ")));
  }

  static Codes counted(int first, List<String> labels) {
    Codes codes = new Codes();
    for (int i = 0; i < labels.size(); i++) {
      codes.put(String.valueOf(first + i), labels.get(i));
    }
    return codes;
  }

  /** Words and what they stand for, such as {@code "AN anger, DI disgust"}. */
  static Codes named(String pairs) {
    Codes codes = new Codes();
    for (String pair : pairs.split(", ")) {
      int blank = pair.indexOf(' ');
      codes.put(pair.substring(0, blank), pair.substring(blank + 1));
    }
    return codes;
  }

  /** The codes of a dataset, and the expressions in words, as people spell them. */
  static Codes spelled(Codes numbers) {
    Codes codes = new Codes();
    codes.labels.putAll(numbers.labels);
    codes.unusable.putAll(numbers.unusable);
    for (AnnotatedExpression expression : AnnotatedExpression.values()) {
      codes.put(expression.label(), expression.label());
      SPELLINGS.getOrDefault(expression, List.of()).forEach(s -> codes.put(s, expression.label()));
    }
    return codes;
  }

  /**
   * What numbers stand for, by their order.
   *
   * @param numbers whole numbers as text, each once or more
   * @param classes as many expressions as there are different numbers
   * @param where the numbers stand, for an error message
   * @throws IllegalArgumentException if a class is no expression
   */
  static Codes ordered(Collection<String> numbers, List<String> classes, String where)
      throws DatasetFormatException {
    List<String> order = numbers.stream().distinct().sorted(BY_NUMBER).toList();
    if (order.size() != classes.size()) {
      throw new DatasetFormatException(
          "%s has the numbers %s, expected %d for the classes %s"
              .formatted(where, order, classes.size(), classes));
    }
    Codes words = spelled();
    Codes codes = new Codes();
    for (int i = 0; i < classes.size(); i++) {
      Optional<String> label = words.find(classes.get(i));
      if (label.isEmpty()) {
        throw new IllegalArgumentException(
            "the class '%s' is no expression; expected some of %s"
                .formatted(classes.get(i), words.expected()));
      }
      codes.put(order.get(i), label.get());
    }
    return codes;
  }

  /** The expressions in words, as people spell them. */
  static Codes spelled() {
    return spelled(new Codes());
  }

  Codes put(String code, String label) {
    labels.put(canonical(code), label);
    return this;
  }

  /** A code that the dataset defines but that names no label, such as "uncertain". */
  Codes without(String code, String meaning) {
    unusable.put(canonical(code), meaning);
    return this;
  }

  Optional<String> find(String code) {
    return Optional.ofNullable(labels.get(canonical(code)));
  }

  /** Tells whether a code is the dataset's, with a label or without. */
  boolean knows(String code) {
    return labels.containsKey(canonical(code)) || unusable.containsKey(canonical(code));
  }

  /** Why a code has no label. */
  String reason(String code) {
    String meaning = unusable.get(canonical(code));
    return meaning != null
        ? meaning
        : "code '%s' is none of %s".formatted(code.strip(), labels.keySet());
  }

  /** The first code that is a number; empty text if all are words. */
  String first() {
    return labels.keySet().stream().filter(Codes::isNumber).findFirst().orElse("");
  }

  /** The codes for an error message, such as "anger, angry, … or 0 (neutral), 1 (happiness)". */
  String expected() {
    String words =
        labels.keySet().stream().filter(c -> !isNumber(c)).collect(Collectors.joining(", "));
    String numbers = numbers();
    return words + (numbers.isEmpty() || words.isEmpty() ? "" : " or ") + numbers;
  }

  /** What the numbers stand for, such as "0 (neutral), 1 (happiness)". */
  String numbers() {
    return labels.entrySet().stream()
        .filter(e -> isNumber(e.getKey()))
        .map(e -> "%s (%s)".formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  static boolean isNumber(String code) {
    return !code.isEmpty() && code.chars().allMatch(Character::isDigit);
  }

  /**
   * Codes are whole numbers, which some files write as 3.0000000e+00, or words, whose case and
   * separation do not matter.
   */
  private static String canonical(String code) {
    String text = code.strip().toLowerCase(Locale.ROOT);
    if (isNumber(text)) {
      return text;
    }
    double value = text.indexOf('.') < 0 ? Double.NaN : LabelRow.number(text);
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : text.replaceAll("(?<=\\p{L})[ _-]+(?=\\p{L})", " ");
  }
}
