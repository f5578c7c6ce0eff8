package org.affect4j.training.scene;

import java.util.SplittableRandom;

/**
 * How the values of a picture become those of a scene: a table for each channel (blue, green, red)
 * within an ellipse and one outside of it, so that a grey face can get skin and a grey background.
 */
final class Paint {
  private static final double WHITE = 255;

  private final boolean toGrey;
  private final byte[][] inside;
  private final byte[][] outside;

  private Paint(boolean toGrey, byte[][] inside, byte[][] outside) {
    this.toGrey = toGrey;
    this.inside = inside;
    this.outside = outside;
  }

  /** Leaves all values as they are. */
  static Paint plain(boolean toGrey) {
    byte[][] same = tables((channel, v) -> v);
    return new Paint(toGrey, same, same);
  }

  /** Multiplies each channel. */
  static Paint gains(boolean toGrey, double blue, double green, double red) {
    double[] gain = {blue, green, red};
    byte[][] all = tables((channel, v) -> v * gain[channel]);
    return new Paint(toGrey, all, all);
  }

  /**
   * Draws light and contrast, and colours for a grey picture.
   *
   * @param toGrey whether colour is taken away
   * @param colourise whether a grey picture gets the colours of skin within its ellipse
   * @param strength 0 to leave the light as it is, 1 to vary it much
   */
  static Paint draw(SplittableRandom random, boolean toGrey, boolean colourise, double strength) {
    double gamma = Math.exp(random.nextGaussian() * .3 * strength);
    double contrast = Math.exp(random.nextGaussian() * .2 * strength);
    double lift = random.nextGaussian() * .08 * strength;
    double cast = toGrey ? 0 : .06 * strength;
    double[] gain = new double[3];
    for (int c = 0; c < 3; c++) {
      gain[c] = Math.exp(random.nextGaussian() * cast);
    }
    Curve light =
        (channel, v) ->
            (((Math.pow(v / WHITE, gamma) - .5) * contrast + .5 + lift) * WHITE) * gain[channel];
    if (!colourise || toGrey) {
      byte[][] all = tables(light);
      return new Paint(toGrey, all, all);
    }
    double[] skin = tint(random);
    double bright = random.nextDouble(.85, 1.1);
    double spread = new double[] {.05, .15, .35}[random.nextInt(3)];
    double[] other = new double[3];
    for (int c = 0; c < 3; c++) {
      skin[c] *= bright;
      other[c] = 1 + random.nextGaussian() * spread;
    }
    return new Paint(false, tables(tinted(light, skin)), tables(tinted(light, other)));
  }

  /** Dark pixels (hair, pupils) stay near neutral. */
  private static Curve tinted(Curve light, double[] colour) {
    return (channel, v) -> {
      double k = colour[channel];
      double dark = Math.min(1, v / 90);
      return light.at(channel, v * (k * dark + (1 - dark) * (.5 + .5 * k)));
    };
  }

  /** Multipliers of blue, green and red that turn grey skin into a plausible tone. */
  static double[] tint(SplittableRandom random) {
    double red = random.nextDouble(1, 1.32);
    double blue = random.nextDouble(.55, .95);
    return new double[] {blue, .35 * red + .6 * blue + random.nextDouble(-.04, .06), red};
  }

  private interface Curve {
    double at(int channel, double v);
  }

  private static byte[][] tables(Curve curve) {
    byte[][] tables = new byte[3][256];
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < 256; v++) {
        double value = Math.max(0, Math.min(WHITE, curve.at(c, v)));
        tables[c][v] = (byte) (int) (value + .5);
      }
    }
    return tables;
  }

  boolean toGrey() {
    return toGrey;
  }

  /** Tells whether the ellipse matters. */
  boolean isUneven() {
    return inside != outside;
  }

  int inside(int channel, int value) {
    return inside[channel][value] & 255;
  }

  int outside(int channel, int value) {
    return outside[channel][value] & 255;
  }
}
