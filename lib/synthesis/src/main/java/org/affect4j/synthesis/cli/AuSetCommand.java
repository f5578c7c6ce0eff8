package org.affect4j.synthesis.cli;

import java.util.List;
import org.affect4j.synthesis.internal.sample.AuSet;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "au-set", description = "Aligned, damaged crops with exact units.")
final class AuSetCommand extends SetCommand {
  @Option(names = "--count", required = true, description = "how many faces")
  private int count;

  @Option(names = "--size", defaultValue = "112", description = "side of the crops in pixels")
  private int size;

  @Option(names = "--prototypes", description = "basic expressions only, all seven in turn")
  private boolean prototypes;

  @Option(names = "--format", defaultValue = "PNG", description = "${COMPLETION-CANDIDATES}")
  private ImageFormat format;

  @Override
  List<FaceSet> sets() {
    return List.of(new AuSet(count, size, prototypes, seed, format));
  }
}
