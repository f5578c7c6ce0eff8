package org.affect4j.model;

/** Hears how far a download has come. */
@FunctionalInterface
public interface FetchListener {
  /**
   * Called now and then during a download, and at its end.
   *
   * @param bytes bytes on disk so far, those of an earlier attempt included
   * @param total bytes of the whole file; -1 if the server does not say
   */
  void at(long bytes, long total);
}
