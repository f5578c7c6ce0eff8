package org.affect4j.synthesis.internal.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageFormatTest {
  @Test
  void pngKeepsEveryPixelAndOpacity() throws Exception {
    BufferedImage picture = new BufferedImage(53, 38, BufferedImage.TYPE_4BYTE_ABGR);
    for (int i = 0; i < 53 * 38; i++) {
      picture.setRGB(i % 53, i / 53, i * 0x9E3779B1);
    }
    byte[] bytes = ImageFormat.PNG.encode(picture);
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(bytes));
    for (int i = 0; i < 53 * 38; i++) {
      assertEquals(picture.getRGB(i % 53, i / 53), back.getRGB(i % 53, i / 53));
    }
  }

  @Test
  void jpegOfABetterQualityIsNearerAndLonger() throws Exception {
    BufferedImage picture = new BufferedImage(53, 38, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 53 * 38; i++) {
      picture.setRGB(i % 53, i / 53, i % 53 > 26 ? 0xC86432 : 4 * (i / 53) << 8);
    }
    byte[] good = ImageFormat.JPEG.encode(picture, 95);
    byte[] poor = ImageFormat.JPEG.encode(picture, 30);
    assertTrue(good.length > poor.length);
    assertTrue(error(picture, good) < 4, "" + error(picture, good));
    assertTrue(error(picture, good) < error(picture, poor));
  }

  private static double error(BufferedImage picture, byte[] file) throws Exception {
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(file));
    double error = 0;
    for (int i = 0; i < 53 * 38; i++) {
      int was = picture.getRGB(i % 53, i / 53) >> 8 & 255;
      error += Math.abs((back.getRGB(i % 53, i / 53) >> 8 & 255) - was) / (53.0 * 38);
    }
    return error;
  }
}
