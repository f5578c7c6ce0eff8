package org.affect4j.synthesis;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.geometry.GeometryException;

/** Finds files in the folder {@code shared} beside the checkout; tests skip loudly without it. */
public final class SharedFiles {
  private static FaceGeometry geometry;

  private SharedFiles() {}

  /** Returns a path below the folder, or skips the test. */
  public static Path require(String path) {
    String root = System.getProperty("affect4j.root");
    if (root == null) {
      return abort(
          "skipped: the system property affect4j.root is not set, so that "
              + path
              + " cannot be found");
    }
    Path checkout = Path.of(root).toAbsolutePath().normalize();
    for (Path folder = checkout.getParent(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared").resolve(path);
      if (Files.exists(file)) {
        return file;
      }
    }
    return abort("skipped: no shared/" + path + " beside " + checkout);
  }

  /** Returns the real face model, read once for all tests, or skips the test. */
  public static synchronized FaceGeometry geometry() {
    if (geometry == null) {
      try {
        geometry = FaceGeometry.read(require("datasets/ict-facekit"));
      } catch (GeometryException e) {
        throw new AssertionError(e);
      }
    }
    return geometry;
  }
}
