package org.affect4j.analysis;

import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.affect4j.table.InputName;

/**
 * How inputs of a kind are named in a file, and which names mean the same input.
 *
 * @param <T> what stands for an input
 * @param name gives an input's name in a file whose relative names start from a folder
 * @param place gives what is the same for all names of an input, by a name and that folder
 */
record InputNames<T>(BiFunction<T, Path, String> name, BiFunction<String, Path, String> place) {
  /** Files: as the user wrote them, and the same wherever one lies at the same place. */
  static final InputNames<Path> FILES = new InputNames<>(InputName::of, InputName::place);

  /** Inputs that are their names, such as the rows of a dataset. */
  static <T> InputNames<T> of(Function<T, String> names) {
    return new InputNames<>((input, base) -> names.apply(input), (name, base) -> name);
  }
}
