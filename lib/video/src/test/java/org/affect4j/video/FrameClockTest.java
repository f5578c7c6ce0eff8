package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameClockTest {
  private static final long NONE = Ffmpeg.NO_STAMP;

  private static long[] times(long start, long... stamps) {
    FrameClock clock = new FrameClock(start, 40);
    return LongStream.of(stamps).map(stamp -> clock.next(stamp, 0)).toArray();
  }

  @Test
  void stampsThatRiseAreKept() {
    assertArrayEquals(new long[] {-7, 0, 41, 900}, times(-7, -7, 0, 41, 900));
  }

  @Test
  void missingStampsGoOnByTheDuration() {
    assertArrayEquals(new long[] {100, 140, 180, 220}, times(100, 100, NONE, NONE, 220));
    assertArrayEquals(new long[] {100, 140, 180}, times(100, NONE, NONE, NONE));
    FrameClock clock = new FrameClock(0, 40);
    clock.next(0, 25);
    assertEquals(25, clock.next(NONE, 0));
  }

  @Test
  void stampsThatComeLateAreSetRight() {
    assertArrayEquals(new long[] {0, 40, 80, 120}, times(0, NONE, 80, 120, NONE));
  }

  @Test
  void equalStampsAreTornApart() {
    assertArrayEquals(new long[] {0, 1, 40}, times(0, 0, 0, 40));
  }

  @Test
  void aClockThatBeginsAgainGoesOn() {
    assertArrayEquals(new long[] {5000, 5040, 5080, 5120, 5180}, times(0, 5000, 5040, 0, 40, 100));
  }

  @Test
  void anyStampsRise() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      FrameClock clock = new FrameClock(random.nextLong(), 1 + random.nextInt(100));
      long before = Long.MIN_VALUE;
      for (int i = 0; i < 100; i++) {
        long stamp = random.nextLong() >> random.nextInt(64);
        long time = clock.next(random.nextInt(5) == 0 ? NONE : stamp, random.nextInt(50));
        assertTrue(time > before, time + " after " + before);
        before = time;
      }
    }
  }
}
