package org.affect4j.training.sequence;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.metric.Concordance;
import org.affect4j.series.Smoothing;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.network.RecurrentNets;

/**
 * Is memory of use? Networks on embeddings, with and without memory, beside what the bundled
 * network says of each frame alone, each as it is and behind the best filter, measured on persons
 * that nothing was learned from or chosen by. Filters see the frames that follow, too; networks
 * over time do not.
 */
public final class SequenceReport {
  private static final int VALUES = ActionUnit.COUNT + 2;
  private static final int CHUNK = 64;
  private static final List<Smoothing> FILTERS =
      IntStream.of(3, 5, 7, 9, 11, 15, 21)
          .boxed()
          .flatMap(k -> Stream.of(Smoothing.median(k), Smoothing.mean(k)))
          .toList();

  private final List<SequenceClip> test;
  private final Map<String, double[][]> said = new LinkedHashMap<>();

  /** What one way of reading says of all frames: a column for each value. */
  private record Reading(List<SequenceClip> clips, double[][] columns) {
    Reading filtered(Smoothing units, Smoothing affect) {
      double[][] filtered = new double[VALUES][];
      for (int v = 0; v < VALUES; v++) {
        Smoothing filter = v < ActionUnit.COUNT ? units : affect;
        double[] column = columns[v];
        int[] from = {0};
        filtered[v] =
            clips.stream()
                .flatMapToDouble(
                    clip -> {
                      double[] own = Arrays.copyOfRange(column, from[0], from[0] += clip.frames());
                      double[] frames = IntStream.range(0, own.length).asDoubleStream().toArray();
                      return DoubleStream.of(filter.apply(frames, own));
                    })
                .toArray();
      }
      return new Reading(clips, filtered);
    }
  }

  private SequenceReport(List<SequenceClip> test) {
    this.test = test;
  }

  /**
   * Measures.
   *
   * @param runs weights of networks that read embeddings
   * @param validation sets whose persons the filters are chosen by, as {@code NAME=ROOT}
   * @param test sets to measure with
   * @param data prepares pictures
   * @return the figures
   * @throws IOException if a set cannot be read
   * @throws IllegalArgumentException if a network reads anything but embeddings, or a person is in
   *     both
   */
  public static SequenceReport of(
      List<NetworkWeights> runs, List<String> validation, List<String> test, BehaviourData data)
      throws IOException {
    NetworkSpec reading = RecurrentNets.compact();
    for (NetworkWeights run : runs) {
      NetworkSpec network = Networks.named(run.specification());
      if (!FrameRun.frameInputs(network).equals(FrameRun.frameInputs(reading))) {
        throw new IllegalArgumentException(
            "'%s' reads %s, expected networks that read embeddings of %s"
                .formatted(
                    network.name(), FrameRun.frameInputs(network), FrameRun.frameInputs(reading)));
      }
    }
    List<SequenceClip> chosen = VideoSets.toMeasure(validation, reading).all(data);
    SequenceReport report = new SequenceReport(VideoSets.toMeasure(test, reading).all(data));
    List<String> persons = chosen.stream().map(SequenceClip::person).toList();
    report.test.stream()
        .map(SequenceClip::person)
        .filter(persons::contains)
        .findFirst()
        .ifPresent(
            person -> {
              throw new IllegalArgumentException(
                  "'%s' is in the sets to choose by and in those to measure with"
                      .formatted(person));
            });
    report.add("each frame", ofFrames(chosen), ofFrames(report.test));
    for (int i = 0; i < runs.size(); i++) {
      NetworkWeights run = runs.get(i);
      String name = run.specification() + (runs.size() > 1 ? ", run " + (i + 1) : "");
      report.add(name, by(run, chosen), by(run, report.test));
    }
    return report;
  }

  private static Reading ofFrames(List<SequenceClip> clips) {
    List<float[]> rows = new ArrayList<>();
    for (SequenceClip clip : clips) {
      rows.addAll(
          Arrays.asList(
              clip.read(List.of(VideoSets.READINGS), 0, clip.frames()).get(VideoSets.READINGS)));
    }
    return new Reading(clips, columns(rows, rows));
  }

