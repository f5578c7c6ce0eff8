package org.affect4j.synthesis.internal.render;

import static org.affect4j.synthesis.internal.render.Maths.clamp01;
import static org.affect4j.synthesis.internal.render.Maths.pow;
import static org.affect4j.synthesis.internal.render.Maths.sqrt;
import static org.affect4j.synthesis.internal.render.Maths.step;

/** Lights visible points of one face: key light with shadow, fill light, light from everywhere. */
final class Lamps {
  private static final float BRIGHTEST = 2.5f;

  private final SurfacePoint p;
  private final Noise noise;
  private final Lighting lighting;
  private final float seed;
  private final float cameraDistance;
  private final float[] turn;
  private final float shadowDepth;
  private final float exposure;
  private final float sky;
  private final float side;
  private final float front;
  private final float rim;
  final float[] key;
  private final float[] keyColour;
  private final float[] fill;
  private final float[] fillColour;
  private final float[] ambientColour;
  // Of the point at hand: the way to the camera, and the way that strands run.
  private float vx;
  private float vy;
  private float vz;
  private float strandX;
  private float strandY;
  private float strandZ;
  private float strandScale;

  /** Light of the last point, what the camera sees. */
  final float[] colour = new float[3];

  Lamps(SurfacePoint point, Noise noise, View view, double texture) {
    this.p = point;
    this.noise = noise;
    lighting = view.lighting();
    seed = (float) texture;
    cameraDistance = (float) view.distanceCm();
    turn = view.pose().matrix();
    shadowDepth = (float) lighting.shadow();
    exposure = (float) lighting.exposure();
    sky = (float) lighting.sky();
    side = (float) lighting.side();
    front = (float) lighting.front();
    rim = (float) lighting.rim();
    key = direction(lighting.key());
    fill = direction(lighting.fill());
    keyColour = lighting.key().colour().floats();
    fillColour = lighting.fill().colour().floats();
    ambientColour = lighting.ambient().floats();
  }

  private static float[] direction(Lighting.Lamp lamp) {
    double k =
        1 / Math.sqrt(lamp.x() * lamp.x() + lamp.y() * lamp.y() + lamp.z() * lamp.z() + 1e-12);
    return new float[] {(float) (lamp.x() * k), (float) (lamp.y() * k), (float) (lamp.z() * k)};
  }

  /** Finds the way to the camera; what has two sides turns the one that is seen toward it. */
  void face() {
    vx = -p.wx;
    vy = -p.wy;
    vz = cameraDistance - p.wz;
    float k = 1 / sqrt(vx * vx + vy * vy + vz * vz);
    vx *= k;
    vy *= k;
    vz *= k;
    if (p.material >= 2 && p.nx * vx + p.ny * vy + p.nz * vz < 0) {
      p.nx = -p.nx;
      p.ny = -p.ny;
      p.nz = -p.nz;
    }
  }

  /**
   * Lights the point. Diffuse light wraps round the edge of shadow by w in each channel, {@code
   * (n.l + w) / (1 + w)}, most in red, as light that scatters under skin does. The highlight is a
   * Blinn-Phong lobe (its scale (gloss + 8) keeps its energy for any gloss) with Schlick's Fresnel
   * factor {@code .35 + .65 (1 - n.v)^4}, or that of strands.
   */
  void light(ShadowMap shadow) {
    float reached = 1;
    if (shadowDepth > 0) {
      float lit = shadow.light(p.wx + .15f * p.nx, p.wy + .15f * p.ny, p.wz + .15f * p.nz);
      reached = 1 - shadowDepth * (1 - lit * patternAt(shadow));
    }
    float nk = p.nx * key[0] + p.ny * key[1] + p.nz * key[2];
    float nf = p.nx * fill[0] + p.ny * fill[1] + p.nz * fill[2];
    float nv = clamp01(p.nx * vx + p.ny * vy + p.nz * vz);
    float grazing = 1 - nv;
    grazing *= grazing;
    grazing *= grazing;
    float fresnel = .35f + .65f * grazing;
    float keyShine;
    float fillShine;
    if (p.strands) {
      findTangent();
      keyShine = strandShine(key) * reached;
      fillShine = strandShine(fill);
    } else {
      float lobe = (p.gloss + 8) * .04f * fresnel;
      keyShine = nk > 0 ? lobe * halfway(key) * reached : 0;
      fillShine = lobe * halfway(fill);
    }
    float around = ambient(p.nx, p.ny, p.nz);
    float folds = p.open;
    float foldsKey = sqrt(Math.max(0, folds));
    // Light that enters skin leaves it redder: folds keep more red.
    float foldsRed = p.skin ? sqrt(foldsKey) * foldsKey : folds;
    for (int c = 0; c < 3; c++) {
      float w = p.wrap[c];
      float dk = clamp01((nk + w) / (1 + w));
      float df = clamp01((nf + w) / (1 + w));
      float r = p.skin && c == 0 ? reached + .06f * (1 - reached) : reached;
      float amb = ambientColour[c] * around;
      float occ = c == 0 ? foldsRed : folds;
      float diffuse = amb * occ + keyColour[c] * dk * r * foldsKey + fillColour[c] * df * occ;
      float glint =
          p.shine
              * folds
              * (keyShine * keyColour[c] + fillShine * fillColour[c] + .05f * amb * fresnel);
      colour[c] = Math.min(BRIGHTEST, exposure * (p.albedo[c] * diffuse + glint));
    }
  }

