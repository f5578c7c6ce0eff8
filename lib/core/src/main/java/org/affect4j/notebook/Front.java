package org.affect4j.notebook;

import java.io.PrintStream;

/** Where output goes: a kernel's notebook, or standard output, which only adds. */
interface Front {
  /** Shows a content at the end of the output. */
  void show(Bundle bundle);

  /**
   * Shows a content that {@link #update} can replace later.
   *
   * @param id name of the place, unique in the notebook
   */
  default void show(Bundle bundle, String id) {
    show(bundle);
  }

  /** Replaces the content of a place. */
  default void update(Bundle bundle, String id) {
    show(bundle);
  }

  /** Whether {@link #update} replaces what was shown, rather than adding to it. */
  default boolean updatesInPlace() {
    return false;
  }

  /** Prints descriptions in words. */
  static Front plain(PrintStream out) {
    return bundle -> out.println(bundle.text());
  }

  /**
   * Returns the front of the kernel that runs now, otherwise standard output.
   *
   * <p>Decided anew each time, since the same class may serve before and after a kernel starts.
   */
  static Front current() {
    return KernelFront.find(KernelFront.loaders())
        .map(Front.class::cast)
        .orElseGet(() -> plain(System.out));
  }
}
