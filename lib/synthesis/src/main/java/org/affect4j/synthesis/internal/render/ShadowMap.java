package org.affect4j.synthesis.internal.render;

import java.util.Arrays;

/** What the key light sees: the nearest depth in a square about the head. Not thread-safe. */
final class ShadowMap {
  private static final float RADIUS_CM = 19;
  private static final int FINE_SIZE = 200;
  private static final float MIDDLE_Y = 3;
  private static final float BIAS_CM = .30f;
  private static final float SOFTNESS_CM = .35f;
  private static final float SPREAD = .9f;
  private static final float FAR = -1e9f;

  private int size;
  private float[] nearest = new float[0];
  // Three numbers a vertex: across, up, and toward the light.
  private float[] lit = new float[0];
  private final float[] right = new float[3];
  private final float[] up = new float[3];
  private float[] toward = new float[3];

  /** Draws the map; small ones cast the skin by the mesh's coarser triangles. */
  void draw(Triangles s, HeadMesh mesh, int newSize, float[] light) {
    size = newSize;
    if (nearest.length < size * size) {
      nearest = new float[size * size];
    }
    Arrays.fill(nearest, 0, size * size, FAR);
    if (lit.length < 3 * s.vertices) {
      lit = new float[s.world.length];
    }
    toward = light;
    float k = 1 / Maths.sqrt(light[0] * light[0] + light[2] * light[2] + 1e-9f);
    right[0] = light[2] * k;
    right[1] = 0;
    right[2] = -light[0] * k;
    up[0] = light[1] * right[2] - light[2] * right[1];
    up[1] = light[2] * right[0] - light[0] * right[2];
    up[2] = light[0] * right[1] - light[1] * right[0];
    // Of the face model only skin casts a shadow.
    if (size < FINE_SIZE) {
      int[] coarse = mesh.casters;
      for (int v : mesh.casterVertices) {
        turn(s, v);
      }
      for (int t = 0; t < coarse.length; t += 3) {
        triangle(3 * coarse[t], 3 * coarse[t + 1], 3 * coarse[t + 2]);
      }
    } else {
      for (int v = 0; v < mesh.skinVertices; v++) {
        turn(s, v);
      }
      for (int t = 0; t < mesh.skinTriangles; t++) {
        triangle(3 * s.corner[3 * t], 3 * s.corner[3 * t + 1], 3 * s.corner[3 * t + 2]);
      }
    }
    for (int v = s.bareVertices; v < s.vertices; v++) {
      turn(s, v);
    }
    for (int t = s.bareTriangles; t < s.triangles; t++) {
      if (casts(s, t)) {
        triangle(3 * s.corner[3 * t], 3 * s.corner[3 * t + 1], 3 * s.corner[3 * t + 2]);
      }
    }
  }

  private void turn(Triangles s, int vertex) {
    float half = .5f * size;
    float scale = half / RADIUS_CM;
    int i = 3 * vertex;
    float x = s.world[i];
    float y = s.world[i + 1] - MIDDLE_Y;
    float z = s.world[i + 2];
    lit[i] = (right[0] * x + right[1] * y + right[2] * z) * scale + half;
    lit[i + 1] = (up[0] * x + up[1] * y + up[2] * z) * scale + half;
    lit[i + 2] = toward[0] * x + toward[1] * y + toward[2] * z;
  }

  /** Whether a triangle that is not the face model's casts a shadow. */
  private static boolean casts(Triangles s, int t) {
    return switch (s.material[t]) {
      case Triangles.SCARF, Triangles.FRAME, Triangles.LENS -> true;
      // One shell stands for all of them.
      case Triangles.HAIR, Triangles.FALLING_HAIR -> s.layer[t] > .45f && s.layer[t] < .7f;
      default -> false;
    };
  }

  private void triangle(int a, int b, int c) {
    float x0 = lit[a];
    float y0 = lit[a + 1];
    float x1 = lit[b];
    float y1 = lit[b + 1];
    float x2 = lit[c];
    float y2 = lit[c + 1];
    float area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
    if (area < 1e-9f) {
      return; // turned away from the light; what faces it casts the same shadow
    }
    int i0 = Math.max(0, -Maths.floor(.5f - Math.min(x0, Math.min(x1, x2))));
    int i1 = Math.min(size - 1, Maths.floor(Math.max(x0, Math.max(x1, x2)) - .5f));
    if (i0 > i1) {
      return;
    }
    int j0 = Math.max(0, -Maths.floor(.5f - Math.min(y0, Math.min(y1, y2))));
    int j1 = Math.min(size - 1, Maths.floor(Math.max(y0, Math.max(y1, y2)) - .5f));
    if (j0 > j1) {
      return;
    }
    float k = 1 / area;
    for (int j = j0; j <= j1; j++) {
      for (int i = i0; i <= i1; i++) {
        float dx = i + .5f - x0;
        float dy = j + .5f - y0;
        float w1 = (dx * (y2 - y0) - (x2 - x0) * dy) * k;
        float w2 = ((x1 - x0) * dy - dx * (y1 - y0)) * k;
        // Zero is added lest a negative zero count as outside.
        if (Maths.negative(w1 + 0f, w2 + 0f, 1 - (w1 + w2)) >= 0) {
          float d = lit[a + 2] * (1 - w1 - w2) + lit[b + 2] * w1 + lit[c + 2] * w2;
          int o = j * size + i;
          if (d > nearest[o]) {
            nearest[o] = d;
          }
        }
      }
    }
  }

  /** Share of the key light that reaches a point, 0 to 1. */
  float light(float x, float y, float z) {
    float half = .5f * size;
    float scale = half / RADIUS_CM;
    float py = y - MIDDLE_Y;
    float pu = (right[0] * x + right[1] * py + right[2] * z) * scale + half;
    float pv = (up[0] * x + up[1] * py + up[2] * z) * scale + half;
    float d = toward[0] * x + toward[1] * py + toward[2] * z;
    float sum = 0;
    int i0 = Maths.floor(pu - SPREAD);
    int i1 = Maths.floor(pu);
    int i2 = Maths.floor(pu + SPREAD);
    float open = 1 + (d + BIAS_CM) * (1 / SOFTNESS_CM);
    for (int k = -1; k <= 1; k++) {
      int j = Maths.floor(pv + k * SPREAD);
      if (j < 0 || j >= size || i0 < 0 || i2 >= size) {
        sum += 3;
        continue;
      }
      int row = j * size;
      sum +=
          Maths.clamp01(open - nearest[row + i0] * (1 / SOFTNESS_CM))
              + Maths.clamp01(open - nearest[row + i1] * (1 / SOFTNESS_CM))
              + Maths.clamp01(open - nearest[row + i2] * (1 / SOFTNESS_CM));
    }
    return sum / 9;
  }

  /** Position of a point across the light, in cm, for patterns that the light throws. */
  float across(float x, float y, float z) {
    return right[0] * x + right[1] * y + right[2] * z;
  }

  float upward(float x, float y, float z) {
    return up[0] * x + up[1] * y + up[2] * z;
  }
}
