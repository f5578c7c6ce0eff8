package org.affect4j.training.sequence;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Concordance;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.network.RecurrentNets;

/**
 * Is hearing of use? Networks that see, that hear and that do both, on the units of an open mouth,
 * where the mouth is to be seen and where it is hidden. With a sound that does not belong to the
 * picture, half a second early or that of another clip, the gain must go.
 */
public final class SoundReport {
  private static final String MOUTH_HIDDEN = "mouth_hidden";
  private static final int CHUNK = 64;
  private static final double EARLY_SECONDS = .5;
  private static final List<ActionUnit> UNITS = List.of(ActionUnit.AU25, ActionUnit.AU26);

  /** What a network hears. */
  private enum Sound {
    OWN("its own"),
    EARLY("half a second early"),
    OTHER("of another clip");

    private final String words;

    Sound(String words) {
      this.words = words;
    }
  }

  /** What a network says of each unit in all frames. */
  private record Reading(String network, Sound sound, Map<ActionUnit, double[]> said) {}

  private final List<SequenceClip> clips;
  private final int early;

  /** The clip of each frame. */
  private final List<String> clipOf = new ArrayList<>();

  private final Map<String, Boolean> mouthHidden;
  private final Map<ActionUnit, double[]> truth = new LinkedHashMap<>();
  private final List<Reading> readings = new ArrayList<>();

  private SoundReport(List<SequenceClip> clips, Map<String, Boolean> mouthHidden, int early) {
    this.clips = clips;
    this.mouthHidden = mouthHidden;
    this.early = early;
    for (SequenceClip clip : clips) {
      String name = clip.name().substring(clip.name().indexOf('/') + 1);
      clipOf.addAll(Collections.nCopies(clip.frames(), name));
    }
    for (ActionUnit unit : UNITS) {
      truth.put(
          unit,
          clips.stream()
              .flatMap(clip -> Arrays.stream(clip.labels()))
              .mapToDouble(row -> row[SequenceClip.UNITS + unit.ordinal()])
              .toArray());
    }
  }

