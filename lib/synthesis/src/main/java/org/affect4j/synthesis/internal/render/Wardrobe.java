package org.affect4j.synthesis.internal.render;

import java.util.Arrays;
import org.affect4j.synthesis.internal.appearance.HairStyle;
import org.affect4j.synthesis.internal.appearance.Person;

/** Adds hair, beard, glasses and clothes to the triangles of a head. */
final class Wardrobe {
  private static final float NEAR = -.7f;
  private static final float SCALP_END_Y = -10;
  private static final float HIDDEN_CM = 3;
  private static final float SHELL_PIXELS = 2.4f;
  private static final float EAR_FLAT_CM = 8.1f;

  // Rows of the torso: height, half width, middle in depth, half depth; all in cm.
  private static final float[][] TORSO = {
    {-11.4f, 8.0f, -2.6f, 5.2f},
    {-12.6f, 12.2f, -2.6f, 6.4f},
    {-13.8f, 15.2f, -2.5f, 7.3f},
    {-15.4f, 17.8f, -2.3f, 8.2f},
    {-17.6f, 19.6f, -2.0f, 9.0f},
    {-21.5f, 20.6f, -1.5f, 10.0f},
    {-27.0f, 20.9f, -1.0f, 10.6f},
    {-36.0f, 20.2f, -1.0f, 10.8f},
    {-52.0f, 19.2f, -1.0f, 10.6f},
    {-110.0f, 18.5f, -1.0f, 10.6f}
  };

  private static final int TORSO_COLUMNS = 48;
  private static final float[] TORSO_OUTLINE = torsoOutline();

  private final HeadMesh mesh;
  private int[] shellIndex = new int[0];
  private float[] grown = new float[0];
  private int[] grownVertices = new int[0];
  private int[] grownTriangles = new int[0];
  private int vertexCount;
  private int triangleCount;

  // The scalp of one person from all sides: how far inside the hairline each of its vertices lies,
  // how much of the hair's thickness it has, and factors on that for volume and for curls.
  private Person scalpOf;
  private float[] inside = new float[0];
  private float[] thickness = new float[0];
  private float[] volume = new float[0];
  private float[] bumps = new float[0];
  private int[] scalpVertices = new int[0];
  private int[] scalpTriangles = new int[0];

  Wardrobe(HeadMesh mesh) {
    this.mesh = mesh;
  }

  void dress(Triangles soup, Person person, HairField field, Sight sight) {
    if (field.scarf) {
      scarf(soup, field);
    } else if (field.any) {
      scalp(soup, person, field, sight);
      if (person.hair().style().falls()) {
        fallingHair(soup, person, field, sight);
      } else if (person.hair().style() == HairStyle.TIED) {
        bun(soup, person);
      }
    }
    if (person.beard().length() > 0) {
      beard(soup, person);
    }
    if (person.glasses().kind() != Person.Glasses.Kind.NONE) {
      glasses(soup, person.glasses());
    }
    torso(soup, person);
  }

