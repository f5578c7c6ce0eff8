package org.affect4j.synthesis.internal.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.geometry.Material;

/**
 * Merges vertices of a face model that a small picture does not tell apart: those that lie in one
 * cell of space and face the same way (vertex clustering, Rossignac and Borrel 1993). Skin about
 * brows, lids, nose and lips, and all landmarks, stay as they are.
 */
final class Coarsening {
  private static final float KEPT_CM = 1;
  private static final int FIRST_OF_BROWS = 17;

  // Sides of cells in cm. A crop of 112 pixels has 5 to 6 pixels a cm.
  private static final float KEPT = 0;
  private static final float CHEEKS = .45f;
  private static final float SKULL = 1;
  private static final float EYES = .3f;
  private static final float SOCKETS = .6f;
  private static final float TEETH = .25f;
  private static final float GUMS = .4f;

  // Least cosine between normals. Teeth and gums lie in the dark and are a few pixels high.
  private static final float SAME_WAY = .9f;
  private static final float SAME_WAY_IN_MOUTH = .5f;

  private final FaceGeometry geometry;
  private final Material[] materials;
  private final float[] normals;
  private final float[] cells;

  private Coarsening(FaceGeometry geometry) {
    this.geometry = geometry;
    this.materials = materials();
    this.normals = normals();
    this.cells = cells();
  }

  /** For each vertex the one that stands for it, often itself. */
  static int[] standIns(FaceGeometry geometry) {
    return new Coarsening(geometry).merge();
  }

  private record Cell(float side, long place) {}

  private int[] merge() {
    Map<Cell, List<Integer>> standIns = new HashMap<>();
    int[] standsFor = new int[geometry.vertexCount()];
    for (int v = 0; v < standsFor.length; v++) {
      standsFor[v] = v;
      if (cells[v] != KEPT) {
        long place = HeadMesh.cell(at(v, 0), at(v, 1), at(v, 2), cells[v]);
        List<Integer> before =
            standIns.computeIfAbsent(new Cell(cells[v], place), k -> new ArrayList<>());
        int vertex = v;
        standsFor[v] = before.stream().filter(b -> sameWay(vertex, b)).findFirst().orElse(v);
        if (standsFor[v] == v) {
          before.add(v);
        }
      }
    }
    return standsFor;
  }

  private float at(int vertex, int axis) {
    return geometry.neutral(vertex, axis);
  }

  private boolean sameWay(int a, int b) {
    float cosine = 0;
    for (int axis = 0; axis < 3; axis++) {
      cosine += normals[3 * a + axis] * normals[3 * b + axis];
    }
    boolean inMouth = materials[a] == Material.TEETH || materials[a] == Material.GUMS;
    return cosine > (inMouth ? SAME_WAY_IN_MOUTH : SAME_WAY);
  }

  private Material[] materials() {
    Material[] of = new Material[geometry.vertexCount()];
    // What lies on no triangle is never drawn.
    Arrays.fill(of, Material.LASHES);
    for (int t = 0; t < geometry.triangleCount(); t++) {
      for (int c = 0; c < 3; c++) {
        of[geometry.corner(t, c)] = geometry.material(t);
      }
    }
    return of;
  }

  private float[] normals() {
    int vertices = geometry.vertexCount();
    int triangles = geometry.triangleCount();
    float[] positions = new float[3 * vertices];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = at(i / 3, i % 3);
    }
    int[] corners = new int[3 * triangles];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = geometry.corner(i / 3, i % 3);
    }
    float[] normals = new float[3 * vertices];
    Triangles.normals(positions, corners, triangles, normals, vertices);
    return normals;
  }

  private float[] cells() {
    float[] cells = new float[geometry.vertexCount()];
    for (int v = 0; v < cells.length; v++) {
      cells[v] = cell(v);
    }
    for (int i = 0; i < FaceGeometry.LANDMARKS; i++) {
      int landmark = geometry.landmark(i);
      cells[landmark] = KEPT;
      for (int v = 0; i >= FIRST_OF_BROWS && v < cells.length; v++) {
        if (isSkin(v) && near(landmark, v)) {
          cells[v] = KEPT;
        }
      }
    }
    return cells;
  }

  private float cell(int v) {
    return switch (materials[v]) {
      case FACE, HEAD -> at(v, 2) > 3 && Math.abs(at(v, 0)) < 6 && at(v, 1) < 7.5f ? CHEEKS : SKULL;
      case EYE_LEFT, EYE_RIGHT -> EYES;
      case EYE_SOCKET, MOUTH_SOCKET -> SOCKETS;
      case TEETH -> TEETH;
      case GUMS -> GUMS;
      case LASHES -> KEPT;
    };
  }

  private boolean isSkin(int v) {
    return materials[v] == Material.FACE || materials[v] == Material.HEAD;
  }

  private boolean near(int a, int b) {
    float square = 0;
    for (int axis = 0; axis < 3; axis++) {
      square += (at(a, axis) - at(b, axis)) * (at(a, axis) - at(b, axis));
    }
    return square < KEPT_CM * KEPT_CM;
  }
}
