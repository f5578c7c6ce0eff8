package org.affect4j.synthesis.render;

import static org.affect4j.synthesis.render.Maths.clamp;
import static org.affect4j.synthesis.render.Maths.clamp01;
import static org.affect4j.synthesis.render.Maths.exp;
import static org.affect4j.synthesis.render.Maths.pow;
import static org.affect4j.synthesis.render.Maths.sqrt;
import static org.affect4j.synthesis.render.Maths.step;

import org.affect4j.synthesis.appearance.Person;
import org.affect4j.synthesis.appearance.Rgb;
import org.affect4j.synthesis.facs.FaceShape;

/**
 * Colours and lights what is seen. Everything on a head is textured by its position on the neutral
 * mean head, so that the texture moves with the skin. Not thread-safe.
 */
final class SurfaceShader {
  private static final float CREASE_CM = .10f;
  private static final float SIGNED_CREASE = .6f;
  private static final float DETAIL_PIXELS_PER_CM = 11;
  private static final float COARSE_MAP_PIXELS_PER_CM = 8;
  private static final float CLOTH_TOP_Y = -9.5f;

  private final HeadMesh mesh;
  private final Noise noise;
  private final float[] creases;
  private final float[] halfCreases;

  // What is set for one face.
  private Person person;
  private HairField field;
  private float seed;
  private float cameraDistance;
  private float pixelsPerCm;
  private boolean detailed;
  private float[] creaseMap;
  private int creaseWidth;
  private int creaseHeight;
  private float creasePixelsPerCm;
  private float[] turn;
  private Lighting lighting;
  private float shadowDepth;
  private float exposure;
  private float sky;
  private float side;
  private float front;
  private float rim;
  private final float[] key = new float[3];
  private final float[] keyColour = new float[3];
  private final float[] fill = new float[3];
  private final float[] fillColour = new float[3];
  private final float[] ambientColour = new float[3];
  private final float[] skinColour = new float[3];
  private final float[] hairColour = new float[3];
  private final float[] browColour = new float[3];
  private final float[] beardColour = new float[3];
  private final float[] lipColour = new float[3];
  private final float[] irisColour = new float[3];
  private final float[] clothColour = new float[3];
  private final float[] secondColour = new float[3];
  private final float[] frameColour = new float[3];

  // What is set for one point.
  private float nx;
  private float ny;
  private float nz;
  private float x;
  private float y;
  private float z;
  private float wx;
  private float wy;
  private float wz;
  private float strandX;
  private float strandY;
  private float strandZ;
  private float strandScale;
  private float lipDistance;
  private float across;
  private float along;
  private float layer;
  private byte material;
  private float open;
  private float crease;
  private float shine;
  private float gloss;
  private boolean skin;
  private boolean strands;
  private final float[] albedo = new float[3];
  private final float[] wrap = new float[3];
  private final float[] colour = new float[3];

  SurfaceShader(HeadMesh mesh) {
    this.mesh = mesh;
    this.noise = mesh.noise;
    this.creases = new float[mesh.wrinkleWidth * mesh.wrinkleHeight];
    this.halfCreases = new float[(mesh.wrinkleWidth / 2) * (mesh.wrinkleHeight / 2)];
  }

  void prepare(
      Person newPerson,
      FaceShape shape,
      HeadPose pose,
      Lighting newLighting,
      float distance,
      float newPixelsPerCm,
      HairField newField) {
    person = newPerson;
    field = newField;
    seed = (float) person.texture();
    cameraDistance = distance;
    pixelsPerCm = newPixelsPerCm;
    detailed = pixelsPerCm > DETAIL_PIXELS_PER_CM;
    turn = pose.matrix();
    lighting = newLighting;
    shadowDepth = (float) lighting.shadow();
    exposure = (float) lighting.exposure();
    sky = (float) lighting.sky();
    side = (float) lighting.side();
    front = (float) lighting.front();
    rim = (float) lighting.rim();
    direction(key, lighting.keyX(), lighting.keyY(), lighting.keyZ());
    direction(fill, lighting.fillX(), lighting.fillY(), lighting.fillZ());
    set(keyColour, lighting.key());
    set(fillColour, lighting.fill());
    set(ambientColour, lighting.ambient());
    set(skinColour, person.skin().tone());
    set(hairColour, person.hair().colour());
    set(browColour, person.brows().colour());
    set(beardColour, person.beard().colour());
    set(lipColour, person.lips().colour());
    set(irisColour, person.eyes().iris());
    set(clothColour, person.clothes().colour());
    set(secondColour, person.clothes().second());
    set(frameColour, person.glasses().colour());
    paintCreases(shape);
  }

