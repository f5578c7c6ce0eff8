package org.affect4j.synthesis.internal.render;

import java.util.Arrays;

/**
 * All triangles of one head in one picture: the face model's, then hair, glasses and clothes. Grown
 * once and used again for each picture. Not thread-safe.
 */
final class Triangles {
  // Codes 0 to 8 are those of the face model's materials.
  static final byte FACE = 0;
  static final byte HEAD = 1;
  static final byte MOUTH_SOCKET = 2;
  static final byte EYE_SOCKET = 3;
  static final byte GUMS = 4;
  static final byte TEETH = 5;
  static final byte EYE_LEFT = 6;
  static final byte EYE_RIGHT = 7;
  static final byte LASHES = 8;
  static final byte HAIR = 9;
  static final byte FALLING_HAIR = 10;
  static final byte BEARD = 11;
  static final byte FRAME = 12;
  static final byte LENS = 13;
  static final byte CLOTH = 14;
  static final byte SCARF = 15;
  static final int MATERIALS = 16;

  private static final float NECK_TOP_Y = -7;
  private static final float NECK_BOTTOM_Y = -17;

  int vertices;
  int triangles;

  /** How many vertices and triangles are the face model's; they come first. */
  int bareVertices;

  int bareTriangles;

  /** Position relative to the head, before it is turned, in cm. */
  float[] position = new float[0];

  float[] normal = new float[0];

  /** Position on the neutral mean head, by which everything is textured. */
  float[] rest = new float[0];

  /** Strand coordinates: across and along. */
  float[] strand = new float[0];

  /** Position after turning, in cm. */
  float[] world = new float[0];

  /** Three numbers a vertex: x and y in the picture, and one over the depth. */
  float[] screen = new float[0];

  /**
   * Four numbers a vertex: the first sample across whose centre is not left of it, the last that is
   * not right of it, and the same down.
   */
  int[] cell = new int[0];

  /** How much a vertex follows the head, 1, rather than the shoulders, 0. */
  float[] headShare = new float[0];

  int[] corner = new int[0];
  byte[] material = new byte[0];

  /** Height of a hair shell, 0 at the skin to 1. */
  float[] layer = new float[0];

  /** Whether nothing is cut away from a triangle of hair. */
  boolean[] whole = new boolean[0];

  void reserve(int moreVertices, int moreTriangles) {
    int v = vertices + moreVertices;
    if (3 * v > screen.length) {
      int n = v + v / 4;
      position = Arrays.copyOf(position, 3 * n);
      normal = Arrays.copyOf(normal, 3 * n);
      rest = Arrays.copyOf(rest, 3 * n);
      world = Arrays.copyOf(world, 3 * n);
      strand = Arrays.copyOf(strand, 2 * n);
      screen = Arrays.copyOf(screen, 3 * n);
      cell = Arrays.copyOf(cell, 4 * n);
      headShare = Arrays.copyOf(headShare, n);
    }
    int t = triangles + moreTriangles;
    if (t > material.length) {
      int n = t + t / 4;
      corner = Arrays.copyOf(corner, 3 * n);
      material = Arrays.copyOf(material, n);
      layer = Arrays.copyOf(layer, n);
      whole = Arrays.copyOf(whole, n);
    }
  }

  /** Adds a vertex; its texture position is where it stands. */
  int vertex(float x, float y, float z, float nx, float ny, float nz, float across, float along) {
    return vertex(x, y, z, nx, ny, nz, x, y, z, across, along);
  }

  int vertex(
      float x,
      float y,
      float z,
      float nx,
      float ny,
      float nz,
      float restX,
      float restY,
      float restZ,
      float across,
      float along) {
    int v = vertices++;
    int i = 3 * v;
    position[i] = x;
    position[i + 1] = y;
    position[i + 2] = z;
    float k = 1 / Maths.sqrt(nx * nx + ny * ny + nz * nz + 1e-12f);
    normal[i] = nx * k;
    normal[i + 1] = ny * k;
    normal[i + 2] = nz * k;
    rest[i] = restX;
    rest[i + 1] = restY;
    rest[i + 2] = restZ;
    strand[2 * v] = across;
    strand[2 * v + 1] = along;
    headShare[v] = headShare(y);
    return v;
  }

  /**
   * Adds a vertex that stands off another one along its normal.
   *
   * @param v the other vertex
   * @param lift how far, in cm
   * @param fall how much it hangs: share of the lift by which it sinks
   * @param grain how far its texture position stands off too, in cm
   */
  int lifted(int v, float lift, float fall, float grain, float across, float along) {
    int i = 3 * v;
    float nx = normal[i];
    float ny = normal[i + 1];
    float nz = normal[i + 2];
    return vertex(
        position[i] + lift * nx,
        position[i + 1] + lift * (ny - fall),
        position[i + 2] + lift * nz,
        nx,
        ny,
        nz,
        rest[i] + grain * nx,
        rest[i + 1] + grain * ny,
        rest[i + 2] + grain * nz,
        across,
        along);
  }

  /** Finds the normals of all vertices placed so far. */
  void normals() {
    normals(position, corner, triangles, normal, vertices);
  }

  /** Normals of vertices: of length 1, the mean over their triangles weighted by area. */
  static void normals(float[] p, int[] corner, int triangles, float[] n, int vertices) {
    Arrays.fill(n, 0, 3 * vertices, 0);
    for (int t = 0; t < triangles; t++) {
      int a = 3 * corner[3 * t];
      int b = 3 * corner[3 * t + 1];
      int c = 3 * corner[3 * t + 2];
      float ux = p[b] - p[a];
      float uy = p[b + 1] - p[a + 1];
      float uz = p[b + 2] - p[a + 2];
      float vx = p[c] - p[a];
      float vy = p[c + 1] - p[a + 1];
      float vz = p[c + 2] - p[a + 2];
      float x = uy * vz - uz * vy;
      float y = uz * vx - ux * vz;
      float z = ux * vy - uy * vx;
      n[a] += x;
      n[a + 1] += y;
      n[a + 2] += z;
      n[b] += x;
      n[b + 1] += y;
      n[b + 2] += z;
      n[c] += x;
      n[c + 1] += y;
      n[c + 2] += z;
    }
    for (int i = 0; i < 3 * vertices; i += 3) {
      float k = 1 / Maths.sqrt(n[i] * n[i] + n[i + 1] * n[i + 1] + n[i + 2] * n[i + 2] + 1e-12f);
      n[i] *= k;
      n[i + 1] *= k;
      n[i + 2] *= k;
    }
  }

  /** How much a point at a height follows the head: the neck turns between the two. */
  static float headShare(float y) {
    return y >= NECK_TOP_Y ? 1 : Maths.step(NECK_BOTTOM_Y, NECK_TOP_Y, y);
  }

  int triangle(int a, int b, int c, byte code, float height) {
    int t = triangles++;
    corner[3 * t] = a;
    corner[3 * t + 1] = b;
    corner[3 * t + 2] = c;
    material[t] = code;
    layer[t] = height;
    whole[t] = false;
    return t;
  }

  /** Adds the two triangles of a quadrilateral a b c d, counter-clockwise from outside. */
  void quad(int a, int b, int c, int d, byte code, float height) {
    triangle(a, b, c, code, height);
    triangle(a, c, d, code, height);
  }
}
