package org.affect4j.training.train;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run says of itself while it goes on.
 *
 * @param epochs epochs of the schedule
 * @param steps batches of an epoch
 */
record ProgressLines(int epochs, int steps) {
  /**
   * Within an epoch.
   *
   * @param epoch number of the epoch, from 0
   * @param step batches of the epoch that are done
   * @param loss their mean loss
   * @param faces faces in the last batches
   * @param batches how many batches those were
   * @param elapsed seconds they took
   */
  String ofBatch(int epoch, int step, double loss, long faces, int batches, double elapsed) {
    long left = (long) (epochs - epoch) * steps - step;
    return String.format(
        Locale.ROOT,
        "epoch %d of %d, batch %d of %d: loss %.4f, %.1f faces/s, %s left",
        epoch + 1,
        epochs,
        step,
        steps,
        loss,
        faces / elapsed,
        time(left * (elapsed / batches)));
  }

  /** After so many epochs, with the row of the log and, if epochs compete, which is best. */
  String ofEpoch(int done, double elapsed, Map<String, Double> row, Optional<String> best) {
    return "epoch %d of %d done in %s: %s%s"
        .formatted(
            done, epochs, time(elapsed), words(row), best.map(text -> "; " + text).orElse(""));
  }

  private static String words(Map<String, Double> row) {
    return row.entrySet().stream()
        .filter(
            e ->
                e.getKey().startsWith(TrainingStep.LOSS)
                    || e.getKey().startsWith(Trainer.VALIDATION))
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "%s %.4f",
                    e.getKey().replaceFirst("^" + Trainer.VALIDATION, "").replace('_', ' '),
                    e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String time(double seconds) {
    Duration d = Duration.ofSeconds(Math.round(seconds));
    return d.toHours() > 0
        ? "%d:%02d:%02d h".formatted(d.toHours(), d.toMinutesPart(), d.toSecondsPart())
        : "%d:%02d min".formatted(d.toMinutes(), d.toSecondsPart());
  }
}