  private static void set(float[] to, Rgb c) {
    to[0] = (float) c.red();
    to[1] = (float) c.green();
    to[2] = (float) c.blue();
  }

  private static void direction(float[] to, double dx, double dy, double dz) {
    double k = 1 / Math.sqrt(dx * dx + dy * dy + dz * dz + 1e-12);
    to[0] = (float) (dx * k);
    to[1] = (float) (dy * k);
    to[2] = (float) (dz * k);
  }

  float keyX() {
    return key[0];
  }

  float keyY() {
    return key[1];
  }

  float keyZ() {
    return key[2];
  }

  private void paintCreases(FaceShape shape) {
    float[] left = mesh.wrinkleTable.depths(shape.action(), true, person.folding(), person.lines());
    float[] right =
        mesh.wrinkleTable.depths(shape.action(), false, person.folding(), person.lines());
    java.util.Arrays.fill(creases, 0);
    int width = mesh.wrinkleWidth;
    for (int k = 0; k < left.length; k++) {
      float scale = mesh.wrinkleSigned[k] ? SIGNED_CREASE * CREASE_CM : -CREASE_CM;
      float l = left[k] * scale;
      float r = right[k] * scale;
      if (l == 0 && r == 0) {
        continue;
      }
      int[] b = mesh.wrinkleBounds[k];
      float[] map = mesh.wrinkles[k];
      for (int row = b[1]; row < b[3]; row++) {
        int o = row * width;
        if (l == r) {
          for (int i = o + b[0]; i < o + b[2]; i++) {
            creases[i] += l * map[i];
          }
        } else {
          for (int column = b[0]; column < b[2]; column++) {
            float at = mesh.wrinkleLeft + (column + .5f) / mesh.wrinklePixelsPerCm;
            creases[o + column] += (r + (l - r) * step(-.6f, .6f, at)) * map[o + column];
          }
        }
      }
    }
    creaseMap = creases;
    creaseWidth = width;
    creaseHeight = mesh.wrinkleHeight;
    creasePixelsPerCm = mesh.wrinklePixelsPerCm;
    if (pixelsPerCm < COARSE_MAP_PIXELS_PER_CM) {
      // Small faces read a map of their own resolution, lest creases flicker.
      creaseWidth = width / 2;
      creaseHeight = mesh.wrinkleHeight / 2;
      creasePixelsPerCm /= 2;
      for (int row = 0; row < creaseHeight; row++) {
        for (int column = 0; column < creaseWidth; column++) {
          int o = 2 * row * width + 2 * column;
          halfCreases[row * creaseWidth + column] =
              .25f * (creases[o] + creases[o + 1] + creases[o + width] + creases[o + width + 1]);
        }
      }
      creaseMap = halfCreases;
    }
  }

  /** Whether a point of the neutral bust lies under clothes. */
  private boolean clothed() {
    return y < CLOTH_TOP_Y && y < clothEdge(person.clothes(), x, z);
  }

  /** Height above which clothes leave the skin bare, on the neutral bust; below CLOTH_TOP_Y. */
  static float clothEdge(Person.Clothes clothes, float x, float z) {
    float front = step(-2, 3, z);
    float ax = Math.abs(x);
    float cut = clothes.vShaped() ? Math.max(0, 1 - ax / 5.5f) : Math.max(0, 1 - ax * ax / 45);
    return -10.6f - (float) clothes.neckline() * front * cut + (1 - front);
  }

