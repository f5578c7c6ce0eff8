package org.affect4j.synthesis.render;

import org.affect4j.synthesis.appearance.Rgb;

/**
 * Light on a scene: a key light with shadow, a fill light without, and light from everywhere as
 * spherical harmonics up to the second order, all in camera directions (x right, y up, z to the
 * camera).
 *
 * @param key colour and strength of the key light
 * @param keyX direction to the key light
 * @param keyY direction to the key light
 * @param keyZ direction to the key light
 * @param fill colour and strength of the fill light
 * @param fillX direction to the fill light
 * @param fillY direction to the fill light
 * @param fillZ direction to the fill light
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
    Rgb key,
    double keyX,
    double keyY,
    double keyZ,
    Rgb fill,
    double fillX,
    double fillY,
    double fillZ,
    Rgb ambient,
    double sky,
    double side,
    double front,
    double rim,
    double shadow,
    double occlusion,
    Pattern pattern,
    double exposure) {

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
    return new Lighting(
        new Rgb(.80, .78, .76),
        .45,
        .55,
        1,
        new Rgb(.30, .31, .33),
        -.8,
        .1,
        .7,
        new Rgb(.40, .40, .41),
        .25,
        0,
        .2,
        0,
        .6,
        1,
        Pattern.NONE,
        1);
  }

  /**
   * Returns this light at another exposure.
   *
   * @param newExposure factor of the camera, positive
   * @return the changed light
   */
  public Lighting exposed(double newExposure) {
    return new Lighting(
        key,
        keyX,
        keyY,
        keyZ,
        fill,
        fillX,
        fillY,
        fillZ,
        ambient,
        sky,
        side,
        front,
        rim,
        shadow,
        occlusion,
        pattern,
        newExposure);
  }
}
