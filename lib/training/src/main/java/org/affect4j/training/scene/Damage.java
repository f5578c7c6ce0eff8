package org.affect4j.training.scene;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.affect4j.image.FaceImage;

/** What lenses, sensors and files do to a finished scene. Nothing moves. For one thread. */
final class Damage {
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();

  /** Damages a canvas at random. */
  void apply(SceneCanvas canvas, boolean grey, SplittableRandom random) {
    double optics = random.nextDouble();
    if (optics < .22) {
      for (int times = random.nextInt(1, 4); times > 0; times--) {
        blur(canvas, 1, 0);
        blur(canvas, 0, 1);
      }
    } else if (optics < .3) {
      int[] direction = {random.nextInt(-1, 2), 1};
      for (int times = random.nextInt(2, 6); times > 0; times--) {
        blur(canvas, direction[0], direction[1]);
      }
    }
    if (random.nextDouble() < .15) {
      coarsen(canvas, random.nextDouble(.45, .9));
    }
    if (grey) {
      toGrey(canvas.bgr());
    }
    if (random.nextDouble() < .4) {
      addNoise(canvas.bgr(), random.nextDouble(1, 9), random.nextBoolean() || grey, random);
    }
    if (random.nextDouble() < .6) {
      compress(canvas, random.nextDouble(.35, .97));
    }
  }

  /** The kernel (1, 2, 1) / 4 in one direction; edges are repeated. */
  private static void blur(SceneCanvas canvas, int dx, int dy) {
    int width = canvas.width();
    int height = canvas.height();
    byte[] from = canvas.bgr().clone();
    byte[] to = canvas.bgr();
    for (int y = 0; y < height; y++) {
      int above = Math.max(0, Math.min(height - 1, y - dy)) * width;
      int below = Math.max(0, Math.min(height - 1, y + dy)) * width;
      for (int x = 0; x < width; x++) {
        int before = 3 * (above + Math.max(0, Math.min(width - 1, x - dx)));
        int after = 3 * (below + Math.max(0, Math.min(width - 1, x + dx)));
        int at = 3 * (y * width + x);
        for (int c = 0; c < 3; c++) {
          to[at + c] =
              (byte)
                  (((from[before + c] & 255)
                          + 2 * (from[at + c] & 255)
                          + (from[after + c] & 255)
                          + 2)
                      >> 2);
        }
      }
    }
  }

  /** Shrinks and enlarges again. */
  private static void coarsen(SceneCanvas canvas, double scale) {
    FaceImage small =
        FaceImage.of(canvas.image())
            .resized((int) (canvas.width() * scale), (int) (canvas.height() * scale));
    put(small.resized(canvas.width(), canvas.height()).toBufferedImage(), canvas);
  }

  /** Takes the pixels of a picture of the canvas's size: blue, green, red in bytes. */
  static void put(BufferedImage image, SceneCanvas canvas) {
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(bgr, 0, canvas.bgr(), 0, bgr.length);
  }

  private static void toGrey(byte[] bgr) {
    for (int i = 0; i < bgr.length; i += 3) {
      byte luma = (byte) SceneCanvas.luma(bgr[i] & 255, bgr[i + 1] & 255, bgr[i + 2] & 255);
      bgr[i] = luma;
      bgr[i + 1] = luma;
      bgr[i + 2] = luma;
    }
  }

  /** The sum of three even numbers is close enough to a normal one, and five times as fast. */
  private static void addNoise(
      byte[] bgr, double deviation, boolean same, SplittableRandom random) {
    float k = (float) (2 * deviation);
    float shift = 0;
    for (int i = 0; i < bgr.length; i++) {
      if (!same || i % 3 == 0) {
        long bits = random.nextLong();
        float sum =
            ((bits & 0xFFFFF) + (bits >>> 20 & 0xFFFFF) + (bits >>> 40 & 0xFFFFF)) / 1048576f;
        shift = (sum - 1.5f) * k;
      }
      bgr[i] = (byte) Math.max(0, Math.min(255, Math.round((bgr[i] & 255) + shift)));
    }
  }

  private void compress(SceneCanvas canvas, double quality) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality((float) quality);
        writer.setOutput(stream);
        writer.write(null, new IIOImage(canvas.image(), null, null), parameters);
      }
      // Not from a plain stream, for which ImageIO would write a cache file.
      put(
          ImageIO.read(
              new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes.toByteArray()))),
          canvas);
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK cannot compress a picture in memory", e);
    }
  }
}
