package org.affect4j.synthesis.internal.render;

import static org.affect4j.synthesis.internal.render.Maths.clamp;
import static org.affect4j.synthesis.internal.render.Maths.clamp01;
import static org.affect4j.synthesis.internal.render.Maths.exp;
import static org.affect4j.synthesis.internal.render.Maths.sqrt;
import static org.affect4j.synthesis.internal.render.Maths.step;

import org.affect4j.synthesis.internal.appearance.Person;

/** Colours the skin of one face: tone, blotches, make-up, creases, lips, brows, roots of hair. */
final class SkinPainter {
  private static final float DETAIL_PIXELS_PER_CM = 11;

  private final SurfacePoint p;
  private final Creases creases;
  private final Noise noise;
  private final Person person;
  private final HairField field;
  private final float seed;
  private final float[] turn;
  private final boolean detailed;
  private final float[] skinColour;
  private final float[] hairColour;
  private final float[] browColour;
  private final float[] beardColour;
  private final float[] lipColour;

  SkinPainter(
      SurfacePoint point,
      Creases creases,
      Noise noise,
      Person person,
      HairField field,
      float[] turn,
      float pixelsPerCm) {
    this.p = point;
    this.creases = creases;
    this.noise = noise;
    this.person = person;
    this.field = field;
    this.turn = turn;
    seed = (float) person.texture();
    detailed = pixelsPerCm > DETAIL_PIXELS_PER_CM;
    skinColour = person.skin().tone().floats();
    hairColour = person.hair().colour().floats();
    browColour = person.brows().colour().floats();
    beardColour = person.beard().colour().floats();
    lipColour = person.lips().colour().floats();
  }

  void face() {
    fold();
    skin();
    if (p.lipDistance > -.14f && p.z > 7.5f) {
      lips();
    }
    if (p.y > 3.6f && p.y < 8 && p.z > 4) {
      brow();
    }
    hairRoots();
  }

  /** A bell over the square of a distance in spreads; 0 where it could not be seen. */
  private static float gauss(float d2) {
    return d2 > 12 ? 0 : exp(-d2);
  }

  /**
   * Reflectance of bare skin: its tone, times blotches and freckles from noise, redder on cheeks
   * and nose, darker about the eyes, under stubble and in creases.
   */
  void skin() {
    p.skin = true;
    Person.Skin k = person.skin();
    float ax = Math.abs(p.x);
    float b = noise.coarse(p.x * .03f + seed, p.y * .03f + p.z * .01f + seed * .7f);
    float f = noise.fine(p.x * .03f + seed * 1.3f, p.y * .03f + p.z * .01f);
    float light = 1 + (float) k.blotches() * (.5f * b + .3f * f);
    float cheeks = gauss(((ax - 3.8f) * (ax - 3.8f) + (p.y - .2f) * (p.y - .2f)) * .2f);
    float nose = gauss((p.x * p.x + (p.y - .6f) * (p.y - .6f)) * .45f);
    float red = (float) k.redness() * (cheeks + .8f * nose + .25f * b);
    float lids = 0;
    float shadow = 0;
    if (p.y > 0 && p.y < 7 && p.z > 5) {
      lids =
          (float) k.darkLids()
              * gauss((ax - 3.2f) * (ax - 3.2f) / 4.5f + (p.y - 2.7f) * (p.y - 2.7f) / .9f);
      if (k.eyeshadow() > 0) {
        shadow =
            (float) k.eyeshadow()
                * gauss((ax - 3.3f) * (ax - 3.3f) / 4 + (p.y - 4.3f) * (p.y - 4.3f) / .35f);
      }
    }
    light *= 1 - lids;
    if (k.freckles() > 0) {
      light *=
          1 - (float) k.freckles() * step(1, 2.2f, noise.fine(p.x * .11f + .3f, p.y * .11f + seed));
    }
    if (k.spots() > 0) {
      light *=
          1
              - .45f
                  * (float) k.spots()
                  * step(1.5f, 2.1f, noise.coarse(p.x * .1f + seed, p.y * .1f - seed));
    }
    p.albedo[0] = skinColour[0] * light * (1 + .30f * red) * (1 - .2f * shadow);
    p.albedo[1] = skinColour[1] * light * (1 - .22f * red) * (1 - .45f * shadow);
    p.albedo[2] = skinColour[2] * light * (1 - .14f * red - .1f * lids) * (1 - .3f * shadow);
    if (p.y < 1 && p.material == Triangles.FACE) {
      float beard = HairField.beardAt(person.beard(), noise, seed, p.x, p.y, p.z, p.lipDistance);
      if (beard > 0) {
        p.mix(beardColour, beard * .92f);
      }
    }
    float dark = Math.min(p.crease, 1);
    p.albedo[0] *= 1 - .22f * dark;
    p.albedo[1] *= 1 - .32f * dark;
    p.albedo[2] *= 1 - .32f * dark;
    // Forehead, nose and chin are oilier than the cheeks.
    p.surface(
        (float) k.shine() * (.6f + .8f * gauss(p.x * p.x / 3) * step(-2, 3, p.y)),
        (float) k.gloss());
  }

