package org.affect4j.synthesis.internal.geometry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A head of our own, made by arithmetic: an ellipsoid with a nose, two eyeballs, the 68 landmarks,
 * and blendshapes that move landmarks alone. It stands where the real face model stands, so that
 * all that is drawn over a face model can be tested by everybody. It is not beautiful.
 */
public final class TinyHead {
  private static final int COLUMNS = 48;
  private static final int ROWS = 40;
  private static final float STEP = CompactFormat.STEP_CM;
  private static final FaceGeometry HEAD =
      new FaceGeometry(arrays(), WrinklePainter.paint(), "tiny");

  /** What a blendshape moves: landmarks, and by how much upward and outward in cm. */
  private record Move(double outward, double upward, int... landmarks) {}

  private static final class Mesh {
    final List<float[]> vertices = new ArrayList<>();
    final List<int[]> triangles = new ArrayList<>();
    final List<Material> materials = new ArrayList<>();

    int vertex(double x, double y, double z) {
      vertices.add(new float[] {(float) x, (float) y, (float) z});
      return vertices.size() - 1;
    }

    void triangle(Material material, int a, int b, int c) {
      triangles.add(new int[] {a, b, c});
      materials.add(material);
    }
  }

  private TinyHead() {}

  /** Returns the head, made once. */
  public static FaceGeometry geometry() {
    return HEAD;
  }

  /** Writes the compact file of the head, with checksums that its reader believes. */
  public static Path write(Path folder) throws IOException {
    CompactWriter.write(arrays(), WrinklePainter.paint(), folder);
    return folder;
  }

  private static double surface(double x, double y) {
    double inside = 1 - x * x / (7.5 * 7.5) - (y - 1) * (y - 1) / (11 * 11);
    double nose = 2 * StrictMath.exp(-x * x / 1.2 - (y - .6) * (y - .6) / 2.5);
    return 9 * StrictMath.sqrt(Math.max(0, inside)) + nose;
  }

