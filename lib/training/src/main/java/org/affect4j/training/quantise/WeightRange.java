package org.affect4j.training.quantise;

/**
 * How much of the 8 bits the weights of a channel use.
 *
 * <p>Processors with AVX2 or AVX-512 but without VNNI multiply unsigned by signed bytes and add two
 * neighbouring products in 16 bits, saturating ({@code vpmaddubsw}). Two large weights of one sign
 * that both meet activations near 255 then give less than they should, and the same file gives
 * other results on other machines.
 */
public enum WeightRange {
  /** -127 to 127: the finest steps, but sums may saturate on processors without VNNI. */
  FULL,
  /**
   * The finest steps for which no two weights of one sign in a channel add to more than 128: {@code
   * 255 * 128} still fits 16 bits, so that every processor computes the same, whichever two weights
   * it pairs. Between 7 and 8 bits.
   */
  PAIR_SAFE;

  private static final int LARGEST = 127;

  /**
   * Chooses the distance of two steps for the weights of a channel.
   *
   * @param weights array that holds them
   * @param from index of the first
   * @param stride distance of two of them in the array
   * @param count how many there are, 1 or more
   * @return the step, positive; 0 if all weights are zero
   */
  float step(float[] weights, int from, int stride, int count) {
    float first = 0;
    float second = 0;
    float lowest = 0;
    float secondLowest = 0;
    for (int i = 0; i < count; i++) {
      float w = weights[from + i * stride];
      if (w > first) {
        second = first;
        first = w;
      } else {
        second = Math.max(second, w);
      }
      if (w < lowest) {
        secondLowest = lowest;
        lowest = w;
      } else {
        secondLowest = Math.min(secondLowest, w);
      }
    }
    float largest = Math.max(first, -lowest);
    // Rounding may add half a step to each of the two: 127 here keeps their sum at 128.
    float pair = Math.max(first + second, -(lowest + secondLowest));
    return (this == FULL ? largest : Math.max(largest, pair)) / LARGEST;
  }
}
