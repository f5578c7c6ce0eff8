package org.affect4j.training.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Windows of several clips, time by time: the first frame of every window, then the second. Frames
 * beyond the end of a clip repeat its last one and have no labels.
 *
 * @param windows name of the clip and first frame of each window, for messages
 * @param features one row per frame
 * @param labels one row of {@link SequenceClip#LABELS} numbers per frame, NaN where there is none
 * @param before the frames before each window, from which its state comes; perhaps none
 */
public record SequenceBatch(
    List<String> windows, float[][] features, float[][] labels, List<float[][]> before) {
  /** Takes windows of one length, with up to some frames before each. */
  static SequenceBatch of(
      List<SequenceClip> clips, List<SequenceWindow> windows, int length, int context) {
    int n = windows.size();
    float[][] features = new float[length * n][];
    float[][] labels = new float[length * n][];
    float[] none = new float[SequenceClip.LABELS];
    Arrays.fill(none, Float.NaN);
    List<float[][]> before = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      SequenceWindow window = windows.get(s);
      SequenceClip clip = clips.get(window.clip());
      for (int t = 0; t < length; t++) {
        int frame = Math.min(window.from() + t, clip.frames() - 1);
        features[t * n + s] = clip.features()[frame];
        labels[t * n + s] = frame < window.from() + t ? none : clip.labels()[frame];
      }
      before.add(
          Arrays.copyOfRange(clip.features(), Math.max(0, window.from() - context), window.from()));
      names.add("'%s' from frame %d".formatted(clip.name(), window.from()));
    }
    return new SequenceBatch(names, features, labels, before);
  }
}
