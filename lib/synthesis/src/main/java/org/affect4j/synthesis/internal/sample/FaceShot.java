package org.affect4j.synthesis.internal.sample;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.BiConsumer;
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
    return aligned(
        worker,
        renderer,
        person,
        shape,
        view,
        size,
        random,
        Optional.empty(),
        (canvas, seen) -> {});
  }

  /**
   * Takes a crop as the behaviour network sees it, one frame of a clip.
   *
   * @param worker working memory of this thread alone
   * @param renderer draws the face
   * @param person whose it is
   * @param shape what it shows
   * @param view how it is seen
   * @param size side of the crop in pixels
   * @param random the frame's own stream: errors of the alignment, resolution, blur, noise and
   *     compression
   * @param lasting the stream, begun anew, of what stays the same in all frames of a clip:
   *     backdrop, exposure and colours; empty if nothing does
   * @param cover paints over the face before the picture is developed
   * @return the crop and its truth
   */
  public static FaceShot aligned(
      Studio.Worker worker,
      FaceRenderer renderer,
      Person person,
      FaceShape shape,
      View view,
      int size,
      RandomStream random,
      Optional<RandomStream> lasting,
      BiConsumer<Canvas, RenderedFace> cover) {
    RandomStream same = lasting.orElse(random);
    // A low resolution is drawn as such and enlarged.
    boolean coarse = random.chance(COARSE_CHANCE);
    int drawn =
        coarse ? Math.max(LEAST_SIZE, (int) (size * random.between(LEAST_SCALE, .9))) : size;
    drawn = Math.min(size, drawn);
    Canvas canvas = new Canvas(drawn, drawn);
    Backdrop.paint(canvas, same.branch());
    double[] jitter = new double[10];
    for (int i = 0; i < jitter.length; i++) {
      jitter[i] = random.gaussian(JITTER, 2);
    }
    double k = (double) drawn / size;
    RenderedFace face =
        renderer.render(canvas, person, shape, view, Placement.aligned(size, jitter).resized(k));
    cover.accept(canvas, face);
    worker
        .photograph()
        .develop(canvas, gain(person, face.brightness()) * StrictMath.exp(same.gaussian(.14, .35)));
    if (coarse) {
      worker.photograph().enlarge(size, size, random.chance(.5));
    }
    RandomStream damage = random.branch();
    worker.photograph().degrade(damage, lasting.orElse(damage));
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
