package org.affect4j.synthesis.cli;

import org.affect4j.synthesis.internal.sample.CompoundSet;
import picocli.CommandLine.Command;

@Command(
    name = "compound",
    description = "The 21 categories of Du et al. and neutral by the same persons.")
final class CompoundCommand extends PicturesCommand {
  CompoundCommand() {
    super(CompoundSet::new);
  }
}
