package org.affect4j.synthesis.sample;

import org.affect4j.synthesis.appearance.Person;
import org.affect4j.synthesis.appearance.Rgb;
import org.affect4j.synthesis.facs.FaceShape;
import org.affect4j.synthesis.render.Canvas;
import org.affect4j.synthesis.render.HeadPose;
import org.affect4j.synthesis.render.Lighting;
import org.affect4j.synthesis.render.Pixels;
import org.affect4j.synthesis.render.Placement;
import org.affect4j.synthesis.render.RenderedFace;

/**
 * An undamaged picture on a plain ground, to look at.
 *
 * @param pixels the picture
 * @param face the exact truth in pixels of the picture
 */
record PlainShot(Pixels pixels, RenderedFace face) {
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
    RenderedFace face =
        worker.renderer.render(
            canvas, person, shape, view.pose(), view.lighting(), view.distanceCm(), placement);
    worker.photograph.develop(canvas, AlignedShot.gain(person, face.brightness()));
    return new PlainShot(worker.photograph.finish(), face);
  }
}
