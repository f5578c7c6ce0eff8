package org.affect4j.synthesis.internal.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.SimilarityTransform;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Draws faces. Holds working memory that is used again, so that many faces need no more memory than
 * one. Not thread-safe: give each thread its own over a shared {@link HeadMesh}.
 *
 * <p>Identity and units move the mesh; hair, glasses and clothes are added; everything is turned,
 * projected, and the nearest surface found at 2 x 2 samples a pixel; then each visible surface of a
 * pixel is lit once, with shadow, occlusion and wrinkles.
 */
public final class FaceRenderer {
  // The head turns about the top of the neck.
  private static final float PIVOT_Y = -5;
  private static final float PIVOT_Z = -1;
  private static final int SMALL_SHADOW_MAP = 112;
  private static final int LARGE_SHADOW_MAP = 320;
  private static final float LARGE_PIXELS_PER_CM = 9;

  /** Lids and lips bulge beyond their landmarks by less than this. */
  private static final float OPENING_MARGIN_CM = .6f;

  private static final float[] NOWHERE = {1, 1, 0, 0};

  private final HeadMesh mesh;
  private final Triangles soup = new Triangles();
  private final IdentityBlend blend;
  private final Wardrobe wardrobe;
  private final VisibilityBuffer seen = new VisibilityBuffer();
  private final ShadowMap shadow = new ShadowMap();
  private final Occlusion occlusion = new Occlusion();
  private final SurfaceShader shader;
  private int placedVertices;
  private int placedTriangles;

  /**
   * Prepares a renderer.
   *
   * @param mesh the mesh, shared
   */
  public FaceRenderer(HeadMesh mesh) {
    this.mesh = mesh;
    this.blend = new IdentityBlend(mesh);
    this.wardrobe = new Wardrobe(mesh);
    this.shader = new SurfaceShader(mesh);
  }

  /**
   * Draws one face onto a canvas.
   *
   * @param canvas receives the face over what it holds
   * @param person who
   * @param shape what the face does
   * @param view pose, light, and the distance of the camera, 25 cm or more
   * @param placement where the face comes to lie
   * @return the exact truth in pixels of the canvas
   * @throws IllegalArgumentException if the person's identity does not fit the model, or the camera
   *     is too near
   */
  public RenderedFace render(
      Canvas canvas, Person person, FaceShape shape, View view, Placement placement) {
    if (person.identity().size() != mesh.modes.length) {
      throw new IllegalArgumentException(
          "the person has %d identity coefficients, the face model has %d modes"
              .formatted(person.identity().size(), mesh.modes.length));
    }
    float distance = (float) view.distanceCm();
    if (!(distance >= 25)) {
      throw new IllegalArgumentException(
          "the camera stands at least 25 cm from the head, got " + view.distanceCm());
    }
    HeadPose pose = view.pose();
    boolean mouthOpen = shape.mouthShows();
    placeModel(person, shape, mouthOpen);
    project(pose, distance, 0);
    SimilarityTransform toPixels = placement.transform(landmarks());
    float pixelsPerCm = (float) toPixels.scale();
    HairField field = new HairField(person, mesh.noise, pixelsPerCm);
    wardrobe.dress(soup, person, field, new Sight(pose.matrix(), distance, pixelsPerCm));
    project(pose, distance, soup.bareVertices);
    turnNormals(pose);
    toScreen(toPixels);
    RenderedFace truth = truth();

    int[] region = region(canvas);
    if (region[2] <= 0 || region[3] <= 0) {
      return truth;
    }
    toRegion(region);
    seen.reset(2 * region[2], 2 * region[3]);
    showThroughOpenings(pixelsPerCm, !shape.sealed());
    seen.draw(soup, person, field, mesh.attribute);
    occlusion.compute(seen, pixelsPerCm, (float) view.lighting().occlusion());
    shader.prepare(person, shape, view, pixelsPerCm, field);
    shadow.draw(
        soup,
        mesh,
        pixelsPerCm > LARGE_PIXELS_PER_CM ? LARGE_SHADOW_MAP : SMALL_SHADOW_MAP,
        shader.key());
    double brightness = shader.shade(soup, seen, occlusion, shadow, canvas, region[0], region[1]);
    return new RenderedFace(truth.landmarks(), truth.contour(), truth.box(), brightness);
  }

