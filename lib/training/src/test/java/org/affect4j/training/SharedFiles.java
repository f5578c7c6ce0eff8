package org.affect4j.training;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests find files: those of the checkout, and those that only some machines have. */
public final class SharedFiles {
  private SharedFiles() {}

  /** The root of the checkout. */
  public static Path root() {
    return Path.of(System.getProperty("affect4j.root"));
  }

  /** A file or folder beside the checkout; the test is skipped where it is missing. */
  public static Path shared(String path) {
    Path file = root().resolve("../shared").resolve(path).normalize();
    assumeTrue(Files.exists(file), () -> "skipped: " + file + " is not there");
    return file;
  }
}
