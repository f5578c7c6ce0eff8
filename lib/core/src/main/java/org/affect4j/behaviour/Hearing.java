package org.affect4j.behaviour;

/** The sound of a video as a network over time sees it, beside the faces. */
@FunctionalInterface
public interface Hearing {
  /**
   * Returns the picture of the second of sound with a moment in its middle.
   *
   * @param seconds the moment, on the clock of the frames
   * @param side rows and columns
   * @return {@code side * side} values from -1 (silence) to 1, row by row from the highest
   *     frequency, such as {@code track.spectrogram(seconds).square(side)}
   */
  float[] around(double seconds, int side);
}
