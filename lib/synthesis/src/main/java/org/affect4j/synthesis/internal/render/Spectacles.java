package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Person;

/**
 * Glasses: two rims as tubes along superellipses {@code |x/a|^n + |y/b|^n = 1}, whose exponent goes
 * from a circle's to nearly a rectangle's, with temples and a bridge of bars.
 */
final class Spectacles {
  private Spectacles() {}

  static void wear(Triangles soup, HeadMesh mesh, Person.Glasses g) {
    int around = 36;
    int tube = 5;
    soup.reserve(2 * (around * tube + around + 1) + 200, 2 * (around * tube * 2 + around) + 200);
    int bridgeVertex = mesh.landmarks[27];
    float bridgeZ = soup.position[3 * bridgeVertex + 2];
    float middleY = 0;
    float eyeX = 0;
    for (int i = 36; i < 48; i++) {
      int v = mesh.landmarks[i];
      middleY += soup.position[3 * v + 1] / 12;
      eyeX += Math.abs(soup.position[3 * v]) / 12;
    }
    float halfWidth = (float) g.width();
    float halfHeight = (float) g.height();
    float rim = (float) g.thickness();
    float square = (float) g.squareness();
    float exponent = 1 - .55f * square;
    float y0 = middleY - .25f;
    float front = bridgeZ + .55f;
    for (int side = -1; side <= 1; side += 2) {
      float x0 = side * eyeX;
      int first = soup.vertices;
      for (int i = 0; i < around; i++) {
        float a = 2 * Maths.PI * i / around;
        float c = Maths.sin(a + .5f * Maths.PI);
        float s = Maths.sin(a);
        float ex = Math.copySign(Maths.pow(Math.abs(c), exponent), c);
        float ey = Math.copySign(Maths.pow(Math.abs(s), exponent), s);
        for (int j = 0; j < tube; j++) {
          float b = 2 * Maths.PI * j / tube;
          float cb = Maths.sin(b + .5f * Maths.PI);
          float sb = Maths.sin(b);
          float x = x0 + (halfWidth + rim * cb) * ex;
          float y = y0 + (halfHeight + rim * cb) * ey;
          soup.vertex(x, y, frontZ(front, x) + rim * sb, cb * c, cb * s, sb, 0, 0);
        }
      }
      for (int i = 0; i < around; i++) {
        for (int j = 0; j < tube; j++) {
          int i1 = (i + 1) % around;
          int j1 = (j + 1) % tube;
          soup.quad(
              first + i * tube + j,
              first + i1 * tube + j,
              first + i1 * tube + j1,
              first + i * tube + j1,
              Triangles.FRAME,
              0);
        }
      }
      if (g.kind() == Person.Glasses.Kind.DARK) {
        int centre = soup.vertex(x0, y0, frontZ(front, x0), 0, 0, 1, 0, 0);
        for (int i = 0; i < around; i++) {
          soup.triangle(
              centre, first + i * tube, first + (i + 1) % around * tube, Triangles.LENS, 0);
        }
      }
      float hingeX = x0 + side * halfWidth;
      float hingeY = y0 + .35f * halfHeight;
      bar(soup, hingeX, hingeY, frontZ(front, hingeX), side * 8.5f, 3.9f, 1.5f, rim);
      bar(soup, side * 8.5f, 3.9f, 1.5f, side * 8.6f, 3.3f, -2, rim);
    }
    float inner = eyeX - halfWidth;
    bar(
        soup,
        -inner,
        y0 + .25f * halfHeight,
        frontZ(front, inner),
        0,
        y0 + .45f * halfHeight,
        front + .12f,
        rim);
    bar(
        soup,
        0,
        y0 + .45f * halfHeight,
        front + .12f,
        inner,
        y0 + .25f * halfHeight,
        frontZ(front, inner),
        rim);
  }

  private static float frontZ(float front, float x) {
    return front - .035f * x * x;
  }

  /** A bar of square section. */
  private static void bar(
      Triangles soup, float x0, float y0, float z0, float x1, float y1, float z1, float radius) {
    soup.reserve(8, 8);
    int first = soup.vertices;
    float[][] section = {{0, 1}, {-1, 0}, {0, -1}, {1, 0}};
    boolean sideways = Math.abs(x1 - x0) > Math.abs(z1 - z0);
    for (int end = 0; end < 2; end++) {
      float x = end == 0 ? x0 : x1;
      float y = end == 0 ? y0 : y1;
      float z = end == 0 ? z0 : z1;
      for (float[] s : section) {
        float px = sideways ? 0 : s[0];
        float pz = sideways ? s[0] : 0;
        soup.vertex(x + radius * px, y + radius * s[1], z + radius * pz, px, s[1], pz, 0, 0);
      }
    }
    for (int i = 0; i < 4; i++) {
      int j = (i + 1) % 4;
      soup.quad(first + i, first + j, first + 4 + j, first + 4 + i, Triangles.FRAME, 0);
    }
  }
}
