package org.affect4j.synthesis.internal.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.geometry.Material;
import org.affect4j.synthesis.internal.geometry.WrinkleMaps;
import org.affect4j.synthesis.internal.shape.WrinkleTable;

/**
 * The face model laid out for drawing: vertices and triangles sorted so that what is always seen
 * comes first, arrays instead of accessors. Immutable and shared by all renderers.
 */
public final class HeadMesh {
  /** Eyes end a little before their equator: what lies behind is never seen through the lids. */
  private static final float EYE_FRONT_CM = .2f;

  private static final float CASTER_CELL_CM = .5f;

  /** Below this the chest lies under clothes. */
  private static final float BUST_END_Y = -14.6f;

  final int skinVertices;
  final int alwaysVertices;
  final int vertices;
  final float[] neutral;
  final float[] attribute;
  final float[] headShare;
  final int[] corners;
  final byte[] material;
  final int skinTriangles;

  /** Two numbers a vertex of the skin: across and along strands of hair that grow there. */
  final float[] strand;

  /** Corners of a coarser skin over the same vertices, for small shadow maps. */
  final int[] casters;

  /** The vertices of that skin, each once. */
  final int[] casterVertices;

  final int alwaysTriangles;
  final int triangles;

  final float[][] modes;
  final int[][] moved;
  final float[][] moves;
  final int[] landmarks = new int[FaceGeometry.LANDMARKS];
  final int noseTip;
  final int[] boxVertices;
  final float[] eyeCentres = new float[6];
  final Noise noise = new Noise();
  final WrinkleTable wrinkleTable;
  final float[][] wrinkles;
  final int[][] wrinkleBounds;
  final WrinkleMaps maps;

  /**
   * Prepares a mesh with all that the face model has.
   *
   * @param geometry the face model
   */
  public HeadMesh(FaceGeometry geometry) {
    this(geometry, IntStream.range(0, geometry.vertexCount()).toArray());
  }

  /**
   * Prepares a mesh for crops of about 112 pixels, which show no difference: about half of the
   * triangles, over vertices of the face model, all 68 landmarks among them.
   *
   * @param geometry the face model
   * @return the coarser mesh
   */
  public static HeadMesh forCrops(FaceGeometry geometry) {
    return new HeadMesh(geometry, Coarsening.standIns(geometry));
  }

