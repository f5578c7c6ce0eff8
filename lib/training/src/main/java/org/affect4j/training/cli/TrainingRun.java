package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.export.NetworkImport;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.train.Provenance;
import org.affect4j.training.train.RunningStatistics;
import org.affect4j.training.train.Trainer;
import org.affect4j.training.train.TrainerOptions;
import org.affect4j.training.train.TrainingResult;
import org.affect4j.training.train.TrainingTask;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of all commands that train, and what they do with a task. */
final class TrainingRun {
  private static final double MOST_WARM_UP_EPOCHS = 1;
  private static final double CHECKPOINT_MINUTES = 10;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where checkpoint, weights, log, curves, provenance and the ONNX file are written.")
  private Path out;

  @Option(names = "--epochs", paramLabel = "N", description = "Length of the schedule.")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Pictures, or windows of videos, of a batch.")
  private int batch;

  @Option(names = "--rate", paramLabel = "R", description = "Largest learning rate.")
  private double rate;

  @Option(names = "--weight-decay", paramLabel = "D", description = "Decay of weights at rate 1.")
  private double weightDecay;

  @Option(names = "--average", paramLabel = "D", description = "Decay of the moving average.")
  private double average;

  @Option(
      names = "--sharpness",
      paramLabel = "R",
      description =
          "How far uphill the gradient is computed, so that flat valleys are sought"
              + " (sharpness-aware minimisation); takes twice the time; 0 for none.")
  private double sharpness;

  @Option(
      names = "--from",
      split = ",",
      paramLabel = "FILE",
      description =
          "What to begin with: weights.safetensors of an earlier run, as far as they fit, or the"
              + " ONNX file of this network in float, such as a bundled one. Of several the mean is"
              + " taken; they should be runs that began alike.")
  private List<Path> from = List.of();

  @Option(
      names = "--freeze",
      paramLabel = "PART",
      description =
          "backbone: what comes before the heads stays as it is, and the heads alone are trained;"
              + " needs --from. none: all is trained.")
  private String freeze = "none";

  @Option(
      names = "--reset-head",
      description = "Of --from everything is taken but the heads, which begin anew.")
  private boolean resetHead;

  @Mixin private final DeviceOption device = new DeviceOption();

  @Option(names = "--seed", paramLabel = "S", description = "Decides everything random.")
  private long seed = 1;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Leave off after so many epochs of the schedule, to be resumed.")
  private Integer stopAfter;

  @Option(names = "--resume", description = "Go on with the run in the output folder.")
  private boolean resume;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private final double mostGradientNorm;

  /** Names what differs between networks; each but the gradient norm is an option. */
  TrainingRun(
      int epochs,
      int batch,
      double rate,
      double weightDecay,
      double average,
      double mostGradientNorm) {
    this.epochs = epochs;
    this.batch = batch;
    this.rate = rate;
    this.weightDecay = weightDecay;
    this.average = average;
    this.mostGradientNorm = mostGradientNorm;
  }

  private TrainingCommand command() {
    return (TrainingCommand) spec.userObject();
  }

  Path out() {
    return out;
  }

  int batch() {
    return batch;
  }

  long seed() {
    return seed;
  }

  /** Refuses options that contradict each other, and makes the output folder. */
  void prepare() throws IOException {
    if (resume && !from.isEmpty()) {
      throw command()
          .wrong("--resume goes on with the weights in the output folder: leave out --from");
    }
    if (!freeze.equals("none") && !freeze.equals("backbone")) {
      throw command().wrong("--freeze is none or backbone, got " + freeze);
    }
    if ((isFrozen() || resetHead) && from.isEmpty() && !resume) {
      throw command()
          .wrong("--freeze backbone and --reset-head are about the weights of --from: give it too");
    }
    device.check(command());
    Files.createDirectories(out);
  }

  private boolean isFrozen() {
    return freeze.equals("backbone");
  }

  /** Trains, writes everything that comes of it and prints the last figures. */
  TrainingResult train(NetworkSpec network, TrainingTask<?> task, int patience, String onnxName)
      throws IOException {
    return train(network, task, patience, onnxName, weights -> weights);
  }

  /**
   * Trains in the same way.
   *
   * @param begun what becomes of the weights to begin with
   */
  TrainingResult train(
      NetworkSpec network,
      TrainingTask<?> task,
      int patience,
      String onnxName,
      UnaryOperator<NetworkWeights> begun)
      throws IOException {
    TrainerOptions options =
        new TrainerOptions(
            epochs,
            rate,
            Math.min(MOST_WARM_UP_EPOCHS, epochs / 2.0),
            weightDecay,
            mostGradientNorm,
            average,
            sharpness,
            patience,
            CHECKPOINT_MINUTES,
            seed);
    Trainer<?> trainer =
        new Trainer<>(
            network,
            task,
            options,
            out,
            command()::say,
            isFrozen() ? network.backbone() : Set.of());
    int until = stopAfter == null ? epochs : stopAfter;
    TrainingResult result =
        resume ? trainer.resume(until) : trainer.train(begun.apply(start(network, task)), until);
    Provenance.write(out, command().typed(), network, trainer.settings(), result);
    Path onnx = out.resolve(onnxName);
    Files.write(onnx, NetworkExport.of(network, result.weights()).onnx());
    print(result, onnx);
    return result;
  }

  private NetworkWeights start(NetworkSpec network, TrainingTask<?> task) throws IOException {
    NetworkWeights initial = NetworkWeights.initial(network, seed);
    if (from.isEmpty()) {
      return initial;
    }
    List<NetworkWeights> starts = new ArrayList<>();
    for (Path file : from) {
      NetworkWeights found = NetworkImport.read(file);
      Set<String> kept = resetHead ? network.backbone() : Set.of();
      NetworkWeights begun =
          initial.startedFrom(
              network,
              found,
              name -> !resetHead || kept.contains(name.substring(0, name.lastIndexOf('.'))));
      if (!found.specification().equals(network.name())) {
        command()
            .say(
                "%s is of '%s': %d of %d parameters of '%s' begin with its values"
                    .formatted(
                        file,
                        found.specification(),
                        initial.sharedWith(found).size(),
                        initial.names().size(),
                        network.name()));
      }
      starts.add(
          NetworkImport.isExported(file)
              ? RunningStatistics.measured(network, begun, task)
              : begun);
    }
    return NetworkWeights.mean(starts);
  }

  private void print(TrainingResult result, Path onnx) {
    TrainingCommand command = command();
    command.print(
        "%d epochs in %.2f hours%s; weights of epoch %d%n",
        result.epochs(),
        result.seconds() / 3600,
        result.finished() ? "" : ", to be resumed",
        result.bestEpoch());
    for (Map.Entry<String, Double> figure : result.last().entrySet()) {
      command.print("  %-32s %.4f%n", figure.getKey().replace('_', ' '), figure.getValue());
    }
    command.print("written to %s%n", onnx);
  }
}
