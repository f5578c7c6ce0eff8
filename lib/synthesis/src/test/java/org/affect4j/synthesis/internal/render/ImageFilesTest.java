package org.affect4j.synthesis.internal.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
  /** A smooth picture with an edge; a size that is no multiple of 8. */
  private static Pixels picture() {
    int w = 53;
    int h = 38;
    byte[] rgb = new byte[3 * w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = 3 * (y * w + x);
        rgb[i] = (byte) (4 * x);
        rgb[i + 1] = (byte) (x > 26 ? 200 : 40 + y);
        rgb[i + 2] = (byte) (6 * y);
      }
    }
    return new Pixels(w, h, rgb);
  }

  @Test
  void pngIsLossless() throws Exception {
    Pixels p = picture();
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(ImageFiles.png(p)));
    assertEquals(p.width(), back.getWidth());
    for (int y = 0; y < p.height(); y++) {
      for (int x = 0; x < p.width(); x++) {
        int rgb = p.value(x, y, 0) << 16 | p.value(x, y, 1) << 8 | p.value(x, y, 2);
        assertEquals(rgb, back.getRGB(x, y) & 0xFFFFFF);
      }
    }
  }

  @Test
  void pngKeepsOpacity() throws Exception {
    Pixels p = picture();
    byte[] opacity = new byte[p.width() * p.height()];
    for (int i = 0; i < opacity.length; i++) {
      opacity[i] = (byte) (i * 7);
    }
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(ImageFiles.png(p, opacity)));
    for (int y = 0; y < p.height(); y++) {
      for (int x = 0; x < p.width(); x++) {
        int argb = back.getRGB(x, y);
        assertEquals(opacity[y * p.width() + x] & 255, argb >>> 24);
        assertEquals(p.value(x, y, 1), argb >> 8 & 255);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.png(p, new byte[3]));
  }

  @Test
  void jpegDecodesToNearlyTheSamePicture() throws Exception {
    Pixels p = picture();
    for (int quality : new int[] {100, 90, 50}) {
      BufferedImage back = ImageIO.read(new ByteArrayInputStream(ImageFiles.jpeg(p, quality)));
      assertEquals(p.width(), back.getWidth());
      assertEquals(p.height(), back.getHeight());
      double error = 0;
      for (int y = 0; y < p.height(); y++) {
        for (int x = 0; x < p.width(); x++) {
          error += Math.abs((back.getRGB(x, y) >> 8 & 255) - p.value(x, y, 1));
        }
      }
      double mean = error / (p.width() * p.height());
      assertTrue(mean < (quality == 50 ? 8 : 4), "mean error " + mean + " at quality " + quality);
    }
  }

  @Test
  void damageOfCompressionIsThatOfTheEncoder() throws Exception {
    Pixels p = picture();
    int n = p.width() * p.height();
    float[] r = new float[n];
    float[] g = new float[n];
    float[] b = new float[n];
    for (int i = 0; i < n; i++) {
      r[i] = p.value(i % p.width(), i / p.width(), 0);
      g[i] = p.value(i % p.width(), i / p.width(), 1);
      b[i] = p.value(i % p.width(), i / p.width(), 2);
    }
    new JpegDamage().apply(r, g, b, p.width(), p.height(), 40, true);
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(ImageFiles.jpeg(p, 40)));
    double difference = 0;
    for (int i = 0; i < n; i++) {
      int rgb = back.getRGB(i % p.width(), i / p.width());
      // Luma is the same; decoders smooth colours in their own ways.
      double mine = .299 * r[i] + .587 * g[i] + .114 * b[i];
      double theirs = .299 * (rgb >> 16 & 255) + .587 * (rgb >> 8 & 255) + .114 * (rgb & 255);
      difference += Math.abs(mine - theirs) / n;
    }
    assertTrue(difference < 2.5, "mean difference of luma " + difference);
  }

  @Test
  void qualityIsChecked() {
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.jpeg(picture(), 0));
  }
}
