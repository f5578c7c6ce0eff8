package org.affect4j.synthesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.affect4j.SharedFiles;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;

/** The real face model, which only some machines have. */
public final class RealHead {
  private static FaceGeometry geometry;

  private RealHead() {}

  /** Returns the model, read once for all tests, or skips the test. */
  public static synchronized FaceGeometry geometry() {
    if (geometry == null) {
      try {
        geometry = FaceGeometry.read(SharedFiles.path("datasets/ict-facekit"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return geometry;
  }
}
