package org.affect4j.synthesis.internal.render;

import java.util.Arrays;
import org.affect4j.synthesis.internal.appearance.HairStyle;
import org.affect4j.synthesis.internal.appearance.Person;

/**
 * Short hair, beard and scarf as shells: copies of the skin's triangles, lifted along the normals,
 * from which strands are cut when they are drawn (after the shells of fur of Lengyel et al. 2001).
 * The height of a shell is the share of the hair's thickness at which it lies; the higher, the
 * fewer strands reach it. Outer shells come first, so that what lies under them is soon found to be
 * hidden. Not thread-safe.
 */
final class HairShells {
  /** Skin grows a shell where its field is above this: a little beyond the edge. */
  private static final float NEAR = -.7f;

  private static final float BARE = -9;
  private static final float SCALP_END_Y = -10;
  private static final float HIDDEN_CM = 3;
  private static final float SHELL_PIXELS = 2.4f;
  private static final float EAR_FLAT_CM = 8.1f;

  private final HeadMesh mesh;
  private final int[] shellIndex;
  private final float[] grown;
  private final int[] grownVertices;
  private final int[] grownTriangles;
  private int vertexCount;
  private int triangleCount;

  // The scalp of one person from all sides: how far inside the hairline each of its vertices lies,
  // how much of the hair's thickness it has, and factors on that for volume and for curls.
  private Person scalpOf;
  private final float[] inside;
  private final float[] thickness;
  private final float[] volume;
  private final float[] bumps;
  private int[] scalpVertices;
  private int[] scalpTriangles;

  HairShells(HeadMesh mesh) {
    this.mesh = mesh;
    int skin = mesh.skinVertices;
    shellIndex = new int[skin];
    grown = new float[skin];
    grownVertices = new int[skin];
    grownTriangles = new int[mesh.skinTriangles];
    inside = new float[skin];
    thickness = new float[skin];
    volume = new float[skin];
    bumps = new float[skin];
  }

  void scalp(Triangles soup, Person person, HairField field, Sight sight) {
    findScalp(person, field);
    listSeen(soup, sight);
    float thick = (float) person.hair().thickness();
    int count = shells(person.hair().style(), thick * sight.pixelsPerCm());
    soup.reserve(vertexCount * count, triangleCount * count);
    for (int shell = count; shell >= 1; shell--) {
      float height = (float) shell / count;
      for (int k = 0; k < vertexCount; k++) {
        int v = grownVertices[k];
        float lift = thick * height * thickness[v] * volume[v] * bumps[v];
        // Curls are textured in space, lest their noise be drawn out to spikes.
        float grain = field.curl > .7f ? lift : 0;
        shellIndex[v] = soup.lifted(v, lift, 0, grain, mesh.strand[2 * v], mesh.strand[2 * v + 1]);
      }
      shellTriangles(soup, Triangles.HAIR, height, true);
    }
    if (person.hair().style() != HairStyle.BUZZED) {
      hideUnderHair(soup);
    }
  }

  void beard(Triangles soup, Person person) {
    float seed = (float) person.texture();
    float[] rest = mesh.neutral;
    for (int v = 0; v < mesh.skinVertices; v++) {
      float y = rest[3 * v + 1];
      float cover =
          y > 0
              ? 0
              : HairField.beardAt(
                  person.beard(),
                  mesh.noise,
                  seed,
                  rest[3 * v],
                  y,
                  rest[3 * v + 2],
                  mesh.attribute[v]);
      grown[v] = cover > .02f ? cover : BARE;
    }
    listGrown();
    int count = 3;
    soup.reserve(vertexCount * count, triangleCount * count);
    float length = (float) person.beard().length();
    for (int shell = count; shell >= 1; shell--) {
      float height = (float) shell / count;
      for (int v = 0; v < mesh.skinVertices; v++) {
        if (grown[v] > NEAR) {
          float lift = length * height * Maths.step(0, .8f, grown[v]);
          lift *= 1 + .8f * Maths.step(-4, -7.5f, rest[3 * v + 1]);
          // Hairs hang: shells sink as they stand off.
          shellIndex[v] = soup.lifted(v, lift, .45f, 0, grown[v], 0);
        }
      }
      shellTriangles(soup, Triangles.BEARD, height, false);
    }
  }

  void scarf(Triangles soup, HairField field) {
    float[] rest = mesh.neutral;
    for (int v = 0; v < mesh.skinVertices; v++) {
      grown[v] = field.scarfAt(rest[3 * v], rest[3 * v + 1], rest[3 * v + 2]);
    }
    listGrown();
    soup.reserve(vertexCount, triangleCount);
    float thickness = (float) field.hair.thickness();
    for (int v = 0; v < mesh.skinVertices; v++) {
      if (grown[v] > NEAR) {
        float x = soup.position[3 * v];
        float y = soup.position[3 * v + 1];
        float z = soup.position[3 * v + 2];
        float restY = rest[3 * v + 1];
        float fold = mesh.noise.coarse(rest[3 * v] * .012f + field.texture, restY * .03f);
        float drape = Maths.step(-5, -12, restY);
        float lift = thickness * Maths.step(-.7f, .8f, grown[v]) + drape * (1.3f + .5f * fold);
        float nx = soup.normal[3 * v];
        float ny = soup.normal[3 * v + 1];
        float nz = soup.normal[3 * v + 2];
        if (Math.abs(x) > EAR_FLAT_CM && restY > -5) {
          // Cloth spans the ear; it does not follow its shape.
          x = Math.copySign(EAR_FLAT_CM, x);
          nx = Math.signum(x);
          ny = 0;
          nz = 0;
        }
        shellIndex[v] =
            soup.vertex(
                x + lift * nx,
                y + lift * ny,
                z + lift * nz,
                nx,
                ny,
                nz,
                rest[3 * v],
                restY,
                rest[3 * v + 2],
                0,
                0);
      }
    }
    shellTriangles(soup, Triangles.SCARF, 1, false);
  }

