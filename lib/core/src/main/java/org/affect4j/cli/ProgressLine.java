package org.affect4j.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.affect4j.analysis.ProgressListener;

/** Progress in place on a terminal, and now and then as a line elsewhere. */
public final class ProgressLine implements ProgressListener, AutoCloseable {
  private static final double TERMINAL_SECONDS = .25;
  private static final double LOG_SECONDS = 10;

  private final PrintWriter out;
  private final String unit;
  private final boolean terminal = System.console() != null;
  private long start = System.nanoTime();
  private long firstDone = -1;
  private long lastDone;
  private long last = start;
  private boolean shown;

  /**
   * Starts the clock.
   *
   * @param out where to
   * @param unit what is counted, in the plural
   */
  public ProgressLine(PrintWriter out, String unit) {
    this.out = out;
    this.unit = unit;
  }

  @Override
  public void at(long done, long total) {
    long now = System.nanoTime();
    if (firstDone < 0 || done < lastDone) {
      // What an earlier run had done, or another list, must not count as this one's speed.
      start = firstDone < 0 ? start : now;
      last = firstDone < 0 ? last : now;
      firstDone = done - 1;
    }
    lastDone = done;
    double pause = terminal ? TERMINAL_SECONDS : LOG_SECONDS;
    if ((now - last) / 1e9 < pause && (done < total || !shown)) {
      return;
    }
    last = now;
    shown = true;
    double rate = (done - firstDone) / Math.max(1e-9, (now - start) / 1e9);
    Duration left = Duration.ofSeconds(Math.round((total - done) / rate));
    out.printf(
        "%s%d of %d %s, %.1f a second, %d:%02d left%s",
        terminal ? "\r" : "",
        done,
        total,
        unit,
        rate,
        left.toMinutes(),
        left.toSecondsPart(),
        terminal ? "   " : System.lineSeparator());
    out.flush();
  }

  @Override
  public void close() {
    if (terminal && shown) {
      out.println();
      out.flush();
    }
  }
}
