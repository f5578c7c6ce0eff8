package org.affect4j.synthesis.internal.render;

import static org.affect4j.synthesis.internal.render.Maths.sqrt;

/**
 * A visible point while it is coloured: where it lies, and what its surface does to light. One
 * object is used for all points of all pictures of a renderer. Not thread-safe.
 */
final class SurfacePoint {
  private final HeadMesh mesh;

  /** Normal, turned with the head; of length 1. */
  float nx;

  float ny;
  float nz;

  /** Position on the neutral mean head, in cm. */
  float x;

  float y;
  float z;

  /** Position before the camera, in cm. */
  float wx;

  float wy;
  float wz;

  float lipDistance;

  /** Strand coordinates of hair. */
  float across;

  float along;

  /** Height in a shell of hair, 0 to 1. */
  float layer;

  byte material;

  /** How much of the light from around reaches the point. */
  float open;

  /** Depth of a crease in tenths of a centimetre, 0 to 1.5. */
  float crease;

  float shine;
  float gloss;

  /** Whether light enters and leaves redder. */
  boolean skin;

  /** Whether the highlight is that of strands. */
  boolean strands;

  final float[] albedo = new float[3];

  /** How far the light of a lamp reaches round each channel's edge of shadow. */
  final float[] wrap = new float[3];

  SurfacePoint(HeadMesh mesh) {
    this.mesh = mesh;
  }

  /** Interpolates what shading needs at the mean of two samples. */
  void gather(Triangles s, VisibilityBuffer seen, int first, int last) {
    nx = ny = nz = x = y = z = wx = wy = wz = lipDistance = across = along = 0;
    material = s.material[seen.triangle[first]];
    layer = s.layer[seen.triangle[first]];
    if (last == first) {
      add(s, seen.triangle[first], seen.inverseDepth[first], seen.second[first], seen.third[first]);
    } else if (seen.triangle[first] == seen.triangle[last]) {
      add(
          s,
          seen.triangle[first],
          .5f * (seen.inverseDepth[first] + seen.inverseDepth[last]),
          .5f * (seen.second[first] + seen.second[last]),
          .5f * (seen.third[first] + seen.third[last]));
    } else {
      add(s, seen.triangle[first], seen.inverseDepth[first], seen.second[first], seen.third[first]);
      add(s, seen.triangle[last], seen.inverseDepth[last], seen.second[last], seen.third[last]);
      x *= .5f;
      y *= .5f;
      z *= .5f;
      wx *= .5f;
      wy *= .5f;
      wz *= .5f;
      lipDistance *= .5f;
      across *= .5f;
      along *= .5f;
    }
    scaleNormal(1e-12f);
  }

  private void add(Triangles s, int t, float inverseDepth, float second, float third) {
    int a = s.corner[3 * t];
    int b = s.corner[3 * t + 1];
    int c = s.corner[3 * t + 2];
    // Weights in the picture become weights in space by the corners' depths.
    float depth = 1 / inverseDepth;
    float p1 = second * s.screen[3 * b + 2] * depth;
    float p2 = third * s.screen[3 * c + 2] * depth;
    float p0 = 1 - p1 - p2;
    int i = 3 * a;
    int j = 3 * b;
    int k = 3 * c;
    float[] n = s.normal;
    nx += p0 * n[i] + p1 * n[j] + p2 * n[k];
    ny += p0 * n[i + 1] + p1 * n[j + 1] + p2 * n[k + 1];
    nz += p0 * n[i + 2] + p1 * n[j + 2] + p2 * n[k + 2];
    float[] r = s.rest;
    x += p0 * r[i] + p1 * r[j] + p2 * r[k];
    y += p0 * r[i + 1] + p1 * r[j + 1] + p2 * r[k + 1];
    z += p0 * r[i + 2] + p1 * r[j + 2] + p2 * r[k + 2];
    float[] w = s.world;
    wx += p0 * w[i] + p1 * w[j] + p2 * w[k];
    wy += p0 * w[i + 1] + p1 * w[j + 1] + p2 * w[k + 1];
    wz += p0 * w[i + 2] + p1 * w[j + 2] + p2 * w[k + 2];
    if (material <= Triangles.HEAD) {
      lipDistance += p0 * mesh.attribute[a] + p1 * mesh.attribute[b] + p2 * mesh.attribute[c];
    } else if (material >= Triangles.HAIR) {
      across += p0 * s.strand[2 * a] + p1 * s.strand[2 * b] + p2 * s.strand[2 * c];
      along += p0 * s.strand[2 * a + 1] + p1 * s.strand[2 * b + 1] + p2 * s.strand[2 * c + 1];
    }
  }

  void paint(float red, float green, float blue) {
    albedo[0] = red;
    albedo[1] = green;
    albedo[2] = blue;
  }

  void paint(float[] colour, float times) {
    paint(colour[0] * times, colour[1] * times, colour[2] * times);
  }

  void mix(float[] over, float share) {
    mix(over, 1, share);
  }

  /** Lays a colour, made brighter or darker, over a share of what was painted. */
  void mix(float[] over, float times, float share) {
    for (int c = 0; c < 3; c++) {
      albedo[c] += share * (over[c] * times - albedo[c]);
    }
  }

  void surface(float newShine, float newGloss) {
    shine = newShine;
    gloss = newGloss;
  }

  void wrapAll(float share) {
    java.util.Arrays.fill(wrap, share);
  }

  /** Bends the normal sideways. */
  void bend(float byX, float byY) {
    nx += byX;
    ny += byY;
    scaleNormal(1e-9f);
  }

  private void scaleNormal(float tiny) {
    float k = 1 / sqrt(nx * nx + ny * ny + nz * nz + tiny);
    nx *= k;
    ny *= k;
    nz *= k;
  }
}
