package org.affect4j.synthesis.internal.sample;

import java.awt.image.BufferedImage;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.appearance.Rgb;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.HeadPose;
import org.affect4j.synthesis.internal.render.Lighting;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * An undamaged picture on a plain ground, to look at.
 *
 * @param pixels the picture
 * @param face the exact truth in pixels of the picture
 */
record PlainShot(BufferedImage pixels, RenderedFace face) {
  /** Frontal, in even light. */
  static final View EVEN = new View(HeadPose.FRONTAL, Lighting.studio(), 120);

  private static final Rgb GROUND = new Rgb(.30, .32, .35);

  static PlainShot take(
      Studio.Worker worker,
      Person person,
      FaceShape shape,
      View view,
      Canvas canvas,
      Placement placement) {
    canvas.fill(GROUND);
    RenderedFace face = worker.renderer.render(canvas, person, shape, view, placement);
    worker.photograph.develop(canvas, AlignedShot.gain(person, face.brightness()));
    return new PlainShot(worker.photograph.finish(), face);
  }
}
