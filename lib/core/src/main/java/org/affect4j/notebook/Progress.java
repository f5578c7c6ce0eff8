package org.affect4j.notebook;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.affect4j.analysis.ProgressListener;

/**
 * Tells how far a long task is: count, rate, elapsed time and, with a known total, time left.
 *
 * <pre>{@code
 * try (Progress progress = Progress.start("analysing", photos.size())) {
 *   for (Path photo : photos) {
 *     analyse(photo);
 *     progress.step();
 *   }
 * }
 * }</pre>
 *
 * <p>While a piece of the work is a video, its frames a second, how many times faster than real
 * time they come, and the time left of it are told instead.
 *
 * <p>In a notebook and on a terminal one line is replaced, at most four times a second; where
 * output goes to a file, a line is added every ten seconds. Safe for use by several threads; but a
 * notebook loses what is printed after its cell has ended, so close it in the cell: closing writes
 * the last line. What an earlier run had done does not count for the rate.
 */
public final class Progress implements ProgressListener, AutoCloseable {
  private static final long IN_PLACE_NANOS = 250_000_000L;
  private static final long ADDED_NANOS = 10_000_000_000L;
  private static final double NANOS = 1e9;

  private final String task;
  private long total;
  private final Output output;
  private final LongSupplier nanos;
  private long began;
  private long before;
  private long done;
  private boolean heard;
  private boolean written;
  private long lastWritten;
  private boolean closed;
  private Optional<VideoPart> video = Optional.empty();

  /** How far the reading of a video is, by the time of its first frame. */
  private record VideoPart(String name, long began, long frames, long total, double seconds) {
    String text(long now) {
      double lasted = (now - began) / NANOS;
      double rate = (frames - 1) / lasted;
      StringBuilder text = new StringBuilder(name);
      text.append(String.format(Locale.ROOT, ": frame %,d", frames));
      if (total >= frames) {
        text.append(String.format(Locale.ROOT, " of %,d (%d %%)", total, 100 * frames / total));
      }
      if (frames > 1 && lasted > 0) {
        text.append(", ").append(rate(rate));
        if (seconds > 0) {
          text.append(String.format(Locale.ROOT, ", %.1f x real time", seconds / lasted));
        }
        if (total > frames) {
          text.append(", ").append(time((total - frames) / rate)).append(" left");
        }
      }
      return text.toString();
    }
  }

  /** Where lines go. */
  interface Output {
    void line(String text, boolean last);

    /** Whether each line takes the place of the one before, so that they may come more often. */
    default boolean inPlace() {
      return true;
    }
  }

  Progress(String task, long total, Output output, LongSupplier nanos, boolean announced) {
    this.task = Objects.requireNonNull(task, "task");
    this.total = total;
    this.output = output;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.lastWritten = began;
    if (announced) {
      write(began, false);
    }
  }

  /**
   * Starts to tell of a task with a known number of steps.
   *
   * @param task what is done, such as {@code "analysing"}
   * @param total number of steps, 0 or more
   * @return progress at 0
   * @throws IllegalArgumentException if the total is negative
   */
  public static Progress start(String task, long total) {
    if (total < 0) {
      throw new IllegalArgumentException(
          "a task has 0 or more steps, got " + total + "; leave the total out if it is unknown");
    }
    return new Progress(task, total, output(Front.current()), System::nanoTime, true);
  }

  /**
   * Starts to tell of a task with an unknown number of steps.
   *
   * @param task what is done, such as {@code "reading"}
   * @return progress at 0
   */
  public static Progress start(String task) {
    return new Progress(task, -1, output(Front.current()), System::nanoTime, true);
  }

  /**
   * Starts to tell of a task on a terminal, or in a file, as command lines do: a short one goes
   * without a line.
   *
   * @param out where to; never closed
   * @param task what is counted, such as {@code "photos"}
   * @return progress at 0; the number of steps is heard by {@link #at(long, long)}
   */
  public static Progress start(PrintWriter out, String task) {
    return new Progress(task, -1, output(out), System::nanoTime, false);
  }

  private static Output output(Front front) {
    return front.updatesInPlace() ? new Updating(front) : output(new PrintWriter(System.out, true));
  }

  private static Output output(PrintWriter out) {
    return System.console() == null ? new Adding(out) : new Terminal(out);
  }

  /** Counts one step. */
  public void step() {
    step(1);
  }

