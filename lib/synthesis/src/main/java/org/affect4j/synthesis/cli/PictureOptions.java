package org.affect4j.synthesis.cli;

import org.affect4j.synthesis.internal.sample.ImageFormat;
import picocli.CommandLine.Option;

/** Options of the commands that draw pictures, as JPEG unless asked otherwise. */
final class PictureOptions extends SetOptions {
  @Option(names = "--count", required = true, description = "how many portraits, scenes or persons")
  int count;

  @Option(names = "--format", defaultValue = "JPEG", description = "${COMPLETION-CANDIDATES}")
  ImageFormat format;
}
