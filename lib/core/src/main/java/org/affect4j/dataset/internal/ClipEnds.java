package org.affect4j.dataset.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds labels that stand behind the last frame of their clip. Annotators' tools write one or two
 * too many, which are cut; more of them mean that labels and frames do not belong together. Only a
 * clip whose frames run on without a hole up to its last one is judged: of any other a part of the
 * frames is there, and nobody can tell where it ends. For one thread.
 */
public final class ClipEnds {
  /** Labels that may be too many. */
  public static final int TOLERATED = 2;

  private final Map<String, TreeMap<Integer, Label>> clips = new LinkedHashMap<>();

  /** The name of a label, and whether its frame is there. */
  private record Label(String name, boolean hasFrame) {}

  /**
   * Names the clip of a frame.
   *
   * @param picture such as {@code F001/T1/2440.jpg}
   * @return the folder, such as {@code F001/T1}; the empty string where there is none
   */
  public static String clip(String picture) {
    String path = picture.replace('\\', '/');
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /**
   * Adds a label.
   *
   * @param clip the clip
   * @param frame number of the frame
   * @param name of the label, for messages
   * @param hasFrame whether the frame is there
   */
  public void add(String clip, int frame, String name, boolean hasFrame) {
    clips.computeIfAbsent(clip, c -> new TreeMap<>()).put(frame, new Label(name, hasFrame));
  }

  /**
   * Returns the labels that are too many.
   *
   * @return names, clip by clip
   * @throws IllegalArgumentException if a clip has more than {@link #TOLERATED}
   */
  public List<String> surplus() {
    List<String> surplus = new ArrayList<>();
    clips.forEach(
        (clip, labels) -> {
          List<String> behind = behind(labels);
          if (behind.size() > TOLERATED) {
            throw new IllegalArgumentException(
                "clip '%s': its labels run to frame %d, %d more than it has frames; expected at most %d too many: is the clip cut, or of another edition or frame rate than the labels?"
                    .formatted(clip, labels.lastKey(), behind.size(), TOLERATED));
          }
          surplus.addAll(behind);
        });
    return surplus;
  }

  private static List<String> behind(TreeMap<Integer, Label> labels) {
    List<String> behind = new ArrayList<>();
    boolean begun = false;
    for (Label label : labels.values()) {
      if (!label.hasFrame) {
        behind.add(label.name);
      } else if (behind.isEmpty()) {
        begun = true;
      } else {
        return List.of();
      }
    }
    return begun ? behind : List.of();
  }
}