  private void prepareShells() {
    if (shellIndex.length < mesh.skinVertices) {
      shellIndex = new int[mesh.skinVertices];
      grown = new float[mesh.skinVertices];
      grownVertices = new int[mesh.skinVertices];
      grownTriangles = new int[mesh.skinTriangles];
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
  private static int shells(HairStyle style, float thicknessPixels) {
    int most =
        switch (style) {
          case BUZZED -> 2;
          case CURLY -> 5;
          case AFRO -> 7;
          default -> 3;
        };
    return Math.max(2, Math.min(most, Math.round(thicknessPixels / SHELL_PIXELS)));
  }

  /** Finds the scalp of a person once for all pictures of them that follow each other. */
  private void findScalp(Person person, HairField field) {
    if (person == scalpOf) {
      return;
    }
    if (inside.length == 0) {
      inside = new float[mesh.skinVertices];
      thickness = new float[mesh.skinVertices];
      volume = new float[mesh.skinVertices];
      bumps = new float[mesh.skinVertices];
    }
    float[] rest = mesh.neutral;
    boolean round = person.hair().style() == HairStyle.AFRO;
    for (int v = 0; v < mesh.skinVertices; v++) {
      float x = rest[3 * v];
      float y = rest[3 * v + 1];
      float z = rest[3 * v + 2];
      grown[v] = y >= SCALP_END_Y ? field.hairAt(x, y, z) : -9;
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
      grown[v] = seen ? inside[v] : -9;
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

  private void scalp(Triangles soup, Person person, HairField field, Sight sight) {
    prepareShells();
    findScalp(person, field);
    listSeen(soup, sight);
    float[] rest = mesh.neutral;
    float thick = (float) person.hair().thickness();
    int count = shells(person.hair().style(), thick * sight.pixelsPerCm());
    soup.reserve(vertexCount * count, triangleCount * count);
    for (int shell = count; shell >= 1; shell--) {
      float height = (float) shell / count;
      for (int k = 0; k < vertexCount; k++) {
        int v = grownVertices[k];
        float x = rest[3 * v];
        float y = rest[3 * v + 1];
        float z = rest[3 * v + 2];
        float lift = thick * height * thickness[v] * volume[v] * bumps[v];
        float nx = soup.normal[3 * v];
        float ny = soup.normal[3 * v + 1];
        float nz = soup.normal[3 * v + 2];
        // Curls are textured in space, lest their noise be drawn out to spikes.
        float grain = field.curl > .7f ? lift : 0;
        shellIndex[v] =
            soup.vertex(
                soup.position[3 * v] + lift * nx,
                soup.position[3 * v + 1] + lift * ny,
                soup.position[3 * v + 2] + lift * nz,
                nx,
                ny,
                nz,
                x + grain * nx,
                y + grain * ny,
                z + grain * nz,
                mesh.strand[2 * v],
                mesh.strand[2 * v + 1]);
      }
      shellTriangles(soup, Triangles.HAIR, height, true);
    }
    if (person.hair().style() != HairStyle.BUZZED) {
      hideUnderHair(soup);
    }
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

  private void scarf(Triangles soup, HairField field) {
    prepareShells();
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

  private void fallingHair(Triangles soup, Person person, HairField field, Sight sight) {
    Person.Hair hair = person.hair();
    int columns = 40;
    int rows = 18;
    int shells =
        shells(person.hair().style(), (float) person.hair().thickness() * sight.pixelsPerCm());
    soup.reserve(shells * (columns + 1) * (rows + 1), shells * columns * rows * 2);
    float wide = soup.position[3 * mesh.landmarks[16]] / mesh.neutral[3 * mesh.landmarks[16]];
    float thick = (float) hair.thickness();
    float top = 9.5f;
    float bottom = 3 - (float) hair.length();
    float reach = Maths.PI - (float) hair.opening();
    float[] sines = new float[columns + 1];
    float[] cosines = new float[columns + 1];
    for (int column = 0; column <= columns; column++) {
      float phi = reach * (2f * column / columns - 1);
      sines[column] = Maths.sin(phi);
      cosines[column] = Maths.sin(phi + .5f * Maths.PI);
    }
    for (int shell = shells; shell >= 1; shell--) {
      float height = (float) shell / shells;
      int first = soup.vertices;
      for (int row = 0; row <= rows; row++) {
        float v = (float) row / rows;
        float y = top + v * (bottom - top);
        float ears = Maths.step(9.5f, 2, y);
        float low = Maths.step(0, -14, y);
        float half = 7.0f + 2.1f * ears + thick * (.55f + .3f * height) + .9f * low;
        float deep = 8.0f + .6f * ears + thick * (.5f + .3f * height) - .6f * low;
        for (int column = 0; column <= columns; column++) {
          float phi = reach * (2f * column / columns - 1);
          float wave =
              field.curl == 0
                  ? 0
                  : .55f
                      * field.curl
                      * Maths.sin(y * .85f + phi * 5 + 6 * field.texture)
                      * Maths.step(6, -2, y);
          float s = sines[column];
          float c = cosines[column];
          float x = (half + wave) * s * wide;
          float z = -.6f - (deep + wave) * c;
          soup.vertex(x, y, z, s, .12f, -c, phi * 1.15f, top - y + 9);
        }
      }
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int a = first + row * (columns + 1) + column;
          int b = a + columns + 1;
          soup.quad(a, b, b + 1, a + 1, Triangles.FALLING_HAIR, height);
        }
      }
    }
  }

  private void bun(Triangles soup, Person person) {
    int rings = 10;
    int sectors = 18;
    float radius = 2.2f + 1.4f * (float) person.texture();
    soup.reserve((rings + 1) * (sectors + 1), rings * sectors * 2);
    int first = soup.vertices;
    for (int i = 0; i <= rings; i++) {
      float a = Maths.PI * i / rings;
      float sa = Maths.sin(a);
      float ca = Maths.sin(a + .5f * Maths.PI);
      for (int j = 0; j <= sectors; j++) {
        float b = 2 * Maths.PI * j / sectors;
        float sb = Maths.sin(b);
        float cb = Maths.sin(b + .5f * Maths.PI);
        soup.vertex(
            radius * 1.15f * sa * sb,
            13.2f + radius * ca,
            -7 + radius * sa * cb,
            sa * sb,
            ca,
            sa * cb,
            0,
            13.6f,
            -6,
            b * .35f,
            a * radius + 4);
      }
    }
    for (int i = 0; i < rings; i++) {
      for (int j = 0; j < sectors; j++) {
        int a = first + i * (sectors + 1) + j;
        int b = a + sectors + 1;
        soup.quad(a, b, b + 1, a + 1, Triangles.FALLING_HAIR, .3f);
      }
    }
  }

  private void beard(Triangles soup, Person person) {
    prepareShells();
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
      grown[v] = cover > .02f ? cover : -9;
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
          shellIndex[v] =
              soup.vertex(
                  soup.position[3 * v] + lift * soup.normal[3 * v],
                  soup.position[3 * v + 1] + lift * (soup.normal[3 * v + 1] - .45f),
                  soup.position[3 * v + 2] + lift * soup.normal[3 * v + 2],
                  soup.normal[3 * v],
                  soup.normal[3 * v + 1],
                  soup.normal[3 * v + 2],
                  rest[3 * v],
                  rest[3 * v + 1],
                  rest[3 * v + 2],
                  grown[v],
                  0);
        }
      }
      shellTriangles(soup, Triangles.BEARD, height, false);
    }
  }

  private void glasses(Triangles soup, Person.Glasses g) {
    int around = 36;
    int tube = 5;
    soup.reserve(2 * (around * tube + around + 1) + 200, 2 * (around * tube * 2 + around) + 200);
    int bridgeVertex = mesh.landmarks[27];
    float bridgeZ = soup.position[3 * bridgeVertex + 2];
    float middleY = 0;
    float eyeX = 0;
    for (int i = 36; i < 48; i++) {
      int v = mesh.landmarks[i];
      middleY += soup.position[3 * v + 1] / 12;
      eyeX += Math.abs(soup.position[3 * v]) / 12;
    }
    float halfWidth = (float) g.width();
    float halfHeight = (float) g.height();
    float rim = (float) g.thickness();
    float square = (float) g.squareness();
    float exponent = 1 - .55f * square;
    float y0 = middleY - .25f;
    float front = bridgeZ + .55f;
    for (int side = -1; side <= 1; side += 2) {
      float x0 = side * eyeX;
      int first = soup.vertices;
      for (int i = 0; i < around; i++) {
        float a = 2 * Maths.PI * i / around;
        float c = Maths.sin(a + .5f * Maths.PI);
        float s = Maths.sin(a);
        float ex = Math.copySign(Maths.pow(Math.abs(c), exponent), c);
        float ey = Math.copySign(Maths.pow(Math.abs(s), exponent), s);
        for (int j = 0; j < tube; j++) {
          float b = 2 * Maths.PI * j / tube;
          float cb = Maths.sin(b + .5f * Maths.PI);
          float sb = Maths.sin(b);
          float x = x0 + (halfWidth + rim * cb) * ex;
          float y = y0 + (halfHeight + rim * cb) * ey;
          soup.vertex(x, y, frontZ(front, x) + rim * sb, cb * c, cb * s, sb, 0, 0);
        }
      }
      for (int i = 0; i < around; i++) {
        for (int j = 0; j < tube; j++) {
          int i1 = (i + 1) % around;
          int j1 = (j + 1) % tube;
          soup.quad(
              first + i * tube + j,
              first + i1 * tube + j,
              first + i1 * tube + j1,
              first + i * tube + j1,
              Triangles.FRAME,
              0);
        }
      }
      if (g.kind() == Person.Glasses.Kind.DARK) {
        int centre = soup.vertex(x0, y0, frontZ(front, x0), 0, 0, 1, 0, 0);
        for (int i = 0; i < around; i++) {
          soup.triangle(
              centre, first + i * tube, first + (i + 1) % around * tube, Triangles.LENS, 0);
        }
      }
      float hingeX = x0 + side * halfWidth;
      float hingeY = y0 + .35f * halfHeight;
      bar(soup, hingeX, hingeY, frontZ(front, hingeX), side * 8.5f, 3.9f, 1.5f, rim);
      bar(soup, side * 8.5f, 3.9f, 1.5f, side * 8.6f, 3.3f, -2, rim);
    }
    float inner = eyeX - halfWidth;
    bar(
        soup,
        -inner,
        y0 + .25f * halfHeight,
        frontZ(front, inner),
        0,
        y0 + .45f * halfHeight,
        front + .12f,
        rim);
    bar(
        soup,
        0,
        y0 + .45f * halfHeight,
        front + .12f,
        inner,
        y0 + .25f * halfHeight,
        frontZ(front, inner),
        rim);
  }

  private static float frontZ(float front, float x) {
    return front - .035f * x * x;
  }

  /** A bar of square section. */
  private static void bar(
      Triangles soup, float x0, float y0, float z0, float x1, float y1, float z1, float radius) {
    soup.reserve(8, 8);
    int first = soup.vertices;
    float[][] section = {{0, 1}, {-1, 0}, {0, -1}, {1, 0}};
    boolean sideways = Math.abs(x1 - x0) > Math.abs(z1 - z0);
    for (int end = 0; end < 2; end++) {
      float x = end == 0 ? x0 : x1;
      float y = end == 0 ? y0 : y1;
      float z = end == 0 ? z0 : z1;
      for (float[] s : section) {
        float px = sideways ? 0 : s[0];
        float pz = sideways ? s[0] : 0;
        soup.vertex(x + radius * px, y + radius * s[1], z + radius * pz, px, s[1], pz, 0, 0);
      }
    }
    for (int i = 0; i < 4; i++) {
      int j = (i + 1) % 4;
      soup.quad(first + i, first + j, first + 4 + j, first + 4 + i, Triangles.FRAME, 0);
    }
  }

  /** A superellipse: shoulders are boxier than an ellipse. Across and forward, column by column. */
  private static float[] torsoOutline() {
    float[] outline = new float[2 * (TORSO_COLUMNS + 1)];
    for (int i = 0; i <= TORSO_COLUMNS; i++) {
      float a = 2 * Maths.PI * i / TORSO_COLUMNS;
      float s = Maths.sin(a);
      float c = Maths.sin(a + .5f * Maths.PI);
      outline[2 * i] = Math.copySign(Maths.pow(Math.abs(s), .75f), s);
      outline[2 * i + 1] = Math.copySign(Maths.pow(Math.abs(c), .75f), c);
    }
    return outline;
  }

  private static void torso(Triangles soup, Person person) {
    int columns = TORSO_COLUMNS;
    int rows = TORSO.length;
    soup.reserve((columns + 1) * rows, columns * (rows - 1) * 2);
    float size =
        person.attributes().sex() == org.affect4j.synthesis.internal.appearance.Attributes.Sex.MALE
            ? 1.04f
            : .92f;
    int first = soup.vertices;
    for (int r = 0; r < rows; r++) {
      float[] row = TORSO[r];
      for (int i = 0; i <= columns; i++) {
        float a = 2 * Maths.PI * i / columns;
        float ex = TORSO_OUTLINE[2 * i];
        float ez = TORSO_OUTLINE[2 * i + 1];
        float slope = r < 4 ? .9f : .1f;
        soup.vertex(size * row[1] * ex, row[0], row[2] + row[3] * ez, ex, slope, ez, a, row[0]);
      }
    }
    for (int r = 0; r + 1 < rows; r++) {
      for (int i = 0; i < columns; i++) {
        int a = first + r * (columns + 1) + i;
        int b = a + columns + 1;
        soup.quad(a, b, b + 1, a + 1, Triangles.CLOTH, 0);
      }
    }
  }
}
