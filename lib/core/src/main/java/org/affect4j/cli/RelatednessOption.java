package org.affect4j.cli;

import org.affect4j.face.Relatedness;
import picocli.CommandLine.Option;

/** Which weights the zero-shot rule for compound expressions takes. */
final class RelatednessOption {
  @Option(
      names = "--relatedness",
      paramLabel = "TABLE",
      description =
          "Weights of the zero-shot rule where there are compound labels: du (fractions of Du et"
              + " al. 2014), du-binary (0 and 1), empirical (inferred from Aff-Wild2).")
  private String table = "du";

  Relatedness table() {
    return Relatedness.ofLabel(table);
  }
}
