package org.affect4j.training.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.affect4j.dataset.PhotoNames;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import org.affect4j.training.batch.internal.CropPreparation;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkSpec;

/**
 * Labelled videos in two parts without a person in common: to learn from, and to choose the epoch
 * by. What a network reads of each frame is in memory, or read when it is needed. Immutable.
 */
public final class SequenceData {
  private static final String PERSON = "person";

  private final List<SequenceClip> training;
  private final List<SequenceClip> validation;
  private final Map<String, FeatureShape> inputs;
  private final String checksum;

  /** Keeps clips, and the shape of what there is of each frame by the name of the input. */
  SequenceData(
      List<SequenceClip> training,
      List<SequenceClip> validation,
      Map<String, FeatureShape> inputs,
      String checksum) {
    this.training = List.copyOf(training);
    this.validation = List.copyOf(validation);
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    this.checksum = checksum;
  }

  /**
   * Sets labels beside the frames of videos, and divides the videos by persons.
   *
   * @param rows faces of videos, such as {@code analyze --embeddings} gives them: {@code input},
   *     {@code frame} and the embedding; at most one face per frame. A frame without a face keeps
   *     the embedding before it and has no label.
   * @param labels {@code input}, {@code frame} and what there is of {@code expression}, {@code
   *     valence}, {@code arousal}, {@code au01 …}; {@code person} or {@code subject} where known
   * @param names finds the video of the rows by the name that the labels have for it
   * @param activeFrom strength from which on a labelled unit counts as active; empty to learn the
   *     strengths themselves
   * @param holdOut part of the persons, above 0 and below 1, that the epoch is chosen by
   * @param seed decides that part
   * @return the data
   * @throws IllegalArgumentException if a frame has two faces or two labels, the labels of a video
   *     are of other frames than its rows, or there are fewer than two persons
   */
  public static SequenceData of(
      FaceTable rows,
      FaceTable labels,
      PhotoNames names,
      Optional<Double> activeFrom,
      double holdOut,
      long seed) {
    Map<String, TreeMap<Integer, Integer>> faces = byFrame(rows, "face", Optional::of);
    Map<String, TreeMap<Integer, Integer>> truths = byFrame(labels, "label", names::find);
    double[][] features = rows.values(FeatureGroup.EMBEDDING);
    List<SequenceClip> clips = new ArrayList<>();
    truths.forEach(
        (input, truth) -> {
          TreeMap<Integer, Integer> frames = faces.get(input);
          requireSameFrames(input, frames.keySet(), truth.keySet());
          clips.add(clip(input, frames, features, labels, truth, activeFrom));
        });
    Set<String> persons = new LinkedHashSet<>(clips.stream().map(SequenceClip::person).toList());
    if (persons.size() < 2) {
      throw new IllegalArgumentException(
          "%d of the videos have labels, of %d persons; expected two persons or more, as the epoch is chosen by others than those learned from"
              .formatted(clips.size(), persons.size()));
    }
    List<String> order = new ArrayList<>(persons);
    Collections.shuffle(order, new Random(seed));
    int held = (int) Math.max(1, Math.min(order.size() - 1, Math.round(holdOut * order.size())));
    Set<String> chosen = Set.copyOf(order.subList(0, held));
    return new SequenceData(
        clips.stream().filter(c -> !chosen.contains(c.person())).toList(),
        clips.stream().filter(c -> chosen.contains(c.person())).toList(),
        Map.of(NetworkSpec.INPUT, FeatureShape.vector(features[0].length)),
        "%s, labels %08x"
            .formatted(
                rows.checksum(),
                clips.stream().mapToInt(c -> Arrays.deepHashCode(c.labels())).sum()));
  }

