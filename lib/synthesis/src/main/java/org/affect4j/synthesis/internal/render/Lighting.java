package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Rgb;

/**
 * Light on a scene: a key light with shadow, a fill light without, and light from everywhere as
 * spherical harmonics up to the second order, all in camera directions (x right, y up, z to the
 * camera).
 *
 * @param key the key light
 * @param fill the fill light
 * @param ambient colour and strength of light from everywhere
 * @param sky share of the ambient light that comes from above, -1 to 1
 * @param side share that comes from the right, -1 to 1
 * @param front share that comes from the camera, -1 to 1
 * @param rim share that comes from the horizon all round rather than from above and below, -.5 to
 *     .5
 * @param shadow how much of the key light a shadow takes, 0 to 1
 * @param occlusion strength of the darkening in folds, about .5 to 1.5
 * @param pattern pattern that something before the key light throws
 * @param exposure factor of the camera, positive
 */
public record Lighting(
    Lamp key,
    Lamp fill,
    Rgb ambient,
    double sky,
    double side,
    double front,
    double rim,
    double shadow,
    double occlusion,
    Pattern pattern,
    double exposure) {
  /**
   * A distant lamp.
   *
   * @param colour colour and strength
   * @param x direction to the lamp, of any length
   * @param y direction to the lamp
   * @param z direction to the lamp
   */
  public record Lamp(Rgb colour, double x, double y, double z) {
    private Lamp times(double factor) {
      return new Lamp(colour.times(factor), x, y, z);
    }
  }

  /** What stands before the key light. */
  public enum Pattern {
    /** Nothing. */
    NONE,
    /** A window blind. */
    BLIND,
    /** Leaves. */
    LEAVES
  }

  /**
   * Returns even light from the upper front, as in a passport photo booth.
   *
   * @return studio light
   */
  public static Lighting studio() {
    Lamp key = new Lamp(new Rgb(.80, .78, .76), .45, .55, 1);
    Lamp fill = new Lamp(new Rgb(.30, .31, .33), -.8, .1, .7);
    Rgb ambient = new Rgb(.40, .40, .41);
    return new Lighting(key, fill, ambient, .25, 0, .2, 0, .6, 1, Pattern.NONE, 1);
  }

  /**
   * Returns the same light with other lamps; what comes from everywhere stays.
   *
   * @param factor of both lamps, 0 (off) to 1 (as they are)
   * @return dimmed light
   */
  public Lighting dimmed(double factor) {
    return new Lighting(
        key.times(factor),
        fill.times(factor),
        ambient,
        sky,
        side,
        front,
        rim,
        shadow,
        occlusion,
        pattern,
        exposure);
  }
}
