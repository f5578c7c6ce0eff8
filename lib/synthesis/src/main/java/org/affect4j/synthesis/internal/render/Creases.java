package org.affect4j.synthesis.internal.render;

import static org.affect4j.synthesis.internal.render.Maths.clamp;
import static org.affect4j.synthesis.internal.render.Maths.step;

import java.util.Arrays;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.geometry.WrinkleMaps;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * The creases of one face as a height map over the neutral face, painted anew for each face.
 * Bending normals by the map's slope (Blinn 1978) shows folds finer than the mesh. Not thread-safe.
 */
final class Creases {
  private static final String SIGNED = "chin";
  private static final float CREASE_CM = .10f;
  private static final float SIGNED_CREASE = .6f;
  private static final float COARSE_MAP_PIXELS_PER_CM = 8;

  private final HeadMesh mesh;
  private final WrinkleMaps maps;
  private final float[] fine;
  private final float[] coarse;
  private float[] map;
  private int width;
  private int height;
  private float scale;

  /** Slope of the skin at the last point, in its plane: across and up. */
  float slopeX;

  float slopeY;

  Creases(HeadMesh mesh) {
    this.mesh = mesh;
    maps = mesh.maps;
    fine = new float[maps.width() * maps.height()];
    coarse = new float[(maps.width() / 2) * (maps.height() / 2)];
  }

  /** Adds up the creases of a face: each side by its own units, blended over the midline. */
  void paint(Person person, FaceShape shape, float pixelsPerCm) {
    float[] left = mesh.wrinkleTable.depths(shape.action(), true, person.folding(), person.lines());
    float[] right =
        mesh.wrinkleTable.depths(shape.action(), false, person.folding(), person.lines());
    Arrays.fill(fine, 0);
    int fineWidth = maps.width();
    for (int k = 0; k < left.length; k++) {
      float depth = maps.names().get(k).equals(SIGNED) ? SIGNED_CREASE * CREASE_CM : -CREASE_CM;
      float l = left[k] * depth;
      float r = right[k] * depth;
      if (l == 0 && r == 0) {
        continue;
      }
      int[] b = mesh.wrinkleBounds[k];
      float[] crease = mesh.wrinkles[k];
      for (int row = b[1]; row < b[3]; row++) {
        int o = row * fineWidth;
        if (l == r) {
          for (int i = o + b[0]; i < o + b[2]; i++) {
            fine[i] += l * crease[i];
          }
        } else {
          for (int column = b[0]; column < b[2]; column++) {
            float at = maps.left() + (column + .5f) / maps.pixelsPerCm();
            fine[o + column] += (r + (l - r) * step(-.6f, .6f, at)) * crease[o + column];
          }
        }
      }
    }
    map = fine;
    width = fineWidth;
    height = maps.height();
    scale = maps.pixelsPerCm();
    if (pixelsPerCm < COARSE_MAP_PIXELS_PER_CM) {
      // Small faces read a map of their own resolution, lest creases flicker.
      width = fineWidth / 2;
      height = maps.height() / 2;
      scale /= 2;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          int o = 2 * row * fineWidth + 2 * column;
          coarse[row * width + column] =
              .25f * (fine[o] + fine[o + 1] + fine[o + fineWidth] + fine[o + fineWidth + 1]);
        }
      }
      map = coarse;
    }
  }

  /** Finds depth and slope at a point: the map between four of its pixels, and its derivatives. */
  void read(SurfacePoint p) {
    slopeX = 0;
    slopeY = 0;
    float px = (p.x - maps.left()) * scale - .5f;
    float py = (maps.top() - p.y) * scale - .5f;
    if (p.z > 1 && px >= 0 && py >= 0 && px < width - 1 && py < height - 1) {
      int i = (int) px;
      int j = (int) py;
      float u = px - i;
      float v = py - j;
      int o = j * width + i;
      float a = map[o];
      float b = map[o + 1];
      float c = map[o + width];
      float d = map[o + width + 1];
      float h = (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
      p.crease = clamp(-h * 10, 0, 1.5f);
      slopeX = ((b - a) * (1 - v) + (d - c) * v) * scale;
      slopeY = -((c - a) * (1 - u) + (d - b) * u) * scale;
    }
  }
}