  /** Keeps what does not shrink to nothing once each vertex is drawn where its stand-in is. */
  private HeadMesh(FaceGeometry geometry, int[] standsFor) {
    centreEyes(geometry);
    int n = geometry.triangleCount();
    List<Integer> order = new ArrayList<>();
    int[] ends = new int[3];
    for (int group = 0; group < 3; group++) {
      for (int t = 0; t < n; t++) {
        if (group(geometry, t) == group && hasArea(geometry, t, standsFor)) {
          order.add(t);
        }
      }
      ends[group] = order.size();
    }
    skinTriangles = ends[0];
    alwaysTriangles = ends[1];
    triangles = ends[2];
    int[] newIndex = new int[geometry.vertexCount()];
    Arrays.fill(newIndex, -1);
    int count = 0;
    int[] vertexEnds = new int[3];
    corners = new int[3 * triangles];
    material = new byte[triangles];
    List<Integer> old = new ArrayList<>();
    for (int i = 0; i < triangles; i++) {
      int t = order.get(i);
      material[i] = (byte) geometry.material(t).ordinal();
      for (int c = 0; c < 3; c++) {
        int v = standsFor[geometry.corner(t, c)];
        if (newIndex[v] < 0) {
          newIndex[v] = count++;
          old.add(v);
        }
        corners[3 * i + c] = newIndex[v];
      }
      for (int group = 0; group < 3; group++) {
        if (i + 1 == ends[group]) {
          vertexEnds[group] = count;
        }
      }
    }
    skinVertices = vertexEnds[0];
    alwaysVertices = vertexEnds[1];
    vertices = count;
    neutral = new float[3 * count];
    attribute = new float[count];
    headShare = new float[count];
    for (int i = 0; i < count; i++) {
      attribute[i] = geometry.attribute(old.get(i));
      for (int axis = 0; axis < 3; axis++) {
        neutral[3 * i + axis] = geometry.neutral(old.get(i), axis);
      }
      headShare[i] = Triangles.headShare(neutral[3 * i + 1]);
    }
    strand = new float[2 * skinVertices];
    for (int v = 0; v < skinVertices; v++) {
      float x = neutral[3 * v];
      float z = neutral[3 * v + 2];
      strand[2 * v] = HairField.across(x, z);
      strand[2 * v + 1] = HairField.along(x, neutral[3 * v + 1], z);
    }
    casters = casters();
    casterVertices = Arrays.stream(casters).distinct().sorted().toArray();
    modes = new float[geometry.modeCount()][3 * count];
    for (int k = 0; k < modes.length; k++) {
      for (int i = 0; i < count; i++) {
        for (int axis = 0; axis < 3; axis++) {
          modes[k][3 * i + axis] = geometry.modeOffset(k, old.get(i), axis);
        }
      }
    }
    moved = new int[geometry.blendshapes().size()][];
    moves = new float[moved.length][];
    for (int k = 0; k < moved.length; k++) {
      copyShape(geometry, k, newIndex);
    }
    for (int i = 0; i < landmarks.length; i++) {
      landmarks[i] = newIndex[geometry.landmark(i)];
      if (landmarks[i] < 0) {
        throw new IllegalArgumentException("landmark " + i + " lies on no triangle of the model");
      }
    }
    noseTip = noseTip();
    boxVertices = boxVertices();
    maps = geometry.wrinkles();
    wrinkleTable = WrinkleTable.bundled(maps);
    wrinkles = IntStream.range(0, maps.names().size()).mapToObj(maps::map).toArray(float[][]::new);
    wrinkleBounds = Arrays.stream(wrinkles).map(this::bounds).toArray(int[][]::new);
  }

  private static boolean hasArea(FaceGeometry g, int t, int[] standsFor) {
    int a = standsFor[g.corner(t, 0)];
    int b = standsFor[g.corner(t, 1)];
    int c = standsFor[g.corner(t, 2)];
    return a != b && b != c && c != a;
  }

  /** Skin whose vertices within a cell of space are taken as one: the first of them. */
  private int[] casters() {
    Map<Long, Integer> first = new HashMap<>();
    int[] standsFor = new int[skinVertices];
    for (int v = 0; v < skinVertices; v++) {
      int i = 3 * v;
      long cell = cell(neutral[i], neutral[i + 1], neutral[i + 2], CASTER_CELL_CM);
      Integer before = first.putIfAbsent(cell, v);
      standsFor[v] = before == null ? v : before;
    }
    int[] kept = new int[3 * skinTriangles];
    int n = 0;
    for (int t = 0; t < skinTriangles; t++) {
      int a = standsFor[corners[3 * t]];
      int b = standsFor[corners[3 * t + 1]];
      int c = standsFor[corners[3 * t + 2]];
      if (a != b && b != c && c != a) {
        kept[n++] = a;
        kept[n++] = b;
        kept[n++] = c;
      }
    }
    return Arrays.copyOf(kept, n);
  }

  /** The number of the cube of space, of a given side, in which a point lies. */
  static long cell(float x, float y, float z, float side) {
    long cell = Maths.floor(x / side) + (1 << 19);
    cell = cell << 20 | Maths.floor(y / side) + (1 << 19);
    return cell << 20 | Maths.floor(z / side) + (1 << 19);
  }

