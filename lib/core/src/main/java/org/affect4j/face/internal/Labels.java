package org.affect4j.face.internal;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Constants that are called by words. */
public final class Labels {
  private Labels() {}

  /**
   * Finds a constant by its label.
   *
   * @param what what the constants are, such as {@code "expression"}
   * @param label such as {@code "happiness"}; case and surrounding space do not matter
   * @param all the constants
   * @param labels gives the label of each, in small letters
   * @param <E> the type of the constants
   * @return the constant
   * @throws IllegalArgumentException if there is none of this label; the message lists them
   */
  public static <E> E find(String what, String label, E[] all, Function<E, String> labels) {
    List<String> known = List.of(all).stream().map(labels).toList();
    int index = known.indexOf(label.strip().toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException(
          "unknown %s '%s'; expected one of %s".formatted(what, label, known));
    }
    return all[index];
  }
}
