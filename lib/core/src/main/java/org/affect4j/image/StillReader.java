package org.affect4j.image;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads photos that are coded like films, which this library alone does not: HEIC and AVIF. Found
 * by {@link ServiceLoader}; {@code affect4j-video} offers one.
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

  /** The one that reads a file; empty if the file is of another kind, or none is offered. */
  static Optional<StillReader> of(Path file) throws IOException {
    Optional<PictureFormat> format =
        PictureFormat.of(file).filter(f -> f == PictureFormat.HEIC || f == PictureFormat.AVIF);
    return format.isEmpty()
        ? Optional.empty()
        : ServiceLoader.load(StillReader.class, StillReader.class.getClassLoader()).findFirst();
  }
}
