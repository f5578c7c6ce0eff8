package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.appearance.Rgb;
import org.affect4j.synthesis.internal.common.RandomStream;

/**
 * How a face is seen: pose, light and camera.
 *
 * @param pose how the head is turned
 * @param lighting light and exposure
 * @param distanceCm from the camera to the head: 40 (a phone at arm's length) to 220 (a studio)
 */
public record View(HeadPose pose, Lighting lighting, double distanceCm) {
  /** Frontal, in even light, from a distance that distorts little. */
  public static final View EVEN = new View(HeadPose.FRONTAL, Lighting.studio(), 120);

  /**
   * Draws a view.
   *
   * @param person whose skin the exposure is set for
   * @param turn how far heads turn: 1 for a spread of 15.5 degrees in yaw, 8 in pitch, 6 in roll
   * @param plain whether to leave out harsh light and patterns
   * @param r the view's own stream
   * @return the view
   */
  public static View sample(Person person, double turn, boolean plain, RandomStream r) {
    HeadPose pose =
        new HeadPose(
            turn * r.gaussian(15.5, 35), turn * r.gaussian(8, 20), turn * r.gaussian(5.8, 15));
    double distance =
        StrictMath.exp(r.between(StrictMath.log(plain ? 70 : 42), StrictMath.log(220)));
    double azimuth =
        plain ? r.gaussian(.5, 1.1) : r.chance(.7) ? r.between(-1.5, 1.5) : r.gaussian(.4, 1);
    double elevation = plain ? r.between(.15, .8) : r.between(-.1, 1.2);
    double warm = r.gaussian(.07, .2);
    double strength = plain ? r.between(.4, 1.1) : r.between(.15, 1.5);
    Rgb key = new Rgb(StrictMath.exp(warm), 1, StrictMath.exp(-warm)).times(strength);
    double fillAzimuth = r.between(-2, 2);
    double fillStrength = plain ? r.between(.15, .45) : r.between(0, .5);
    Rgb fill =
        new Rgb(
                StrictMath.exp(r.gaussian(.08, .2)),
                StrictMath.exp(r.gaussian(.06, .2)),
                StrictMath.exp(r.gaussian(.08, .2)))
            .times(fillStrength);
    double cool = r.gaussian(.05, .15);
    double around = plain ? r.between(.35, .7) : r.between(.2, .7);
    Rgb ambient = new Rgb(StrictMath.exp(-cool), 1, StrictMath.exp(cool)).times(around);
    double light = around + .55 * strength + .3 * fillStrength;
    // A camera exposes a dark face longer, but not until it is light.
    double exposure =
        .60 / light * StrictMath.pow(.30 / Math.max(.02, person.skin().tone().mean()), .45);
    Lighting.Pattern pattern =
        plain || !r.chance(.06)
            ? Lighting.Pattern.NONE
            : r.chance(.5) ? Lighting.Pattern.BLIND : Lighting.Pattern.LEAVES;
    Lighting lighting =
        new Lighting(
            new Lighting.Lamp(
                key,
                StrictMath.sin(azimuth) * StrictMath.cos(elevation),
                StrictMath.sin(elevation),
                StrictMath.cos(azimuth) * StrictMath.cos(elevation)),
            new Lighting.Lamp(
                fill, StrictMath.sin(fillAzimuth), r.between(-.5, .6), StrictMath.cos(fillAzimuth)),
            ambient,
            r.between(-.1, .5),
            r.between(-.3, .3),
            r.between(0, .3),
            r.between(-.2, .2),
            plain ? r.between(.2, .7) : r.between(0, .9),
            r.between(.6, 1.3),
            pattern,
            exposure * StrictMath.exp(plain ? r.between(-.12, .15) : r.between(-.35, .35)));
    return new View(pose, lighting, distance);
  }
}
