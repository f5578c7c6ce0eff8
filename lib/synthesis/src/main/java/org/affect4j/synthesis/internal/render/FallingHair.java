package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Person;

/**
 * Hair that hangs beside and behind the face as a few curtains: half an elliptic cylinder about the
 * head, open at the face, wider at the ears; and a bun.
 */
final class FallingHair {
  private FallingHair() {}

  static void drape(Triangles soup, HeadMesh mesh, Person person, HairField field, Sight sight) {
    Person.Hair hair = person.hair();
    int columns = 40;
    int rows = 18;
    int shells = HairShells.shells(hair.style(), (float) hair.thickness() * sight.pixelsPerCm());
    soup.reserve(shells * (columns + 1) * (rows + 1), shells * columns * rows * 2);
    float wide = soup.position[3 * mesh.landmarks[16]] / mesh.neutral[3 * mesh.landmarks[16]];
    float thick = (float) hair.thickness();
    float top = 9.5f;
    float bottom = 3 - (float) hair.length();
    float reach = Maths.PI - (float) hair.opening();
    float[] sines = new float[columns + 1];
    float[] cosines = new float[columns + 1];
    for (int column = 0; column <= columns; column++) {
      float phi = reach * (2f * column / columns - 1);
      sines[column] = Maths.sin(phi);
      cosines[column] = Maths.sin(phi + .5f * Maths.PI);
    }
    for (int shell = shells; shell >= 1; shell--) {
      float height = (float) shell / shells;
      int first = soup.vertices;
      for (int row = 0; row <= rows; row++) {
        float v = (float) row / rows;
        float y = top + v * (bottom - top);
        float ears = Maths.step(9.5f, 2, y);
        float low = Maths.step(0, -14, y);
        float half = 7.0f + 2.1f * ears + thick * (.55f + .3f * height) + .9f * low;
        float deep = 8.0f + .6f * ears + thick * (.5f + .3f * height) - .6f * low;
        for (int column = 0; column <= columns; column++) {
          float phi = reach * (2f * column / columns - 1);
          float wave =
              field.curl == 0
                  ? 0
                  : .55f
                      * field.curl
                      * Maths.sin(y * .85f + phi * 5 + 6 * field.texture)
                      * Maths.step(6, -2, y);
          float s = sines[column];
          float c = cosines[column];
          float x = (half + wave) * s * wide;
          float z = -.6f - (deep + wave) * c;
          soup.vertex(x, y, z, s, .12f, -c, phi * 1.15f, top - y + 9);
        }
      }
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int a = first + row * (columns + 1) + column;
          int b = a + columns + 1;
          soup.quad(a, b, b + 1, a + 1, Triangles.FALLING_HAIR, height);
        }
      }
    }
  }

  static void bun(Triangles soup, Person person) {
    int rings = 10;
    int sectors = 18;
    float radius = 2.2f + 1.4f * (float) person.texture();
    soup.reserve((rings + 1) * (sectors + 1), rings * sectors * 2);
    int first = soup.vertices;
    for (int i = 0; i <= rings; i++) {
      float a = Maths.PI * i / rings;
      float sa = Maths.sin(a);
      float ca = Maths.sin(a + .5f * Maths.PI);
      for (int j = 0; j <= sectors; j++) {
        float b = 2 * Maths.PI * j / sectors;
        float sb = Maths.sin(b);
        float cb = Maths.sin(b + .5f * Maths.PI);
        soup.vertex(
            radius * 1.15f * sa * sb,
            13.2f + radius * ca,
            -7 + radius * sa * cb,
            sa * sb,
            ca,
            sa * cb,
            0,
            13.6f,
            -6,
            b * .35f,
            a * radius + 4);
      }
    }
    for (int i = 0; i < rings; i++) {
      for (int j = 0; j < sectors; j++) {
        int a = first + i * (sectors + 1) + j;
        int b = a + sectors + 1;
        soup.quad(a, b, b + 1, a + 1, Triangles.FALLING_HAIR, .3f);
      }
    }
  }
}
