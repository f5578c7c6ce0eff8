package org.affect4j.synthesis.internal.geometry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The vertices and faces of a Wavefront OBJ file; textures, normals and materials are skipped. */
record ObjMesh(float[] positions, List<int[]> faces) {
  static ObjMesh read(Path file) throws IOException {
    float[] positions = new float[3 * 1024];
    int n = 0;
    List<int[]> faces = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        try {
          if (line.startsWith("v ")) {
            String[] f = line.substring(2).strip().split("\\s+");
            if (n + 3 > positions.length) {
              positions = Arrays.copyOf(positions, 2 * positions.length);
            }
            for (int axis = 0; axis < 3; axis++) {
              positions[n++] = Float.parseFloat(f[axis]);
            }
          } else if (line.startsWith("f ")) {
            String[] f = line.substring(2).strip().split("\\s+");
            int[] face = new int[f.length];
            for (int i = 0; i < f.length; i++) {
              int slash = f[i].indexOf('/');
              face[i] = Integer.parseInt(slash < 0 ? f[i] : f[i].substring(0, slash)) - 1;
            }
            faces.add(face);
          }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
          throw new GeometryException(
              "%s, line %d: cannot read '%s' as OBJ".formatted(file, number, line), e);
        }
      }
    }
    return new ObjMesh(Arrays.copyOf(positions, n), faces);
  }
}
