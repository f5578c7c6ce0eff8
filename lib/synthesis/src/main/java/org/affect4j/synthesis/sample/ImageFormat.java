package org.affect4j.synthesis.sample;

import org.affect4j.synthesis.render.ImageFiles;
import org.affect4j.synthesis.render.Pixels;

/** How pictures are written. */
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

  String extension() {
    return extension;
  }

  byte[] encode(Pixels pixels) {
    return this == PNG ? ImageFiles.png(pixels) : ImageFiles.jpeg(pixels, QUALITY);
  }
}