  /** Spherical harmonics of the ambient light up to the second order. */
  private float ambient(float ax, float ay, float az) {
    float v = 1 + side * ax + sky * ay + front * az + rim * (1 - 3 * ay * ay) * .5f;
    return Math.max(.04f, v);
  }

  private float halfway(float[] light) {
    float hx = light[0] + vx;
    float hy = light[1] + vy;
    float hz = light[2] + vz;
    float k = 1 / sqrt(hx * hx + hy * hy + hz * hz + 1e-9f);
    return pow((p.nx * hx + p.ny * hy + p.nz * hz) * k, p.gloss);
  }

  /** Which way the strands run at the point, along the surface. */
  private void findTangent() {
    if (p.material == Triangles.FALLING_HAIR || p.material == Triangles.BEARD) {
      strandX = 0;
      strandY = -1;
      strandZ = 0;
    } else {
      float dx = p.x;
      float dy = p.y - HairField.CROWN_Y;
      float dz = p.z - HairField.CROWN_Z;
      strandX = turn[0] * dx + turn[1] * dy + turn[2] * dz;
      strandY = turn[3] * dx + turn[4] * dy + turn[5] * dz;
      strandZ = turn[6] * dx + turn[7] * dy + turn[8] * dz;
    }
    float d = strandX * p.nx + strandY * p.ny + strandZ * p.nz;
    strandX -= d * p.nx;
    strandY -= d * p.ny;
    strandZ -= d * p.nz;
    strandScale = 1 / sqrt(strandX * strandX + strandY * strandY + strandZ * strandZ + 1e-9f);
  }

  /** Highlight across strands (Kajiya and Kay 1989). */
  private float strandShine(float[] light) {
    float facing = clamp01(.3f + p.nx * light[0] + p.ny * light[1] + p.nz * light[2]);
    if (facing == 0) {
      return 0;
    }
    float hx = light[0] + vx;
    float hy = light[1] + vy;
    float hz = light[2] + vz;
    float m = 1 / sqrt(hx * hx + hy * hy + hz * hz + 1e-9f);
    float th = (strandX * hx + strandY * hy + strandZ * hz) * strandScale * m;
    return pow(Math.max(0, 1 - th * th), .5f * p.gloss) * facing;
  }

  /** Share of the key light that passes what stands before it. */
  private float patternAt(ShadowMap shadow) {
    if (lighting.pattern() == Lighting.Pattern.NONE) {
      return 1;
    }
    float u = shadow.across(p.wx, p.wy, p.wz);
    float v = shadow.upward(p.wx, p.wy, p.wz);
    if (lighting.pattern() == Lighting.Pattern.BLIND) {
      float turns = v * .42f + .06f * u + 7 * seed;
      float f = turns - Maths.floor(turns);
      return step(.40f, .52f, f) * step(1.0f, .90f, f);
    }
    return step(-.5f, .35f, noise.coarse(u * .012f + seed, v * .012f));
  }
}
