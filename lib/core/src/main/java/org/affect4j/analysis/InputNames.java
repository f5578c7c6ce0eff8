package org.affect4j.analysis;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How inputs of a kind are named in a file, and which names mean the same input.
 *
 * @param <T> what stands for an input
 */
interface InputNames<T> {
  /** Files: as the user wrote them, and the same wherever one lies at the same place. */
  InputNames<Path> FILES =
      new InputNames<>() {
        @Override
        public String name(Path input, Path base) {
          // Names of one file start from one folder, else two inputs could have the same name.
          return input.isAbsolute() || base.equals(InputName.real(Path.of("")))
              ? InputName.of(input)
              : InputName.of(input.toAbsolutePath());
        }

        @Override
        public String place(Path input) {
          return InputName.place(input);
        }

        @Override
        public String place(String name, Path base) {
          try {
            return InputName.place(base.resolve(InputName.path(name)));
          } catch (InvalidPathException e) {
            // Written on another system: the name of no file here.
            return name;
          }
        }
      };

  /** Inputs that are their names, such as the rows of a dataset. */
  static <T> InputNames<T> of(Function<T, String> names) {
    return new InputNames<>() {
      @Override
      public String name(T input, Path base) {
        return names.apply(input);
      }

      @Override
      public String place(T input) {
        return names.apply(input);
      }

      @Override
      public String place(String name, Path base) {
        return name;
      }
    };
  }

  /** The name in a file whose relative names start from a folder. */
  String name(T input, Path base);

  /** What is the same for the same input. */
  String place(T input);

  /** The same of an input that stands in a file. */
  String place(String name, Path base);
}
