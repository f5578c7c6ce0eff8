package org.affect4j.synthesis.internal.geometry;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The face model: a neutral mesh, identity modes that make it another person, blendshapes that move
 * it, 68 landmarks and painted wrinkle maps. Immutable and safe to share between threads.
 *
 * <p>Lengths are centimetres; x grows to the person's left, y upward, z out of the face. Blendshape
 * names end in {@code _L} and {@code _R} for the person's left and right. The two eyes lie at x
 * near +3 and -3.
 *
 * <p>Source: ICT-FaceKit, MIT licence, Copyright (c) 2020 USC Institute for Creative Technologies;
 * identity modes follow a standard normal distribution.
 */
public final class FaceGeometry {
  /** How many landmarks a face has, in the order of iBUG / Multi-PIE. */
  public static final int LANDMARKS = 68;

  private final Data data;
  private final List<String> blendshapes;
  private final WrinkleMaps wrinkles;
  private final String checksum;

  FaceGeometry(Data data, WrinkleMaps wrinkles, String checksum) {
    this.data = data;
    this.blendshapes = Arrays.stream(data.shapes).map(Blendshape::name).toList();
    this.wrinkles = wrinkles;
    this.checksum = checksum;
  }

  /** What a reader or an importer fills in; handed over whole, then never changed. */
  static final class Data {
    List<Part> parts;
    float[] neutral;
    int[] triangles;
    Material[] materials;
    int[] landmarks;
    float[] attributes;
    Mode[] modes;
    Blendshape[] shapes;
  }

  /** Identity mode: offsets x, y, z of every vertex in units of {@code step} centimetres. */
  record Mode(short[] steps, float step) {}

  /** Blendshape: offsets of some vertices, in units of {@code step} centimetres. */
  record Blendshape(String name, int[] vertices, short[] steps, float step) {}

  /**
   * A named range of vertices.
   *
   * @param name such as {@code "teeth"}
   * @param firstVertex first vertex
   * @param endVertex one past the last vertex
   * @param material what the part is made of
   */
  public record Part(String name, int firstVertex, int endVertex, Material material) {}

  /**
   * Reads the face model and verifies its checksum.
   *
   * @param location folder that holds {@code ict-compact.zip}, or {@code model.bin} and {@code
   *     wrinkles.bin}; or one of these files
   * @return the model
   * @throws GeometryException if it is missing, altered or damaged; the message says what to fetch
   */
  public static FaceGeometry read(Path location) throws GeometryException {
    return CompactFormat.read(location);
  }

  /**
   * Returns the SHA-256 of the model's bytes, which stands in the provenance of every set.
   *
   * @return 64 hexadecimal digits
   */
  public String checksum() {
    return checksum;
  }

  /**
   * Returns the named parts in vertex order.
   *
   * @return unmodifiable list
   */
  public List<Part> parts() {
    return Collections.unmodifiableList(data.parts);
  }

  /**
   * Returns how many vertices the mesh has.
   *
   * @return a positive number
   */
  public int vertexCount() {
    return data.attributes.length;
  }

  /**
   * Returns a coordinate of the neutral mesh.
   *
   * @param vertex 0 to {@link #vertexCount()} - 1
   * @param axis 0 for x, 1 for y, 2 for z
   * @return centimetres
   */
  public float neutral(int vertex, int axis) {
    return data.neutral[3 * vertex + axis];
  }

  /**
   * Returns how many triangles the mesh has.
   *
   * @return a positive number
   */
  public int triangleCount() {
    return data.materials.length;
  }

  /**
   * Returns a corner of a triangle; corners run counter-clockwise seen from outside.
   *
   * @param triangle 0 to {@link #triangleCount()} - 1
   * @param corner 0, 1 or 2
   * @return vertex
   */
  public int corner(int triangle, int corner) {
    return data.triangles[3 * triangle + corner];
  }

  /**
   * Returns what a triangle is made of.
   *
   * @param triangle 0 to {@link #triangleCount()} - 1
   * @return the material
   */
  public Material material(int triangle) {
    return data.materials[triangle];
  }

  /**
   * Returns the vertex of a landmark.
   *
   * @param index 0 to 67 in the order of iBUG: 0-16 jaw from the person's right, 17-26 brows, 27-35
   *     nose, 36-47 eyes, 48-59 outer lips, 60-67 inner lips
   * @return vertex
   */
  public int landmark(int index) {
    return data.landmarks[index];
  }

  /**
   * Returns a distance stored with a vertex: on the face, the signed distance to the outer contour
   * of the lips (positive on the lips); on lashes, the distance from the lid, negative on the lower
   * lid.
   *
   * @param vertex 0 to {@link #vertexCount()} - 1
   * @return centimetres; -1 elsewhere
   */
  public float attribute(int vertex) {
    return data.attributes[vertex];
  }

  /**
   * Returns how many identity modes there are.
   *
   * @return such as 100
   */
  public int modeCount() {
    return data.modes.length;
  }

  /**
   * Returns how far an identity mode moves a vertex.
   *
   * @param mode 0 to {@link #modeCount()} - 1
   * @param vertex 0 to {@link #vertexCount()} - 1
   * @param axis 0 for x, 1 for y, 2 for z
   * @return centimetres per standard deviation
   */
  public float modeOffset(int mode, int vertex, int axis) {
    Mode m = data.modes[mode];
    return m.steps[3 * vertex + axis] * m.step;
  }

  /**
   * Returns the names of the blendshapes in the order of their indices.
   *
   * @return unmodifiable list, such as {@code jawOpen}
   */
  public List<String> blendshapes() {
    return blendshapes;
  }

  /**
   * Returns the vertices that a blendshape moves.
   *
   * @param blendshape index in {@link #blendshapes()}
   * @return a copy, ascending
   */
  public int[] movedVertices(int blendshape) {
    return data.shapes[blendshape].vertices.clone();
  }

  /**
   * Returns how far a blendshape at full weight moves its vertices.
   *
   * @param blendshape index in {@link #blendshapes()}
   * @return x, y, z in centimetres for each of {@link #movedVertices(int)}
   */
  public float[] movements(int blendshape) {
    Blendshape s = data.shapes[blendshape];
    float[] out = new float[s.steps.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = s.steps[i] * s.step;
    }
    return out;
  }

  /**
   * Returns the painted wrinkles.
   *
   * @return the maps
   */
  public WrinkleMaps wrinkles() {
    return wrinkles;
  }

  @Override
  public String toString() {
    return "FaceGeometry: %d vertices, %d triangles, %d identity modes, %d blendshapes, SHA-256 %s"
        .formatted(vertexCount(), triangleCount(), modeCount(), blendshapes.size(), checksum);
  }
}
