package org.affect4j.video;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.affect4j.image.FaceImage;

/**
 * A clip that is made to be timed: one face that moves slowly, with the grain of a camera, so that
 * the encoder needs its bits.
 *
 * @param width in pixels
 * @param height in pixels
 * @param megabits a second
 * @param frames how many
 */
record BenchmarkClip(int width, int height, double megabits, int frames) {
  static final int RATE = 25;

  /** Height of the portrait in parts of that of the frame, as of somebody at a desk. */
  private static final double PORTRAIT = .45;

  private static final int GRAIN = 4;

  /** Writes the clip; the same bytes each time. */
  Path write(Path folder, FaceImage portrait) throws IOException {
    Path file = folder.resolve("%dx%d.mp4".formatted(width, height));
    BufferedImage face = portrait.toBufferedImage();
    byte[] grain = new byte[1 << 20];
    new SplittableRandom(1).nextBytes(grain);
    try (VideoWriter video =
        VideoWriter.create(file, width, height, RATE, Math.round(megabits * 1e6))) {
      for (int i = 0; i < frames; i++) {
        video.add(FaceImage.of(frame(face, grain, i)));
      }
    }
    return file;
  }

  private BufferedImage frame(BufferedImage face, byte[] grain, int number) {
    BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = frame.createGraphics();
    canvas.setPaint(
        new GradientPaint(0, 0, new Color(70, 80, 95), width, height, new Color(150, 145, 130)));
    canvas.fillRect(0, 0, width, height);
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    double scale = PORTRAIT * height / face.getHeight();
    double x = (width - scale * face.getWidth()) * (.5 + .2 * Math.sin(number / 40.));
    double y = height * (1 - PORTRAIT) * (.5 + .2 * Math.sin(number / 25.));
    canvas.drawImage(face, new AffineTransform(scale, 0, 0, scale, x, y), null);
    canvas.dispose();
    int[] pixels = ((DataBufferInt) frame.getRaster().getDataBuffer()).getData();
    // A step that shares no factor with the length, so that no two frames have the same grain.
    int at = number * 77_777;
    for (int i = 0; i < pixels.length; i++) {
      int added = grain[at++ & grain.length - 1] * GRAIN >> 7;
      pixels[i] =
          bright(pixels[i] >> 16, added) << 16
              | bright(pixels[i] >> 8, added) << 8
              | bright(pixels[i], added);
    }
    return frame;
  }

  private static int bright(int channel, int added) {
    return Math.max(0, Math.min(255, (channel & 0xFF) + added));
  }

  @Override
  public String toString() {
    return "%d x %d, %s Mbit/s".formatted(width, height, megabits);
  }
}
