package org.affect4j.synthesis.internal.sample;

import java.awt.image.BufferedImage;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.appearance.Rgb;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.FaceRenderer;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * A picture of one face.
 *
 * @param pixels the picture
 * @param face the exact truth in pixels of the picture
 */
public record FaceShot(BufferedImage pixels, RenderedFace face) {
  private static final Rgb GROUND = new Rgb(.30, .32, .35);

  /** Spread of a detector's landmarks in pixels of a 112 crop. */
  private static final double JITTER = .55;

  private static final double COARSE_CHANCE = .35;
  private static final double LEAST_SCALE = .36;
  private static final int LEAST_SIZE = 8;

  /**
   * Takes a crop as the behaviour network sees it: aligned with a detector's small errors, then
   * damaged as pictures are damaged.
   */
  static FaceShot aligned(
      Studio.Worker worker,
      FaceRenderer renderer,
      Person person,
      FaceShape shape,
      View view,
      int size,
      RandomStream random) {
    // A low resolution is drawn as such and enlarged.
    boolean coarse = random.chance(COARSE_CHANCE);
    int drawn =
        coarse ? Math.max(LEAST_SIZE, (int) (size * random.between(LEAST_SCALE, .9))) : size;
    drawn = Math.min(size, drawn);
    Canvas canvas = new Canvas(drawn, drawn);
    Backdrop.paint(canvas, random.branch());
    double[] jitter = new double[10];
    for (int i = 0; i < jitter.length; i++) {
      jitter[i] = random.gaussian(JITTER, 2);
    }
    double k = (double) drawn / size;
    RenderedFace face =
        renderer.render(canvas, person, shape, view, Placement.aligned(size, jitter).resized(k));
    worker
        .photograph()
        .develop(
            canvas, gain(person, face.brightness()) * StrictMath.exp(random.gaussian(.14, .35)));
    if (coarse) {
      worker.photograph().enlarge(size, size, random.chance(.5));
    }
    worker.photograph().degrade(random.branch());
    return new FaceShot(worker.photograph().finish(), face.resized(1 / k));
  }

  /** Takes an undamaged picture on a plain ground, to look at. */
  static FaceShot plain(
      Studio.Worker worker,
      Person person,
      FaceShape shape,
      View view,
      Canvas canvas,
      Placement placement) {
    canvas.fill(GROUND);
    RenderedFace face = worker.renderer().render(canvas, person, shape, view, placement);
    worker.photograph().develop(canvas, gain(person, face.brightness()));
    return new FaceShot(worker.photograph().finish(), face);
  }

  /**
   * Returns the exposure correction toward what cameras give a skin; most of the way, as they do.
   *
   * @param person whose skin it is
   * @param brightness mean linear light of its pixels
   * @return .4 to 2.5
   */
  public static double gain(Person person, double brightness) {
    if (brightness <= 0) {
      return 1;
    }
    double wanted = .06 + .46 * StrictMath.pow(person.skin().tone().mean(), .8);
    return Math.max(.4, Math.min(2.5, StrictMath.pow(wanted / brightness, .8)));
  }
}
