package org.affect4j.video;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.affect4j.image.FaceImage;
import org.affect4j.image.StillReader;
import org.affect4j.image.UnreadableImageException;

/** Reads photos as films of one frame: HEIC of one piece, and AVIF. */
public final class FilmStillReader implements StillReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public FilmStillReader() {}

  @Override
  public FaceImage read(Path file) throws IOException {
    try (VideoSource film = open(file)) {
      Iterator<VideoFrame> frames = film.iterator();
      if (!frames.hasNext()) {
        throw new UnreadableImageException(
            "%s could not be decoded (truncated or damaged?): %s".formatted(file, film.damage()));
      }
      VideoFrame photo = frames.next();
      if (!photo.damage().isEmpty()) {
        throw new UnreadableImageException(
            "%s could not be decoded whole: %s".formatted(file, photo.damage()));
      }
      return photo.image();
    }
  }

  @Override
  public Dimension size(Path file) throws IOException {
    try (VideoSource film = open(file)) {
      return new Dimension(film.info().width(), film.info().height());
    }
  }

  private static VideoSource open(Path file) throws IOException {
    try {
      return VideoSource.open(file);
    } catch (UnreadableVideoException e) {
      throw new UnreadableImageException(e.getMessage(), e);
    }
  }
}
