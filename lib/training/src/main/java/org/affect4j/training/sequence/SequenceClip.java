package org.affect4j.training.sequence;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.training.batch.CropLabels;

/**
 * One video of one person: what is read of each frame, and its labels.
 *
 * @param name name of the video
 * @param person who is in it; clips of one person stay on one side
 * @param reading what a network reads of a frame
 * @param labels one row of {@link #LABELS} numbers per frame; NaN where there is no label
 */
record SequenceClip(String name, String person, Reading reading, float[][] labels) {
  /** What a network reads of frames. */
  interface Reading {
    /** Reads one frame for one of the network's inputs, flattened. */
    float[] of(String input, int frame);
  }

  /** Place of the number of the expression. */
  static final int EXPRESSION = 0;

  /** Place of the first action unit, 0 or 1. */
  static final int UNITS = 1;

  /** Place of valence, with arousal behind it. */
  static final int VALENCE = UNITS + ActionUnit.COUNT;

  /** How many numbers a frame's labels are. */
  static final int LABELS = VALENCE + 2;

  int frames() {
    return labels.length;
  }

  /** Reads the frames from one to before another for some of the network's inputs. */
  Map<String, float[][]> read(Collection<String> inputs, int from, int to) {
    Map<String, float[][]> all = new LinkedHashMap<>();
    for (String input : inputs) {
      all.put(
          input,
          IntStream.range(from, to).mapToObj(t -> reading.of(input, t)).toArray(float[][]::new));
    }
    return all;
  }

  /** The labels of a frame that has none. */
  static float[] unknown() {
    float[] targets = new float[LABELS];
    Arrays.fill(targets, Float.NaN);
    return targets;
  }

  /**
   * The labels of a frame.
   *
   * @param activeFrom strength from which on a unit is active; empty to keep strengths
   */
  static float[] targets(CropLabels labels, Optional<Double> activeFrom) {
    float[] targets = unknown();
    labels.expression().ifPresent(e -> targets[EXPRESSION] = e.ordinal());
    for (int u = 0; u < ActionUnit.COUNT; u++) {
      float strength = labels.unit(u);
      targets[UNITS + u] =
          activeFrom.isEmpty() || Float.isNaN(strength)
              ? strength
              : strength >= activeFrom.get().floatValue() ? 1 : 0;
    }
    targets[VALENCE] = labels.valence();
    targets[VALENCE + 1] = labels.arousal();
    return targets;
  }
}