  private void centreEyes(FaceGeometry g) {
    for (FaceGeometry.Part part : g.parts()) {
      int eye =
          part.material() == Material.EYE_LEFT ? 0 : part.material() == Material.EYE_RIGHT ? 1 : -1;
      if (eye >= 0) {
        for (int axis = 0; axis < 3; axis++) {
          float least = Float.MAX_VALUE;
          float most = -Float.MAX_VALUE;
          for (int v = part.firstVertex(); v < part.endVertex(); v++) {
            least = Math.min(least, g.neutral(v, axis));
            most = Math.max(most, g.neutral(v, axis));
          }
          eyeCentres[3 * eye + axis] = (least + most) / 2;
        }
      }
    }
  }

  /** 0 skin, 1 always drawn, 2 only with parted lips, -1 never seen. */
  private int group(FaceGeometry g, int t) {
    Material m = g.material(t);
    if (m == Material.EYE_LEFT || m == Material.EYE_RIGHT) {
      float z =
          (g.neutral(g.corner(t, 0), 2)
                  + g.neutral(g.corner(t, 1), 2)
                  + g.neutral(g.corner(t, 2), 2))
              / 3;
      return z > eyeCentres[m == Material.EYE_LEFT ? 2 : 5] + EYE_FRONT_CM ? 1 : -1;
    }
    return switch (m) {
      case FACE, HEAD -> highest(g, t) < BUST_END_Y ? -1 : 0;
      case MOUTH_SOCKET, GUMS, TEETH -> 2;
      default -> 1;
    };
  }

  private static float highest(FaceGeometry g, int t) {
    return Math.max(
        g.neutral(g.corner(t, 0), 1),
        Math.max(g.neutral(g.corner(t, 1), 1), g.neutral(g.corner(t, 2), 1)));
  }

  private void copyShape(FaceGeometry geometry, int k, int[] newIndex) {
    int[] vertices = geometry.movedVertices(k);
    float[] by = geometry.movements(k);
    int[] kept = new int[vertices.length];
    float[] keptBy = new float[by.length];
    int n = 0;
    for (int i = 0; i < vertices.length; i++) {
      if (newIndex[vertices[i]] >= 0) {
        kept[n] = newIndex[vertices[i]];
        System.arraycopy(by, 3 * i, keptBy, 3 * n, 3);
        n++;
      }
    }
    moved[k] = Arrays.copyOf(kept, n);
    moves[k] = Arrays.copyOf(keptBy, 3 * n);
  }

  /**
   * The nose of the five landmarks: the alignment template has it .571 eye distances under the
   * eyes, which on the mean face is .75 cm under iBUG's landmark 30.
   */
  private int noseTip() {
    int bridge = landmarks[30];
    float wantedY = neutral[3 * bridge + 1] - .75f;
    int best = bridge;
    float least = Float.MAX_VALUE;
    for (int v = 0; v < skinVertices; v++) {
      float x = neutral[3 * v];
      float y = neutral[3 * v + 1] - wantedY;
      float z = neutral[3 * v + 2] - neutral[3 * bridge + 2];
      float d = x * x + y * y + .3f * z * z;
      if (d < least) {
        least = d;
        best = v;
      }
    }
    return best;
  }

  private int[] boxVertices() {
    List<Integer> found = new ArrayList<>();
    for (int v = 0; v < skinVertices; v++) {
      float x = neutral[3 * v];
      float y = neutral[3 * v + 1];
      float z = neutral[3 * v + 2];
      if (y > -7.7f && y < 9.5f && z > 3 && Math.abs(x) < 7.4f) {
        found.add(v);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** First column, first row, end column, end row of what is not 0. */
  private int[] bounds(float[] map) {
    int[] b = {maps.width(), maps.height(), 0, 0};
    for (int i = 0; i < map.length; i++) {
      if (map[i] != 0) {
        int column = i % maps.width();
        int row = i / maps.width();
        b[0] = Math.min(b[0], column);
        b[1] = Math.min(b[1], row);
        b[2] = Math.max(b[2], column + 1);
        b[3] = Math.max(b[3], row + 1);
      }
    }
    return b;
  }
}
