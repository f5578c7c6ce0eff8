package org.affect4j.training.batch;

/**
 * How training crops are varied. Chances are 0 to 1; each change is drawn anew for each crop.
 *
 * @param flip chance of a mirror image
 * @param rotationDegrees largest turn to either side
 * @param scale largest relative change of size, such as .15
 * @param shear largest horizontal shift of a pixel per pixel of height
 * @param shift largest shift to either side in sides of the crop
 * @param contrast largest relative change of contrast
 * @param brightness largest change of brightness, in parts of the range from black to white
 * @param grey chance that colour is taken away
 * @param tint chance of a colour cast
 * @param lowResolution chance that the crop is shrunk to a third to three quarters of its side
 *     before it is sampled, as if the face had been small
 * @param blur chance of a blur by a binomial kernel, once or twice
 * @param noise chance of sensor noise
 * @param compression chance of losses like those of JPEG
 * @param erasing chance that a rectangle is covered
 * @param mixup parameter of the beta distribution by which pairs of one set are mixed (Zhang et al.
 *     2018, mixup, eq. 1); 0 for none
 */
public record Augmentation(
    double flip,
    double rotationDegrees,
    double scale,
    double shear,
    double shift,
    double contrast,
    double brightness,
    double grey,
    double tint,
    double lowResolution,
    double blur,
    double noise,
    double compression,
    double erasing,
    double mixup) {
  /** Checks the ranges. */
  public Augmentation {
    chance("flip", flip);
    range("rotationDegrees", rotationDegrees, 180);
    range("scale", scale, .9);
    range("shear", shear, 1);
    range("shift", shift, 1);
    range("contrast", contrast, 1);
    range("brightness", brightness, 1);
    chance("grey", grey);
    chance("tint", tint);
    chance("lowResolution", lowResolution);
    chance("blur", blur);
    chance("noise", noise);
    chance("compression", compression);
    chance("erasing", erasing);
    range("mixup", mixup, 10);
  }

  private static void chance(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is a chance from 0 to 1, got " + value);
    }
  }

  private static void range(String name, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "%s lies between 0 and %s, got %s".formatted(name, most, value));
    }
  }

  /**
   * Crops as they are, for validation.
   *
   * @return nothing is changed
   */
  public static Augmentation none() {
    return new Augmentation(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * For means over several views of a face: mirrored or not, turned, scaled, shifted and lit by as
   * little as the place of a face in its crop is uncertain.
   *
   * @return little geometry and light
   */
  public static Augmentation views() {
    return new Augmentation(.5, 6, .06, .03, .04, .1, .05, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * For short runs on few faces in colour, such as examples: little geometry, light, and half of
   * the faces in grey, so that persons are not learned by the colour of their skin and hair.
   *
   * @return geometry, light, grey and a little erasing
   */
  public static Augmentation slight() {
    return new Augmentation(.5, 8, .1, .05, .06, .3, .15, .5, 0, 0, 0, 0, 0, .2, 0);
  }

  /**
   * For small grey photos such as FER2013, which are coarse already.
   *
   * @return geometry, light and erasing
   */
  public static Augmentation coarse() {
    return new Augmentation(.5, 12, .14, .08, .08, .25, .12, 0, 0, .05, .1, .1, .05, .35, 0);
  }

  /**
   * For sharp faces in colour, rendered or photographed: they are made as coarse, grey and damaged
   * as real ones come.
   *
   * @return all changes
   */
  public static Augmentation sharp() {
    return new Augmentation(.5, 12, .14, .08, .08, .25, .12, .6, .3, .6, .2, .2, .15, .35, 0);
  }

  /**
   * The same with mixing.
   *
   * @param alpha parameter of the beta distribution, 0 for none
   * @return changed copy
   */
  public Augmentation withMixup(double alpha) {
    return changed(1, alpha);
  }

  /**
   * The same with weaker changes, for the end of a training or a network too small to learn from
   * strong ones. Mirror images and mixing stay as they are.
   *
   * @param part by which chances and ranges of all other changes are multiplied, 0 to 1
   * @return changed copy
   * @throws IllegalArgumentException if the part lies outside its range
   */
  public Augmentation weakened(double part) {
    chance("part", part);
    return changed(part, mixup);
  }

  private Augmentation changed(double part, double alpha) {
    return new Augmentation(
        flip,
        part * rotationDegrees,
        part * scale,
        part * shear,
        part * shift,
        part * contrast,
        part * brightness,
        part * grey,
        part * tint,
        part * lowResolution,
        part * blur,
        part * noise,
        part * compression,
        part * erasing,
        alpha);
  }
}
