package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.BehaviourLosses;
import org.affect4j.training.behaviour.BehaviourTask;
import org.affect4j.training.behaviour.Coupling;
import org.affect4j.training.behaviour.CouplingAblation;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.train.Provenance;
import org.affect4j.training.train.Trainer;
import org.affect4j.training.train.TrainerOptions;
import org.affect4j.training.train.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains with every kind of coupling and several seeds, and compares. */
@Command(
    name = "ablation",
    description = {
      "Trains a behaviour network with no coupling of its heads, with co-annotation, with"
          + " distribution matching and with both, each with several seeds on the same short"
          + " schedule, and prints one table: expressions on FER2013's PublicTest, units on"
          + " rendered faces of other persons, and what the units, learned on rendered faces, say"
          + " of real ones of PublicTest.",
      "The same command goes on where it stopped: runs that are finished are kept."
    })
final class AblationCommand extends TrainingCommand {
  private static final long SPLIT_SEED = 1;
  private static final double WARM_UP_SHARE = .1;
  private static final double WEIGHT_DECAY = .05;
  private static final double MOST_GRADIENT_NORM = 5;
  private static final double AVERAGE_DECAY = .995;
  private static final double CHECKPOINT_MINUTES = 2;

  @Mixin private final BehaviourSets sets = new BehaviourSets();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FOLDER",
      description = "Where runs.csv, ablation.csv, ablation.md and a folder of each run go.")
  private Path out;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "S",
      description = "Seeds; default: ${DEFAULT-VALUE}.")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Length of the schedule of each run; an epoch shows each face of FER2013 once, and the"
              + " rendered ones as --rendered-passes says.")
  private int epochs = 3;

  @Option(names = "--batch", paramLabel = "N", description = "Faces of a batch.")
  private int batch = 64;

  @Option(names = "--rate", paramLabel = "R", description = "Largest learning rate.")
  private double rate = 2e-3;

  @Option(
      names = "--couplings",
      split = ",",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}: what is compared; default: ${DEFAULT-VALUE}.")
  private List<Coupling> couplings =
      List.of(Coupling.NONE, Coupling.CO_ANNOTATION, Coupling.MATCHING, Coupling.BOTH);

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description =
          "Tables of relatedness to couple by, as of 'behaviour --relatedness'; default:"
              + " ${DEFAULT-VALUE}. All couplings with du and empirical are the nine rows of"
              + " FaceBehaviorNet, Table 2.")
  private List<String> tables = List.of("du");

  @Mixin private final NetworkOptions networks = new NetworkOptions(.2, 48);

  @Mixin private final PresetOption preset = new PresetOption();

  @Mixin private final LossOptions losses = new LossOptions();

  @Override
  void run() throws IOException {
    preset.apply();
    NetworkSpec network = networks.network();
    BehaviourHeads heads = BehaviourHeads.of(network).orElseThrow();
    int side = networks.resolution(network);
    BehaviourSets.Learning learning = sets.learning(heads, losses, false, SPLIT_SEED);
    if (!learning.needs().tasks().containsAll(Set.of(Answer.EXPRESSION, Answer.ACTION_UNITS))) {
      throw wrong(
          "couplings join faces that have labels of expressions with faces that have labels of"
              + " units: give both --fer and --rendered, or such a --set");
    }
    BehaviourLosses parts = losses.losses(learning.needs().tasks(), learning.affect());
    Files.createDirectories(out);
    List<BatchSource> sources = new ArrayList<>();
    List<CropSet> validation = new ArrayList<>();
    sets.open(out, side, this::say, data -> open(data, learning, sources, validation));
    sources.forEach(source -> say("train with " + source.set()));
    validation.forEach(set -> say("measure with " + set));
    Set<Row> rows = new LinkedHashSet<>();
    for (long seed : seeds) {
      for (String table : tables) {
        couplings.forEach(c -> rows.add(new Row(new CouplingAblation.Kind(c, table), seed)));
      }
    }
    List<CouplingAblation.Run> done = new ArrayList<>();
    for (Row row : rows) {
      BehaviourTask task =
          new BehaviourTask(
              sources,
              validation,
              Optional.empty(),
              batch,
              side,
              heads,
              parts.coupled(row.kind.coupling(), LossOptions.relatedness(row.kind.relatedness())),
              row.seed);
      done.add(run(row, network, task));
      write(new CouplingAblation(done));
      say("%d of %d runs are finished".formatted(done.size(), rows.size()));
    }
    CouplingAblation ablation = new CouplingAblation(done);
    out().print(ablation.markdown());
    print(
        "%n%d runs, the longest took %.1f minutes; written to %s%n",
        done.size(),
        done.stream().mapToDouble(CouplingAblation.Run::seconds).max().orElseThrow() / 60,
        out);
  }

  /** A run to be made. */
  private record Row(CouplingAblation.Kind kind, long seed) {}

  private void open(
      BehaviourData data,
      BehaviourSets.Learning learning,
      List<BatchSource> sources,
      List<CropSet> validation)
      throws IOException {
    if (!sets.fer().isEmpty()) {
      BehaviourData.Parts photos = data.fer2013(sets.fer());
      sources.add(new BatchSource(photos.training(), 1, Augmentation.coarse()));
      validation.add(photos.validation());
    }
    BehaviourSets.add(learning, data, full -> full, source -> source, sources, validation);
    if (sets.rendered().isPresent()) {
      // All seeds are measured on the same persons.
      BehaviourData.Parts rendered = sets.openRendered(data, SPLIT_SEED);
      sources.add(
          sets.renderedSource(rendered.training(), Augmentation.sharp(), sources.isEmpty()));
      validation.add(rendered.validation());
    }
  }

  private CouplingAblation.Run run(Row row, NetworkSpec network, BehaviourTask task)
      throws IOException {
    String kind = row.kind.label();
    long seed = row.seed;
    // A table may be a file.
    Path folder = out.resolve("seed-%d-%s".formatted(seed, kind.replaceAll("\\W+", "-")));
    String prefix = "%s, seed %d: ".formatted(kind, seed);
    TrainerOptions options =
        new TrainerOptions(
            epochs,
            rate,
            WARM_UP_SHARE * epochs,
            WEIGHT_DECAY,
            MOST_GRADIENT_NORM,
            AVERAGE_DECAY,
            0,
            0,
            CHECKPOINT_MINUTES,
            seed);
    Trainer<?> trainer = new Trainer<>(network, task, options, folder, line -> say(prefix + line));
    // A run that is finished is resumed too, trains nothing, and is only checked to be the same.
    TrainingResult result =
        trainer.hasCheckpoint()
            ? trainer.resume(epochs)
            : trainer.train(NetworkWeights.initial(network, seed));
    Provenance.write(folder, typed(), network, trainer.settings(), result);
    return new CouplingAblation.Run(row.kind, seed, result.seconds(), result.last());
  }

  private void write(CouplingAblation ablation) throws IOException {
    ablation.runTable().write().csv(out.resolve("runs.csv").toFile());
    ablation.saveCsv(out.resolve("ablation.csv"));
    Files.writeString(out.resolve("ablation.md"), ablation.markdown());
  }
}