  private static Reading by(NetworkWeights run, List<SequenceClip> clips) {
    List<float[]> units = new ArrayList<>();
    List<float[]> affect = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock network = NetworkBlock.ready(Networks.named(run.specification()), run, manager);
      for (SequenceClip clip : clips) {
        Map<SequenceAnswer, List<float[]>> read = SequenceTask.read(network, clip, CHUNK);
        units.addAll(read.get(SequenceAnswer.ACTION_UNITS));
        affect.addAll(read.get(SequenceAnswer.VALENCE_AROUSAL));
      }
    }
    return new Reading(clips, columns(units, affect));
  }

  /**
   * Units stand first in the rows of the first, valence and arousal last in those of the second.
   */
  private static double[][] columns(List<float[]> units, List<float[]> affect) {
    double[][] columns = new double[VALUES][units.size()];
    for (int row = 0; row < units.size(); row++) {
      float[] own = affect.get(row);
      for (int v = 0; v < VALUES; v++) {
        columns[v][row] = v < ActionUnit.COUNT ? units.get(row)[v] : own[own.length - VALUES + v];
      }
    }
    return columns;
  }

  private void add(String name, Reading chosen, Reading measured) {
    said.put(name, measured.columns);
    Map<Smoothing, Reading> filtered = new HashMap<>();
    Smoothing units =
        filter(s -> meanUnits(filtered.computeIfAbsent(s, f -> chosen.filtered(f, f))));
    Smoothing affect =
        filter(s -> meanAffect(filtered.computeIfAbsent(s, f -> chosen.filtered(f, f))));
    said.put(
        "%s, units %s, affect %s".formatted(name, word(units), word(affect)),
        measured.filtered(units, affect).columns);
  }

  private static Smoothing filter(ToDoubleFunction<Smoothing> figure) {
    return Smoothing.chosenOn(FILTERS, figure);
  }

  private static String word(Smoothing filter) {
    return filter.kind() == Smoothing.Kind.NONE
        ? "unfiltered"
        : "%s %.0f".formatted(filter.kind().name().toLowerCase(Locale.ROOT), filter.length());
  }

  private static double meanUnits(Reading reading) {
    return mean(reading.clips, reading.columns, 0, ActionUnit.COUNT, Concordance::ccc);
  }

  private static double meanAffect(Reading reading) {
    return mean(reading.clips, reading.columns, ActionUnit.COUNT, VALUES, Concordance::ccc);
  }

  private static double mean(
      List<SequenceClip> clips,
      double[][] columns,
      int from,
      int to,
      ToDoubleFunction<Concordance> figure) {
    return IntStream.range(from, to)
        .mapToDouble(v -> figure.applyAsDouble(compared(clips, columns, v)))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static Concordance compared(List<SequenceClip> clips, double[][] columns, int value) {
    int place = value < ActionUnit.COUNT ? SequenceClip.UNITS + value : SequenceClip.VALENCE;
    int column = place + Math.max(0, value - ActionUnit.COUNT);
    double[] truth =
        clips.stream()
            .flatMap(clip -> Arrays.stream(clip.labels()))
            .mapToDouble(row -> row[column])
            .toArray();
    return Concordance.ofAnnotated(truth, columns[value]);
  }

  /**
   * Returns the figures as a table in Markdown.
   *
   * @return for each way of reading the means over units, valence and arousal, then every unit
   */
  public String markdown() {
    List<String> lines = new ArrayList<>();
    long seen =
        test.stream()
            .flatMap(clip -> Arrays.stream(clip.labels()))
            .filter(row -> IntStream.range(0, row.length).anyMatch(i -> !Float.isNaN(row[i])))
            .count();
    lines.add(
        "%,d frames with a face, %d clips, %d persons"
            .formatted(
                seen, test.size(), test.stream().map(SequenceClip::person).distinct().count()));
    lines.add("");
    lines.add("| read by | units r | units CCC | valence CCC | arousal CCC |");
    lines.add("|---|---|---|---|---|");
    said.forEach(
        (name, columns) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f | %.3f |",
                    name,
                    mean(test, columns, 0, ActionUnit.COUNT, Concordance::pearson),
                    mean(test, columns, 0, ActionUnit.COUNT, Concordance::ccc),
                    compared(test, columns, ActionUnit.COUNT).ccc(),
                    compared(test, columns, ActionUnit.COUNT + 1).ccc())));
    lines.add("");
    lines.add("| CCC | " + String.join(" | ", said.keySet()) + " |");
    lines.add("|---".repeat(said.size() + 1) + "|");
    for (ActionUnit unit : ActionUnit.ALL) {
      lines.add(
          "| %s | %s |"
              .formatted(
                  unit.label(),
                  said.values().stream()
                      .map(c -> compared(test, c, unit.ordinal()).ccc())
                      .map(ccc -> String.format(Locale.ROOT, "%.3f", ccc))
                      .collect(Collectors.joining(" | "))));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
