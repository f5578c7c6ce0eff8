package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.affect4j.cli.ProgressLine;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Expression;
import org.affect4j.model.Precision;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.BehaviourData;
import org.affect4j.training.behaviour.BehaviourTask;
import org.affect4j.training.behaviour.LossWeights;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the compact behaviour network. */
@Command(
    name = "behaviour",
    description = {
      "Trains the compact behaviour network: expressions from FER2013 and photos, action units from"
          + " rendered faces, valence and arousal from the circumplex, the heads coupled by"
          + " distribution matching and soft co-annotation.",
      "With --fer or --photos alone it learns expressions; with --rendered, all tasks.",
      "Crops are prepared once. An interrupted run goes on with --resume and the same options, to"
          + " the same numbers. PublicTest is measured after each epoch and never learned from."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BehaviourCommand implements Callable<Integer> {
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
      names = "--photos",
      paramLabel = "FOLDER",
      description =
          "Photos with labels.csv (columns image, expression or emotion) beside them, or beside a"
              + " zip archive of them.")
  private Path photos;

  @Option(
      names = "--photo-expressions",
      split = ",",
      paramLabel = "LABEL",
      description = "Labels of the photos that are trusted; default: ${DEFAULT-VALUE}.")
  private List<String> photoExpressions =
      List.of("neutral", "happiness", "surprise", "sadness", "anger");

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = "Where prepared crops are kept; default: 'crops' in the output folder.")
  private Path cache;

  @Option(
      names = "--resolution",
      paramLabel = "PIXELS",
      description =
          "Side of the input while training. 64 costs a third of 112, at which the network is used:"
              + " begin with 64 and end with 112 (--from).")
  private int resolution = FacebehaviourNet.SIDE;

  @Option(names = "--dropout", paramLabel = "P", description = "Part of the features dropped.")
  private double dropout = .2;

  @Option(names = "--smoothing", paramLabel = "S", description = "Label smoothing.")
  private double smoothing = .1;

  @Option(
      names = "--balance",
      paramLabel = "P",
      description = "Power of the inverse frequency by which expressions are weighted.")
  private double balance = .3;

  @Option(
      names = "--mixup",
      paramLabel = "A",
      description = "Parameter of the beta distribution by which faces are mixed; 0 for none.")
  private double mixup;

  @Option(
      names = "--coupling",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}: which couplings are used with rendered faces.")
  private Coupling coupling = Coupling.BOTH;

  @Option(
      names = "--rendered-passes",
      paramLabel = "N",
      description = "How often an epoch shows each rendered face.")
  private double renderedPasses = 1;

  @Option(
      names = "--photo-passes",
      paramLabel = "N",
      description = "How often an epoch shows each photo.")
  private double photoPasses = 1;

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      description =
          "Part of FER2013 Training that is held back, and by whose accuracy the epoch is chosen."
              + " 0 trains with all of it and takes the last epoch.")
  private double holdOut;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one; needs --hold-out; 0: never.")
  private int patience;

  @Mixin private final TrainingRun run = new TrainingRun(40, 96, 2e-3, .05, .999, 5);

  @Spec private CommandSpec spec;

  /** Which heads are coupled how. */
  enum Coupling {
    /** Heads learn from their own labels alone. */
    NONE(false, false),
    /** Distribution matching. */
    MATCHING(true, false),
    /** Soft co-annotation. */
    CO_ANNOTATION(false, true),
    /** Both. */
    BOTH(true, true);

    private final boolean matching;
    private final boolean coAnnotation;

    Coupling(boolean matching, boolean coAnnotation) {
      this.matching = matching;
      this.coAnnotation = coAnnotation;
    }
  }

  /** Made by picocli. */
  BehaviourCommand() {}

  @Override
  public Integer call() throws IOException {
    check();
    run.prepare();
    List<BatchSource> sources = new ArrayList<>();
    List<CropSet> validation = new ArrayList<>();
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), Precision.FLOAT32, 1);
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "photos")) {
      BehaviourData data =
          new BehaviourData(
              cache == null ? run.out().resolve("crops") : cache,
              detector,
              Precision.FLOAT32.detector(),
              progress,
              run::say);
      open(data, sources, validation);
      data.skipped().forEach(run::say);
    }
    sources.forEach(source -> run.say("train with " + source.set()));
    validation.forEach(set -> run.say("measure with " + set));
    NetworkSpec network =
        FacebehaviourNet.of(
            "facebehaviour-compact", FacebehaviourNet.Size.compact().withDropout(dropout));
    BehaviourTask task =
        new BehaviourTask(
            sources,
            validation,
            holdOut > 0 ? Optional.of("held_out_accuracy") : Optional.empty(),
            run.batch(),
            resolution,
            weights(),
            smoothing,
            balance,
            run.seed());
    run.train(network, task, patience, "behaviour.onnx");
    return 0;
  }

  private void check() {
    if (fer.isEmpty() && rendered == null && photos == null) {
      throw new ParameterException(
          spec.commandLine(), "give at least one of --fer, --rendered and --photos");
    }
    if (holdOut > 0 && fer.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--hold-out holds back a part of FER2013: give --fer too");
    }
    if (patience > 0 && holdOut == 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--patience needs --hold-out: PublicTest must not decide when to stop");
    }
  }

  private void open(BehaviourData data, List<BatchSource> sources, List<CropSet> validation)
      throws IOException {
    if (!fer.isEmpty()) {
      BehaviourData.Parts parts = data.fer2013(fer);
      CropSet training = parts.training();
      if (holdOut > 0) {
        BehaviourData.Parts held = BehaviourData.holdOut(training, holdOut, run.seed());
        training = held.training();
        validation.add(held.validation());
      }
      sources.add(new BatchSource(training, 1, Augmentation.coarse().withMixup(mixup)));
      validation.add(parts.validation());
    }
    if (photos != null) {
      EnumSet<Expression> trusted = EnumSet.noneOf(Expression.class);
      photoExpressions.forEach(label -> trusted.add(Expression.ofLabel(label)));
      sources.add(
          new BatchSource(
              data.photos(photos, trusted), photoPasses, Augmentation.sharp().withMixup(mixup)));
    }
    if (rendered != null) {
      BehaviourData.Parts parts =
          data.rendered(rendered, BehaviourData.VALIDATION_SHARE, run.seed());
      sources.add(
          new BatchSource(
              parts.training(),
              renderedPasses,
              Augmentation.sharp(),
              fer.isEmpty() && photos == null ? 1 : RENDERED_EXPRESSION_WEIGHT));
      validation.add(parts.validation());
    }
  }

  private LossWeights weights() {
    return rendered == null
        ? LossWeights.expressions()
        : LossWeights.coupled().withCoupling(coupling.matching, coupling.coAnnotation);
  }
}