  /** Finds the scalp of a person once for all pictures of them that follow each other. */
  private void findScalp(Person person, HairField field) {
    if (person == scalpOf) {
      return;
    }
    float[] rest = mesh.neutral;
    boolean round = person.hair().style() == HairStyle.AFRO;
    for (int v = 0; v < mesh.skinVertices; v++) {
      float x = rest[3 * v];
      float y = rest[3 * v + 1];
      float z = rest[3 * v + 2];
      grown[v] = y >= SCALP_END_Y ? field.hairAt(x, y, z) : BARE;
      if (grown[v] > NEAR) {
        thickness[v] = Maths.step(-.4f, round ? 4 : 2.2f, grown[v]);
        // Volume of a hairdo gathers above; curls make it bumpy.
        volume[v] = .72f + .28f * Maths.step(0, 12, y);
        bumps[v] =
            field.curl > .3f
                ? 1
                    + .35f
                        * field.curl
                        * mesh.noise.coarse(x * .035f + field.texture, (y + z) * .035f)
                : 1;
      }
    }
    listGrown();
    System.arraycopy(grown, 0, inside, 0, mesh.skinVertices);
    scalpVertices = Arrays.copyOf(grownVertices, vertexCount);
    scalpTriangles = Arrays.copyOf(grownTriangles, triangleCount);
    scalpOf = person;
  }

  /** Lists what of a scalp is not turned away. */
  private void listSeen(Triangles soup, Sight sight) {
    vertexCount = 0;
    for (int v : scalpVertices) {
      boolean seen = !sight.away(soup, v);
      grown[v] = seen ? inside[v] : BARE;
      if (seen) {
        grownVertices[vertexCount++] = v;
      }
    }
    triangleCount = 0;
    for (int t : scalpTriangles) {
      if (allGrown(t)) {
        grownTriangles[triangleCount++] = t;
      }
    }
  }

  /** Lists vertices that grew, and triangles all of whose corners did. */
  private void listGrown() {
    vertexCount = 0;
    for (int v = 0; v < mesh.skinVertices; v++) {
      if (grown[v] > NEAR) {
        grownVertices[vertexCount++] = v;
      }
    }
    triangleCount = 0;
    for (int t = 0; t < mesh.skinTriangles; t++) {
      if (allGrown(t)) {
        grownTriangles[triangleCount++] = t;
      }
    }
  }

  private boolean allGrown(int t) {
    return grown[mesh.corners[3 * t]] > NEAR
        && grown[mesh.corners[3 * t + 1]] > NEAR
        && grown[mesh.corners[3 * t + 2]] > NEAR;
  }

  /** Skin far inside dense hair is never seen; its triangles are made empty. */
  private void hideUnderHair(Triangles soup) {
    for (int i = 0; i < triangleCount; i++) {
      int t = 3 * grownTriangles[i];
      if (grown[soup.corner[t]] > HIDDEN_CM
          && grown[soup.corner[t + 1]] > HIDDEN_CM
          && grown[soup.corner[t + 2]] > HIDDEN_CM) {
        soup.corner[t + 1] = soup.corner[t];
        soup.corner[t + 2] = soup.corner[t];
      }
    }
  }

  /** Shells that lie nearer to each other than a picture can show are left out. */
  static int shells(HairStyle style, float thicknessPixels) {
    int most =
        switch (style) {
          case BUZZED -> 2;
          case CURLY -> 5;
          case AFRO -> 7;
          default -> 3;
        };
    return Math.max(2, Math.min(most, Math.round(thicknessPixels / SHELL_PIXELS)));
  }

  /** Copies the skin's triangles where all corners grew; leaves out the seam behind the crown. */
  private void shellTriangles(Triangles soup, byte code, float height, boolean seam) {
    for (int i = 0; i < triangleCount; i++) {
      int t = grownTriangles[i];
      int a = shellIndex[mesh.corners[3 * t]];
      int b = shellIndex[mesh.corners[3 * t + 1]];
      int c = shellIndex[mesh.corners[3 * t + 2]];
      float across = soup.strand[2 * a];
      boolean broken =
          seam
              && (Math.abs(soup.strand[2 * b] - across) > 3
                  || Math.abs(soup.strand[2 * c] - across) > 3);
      if (!broken) {
        soup.whole[soup.triangle(a, b, c, code, height)] =
            code == Triangles.HAIR && height <= VisibilityBuffer.SOLID_HEIGHT && deep(t);
      }
    }
  }

  /** Deep below the surface of hair and far from its edge no gap is seen. */
  private boolean deep(int t) {
    return grown[mesh.corners[3 * t]] > VisibilityBuffer.SOLID_CM
        && grown[mesh.corners[3 * t + 1]] > VisibilityBuffer.SOLID_CM
        && grown[mesh.corners[3 * t + 2]] > VisibilityBuffer.SOLID_CM;
  }
}
