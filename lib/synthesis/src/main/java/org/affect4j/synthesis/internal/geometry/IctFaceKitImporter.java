package org.affect4j.synthesis.internal.geometry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the compact face model from the OBJ files of ICT-FaceKit (folder {@code FaceXModel}: {@code
 * generic_neutral_mesh.obj}, {@code identity000.obj} and so on, and one file per blendshape).
 *
 * <p>One change is made to the identity modes: they are projected so that no person's neutral face
 * opens the lips and only two fifths of the variation of the lid aperture is left, because
 * otherwise identity would look like AU25 and AU43. With G the change of three lip gaps and two lid
 * apertures per mode, the modes are multiplied by {@code I - G^T (G G^T)^-1 diag(1, 1, 1, .6, .6)
 * G}.
 */
public final class IctFaceKitImporter {
  private static final String NEUTRAL = "generic_neutral_mesh.obj";
  private static final int[][] LIP_GAPS = {{61, 67}, {62, 66}, {63, 65}};
  private static final int[][] LID_APERTURES = {{37, 38, 40, 41}, {43, 44, 46, 47}};
  private static final double[] REMOVED = {1, 1, 1, .6, .6};
  private static final float LEAST_MOVE_CM = .002f;
  private static final float LIP_FRONT_Z = 8.8f;
  private static final float FAR_FROM_LIPS_CM = -3;

  private final IctLayout layout;

  /** Makes an importer for ICT-FaceKit as published (commit da5f95a). */
  public IctFaceKitImporter() {
    this(IctLayout.standard());
  }

  IctFaceKitImporter(IctLayout layout) {
    this.layout = layout;
  }

  /**
   * Converts a folder of OBJ files.
   *
   * @param objFolder folder with the OBJ files
   * @param output folder that receives the compact file and its checksums
   * @return the model as read back from the compact file
   * @throws GeometryException if files are missing or do not fit together
   * @throws IOException if a file cannot be read or written
   */
  public FaceGeometry convert(Path objFolder, Path output) throws IOException {
    if (!Files.isRegularFile(objFolder.resolve(NEUTRAL))) {
      throw new GeometryException(
          "%s lacks %s; expected the folder FaceXModel of ICT-FaceKit. %s"
              .formatted(objFolder, NEUTRAL, CompactFormat.howToFetch()));
    }
    ObjMesh neutral = ObjMesh.read(objFolder.resolve(NEUTRAL));
    int originalVertices = neutral.positions().length / 3;
    int last = layout.parts().stream().mapToInt(FaceGeometry.Part::endVertex).max().orElseThrow();
    if (originalVertices < last) {
      throw new GeometryException(
          "%s has %,d vertices; ICT-FaceKit's has at least %,d. %s"
              .formatted(NEUTRAL, originalVertices, last, CompactFormat.howToFetch()));
    }
    List<Path> modes = files(objFolder, true);
    List<Path> shapes = files(objFolder, false);
    if (modes.isEmpty() || shapes.isEmpty()) {
      throw new GeometryException(
          "%s holds %d identity modes and %d blendshapes; expected at least one of each. %s"
              .formatted(objFolder, modes.size(), shapes.size(), CompactFormat.howToFetch()));
    }
    int[] newIndex = new int[originalVertices];
    Arrays.fill(newIndex, -1);
    FaceGeometry.Data a = new FaceGeometry.Data();
    a.parts = new ArrayList<>();
    int[] kept = keep(newIndex, a.parts);
    a.neutral = pick(neutral.positions(), kept);
    triangles(neutral, newIndex, a);
    a.landmarks = Arrays.stream(layout.landmarks()).map(v -> newIndex[v]).toArray();
    float[][] identity = new float[modes.size()][];
    for (int k = 0; k < identity.length; k++) {
      identity[k] = offsets(modes.get(k), neutral, kept);
    }
    project(identity, a.landmarks);
    a.modes = new FaceGeometry.Mode[identity.length];
    for (int k = 0; k < identity.length; k++) {
      a.modes[k] = new FaceGeometry.Mode(steps(identity[k], modes.get(k)), CompactFormat.STEP_CM);
    }
    a.shapes = new FaceGeometry.Blendshape[shapes.size()];
    for (int k = 0; k < a.shapes.length; k++) {
      a.shapes[k] = sparse(shapes.get(k), offsets(shapes.get(k), neutral, kept));
    }
    a.attributes = attributes(a);
    CompactWriter.write(a, WrinklePainter.paint(), output);
    return FaceGeometry.read(output);
  }

