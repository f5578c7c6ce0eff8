package org.affect4j.synthesis.internal.clip;

/**
 * A number over time: it rests at its first value before the first key and at its last one behind
 * the last key, and swings from key to key as a body does, slow at both ends. Immutable.
 */
final class Course {
  private final double[] keys;

  private Course(double[] keys) {
    this.keys = keys;
  }

  /**
   * Makes a course.
   *
   * @param timesAndValues seconds and value of each key in turn; times rise
   * @throws IllegalArgumentException if a value is missing or a time does not rise
   */
  static Course of(double... timesAndValues) {
    boolean rises = timesAndValues.length > 0 && timesAndValues.length % 2 == 0;
    for (int i = 2; rises && i < timesAndValues.length; i += 2) {
      rises = timesAndValues[i] > timesAndValues[i - 2];
    }
    if (!rises) {
      throw new IllegalArgumentException(
          "a course has a time and a value for each key, and its times rise");
    }
    return new Course(timesAndValues.clone());
  }

  double at(double seconds) {
    int next = 0;
    while (next < keys.length && keys[next] <= seconds) {
      next += 2;
    }
    if (next == 0) {
      return keys[1];
    }
    if (next == keys.length) {
      return keys[keys.length - 1];
    }
    double share = (seconds - keys[next - 2]) / (keys[next] - keys[next - 2]);
    return keys[next - 1] + ease(share) * (keys[next + 1] - keys[next - 1]);
  }

  /** From 0 to 1, slow at both ends. */
  static double ease(double share) {
    return .5 - .5 * StrictMath.cos(StrictMath.PI * Math.max(0, Math.min(1, share)));
  }
}