  private static FaceGeometry.Data arrays() {
    Mesh mesh = new Mesh();
    for (int row = 0; row <= ROWS; row++) {
      double latitude = StrictMath.PI * (.5 - (double) row / ROWS);
      for (int column = 0; column < COLUMNS; column++) {
        double longitude = 2 * StrictMath.PI * column / COLUMNS - StrictMath.PI;
        double x = 7.5 * StrictMath.cos(latitude) * StrictMath.sin(longitude);
        double y = 1 + 11 * StrictMath.sin(latitude);
        double z = 9 * StrictMath.cos(latitude) * StrictMath.cos(longitude);
        mesh.vertex(x, y, z > 0 ? surface(x, y) : z);
      }
    }
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        int a = row * COLUMNS + column;
        int d = row * COLUMNS + (column + 1) % COLUMNS;
        Material material = mesh.vertices.get(a)[2] > 2 ? Material.FACE : Material.HEAD;
        mesh.triangle(material, a, a + COLUMNS, d + COLUMNS);
        mesh.triangle(material, a, d + COLUMNS, d);
      }
    }
    int[] landmarks = landmarks(mesh);
    int skin = mesh.vertices.size();
    List<FaceGeometry.Part> parts = new ArrayList<>();
    parts.add(new FaceGeometry.Part("face", 0, skin, Material.FACE));
    eye(mesh, parts, Material.EYE_LEFT, 3);
    eye(mesh, parts, Material.EYE_RIGHT, -3);
    for (Material hidden :
        List.of(
            Material.MOUTH_SOCKET,
            Material.EYE_SOCKET,
            Material.GUMS,
            Material.TEETH,
            Material.LASHES)) {
      double y = hidden == Material.LASHES ? 4.3 : -2.8;
      double z = hidden == Material.LASHES ? 9.5 : 8;
      int a = mesh.vertex(-3.2, y, z);
      mesh.triangle(hidden, a, mesh.vertex(-2.8, y, z), mesh.vertex(-3, y + .5, z));
      parts.add(new FaceGeometry.Part(hidden.name(), a, a + 3, hidden));
    }
    return pack(mesh, parts, landmarks, skin);
  }

  /** Each landmark is a vertex of its own, at the tip of a small triangle on the skin. */
  private static int[] landmarks(Mesh mesh) {
    double[][] at = new double[FaceGeometry.LANDMARKS][];
    for (int i = 0; i < 17; i++) {
      double angle = StrictMath.PI * i / 16;
      at[i] = new double[] {-6.6 * StrictMath.cos(angle), 2.6 - 9 * StrictMath.sin(angle)};
    }
    for (int i = 0; i < 5; i++) {
      at[17 + i] = new double[] {-5.4 + i, 5.5 + .25 * Math.min(i, 4 - i)};
      at[26 - i] = new double[] {5.4 - i, 5.5 + .25 * Math.min(i, 4 - i)};
    }
    for (int i = 0; i < 4; i++) {
      at[27 + i] = new double[] {0, 3.4 - i};
    }
    for (int i = 0; i < 5; i++) {
      at[31 + i] = new double[] {-1.2 + .6 * i, -.6 - .1 * Math.min(i, 4 - i)};
    }
    double[][] lid = {{-1.5, 0}, {-.5, .55}, {.5, .55}, {1.5, 0}, {.5, -.45}, {-.5, -.45}};
    for (int i = 0; i < 6; i++) {
      at[36 + i] = new double[] {lid[i][0] - 3.1, 3.4 + lid[i][1]};
      at[42 + i] = new double[] {lid[i][0] + 3.1, 3.4 + lid[i][1]};
    }
    for (int i = 0; i < 12; i++) {
      double angle = StrictMath.PI * (1 - i / 6.0);
      at[48 + i] = new double[] {2.4 * StrictMath.cos(angle), -2.9 + .8 * StrictMath.sin(angle)};
    }
    for (int i = 0; i < 8; i++) {
      double angle = StrictMath.PI * (1 - i / 4.0);
      at[60 + i] = new double[] {2.1 * StrictMath.cos(angle), -2.9 + .038 * StrictMath.sin(angle)};
    }
    return Arrays.stream(at)
        .mapToInt(
            p -> {
              // Wider than the cells within which the mesh for crops merges vertices.
              int tip = onSkin(mesh, p[0], p[1]);
              int left = onSkin(mesh, p[0] - 1.1, p[1] - .3);
              mesh.triangle(Material.FACE, tip, left, onSkin(mesh, p[0] + 1.1, p[1] - .3));
              return tip;
            })
        .toArray();
  }

  private static int onSkin(Mesh mesh, double x, double y) {
    return mesh.vertex(x, y, surface(x, y) + .02);
  }

  private static void eye(Mesh mesh, List<FaceGeometry.Part> parts, Material material, double x) {
    int first = mesh.vertices.size();
    int side = 12;
    for (int i = 0; i <= side; i++) {
      double a = StrictMath.PI * i / side;
      for (int j = 0; j < side; j++) {
        double b = 2 * StrictMath.PI * j / side;
        double s = 1.2 * StrictMath.sin(a);
        mesh.vertex(
            x + s * StrictMath.sin(b),
            3.4 + 1.2 * StrictMath.cos(a),
            surface(x, 3.4) - .8 + s * StrictMath.cos(b));
      }
    }
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        int a = first + i * side + j;
        int d = first + i * side + (j + 1) % side;
        mesh.triangle(material, a, a + side, d + side);
        mesh.triangle(material, a, d + side, d);
      }
    }
    parts.add(new FaceGeometry.Part(material.name(), first, mesh.vertices.size(), material));
  }

  private static Map<String, Move> moves() {
    Map<String, Move> moves = new TreeMap<>();
    moves.put("browInnerUp", new Move(0, 1, 20, 21, 22, 23));
    for (String name : List.of("jawLeft", "jawRight", "mouthLeft", "mouthRight", "jawForward")) {
      moves.put(name, new Move(.1, 0, 8, 57));
    }
    moves.put("mouthShrugUpper", new Move(0, .3, 51, 61, 62, 63));
    moves.put("mouthShrugLower", new Move(0, .75, 57, 65, 66, 67, 8));
    moves.put("mouthPucker", new Move(-.3, 0, 48, 54));
    moves.put("mouthFunnel", new Move(-.2, 0, 48, 54));
    moves.put("mouthRollLower", new Move(0, .1, 57, 58, 56));
    moves.put("mouthRollUpper", new Move(0, -.1, 50, 51, 52));
    moves.put("jawOpen", new Move(0, -2, 6, 7, 8, 9, 10, 55, 56, 57, 58, 59, 65, 66, 67));
    sides(moves, "browOuterUp", 0, 1, new int[] {24, 25, 26}, 17, 18, 19);
    sides(moves, "browDown", 0, -.4, new int[] {22, 23, 24, 25}, 18, 19, 20, 21);
    sides(moves, "eyeWide", 0, .2, new int[] {43, 44}, 37, 38);
    sides(moves, "eyeBlink", 0, -.95, new int[] {43, 44}, 37, 38);
    sides(moves, "eyeSquint", 0, .2, new int[] {46, 47}, 40, 41);
    sides(moves, "cheekSquint", 0, .1, new int[] {46, 47}, 40, 41);
    sides(moves, "cheekPuff", .3, 0, new int[] {13, 14}, 2, 3);
    sides(moves, "noseSneer", 0, .2, new int[] {35}, 31);
    sides(moves, "mouthUpperUp", 0, .2, new int[] {52, 53, 62}, 49, 50, 62);
    sides(moves, "mouthLowerDown", 0, -.3, new int[] {55, 56, 66}, 58, 59, 66);
    sides(moves, "mouthSmile", .5, .5, new int[] {54, 64}, 48, 60);
    sides(moves, "mouthFrown", .1, -.5, new int[] {54, 64}, 48, 60);
    sides(moves, "mouthDimple", .2, 0, new int[] {54, 64}, 48, 60);
    sides(moves, "mouthStretch", .5, -.2, new int[] {54, 64}, 48, 60);
    sides(moves, "mouthPress", 0, .05, new int[] {54}, 48);
    return moves;
  }

  private static void sides(
      Map<String, Move> moves, String name, double out, double up, int[] left, int... right) {
    moves.put(name + "_L", new Move(out, up, left));
    moves.put(name + "_R", new Move(out, up, right));
  }

  private static FaceGeometry.Data pack(
      Mesh mesh, List<FaceGeometry.Part> parts, int[] landmarks, int skin) {
    int n = mesh.vertices.size();
    FaceGeometry.Data a = new FaceGeometry.Data();
    a.parts = parts;
    a.neutral = new float[3 * n];
    a.attributes = new float[n];
    // Three modes: wider, longer, and a longer nose.
    short[][] modes = new short[3][3 * n];
    for (int v = 0; v < n; v++) {
      float[] p = mesh.vertices.get(v);
      System.arraycopy(p, 0, a.neutral, 3 * v, 3);
      double mouth = StrictMath.hypot(p[0] / 2.4, (p[1] + 2.9) / .8);
      boolean front = v < skin && p[2] > 5;
      a.attributes[v] = front ? (float) Math.max(-3, 1 - mouth) : v < skin ? -3 : .2f;
      modes[0][3 * v] = (short) Math.round(.04 * p[0] / STEP);
      modes[1][3 * v + 1] = (short) Math.round(.03 * p[1] / STEP);
      double nose = StrictMath.exp(-p[0] * p[0] - (p[1] - .6) * (p[1] - .6) / 2);
      modes[2][3 * v + 2] = (short) Math.round(front ? .3 * nose / STEP : 0);
    }
    a.triangles = mesh.triangles.stream().flatMapToInt(Arrays::stream).toArray();
    a.materials = mesh.materials.toArray(new Material[0]);
    a.landmarks = landmarks;
    a.modes =
        Arrays.stream(modes)
            .map(steps -> new FaceGeometry.Mode(steps, STEP))
            .toArray(FaceGeometry.Mode[]::new);
    List<FaceGeometry.Blendshape> shapes = new ArrayList<>();
    moves()
        .forEach(
            (name, move) -> {
              int[] moved = Arrays.stream(move.landmarks).map(l -> landmarks[l]).sorted().toArray();
              short[] steps = new short[3 * moved.length];
              for (int i = 0; i < moved.length; i++) {
                double outward = Math.signum(a.neutral[3 * moved[i]]) * move.outward;
                steps[3 * i] = (short) Math.round(outward / STEP);
                steps[3 * i + 1] = (short) Math.round(move.upward / STEP);
              }
              shapes.add(new FaceGeometry.Blendshape(name, moved, steps, STEP));
            });
    a.shapes = shapes.toArray(new FaceGeometry.Blendshape[0]);
    return a;
  }
}
