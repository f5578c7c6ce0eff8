package org.affect4j.training.batch.internal;

import java.util.SplittableRandom;

/**
 * Independent streams of random numbers, each told by its place: the same place gives the same
 * numbers whatever was drawn before, so that a run can go on anywhere.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * Joins numbers into a seed.
   *
   * @param seed the run's seed
   * @param place such as purpose, epoch, step
   * @return a seed that changes with each of them
   */
  public static long mix(long seed, long... place) {
    long h = scramble(seed + 0x9E3779B97F4A7C15L);
    for (long p : place) {
      h = scramble(h ^ scramble(p + 0x9E3779B97F4A7C15L));
    }
    return h;
  }

  /**
   * Opens a stream.
   *
   * @param seed the run's seed
   * @param place such as purpose, epoch, step
   * @return a new generator
   */
  public static SplittableRandom stream(long seed, long... place) {
    return new SplittableRandom(mix(seed, place));
  }

  /** The finaliser of MurmurHash3 (variant 13 of Stafford), as in SplitMix64. */
  private static long scramble(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