  private void placeModel(Person person, FaceShape shape, boolean mouthOpen) {
    soup.vertices = 0;
    soup.triangles = 0;
    soup.reserve(mesh.vertices, mesh.triangles);
    soup.vertices = mouthOpen ? mesh.vertices : mesh.alwaysVertices;
    soup.triangles = mouthOpen ? mesh.triangles : mesh.alwaysTriangles;
    soup.bareVertices = soup.vertices;
    soup.bareTriangles = soup.triangles;
    placeWhatStays();
    blend.place(person.identity(), 3 * soup.vertices, soup.position);
    float[] p = soup.position;
    int floats = 3 * soup.vertices;
    for (int k = 0; k < mesh.moved.length; k++) {
      float w = shape.weights()[k];
      if (w != 0) {
        int[] moved = mesh.moved[k];
        float[] by = mesh.moves[k];
        for (int i = 0; i < moved.length; i++) {
          int o = 3 * moved[i];
          if (o < floats) {
            p[o] += w * by[3 * i];
            p[o + 1] += w * by[3 * i + 1];
            p[o + 2] += w * by[3 * i + 2];
          }
        }
      }
    }
    soup.normals();
  }

  /** What no face changes is placed again only where clothes or hair of the last face lay. */
  private void placeWhatStays() {
    // Skin under hair is made empty.
    System.arraycopy(mesh.corners, 0, soup.corner, 0, 3 * mesh.skinTriangles);
    int v = placedVertices;
    if (v < soup.vertices) {
      int n = soup.vertices - v;
      System.arraycopy(mesh.neutral, 3 * v, soup.rest, 3 * v, 3 * n);
      System.arraycopy(mesh.headShare, v, soup.headShare, v, n);
      Arrays.fill(soup.strand, 2 * v, 2 * soup.vertices, 0);
    }
    int t = placedTriangles;
    if (t < soup.triangles) {
      int n = soup.triangles - t;
      System.arraycopy(mesh.corners, 3 * t, soup.corner, 3 * t, 3 * n);
      System.arraycopy(mesh.material, t, soup.material, t, n);
      Arrays.fill(soup.whole, t, soup.triangles, false);
    }
    placedVertices = soup.vertices;
    placedTriangles = soup.triangles;
  }

  /** Turns and projects the vertices from one on. */
  private void project(HeadPose pose, float distance, int from) {
    float[] h = pose.matrix();
    float[] b = pose.bodyMatrix();
    float[] r = new float[9];
    float share = -1;
    float[] position = soup.position;
    float[] world = soup.world;
    float[] screen = soup.screen;
    for (int v = from; v < soup.vertices; v++) {
      if (soup.headShare[v] != share) {
        share = soup.headShare[v];
        between(b, h, share, r);
      }
      int i = 3 * v;
      float x = position[i];
      float y = position[i + 1] - PIVOT_Y;
      float z = position[i + 2] - PIVOT_Z;
      float wx = r[0] * x + r[1] * y + r[2] * z;
      float wy = r[3] * x + r[4] * y + r[5] * z + PIVOT_Y;
      float wz = r[6] * x + r[7] * y + r[8] * z + PIVOT_Z;
      world[i] = wx;
      world[i + 1] = wy;
      world[i + 2] = wz;
      float inverse = 1 / (distance - wz);
      screen[i] = wx * inverse * distance;
      screen[i + 1] = -wy * inverse * distance;
      screen[i + 2] = inverse;
    }
  }

  private void turnNormals(HeadPose pose) {
    float[] h = pose.matrix();
    float[] b = pose.bodyMatrix();
    float[] r = new float[9];
    float share = -1;
    float[] normal = soup.normal;
    for (int v = 0; v < soup.vertices; v++) {
      if (soup.headShare[v] != share) {
        share = soup.headShare[v];
        between(b, h, share, r);
      }
      int i = 3 * v;
      float nx = normal[i];
      float ny = normal[i + 1];
      float nz = normal[i + 2];
      normal[i] = r[0] * nx + r[1] * ny + r[2] * nz;
      normal[i + 1] = r[3] * nx + r[4] * ny + r[5] * nz;
      normal[i + 2] = r[6] * nx + r[7] * ny + r[8] * nz;
    }
  }

  private static void between(float[] body, float[] head, float share, float[] out) {
    for (int i = 0; i < 9; i++) {
      out[i] = body[i] + share * (head[i] - body[i]);
    }
  }

  private Landmarks landmarks() {
    double[] xy = new double[10];
    mean(xy, 0, 36, 37, 38, 39, 40, 41);
    mean(xy, 1, 42, 43, 44, 45, 46, 47);
    xy[4] = soup.screen[3 * mesh.noseTip];
    xy[5] = soup.screen[3 * mesh.noseTip + 1];
    // Where the lips meet: between the outer and the inner corner of the contour.
    mean(xy, 3, 48, 60);
    mean(xy, 4, 54, 64);
    return Landmarks.of(xy);
  }

