package org.affect4j.synthesis.internal.render;

import static org.affect4j.synthesis.internal.render.Maths.exp;
import static org.affect4j.synthesis.internal.render.Maths.sqrt;
import static org.affect4j.synthesis.internal.render.Maths.step;

import java.util.Optional;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.appearance.Rgb;

/**
 * Colours what shows through lids and lips: eyes, sockets, gums and teeth. Light falls off
 * exponentially with the depth behind the lips, since no shadow is cast in there.
 */
final class OpeningPainter {
  /** How much darker than the lips the line between them is. */
  private static final double SEAM = .55;

  private final SurfacePoint p;
  private final HeadMesh mesh;
  private final Person.Eyes eyes;
  private final float seed;
  private final float pixelsPerCm;
  private final float[] skinColour;
  private final float[] irisColour;

  /** What is seen between lips that are sealed, if they are. */
  private final Optional<float[]> seam;

  OpeningPainter(
      SurfacePoint point, HeadMesh mesh, Person person, boolean sealed, float pixelsPerCm) {
    this.p = point;
    this.mesh = mesh;
    this.pixelsPerCm = pixelsPerCm;
    eyes = person.eyes();
    seed = (float) person.texture();
    skinColour = person.skin().tone().floats();
    irisColour = eyes.iris().floats();
    Person.Lips lips = person.lips();
    Rgb red = person.skin().tone().mixed(lips.colour(), lips.strength());
    seam = sealed ? Optional.of(red.times(SEAM).floats()) : Optional.empty();
  }

  void mouthSocket() {
    if (seam.isPresent()) {
      p.paint(seam.get()[0], seam.get()[1], seam.get()[2]);
      p.open = 1;
      return;
    }
    p.paint(.26f, .06f, .055f);
    p.open *= exp(-.75f * Math.max(10.7f - p.z, 0));
    p.surface(.1f, 30);
  }

  void gums() {
    p.paint(.40f, .13f, .12f);
    p.open *= exp(-.42f * Math.max(10.8f - p.z, 0));
    p.surface(.15f, 40);
  }

  void teeth() {
    float t = (float) eyes.teeth();
    p.paint(.62f * t, .585f * t, .51f * t * (float) eyes.teethWhite());
    p.open *= exp(-.30f * Math.max(10.9f - p.z, 0));
    p.surface(.2f, 40);
  }

  void eyeSocket() {
    p.paint(.7f * skinColour[0], .42f * skinColour[1], .42f * skinColour[2]);
    p.open *= .6f;
  }

  /**
   * Rings about the axis of the eyeball by the angle to it: pupil, iris with fibres and a dark
   * edge, white with veins toward the corners.
   */
  void eye(Triangles s, VisibilityBuffer seen, int sample) {
    Person.Eyes e = eyes;
    int centre = p.material == Triangles.EYE_LEFT ? 0 : 3;
    float dx = p.x - mesh.eyeCentres[centre];
    float dy = p.y - mesh.eyeCentres[centre + 1];
    float dz = p.z - (mesh.eyeCentres[centre + 2] - .15f);
    float angle = Maths.atan2(sqrt(dx * dx + dy * dy), dz);
    float iris = (float) e.irisAngle();
    float pupil = (float) e.pupilAngle();
    float inIris = step(iris + .04f, iris - .04f, angle);
    float inPupil = step(pupil + .03f, pupil - .03f, angle);
    float limbus = step(iris - .12f, iris, angle);
    float around = Maths.atan2(dy, dx);
    float fibres =
        1
            + .22f * mesh.noise.fine(around * .35f + seed, angle * .2f)
            + .35f * step(pupil + .18f, pupil, angle);
    float rim = (float) e.veins() * step(.45f, 1, angle);
    float white = (float) e.white();
    for (int c = 0; c < 3; c++) {
      float irisHere = 1.5f * irisColour[c] * fibres * (1 - .65f * limbus);
      // The sclera is a little yellow, and redder toward the corners.
      float sclera = white * (1 - .04f * c) * (1 - (c == 0 ? .05f : .25f) * rim);
      float v = sclera + inIris * (irisHere - sclera);
      p.albedo[c] = v + inPupil * (.004f - v);
    }
    p.surface(.45f, 90);
    p.wrapAll(.3f);
    // The cornea is wet and round: depth in the picture hardly darkens it.
    p.open = .45f + .55f * Math.min(1, p.open);
    // Lids shade the eyeball: look for the lid above and below in the picture.
    float perSample = 1 / (2 * pixelsPerCm);
    int up = distanceToLid(s, seen, sample, -seen.width, (int) (.45f / perSample) + 2);
    p.open *= .55f + .45f * step(-.05f, .36f, up * perSample);
    int down = distanceToLid(s, seen, sample, seen.width, (int) (.16f / perSample) + 2);
    p.open *= .8f + .2f * step(0, .15f, down * perSample);
  }

  /** Samples between a sample of an eye and the lid above or below it in the picture. */
  private static int distanceToLid(
      Triangles s, VisibilityBuffer seen, int sample, int by, int most) {
    int steps = 0;
    int end = seen.width * seen.height;
    for (int o = sample + by; steps < most && o >= 0 && o < end; o += by, steps++) {
      int t = seen.triangle[o];
      if (t < 0 || !isEye(s.material[t])) {
        break;
      }
    }
    return steps;
  }

  static boolean isEye(byte m) {
    return m == Triangles.EYE_LEFT || m == Triangles.EYE_RIGHT;
  }
}
