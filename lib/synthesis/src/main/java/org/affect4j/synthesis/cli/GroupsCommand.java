package org.affect4j.synthesis.cli;

import org.affect4j.synthesis.internal.sample.Groups;
import picocli.CommandLine.Command;

@Command(name = "groups", description = "Scenes of 1280 x 720 pixels with three to eight people.")
final class GroupsCommand extends PicturesCommand {
  GroupsCommand() {
    super(Groups::new);
  }
}