  private void mean(double[] xy, int to, int... of) {
    for (int i : of) {
      xy[2 * to] += soup.screen[3 * mesh.landmarks[i]] / (double) of.length;
      xy[2 * to + 1] += soup.screen[3 * mesh.landmarks[i] + 1] / (double) of.length;
    }
  }

  private void toScreen(SimilarityTransform t) {
    float a = (float) t.a();
    float b = (float) t.b();
    float shiftX = (float) t.shiftX();
    float shiftY = (float) t.shiftY();
    float[] screen = soup.screen;
    for (int i = 0; i < 3 * soup.vertices; i += 3) {
      float x = screen[i];
      float y = screen[i + 1];
      screen[i] = a * x - b * y + shiftX;
      screen[i + 1] = b * x + a * y + shiftY;
    }
  }

  private RenderedFace truth() {
    List<Point> contour = new ArrayList<>();
    for (int v : mesh.landmarks) {
      contour.add(new Point(soup.screen[3 * v], soup.screen[3 * v + 1]));
    }
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int v : mesh.boxVertices) {
      left = Math.min(left, soup.screen[3 * v]);
      right = Math.max(right, soup.screen[3 * v]);
      top = Math.min(top, soup.screen[3 * v + 1]);
      bottom = Math.max(bottom, soup.screen[3 * v + 1]);
    }
    return new RenderedFace(landmarks(), contour, PixelBox.ofCorners(left, top, right, bottom), 0);
  }

  /** Left, top, width and height of what the triangles cover on the canvas, in pixels. */
  private int[] region(Canvas canvas) {
    float[] screen = soup.screen;
    float left = Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    // From the last on: clothes and hair leave a crop on all sides, and no more need be looked at.
    for (int v = soup.vertices - 1; v >= 0; v--) {
      float x = screen[3 * v];
      float y = screen[3 * v + 1];
      if (x < left || x > right || y < top || y > bottom) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
        if (left < 0 && top < 0 && right > canvas.width() && bottom > canvas.height()) {
          break;
        }
      }
    }
    int x0 = Math.max(0, Maths.floor(left));
    int y0 = Math.max(0, Maths.floor(top));
    int x1 = Math.min(canvas.width(), Maths.floor(right) + 2);
    int y1 = Math.min(canvas.height(), Maths.floor(bottom) + 2);
    return new int[] {x0, y0, x1 - x0, y1 - y0};
  }

  /** From pixels, whose centres are whole numbers, to samples, two for each pixel. */
  private void toRegion(int[] region) {
    float[] screen = soup.screen;
    int[] cell = soup.cell;
    for (int v = 0; v < soup.vertices; v++) {
      float x = 2 * (screen[3 * v] + .5f - region[0]);
      float y = 2 * (screen[3 * v + 1] + .5f - region[1]);
      screen[3 * v] = x;
      screen[3 * v + 1] = y;
      cell[4 * v] = -Maths.floor(.5f - x);
      cell[4 * v + 1] = Maths.floor(x - .5f);
      cell[4 * v + 2] = -Maths.floor(.5f - y);
      cell[4 * v + 3] = Maths.floor(y - .5f);
    }
  }

  /** Eyes and the inside of the mouth are looked for between lids and lips alone. */
  private void showThroughOpenings(float pixelsPerCm, boolean teeth) {
    float margin = OPENING_MARGIN_CM * 2 * pixelsPerCm;
    float[] mouth = opening(60, 67, margin);
    float[] right = opening(36, 41, margin);
    float[] left = opening(42, 47, margin);
    seen.show(Triangles.MOUTH_SOCKET, mouth);
    seen.show(Triangles.GUMS, teeth ? mouth : NOWHERE);
    seen.show(Triangles.TEETH, teeth ? mouth : NOWHERE);
    boolean swapped = mesh.eyeCentres[0] < 0 != mesh.neutral[3 * mesh.landmarks[42]] < 0;
    seen.show(Triangles.EYE_LEFT, swapped ? right : left);
    seen.show(Triangles.EYE_RIGHT, swapped ? left : right);
    seen.show(
        Triangles.EYE_SOCKET,
        new float[] {
          Math.min(left[0], right[0]),
          Math.min(left[1], right[1]),
          Math.max(left[2], right[2]),
          Math.max(left[3], right[3])
        });
  }

  /** Left, top, right and bottom of landmarks in samples. */
  private float[] opening(int first, int last, float margin) {
    float[] box = {Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
    for (int i = first; i <= last; i++) {
      float x = soup.screen[3 * mesh.landmarks[i]];
      float y = soup.screen[3 * mesh.landmarks[i] + 1];
      box[0] = Math.min(box[0], x - margin);
      box[1] = Math.min(box[1], y - margin);
      box[2] = Math.max(box[2], x + margin);
      box[3] = Math.max(box[3], y + margin);
    }
    return box;
  }
}
