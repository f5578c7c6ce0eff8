package org.affect4j.synthesis.internal.render;

import java.util.Arrays;
import org.affect4j.synthesis.internal.appearance.Person;

/**
 * Which triangle is seen at each of the 2 x 2 samples of each pixel, and where on it. Not
 * thread-safe.
 */
final class VisibilityBuffer {
  private static final float EDGE = -1e-5f;
  // Deep below the surface of hair and far from its edge no gap is seen.
  static final float SOLID_CM = 2.2f;
  static final float SOLID_HEIGHT = .55f;

  // Narrower triangles are tested sample by sample; in wider ones each row's span is found first.
  private static final int SPAN = 6;
  private static final float LASH_STRANDS_PER_CM = 40;

  int width;
  int height;
  int[] triangle = new int[0];
  float[] inverseDepth = new float[0];

  /** Weights of a triangle's second and third corner in the picture, not yet in space. */
  float[] second = new float[0];

  float[] third = new float[0];

  private final int[][] shown = new int[Triangles.MATERIALS][4];
  private float lashDensity;
  private HairField field;
  private float[] attribute;

  // The triangle at hand: weights of its second and third corner at the first sample of its
  // rectangle, their slopes across and down, and one over the slopes across of all three weights.
  private int left;
  private int right;
  private int top;
  private int bottom;
  private float first1;
  private float first2;
  private float across1;
  private float across2;
  private float down1;
  private float down2;
  private float inverse0;
  private float inverse1;
  private float inverse2;

  // The row at hand: its first sample, one past its last, and the weights at the first.
  private int rowStart;
  private int rowEnd;
  private float row1;
  private float row2;

