package org.affect4j.training.sequence;

import java.util.Arrays;
import java.util.List;
import org.affect4j.face.ActionUnit;

/**
 * One video of one person: the features of each frame, and its labels.
 *
 * @param name name of the video
 * @param person who is in it; clips of one person stay on one side
 * @param features one row of features per frame
 * @param labels one row of {@link #LABELS} numbers per frame; NaN where there is no label
 */
record SequenceClip(String name, String person, float[][] features, float[][] labels) {
  /** Place of the number of the expression. */
  static final int EXPRESSION = 0;

  /** Place of the first action unit, 0 or 1. */
  static final int UNITS = 1;

  /** Place of valence, with arousal behind it. */
  static final int VALENCE = UNITS + ActionUnit.COUNT;

  /** How many numbers a frame's labels are. */
  static final int LABELS = VALENCE + 2;

  int frames() {
    return features.length;
  }

  /** Whether any frame of some clips has one of some labels. */
  static boolean have(List<SequenceClip> clips, int from, int to) {
    return clips.stream()
        .flatMap(clip -> Arrays.stream(clip.labels))
        .anyMatch(row -> known(row, from, to));
  }

  private static boolean known(float[] row, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isNaN(row[i])) {
        return true;
      }
    }
    return false;
  }
}
