package org.affect4j.face.internal;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Tells a notebook's kernel how values look that end a cell.
 *
 * <p>A service, because values lie on lower floors than what shows them.
 */
public interface Rendering {
  /** Registers with the kernel that runs now; does nothing where none does. */
  void register();

  /** Registers, the first time that a class with such values is used; never fails. */
  static void begin() {
    Once.begin();
  }

  /** Its loading is the one time. */
  final class Once {
    static {
      try {
        if (perhapsInKernel()) {
          ServiceLoader.load(Rendering.class, Rendering.class.getClassLoader())
              .forEach(Rendering::register);
        }
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        // Without it values are plain text; an analysis must not end for that.
        System.getLogger(Rendering.class.getName())
            .log(System.Logger.Level.DEBUG, "values will be shown as plain text", e);
      }
    }

    private Once() {}

    /** Programs without loaders of their own need not look through their whole class path. */
    private static boolean perhapsInKernel() {
      ClassLoader program = ClassLoader.getSystemClassLoader();
      return Rendering.class.getClassLoader() != program
          || Thread.currentThread().getContextClassLoader() != program;
    }

    private static void begin() {
      // Loads this class.
    }
  }
}