  // The triangle from which something is cut: what it is and, corner by corner, its texture
  // position,
  // its strands or how far it is from the lid, and its height in hair.
  private int read;
  private byte code;
  private float shell;
  private float restX0;
  private float restY0;
  private float restZ0;
  private float restX1;
  private float restY1;
  private float restZ1;
  private float restX2;
  private float restY2;
  private float restZ2;
  private float strandAcross0;
  private float strandAlong0;
  private float strandAcross1;
  private float strandAlong1;
  private float strandAcross2;
  private float strandAlong2;
  private float fromLid0;
  private float fromLid1;
  private float fromLid2;

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
    for (int[] rectangle : shown) {
      rectangle[0] = 0;
      rectangle[1] = 0;
      rectangle[2] = width - 1;
      rectangle[3] = height - 1;
    }
  }

  /** Draws a material in a rectangle alone: left, top, right and bottom in samples. */
  void show(byte material, float[] rectangle) {
    int[] s = shown[material];
    s[0] = Math.max(0, Maths.floor(rectangle[0]));
    s[1] = Math.max(0, Maths.floor(rectangle[1]));
    s[2] = Math.min(width - 1, Maths.floor(rectangle[2]));
    s[3] = Math.min(height - 1, Maths.floor(rectangle[3]));
  }

  /** Draws what is seen. */
  void draw(Triangles s, Person person, HairField newField, float[] newAttribute) {
    lashDensity = (float) person.eyes().lashes();
    field = newField;
    attribute = newAttribute;
    read = -1;
    float[] screen = s.screen;
    int[] cell = s.cell;
    int[] corner = s.corner;
    for (int t = 0; t < s.triangles; t++) {
      byte m = s.material[t];
      int a = corner[3 * t];
      int b = corner[3 * t + 1];
      int c = corner[3 * t + 2];
      int[] r = shown[m];
      // Most triangles lie outside or between samples: one branch for all four sides, since which
      // of them says so cannot be predicted.
      int x = Math.max(r[0], Math.min(cell[4 * a], Math.min(cell[4 * b], cell[4 * c])));
      int endX =
          Math.min(r[2], Math.max(cell[4 * a + 1], Math.max(cell[4 * b + 1], cell[4 * c + 1])));
      int y = Math.max(r[1], Math.min(cell[4 * a + 2], Math.min(cell[4 * b + 2], cell[4 * c + 2])));
      int endY =
          Math.min(r[3], Math.max(cell[4 * a + 3], Math.max(cell[4 * b + 3], cell[4 * c + 3])));
      if ((endX - x | endY - y) < 0) {
        continue;
      }
      a *= 3;
      b *= 3;
      c *= 3;
      float x0 = screen[a];
      float y0 = screen[a + 1];
      float x1 = screen[b];
      float y1 = screen[b + 1];
      float x2 = screen[c];
      float y2 = screen[c + 1];
      float area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
      boolean oneSided =
          m <= 1 || m == Triangles.HAIR || m == Triangles.BEARD || m == Triangles.SCARF;
      if (oneSided ? area >= -1e-9f : Math.abs(area) < 1e-9f) {
        continue;
      }
      left = x;
      right = endX;
      top = y;
      bottom = endY;
      float k = 1 / area;
      across1 = (y2 - y0) * k;
      down1 = -(x2 - x0) * k;
      across2 = -(y1 - y0) * k;
      down2 = (x1 - x0) * k;
      first1 = (left + .5f - x0) * across1 + (top + .5f - y0) * down1;
      first2 = (left + .5f - x0) * across2 + (top + .5f - y0) * down2;
      if (right - left >= SPAN) {
        inverse0 = inverse(-across1 - across2);
        inverse1 = inverse(across1);
        inverse2 = inverse(across2);
      }
      float z0 = screen[a + 2];
      float z1 = screen[b + 2];
      float z2 = screen[c + 2];
      if (m >= Triangles.LASHES && m != Triangles.FRAME && m != Triangles.LENS && !s.whole[t]) {
        cut(s, t, z0, z1 - z0, z2 - z0);
      } else {
        solid(t, z0, z1 - z0, z2 - z0);
      }
    }
  }

  private static float inverse(float slope) {
    return Math.abs(slope) < 1e-9f ? 0 : 1 / slope;
  }

  /** Steps from the left before the first sample of a row that may lie inside; not too many. */
  private int skipped(float w0, float w1, float w2) {
    float steps = 0;
    if (inverse0 > 0) {
      steps = Math.max(steps, (EDGE - w0) * inverse0);
    }
    if (inverse1 > 0) {
      steps = Math.max(steps, (EDGE - w1) * inverse1);
    }
    if (inverse2 > 0) {
      steps = Math.max(steps, (EDGE - w2) * inverse2);
    }
    return (int) (steps * .9999f);
  }

  /** Steps from the left to the last sample of a row that may lie inside; not too few. */
  private int reach(float w0, float w1, float w2) {
    float steps = right - left;
    if (inverse0 < 0) {
      steps = Math.min(steps, (EDGE - w0) * inverse0 + 1);
    }
    if (inverse1 < 0) {
      steps = Math.min(steps, (EDGE - w1) * inverse1 + 1);
    }
    if (inverse2 < 0) {
      steps = Math.min(steps, (EDGE - w2) * inverse2 + 1);
    }
    return Maths.floor(steps);
  }

  /** Finds the samples of a row that may lie inside the triangle, and the weights at the first. */
  private void beginRow(int j) {
    row1 = first1 + (j - top) * down1;
    row2 = first2 + (j - top) * down2;
    rowStart = j * width + left;
    rowEnd = j * width + right + 1;
    if (right - left >= SPAN) {
      float w0 = 1 - row1 - row2;
      rowEnd = rowStart + reach(w0, row1, row2) + 1;
      int skip = skipped(w0, row1, row2);
      rowStart += skip;
      row1 += skip * across1;
      row2 += skip * across2;
    }
  }

  // Two loops instead of one: the call that cuts strands would slow the loop that needs none.

  private void solid(int t, float z0, float z1, float z2) {
    int[] triangles = triangle;
    float[] depths = inverseDepth;
    float w1x = across1;
    float w2x = across2;
    for (int j = top; j <= bottom; j++) {
      beginRow(j);
      float w1 = row1;
      float w2 = row2;
      int end = rowEnd;
      for (int o = rowStart; o < end; o++, w1 += w1x, w2 += w2x) {
        float z = z0 + w1 * z1 + w2 * z2;
        if (nearer(w1, w2, z, depths[o])) {
          depths[o] = z;
          triangles[o] = t;
          second[o] = w1;
          third[o] = w2;
        }
      }
    }
  }

  /** Whether a sample lies inside the triangle and before what was drawn: one branch for all. */
  private static boolean nearer(float w1, float w2, float z, float drawn) {
    return (Maths.negative(w1 - EDGE, w2 - EDGE, 1 - EDGE - (w1 + w2))
            | ~Float.floatToRawIntBits(drawn - z))
        >= 0;
  }

  private void cut(Triangles s, int t, float z0, float z1, float z2) {
    int[] triangles = triangle;
    float[] depths = inverseDepth;
    float w1x = across1;
    float w2x = across2;
    for (int j = top; j <= bottom; j++) {
      beginRow(j);
      float w1 = row1;
      float w2 = row2;
      int end = rowEnd;
      for (int o = rowStart; o < end; o++, w1 += w1x, w2 += w2x) {
        float z = z0 + w1 * z1 + w2 * z2;
        if (nearer(w1, w2, z, depths[o]) && covered(s, t, w1, w2)) {
          depths[o] = z;
          triangles[o] = t;
          second[o] = w1;
          third[o] = w2;
        }
      }
    }
  }

  /** Whether a point of a triangle is not cut away; its corners are read once. */
  private boolean covered(Triangles s, int t, float p1, float p2) {
    if (t != read) {
      read(s, t);
    }
    float p0 = 1 - p1 - p2;
    float x = p0 * restX0 + p1 * restX1 + p2 * restX2;
    if (code == Triangles.LASHES) {
      return lash(x, p0 * fromLid0 + p1 * fromLid1 + p2 * fromLid2);
    }
    float y = p0 * restY0 + p1 * restY1 + p2 * restY2;
    float z = p0 * restZ0 + p1 * restZ1 + p2 * restZ2;
    if (code == Triangles.HAIR) {
      float grown = field.hairAt(x, y, z);
      if (grown > SOLID_CM && shell <= SOLID_HEIGHT) {
        return true;
      }
      if (grown < -field.roughness * 2.4f) {
        return false;
      }
      float noise = field.strands(x, y, z, across(p0, p1, p2), along(p0, p1, p2));
      return field.covers(grown, shell, noise);
    }
    return covered(x, y, z, p0, p1, p2);
  }

  private boolean covered(float x, float y, float z, float p0, float p1, float p2) {
    switch (code) {
      case Triangles.CLOTH:
        return y < CoverPainter.clothEdge(field.clothes, x, z);
      case Triangles.SCARF:
        return field.scarfAt(x, y, z) > -.15f;
      case Triangles.BEARD:
        float cover = across(p0, p1, p2);
        float n = field.strandsOfBeard(x, y, z);
        return cover + .12f * n > .25f + .45f * shell * shell && n > -2.4f + 2.9f * shell * shell;
      default:
        float across = across(p0, p1, p2);
        float along = along(p0, p1, p2);
        return field.coversFalling(across, along, shell, field.strands(x, y, z, across, along));
    }
  }

  private boolean lash(float x, float fromLid) {
    float upper = fromLid >= 0 ? 1 : .12f;
    float distance = Math.abs(fromLid);
    // Strands fan out: they lean away from the middle of the eye with the distance.
    float strand = (x + distance * (x > 0 ? x - 3.1f : x + 3.1f) * .3f) * LASH_STRANDS_PER_CM;
    int cell = Maths.floor(strand);
    float chance = (Maths.hash(cell, 77) >>> 8) * 0x1p-24f;
    return chance < lashDensity * upper * Maths.exp(-distance * 3.5f);
  }

  private float across(float p0, float p1, float p2) {
    return p0 * strandAcross0 + p1 * strandAcross1 + p2 * strandAcross2;
  }

  private float along(float p0, float p1, float p2) {
    return p0 * strandAlong0 + p1 * strandAlong1 + p2 * strandAlong2;
  }

  private void read(Triangles s, int t) {
    read = t;
    code = s.material[t];
    int a = s.corner[3 * t];
    int b = s.corner[3 * t + 1];
    int c = s.corner[3 * t + 2];
    float[] rest = s.rest;
    restX0 = rest[3 * a];
    restY0 = rest[3 * a + 1];
    restZ0 = rest[3 * a + 2];
    restX1 = rest[3 * b];
    restY1 = rest[3 * b + 1];
    restZ1 = rest[3 * b + 2];
    restX2 = rest[3 * c];
    restY2 = rest[3 * c + 1];
    restZ2 = rest[3 * c + 2];
    if (code == Triangles.LASHES) {
      fromLid0 = attribute[a];
      fromLid1 = attribute[b];
      fromLid2 = attribute[c];
      return;
    }
    shell = s.layer[t];
    float[] strand = s.strand;
    strandAcross0 = strand[2 * a];
    strandAlong0 = strand[2 * a + 1];
    strandAcross1 = strand[2 * b];
    strandAlong1 = strand[2 * b + 1];
    strandAcross2 = strand[2 * c];
    strandAlong2 = strand[2 * c + 1];
  }
}
