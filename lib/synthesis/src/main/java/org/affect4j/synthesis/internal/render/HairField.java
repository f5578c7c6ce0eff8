package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.HairStyle;
import org.affect4j.synthesis.internal.appearance.Person;

/** Where hair, scarf and beard grow on the neutral head, and how strands run. */
final class HairField {
  static final float CROWN_Y = 13.6f;
  static final float CROWN_Z = -4;
  private static final float STRAIGHT = .04f;

  /** Smaller pictures show strands, but not how they gather in locks. */
  private static final float LOCKS_PIXELS_PER_CM = 6.5f;

  final Person.Hair hair;
  final Person.Clothes clothes;
  final boolean any;
  final boolean scarf;
  private final boolean receding;
  private final boolean falls;
  private final float hairline;
  private final float tilt;
  private final float curve;
  private final float temple;
  private final float lowest;
  final float roughness;
  final float curl;
  final float texture;
  private final Noise noise;
  private final boolean plain;

  HairField(Person person, Noise noise, float pixelsPerCm) {
    plain = pixelsPerCm < LOCKS_PIXELS_PER_CM;
    this.hair = person.hair();
    this.clothes = person.clothes();
    this.noise = noise;
    scarf = hair.style() == HairStyle.SCARF;
    any = hair.style() != HairStyle.BALD && !scarf;
    receding = hair.style() == HairStyle.RECEDING;
    falls = hair.style().falls();
    hairline = (float) hair.hairline();
    tilt = (float) hair.hairlineTilt();
    curve = (float) hair.hairlineCurve();
    temple = (float) hair.temple();
    lowest = (float) hair.lowest();
    roughness = (float) hair.roughness();
    curl = (float) hair.curl();
    texture = (float) person.texture();
  }

  /** Signed distance-like field: positive where hair grows; about cm from the hairline. */
  float hairAt(float x, float y, float z) {
    float line = hairline - curve * x * x + tilt * x;
    float above = y - line;
    float side = Math.min((6 - z) * .9f - (3.2f - y) * .35f - temple, (y - lowest) * 1.5f);
    float grown = Math.max(above, side);
    if (receding) {
      grown = Math.min(grown, 10.6f - y + .4f * Math.abs(x) * .5f);
    }
    boolean ear = Math.abs(x) > 8 && y < 4.6f && z > -2.5f;
    return ear && !falls ? Math.min(grown, -2) : grown;
  }

  /** The same for a scarf: open in an oval about the face. */
  float scarfAt(float x, float y, float z) {
    float u = x / 6.9f;
    float centre = .6f;
    float v = (y - centre) / (y > centre ? hairline - centre : 9.0f);
    float oval = (Maths.sqrt(u * u + v * v) - 1) * 7;
    float covered = z < 1 ? Math.max(oval, 1 - z) : oval;
    return Math.min(covered, y + 15);
  }

  /** Angle of a point about the crown, which tells strands apart. */
  static float across(float x, float z) {
    return Maths.atan2(x, z - CROWN_Z);
  }

  static float along(float x, float y, float z) {
    float dy = y - CROWN_Y;
    float dz = z - CROWN_Z;
    return Maths.sqrt(x * x + dy * dy + dz * dz);
  }

  /** Noise of the strands, mean 0 and deviation 1; elongated for straight hair, round for curls. */
  float strands(float x, float y, float z, float across, float along) {
    if (curl > .7f) {
      return .75f * noise.coarse(x * .11f + texture, (y * .8f + z * .7f) * .11f)
          + .6f * noise.fine(x * .05f + texture, (y + z) * .05f);
    }
    float wave =
        curl < STRAIGHT ? 0 : curl * .16f * Maths.sin(along * 1.7f + across * 4.3f + 9 * texture);
    float strand = noise.fine((across + wave) * .5f + texture, along * .005f);
    if (plain) {
      return .93f * strand;
    }
    return .75f * strand + .55f * noise.coarse((across + wave) * .45f, along * .012f + texture);
  }

  /** Whether a point of a shell at a height of 0 to 1, so far inside the edge, is covered. */
  boolean covers(float grown, float height, float strandNoise) {
    float edge = grown + roughness * .9f * strandNoise - .25f;
    if (edge < .35f * height) {
      return false;
    }
    float dense = curl > .7f ? -2f + 2.5f * height * height : -2.2f + 3.1f * height * height;
    return strandNoise > dense;
  }

  /** Whether a point of falling hair is covered: its tips and its edges at the face are ragged. */
  boolean coversFalling(float across, float along, float height, float strandNoise) {
    if (falls) {
      float tip = 15.5f + (float) hair.length() - along;
      float edge = (Maths.PI - (float) hair.opening()) * 1.15f - Math.abs(across);
      if (tip < 1.6f + 1.2f * strandNoise
          || edge < .05f + .09f * (strandNoise + 1) + .03f * height) {
        return false;
      }
    }
    return strandNoise > -3.2f + 3.6f * height * height;
  }

  /** Noise of the hairs of a beard, mean 0 and deviation about 1. */
  float strandsOfBeard(float x, float y, float z) {
    return noise.fine((x + .3f * z) * .075f + texture, y * .03f)
        + .3f * noise.coarse(x * .06f, y * .06f + texture);
  }

  /** Coverage of skin by a beard, 0 to 1, on the neutral face; lip is the distance to the lips. */
  static float beardAt(
      Person.Beard b, Noise noise, float seed, float x, float y, float z, float lip) {
    if (b.coverage() <= 0) {
      return 0;
    }
    float ax = Math.abs(x);
    float jaw =
        Maths.step(-1.0f, -2.6f, y - .19f * ax)
            * Maths.step(9.2f, 6.5f, ax)
            * Maths.step(-10f, -8.2f, y)
            * Maths.step(3.0f, 5.5f, z + (y < -4 ? 2f : 0));
    if (!b.cheeks()) {
      jaw *= Maths.step(3.6f, 2.6f, ax);
    }
    float lipBeard =
        b.moustache()
            ? Maths.step(3.1f, 2.2f, ax) * Maths.step(-.3f, -1.2f, y) * Maths.step(-3.4f, -2.8f, y)
            : 0;
    float m = Math.max(jaw, lipBeard) * Maths.step(.02f, -.25f, lip);
    if (m <= 0) {
      return 0;
    }
    m *=
        .9f
            + .12f * noise.fine(x * .12f, y * .12f + seed)
            + .1f * noise.coarse(x * .05f + seed, y * .05f);
    return Maths.clamp01(m * (float) b.coverage());
  }
}
