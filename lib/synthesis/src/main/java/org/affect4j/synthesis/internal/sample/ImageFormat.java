package org.affect4j.synthesis.internal.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * How pictures are written, by the JDK's encoders. The same pixels give the same PNG pixels
 * everywhere; the bytes of JPEG files, and what is read back from them, may differ between JDKs.
 */
public enum ImageFormat {
  /** Without loss. */
  PNG("png"),
  /** Baseline JPEG of quality 85. */
  JPEG("jpg");

  private static final int QUALITY = 85;

  private final String extension;

  ImageFormat(String extension) {
    this.extension = extension;
  }

  /**
   * Returns how names of files end.
   *
   * @return such as {@code "png"}
   */
  public String extension() {
    return extension;
  }

  /**
   * Encodes a picture.
   *
   * @param picture pixels
   * @return the bytes of a file
   */
  public byte[] encode(BufferedImage picture) {
    return encode(picture, QUALITY);
  }

  /** A quality of 1 to 100 is that of JPEG; PNG has none. */
  byte[] encode(BufferedImage picture, int quality) {
    ImageWriter writer = ImageIO.getImageWritersBySuffix(extension).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not to a plain stream, for which ImageIO would write a cache file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (this == JPEG) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality / 100f);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK cannot encode a picture in memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