  private static List<Path> files(Path folder, boolean identity) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              p -> {
                String name = p.getFileName().toString();
                return name.endsWith(".obj")
                    && !name.equals(NEUTRAL)
                    && name.startsWith("identity") == identity;
              })
          .sorted()
          .toList();
    }
  }

  private int[] keep(int[] newIndex, List<FaceGeometry.Part> parts) {
    int total = layout.parts().stream().mapToInt(p -> p.endVertex() - p.firstVertex()).sum();
    int[] kept = new int[total];
    int n = 0;
    for (FaceGeometry.Part p : layout.parts()) {
      int first = n;
      for (int v = p.firstVertex(); v < p.endVertex(); v++) {
        newIndex[v] = n;
        kept[n++] = v;
      }
      parts.add(new FaceGeometry.Part(p.name(), first, n, p.material()));
    }
    return kept;
  }

  private static float[] pick(float[] positions, int[] kept) {
    float[] out = new float[3 * kept.length];
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(positions, 3 * kept[i], out, 3 * i, 3);
    }
    return out;
  }

  private void triangles(ObjMesh mesh, int[] newIndex, FaceGeometry.Data a)
      throws GeometryException {
    List<int[]> found = new ArrayList<>();
    List<Material> materials = new ArrayList<>();
    for (int[] face : mesh.faces()) {
      int greatest = -1;
      boolean whole = true;
      for (int v : face) {
        if (v < 0 || v >= newIndex.length) {
          throw new GeometryException(
              "a face of %s names vertex %d of %d".formatted(NEUTRAL, v + 1, newIndex.length));
        }
        whole &= newIndex[v] >= 0;
        greatest = Math.max(greatest, newIndex[v]);
      }
      if (whole) {
        // Where face and head meet, a polygon belongs to the later part.
        Material material = materialOf(a.parts, greatest);
        for (int i = 2; i < face.length; i++) {
          found.add(new int[] {newIndex[face[0]], newIndex[face[i - 1]], newIndex[face[i]]});
          materials.add(material);
        }
      }
    }
    a.triangles = found.stream().flatMapToInt(Arrays::stream).toArray();
    a.materials = materials.toArray(new Material[0]);
  }

  private static Material materialOf(List<FaceGeometry.Part> parts, int vertex) {
    for (FaceGeometry.Part p : parts) {
      if (vertex < p.endVertex()) {
        return p.material();
      }
    }
    throw new IllegalStateException("vertex " + vertex + " belongs to no part");
  }

  private static float[] offsets(Path file, ObjMesh neutral, int[] kept) throws IOException {
    float[] moved = ObjMesh.read(file).positions();
    if (moved.length != neutral.positions().length) {
      throw new GeometryException(
          "%s has %,d vertices, %s has %,d: they do not belong together"
              .formatted(file, moved.length / 3, NEUTRAL, neutral.positions().length / 3));
    }
    float[] out = new float[3 * kept.length];
    for (int i = 0; i < kept.length; i++) {
      for (int axis = 0; axis < 3; axis++) {
        int o = 3 * kept[i] + axis;
        out[3 * i + axis] = moved[o] - neutral.positions()[o];
      }
    }
    return out;
  }

  private static void project(float[][] identity, int[] landmarks) {
    int modes = identity.length;
    int rows = REMOVED.length;
    double[][] g = new double[rows][modes];
    for (int k = 0; k < modes; k++) {
      for (int i = 0; i < LIP_GAPS.length; i++) {
        g[i][k] =
            y(identity[k], landmarks, LIP_GAPS[i][0]) - y(identity[k], landmarks, LIP_GAPS[i][1]);
      }
      for (int i = 0; i < LID_APERTURES.length; i++) {
        int[] l = LID_APERTURES[i];
        g[LIP_GAPS.length + i][k] =
            (y(identity[k], landmarks, l[0])
                    + y(identity[k], landmarks, l[1])
                    - y(identity[k], landmarks, l[2])
                    - y(identity[k], landmarks, l[3]))
                / 2;
      }
    }
    // Solve (G G^T + tiny I) W = diag(removed) G, then identity' = identity - G^T W identity.
    double[][] a = new double[rows][rows + modes];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        for (int k = 0; k < modes; k++) {
          a[i][j] += g[i][k] * g[j][k];
        }
      }
      a[i][i] += 1e-9;
    }
    double[][] inverse = inverse(a, rows);
    float[][] change = new float[rows][identity[0].length];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < modes; k++) {
        float w = (float) (REMOVED[i] * g[i][k]);
        if (w != 0) {
          for (int v = 0; v < change[i].length; v++) {
            change[i][v] += w * identity[k][v];
          }
        }
      }
    }
    for (int k = 0; k < modes; k++) {
      for (int i = 0; i < rows; i++) {
        double w = 0;
        for (int j = 0; j < rows; j++) {
          w += g[j][k] * inverse[j][i];
        }
        for (int v = 0; v < change[i].length; v++) {
          identity[k][v] -= (float) (w * change[i][v]);
        }
      }
    }
  }

  private static double[][] inverse(double[][] source, int n) {
    double[][] a = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(source[i], 0, a[i], 0, n);
      a[i][n + i] = 1;
    }
    for (int p = 0; p < n; p++) {
      double pivot = a[p][p];
      for (int j = 0; j < 2 * n; j++) {
        a[p][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        if (i != p) {
          double f = a[i][p];
          for (int j = 0; j < 2 * n; j++) {
            a[i][j] -= f * a[p][j];
          }
        }
      }
    }
    double[][] out = new double[n][];
    for (int i = 0; i < n; i++) {
      out[i] = Arrays.copyOfRange(a[i], n, 2 * n);
    }
    return out;
  }

  private static double y(float[] offsets, int[] landmarks, int landmark) {
    return offsets[3 * landmarks[landmark] + 1];
  }

  private static short[] steps(float[] offsets, Path file) throws GeometryException {
    short[] out = new short[offsets.length];
    for (int i = 0; i < out.length; i++) {
      int step = Math.round(offsets[i] / CompactFormat.STEP_CM);
      if (Math.abs(step) > Short.MAX_VALUE / 2) {
        throw new GeometryException(
            "%s moves a vertex by %.1f cm; expected a face in centimetres"
                .formatted(file, offsets[i]));
      }
      out[i] = (short) step;
    }
    return out;
  }

  private static FaceGeometry.Blendshape sparse(Path file, float[] offsets)
      throws GeometryException {
    short[] steps = steps(offsets, file);
    int[] moved = new int[offsets.length / 3];
    short[] by = new short[offsets.length];
    int n = 0;
    for (int v = 0; v < moved.length; v++) {
      float x = offsets[3 * v];
      float y = offsets[3 * v + 1];
      float z = offsets[3 * v + 2];
      if (x * x + y * y + z * z > LEAST_MOVE_CM * LEAST_MOVE_CM) {
        moved[n] = v;
        System.arraycopy(steps, 3 * v, by, 3 * n, 3);
        n++;
      }
    }
    String name = file.getFileName().toString().replace(".obj", "");
    return new FaceGeometry.Blendshape(
        name, Arrays.copyOf(moved, n), Arrays.copyOf(by, 3 * n), CompactFormat.STEP_CM);
  }

  /** Distance to the outer lips on the face, to the lid on lashes, -1 elsewhere. */
  private static float[] attributes(FaceGeometry.Data a) {
    float[] out = new float[a.neutral.length / 3];
    Arrays.fill(out, -1);
    double[][] lips = Curve.closedLips(a.neutral, a.landmarks);
    for (FaceGeometry.Part part : a.parts) {
      for (int v = part.firstVertex(); v < part.endVertex(); v++) {
        if (part.material() == Material.FACE) {
          float x = a.neutral[3 * v];
          float y = a.neutral[3 * v + 1];
          boolean inside = Curve.contains(lips, x, y);
          double d = Curve.distance(lips, x, y);
          boolean far = !inside && a.neutral[3 * v + 2] < LIP_FRONT_Z;
          out[v] = far ? FAR_FROM_LIPS_CM : (float) Math.max(-32, inside ? d : -d);
        } else if (part.material() == Material.LASHES) {
          out[v] = lash(a, v);
        }
      }
    }
    return out;
  }

  /** Distance to the nearest vertex of the face; negative below the middle of the eye. */
  private static float lash(FaceGeometry.Data a, int v) {
    float x = a.neutral[3 * v];
    float y = a.neutral[3 * v + 1];
    float z = a.neutral[3 * v + 2];
    float nearest = Float.MAX_VALUE;
    float at = 0;
    for (FaceGeometry.Part part : a.parts) {
      if (part.material() == Material.FACE) {
        for (int u = part.firstVertex(); u < part.endVertex(); u++) {
          float dx = a.neutral[3 * u] - x;
          float dy = a.neutral[3 * u + 1] - y;
          float dz = a.neutral[3 * u + 2] - z;
          float d = dx * dx + dy * dy + dz * dz;
          if (d < nearest) {
            nearest = d;
            at = a.neutral[3 * u + 1];
          }
        }
      }
    }
    int[] lids = x > 0 ? new int[] {42, 45} : new int[] {36, 39};
    float middle =
        (a.neutral[3 * a.landmarks[lids[0]] + 1] + a.neutral[3 * a.landmarks[lids[1]] + 1]) / 2;
    float d = (float) StrictMath.sqrt(nearest);
    return at < middle ? -d : d;
  }
}