  /** Shades all that is seen onto the canvas; returns the mean brightness of facial skin. */
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
        open = occlusion.open(px, py);
        float red = 0;
        float green = 0;
        float blue = 0;
        if (covered == 4 && uniform(s, seen, o)) {
          gather(s, seen, o[0], o[3]);
          light(s, seen, shadow, o[0]);
          red = colour[0];
          green = colour[1];
          blue = colour[2];
          if (material == Triangles.FACE && z > 5) {
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
              boolean joined = j == i || u >= 0 && s.material[u] == m && !isEye(m);
              if (joined && (done >> j & 1) == 0) {
                done |= 1 << j;
                same++;
              }
            }
            gather(s, seen, o[i], o[i]);
            light(s, seen, shadow, o[i]);
            float w = .25f * same;
            red += w * colour[0];
            green += w * colour[1];
            blue += w * colour[2];
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

  private static boolean isEye(byte m) {
    return m == Triangles.EYE_LEFT || m == Triangles.EYE_RIGHT;
  }

  private static boolean uniform(Triangles s, VisibilityBuffer seen, int[] o) {
    byte m = s.material[seen.triangle[o[0]]];
    if (isEye(m)
        || s.material[seen.triangle[o[1]]] != m
        || s.material[seen.triangle[o[2]]] != m
        || s.material[seen.triangle[o[3]]] != m) {
      return false;
    }
    float a = seen.inverseDepth[o[0]];
    float b = seen.inverseDepth[o[3]];
    return Math.abs(a - b) < .015f * a;
  }

  /** Interpolates what shading needs at the mean of two samples. */
  private void gather(Triangles s, VisibilityBuffer seen, int first, int last) {
    nx = ny = nz = x = y = z = wx = wy = wz = lipDistance = across = along = 0;
    material = s.material[seen.triangle[first]];
    layer = s.layer[seen.triangle[first]];
    if (last == first) {
      add(s, seen.triangle[first], seen.inverseDepth[first], seen.second[first], seen.third[first]);
    } else if (seen.triangle[first] == seen.triangle[last]) {
      add(
          s,
          seen.triangle[first],
          .5f * (seen.inverseDepth[first] + seen.inverseDepth[last]),
          .5f * (seen.second[first] + seen.second[last]),
          .5f * (seen.third[first] + seen.third[last]));
    } else {
      add(s, seen.triangle[first], seen.inverseDepth[first], seen.second[first], seen.third[first]);
      add(s, seen.triangle[last], seen.inverseDepth[last], seen.second[last], seen.third[last]);
      x *= .5f;
      y *= .5f;
      z *= .5f;
      wx *= .5f;
      wy *= .5f;
      wz *= .5f;
      lipDistance *= .5f;
      across *= .5f;
      along *= .5f;
    }
    float n = 1 / sqrt(nx * nx + ny * ny + nz * nz + 1e-12f);
    nx *= n;
    ny *= n;
    nz *= n;
  }

  private void add(Triangles s, int t, float inverseDepth, float second, float third) {
    int a = s.corner[3 * t];
    int b = s.corner[3 * t + 1];
    int c = s.corner[3 * t + 2];
    // Weights in the picture become weights in space by the corners' depths.
    float depth = 1 / inverseDepth;
    float p1 = second * s.screen[3 * b + 2] * depth;
    float p2 = third * s.screen[3 * c + 2] * depth;
    float p0 = 1 - p1 - p2;
    int i = 3 * a;
    int j = 3 * b;
    int k = 3 * c;
    float[] n = s.normal;
    nx += p0 * n[i] + p1 * n[j] + p2 * n[k];
    ny += p0 * n[i + 1] + p1 * n[j + 1] + p2 * n[k + 1];
    nz += p0 * n[i + 2] + p1 * n[j + 2] + p2 * n[k + 2];
    float[] r = s.rest;
    x += p0 * r[i] + p1 * r[j] + p2 * r[k];
    y += p0 * r[i + 1] + p1 * r[j + 1] + p2 * r[k + 1];
    z += p0 * r[i + 2] + p1 * r[j + 2] + p2 * r[k + 2];
    float[] w = s.world;
    wx += p0 * w[i] + p1 * w[j] + p2 * w[k];
    wy += p0 * w[i + 1] + p1 * w[j + 1] + p2 * w[k + 1];
    wz += p0 * w[i + 2] + p1 * w[j + 2] + p2 * w[k + 2];
    if (material <= Triangles.HEAD) {
      lipDistance += p0 * mesh.attribute[a] + p1 * mesh.attribute[b] + p2 * mesh.attribute[c];
    } else if (material >= Triangles.HAIR) {
      across += p0 * s.strand[2 * a] + p1 * s.strand[2 * b] + p2 * s.strand[2 * c];
      along += p0 * s.strand[2 * a + 1] + p1 * s.strand[2 * b + 1] + p2 * s.strand[2 * c + 1];
    }
  }

  private void light(Triangles s, VisibilityBuffer seen, ShadowMap shadow, int sample) {
    float vx = -wx;
    float vy = -wy;
    float vz = cameraDistance - wz;
    float k = 1 / sqrt(vx * vx + vy * vy + vz * vz);
    vx *= k;
    vy *= k;
    vz *= k;
    if (material >= 2 && nx * vx + ny * vy + nz * vz < 0) {
      nx = -nx;
      ny = -ny;
      nz = -nz;
    }
    colourPoint(s, seen, sample);

    float reached = 1;
    if (shadowDepth > 0) {
      float lit = shadow.light(wx + .15f * nx, wy + .15f * ny, wz + .15f * nz);
      reached = 1 - shadowDepth * (1 - lit * patternAt(shadow));
    }
    float nk = nx * key[0] + ny * key[1] + nz * key[2];
    float nf = nx * fill[0] + ny * fill[1] + nz * fill[2];
    float nv = clamp01(nx * vx + ny * vy + nz * vz);
    float grazing = 1 - nv;
    grazing *= grazing;
    grazing *= grazing;
    float fresnel = .35f + .65f * grazing;
    float keyShine;
    float fillShine;
    if (strands) {
      findTangent();
      keyShine = strandShine(key, vx, vy, vz) * reached;
      fillShine = strandShine(fill, vx, vy, vz);
    } else {
      float lobe = (gloss + 8) * .04f * fresnel;
      keyShine = nk > 0 ? lobe * halfway(key, vx, vy, vz) * reached : 0;
      fillShine = lobe * halfway(fill, vx, vy, vz);
    }
    float around = ambient(nx, ny, nz);
    float folds = open;
    float foldsKey = sqrt(Math.max(0, folds));
    // Light that enters skin leaves it redder: folds keep more red.
    float foldsRed = skin ? sqrt(foldsKey) * foldsKey : folds;
    for (int c = 0; c < 3; c++) {
      float w = wrap[c];
      float dk = clamp01((nk + w) / (1 + w));
      float df = clamp01((nf + w) / (1 + w));
      float r = skin && c == 0 ? reached + .06f * (1 - reached) : reached;
      float amb = ambientColour[c] * around;
      float occ = c == 0 ? foldsRed : folds;
      float diffuse = amb * occ + keyColour[c] * dk * r * foldsKey + fillColour[c] * df * occ;
      float glint =
          shine
              * folds
              * (keyShine * keyColour[c] + fillShine * fillColour[c] + .05f * amb * fresnel);
      colour[c] = Math.min(2.5f, exposure * (albedo[c] * diffuse + glint));
    }
  }

  /** Spherical harmonics of the ambient light up to the second order. */
  private float ambient(float ax, float ay, float az) {
    float v = 1 + side * ax + sky * ay + front * az + rim * (1 - 3 * ay * ay) * .5f;
    return Math.max(.04f, v);
  }

  private float halfway(float[] light, float vx, float vy, float vz) {
    float hx = light[0] + vx;
    float hy = light[1] + vy;
    float hz = light[2] + vz;
    float k = 1 / sqrt(hx * hx + hy * hy + hz * hz + 1e-9f);
    return pow((nx * hx + ny * hy + nz * hz) * k, gloss);
  }

  /** Which way the strands run at the point, along the surface. */
  private void findTangent() {
    if (material == Triangles.FALLING_HAIR || material == Triangles.BEARD) {
      strandX = 0;
      strandY = -1;
      strandZ = 0;
    } else {
      float dx = x;
      float dy = y - HairField.CROWN_Y;
      float dz = z - HairField.CROWN_Z;
      strandX = turn[0] * dx + turn[1] * dy + turn[2] * dz;
      strandY = turn[3] * dx + turn[4] * dy + turn[5] * dz;
      strandZ = turn[6] * dx + turn[7] * dy + turn[8] * dz;
    }
    float d = strandX * nx + strandY * ny + strandZ * nz;
    strandX -= d * nx;
    strandY -= d * ny;
    strandZ -= d * nz;
    strandScale = 1 / sqrt(strandX * strandX + strandY * strandY + strandZ * strandZ + 1e-9f);
  }

  /** Highlight across strands (Kajiya and Kay 1989). */
  private float strandShine(float[] light, float vx, float vy, float vz) {
    float facing = clamp01(.3f + nx * light[0] + ny * light[1] + nz * light[2]);
    if (facing == 0) {
      return 0;
    }
    float hx = light[0] + vx;
    float hy = light[1] + vy;
    float hz = light[2] + vz;
    float m = 1 / sqrt(hx * hx + hy * hy + hz * hz + 1e-9f);
    float th = (strandX * hx + strandY * hy + strandZ * hz) * strandScale * m;
    return pow(Math.max(0, 1 - th * th), .5f * gloss) * facing;
  }

  private float patternAt(ShadowMap shadow) {
    if (lighting.pattern() == Lighting.Pattern.NONE) {
      return 1;
    }
    float u = shadow.across(wx, wy, wz);
    float v = shadow.upward(wx, wy, wz);
    if (lighting.pattern() == Lighting.Pattern.BLIND) {
      float turns = v * .42f + .06f * u + 7 * seed;
      float f = turns - Maths.floor(turns);
      return step(.40f, .52f, f) * step(1.0f, .90f, f);
    }
    return step(-.5f, .35f, noise.coarse(u * .012f + seed, v * .012f));
  }

  private void colourPoint(Triangles s, VisibilityBuffer seen, int sample) {
    skin = false;
    strands = false;
    crease = 0;
    shine = 0;
    gloss = 12;
    wrap[0] = .25f;
    wrap[1] = .08f;
    wrap[2] = .04f;
    switch (material) {
      case Triangles.FACE -> face();
      case Triangles.HEAD -> {
        if (clothed()) {
          cloth();
        } else {
          skin();
          hairRoots();
        }
      }
      case Triangles.MOUTH_SOCKET -> {
        paint(.26f, .06f, .055f);
        open *= exp(-.75f * Math.max(10.7f - z, 0));
        shine = .1f;
        gloss = 30;
      }
      case Triangles.EYE_SOCKET -> {
        paint(.7f * skinColour[0], .42f * skinColour[1], .42f * skinColour[2]);
        open *= .6f;
      }
      case Triangles.GUMS -> {
        paint(.40f, .13f, .12f);
        open *= exp(-.42f * Math.max(10.8f - z, 0));
        shine = .15f;
        gloss = 40;
      }
      case Triangles.TEETH -> {
        float t = (float) person.eyes().teeth();
        paint(.62f * t, .585f * t, .51f * t * (float) person.eyes().teethWhite());
        open *= exp(-.30f * Math.max(10.9f - z, 0));
        shine = .2f;
        gloss = 40;
      }
      case Triangles.EYE_LEFT, Triangles.EYE_RIGHT -> eye(s, seen, sample);
      case Triangles.LASHES -> paint(.012f, .009f, .008f);
      case Triangles.HAIR, Triangles.FALLING_HAIR -> hairStrands();
      case Triangles.BEARD -> beardStrands();
      case Triangles.FRAME -> {
        paint(frameColour[0], frameColour[1], frameColour[2]);
        shine = .35f;
        gloss = 40;
        open = 1;
      }
      case Triangles.LENS -> {
        paint(.01f, .01f, .012f);
        shine = .5f;
        gloss = 90;
        open = 1;
      }
      case Triangles.CLOTH -> cloth();
      default -> scarf();
    }
  }

  private void paint(float red, float green, float blue) {
    albedo[0] = red;
    albedo[1] = green;
    albedo[2] = blue;
  }

  private void mix(float[] over, float share) {
    for (int c = 0; c < 3; c++) {
      albedo[c] += share * (over[c] - albedo[c]);
    }
  }

  private void face() {
    if (clothed()) {
      cloth();
      return;
    }
    foldSkin();
    skin();
    if (lipDistance > -.14f && z > 7.5f) {
      lips();
    }
    if (y > 3.6f && y < 8 && z > 4) {
      brow();
    }
    hairRoots();
  }

  private static float gauss(float d2) {
    return d2 > 12 ? 0 : exp(-d2);
  }

  private void skin() {
    skin = true;
    Person.Skin k = person.skin();
    float ax = Math.abs(x);
    float b = noise.coarse(x * .03f + seed, y * .03f + z * .01f + seed * .7f);
    float f = noise.fine(x * .03f + seed * 1.3f, y * .03f + z * .01f);
    float light = 1 + (float) k.blotches() * (.5f * b + .3f * f);
    float cheeks = gauss(((ax - 3.8f) * (ax - 3.8f) + (y - .2f) * (y - .2f)) * .2f);
    float nose = gauss((x * x + (y - .6f) * (y - .6f)) * .45f);
    float red = (float) k.redness() * (cheeks + .8f * nose + .25f * b);
    float lids = 0;
    float shadow = 0;
    if (y > 0 && y < 7 && z > 5) {
      lids =
          (float) k.darkLids()
              * gauss((ax - 3.2f) * (ax - 3.2f) / 4.5f + (y - 2.7f) * (y - 2.7f) / .9f);
      if (k.eyeshadow() > 0) {
        shadow =
            (float) k.eyeshadow()
                * gauss((ax - 3.3f) * (ax - 3.3f) / 4 + (y - 4.3f) * (y - 4.3f) / .35f);
      }
    }
    light *= 1 - lids;
    if (k.freckles() > 0) {
      light *=
          1 - (float) k.freckles() * step(1, 2.2f, noise.fine(x * .11f + .3f, y * .11f + seed));
    }
    if (k.spots() > 0) {
      light *=
          1
              - .45f
                  * (float) k.spots()
                  * step(1.5f, 2.1f, noise.coarse(x * .1f + seed, y * .1f - seed));
    }
    albedo[0] = skinColour[0] * light * (1 + .30f * red) * (1 - .2f * shadow);
    albedo[1] = skinColour[1] * light * (1 - .22f * red) * (1 - .45f * shadow);
    albedo[2] = skinColour[2] * light * (1 - .14f * red - .1f * lids) * (1 - .3f * shadow);
    if (y < 1 && material == Triangles.FACE) {
      float beard = HairField.beardAt(person.beard(), noise, seed, x, y, z, lipDistance);
      if (beard > 0) {
        mix(beardColour, beard * .92f);
      }
    }
    float dark = Math.min(crease, 1);
    albedo[0] *= 1 - .22f * dark;
    albedo[1] *= 1 - .32f * dark;
    albedo[2] *= 1 - .32f * dark;
    shine = (float) k.shine() * (.6f + .8f * gauss(x * x / 3) * step(-2, 3, y));
    gloss = (float) k.gloss();
  }

  /** Bends the normal along painted creases, and along pores where the picture can show them. */
  private void foldSkin() {
    float px = (x - mesh.wrinkleLeft) * creasePixelsPerCm - .5f;
    float py = (mesh.wrinkleTop - y) * creasePixelsPerCm - .5f;
    float gx = 0;
    float gy = 0;
    if (z > 1 && px >= 0 && py >= 0 && px < creaseWidth - 1 && py < creaseHeight - 1) {
      int i = (int) px;
      int j = (int) py;
      float u = px - i;
      float v = py - j;
      int o = j * creaseWidth + i;
      float a = creaseMap[o];
      float b = creaseMap[o + 1];
      float c = creaseMap[o + creaseWidth];
      float d = creaseMap[o + creaseWidth + 1];
      float h = (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
      crease = clamp(-h * 10, 0, 1.5f);
      gx = ((b - a) * (1 - v) + (d - c) * v) * creasePixelsPerCm;
      gy = -((c - a) * (1 - u) + (d - b) * u) * creasePixelsPerCm;
    }
    if (detailed) {
      float pores = .0035f * (float) person.skin().pores();
      float k = .06f;
      float e = .02f;
      float h = noise.fine(x * k + seed, (y + .5f * z) * k);
      gx += pores * (noise.fine((x + e) * k + seed, (y + .5f * z) * k) - h) / e;
      gy += pores * (noise.fine(x * k + seed, (y + e + .5f * z) * k) - h) / e;
    }
    if (gx == 0 && gy == 0) {
      return;
    }
    gx = clamp(gx, -1.2f, 1.2f);
    gy = clamp(gy, -1.2f, 1.2f);
    // The slope lies in the plane of the neutral face; turned with the head, made tangential.
    float tx = turn[0] * gx + turn[1] * gy;
    float ty = turn[3] * gx + turn[4] * gy;
    float tz = turn[6] * gx + turn[7] * gy;
    float d = tx * nx + ty * ny + tz * nz;
    nx -= tx - d * nx;
    ny -= ty - d * ny;
    nz -= tz - d * nz;
    float k = 1 / sqrt(nx * nx + ny * ny + nz * nz);
    nx *= k;
    ny *= k;
    nz *= k;
  }

  private void lips() {
    Person.Lips l = person.lips();
    float share = step(-.11f, .10f, lipDistance + (float) l.border()) * (float) l.strength();
    float v = 1 + .10f * noise.fine(x * .2f + seed, y * .05f);
    for (int c = 0; c < 3; c++) {
      albedo[c] += share * (lipColour[c] * v - albedo[c]);
    }
    shine += share * ((float) l.shine() - shine);
    gloss += share * (30 - gloss);
  }

  private void brow() {
    Person.Brows b = person.brows();
    float ax = Math.abs(x);
    float u = (ax - (float) b.inner()) / (float) (b.outer() - b.inner());
    if (u < -.15f || u > 1.15f) {
      return;
    }
    float q = (u - .62f) / .62f;
    float middle =
        (float) b.height()
            + (float) b.arch() * (1 - q * q)
            - (float) b.tail() * step(.6f, 1.05f, u);
    float thickness =
        (float) b.thickness()
            * (.55f + .45f * step(-.05f, .25f, u))
            * (1 - .75f * step(.55f, 1.08f, u));
    float d = (y - middle) / thickness;
    float inside = step(1.2f, .45f, Math.abs(d)) * step(-.10f, .10f, u) * step(1.10f, .95f, u);
    if (inside <= 0) {
      return;
    }
    float side = x > 0 ? 1 : -1;
    float hairs =
        noise.fine(
            side * ax * .11f - (y - middle) * .12f * side * (1 - u), y * .09f + ax * .03f + seed);
    float share = clamp01(inside * (float) b.density() * (1 + .38f * hairs));
    mix(browColour, share);
    shine *= 1 - .7f * share;
  }

  /** Hair that is too short or too sparse for shells still colours the skin. */
  private void hairRoots() {
    if (!field.any || y < -9) {
      return;
    }
    float h = field.hairAt(x, y, z);
    if (h < -1.2f) {
      return;
    }
    float ragged =
        field.roughness
            * (.7f * noise.fine(x * .1f + seed, z * .03f + y * .02f)
                + .5f * noise.coarse(x * .1f + seed, y * .05f));
    float share = step(-.35f, .45f, h + ragged) * .94f;
    if (share > 0) {
      float v = .75f + .15f * noise.fine(x * .1f, (y + z) * .02f + seed);
      for (int c = 0; c < 3; c++) {
        albedo[c] += share * (hairColour[c] * v - albedo[c]);
      }
      shine *= 1 - .8f * share;
      wrap[0] *= 1 - share;
    }
  }

  private void hairStrands() {
    strands = true;
    float n =
        field.curl > .7f
            ? .7f * noise.coarse(x * .11f + field.texture, (y * .8f + z * .7f) * .11f)
            : noise.fine(across * .5f + field.texture, along * .005f);
    float lock = noise.coarse(across * .12f + .5f, along * .006f + field.texture);
    float v = (.6f + .45f * layer) * (1 + .18f * n + .14f * lock);
    v = Math.max(.15f, v);
    paint(hairColour[0] * v, hairColour[1] * v, hairColour[2] * v);
    shine = (.10f + .5f * (hairColour[0] + hairColour[1] + hairColour[2]) / 3) * (1 + .4f * n);
    shine = Math.max(0, shine * (1 - .75f * field.curl));
    gloss = 60;
    wrap[0] = wrap[1] = wrap[2] = .25f;
    if (!strandsAreSmooth()) {
      bump(.35f * field.curl);
    }
  }

  private boolean strandsAreSmooth() {
    return field.curl < .5f;
  }

  private void bump(float amount) {
    float bx = noise.coarse(x * .09f + seed, (y + z) * .09f);
    float by = noise.coarse(x * .09f + seed + .5f, (y + z) * .09f + .3f);
    nx += amount * bx;
    ny += amount * by;
    float k = 1 / sqrt(nx * nx + ny * ny + nz * nz + 1e-9f);
    nx *= k;
    ny *= k;
    nz *= k;
  }

  private void beardStrands() {
    strands = true;
    float n = field.strandsOfBeard(x, y, z);
    float v = Math.max(.2f, (.6f + .4f * layer) * (1 + .25f * n));
    paint(beardColour[0] * v, beardColour[1] * v, beardColour[2] * v);
    shine = .08f;
    gloss = 40;
    wrap[0] = wrap[1] = wrap[2] = .2f;
  }

  private void cloth() {
    skin = false;
    float weave = 1 + .05f * noise.fine(x * .09f, y * .09f + z * .05f);
    float folds = noise.coarse(x * .006f + seed, (y + .3f * z) * .006f);
    float v = weave * (1 + .10f * folds);
    Person.Clothes k = person.clothes();
    float[] base = clothColour;
    if (k.stripes() > 0) {
      float turns = y * (float) k.stripes();
      base = turns - Maths.floor(turns) < .45f ? secondColour : clothColour;
    }
    float edge = clothEdge(k, x, z) - y;
    if (k.collar() && edge < 1.6f || !k.collar() && edge < .45f) {
      base = k.collar() ? secondColour : base;
      v *= edge < .12f ? .55f : k.collar() ? 1 : .85f;
    }
    paint(base[0] * v, base[1] * v, base[2] * v);
    nx += .18f * folds;
    ny += .15f * noise.coarse(x * .006f + seed + .4f, y * .006f);
    float n = 1 / sqrt(nx * nx + ny * ny + nz * nz + 1e-9f);
    nx *= n;
    ny *= n;
    nz *= n;
    shine = .02f;
    gloss = 8;
    wrap[0] = wrap[1] = wrap[2] = .1f;
    // Depth differences of a body are no folds.
    open = clamp(open, .45f, 1.05f);
  }

  private void scarf() {
    float folds = noise.coarse(x * .010f + seed, (y + z) * .022f + seed);
    float v = (1 + .05f * noise.fine(x * .1f, y * .1f)) * (1 + .10f * folds);
    paint(hairColour[0] * v, hairColour[1] * v, hairColour[2] * v);
    float rim = field.scarfAt(x, y, z);
    if (rim < .25f) {
      open *= .75f;
    }
    nx += .22f * folds;
    ny += .22f * noise.coarse(x * .010f + seed + .5f, (y + z) * .022f);
    float n = 1 / sqrt(nx * nx + ny * ny + nz * nz + 1e-9f);
    nx *= n;
    ny *= n;
    nz *= n;
    shine = .03f;
    gloss = 8;
    wrap[0] = wrap[1] = wrap[2] = .15f;
    open = clamp(open, .4f, 1.05f);
  }

  private void eye(Triangles s, VisibilityBuffer seen, int sample) {
    Person.Eyes e = person.eyes();
    int centre = material == Triangles.EYE_LEFT ? 0 : 3;
    float dx = x - mesh.eyeCentres[centre];
    float dy = y - mesh.eyeCentres[centre + 1];
    float dz = z - (mesh.eyeCentres[centre + 2] - .15f);
    float angle = Maths.atan2(sqrt(dx * dx + dy * dy), dz);
    float iris = (float) e.irisAngle();
    float pupil = (float) e.pupilAngle();
    float inIris = step(iris + .04f, iris - .04f, angle);
    float inPupil = step(pupil + .03f, pupil - .03f, angle);
    float limbus = step(iris - .12f, iris, angle);
    float around = Maths.atan2(dy, dx);
    float fibres =
        1
            + .22f * noise.fine(around * .35f + seed, angle * .2f)
            + .35f * step(pupil + .18f, pupil, angle);
    float rim = (float) e.veins() * step(.45f, 1, angle);
    float white = (float) e.white();
    for (int c = 0; c < 3; c++) {
      float irisHere = 1.5f * irisColour[c] * fibres * (1 - .65f * limbus);
      // The sclera is a little yellow, and redder toward the corners.
      float sclera = white * (1 - .04f * c) * (1 - (c == 0 ? .05f : .25f) * rim);
      float v = sclera + inIris * (irisHere - sclera);
      albedo[c] = v + inPupil * (.004f - v);
    }
    shine = .45f;
    gloss = 90;
    wrap[0] = wrap[1] = wrap[2] = .3f;
    // The cornea is wet and round: depth in the picture hardly darkens it.
    open = .45f + .55f * Math.min(1, open);
    // Lids shade the eyeball: look for the lid above and below in the picture.
    float perSample = 1 / (2 * pixelsPerCm);
    int up = distanceToLid(s, seen, sample, -seen.width, (int) (.45f / perSample) + 2);
    open *= .55f + .45f * step(-.05f, .36f, up * perSample);
    int down = distanceToLid(s, seen, sample, seen.width, (int) (.16f / perSample) + 2);
    open *= .8f + .2f * step(0, .15f, down * perSample);
  }

  private static int distanceToLid(
      Triangles s, VisibilityBuffer seen, int sample, int by, int most) {
    int steps = 0;
    int end = seen.width * seen.height;
    for (int o = sample + by; steps < most && o >= 0 && o < end; o += by, steps++) {
      int t = seen.triangle[o];
      if (t < 0 || !isEye(s.material[t])) {
        break;
      }
    }
    return steps;
  }
}
