package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Attributes;
import org.affect4j.synthesis.internal.appearance.Person;

/** Shoulders and chest: rings of superellipses down the body; the neck is the face model's. */
final class Torso {
  // Rows of the torso: height, half width, middle in depth, half depth; all in cm.
  private static final float[][] ROWS = {
    {-11.4f, 8.0f, -2.6f, 5.2f},
    {-12.6f, 12.2f, -2.6f, 6.4f},
    {-13.8f, 15.2f, -2.5f, 7.3f},
    {-15.4f, 17.8f, -2.3f, 8.2f},
    {-17.6f, 19.6f, -2.0f, 9.0f},
    {-21.5f, 20.6f, -1.5f, 10.0f},
    {-27.0f, 20.9f, -1.0f, 10.6f},
    {-36.0f, 20.2f, -1.0f, 10.8f},
    {-52.0f, 19.2f, -1.0f, 10.6f},
    {-110.0f, 18.5f, -1.0f, 10.6f}
  };

  private static final int COLUMNS = 48;
  private static final float[] OUTLINE = outline();

  private Torso() {}

  /** A superellipse: shoulders are boxier than an ellipse. Across and forward, column by column. */
  private static float[] outline() {
    float[] outline = new float[2 * (COLUMNS + 1)];
    for (int i = 0; i <= COLUMNS; i++) {
      float a = 2 * Maths.PI * i / COLUMNS;
      float s = Maths.sin(a);
      float c = Maths.sin(a + .5f * Maths.PI);
      outline[2 * i] = Math.copySign(Maths.pow(Math.abs(s), .75f), s);
      outline[2 * i + 1] = Math.copySign(Maths.pow(Math.abs(c), .75f), c);
    }
    return outline;
  }

  static void add(Triangles soup, Person person) {
    int columns = COLUMNS;
    int rows = ROWS.length;
    soup.reserve((columns + 1) * rows, columns * (rows - 1) * 2);
    float size = person.attributes().sex() == Attributes.Sex.MALE ? 1.04f : .92f;
    int first = soup.vertices;
    for (int r = 0; r < rows; r++) {
      float[] row = ROWS[r];
      for (int i = 0; i <= columns; i++) {
        float a = 2 * Maths.PI * i / columns;
        float ex = OUTLINE[2 * i];
        float ez = OUTLINE[2 * i + 1];
        float slope = r < 4 ? .9f : .1f;
        soup.vertex(size * row[1] * ex, row[0], row[2] + row[3] * ez, ex, slope, ez, a, row[0]);
      }
    }
    for (int r = 0; r + 1 < rows; r++) {
      for (int i = 0; i < columns; i++) {
        int a = first + r * (columns + 1) + i;
        int b = a + columns + 1;
        soup.quad(a, b, b + 1, a + 1, Triangles.CLOTH, 0);
      }
    }
  }
}
