package org.affect4j.training.sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Some frames of a clip that follow one another.
 *
 * @param clip number of the clip
 * @param from the first frame
 */
record SequenceWindow(int clip, int from) {
  /**
   * Cuts clips into windows, of which none reaches from one clip into another. Every frame is in
   * one; the last window of a clip may reach beyond its end.
   *
   * @param clips the clips
   * @param length frames of a window
   * @param step frames from one to the next, at most the length
   * @throws IllegalArgumentException if a clip is shorter than a window
   */
  static List<SequenceWindow> of(List<SequenceClip> clips, int length, int step) {
    List<SequenceWindow> windows = new ArrayList<>();
    for (int c = 0; c < clips.size(); c++) {
      int frames = clips.get(c).frames();
      if (frames < length) {
        throw new IllegalArgumentException(
            "'%s' has %d frames, fewer than a window of %d: choose a shorter window, or leave the video out"
                .formatted(clips.get(c).name(), frames, length));
      }
      for (int from = 0; from == 0 || from - step + length < frames; from += step) {
        windows.add(new SequenceWindow(c, from));
      }
    }
    return windows;
  }
}