  /** Bends the normal along painted creases, and along pores where the picture can show them. */
  private void fold() {
    creases.read(p);
    float gx = creases.slopeX;
    float gy = creases.slopeY;
    if (detailed) {
      float pores = .0035f * (float) person.skin().pores();
      float k = .06f;
      float e = .02f;
      float h = noise.fine(p.x * k + seed, (p.y + .5f * p.z) * k);
      gx += pores * (noise.fine((p.x + e) * k + seed, (p.y + .5f * p.z) * k) - h) / e;
      gy += pores * (noise.fine(p.x * k + seed, (p.y + e + .5f * p.z) * k) - h) / e;
    }
    if (gx == 0 && gy == 0) {
      return;
    }
    gx = clamp(gx, -1.2f, 1.2f);
    gy = clamp(gy, -1.2f, 1.2f);
    // The slope lies in the plane of the neutral face; turned with the head, made tangential.
    float tx = turn[0] * gx + turn[1] * gy;
    float ty = turn[3] * gx + turn[4] * gy;
    float tz = turn[6] * gx + turn[7] * gy;
    float d = tx * p.nx + ty * p.ny + tz * p.nz;
    p.nx -= tx - d * p.nx;
    p.ny -= ty - d * p.ny;
    p.nz -= tz - d * p.nz;
    float k = 1 / sqrt(p.nx * p.nx + p.ny * p.ny + p.nz * p.nz);
    p.nx *= k;
    p.ny *= k;
    p.nz *= k;
  }

  private void lips() {
    Person.Lips l = person.lips();
    float share = step(-.11f, .10f, p.lipDistance + (float) l.border()) * (float) l.strength();
    float v = 1 + .10f * noise.fine(p.x * .2f + seed, p.y * .05f);
    p.mix(lipColour, v, share);
    p.shine += share * ((float) l.shine() - p.shine);
    p.gloss += share * (30 - p.gloss);
  }

  /**
   * A brow is an arc over its length u, 0 at the nose to 1: thick at a quarter, thin at the end.
   * Hairs are noise drawn out along the way they grow.
   */
  private void brow() {
    Person.Brows b = person.brows();
    float ax = Math.abs(p.x);
    float u = (ax - (float) b.inner()) / (float) (b.outer() - b.inner());
    if (u < -.15f || u > 1.15f) {
      return;
    }
    float q = (u - .62f) / .62f;
    float middle =
        (float) b.height()
            + (float) b.arch() * (1 - q * q)
            - (float) b.tail() * step(.6f, 1.05f, u);
    float thickness =
        (float) b.thickness()
            * (.55f + .45f * step(-.05f, .25f, u))
            * (1 - .75f * step(.55f, 1.08f, u));
    float d = (p.y - middle) / thickness;
    float inside = step(1.2f, .45f, Math.abs(d)) * step(-.10f, .10f, u) * step(1.10f, .95f, u);
    if (inside <= 0) {
      return;
    }
    float side = p.x > 0 ? 1 : -1;
    float hairs =
        noise.fine(
            side * ax * .11f - (p.y - middle) * .12f * side * (1 - u),
            p.y * .09f + ax * .03f + seed);
    float share = clamp01(inside * (float) b.density() * (1 + .38f * hairs));
    p.mix(browColour, share);
    p.shine *= 1 - .7f * share;
  }

  /** Hair that is too short or too sparse for shells still colours the skin. */
  void hairRoots() {
    if (!field.any || p.y < -9) {
      return;
    }
    float h = field.hairAt(p.x, p.y, p.z);
    if (h < -1.2f) {
      return;
    }
    float ragged =
        field.roughness
            * (.7f * noise.fine(p.x * .1f + seed, p.z * .03f + p.y * .02f)
                + .5f * noise.coarse(p.x * .1f + seed, p.y * .05f));
    float share = step(-.35f, .45f, h + ragged) * .94f;
    if (share > 0) {
      float v = .75f + .15f * noise.fine(p.x * .1f, (p.y + p.z) * .02f + seed);
      p.mix(hairColour, v, share);
      p.shine *= 1 - .8f * share;
      p.wrap[0] *= 1 - share;
    }
  }
}
