package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.TeacherLabels;
import org.affect4j.training.behaviour.ConsistentTeacher;
import org.affect4j.training.behaviour.Predictions;
import org.affect4j.training.export.NetworkImport;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of distillation: earlier networks have a say in the labels of photos. */
final class TeacherOptions {
  @Option(
      names = "--teacher",
      split = ",",
      paramLabel = "FILE",
      description =
          "weights.safetensors of earlier runs, or ONNX files in float, of any named network: the mean"
              + " of what they say of a photo is mixed into its label, which may be wrong"
              + " (distillation).")
  private List<Path> weights = List.of();

  @Option(
      names = "--teacher-resolution",
      split = ",",
      paramLabel = "PIXELS",
      description =
          "Side of the teachers' input, as they were trained, for all or for each; default:"
              + " --resolution.")
  private List<Integer> resolutions = List.of();

  @Option(
      names = "--teacher-share",
      converter = Part.class,
      paramLabel = "PART",
      description = "Part of a label that the teachers decide, 0 to 1.")
  private double share = .5;

  @Option(
      names = "--teacher-views",
      paramLabel = "N",
      description =
          "Teachers read each photo in so many slightly moved views and take the mean; 1: as it"
              + " is.")
  private int views = 1;

  @Option(
      names = "--teacher-consistent",
      description =
          "Teachers read each face in every batch, as the pupil is shown it, rather than each photo"
              + " once as it is; the time of a step grows with --teacher-views.")
  private boolean consistent;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Checks the options.
   *
   * @param photos whether there are photos that a teacher could read
   */
  void check(boolean photos) {
    TrainingCommand command = (TrainingCommand) spec.userObject();
    if (!weights.isEmpty() && !photos) {
      throw command.wrong("--teacher reads photos: give --fer, --photos or --set too");
    }
    if (resolutions.size() > 1 && resolutions.size() != weights.size()) {
      throw command.wrong(
          "--teacher-resolution takes one side for all teachers or one for each of %d, got %d"
              .formatted(weights.size(), resolutions.size()));
    }
    if (consistent && !resolutions.isEmpty()) {
      throw command.wrong(
          "with --teacher-consistent teachers see what the pupil sees: leave out"
              + " --teacher-resolution");
    }
    if (consistent && weights.isEmpty()) {
      throw command.wrong("--teacher-consistent needs a --teacher");
    }
    if (views < 1) {
      throw command.wrong("--teacher-views takes 1 or more, got " + views);
    }
  }

  /**
   * Lets the teachers, if there are any who do so before the training, read the faces of a source.
   *
   * @param source the faces
   * @param pupilResolution side of the pupil's input in pixels
   * @param seed draws the views
   * @param messages hears that the teachers read
   * @return the source with what the teachers say, or as it was
   */
  BatchSource teach(BatchSource source, int pupilResolution, long seed, Consumer<String> messages)
      throws IOException {
    boolean labelled = source.set().labels().stream().anyMatch(l -> l.annotated().isPresent());
    if (weights.isEmpty() || consistent || !labelled) {
      return source;
    }
    List<String> names = new ArrayList<>();
    List<Predictions> said = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Path file = weights.get(i);
      int side =
          resolutions.isEmpty()
              ? pupilResolution
              : resolutions.get(Math.min(i, resolutions.size() - 1));
      messages.accept("teacher %s reads %s".formatted(file, source.set()));
      said.add(read(file, source.set(), side, seed));
      names.add("%s at %d pixels".formatted(name(file), side));
    }
    String teachers = String.join(" and ", names);
    return source.taughtBy(
        new TeacherLabels(
            views == 1 ? teachers : "%s in %d views".formatted(teachers, views),
            Predictions.mean(said).expressions(),
            share));
  }

  private Predictions read(Path file, CropSet set, int side, long seed) throws IOException {
    NetworkWeights values = NetworkImport.read(file);
    NetworkSpec network = Networks.named(values.specification());
    return views == 1
        ? Predictions.of(network, values, set, side)
        : Predictions.ofViews(network, values, set, side, views, seed);
  }

  /**
   * Opens the teachers who read every batch.
   *
   * @return them, to be closed; empty if none are to do so
   */
  Optional<ConsistentTeacher> consistent() throws IOException {
    if (!consistent) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    List<NetworkWeights> networks = new ArrayList<>();
    for (Path file : weights) {
      names.add(name(file));
      networks.add(NetworkImport.read(file));
    }
    return Optional.of(new ConsistentTeacher(String.join(" and ", names), networks, views, share));
  }

  private static String name(Path file) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(Files.readAllBytes(file));
    return "network %08x".formatted(checksum.getValue());
  }
}
