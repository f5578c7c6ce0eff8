package org.affect4j.synthesis.internal.geometry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes OBJ files in the layout of ICT-FaceKit with a handful of vertices. */
final class MiniatureObjFolder {
  private static final int SIDE = 9;
  private static final int FACE = SIDE * SIDE;
  private static final int LASH_FIRST = FACE + 3;
  private static final int TOTAL = FACE + 3 + 3;

  private MiniatureObjFolder() {}

  /** A grid of face vertices, three vertices that are dropped, one lash triangle. */
  static IctLayout layout() {
    int[] landmarks = new int[FaceGeometry.LANDMARKS];
    for (int i = 0; i < landmarks.length; i++) {
      landmarks[i] = i;
    }
    // An outer lip contour round the middle of the grid, as landmarks 48 to 59.
    int[] ring = {37, 29, 30, 31, 32, 33, 43, 52, 51, 50, 49, 48};
    System.arraycopy(ring, 0, landmarks, 48, ring.length);
    return new IctLayout(
        List.of(
            IctLayout.part("face", 0, FACE, Material.FACE),
            IctLayout.part("lashL", LASH_FIRST, TOTAL, Material.LASHES)),
        landmarks);
  }

  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("generic_neutral_mesh.obj"), obj(-1, 0));
    Files.writeString(folder.resolve("identity000.obj"), obj(70, .3));
    Files.writeString(folder.resolve("identity001.obj"), obj(61, .2));
    Files.writeString(folder.resolve("jawOpen.obj"), obj(10, -.5));
  }

  /** One vertex is moved upward. */
  static String obj(int movedVertex, double by) {
    StringBuilder s = new StringBuilder("# miniature\n");
    for (int v = 0; v < TOTAL; v++) {
      double x = v < FACE ? v % SIDE - 4 : v - FACE;
      double y = v < FACE ? 4 - v / SIDE : 3;
      s.append(
          String.format(Locale.ROOT, "v %.4f %.4f %.4f%n", x, v == movedVertex ? y + by : y, 9.0));
    }
    s.append("vt 0 0\nusemtl skin\n");
    for (int row = 0; row + 1 < SIDE; row++) {
      for (int column = 0; column + 1 < SIDE; column++) {
        int a = row * SIDE + column + 1;
        s.append("f %d/1 %d/1 %d/1 %d/1%n".formatted(a, a + SIDE, a + SIDE + 1, a + 1));
      }
    }
    s.append("f 82 83 84\n");
    s.append("f 85 86 87\n");
    return s.toString();
  }
}
