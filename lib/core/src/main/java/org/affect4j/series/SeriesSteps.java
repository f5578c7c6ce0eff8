package org.affect4j.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;

/**
 * What is computed over time from the rows of a video, in this order.
 *
 * @param filling how gaps are filled; empty for not at all
 * @param affect filter of expressions, valence and arousal
 * @param units filter of action units; no column is added if both are {@link Smoothing#none()}
 * @param baseline what is subtracted; empty for nothing
 */
public record SeriesSteps(
    Optional<Filling> filling, Smoothing affect, Smoothing units, Optional<Baseline> baseline) {
  /** A person's own baseline. */
  public enum Baseline {
    /** The median over the track. */
    MEDIAN,
    /** The mean over the frames in which the most probable expression is neutral. */
    NEUTRAL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns no step.
   *
   * @return steps that leave rows as they are
   */
  public static SeriesSteps none() {
    return new SeriesSteps(Optional.empty(), Smoothing.none(), Smoothing.none(), Optional.empty());
  }

  /**
   * Tells whether there is nothing to do, so that rows need not wait for the end of their video.
   *
   * @return true without any step
   */
  public boolean isEmpty() {
    return equals(none());
  }

  /**
   * Computes all steps.
   *
   * @param rows whole videos
   * @return the rows, with those that were filled in, and further columns
   */
  public FaceTable apply(FaceTable rows) {
    FaceSeries series = FaceSeries.of(rows);
    if (filling.isPresent()) {
      series = series.filled(filling.get());
    }
    if (affect.kind() != Smoothing.Kind.NONE || units.kind() != Smoothing.Kind.NONE) {
      series = series.smoothed(affect, units);
    }
    if (baseline.isPresent()) {
      series = baseline.get() == Baseline.MEDIAN ? series.minusMedian() : series.minusNeutral();
    }
    return series.table();
  }

  /**
   * Returns the columns that the steps add to rows of a network.
   *
   * @param read what the network reads
   * @return their names in order, such as {@code au12_filled}
   */
  public List<String> columns(BehaviourVocabulary read) {
    List<String> known = FaceColumns.analysis(read, 0);
    List<String> added =
        new ArrayList<>(apply(new FaceTableBuilder("none", known).build()).columns());
    added.removeAll(known);
    return List.copyOf(added);
  }

  /** Returns such as {@code "filled to 1.0 s, mean:15 and median:15, minus median"}. */
  @Override
  public String toString() {
    boolean smooth = !affect.equals(Smoothing.none()) || !units.equals(Smoothing.none());
    String said =
        Stream.of(
                filling.map(f -> "filled to " + f.maximumGapSeconds() + " s"),
                Optional.of(affect + " and " + units).filter(s -> smooth),
                baseline.map(b -> "minus " + b))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return said.isEmpty() ? "none" : said;
  }
}
