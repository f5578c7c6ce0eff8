package org.affect4j.synthesis.internal.clip;

import java.util.List;

/**
 * A hum that is as loud as the jaw is open: no words, but one hears who speaks. Harmonics of a
 * wandering pitch, louder near three resonances, of which the lowest rises with the jaw.
 */
final class Voice {
  /** Samples a second. */
  static final int RATE = 24_000;

  private static final int HARMONICS = 24;
  private static final double LOUDNESS = .22;

  /** Hertz, and how wide a resonance is in Hertz. */
  private static final double[][] RESONANCES = {{450, 140}, {1150, 220}, {2500, 400}};

  private static final double[] STRENGTHS = {1, .5, .2};

  private Voice() {}

  /**
   * Makes the sound of one person.
   *
   * @param hertz pitch
   * @param jaw how far the jaw is open in each frame, 0 to 1
   * @param framesPerSecond of the frames
   * @return one channel, -1 to 1
   */
  static float[] of(double hertz, List<Double> jaw, double framesPerSecond) {
    float[] sound = new float[(int) Math.round(jaw.size() / framesPerSecond * RATE)];
    double phase = 0;
    for (int i = 0; i < sound.length; i++) {
      double t = (double) i / RATE;
      double open = between(jaw, t * framesPerSecond);
      phase +=
          hertz
              * (1
                  + .07 * StrictMath.sin(2 * StrictMath.PI * .45 * t)
                  + .04 * StrictMath.sin(2 * StrictMath.PI * 1.7 * t)
                  + .1 * open)
              / RATE;
      if (open > 0) {
        double sum = 0;
        for (int h = 1; h <= HARMONICS; h++) {
          sum +=
              resonance(h * hertz, open) / h * StrictMath.sin(2 * StrictMath.PI * h * (phase % 1));
        }
        sound[i] = (float) (LOUDNESS * StrictMath.sqrt(open) * sum);
      }
    }
    return sound;
  }

  private static double between(List<Double> values, double place) {
    int i = (int) place;
    double here = values.get(Math.min(values.size() - 1, i));
    double there = values.get(Math.min(values.size() - 1, i + 1));
    return here + (place - i) * (there - here);
  }

  private static double resonance(double hertz, double open) {
    double sum = .05;
    for (int k = 0; k < RESONANCES.length; k++) {
      double middle = RESONANCES[k][0] + (k == 0 ? 350 * open : 0);
      double off = (hertz - middle) / RESONANCES[k][1];
      sum += STRENGTHS[k] / (1 + off * off);
    }
    return sum;
  }
}