  /**
   * Measures.
   *
   * @param runs weights of networks that read embeddings of frames, pictures of sound, or both; the
   *     others are compared with the first
   * @param list {@code labels.csv} of {@code affect4j-synth clip-set --speech}, of whose persons
   *     and sentences nothing was learned
   * @param data prepares pictures
   * @return the figures
   * @throws IOException if the clips or their sound cannot be read
   * @throws IllegalArgumentException if a network reads something else, or the list has no column
   *     {@code mouth_hidden}
   */
  public static SoundReport of(List<NetworkWeights> runs, Path list, BehaviourData data)
      throws IOException {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(
          "gains are over the first network: give one or more (--run)");
    }
    NetworkSpec both = RecurrentNets.compactAudioVisual();
    for (NetworkWeights run : runs) {
      requireFit(Networks.named(run.specification()), both);
    }
    FaceTable table = FaceTable.read(list);
    if (!table.has(MOUTH_HIDDEN)) {
      throw new IllegalArgumentException(
          list + " has no column mouth_hidden; affect4j-synth clip-set writes such lists");
    }
    Map<String, Boolean> mouthHidden = new LinkedHashMap<>();
    for (int row = 0; row < table.size(); row++) {
      boolean hidden = table.number(row, MOUTH_HIDDEN).orElse(0) == 1;
      mouthHidden.put(table.text(row, FaceColumns.INPUT).orElse(""), hidden);
    }
    double secondsOfFrame = table.number(1, FaceColumns.TIMESTAMP).orElseThrow();
    VideoSets set = VideoSets.open(List.of("clips=" + list), Optional.of(0.0), both, 1, false, 0);
    SoundReport report =
        new SoundReport(
            set.all(data), mouthHidden, (int) Math.round(EARLY_SECONDS / secondsOfFrame));
    runs.forEach(report::add);
    return report;
  }

  private static void requireFit(NetworkSpec network, NetworkSpec both) {
    boolean fits =
        network.input().equals(both.inputs().get(RecurrentNets.SPECTROGRAM))
            ? FrameRun.frameInputs(network).size() == 1
            : both.inputs().entrySet().containsAll(FrameRun.frameInputs(network).entrySet());
    if (!fits) {
      throw new IllegalArgumentException(
          "'%s' reads %s, expected what '%s' reads, or one of the two"
              .formatted(network.name(), FrameRun.frameInputs(network), both.name()));
    }
  }

  private void add(NetworkWeights run) {
    NetworkSpec network = Networks.named(run.specification());
    boolean hears =
        network.input().isMap() || network.inputs().containsKey(RecurrentNets.SPECTROGRAM);
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock block = NetworkBlock.ready(network, run, manager);
      for (Sound sound : hears ? Sound.values() : new Sound[] {Sound.OWN}) {
        List<float[]> rows = new ArrayList<>();
        for (int clip = 0; clip < clips.size(); clip++) {
          rows.addAll(
              SequenceTask.read(block, with(sound, clip, network), CHUNK)
                  .get(SequenceAnswer.ACTION_UNITS));
        }
        Map<ActionUnit, double[]> said = new LinkedHashMap<>();
        for (ActionUnit unit : UNITS) {
          said.put(unit, rows.stream().mapToDouble(row -> row[unit.ordinal()]).toArray());
        }
        readings.add(new Reading(network.name(), sound, said));
      }
    }
  }

  /**
   * A clip as a network sees and hears it. A sound that is moved comes round again at the end; that
   * of another clip is moved by half its length, as all clips begin in silence.
   */
  private SequenceClip with(Sound sound, int number, NetworkSpec network) {
    SequenceClip seen = clips.get(number);
    SequenceClip heard = clips.get((number + (sound == Sound.OTHER ? 1 : 0)) % clips.size());
    int shift =
        switch (sound) {
          case OWN -> 0;
          case EARLY -> early;
          case OTHER -> heard.frames() / 2;
        };
    boolean alone = network.input().isMap();
    return new SequenceClip(
        seen.name(),
        seen.person(),
        (input, frame) ->
            alone || input.equals(RecurrentNets.SPECTROGRAM)
                ? heard.reading().of(RecurrentNets.SPECTROGRAM, (frame + shift) % heard.frames())
                : seen.reading().of(input, frame),
        seen.labels());
  }

  private int[] frames(boolean hidden) {
    return IntStream.range(0, clipOf.size())
        .filter(i -> mouthHidden.get(clipOf.get(i)) == hidden)
        .filter(i -> !Double.isNaN(truth.get(UNITS.get(0))[i]))
        .toArray();
  }

  private double ccc(Reading reading, ActionUnit unit, int[] frames) {
    return Concordance.of(
            Arrays.stream(frames).mapToDouble(i -> truth.get(unit)[i]).toArray(),
            Arrays.stream(frames).mapToDouble(i -> reading.said.get(unit)[i]).toArray())
        .ccc();
  }

  private double mean(Reading reading, int[] frames) {
    return UNITS.stream().mapToDouble(u -> ccc(reading, u, frames)).average().orElseThrow();
  }

  /** The gain over the first network with its 95 % interval over clips. */
  private String gain(Reading reading, int[] frames) {
    Reading first = readings.get(0);
    if (reading == first) {
      return "";
    }
    List<String> clusters = Arrays.stream(frames).mapToObj(clipOf::get).toList();
    return Bootstrap.STANDARD
        .pairedOverClusters(
            clusters,
            drawn -> mean(reading, Arrays.stream(drawn).map(i -> frames[i]).toArray()),
            drawn -> mean(first, Arrays.stream(drawn).map(i -> frames[i]).toArray()))
        .toString();
  }

  /**
   * Returns the figures as a table in Markdown.
   *
   * @return a row for each network, sound, and whether the mouth is to be seen
   */
  public String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("| network | sound | mouth | AU 25 CCC | AU 26 CCC | gain of the mean |");
    lines.add("|---|---|---|---|---|---|");
    List<String> counts = new ArrayList<>();
    for (boolean hidden : new boolean[] {false, true}) {
      int[] frames = frames(hidden);
      String mouth = hidden ? "hidden" : "visible";
      counts.add(
          "mouth %s: %,d frames of %d clips, a person each"
              .formatted(
                  mouth,
                  frames.length,
                  Arrays.stream(frames).mapToObj(clipOf::get).distinct().count()));
      for (Reading reading : frames.length == 0 ? List.<Reading>of() : readings) {
        lines.add(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.3f | %.3f | %s |",
                reading.network,
                reading.sound.words,
                mouth,
                ccc(reading, ActionUnit.AU25, frames),
                ccc(reading, ActionUnit.AU26, frames),
                gain(reading, frames)));
      }
    }
    lines.add(0, String.join("; ", counts));
    lines.add(1, "");
    return String.join(System.lineSeparator(), lines);
  }
}
