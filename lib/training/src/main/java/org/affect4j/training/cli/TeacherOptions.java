package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.TeacherLabels;
import org.affect4j.training.behaviour.Predictions;
import org.affect4j.training.export.NetworkImport;
import org.affect4j.training.network.NetworkSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of self-distillation: an earlier network has a say in the labels of photos. */
final class TeacherOptions {
  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      description =
          "weights.safetensors of an earlier run, or its ONNX file in float: what that network says of"
              + " a photo is mixed into its label, which may be wrong (self-distillation).")
  private Path weights;

  @Option(
      names = "--teacher-resolution",
      paramLabel = "PIXELS",
      description = "Side of the teacher's input, as it was trained; default: --resolution.")
  private Integer resolution;

  @Option(
      names = "--teacher-share",
      converter = Part.class,
      paramLabel = "PART",
      description = "Part of a label that the teacher decides, 0 to 1.")
  private double share = .5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Made by picocli. */
  TeacherOptions() {}

  /**
   * Checks the options.
   *
   * @param photos whether there are photos that a teacher could read
   */
  void check(boolean photos) {
    if (weights != null && !photos) {
      throw new ParameterException(
          spec.commandLine(), "--teacher reads photos: give --fer or --photos too");
    }
  }

  /**
   * Lets the teacher, if there is one, read the faces of a source.
   *
   * @param source the faces
   * @param network the teacher's network, which is the pupil's too
   * @param pupilResolution side of the pupil's input in pixels
   * @param messages hears that the teacher reads
   * @return the source with what the teacher says, or as it was
   */
  BatchSource teach(
      BatchSource source, NetworkSpec network, int pupilResolution, Consumer<String> messages)
      throws IOException {
    if (weights == null) {
      return source;
    }
    int side = resolution == null ? pupilResolution : resolution;
    CRC32 checksum = new CRC32();
    checksum.update(Files.readAllBytes(weights));
    messages.accept("the teacher reads " + source.set());
    return source.taughtBy(
        new TeacherLabels(
            "network %08x at %d pixels".formatted(checksum.getValue(), side),
            Predictions.of(network, NetworkImport.read(network, weights), source.set(), side)
                .expressions(),
            share));
  }
}
