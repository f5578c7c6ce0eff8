package org.affect4j.synthesis.cli;

import java.util.List;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.Portraits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "portraits", description = "Portraits of 480 x 600 pixels.")
final class PortraitsCommand extends PicturesCommand {
  @Option(
      names = "--transparent",
      description = "heads without surroundings, to be put into other pictures; always as PNG")
  private boolean transparent;

  PortraitsCommand() {
    super(Portraits::new);
  }

  @Override
  List<FaceSet> sets() {
    return transparent ? List.of(Portraits.transparent(count, seed)) : super.sets();
  }
}
