package org.affect4j.synthesis.internal.clip;

import java.util.List;

/**
 * What happens in a clip.
 *
 * @param name of its files
 * @param width of its frames in pixels, even
 * @param height of its frames in pixels, even
 * @param framesPerSecond of its frames
 * @param seconds how long it lasts
 * @param scenes one behind the other, with a cut between; the first begins at 0
 */
record Story(
    String name,
    int width,
    int height,
    double framesPerSecond,
    double seconds,
    List<Scene> scenes) {

  /**
   * Everything between two cuts.
   *
   * @param from when it begins, in seconds
   * @param place which backdrop and light
   * @param light of the lamp: 1 as it is at first, less where it is dimmed
   * @param roles who is there, those behind first
   * @param cover what hides a face
   */
  record Scene(double from, long place, Course light, List<Role> roles, List<Cover> cover) {
    Scene(double from, long place, Role... roles) {
      this(from, place, Course.of(0, 1), List.of(roles), List.of());
    }

    Scene lit(double... timesAndValues) {
      return new Scene(from, place, Course.of(timesAndValues), roles, cover);
    }

    /** A book is held before the face of the last role. */
    Scene hidden(double start, double end) {
      return with(new Cover(start, end, 1));
    }

    /** A book is held before the mouth of the last role. */
    Scene mouthHidden(double start, double end) {
      return with(new Cover(start, end, .6));
    }

    private Scene with(Cover book) {
      return new Scene(from, place, light, roles, List.of(book));
    }
  }

  /**
   * A book that is raised before a face and lowered again.
   *
   * @param from when it begins to rise, in seconds
   * @param to when it has gone
   * @param most how much of its way up it goes, 0 to 1; .6 up to the nose
   */
  record Cover(double from, double to, double most) {
    private static final double RISE = .16;

    /** How much of its way up it has gone, 0 to 1. */
    double share(double seconds) {
      return most
          * Math.min(Course.ease((seconds - from) / RISE), Course.ease((to - seconds) / RISE));
    }
  }

  /** How many frames there are. */
  int frames() {
    return (int) Math.round(seconds * framesPerSecond);
  }

  double time(int frame) {
    return frame / framesPerSecond;
  }

  /** The scene of a time. */
  int scene(double time) {
    int last = 0;
    while (last + 1 < scenes.size() && scenes.get(last + 1).from() <= time + 1e-9) {
      last++;
    }
    return last;
  }
}
