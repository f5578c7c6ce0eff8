package org.affect4j.image;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads photos that are coded like films, which this library alone does not: HEIC and AVIF. Found
 * by {@link java.util.ServiceLoader}; {@code affect4j-video} offers one.
 */
public interface StillReader {
  /**
   * Reads a photo.
   *
   * @param file a file of the kind {@link PictureFormat#HEIC} or {@link PictureFormat#AVIF}
   * @return the photo, upright, at full size
   * @throws IOException if it cannot be read, or not to its end
   */
  FaceImage read(Path file) throws IOException;

  /**
   * Tells the size of a photo by its header.
   *
   * @param file as for {@link #read}
   * @return width and height of the upright photo in pixels
   * @throws IOException if it cannot be told
   */
  Dimension size(Path file) throws IOException;
}
