package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.affect4j.analysis.CropAligner;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Duplicates;
import org.affect4j.dataset.Fer2013;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.image.FaceAligner;
import org.affect4j.model.Precision;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropPreparation;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.BehaviourTask;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.train.Trainer;
import org.affect4j.training.train.TrainerOptions;
import org.affect4j.training.train.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** Draft. */
@Command(name = "behaviour", mixinStandardHelpOptions = true, showDefaultValues = true)
final class BehaviourCommand implements Callable<Integer> {
  @Option(names = "--fer", arity = "1..*", required = true)
  private List<Path> fer;

  @Option(names = "--out", required = true)
  private Path out;

  @Option(names = "--cache")
  private Path cache;

  @Option(names = "--epochs")
  private int epochs = 40;

  @Option(names = "--resolution")
  private int resolution = 64;

  @Option(names = "--batch")
  private int batch = 96;

  @Option(names = "--rate")
  private double rate = 2e-3;

  @Option(names = "--seed")
  private long seed = 1;

  @Option(names = "--dropout")
  private double dropout = .2;

  @Option(names = "--smoothing")
  private double smoothing = .1;

  @Option(names = "--balance")
  private double balance = .3;

  @Option(names = "--mixup")
  private double mixup;

  @Option(names = "--stop-after")
  private int stopAfter = Integer.MAX_VALUE;

  @Option(names = "--resume")
  private boolean resume;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  BehaviourCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Path crops = cache == null ? out.resolve("crops") : cache;
    CropPreparation preparation =
        new CropPreparation(
            crops,
            FaceAligner.STANDARD_SIZE,
            (done, total) -> {
              if (done % 1000 == 0 || done == total) {
                err.printf("%d of %d faces prepared%n", done, total);
                err.flush();
              }
            });
    AffectDataset dataset = Fer2013.folders(fer.toArray(Path[]::new));
    Table table = dataset.table();
    Duplicates duplicates = Duplicates.exact(dataset, table);
    Table clean = duplicates.without(table, "train", "validation");
    Table train = clean.where(clean.stringColumn("split").isEqualTo("train"));
    Table test = table.where(table.stringColumn("split").isEqualTo("validation"));
    err.printf("%d to train with, %d to validate%n", train.rowCount(), test.rowCount());
    CropSet trainSet;
    CropSet testSet;
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), Precision.FLOAT32, 1)) {
      CropPreparation.Cutter cutter =
          CropPreparation.ofCrops(new CropAligner(detector, new FaceAligner()));
      String way = "as analysed crops, " + Path.of("detector-v0");
      trainSet = preparation.prepare("fer_train", dataset, train, true, way, cutter);
      testSet = preparation.prepare("fer_publictest", dataset, test, true, way, cutter);
    }
    err.println(trainSet + " " + testSet + " skipped " + preparation.skipped());
    NetworkSpec network =
        FacebehaviourNet.of(
            "facebehaviour-compact", FacebehaviourNet.Size.compact().withDropout(dropout));
    BehaviourTask task =
        new BehaviourTask(
            List.of(new BatchSource(trainSet, 1, Augmentation.coarse().withMixup(mixup))),
            List.of(testSet),
            Optional.empty(),
            batch,
            resolution,
            smoothing,
            balance,
            seed);
    TrainerOptions options =
        new TrainerOptions(epochs, rate, Math.min(1, epochs / 2.0), .05, 5, .999, 0, 10, seed);
    Trainer<?> trainer =
        new Trainer<>(
            network,
            task,
            options,
            out,
            line -> {
              err.println(line);
              err.flush();
            });
    TrainingResult result =
        resume
            ? trainer.resume(stopAfter)
            : trainer.train(NetworkWeights.initial(network, seed), stopAfter);
    spec.commandLine().getOut().println(result.last());
    return 0;
  }
}
