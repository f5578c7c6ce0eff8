package org.affect4j.synthesis.cli;

import java.io.IOException;
import java.util.List;
import org.affect4j.cli.CommandLines;
import org.affect4j.synthesis.internal.sample.AuSet;
import org.affect4j.synthesis.internal.sample.CompoundSet;
import org.affect4j.synthesis.internal.sample.Gallery;
import org.affect4j.synthesis.internal.sample.Groups;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import org.affect4j.synthesis.internal.sample.Portraits;
import org.affect4j.synthesis.internal.sample.Sheets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws faces with exact truth. */
@Command(
    name = "affect4j-synth",
    mixinStandardHelpOptions = true,
    description = "Draws faces with exact truth: action units, expressions, landmarks.",
    subcommands = {ImportCommand.class, AuditCommand.class, BenchmarkCommand.class})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Used by the command line. */
  public Main() {}

  /**
   * Runs the command line and ends the process: 0 success, 1 failure, 2 wrong usage.
   *
   * @param args arguments
   */
  public static void main(String[] args) {
    System.exit(CommandLines.execute(CommandLines.of(new Main()), args));
  }

  /**
   * Runs the command line.
   *
   * @param args arguments
   * @return 0 success, 1 failure, 2 wrong usage
   */
  public static int run(String... args) {
    return CommandLines.of(new Main()).execute(args);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(name = "au-set", description = "Aligned, damaged crops with exact units.")
  int auSet(
      @Mixin SetOptions set,
      @Option(
              names = "--count",
              required = true,
              paramLabel = "<count>",
              description = "how many faces")
          int count,
      @Option(
              names = "--size",
              defaultValue = "112",
              paramLabel = "<size>",
              description = "side of the crops in pixels")
          int size,
      @Option(names = "--prototypes", description = "basic expressions only, all seven in turn")
          boolean prototypes,
      @Option(
              names = "--format",
              defaultValue = "PNG",
              paramLabel = "<format>",
              description = "${COMPLETION-CANDIDATES}")
          ImageFormat format)
      throws IOException {
    return set.draw(new AuSet(count, size, prototypes, set.seed, format));
  }

  @Command(description = "Portraits of 480 x 600 pixels.")
  int portraits(
      @Mixin PictureOptions set,
      @Option(
              names = "--transparent",
              description =
                  "heads without surroundings, to be put into other pictures; always as PNG")
          boolean transparent)
      throws IOException {
    return set.draw(
        transparent
            ? Portraits.transparent(set.count, set.seed)
            : new Portraits(set.count, set.seed, set.format));
  }

  @Command(description = "Scenes of 1280 x 720 pixels with three to eight people.")
  int groups(@Mixin PictureOptions set) throws IOException {
    return set.draw(new Groups(set.count, set.seed, set.format));
  }

  @Command(description = "The 21 categories of Du et al. and neutral by the same persons.")
  int compound(@Mixin PictureOptions set) throws IOException {
    return set.draw(new CompoundSet(set.count, set.seed, set.format));
  }

  @Command(description = "20 units at five intensities by the same persons, to teach with.")
  int gallery(@Mixin PictureOptions set) throws IOException {
    return set.draw(new Gallery(set.count, set.seed, set.format));
  }

  @Command(
      name = "clip-set",
      description = {
        "Short clips as aligned, damaged crops with the exact curves of all units; every clip is"
            + " another person.",
        "Frames in which no face was found have labels and no picture. With --speech everybody"
            + " speaks and the mouth is open as far as the speech is loud."
      })
  int clipSet(
      @Mixin SetOptions set,
      @Mixin ClipSetOptions clips,
      @Option(
              names = "--format",
              defaultValue = "JPEG",
              paramLabel = "<format>",
              description = "${COMPLETION-CANDIDATES}")
          ImageFormat format)
      throws IOException {
    return set.draw(clips.set(set.seed, format));
  }

  @Command(description = "The clips of data/clips: videos with the truth of every frame.")
  int clips(
      @Mixin SetOptions set,
      @Parameters(
              paramLabel = "<clip>",
              arity = "0..*",
              description = "which (default: all but talk, which needs espeak-ng)")
          List<String> names)
      throws IOException {
    return set.clips(names == null ? List.of() : names);
  }

  @Command(description = "Statistics of short clips in six moods, as the networks read them.")
  int moods(
      @Mixin SetOptions set,
      @Option(
              names = "--count",
              defaultValue = "40",
              paramLabel = "<count>",
              description = "how many persons, each in six moods (default ${DEFAULT-VALUE})")
          int count)
      throws IOException {
    return set.moods(count);
  }

  @Command(
      description = "Contact sheets to look at: every unit, expression, skin tone and age group.")
  int sheets(
      @Mixin SetOptions set,
      @Option(
              names = "--count",
              defaultValue = "5",
              paramLabel = "<count>",
              description = "how many rows of six faces on each sheet (default ${DEFAULT-VALUE})")
          int count)
      throws IOException {
    return set.draw(new Sheets(count, set.seed));
  }
}
