package org.affect4j.synthesis.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.synthesis.internal.sample.Clip;
import org.affect4j.synthesis.internal.sample.FaceSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "clips", description = "Clips with curves of units over time, Motion JPEG.")
final class ClipsCommand extends SetCommand {
  @Option(names = "--count", required = true, description = "how many clips")
  private int count;

  @Override
  List<FaceSet> sets() {
    if (count < 1) {
      throw new IllegalArgumentException("ask for at least one clip, got " + count);
    }
    return IntStream.range(0, count).<FaceSet>mapToObj(i -> new Clip(i, seed)).toList();
  }
}
