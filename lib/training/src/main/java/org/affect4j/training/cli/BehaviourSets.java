package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelPair;
import org.affect4j.notebook.Progress;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.internal.BehaviourData;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that say where the faces of a behaviour training lie, and how they are opened. */
final class BehaviourSets {
  private static final double RENDERED_EXPRESSION_WEIGHT = .3;

  @Option(
      names = "--fer",
      arity = "1..*",
      paramLabel = "PLACE",
      description =
          "FER2013: fer2013.csv, or folders or zip archives with <class>/Training_<n>.jpg and"
              + " <class>/PublicTest_<n>.jpg, or one folder that holds them.")
  private List<Path> fer = List.of();

  @Option(
      names = "--rendered",
      paramLabel = "FOLDER",
      description = "Faces drawn by 'affect4j-synth au-set'.")
  private Path rendered;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = "Where prepared crops are kept; default: 'crops' in the output folder.")
  private Path cache;

  @Option(
      names = "--rendered-passes",
      paramLabel = "N",
      description = "How often an epoch shows each rendered face.")
  private double renderedPasses = 1;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Takes the sets that a command needs. */
  interface Opening {
    void from(BehaviourData data) throws IOException;
  }

  /** What a command reads. */
  interface Reading<T> {
    T from(BehaviourData data) throws IOException;
  }

  /** Opens the sets that the options name. */
  void open(Path out, Consumer<String> messages, Opening opening) throws IOException {
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "photos")) {
      read(
          cache == null ? out.resolve("crops") : cache,
          progress,
          messages,
          data -> {
            opening.from(data);
            return data;
          });
    }
  }

  /** Reads sets with the bundled detector, and says what was left out. */
  static <T> T read(
      Path cache, ProgressListener progress, Consumer<String> messages, Reading<T> reading)
      throws IOException {
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      BehaviourData data =
          new BehaviourData(cache, detector, ModelPair.FLOAT32.detector(), progress, messages);
      T read = reading.from(data);
      data.skipped().forEach(messages);
      return read;
    }
  }

  /** Places of FER2013; empty if it is not used. */
  List<Path> fer() {
    return fer;
  }

  /** Folder of the rendered faces, if they are used. */
  Optional<Path> rendered() {
    return Optional.ofNullable(rendered);
  }

  /** Opens the rendered faces; the seed decides which persons are left to measure with. */
  BehaviourData.Parts openRendered(BehaviourData data, long seed) throws IOException {
    return data.rendered(rendered, BehaviourData.VALIDATION_SHARE, seed);
  }

  /**
   * Rendered faces as a source: their expressions count less where photos show real ones.
   *
   * @param training the faces
   * @param variation how they are varied
   * @param alone whether there is no other source
   */
  BatchSource renderedSource(CropSet training, Augmentation variation, boolean alone) {
    return new BatchSource(
        training, renderedPasses, variation, alone ? 1 : RENDERED_EXPRESSION_WEIGHT);
  }
}
