package org.affect4j.synthesis.cli;

import java.util.List;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import picocli.CommandLine.Option;

/** A command that draws one set of pictures, as JPEG unless asked otherwise. */
abstract class PicturesCommand extends SetCommand {
  /** Makes a set of pictures. */
  interface Kind {
    FaceSet of(int count, long seed, ImageFormat format);
  }

  private final Kind kind;

  @Option(names = "--count", required = true, description = "how many portraits, scenes or persons")
  int count;

  @Option(names = "--format", defaultValue = "JPEG", description = "${COMPLETION-CANDIDATES}")
  private ImageFormat format;

  PicturesCommand(Kind kind) {
    this.kind = kind;
  }

  @Override
  List<FaceSet> sets() {
    return List.of(kind.of(count, seed, format));
  }
}
