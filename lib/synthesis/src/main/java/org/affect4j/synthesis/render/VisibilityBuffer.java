package org.affect4j.synthesis.render;

import java.util.Arrays;
import org.affect4j.synthesis.appearance.Person;

/**
 * Which triangle is seen at each of the 2 x 2 samples of each pixel, and where on it. Not
 * thread-safe.
 */
final class VisibilityBuffer {
  private static final float EDGE = -1e-5f;
  // Deep below the surface of hair and far from its edge no gap is seen.
  private static final float SOLID_CM = 2.2f;
  private static final float SOLID_HEIGHT = .55f;
  private static final float LASH_STRANDS_PER_CM = 40;

  int width;
  int height;
  int[] triangle = new int[0];
  float[] inverseDepth = new float[0];

  /** Weights of a triangle's second and third corner in the picture, not yet in space. */
  float[] second = new float[0];

  float[] third = new float[0];

  void reset(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
    int n = width * height;
    if (n > triangle.length) {
      triangle = new int[n];
      inverseDepth = new float[n];
      second = new float[n];
      third = new float[n];
    }
    Arrays.fill(triangle, 0, n, -1);
    Arrays.fill(inverseDepth, 0, n, 0);
  }

  void draw(Soup s, Person person, HairField field, float[] attribute) {
    float lashDensity = (float) person.eyes().lashes();
    for (int t = 0; t < s.triangles; t++) {
      byte m = s.material[t];
      int a = s.corner[3 * t];
      int b = s.corner[3 * t + 1];
      int c = s.corner[3 * t + 2];
      float x0 = s.screenX[a];
      float y0 = s.screenY[a];
      float x1 = s.screenX[b];
      float y1 = s.screenY[b];
      float x2 = s.screenX[c];
      float y2 = s.screenY[c];
      float area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
      boolean oneSided = m <= 1 || m == Soup.HAIR || m == Soup.BEARD || m == Soup.SCARF;
      if (oneSided ? area >= -1e-9f : Math.abs(area) < 1e-9f) {
        continue;
      }
      float least = Math.min(x0, Math.min(x1, x2));
      float most = Math.max(x0, Math.max(x1, x2));
      int i0 = Math.max(0, ceil(least - .5f));
      int i1 = Math.min(width - 1, Maths.floor(most - .5f));
      if (i0 > i1) {
        continue;
      }
      least = Math.min(y0, Math.min(y1, y2));
      most = Math.max(y0, Math.max(y1, y2));
      int j0 = Math.max(0, ceil(least - .5f));
      int j1 = Math.min(height - 1, Maths.floor(most - .5f));
      if (j0 > j1) {
        continue;
      }
      float k = 1 / area;
      float z0 = s.inverseDepth[a];
      float z1 = s.inverseDepth[b];
      float z2 = s.inverseDepth[c];
      float w1x = (y2 - y0) * k;
      float w1y = -(x2 - x0) * k;
      float w2x = -(y1 - y0) * k;
      float w2y = (x1 - x0) * k;
      boolean cut = m >= Soup.LASHES && m != Soup.FRAME && m != Soup.LENS;
      for (int j = j0; j <= j1; j++) {
        float dy = j + .5f - y0;
        float dx = i0 + .5f - x0;
        float w1 = dx * w1x + dy * w1y;
        float w2 = dx * w2x + dy * w2y;
        int o = j * width + i0;
        for (int i = i0; i <= i1; i++, o++, w1 += w1x, w2 += w2x) {
          float w0 = 1 - w1 - w2;
          if (w0 < EDGE || w1 < EDGE || w2 < EDGE) {
            continue;
          }
          float z = w0 * z0 + w1 * z1 + w2 * z2;
          if (z <= inverseDepth[o]) {
            continue;
          }
          if (cut && !covered(s, t, m, a, b, c, w1, w2, field, attribute, lashDensity)) {
            continue;
          }
          inverseDepth[o] = z;
          triangle[o] = t;
          second[o] = w1;
          third[o] = w2;
        }
      }
    }
  }

  private static boolean covered(
      Soup s,
      int t,
      byte m,
      int a,
      int b,
      int c,
      float p1,
      float p2,
      HairField field,
      float[] attribute,
      float lashDensity) {
    float p0 = 1 - p1 - p2;
    float[] r = s.rest;
    float x = p0 * r[3 * a] + p1 * r[3 * b] + p2 * r[3 * c];
    if (m == Soup.LASHES) {
      float distance = p0 * attribute[a] + p1 * attribute[b] + p2 * attribute[c];
      float upper = distance >= 0 ? 1 : .12f;
      distance = Math.abs(distance);
      // Strands fan out: they lean away from the middle of the eye with the distance.
      float strand = (x + distance * (x > 0 ? x - 3.1f : x + 3.1f) * .3f) * LASH_STRANDS_PER_CM;
      int cell = Maths.floor(strand);
      float chance = (Maths.hash(cell, 77) >>> 8) * 0x1p-24f;
      return chance < lashDensity * upper * Maths.exp(-distance * 3.5f);
    }
    float y = p0 * r[3 * a + 1] + p1 * r[3 * b + 1] + p2 * r[3 * c + 1];
    float z = p0 * r[3 * a + 2] + p1 * r[3 * b + 2] + p2 * r[3 * c + 2];
    float height = s.layer[t];
    switch (m) {
      case Soup.CLOTH:
        return y < SurfaceShader.clothEdge(field.clothes, x, z);
      case Soup.SCARF:
        return field.scarfAt(x, y, z) > -.15f;
      case Soup.BEARD:
        float cover = p0 * s.strand[2 * a] + p1 * s.strand[2 * b] + p2 * s.strand[2 * c];
        float n = field.strandsOfBeard(x, y, z);
        return cover + .12f * n > .25f + .45f * height * height
            && n > -2.4f + 2.9f * height * height;
      case Soup.HAIR:
        float grown = field.hairAt(x, y, z);
        if (grown > SOLID_CM && height <= SOLID_HEIGHT) {
          return true;
        }
        if (grown < -field.roughness * 2.4f) {
          return false;
        }
        return field.covers(
            grown,
            height,
            field.strands(
                x,
                y,
                z,
                p0 * s.strand[2 * a] + p1 * s.strand[2 * b] + p2 * s.strand[2 * c],
                p0 * s.strand[2 * a + 1] + p1 * s.strand[2 * b + 1] + p2 * s.strand[2 * c + 1]));
      default:
        float across = p0 * s.strand[2 * a] + p1 * s.strand[2 * b] + p2 * s.strand[2 * c];
        float along =
            p0 * s.strand[2 * a + 1] + p1 * s.strand[2 * b + 1] + p2 * s.strand[2 * c + 1];
        return field.coversFalling(across, along, height, field.strands(x, y, z, across, along));
    }
  }

  private static int ceil(float x) {
    return -Maths.floor(-x);
  }
}
