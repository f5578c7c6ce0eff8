package org.affect4j.synthesis.internal.render;

/**
 * How a head is seen, for what depends on it: how finely hair is drawn, and which of it.
 *
 * @param turn rotation of the head, row by row
 * @param distanceCm from the camera to the head
 * @param pixelsPerCm size in the picture
 */
record Sight(float[] turn, float distanceCm, float pixelsPerCm) {
  /** Cosine beyond which a surface is turned away even where shells bulge. */
  private static final float AWAY = -.5f;

  /** Whether a vertex of the head that was already projected is turned away from the camera. */
  boolean away(Triangles soup, int vertex) {
    int i = 3 * vertex;
    float vx = -soup.world[i];
    float vy = -soup.world[i + 1];
    float vz = distanceCm - soup.world[i + 2];
    float towards =
        soup.normal[i] * (turn[0] * vx + turn[3] * vy + turn[6] * vz)
            + soup.normal[i + 1] * (turn[1] * vx + turn[4] * vy + turn[7] * vz)
            + soup.normal[i + 2] * (turn[2] * vx + turn[5] * vy + turn[8] * vz);
    return towards < AWAY * distanceCm;
  }
}
