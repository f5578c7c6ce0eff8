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

  private float lashDensity;
  private HairField field;
  private float[] attribute;

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

  void draw(Soup s, Person person, HairField newField, float[] newAttribute) {
    lashDensity = (float) person.eyes().lashes();
    field = newField;
    attribute = newAttribute;
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
      float w1 = (i0 + .5f - x0) * w1x + (j0 + .5f - y0) * w1y;
      float w2 = (i0 + .5f - x0) * w2x + (j0 + .5f - y0) * w2y;
      if (m >= Soup.LASHES && m != Soup.FRAME && m != Soup.LENS) {
        cut(s, t, i0, i1, j0, j1, w1, w1x, w1y, w2, w2x, w2y, z0, z1, z2);
      } else {
        solid(t, i0, i1, j0, j1, w1, w1x, w1y, w2, w2x, w2y, z0, z1, z2);
      }
    }
  }

  // Two loops instead of one: the call that cuts strands would slow the loop that needs none.

  private void solid(
      int t,
      int i0,
      int i1,
      int j0,
      int j1,
      float first1,
      float w1x,
      float w1y,
      float first2,
      float w2x,
      float w2y,
      float z0,
      float z1,
      float z2) {
    for (int j = j0; j <= j1; j++) {
      float w1 = first1 + (j - j0) * w1y;
      float w2 = first2 + (j - j0) * w2y;
      int o = j * width + i0;
      for (int i = i0; i <= i1; i++, o++, w1 += w1x, w2 += w2x) {
        float w0 = 1 - w1 - w2;
        if (w0 < EDGE || w1 < EDGE || w2 < EDGE) {
          continue;
        }
        float z = w0 * z0 + w1 * z1 + w2 * z2;
        if (z > inverseDepth[o]) {
          inverseDepth[o] = z;
          triangle[o] = t;
          second[o] = w1;
          third[o] = w2;
        }
      }
    }
  }

  private void cut(
      Soup s,
      int t,
      int i0,
      int i1,
      int j0,
      int j1,
      float first1,
      float w1x,
      float w1y,
      float first2,
      float w2x,
      float w2y,
      float z0,
      float z1,
      float z2) {
    for (int j = j0; j <= j1; j++) {
      float w1 = first1 + (j - j0) * w1y;
      float w2 = first2 + (j - j0) * w2y;
      int o = j * width + i0;
      for (int i = i0; i <= i1; i++, o++, w1 += w1x, w2 += w2x) {
        float w0 = 1 - w1 - w2;
        if (w0 < EDGE || w1 < EDGE || w2 < EDGE) {
          continue;
        }
        float z = w0 * z0 + w1 * z1 + w2 * z2;
        if (z > inverseDepth[o] && covered(s, t, w1, w2)) {
          inverseDepth[o] = z;
          triangle[o] = t;
          second[o] = w1;
          third[o] = w2;
        }
      }
    }
  }

  private boolean covered(Soup s, int t, float p1, float p2) {
    byte m = s.material[t];
    int a = s.corner[3 * t];
    int b = s.corner[3 * t + 1];
    int c = s.corner[3 * t + 2];
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
