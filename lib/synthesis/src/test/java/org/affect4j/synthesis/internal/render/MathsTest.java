package org.affect4j.synthesis.internal.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MathsTest {
  @Test
  void functionsKeepTheirPromisedAccuracy() {
    for (double x = -20; x < 5; x += .013) {
      assertEquals(1, Maths.exp((float) x) / StrictMath.exp((float) x), 1e-5, "exp " + x);
    }
    for (double x = .001; x < 50; x *= 1.01) {
      float f = (float) x;
      assertEquals(StrictMath.log(f) / StrictMath.log(2), Maths.log2(f), 1e-4, "log2 " + x);
      assertEquals(StrictMath.pow(f, .45), Maths.pow(f, .45f), 1e-3, "pow " + x);
    }
    for (double a = -9; a < 9; a += .01) {
      assertEquals(StrictMath.sin(a), Maths.sin((float) a), 1.2e-3, "sin " + a);
      float y = (float) StrictMath.sin(a);
      float x = (float) StrictMath.cos(a);
      assertEquals(StrictMath.atan2(y, x), Maths.atan2(y, x), 2e-4, "atan2 " + a);
    }
    for (float x = -3000; x < 3000; x += .37f) {
      assertEquals((int) Math.floor(x), Maths.floor(x), "floor " + x);
      assertEquals(Math.round(x), Maths.floor(Math.round(x)), "floor of a whole number");
    }
    assertEquals(0, Maths.pow(0, .5f));
  }
}
