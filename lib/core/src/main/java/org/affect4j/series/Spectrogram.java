package org.affect4j.series;

import java.util.Arrays;
import java.util.Locale;
import org.affect4j.image.FaceImage;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * How loud each frequency of a sound is over time, as networks see sound beside faces (Kollias and
 * Zafeiriou 2021, "Affect Analysis in-the-wild", section IV: one channel at 44,100 Hz, windows of
 * 33 ms that overlap by 11 ms, values in -1 to 1).
 *
 * <p>A window is 1,455 samples, the next begins 970 later, and each is filled with zeros to 2,048
 * points, so that bin {@code k} is at {@code k * 44100 / 2048} Hz. The paper leaves open, and these
 * are ours:
 *
 * <ul>
 *   <li>the window function, Hann's in its periodic form: {@code .5 - .5 cos(2 pi i / 1455)};
 *   <li>the scale: decibels under a sine of full strength, {@code 20 log10(2 |X| / sum of the
 *       window)}, from the floor of -80 dB (-1) to 0 dB (1), cut at both. It does not depend on the
 *       rest of the clip, so that a sound that streams is read as a file is;
 *   <li>the end: samples that fill no whole window are left out;
 *   <li>what belongs to a frame ({@link #around}) and the picture of a network ({@link #square}).
 * </ul>
 *
 * <p>Immutable; 4 bytes a value, 186 kB a second.
 */
public final class Spectrogram {
  /** Samples a second. */
  public static final int RATE = 44_100;

  /** Samples of a window, 33 ms. */
  public static final int WINDOW = 1_455;

  /** Samples from the beginning of a window to that of the next, 22 ms. */
  public static final int HOP = 970;

  /** Points of the Fourier transform. */
  public static final int POINTS = 2_048;

  /** Frequencies, from 0 to half the rate. */
  public static final int BINS = POINTS / 2 + 1;

  private static final double FLOOR = -80;
  private static final double[] HANN = new double[WINDOW];
  private static final double FULL_STRENGTH;

  static {
    Arrays.setAll(HANN, i -> .5 - .5 * Math.cos(2 * Math.PI * i / WINDOW));
    FULL_STRENGTH = Arrays.stream(HANN).sum() / 2;
  }

  private final float[][] columns;

  private Spectrogram(float[][] columns) {
    this.columns = columns;
  }

  /**
   * Computes a spectrogram.
   *
   * @param samples one channel at {@link #RATE}, full strength at -1 and 1
   * @return one column for each whole window
   * @throws IllegalArgumentException if the sound is shorter than a window, or a sample is no
   *     number
   */
  public static Spectrogram of(float[] samples) {
    if (samples.length < WINDOW) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a spectrogram needs a window of %,d samples (33 ms at %,d a second) or more, got"
                  + " %,d; give a longer piece of the sound",
              WINDOW,
              RATE,
              samples.length));
    }
    float[][] columns = new float[(samples.length - WINDOW) / HOP + 1][];
    double[][] parts = new double[2][POINTS];
    for (int c = 0; c < columns.length; c++) {
      Arrays.fill(parts[0], 0);
      Arrays.fill(parts[1], 0);
      for (int i = 0; i < WINDOW; i++) {
        parts[0][i] = HANN[i] * finite(samples, c * HOP + i);
      }
      FastFourierTransformer.transformInPlace(
          parts, DftNormalization.STANDARD, TransformType.FORWARD);
      columns[c] = scaled(parts);
    }
    return new Spectrogram(columns);
  }

  /**
   * Computes the spectrogram of one second with a moment in its middle (ours): what a network hears
   * with the frame of that moment.
   *
   * @param samples one channel at {@link #RATE}, full strength at -1 and 1
   * @param seconds the moment, from the first sample; may lie outside the sound, which is silent
   *     there
   * @return 44 columns
   */
  public static Spectrogram around(float[] samples, double seconds) {
    double first = Math.rint((seconds - .5) * RATE);
    float[] second = new float[RATE];
    int from = (int) Math.max(0, first);
    int to = (int) Math.min(samples.length, first + RATE);
    if (from < to) {
      System.arraycopy(samples, from, second, from - (int) first, to - from);
    }
    return of(second);
  }

  private static double finite(float[] samples, int i) {
    if (!Float.isFinite(samples[i])) {
      throw new IllegalArgumentException(
          "samples are numbers around -1 to 1, sample %d is %s".formatted(i, samples[i]));
    }
    return samples[i];
  }

  private static float[] scaled(double[][] parts) {
    float[] column = new float[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      double decibels = 20 * Math.log10(Math.hypot(parts[0][bin], parts[1][bin]) / FULL_STRENGTH);
      column[bin] = (float) (1 - 2 * Math.min(1, Math.max(0, decibels / FLOOR)));
    }
    return column;
  }

  /**
   * Returns how many windows there are.
   *
   * @return 1 or more
   */
  public int columns() {
    return columns.length;
  }

  /**
   * Returns when a window is heard.
   *
   * @param column 0 to {@link #columns()} - 1
   * @return its middle, in seconds from the first sample
   */
  public static double seconds(int column) {
    return (column * (double) HOP + WINDOW / 2.) / RATE;
  }

  /**
   * Returns what frequency a bin stands for.
   *
   * @param bin 0 to {@link #BINS} - 1
   * @return in Hz
   */
  public static double frequency(int bin) {
    return bin * (double) RATE / POINTS;
  }

  /**
   * Returns one value.
   *
   * @param column number of the window
   * @param bin number of the frequency, 0 to {@link #BINS} - 1
   * @return -1 (80 dB under full strength, or less) to 1
   */
  public float value(int column, int bin) {
    return columns[column][bin];
  }

  /**
   * Returns the spectrogram as the square picture that a network of photos takes (ours): over
   * frequencies the mean of what a pixel covers, over time linear between the middles of windows,
   * the first and last value beyond them.
   *
   * @param side rows and columns, 1 to {@link #BINS}; 96 for VGG-FACE as the papers use it
   * @return {@code side * side} values from -1 to 1, row by row from the highest frequency
   */
  public float[] square(int side) {
    if (side < 1 || side > BINS) {
      throw new IllegalArgumentException(
          "a spectrogram of %d frequencies becomes 1 to as many rows, got %d"
              .formatted(BINS, side));
    }
    float[][] means = new float[columns.length][];
    Arrays.setAll(means, c -> means(columns[c], side));
    float[] square = new float[side * side];
    for (int x = 0; x < side; x++) {
      double at = (x + .5) * columns.length / side - .5;
      double inside = Math.min(columns.length - 1, Math.max(0, at));
      int left = (int) inside;
      int right = Math.min(columns.length - 1, left + 1);
      double share = inside - left;
      for (int y = 0; y < side; y++) {
        int row = side - 1 - y;
        square[y * side + x] = (float) ((1 - share) * means[left][row] + share * means[right][row]);
      }
    }
    return square;
  }

  /** Means of as many equal parts of a column, bins at their edges counted by their share. */
  private static float[] means(float[] column, int parts) {
    double each = (double) column.length / parts;
    float[] means = new float[parts];
    for (int part = 0; part < parts; part++) {
      double low = part * each;
      double high = Math.min(column.length, low + each);
      double sum = 0;
      for (int bin = (int) low; bin < high; bin++) {
        sum += column[bin] * (Math.min(high, bin + 1) - Math.max(low, bin));
      }
      means[part] = (float) (sum / (high - low));
    }
    return means;
  }

  /**
   * Returns the spectrogram as a picture to look at.
   *
   * @return one pixel for each value, black (-1) to white (1), low frequencies below
   */
  public FaceImage image() {
    byte[] grey = new byte[columns.length * BINS];
    for (int c = 0; c < columns.length; c++) {
      for (int bin = 0; bin < BINS; bin++) {
        grey[(BINS - 1 - bin) * columns.length + c] =
            (byte) Math.round(127.5 * (columns[c][bin] + 1));
      }
    }
    return FaceImage.ofBands(columns.length, BINS, grey, grey, grey);
  }
}
