package org.affect4j.synthesis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.synthesis.internal.clip.Clips;
import org.affect4j.synthesis.internal.clip.MoodTable;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.SetWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of all commands that draw sets of pictures into a folder, and the drawing. */
@Command(mixinStandardHelpOptions = true)
class SetOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private GeometryOption geometry;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "same seed, same pixels (default ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--threads",
      description = "threads (default: one per core); does not change pixels")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "folder for pictures, labels.csv and provenance.json")
  private Path output;

  /** Draws sets, and returns the exit code. */
  final int draw(FaceSet... sets) throws IOException {
    SetWriter writer = new SetWriter(geometry.studio(), threads, this::tell);
    for (FaceSet set : sets) {
      writer.write(set, command(), output);
    }
    return 0;
  }

  /** Draws, analyses and sums up clips of some persons, and returns the exit code. */
  final int moods(int persons) throws IOException {
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1))) {
      MoodTable.write(
          geometry.studio(), threads, seed, persons, analyzer, output, command(), this::tell);
    }
    return 0;
  }

  /** Draws the clips of some names, or all, and returns the exit code. */
  final int clips(List<String> names) throws IOException {
    Clips.write(geometry.studio(), threads, seed, names, output, command(), this::tell);
    return 0;
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
  }

  /** What was asked for, without paths and threads, which do not change pixels. */
  private String command() {
    StringBuilder s = new StringBuilder("affect4j-synth ").append(spec.name());
    for (String name :
        List.of(
            "--count",
            "--frames",
            "--rate",
            "--hide-mouth",
            "--sentences",
            "--seed",
            "--size",
            "--prototypes",
            "--format")) {
      var option = spec.findOption(name);
      if (option != null && option.getValue() != null) {
        s.append(' ').append(name).append(' ').append(option.getValue().toString());
      }
    }
    // Named only where it is set: sets with surroundings stay the same sets.
    for (String name : List.of("--transparent", "--speech")) {
      var option = spec.findOption(name);
      if (option != null && Boolean.TRUE.equals(option.getValue())) {
        s.append(' ').append(name);
      }
    }
    return s.toString();
  }
}
