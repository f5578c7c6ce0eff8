package org.affect4j.notebook;

/** Where output goes: a kernel's notebook, or standard output. */
interface Front {
  /** Shows a content at the end of the output. */
  void show(Bundle bundle);

  /**
   * Shows a content that {@link #update} can replace later.
   *
   * @param id name of the place, unique in the notebook
   */
  void show(Bundle bundle, String id);

  /** Replaces the content of a place. */
  void update(Bundle bundle, String id);

  /** Whether {@link #update} replaces what was shown, rather than adding to it. */
  boolean updatesInPlace();

  /**
   * Returns the front of the kernel that runs now, otherwise standard output.
   *
   * <p>Decided anew each time, since the same class may serve before and after a kernel starts.
   */
  static Front current() {
    return KernelFront.find(KernelFront.loaders())
        .map(Front.class::cast)
        .orElseGet(PlainFront::new);
  }
}
