package org.affect4j.synthesis.cli;

import java.util.List;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.Sheets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sheets",
    description = "Contact sheets to look at: every unit, expression, skin tone and age group.")
final class SheetsCommand extends SetCommand {
  @Option(
      names = "--count",
      defaultValue = "5",
      description = "how many rows of six faces on each sheet (default ${DEFAULT-VALUE})")
  private int count;

  @Override
  List<FaceSet> sets() {
    return List.of(new Sheets(count, seed));
  }
}
