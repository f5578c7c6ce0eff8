package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Colours and lights what is seen (deferred: visibility first, so that each visible surface of a
 * pixel is lit once). Everything on a head is textured by its position on the neutral mean head, so
 * that the texture moves with the skin. Not thread-safe.
 */
final class SurfaceShader {
  private final HeadMesh mesh;
  private final SurfacePoint point;
  private final Creases creases;
  private SkinPainter skin;
  private CoverPainter covers;
  private OpeningPainter openings;
  private Lamps lamps;

  SurfaceShader(HeadMesh mesh) {
    this.mesh = mesh;
    point = new SurfacePoint(mesh);
    creases = new Creases(mesh);
  }

  void prepare(Person person, FaceShape shape, View view, float pixelsPerCm, HairField field) {
    creases.paint(person, shape, pixelsPerCm);
    float[] turn = view.pose().matrix();
    skin = new SkinPainter(point, creases, mesh.noise, person, field, turn, pixelsPerCm);
    covers = new CoverPainter(point, mesh.noise, person, field);
    openings = new OpeningPainter(point, mesh, person, shape.sealed(), pixelsPerCm);
    lamps = new Lamps(point, mesh.noise, view, person.texture());
  }

  /** Direction to the key light. */
  float[] key() {
    return lamps.key;
  }

  /**
   * Shades all that is seen onto the canvas; returns the mean brightness of facial skin. A pixel
   * whose four samples see one surface is lit once, at the mean of two samples across; else each
   * material in it is lit at its first sample and weighs as many samples as it covers.
   */
  double shade(
      Triangles s,
      VisibilityBuffer seen,
      Occlusion occlusion,
      ShadowMap shadow,
      Canvas canvas,
      int left,
      int top) {
    int width = seen.width / 2;
    int height = seen.height / 2;
    double brightness = 0;
    double facePixels = 0;
    int[] o = new int[4];
    for (int py = 0; py < height; py++) {
      for (int px = 0; px < width; px++) {
        o[0] = 2 * py * seen.width + 2 * px;
        o[1] = o[0] + 1;
        o[2] = o[0] + seen.width;
        o[3] = o[2] + 1;
        int covered = 0;
        for (int i = 0; i < 4; i++) {
          covered += seen.triangle[o[i]] >= 0 ? 1 : 0;
        }
        if (covered == 0) {
          continue;
        }
        point.open = occlusion.open(px, py);
        float red = 0;
        float green = 0;
        float blue = 0;
        if (covered == 4 && uniform(s, seen, o)) {
          shade(s, seen, shadow, o[0], o[3]);
          red = lamps.colour[0];
          green = lamps.colour[1];
          blue = lamps.colour[2];
          if (point.material == Triangles.FACE && point.z > 5) {
            brightness += (red + green + blue) / 3;
            facePixels++;
          }
        } else {
          int done = 0;
          for (int i = 0; i < 4; i++) {
            int t = seen.triangle[o[i]];
            if (t < 0 || (done >> i & 1) != 0) {
              continue;
            }
            byte m = s.material[t];
            int same = 0;
            for (int j = i; j < 4; j++) {
              int u = seen.triangle[o[j]];
              boolean joined = j == i || u >= 0 && s.material[u] == m && !OpeningPainter.isEye(m);
              if (joined && (done >> j & 1) == 0) {
                done |= 1 << j;
                same++;
              }
            }
            shade(s, seen, shadow, o[i], o[i]);
            float w = .25f * same;
            red += w * lamps.colour[0];
            green += w * lamps.colour[1];
            blue += w * lamps.colour[2];
          }
        }
        float bare = 1 - .25f * covered;
        int at = (top + py) * canvas.width() + left + px;
        canvas.red[at] = bare * canvas.red[at] + red;
        canvas.green[at] = bare * canvas.green[at] + green;
        canvas.blue[at] = bare * canvas.blue[at] + blue;
        canvas.cover[at] = 1 - bare * (1 - canvas.cover[at]);
      }
    }
    return facePixels == 0 ? 0 : brightness / facePixels;
  }

  private static boolean uniform(Triangles s, VisibilityBuffer seen, int[] o) {
    byte m = s.material[seen.triangle[o[0]]];
    if (OpeningPainter.isEye(m)
        || s.material[seen.triangle[o[1]]] != m
        || s.material[seen.triangle[o[2]]] != m
        || s.material[seen.triangle[o[3]]] != m) {
      return false;
    }
    float a = seen.inverseDepth[o[0]];
    float b = seen.inverseDepth[o[3]];
    return Math.abs(a - b) < .015f * a;
  }

  private void shade(Triangles s, VisibilityBuffer seen, ShadowMap shadow, int first, int last) {
    point.gather(s, seen, first, last);
    lamps.face();
    colour(s, seen, first);
    lamps.light(shadow);
  }

  private void colour(Triangles s, VisibilityBuffer seen, int sample) {
    SurfacePoint p = point;
    p.skin = false;
    p.strands = false;
    p.crease = 0;
    p.surface(0, 12);
    p.wrap[0] = .25f;
    p.wrap[1] = .08f;
    p.wrap[2] = .04f;
    boolean mayBeClothed = p.material == Triangles.FACE || p.material == Triangles.HEAD;
    if (mayBeClothed && covers.clothed()) {
      covers.cloth();
      return;
    }
    switch (p.material) {
      case Triangles.FACE -> skin.face();
      case Triangles.HEAD -> {
        skin.skin();
        skin.hairRoots();
      }
      case Triangles.MOUTH_SOCKET -> openings.mouthSocket();
      case Triangles.EYE_SOCKET -> openings.eyeSocket();
      case Triangles.GUMS -> openings.gums();
      case Triangles.TEETH -> openings.teeth();
      case Triangles.EYE_LEFT, Triangles.EYE_RIGHT -> openings.eye(s, seen, sample);
      case Triangles.LASHES -> p.paint(.012f, .009f, .008f);
      case Triangles.HAIR, Triangles.FALLING_HAIR -> covers.hairStrands();
      case Triangles.BEARD -> covers.beardStrands();
      case Triangles.FRAME -> covers.frame();
      case Triangles.LENS -> covers.lens();
      case Triangles.CLOTH -> covers.cloth();
      default -> covers.scarf();
    }
  }
}
