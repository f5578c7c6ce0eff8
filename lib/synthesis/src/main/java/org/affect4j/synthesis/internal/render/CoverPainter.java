package org.affect4j.synthesis.internal.render;

import static org.affect4j.synthesis.internal.render.Maths.clamp;
import static org.affect4j.synthesis.internal.render.Maths.step;

import org.affect4j.synthesis.internal.appearance.Person;

/** Colours what covers one head: hair, beard, scarf, glasses and clothes. */
final class CoverPainter {
  private static final float CLOTH_TOP_Y = -9.5f;

  private final SurfacePoint p;
  private final Noise noise;
  private final HairField field;
  private final float seed;
  private final float[] hairColour;
  private final float[] beardColour;
  private final float[] clothColour;
  private final float[] secondColour;
  private final float[] frameColour;

  CoverPainter(SurfacePoint point, Noise noise, Person person, HairField field) {
    this.p = point;
    this.noise = noise;
    this.field = field;
    seed = (float) person.texture();
    hairColour = person.hair().colour().floats();
    beardColour = person.beard().colour().floats();
    clothColour = field.clothes.colour().floats();
    secondColour = field.clothes.second().floats();
    frameColour = person.glasses().colour().floats();
  }

  /** Whether a point of the neutral bust lies under clothes. */
  boolean clothed() {
    return p.y < CLOTH_TOP_Y && p.y < clothEdge(field.clothes, p.x, p.z);
  }

  /** Height above which clothes leave the skin bare, on the neutral bust; below CLOTH_TOP_Y. */
  static float clothEdge(Person.Clothes clothes, float x, float z) {
    float front = step(-2, 3, z);
    float ax = Math.abs(x);
    float cut = clothes.vShaped() ? Math.max(0, 1 - ax / 5.5f) : Math.max(0, 1 - ax * ax / 45);
    return -10.6f - (float) clothes.neckline() * front * cut + (1 - front);
  }

  void hairStrands() {
    p.strands = true;
    float n =
        field.curl > .7f
            ? .7f * noise.coarse(p.x * .11f + field.texture, (p.y * .8f + p.z * .7f) * .11f)
            : noise.fine(p.across * .5f + field.texture, p.along * .005f);
    float lock = noise.coarse(p.across * .12f + .5f, p.along * .006f + field.texture);
    float v = (.6f + .45f * p.layer) * (1 + .18f * n + .14f * lock);
    v = Math.max(.15f, v);
    p.paint(hairColour, v);
    p.shine = (.10f + .5f * (hairColour[0] + hairColour[1] + hairColour[2]) / 3) * (1 + .4f * n);
    p.shine = Math.max(0, p.shine * (1 - .75f * field.curl));
    p.gloss = 60;
    p.wrapAll(.25f);
    if (field.curl >= .5f) {
      bump(.35f * field.curl);
    }
  }

  private void bump(float amount) {
    float bx = noise.coarse(p.x * .09f + seed, (p.y + p.z) * .09f);
    float by = noise.coarse(p.x * .09f + seed + .5f, (p.y + p.z) * .09f + .3f);
    p.bend(amount * bx, amount * by);
  }

  void beardStrands() {
    p.strands = true;
    float n = field.strandsOfBeard(p.x, p.y, p.z);
    float v = Math.max(.2f, (.6f + .4f * p.layer) * (1 + .25f * n));
    p.paint(beardColour, v);
    p.surface(.08f, 40);
    p.wrapAll(.2f);
  }

  void cloth() {
    p.skin = false;
    float weave = 1 + .05f * noise.fine(p.x * .09f, p.y * .09f + p.z * .05f);
    float folds = noise.coarse(p.x * .006f + seed, (p.y + .3f * p.z) * .006f);
    float v = weave * (1 + .10f * folds);
    Person.Clothes k = field.clothes;
    float[] base = clothColour;
    if (k.stripes() > 0) {
      float turns = p.y * (float) k.stripes();
      base = turns - Maths.floor(turns) < .45f ? secondColour : clothColour;
    }
    float edge = clothEdge(k, p.x, p.z) - p.y;
    if (k.collar() && edge < 1.6f || !k.collar() && edge < .45f) {
      base = k.collar() ? secondColour : base;
      v *= edge < .12f ? .55f : k.collar() ? 1 : .85f;
    }
    p.paint(base, v);
    p.bend(.18f * folds, .15f * noise.coarse(p.x * .006f + seed + .4f, p.y * .006f));
    p.surface(.02f, 8);
    p.wrapAll(.1f);
    // Depth differences of a body are no folds.
    p.open = clamp(p.open, .45f, 1.05f);
  }

  void scarf() {
    float folds = noise.coarse(p.x * .010f + seed, (p.y + p.z) * .022f + seed);
    float v = (1 + .05f * noise.fine(p.x * .1f, p.y * .1f)) * (1 + .10f * folds);
    p.paint(hairColour, v);
    float rim = field.scarfAt(p.x, p.y, p.z);
    if (rim < .25f) {
      p.open *= .75f;
    }
    p.bend(.22f * folds, .22f * noise.coarse(p.x * .010f + seed + .5f, (p.y + p.z) * .022f));
    p.surface(.03f, 8);
    p.wrapAll(.15f);
    p.open = clamp(p.open, .4f, 1.05f);
  }

  void frame() {
    p.paint(frameColour, 1);
    p.surface(.35f, 40);
    p.open = 1;
  }

  void lens() {
    p.paint(.01f, .01f, .012f);
    p.surface(.5f, 90);
    p.open = 1;
  }
}
