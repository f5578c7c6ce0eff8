package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Expression;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.BehaviourTask;
import org.affect4j.training.behaviour.ConsistentTeacher;
import org.affect4j.training.behaviour.Coupling;
import org.affect4j.training.behaviour.LossWeights;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.behaviour.internal.RaterVotes;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a compact behaviour network. */
@Command(
    name = "behaviour",
    description = {
      "Trains a compact behaviour network: expressions from FER2013 and photos, action units from"
          + " rendered faces, valence and arousal from the circumplex, the heads coupled by"
          + " distribution matching and soft co-annotation.",
      "With --fer or --photos alone it learns expressions; with --rendered, all tasks.",
      "Crops are prepared once. An interrupted run goes on with --resume and the same options, to"
          + " the same numbers. PublicTest is measured after each epoch and never learned from."
    })
final class BehaviourCommand extends TrainingCommand {
  @Mixin private final BehaviourSets sets = new BehaviourSets();

  @Option(
      names = "--votes",
      paramLabel = "FILE",
      description =
          "Votes of ten raters (FER+) for the photos of --fer: columns split, file, neutral ... NF."
              + " Their distribution is the label, and majorities are measured by.")
  private Path votes;

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
      names = "--resolution",
      paramLabel = "PIXELS",
      description =
          "Side of the input while training. 64 costs a third of 112, at which the network is used:"
              + " begin with 64 and end with 112 (--from).")
  private int resolution = FacebehaviourNet.SIDE;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "${COMPLETION-CANDIDATES}: the network to train. The smooth one can begin with the"
              + " weights of the compact one (--from); the wide one, more than twice as slow, is"
              + " bundled.")
  private FacebehaviourNet.Variant variant = FacebehaviourNet.Variant.COMPACT;

  @Option(names = "--dropout", paramLabel = "P", description = "Part of the features dropped.")
  private double dropout;

  @Option(names = "--smoothing", paramLabel = "S", description = "Label smoothing.")
  private double smoothing = .1;

  @Option(
      names = "--balance",
      paramLabel = "P",
      description = "Power of the inverse frequency by which expressions are weighted.")
  private double balance = .3;

  @Option(
      names = "--even-odds",
      description =
          "Learn to speak as if each expression were as likely as any, whatever the frequencies of"
              + " the labels.")
  private boolean evenOdds;

  @Option(
      names = "--mixup",
      paramLabel = "A",
      description = "Parameter of the beta distribution by which faces are mixed; 0 for none.")
  private double mixup;

  @Option(
      names = "--variation",
      converter = Part.class,
      paramLabel = "PART",
      description =
          "How strongly faces are turned, shifted, lit, damaged and covered, from 0 (not) to 1.")
  private double variation = 1;

  @Option(
      names = "--rendered-variation",
      converter = Part.class,
      paramLabel = "PART",
      description = "The same of rendered faces; default: as --variation.")
  private Double renderedVariation;

  @Mixin private final TeacherOptions teacher = new TeacherOptions();

  @Option(
      names = "--coupling",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}: which couplings are used with rendered faces.")
  private Coupling coupling = Coupling.BOTH;

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

  @Override
  void run() throws IOException {
    check();
    run.prepare();
    List<BatchSource> sources = new ArrayList<>();
    List<CropSet> validation = new ArrayList<>();
    sets.open(run.out(), this::say, data -> open(data, sources, validation));
    sources.forEach(source -> say("train with " + source.set()));
    validation.forEach(set -> say("measure with " + set));
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
            evenOdds,
            run.seed());
    Optional<ConsistentTeacher> reader = teacher.consistent();
    try {
      run.train(network(), reader.map(task::taughtBy).orElse(task), patience, "behaviour.onnx");
    } finally {
      reader.ifPresent(ConsistentTeacher::close);
    }
  }

  private void check() {
    if (sets.fer().isEmpty() && sets.rendered().isEmpty() && photos == null) {
      throw wrong("give at least one of --fer, --rendered and --photos");
    }
    if (votes != null && sets.fer().isEmpty()) {
      throw wrong("--votes are about the photos of --fer: give them too");
    }
    teacher.check(!sets.fer().isEmpty() || photos != null);
    if (holdOut > 0 && sets.fer().isEmpty()) {
      throw wrong("--hold-out holds back a part of FER2013: give --fer too");
    }
    if (patience > 0 && holdOut == 0) {
      throw wrong("--patience needs --hold-out: PublicTest must not decide when to stop");
    }
  }

  private void open(BehaviourData data, List<BatchSource> sources, List<CropSet> validation)
      throws IOException {
    if (!sets.fer().isEmpty()) {
      Optional<RaterVotes> raters =
          votes == null ? Optional.empty() : Optional.of(BehaviourData.votes(votes, sets.fer()));
      BehaviourData.Parts parts = labelled(data.fer2013(sets.fer()), raters);
      CropSet training = parts.training();
      if (holdOut > 0) {
        BehaviourData.Parts held = BehaviourData.holdOut(training, holdOut, run.seed());
        training = held.training();
        validation.add(held.validation());
      }
      BatchSource source = new BatchSource(training, 1, varied(Augmentation.coarse()));
      CropSet learned = training;
      sources.add(taught(raters.map(v -> source.taughtBy(v.of(learned))).orElse(source)));
      validation.add(parts.validation());
    }
    if (photos != null) {
      EnumSet<Expression> trusted = EnumSet.noneOf(Expression.class);
      photoExpressions.forEach(label -> trusted.add(Expression.ofLabel(label)));
      sources.add(
          taught(
              new BatchSource(
                  data.photos(photos, trusted), photoPasses, varied(Augmentation.sharp()))));
    }
    if (sets.rendered().isPresent()) {
      BehaviourData.Parts parts = sets.openRendered(data, run.seed());
      sources.add(
          sets.renderedSource(
              parts.training(),
              Augmentation.sharp()
                  .weakened(renderedVariation == null ? variation : renderedVariation),
              sources.isEmpty()));
      validation.add(parts.validation());
    }
  }

  /** By votes: all faces with a label to train with, and to measure with where most agree. */
  private static BehaviourData.Parts labelled(
      BehaviourData.Parts parts, Optional<RaterVotes> votes) {
    return votes
        .map(
            said ->
                new BehaviourData.Parts(
                    said.majority(parts.training(), 0),
                    said.majority(parts.validation(), RaterVotes.CLEAR)))
        .orElse(parts);
  }

  private BatchSource taught(BatchSource source) throws IOException {
    return teacher.teach(source, resolution, run.seed(), this::say);
  }

  private NetworkSpec network() {
    return variant.network(dropout);
  }

  private Augmentation varied(Augmentation full) {
    return full.weakened(variation).withMixup(mixup);
  }

  private LossWeights weights() {
    return sets.rendered().isEmpty()
        ? LossWeights.expressions()
        : LossWeights.coupled().withCoupling(coupling);
  }
}