  /**
   * Counts steps.
   *
   * @param steps how many, 0 or more
   * @throws IllegalArgumentException if negative
   */
  public synchronized void step(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps are counted forward, got " + steps);
    }
    moveTo(done + steps);
  }

  /**
   * Sets the count.
   *
   * @param count steps done so far, 0 or more
   * @throws IllegalArgumentException if negative
   */
  public synchronized void at(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("a count is 0 or more, got " + count);
    }
    moveTo(count);
  }

  /**
   * Sets the count and the number of steps; a progress can thus be passed as the listener of a run,
   * or of one after another.
   *
   * @param done steps done so far, 0 or more, those of an earlier, interrupted run included
   * @param total steps in all; negative if they are unknown
   * @throws IllegalArgumentException if the count is negative
   */
  @Override
  public synchronized void at(long done, long total) {
    if (!heard || done < this.done) {
      began = heard ? nanos.getAsLong() : began;
      before = Math.max(0, done - 1);
      heard = true;
    }
    this.total = total;
    video = Optional.empty();
    at(done);
  }

  @Override
  public synchronized void video(String name, long frames, long total, double seconds) {
    long now = nanos.getAsLong();
    String file = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
    long start = frames > 1 ? video.map(VideoPart::began).orElse(now) : now;
    // A terminal would obey control characters.
    String shown = file.replaceAll("\\p{Cntrl}", "?");
    video = Optional.of(new VideoPart(shown, start, frames, total, seconds));
    moveTo(done);
  }

  /**
   * Returns the count.
   *
   * @return steps done so far
   */
  public synchronized long done() {
    return done;
  }

  private void moveTo(long count) {
    done = count;
    long now = nanos.getAsLong();
    if (!closed && now - lastWritten >= (output.inPlace() ? IN_PLACE_NANOS : ADDED_NANOS)) {
      write(now, false);
    }
  }

  private void write(long now, boolean last) {
    lastWritten = now;
    written = true;
    output.line(text(now), last);
  }

  /** Writes the last line, if there was one before. Later steps are counted, but not written. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (written) {
        write(nanos.getAsLong(), true);
      }
    }
  }

  private String text(long now) {
    double seconds = (now - began) / NANOS;
    double rate = (done - before) / seconds;
    StringBuilder text = new StringBuilder(task).append(": ");
    text.append(String.format(Locale.ROOT, "%,d", done));
    if (total >= 0) {
      text.append(String.format(Locale.ROOT, " of %,d", total));
      if (total > 0) {
        text.append(String.format(Locale.ROOT, " (%d %%)", 100 * Math.min(done, total) / total));
      }
    }
    if (video.isEmpty() && done > 0 && seconds > 0) {
      text.append(", ").append(rate(rate));
    }
    text.append(", ").append(time(seconds)).append(" elapsed");
    if (video.isPresent()) {
      text.append("; ").append(video.get().text(now));
    } else if (!closed && done > 0 && done < total && seconds > 0) {
      text.append(", ").append(time((total - done) / rate)).append(" left");
    }
    return text.toString();
  }

  /** Steps per second, per minute or per hour, whichever reads as 1 or more. */
  static String rate(double perSecond) {
    if (perSecond >= 1) {
      return String.format(Locale.ROOT, perSecond < 100 ? "%.1f/s" : "%,.0f/s", perSecond);
    }
    double perMinute = perSecond * 60;
    return perMinute >= 1
        ? String.format(Locale.ROOT, "%.1f/min", perMinute)
        : String.format(Locale.ROOT, "%.1f/h", perMinute * 60);
  }

  /** Such as "8 s", "2:05 min", "1:03:20 h". */
  static String time(double seconds) {
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d h", s / 3600, s / 60 % 60, s % 60);
  }

  /** A line in a notebook, replaced by the next. */
  static final class Updating implements Output {
    private final Front front;
    private final String id = "affect4j-progress-" + UUID.randomUUID();
    private boolean shown;

    Updating(Front front) {
      this.front = front;
    }

    @Override
    public void line(String text, boolean last) {
      if (shown) {
        front.update(Bundle.plain(text), id);
      } else {
        front.show(Bundle.plain(text), id);
        shown = true;
      }
    }
  }

  /** A line of a terminal, written over the one before. */
  static final class Terminal implements Output {
    private final PrintWriter out;
    private int width;

    Terminal(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void line(String text, boolean last) {
      // Spaces wipe what a longer line has left behind.
      out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      width = text.length();
      if (last) {
        out.println();
      }
      out.flush();
    }
  }

  /** Lines of a file. */
  record Adding(PrintWriter out) implements Output {
    @Override
    public void line(String text, boolean last) {
      out.println(text);
      out.flush();
    }

    @Override
    public boolean inPlace() {
      return false;
    }
  }
}
