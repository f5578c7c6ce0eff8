package org.affect4j.synthesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.cli.CommandLines;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.model.ModelPair;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.geometry.IctFaceKitImporter;
import org.affect4j.synthesis.internal.sample.AuSet;
import org.affect4j.synthesis.internal.sample.Audit;
import org.affect4j.synthesis.internal.sample.Clip;
import org.affect4j.synthesis.internal.sample.CompoundSet;
import org.affect4j.synthesis.internal.sample.DetectionAudit;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.Gallery;
import org.affect4j.synthesis.internal.sample.Groups;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import org.affect4j.synthesis.internal.sample.MemoryUse;
import org.affect4j.synthesis.internal.sample.Portraits;
import org.affect4j.synthesis.internal.sample.SetWriter;
import org.affect4j.synthesis.internal.sample.Sheets;
import org.affect4j.synthesis.internal.sample.Speed;
import org.affect4j.synthesis.internal.sample.Studio;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws faces with exact truth. */
@Command(
    name = "affect4j-synth",
    mixinStandardHelpOptions = true,
    description = "Draws faces with exact truth: action units, expressions, landmarks.",
    subcommands = {
      Main.Import.class,
      Main.AuSetCommand.class,
      Main.PortraitsCommand.class,
      Main.GroupsCommand.class,
      Main.CompoundCommand.class,
      Main.ClipsCommand.class,
      Main.GalleryCommand.class,
      Main.SheetsCommand.class,
      Main.AuditCommand.class,
      Main.BenchmarkCommand.class
    })
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

  /** Options of all commands that draw. */
  static final class Common {
    @Option(
        names = "--geometry",
        required = true,
        paramLabel = "DIR",
        description = "folder with the face geometry (see the command import)")
    private Path geometry;

    @Option(
        names = "--seed",
        defaultValue = "1",
        description = "same seed, same pixels (default ${DEFAULT-VALUE})")
    private long seed;

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

    int draw(List<FaceSet> sets, CommandSpec spec) throws IOException {
      SetWriter writer =
          new SetWriter(
              new Studio(FaceGeometry.read(geometry)),
              threads,
              line -> spec.commandLine().getErr().println(line));
      for (FaceSet set : sets) {
        writer.write(set, "affect4j-synth " + spec.name() + options(spec), output);
      }
      return 0;
    }

    /** What was asked for, without paths and threads, which do not change pixels. */
    private static String options(CommandSpec spec) {
      StringBuilder s = new StringBuilder();
      for (String name : List.of("--count", "--seed", "--size", "--prototypes", "--format")) {
        var option = spec.findOption(name);
        if (option != null && option.getValue() != null) {
          s.append(' ').append(name).append(' ').append(option.getValue().toString());
        }
      }
      // Named only where it is set: sets with surroundings stay the same sets.
      var transparent = spec.findOption("--transparent");
      if (transparent != null && Boolean.TRUE.equals(transparent.getValue())) {
        s.append(" --transparent");
      }
      return s.toString();
    }
  }

  /** A command that draws pictures of one kind. */
  abstract static class Pictures implements Callable<Integer> {
    /** Makes a set of pictures. */
    interface Kind {
      FaceSet of(int count, long seed, ImageFormat format);
    }

    private final Kind kind;

    @Spec private CommandSpec spec;
    @Mixin private Common common;

    @Option(
        names = "--count",
        required = true,
        description = "how many portraits, scenes or persons")
    private int count;

    @Option(names = "--format", defaultValue = "JPEG", description = "${COMPLETION-CANDIDATES}")
    private ImageFormat format;

    Pictures(Kind kind) {
      this.kind = kind;
    }

    @Override
    public final Integer call() throws IOException {
      return common.draw(List.of(kind.of(count, common.seed, format)), spec);
    }
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Makes the compact geometry from the OBJ files of ICT-FaceKit.")
  static final class Import implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--obj",
        required = true,
        paramLabel = "DIR",
        description = "the folder FaceXModel of ICT-FaceKit")
    private Path obj;

    @Option(
        names = {"-o", "--output"},
        required = true,
        paramLabel = "OUT",
        description = "folder for the compact file and its checksums")
    private Path output;

    @Override
    public Integer call() throws IOException {
      FaceGeometry geometry = new IctFaceKitImporter().convert(obj, output);
      spec.commandLine().getOut().println("wrote " + geometry + " to " + output);
      return 0;
    }
  }

  @Command(
      name = "au-set",
      mixinStandardHelpOptions = true,
      description = "Aligned, damaged crops with exact units.")
  static final class AuSetCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Common common;

    @Option(names = "--count", required = true, description = "how many faces")
    private int count;

    @Option(names = "--size", defaultValue = "112", description = "side of the crops in pixels")
    private int size;

    @Option(names = "--prototypes", description = "basic expressions only, all seven in turn")
    private boolean prototypes;

    @Option(names = "--format", defaultValue = "PNG", description = "${COMPLETION-CANDIDATES}")
    private ImageFormat format;

    @Override
    public Integer call() throws IOException {
      return common.draw(List.of(new AuSet(count, size, prototypes, common.seed, format)), spec);
    }
  }

  @Command(
      name = "portraits",
      mixinStandardHelpOptions = true,
      description = "Portraits of 480 x 600 pixels.")
  static final class PortraitsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Common common;

    @Option(names = "--count", required = true, description = "how many portraits")
    private int count;

    @Option(names = "--format", defaultValue = "JPEG", description = "${COMPLETION-CANDIDATES}")
    private ImageFormat format;

    @Option(
        names = "--transparent",
        description = "heads without surroundings, to be put into other pictures; always as PNG")
    private boolean transparent;

    @Override
    public Integer call() throws IOException {
      FaceSet set =
          transparent
              ? Portraits.transparent(count, common.seed)
              : new Portraits(count, common.seed, format);
      return common.draw(List.of(set), spec);
    }
  }

  @Command(
      name = "groups",
      mixinStandardHelpOptions = true,
      description = "Scenes of 1280 x 720 pixels with three to eight people.")
  static final class GroupsCommand extends Pictures {
    GroupsCommand() {
      super(Groups::new);
    }
  }

  @Command(
      name = "compound",
      mixinStandardHelpOptions = true,
      description = "The 21 categories of Du et al. and neutral by the same persons.")
  static final class CompoundCommand extends Pictures {
    CompoundCommand() {
      super(CompoundSet::new);
    }
  }

  @Command(
      name = "clips",
      mixinStandardHelpOptions = true,
      description = "Clips with curves of units over time, Motion JPEG.")
  static final class ClipsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Common common;

    @Option(names = "--count", required = true, description = "how many clips")
    private int count;

    @Override
    public Integer call() throws IOException {
      if (count < 1) {
        throw new IllegalArgumentException("ask for at least one clip, got " + count);
      }
      List<FaceSet> clips = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        clips.add(new Clip(i, common.seed));
      }
      return common.draw(clips, spec);
    }
  }

  @Command(
      name = "gallery",
      mixinStandardHelpOptions = true,
      description = "20 units at five intensities by the same persons, to teach with.")
  static final class GalleryCommand extends Pictures {
    GalleryCommand() {
      super(Gallery::new);
    }
  }

  @Command(
      name = "sheets",
      mixinStandardHelpOptions = true,
      description = "Contact sheets to look at: every unit, expression, skin tone and age group.")
  static final class SheetsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Common common;

    @Option(
        names = "--count",
        defaultValue = "5",
        description = "how many rows of six faces on each sheet (default ${DEFAULT-VALUE})")
    private int count;

    @Override
    public Integer call() throws IOException {
      return common.draw(List.of(new Sheets(count, common.seed)), spec);
    }
  }

  @Command(
      name = "audit",
      mixinStandardHelpOptions = true,
      description = "Measures fresh faces with the bundled models and prints the figures.")
  static final class AuditCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--geometry",
        required = true,
        paramLabel = "DIR",
        description = "face geometry")
    private Path geometry;

    @Option(names = "--count", defaultValue = "1000", description = "how many portraits")
    private int count;

    @Option(names = "--seed", defaultValue = "90001", description = "seed of the fresh faces")
    private long seed;

    @Option(
        names = "--long-side",
        description = "portraits are scaled down to this many pixels for the detector")
    private int longSide = DetectorOptions.defaults().longSide();

    /** What else is measured of detection. */
    enum Detection {
      SIZES,
      TURNS,
      COVERS
    }

    @Option(
        names = "--detection",
        split = ",",
        description =
            "instead: how one person is found in 640 x 480 by the size of the face, by the angle of"
                + " the picture (with --any-rotation), and with parts of it covered;"
                + " ${COMPLETION-CANDIDATES}; --count persons in each row")
    private List<Detection> detection = List.of();

    @Option(
        names = "--pairs",
        split = ",",
        description = "for --detection: bundled networks, ${COMPLETION-CANDIDATES}")
    private List<ModelPair> pairs = List.of(ModelPair.values());

    private void detection(Studio studio, PrintWriter out) {
      for (Detection what : detection) {
        Map<String, FaceAnalyzer> analyzers = new LinkedHashMap<>();
        try {
          for (ModelPair pair : pairs) {
            analyzers.put(
                pair.label(),
                FaceAnalyzer.load(
                    AnalyzerOptions.defaults()
                        .withModels(pair)
                        .withDetector(
                            DetectorOptions.defaults()
                                .withLongSide(longSide)
                                .withAnyRotation(what == Detection.TURNS))));
          }
          DetectionAudit audit = new DetectionAudit(studio, analyzers, count, seed);
          List<DetectionAudit.Row> rows =
              switch (what) {
                case SIZES ->
                    audit.sizes(.05, 1 / 15., .1, .15, .25, .4, .5, .6, .8, 1, 1.1, 1.2, 1.3, 1.4);
                case TURNS -> audit.turns();
                case COVERS -> audit.covers();
              };
          out.printf(
              "%d faces in each row, seed %d: found exactly once, rows per face, read as%s (same"
                  + " expression and valence within .05; same expression)%n",
              count,
              seed,
              what == Detection.SIZES ? " at half the size" : " when plain and upright");
          for (DetectionAudit.Row row : rows) {
            out.printf("| %s ", row.pictures());
            for (String name : analyzers.keySet()) {
              DetectionAudit.Result r = row.results().get(name);
              out.printf(
                  "| %s %.3f %.2f %.3f %.3f ",
                  name,
                  (double) r.once() / r.faces(),
                  (double) r.rows() / r.faces(),
                  (double) r.same() / Math.max(1, r.found()),
                  (double) r.sameExpression() / Math.max(1, r.found()));
            }
            out.println("|");
          }
          out.flush();
        } finally {
          analyzers.values().forEach(FaceAnalyzer::close);
        }
      }
    }

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      Studio studio = new Studio(FaceGeometry.read(geometry));
      if (!detection.isEmpty()) {
        detection(studio, out);
        return 0;
      }
      double[][] r = Audit.correlations(studio, 20_000, seed);
      List<ActionUnit> units = ActionUnit.ALL;
      out.println("Correlations of the units of 20,000 sampled faces beyond .3:");
      for (int i = 0; i < units.size(); i++) {
        for (int j = i + 1; j < units.size(); j++) {
          if (Math.abs(r[i][j]) > .3) {
            out.printf("  %s %s %.2f%n", units.get(i).label(), units.get(j).label(), r[i][j]);
          }
        }
      }
      out.flush();
      try (FaceAnalyzer analyzer =
          FaceAnalyzer.load(
              AnalyzerOptions.defaults()
                  .withDetector(DetectorOptions.defaults().withLongSide(longSide)))) {
        Audit.Reading reading = new Audit(studio, analyzer).portraits(count, seed);
        out.printf(
            "%d portraits, seed %d: %d found (%.1f %%), landmark error %.4f of the interocular"
                + " distance (%.4f without mean offsets), expression right in %d (%.1f %%)%n",
            reading.faces(),
            seed,
            reading.found(),
            100.0 * reading.found() / reading.faces(),
            reading.landmarks().error(),
            reading.landmarks().scatter(),
            reading.read(),
            100.0 * reading.read() / reading.faces());
        for (int i = 0; i < Landmarks.NAMES.size(); i++) {
          Point offset = reading.landmarks().offsets().get(i);
          out.printf(
              "  %-11s detected %+.3f across, %+.3f down from its label on average%n",
              Landmarks.NAMES.get(i), offset.x(), offset.y());
        }
        reading
            .byGroup()
            .forEach(
                (group, n) ->
                    out.printf(
                        "  %-10s %4d faces, %.1f %% right%n", group, n[0], 100.0 * n[1] / n[0]));
      }
      out.flush();
      return 0;
    }
  }

  @Command(
      name = "benchmark",
      mixinStandardHelpOptions = true,
      description = "Takes the time of an AU set: drawn, damaged and encoded, not written.")
  static final class BenchmarkCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--geometry",
        required = true,
        paramLabel = "DIR",
        description = "face geometry")
    private Path geometry;

    @Option(
        names = "--count",
        defaultValue = "1000",
        description = "how many faces are timed (default ${DEFAULT-VALUE})")
    private int count;

    @Option(
        names = "--warm-up",
        defaultValue = "600",
        description = "how many faces each thread draws first (default ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--size", defaultValue = "112", description = "side of the crops in pixels")
    private int size;

    @Option(names = "--seed", defaultValue = "1", description = "seed of the faces")
    private long seed;

    @Option(
        names = "--threads",
        defaultValue = "1",
        description = "threads (default ${DEFAULT-VALUE})")
    private int threads;

    @Option(
        names = "--memory-every",
        paramLabel = "FACES",
        description = "show memory after so many faces, and again and again")
    private long memoryEvery = Long.MAX_VALUE;

    private long nextLook;

    @Override
    public Integer call() throws IOException, InterruptedException {
      if (memoryEvery < 1) {
        throw new IllegalArgumentException(
            "memory is shown after 1 face or more, got " + memoryEvery);
      }
      nextLook = memoryEvery;
      int warmUpItems = warmUp / AuSet.FACES_PER_PERSON;
      int warmUpFaces = warmUpItems * AuSet.FACES_PER_PERSON * threads;
      FaceSet set = new AuSet(count + warmUpFaces, size, false, seed, ImageFormat.PNG);
      Speed speed =
          Speed.measure(
              new Studio(FaceGeometry.read(geometry)),
              set,
              warmUpItems,
              threads,
              this::lookAtMemory);
      spec.commandLine()
          .getOut()
          .printf(
              "%d faces of %d x %d, seed %d, %d thread(s): %.1f faces a second,"
                  + " %.1f a second of processor time%n",
              speed.faces(),
              size,
              size,
              seed,
              threads,
              speed.facesPerSecond(),
              speed.facesPerProcessorSecond());
      return 0;
    }

    private synchronized void lookAtMemory(long faces) {
      if (faces >= nextLook) {
        nextLook = faces + memoryEvery;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%,7d faces: %s%n", faces, MemoryUse.now());
        out.flush();
      }
    }
  }
}
