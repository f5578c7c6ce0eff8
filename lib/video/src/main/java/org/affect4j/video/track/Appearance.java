package org.affect4j.video.track;

import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;

/**
 * What a face looks like at a glance, hair and collar included: a histogram of colours. It tells
 * two people in one picture apart; it is no face recognition.
 */
final class Appearance {
  /** How far around the box one looks, in sides of the box. */
  private static final double MARGIN = .15;

  private static final int SAMPLES = 24;
  private static final int LEVELS = 6;

  /** How fast a track's appearance follows what is seen. */
  private static final float RATE = .1f;

  private final float[] roots;

  private Appearance(float[] roots) {
    this.roots = roots;
  }

  static Appearance of(FaceImage picture, PixelBox box) {
    float[] counts = new float[LEVELS * LEVELS * LEVELS];
    double left = box.x() - MARGIN * box.width();
    double top = box.y() - MARGIN * box.height();
    double stepX = box.width() * (1 + 2 * MARGIN) / SAMPLES;
    double stepY = box.height() * (1 + 2 * MARGIN) / SAMPLES;
    int inside = 0;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
      int x = (int) Math.round(left + (i % SAMPLES + .5) * stepX);
      int y = (int) Math.round(top + (i / SAMPLES + .5) * stepY);
      if (x >= 0 && y >= 0 && x < picture.width() && y < picture.height()) {
        int rgb = picture.rgb(x, y);
        spread(counts, rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
        inside++;
      }
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (float) Math.sqrt(counts[i] / Math.max(1, inside));
    }
    return new Appearance(counts);
  }

  /** Shares a pixel among the eight nearest bins, so that a little more light changes little. */
  private static void spread(float[] counts, int red, int green, int blue) {
    float r = red * (LEVELS - 1) / 255f;
    float g = green * (LEVELS - 1) / 255f;
    float b = blue * (LEVELS - 1) / 255f;
    for (int corner = 0; corner < 8; corner++) {
      int ri = Math.min(LEVELS - 1, (int) r + (corner & 1));
      int gi = Math.min(LEVELS - 1, (int) g + (corner >> 1 & 1));
      int bi = Math.min(LEVELS - 1, (int) b + (corner >> 2));
      float share =
          Math.max(0, 1 - Math.abs(r - ri))
              * Math.max(0, 1 - Math.abs(g - gi))
              * Math.max(0, 1 - Math.abs(b - bi));
      counts[(ri * LEVELS + gi) * LEVELS + bi] += share;
    }
  }

  /** Hellinger distance, 0 for the same colours to 1 for none in common. */
  double distanceTo(Appearance other) {
    double common = 0;
    for (int i = 0; i < roots.length; i++) {
      common += roots[i] * other.roots[i];
    }
    return Math.sqrt(Math.max(0, 1 - common));
  }

  /** The appearance of a track that was seen once more. */
  Appearance then(Appearance seen) {
    float[] mixed = new float[roots.length];
    for (int i = 0; i < mixed.length; i++) {
      double square = (1 - RATE) * roots[i] * roots[i] + RATE * seen.roots[i] * seen.roots[i];
      mixed[i] = (float) Math.sqrt(square);
    }
    return new Appearance(mixed);
  }
}
