package org.affect4j.synthesis.internal.render;

/**
 * Functions for shading, built from the four basic operations and bit patterns alone, so that every
 * machine computes the same bits (the intrinsics behind {@link Math} may differ between machines,
 * and {@link StrictMath} is too slow for every pixel).
 */
final class Maths {
  private static final double FLOOR_SHIFT = 1 << 20;
  private static final float LOG2_E = 1.4426950408889634f;
  private static final float HALF_PI = 1.5707963267948966f;
  static final float PI = 3.1415926535897932f;

  private Maths() {}

  static float clamp(float x, float least, float greatest) {
    return x < least ? least : x > greatest ? greatest : x;
  }

  static float clamp01(float x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
  }

  /** Hermite step from 0 at a to 1 at b; a may be the greater one. */
  static float step(float a, float b, float x) {
    float t = clamp01((x - a) / (b - a));
    return t * t * (3 - 2 * t);
  }

  /** The next lower whole number of what lies between -2^20 and 2^30; -2^-33 counts as 0. */
  static int floor(float x) {
    // No branch: signs change from pixel to pixel, and none could be predicted.
    return (int) (x + FLOOR_SHIFT) - (int) FLOOR_SHIFT;
  }

  /**
   * A negative number if any of the three is, without a branch: which of them is cannot be
   * predicted. Negative zero counts as negative; none may be NaN.
   */
  static int negative(float a, float b, float c) {
    return Float.floatToRawIntBits(a) | Float.floatToRawIntBits(b) | Float.floatToRawIntBits(c);
  }

  /** 2 to the power x; relative error below 4e-6; 0 below -126. */
  static float exp2(float x) {
    if (x < -126) {
      return 0;
    }
    float y = Math.min(x, 126);
    int i = floor(y);
    float f = y - i;
    float p =
        1
            + f
                * (.69314718f
                    + f
                        * (.24022651f
                            + f
                                * (.05550327f
                                    + f * (.00961753f + f * (.00134000f + f * .00015350f)))));
    return p * Float.intBitsToFloat(i + 127 << 23);
  }

  /** e to the power x. */
  static float exp(float x) {
    return exp2(x * LOG2_E);
  }

  /** Binary logarithm of a positive number; absolute error below 1e-4. */
  static float log2(float x) {
    int bits = Float.floatToRawIntBits(x);
    int e = (bits >> 23) - 127;
    float m = Float.intBitsToFloat(bits & 0x007FFFFF | 0x3F800000);
    float t = (m - 1) / (m + 1);
    float t2 = t * t;
    return e + t * (2.8853901f + t2 * (.96179669f + t2 * (.57707802f + t2 * .4121986f)));
  }

  /** x to the power p for x of 0 or more; 0 for x = 0. */
  static float pow(float x, float p) {
    return x <= 0 ? 0 : exp2(p * log2(x));
  }

  static float sqrt(float x) {
    // Correctly rounded by the language's definition.
    return (float) Math.sqrt(x);
  }

  /** Angle of (x, y) in radians; absolute error below 1e-4. */
  static float atan2(float y, float x) {
    float ax = Math.abs(x);
    float ay = Math.abs(y);
    float most = Math.max(ax, ay);
    if (most == 0) {
      return 0;
    }
    float t = Math.min(ax, ay) / most;
    float t2 = t * t;
    float a =
        t
            * (.99997726f
                + t2
                    * (-.33262347f
                        + t2
                            * (.19354346f
                                + t2 * (-.11643287f + t2 * (.05265332f - t2 * .01172120f)))));
    a = ay > ax ? HALF_PI - a : a;
    a = x < 0 ? PI - a : a;
    return y < 0 ? -a : a;
  }

  /** Sine; absolute error below 2e-4. */
  static float sin(float x) {
    float turns = x * (1 / (2 * PI));
    float f = turns - floor(turns + .5f); // -.5 to .5
    float y = f * 2 * PI;
    // Parabola with one correction (Devmaster's approximation, refined).
    float p = 1.2732395f * y - .40528473f * y * Math.abs(y);
    return .225f * (p * Math.abs(p) - p) + p;
  }

  static int hash(int a, int b) {
    int h = a * 0x9E3779B1 ^ b * 0x85EBCA77;
    h ^= h >>> 15;
    h *= 0x2C1B3C6D;
    h ^= h >>> 12;
    h *= 0x297A2D39;
    return h ^ h >>> 15;
  }
}
