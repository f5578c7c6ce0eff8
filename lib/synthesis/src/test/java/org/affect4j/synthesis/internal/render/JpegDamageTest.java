package org.affect4j.synthesis.internal.render;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;

class JpegDamageTest {
  /** The JDK's encoder is the reference: another hand wrote it. A size that is no multiple of 8. */
  @Test
  void damageIsThatOfAnEncoder() throws Exception {
    BufferedImage picture = new BufferedImage(53, 38, BufferedImage.TYPE_3BYTE_BGR);
    int n = 53 * 38;
    float[] r = new float[n];
    float[] g = new float[n];
    float[] b = new float[n];
    for (int i = 0; i < n; i++) {
      int x = i % 53;
      int y = i / 53;
      r[i] = 4 * x;
      g[i] = x > 26 ? 200 : 40 + y;
      b[i] = 6 * y;
      picture.setRGB(x, y, (int) r[i] << 16 | (int) g[i] << 8 | (int) b[i]);
    }
    new JpegDamage().apply(r, g, b, 53, 38, 40, true);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(.4f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    }
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    double difference = 0;
    double damage = 0;
    for (int i = 0; i < n; i++) {
      // Luma is the same; decoders smooth colours in their own ways.
      double mine = .299 * r[i] + .587 * g[i] + .114 * b[i];
      difference += Math.abs(mine - luma(back.getRGB(i % 53, i / 53))) / n;
      damage += Math.abs(mine - luma(picture.getRGB(i % 53, i / 53))) / n;
    }
    assertTrue(difference < 2.5, "mean difference of luma " + difference);
    assertTrue(damage > 1, "mean damage of luma " + damage);
  }

  private static double luma(int rgb) {
    return .299 * (rgb >> 16 & 255) + .587 * (rgb >> 8 & 255) + .114 * (rgb & 255);
  }
}
