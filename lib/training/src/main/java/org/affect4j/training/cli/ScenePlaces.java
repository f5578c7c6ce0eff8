package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelPair;
import org.affect4j.notebook.Progress;
import org.affect4j.training.scene.SceneSources;
import org.affect4j.training.scene.SourceReader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Options that say where the pictures lie of which scenes are composed, and how they are opened.
 */
final class ScenePlaces {
  @Option(
      names = "--faces",
      arity = "1..*",
      paramLabel = "PLACE",
      description = "Photos of faces. May be left out if there are --heads.")
  private List<Path> faces = List.of();

  @Option(
      names = "--heads",
      arity = "1..*",
      paramLabel = "PLACE",
      description =
          "Rendered heads: sets of 'affect4j-synth portraits', 'groups' or 'au-set', or transparent"
              + " PNG files with a table.")
  private List<Path> heads = List.of();

  @Option(
      names = "--backgrounds",
      arity = "1..*",
      paramLabel = "PLACE",
      description = "Pictures without faces, such as wallpapers.")
  private List<Path> backgrounds = List.of();

  @Option(
      names = "--lookalikes",
      arity = "1..*",
      paramLabel = "PLACE",
      description =
          "Pictures without faces in which a detector saw some: hands, shoes, clothing. They are"
              + " taken at your word.")
  private List<Path> lookalikes = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  void check() {
    if (backgrounds.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "give --backgrounds, pictures without faces");
    }
    if (faces.isEmpty() && heads.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give at least one of --faces and --heads");
    }
  }

  /** Whether any place was given. */
  boolean given() {
    return !(faces.isEmpty() && heads.isEmpty() && backgrounds.isEmpty() && lookalikes.isEmpty());
  }

  /**
   * Reads everything into memory, and says what was left out.
   *
   * @param judged whether backgrounds are left out in which the bundled detector sees a face
   */
  SceneSources open(boolean judged) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1);
        Progress progress = Progress.start(err, "pictures")) {
      SourceReader reader = new SourceReader(detector, judged, progress);
      SceneSources sources =
          reader.read(new SourceReader.Places(faces, heads, backgrounds, lookalikes));
      reader.skipped().forEach((reason, n) -> err.printf("%,d left out: %s%n", n, reason));
      err.flush();
      return sources;
    }
  }
}
