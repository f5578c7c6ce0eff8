package org.affect4j.training.cli;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;
import org.affect4j.training.behaviour.BehaviourTask;
import org.affect4j.training.behaviour.LossWeights;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.train.StepTimer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how many faces a second loader and training step manage. */
@Command(
    name = "throughput",
    description = {
      "Measures how many faces a second the loader and the training step of a compact network"
          + " manage, each alone, on made-up coloured crops with all labels and all losses.",
      "The step uses as many threads as OMP_NUM_THREADS says, the loader one. Processor time is"
          + " that of one thread: set OMP_NUM_THREADS=1 to read it."
    })
final class ThroughputCommand extends TrainingCommand {
  private static final int CROPS = 700;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}: the network whose step is timed.")
  private FacebehaviourNet.Variant variant = FacebehaviourNet.Variant.COMPACT;

  @Option(names = "--resolution", split = ",", paramLabel = "PIXELS", description = "Sides.")
  private List<Integer> resolutions = List.of(64, 112);

  @Option(names = "--batch", paramLabel = "N", description = "Faces of a batch.")
  private int batch = 96;

  @Option(names = "--repetitions", paramLabel = "N", description = "Batches that are timed.")
  private int repetitions = 10;

  @Option(names = "--seed", paramLabel = "S", description = "Decides the made-up crops.")
  private long seed = 1;

  @Override
  void run() {
    CropSet set = CropSet.of("made-up", crops());
    NetworkSpec network = variant.network(0);
    for (int side : resolutions) {
      BehaviourTask task =
          BehaviourTask.of(
              List.of(new BatchSource(set, 100, Augmentation.sharp())),
              List.of(),
              batch,
              side,
              LossWeights.coupled(),
              seed);
      StepTimer.Speed speed =
          StepTimer.measure(network, NetworkWeights.initial(network, seed), task, repetitions);
      print(
          "%3d px, %d batches of %d: step %.1f faces/s; per second of processor time: step %.1f,"
              + " loader %.1f faces%n",
          side, repetitions, batch, speed.stepped(), speed.steppedOnProcessor(), speed.loaded());
    }
  }

  /** Smooth patterns, each with an expression and units. */
  private List<LabelledCrop> crops() {
    SplittableRandom random = new SplittableRandom(seed);
    int side = FaceAligner.STANDARD_SIZE;
    return IntStream.range(0, CROPS)
        .mapToObj(
            i -> {
              BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
              int step = random.nextInt(1, 6);
              for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                  image.setRGB(x, y, (x * step & 255) << 16 | (y * step & 255) << 8 | i & 255);
                }
              }
              float[] units = new float[ActionUnit.COUNT];
              for (int u = 0; u < units.length; u++) {
                units[u] = random.nextInt(2);
              }
              return new LabelledCrop(
                  "pattern " + i,
                  FaceImage.of(image),
                  new CropLabels(
                      Optional.of(AnnotatedExpression.values()[i % Expression.COUNT]),
                      units,
                      (float) random.nextDouble(-1, 1),
                      (float) random.nextDouble(-1, 1)));
            })
        .toList();
  }
}
