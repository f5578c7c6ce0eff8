package org.affect4j.table;

import java.util.Arrays;
import java.util.Locale;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.internal.Labels;

/** Kinds of numbers that describe a face, recognised by the names of their columns. */
public enum FeatureGroup {
  /** Columns {@code e000 …}: the behaviour network's embedding (256 numbers). */
  EMBEDDING,
  /** Columns {@code p_neutral …}: probabilities of expressions, 7 of the bundled networks. */
  EXPRESSIONS,
  /** Columns {@code au01 …}: probabilities of the 17 action units. */
  ACTION_UNITS,
  /** Columns {@code valence} and {@code arousal}. */
  VALENCE_AROUSAL,
  /** Columns {@code hog0000 …}: histograms of oriented gradients, which know nothing of faces. */
  HOG;

  /**
   * Tells whether a column is of this kind.
   *
   * @param column name of a column
   * @return true if it is
   */
  public boolean holds(String column) {
    return switch (this) {
      case EMBEDDING -> isNumbered(column, "e", 3);
      case EXPRESSIONS ->
          Arrays.stream(AnnotatedExpression.values()).anyMatch(e -> e.column().equals(column));
      case ACTION_UNITS -> ActionUnit.ALL.stream().anyMatch(u -> u.column().equals(column));
      case VALENCE_AROUSAL -> column.equals("valence") || column.equals("arousal");
      case HOG -> isNumbered(column, "hog", 4);
    };
  }

  /** Asked of hundreds of columns for every face that is written. */
  private static boolean isNumbered(String column, String prefix, int digits) {
    return column.startsWith(prefix)
        && column.length() >= prefix.length() + digits
        && column.chars().skip(prefix.length()).allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * Returns the name as it stands in options and legends.
   *
   * @return such as {@code "action-units"}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds a group by its label.
   *
   * @param label such as {@code "action-units"}
   * @return the group
   * @throws IllegalArgumentException if there is none of this name
   */
  public static FeatureGroup ofLabel(String label) {
    return Labels.find("features", label, values(), FeatureGroup::label);
  }
}
