package org.affect4j.synthesis.internal.common;

import java.util.List;

/**
 * A stream of random numbers that is the same on every machine: SplitMix64 (Steele, Lea and Flood
 * 2014). Not thread-safe; give each face its own stream with {@link #of(long, long)}.
 */
public final class RandomStream {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;
  private double spare;
  private boolean hasSpare;

  /**
   * Starts a stream.
   *
   * @param seed any number
   */
  public RandomStream(long seed) {
    this.state = seed;
  }

  /**
   * Starts the stream of one item of a set, independent of all others.
   *
   * @param seed the set's seed
   * @param item the item's number
   * @return the stream
   */
  public static RandomStream of(long seed, long item) {
    return new RandomStream(mix(mix(seed + GOLDEN) ^ item * GOLDEN));
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /**
   * Returns 64 random bits.
   *
   * @return any number
   */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * Returns a number, evenly spread.
   *
   * @return 0 to 1, without 1
   */
  public double next() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * Returns a number, evenly spread.
   *
   * @param from lower end
   * @param to upper end
   * @return from to to
   */
  public double between(double from, double to) {
    return from + (to - from) * next();
  }

  /**
   * Returns a whole number, evenly spread.
   *
   * @param count how many values there are, positive
   * @return 0 to count - 1
   */
  public int below(int count) {
    return (int) (next() * count);
  }

  /**
   * Returns a number of the standard normal distribution (polar method of Marsaglia).
   *
   * @return mean 0, standard deviation 1
   */
  public double gaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * next() - 1;
      v = 2 * next() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double k = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    spare = v * k;
    hasSpare = true;
    return u * k;
  }

  /**
   * Returns a normal number that does not stray.
   *
   * @param deviation standard deviation
   * @param limit greatest distance from 0
   * @return -limit to limit
   */
  public double gaussian(double deviation, double limit) {
    return Math.max(-limit, Math.min(limit, gaussian() * deviation));
  }

  /**
   * Decides by chance.
   *
   * @param probability of true, 0 to 1
   * @return true with this probability
   */
  public boolean chance(double probability) {
    return next() < probability;
  }

  /**
   * Chooses an element, all alike.
   *
   * @param list not empty
   * @param <T> type of the elements
   * @return one of them
   */
  public <T> T choose(List<T> list) {
    return list.get(below(list.size()));
  }

  /**
   * Chooses an index by weights.
   *
   * @param weights not negative, not all 0
   * @return 0 to length - 1
   */
  public int choose(double... weights) {
    double sum = 0;
    for (double w : weights) {
      sum += w;
    }
    double at = next() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /**
   * Starts a stream of its own for one part of an item, so that a change of one part leaves the
   * others as they are.
   *
   * @return the stream
   */
  public RandomStream branch() {
    return new RandomStream(nextLong());
  }
}
