package org.affect4j;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds test material that lies beside the checkout and is too large, or not free enough, to be
 * part of it. A test that asks for what is absent is skipped.
 */
public final class SharedFiles {
  private static final String ROOT_PROPERTY = "affect4j.root";

  private SharedFiles() {}

  /**
   * Returns a file or folder below {@code shared}, the folder beside the checkout.
   *
   * @param relative such as {@code "datasets/fer2013/training.zip"}
   * @return a path that exists
   * @throws org.opentest4j.TestAbortedException if it is absent, which skips the calling test
   */
  public static Path path(String relative) {
    String root = System.getProperty(ROOT_PROPERTY);
    Assumptions.assumeTrue(
        root != null,
        () ->
            "skipped: the system property "
                + ROOT_PROPERTY
                + " does not name the checkout; Maven sets it, an IDE has to be told");
    Path path = Path.of(root).resolve("../shared").resolve(relative).normalize();
    Assumptions.assumeTrue(
        Files.exists(path), () -> "skipped: " + path + " is not on this machine");
    return path;
  }
}