  /** The row of each frame of each video that has a name. */
  private static Map<String, TreeMap<Integer, Integer>> byFrame(
      FaceTable table, String what, Function<String, Optional<String>> name) {
    Map<String, TreeMap<Integer, Integer>> all = new LinkedHashMap<>();
    List<String> inputs = table.texts(FaceColumns.INPUT);
    double[] frames = table.numbers(FaceColumns.FRAME);
    for (int row = 0; row < frames.length; row++) {
      Optional<String> input = name.apply(inputs.get(row));
      if (input.isEmpty() || Double.isNaN(frames[row])) {
        continue;
      }
      Integer other =
          all.computeIfAbsent(input.get(), k -> new TreeMap<>()).put((int) frames[row], row);
      if (other != null) {
        throw new IllegalArgumentException(
            "frame %d of '%s' has two rows, expected one %s: a sequence is of one person; keep the rows of one face_id"
                .formatted((int) frames[row], inputs.get(row), what));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no %s with an input that is known and a frame".formatted(what));
    }
    return all;
  }

  private static void requireSameFrames(String input, Set<Integer> frames, Set<Integer> labelled) {
    if (!frames.equals(labelled)) {
      int odd =
          Stream.concat(frames.stream(), labelled.stream())
              .filter(f -> frames.contains(f) != labelled.contains(f))
              .mapToInt(f -> f)
              .min()
              .orElseThrow();
      throw new IllegalArgumentException(
          "'%s' has %d frames but labels of %d: frame %d has %s; expected a row of labels for every frame, with empty cells where there is no label"
              .formatted(
                  input,
                  frames.size(),
                  labelled.size(),
                  odd,
                  frames.contains(odd) ? "no row of labels" : "a row of labels but is not there"));
    }
  }

  private static SequenceClip clip(
      String input,
      TreeMap<Integer, Integer> frames,
      double[][] features,
      FaceTable labels,
      TreeMap<Integer, Integer> truth,
      Optional<Double> activeFrom) {
    float[][] rows = new float[frames.size()][];
    float[][] targets = new float[frames.size()][];
    float[] last = null;
    int t = 0;
    for (Map.Entry<Integer, Integer> frame : frames.entrySet()) {
      double[] read = features[frame.getValue()];
      boolean seen = Arrays.stream(read).allMatch(Double::isFinite);
      if (seen) {
        last = new float[read.length];
        for (int i = 0; i < read.length; i++) {
          last[i] = (float) read[i];
        }
      }
      rows[t] = last;
      targets[t++] = targets(labels, truth.get(frame.getKey()), seen, activeFrom);
    }
    if (last == null) {
      throw new IllegalArgumentException("no frame of '%s' has an embedding".formatted(input));
    }
    // Frames before the first face.
    for (t = rows.length - 2; t >= 0; t--) {
      rows[t] = rows[t] == null ? rows[t + 1] : rows[t];
    }
    int first = truth.firstEntry().getValue();
    String person =
        labels.text(first, PERSON).or(() -> labels.text(first, FaceColumns.SUBJECT)).orElse(input);
    return new SequenceClip(input, person, (name, frame) -> rows[frame], targets);
  }

  private static float[] targets(
      FaceTable labels, int row, boolean seen, Optional<Double> activeFrom) {
    return seen
        ? SequenceClip.targets(CropPreparation.labels(labels, row), activeFrom)
        : SequenceClip.unknown();
  }

  List<SequenceClip> training() {
    return training;
  }

  List<SequenceClip> validation() {
    return validation;
  }

  String checksum() {
    return checksum;
  }

  /**
   * Returns what there is of each frame.
   *
   * @return its shape by the name of the network's input; unmodifiable
   */
  public Map<String, FeatureShape> inputs() {
    return inputs;
  }

  @Override
  public String toString() {
    return "learned from %s, chosen by %s".formatted(words(training), words(validation));
  }

  private static String words(List<SequenceClip> clips) {
    return "%d frames of %d videos, %d persons"
        .formatted(
            clips.stream().mapToInt(SequenceClip::frames).sum(),
            clips.size(),
            clips.stream().map(SequenceClip::person).distinct().count());
  }
}
