package org.affect4j.training.scene;

/**
 * What scenes look like. Sizes of faces are {@code sqrt(width * height)} of the box.
 *
 * @param side side of a scene in pixels, 64 or more
 * @param smallest least size of a face that is put in, in pixels, positive
 * @param largest largest size in scenes with few faces, in pixels
 * @param withoutFaces chance of a scene without a face, 0 to 1
 * @param crowds chance of a scene with many small faces, 0 to 1
 * @param lookalikes whether things that resemble faces are put in
 * @param closeUps chance of a scene with one face of .6 to 1.4 times its side, turned by up to 60
 *     degrees and often in a mask, in glasses or behind a hand, 0 to 1
 * @param textures chance that a background is a drawn texture, 0 to 1
 */
public record SceneOptions(
    int side,
    double smallest,
    double largest,
    double withoutFaces,
    double crowds,
    boolean lookalikes,
    double closeUps,
    double textures) {
  private static final int LEAST_SIDE = 64;

  /** Checks the ranges. */
  public SceneOptions {
    if (side < LEAST_SIDE || !(smallest > 0) || !(largest > smallest)) {
      throw new IllegalArgumentException(
          "scenes have %d pixels a side or more and faces between two positive sizes, got side %d, faces %s to %s"
              .formatted(LEAST_SIDE, side, smallest, largest));
    }
    if (!(withoutFaces >= 0 && crowds >= 0 && closeUps >= 0 && textures >= 0)
        || withoutFaces + crowds + closeUps > 1
        || textures > 1) {
      throw new IllegalArgumentException(
          "chances lie between 0 and 1, those of kinds of scenes together too, got %s without faces, %s of crowds, %s of close-ups, %s of textures"
              .formatted(withoutFaces, crowds, closeUps, textures));
    }
  }

  /**
   * Scenes without close-ups and drawn textures.
   *
   * @param side side of a scene in pixels, 64 or more
   * @param smallest least size of a face that is put in, in pixels, positive
   * @param largest largest size in scenes with few faces, in pixels
   * @param withoutFaces chance of a scene without a face, 0 to 1
   * @param crowds chance of a scene with many small faces, 0 to 1
   * @param lookalikes whether things that resemble faces are put in
   */
  public SceneOptions(
      int side,
      double smallest,
      double largest,
      double withoutFaces,
      double crowds,
      boolean lookalikes) {
    this(side, smallest, largest, withoutFaces, crowds, lookalikes, 0, 0);
  }

  /**
   * Scenes to train with: faces of 12 to 300 pixels, 15 % without a face, 14 % crowds.
   *
   * @param side side of a scene in pixels
   * @return the options; in scenes smaller than 320 pixels the largest face shrinks with them
   */
  public static SceneOptions training(int side) {
    return new SceneOptions(side, 12, Math.min(300, side * 300 / 320.0), .15, .14, true);
  }

  /**
   * Scenes of the same kind with other small faces.
   *
   * @param smallest least size of a face, in pixels
   * @param crowds chance of a scene with many small faces
   * @return the options
   */
  public SceneOptions withSmallFaces(double smallest, double crowds) {
    return new SceneOptions(
        side, smallest, largest, withoutFaces, crowds, lookalikes, closeUps, textures);
  }

  /**
   * Scenes of the same kind with close-ups and textures among them.
   *
   * @param closeUps chance of a scene with one face that fills it
   * @param textures chance that a background is a drawn texture
   * @return the options
   */
  public SceneOptions withCloseUps(double closeUps, double textures) {
    return new SceneOptions(
        side, smallest, largest, withoutFaces, crowds, lookalikes, closeUps, textures);
  }

  /**
   * Scenes of the same kind without any face.
   *
   * @param withLookalikes whether scrambled faces, hands and single parts are put in
   * @return the options
   */
  public SceneOptions faceless(boolean withLookalikes) {
    return new SceneOptions(side, smallest, largest, 1, 0, withLookalikes, 0, textures);
  }
}
