package org.affect4j.synthesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.model.ModelPair;
import org.affect4j.synthesis.internal.sample.Audit;
import org.affect4j.synthesis.internal.sample.DetectionAudit;
import org.affect4j.synthesis.internal.sample.Studio;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Measures fresh faces with the bundled models and prints the figures.")
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private GeometryOption geometry;

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
            count, seed, what == Detection.SIZES ? " at half the size" : " when plain and upright");
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
    Studio studio = geometry.studio();
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
