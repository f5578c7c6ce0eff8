package org.affect4j.training.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Windows of several clips, time by time: the first frame of every window, then the second. Frames
 * beyond the end of a clip repeat its last one and have no labels.
 *
 * @param windows name of the clip and first frame of each window, for messages
 * @param frames what each input of the network reads, one row per frame
 * @param labels one row of {@link SequenceClip#LABELS} numbers per frame, NaN where there is none
 * @param before the same of the frames before each window, from which its state comes; perhaps no
 *     rows
 */
public record SequenceBatch(
    List<String> windows,
    Map<String, float[][]> frames,
    float[][] labels,
    List<Map<String, float[][]>> before) {
  /** Takes windows of one length, with up to some frames before each. */
  static SequenceBatch of(
      List<SequenceClip> clips,
      List<SequenceWindow> windows,
      Collection<String> inputs,
      int length,
      int context) {
    int n = windows.size();
    Map<String, float[][]> frames = new LinkedHashMap<>();
    inputs.forEach(input -> frames.put(input, new float[length * n][]));
    float[][] labels = new float[length * n][];
    float[] none = new float[SequenceClip.LABELS];
    Arrays.fill(none, Float.NaN);
    List<Map<String, float[][]>> before = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      SequenceWindow window = windows.get(s);
      SequenceClip clip = clips.get(window.clip());
      int end = Math.min(window.from() + length, clip.frames());
      Map<String, float[][]> read = clip.read(inputs, window.from(), end);
      for (int t = 0; t < length; t++) {
        int place = t * n + s;
        int there = Math.min(t, end - window.from() - 1);
        read.forEach((input, rows) -> frames.get(input)[place] = rows[there]);
        labels[place] = there < t ? none : clip.labels()[window.from() + t];
      }
      before.add(clip.read(inputs, Math.max(0, window.from() - context), window.from()));
      names.add("'%s' from frame %d".formatted(clip.name(), window.from()));
    }
    return new SequenceBatch(names, frames, labels, before);
  }
}
