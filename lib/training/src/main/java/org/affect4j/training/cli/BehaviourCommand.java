package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.BehaviourLosses;
import org.affect4j.training.behaviour.BehaviourTask;
import org.affect4j.training.behaviour.ConsistentTeacher;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.behaviour.internal.Blendshapes;
import org.affect4j.training.behaviour.internal.LabelNeeds;
import org.affect4j.training.behaviour.internal.RaterVotes;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.SideOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a behaviour network. */
@Command(
    name = "behaviour",
    description = {
      "Trains a network of faces on any datasets: expressions, action units, valence and arousal,"
          + " each from the faces that have such labels, the heads coupled by distribution matching"
          + " and co-annotation.",
      "--fer, --photos and --rendered are sets that it knows more of: FER2013 without its"
          + " duplicates, photos of which some labels are trusted, rendered faces, whose units are"
          + " exact and whose expressions stand for valence and arousal by the circumplex.",
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
      names = "--contempt",
      description =
          "Learn contempt from --votes too, as an output of its own: the part of the raters who see"
              + " it. The seven expressions stay as they are.")
  private boolean contempt;

  @Option(
      names = "--blendshapes",
      split = ",",
      paramLabel = "FILE",
      description =
          "Strengths of blendshapes of the photos of --fer and --photos (CSV, may be gzip: file, and"
              + " ARKit's names): a weak teacher of action units on real faces, heard by an output"
              + " of its own, which the exported network is without.")
  private List<Path> blendshapes = List.of();

  @Mixin private final NetworkOptions networks = new NetworkOptions(null, null);

  @Mixin private final PresetOption preset = new PresetOption();

  @Mixin private final LossOptions losses = new LossOptions();

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
      names = "--photo-passes",
      paramLabel = "N",
      description = "How often an epoch shows each photo.")
  private double photoPasses = 1;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one; needs --hold-out; 0: never.")
  private int patience;

  @Mixin private final TrainingRun run = new TrainingRun(40, 96, 2e-3, .05, .999, 5);

  @Override
  void run() throws IOException {
    preset.apply();
    check();
    NetworkSpec named = losses.only(networks.network());
    NetworkSpec asked = contempt ? SideOutput.CONTEMPT.on(named) : named;
    NetworkSpec network = blendshapes.isEmpty() ? asked : SideOutput.WEAK_UNITS.on(asked);
    BehaviourHeads heads = BehaviourHeads.of(network).orElseThrow();
    int side = networks.resolution(network);
    BehaviourSets.Learning learning = sets.learning(heads, losses, photos != null, run.seed());
    BehaviourLosses parts = losses.losses(learning.needs().tasks(), learning.affect());
    say("learn " + parts.weights());
    Set<Answer> untaught = EnumSet.copyOf(LabelNeeds.outputs(heads));
    untaught.removeAll(learning.needs().tasks());
    if (!untaught.isEmpty()) {
      say(
          "nothing teaches %s: what the network says of that means nothing; --tasks leaves it out"
              .formatted(untaught.stream().map(Answer::output).toList()));
    }
    run.prepare();
    List<BatchSource> sources = new ArrayList<>();
    List<CropSet> validation = new ArrayList<>();
    sets.open(
        run.out(), side, this::say, data -> open(data, side, learning, heads, sources, validation));
    double all = sources.stream().mapToInt(BatchSource::facesPerEpoch).sum();
    for (BatchSource source : sources) {
      double share = run.batch() * source.facesPerEpoch() / all;
      say("train with %s, %.0f faces of a batch".formatted(source.set(), share));
    }
    validation.forEach(set -> say("measure with " + set));
    BehaviourTask task =
        new BehaviourTask(
            sources,
            validation,
            monitored(learning.needs(), validation),
            run.batch(),
            side,
            heads,
            parts,
            run.seed());
    Optional<ConsistentTeacher> reader = teacher.consistent();
    try {
      run.train(network, reader.map(task::taughtBy).orElse(task), patience, "behaviour.onnx");
    } finally {
      reader.ifPresent(ConsistentTeacher::close);
    }
  }

  /** The figure of the first set that is held back, if that was asked for. */
  private Optional<String> monitored(LabelNeeds needs, List<CropSet> validation) {
    return validation.stream()
        .filter(set -> sets.isHoldOutGiven() && set.name().endsWith(BehaviourData.HELD_OUT))
        .findFirst()
        .map(
            set ->
                set.name()
                    + switch (needs.found(set.labels()).stream()
                        .sorted()
                        .findFirst()
                        .orElseThrow()) {
                      case EXPRESSION -> "_mean_auc";
                      case ACTION_UNITS -> "_unit_f1";
                      case VALENCE_AROUSAL -> "_valence_ccc";
                    });
  }

  private void check() {
    if (sets.isEmpty() && photos == null) {
      throw wrong("give at least one of --fer, --rendered, --photos and --set");
    }
    if (votes != null && sets.fer().isEmpty()) {
      throw wrong("--votes are about the photos of --fer: give them too");
    }
    if (contempt && votes == null) {
      throw wrong("--contempt is learned from what raters say: give --votes too");
    }
    teacher.check(!sets.fer().isEmpty() || photos != null || sets.hasNamed());
    if (!blendshapes.isEmpty() && sets.fer().isEmpty() && photos == null) {
      throw wrong("--blendshapes are of the photos of --fer and --photos: give one of them too");
    }
    if (sets.isHoldOutGiven() && sets.fer().isEmpty() && !sets.hasNamed()) {
      throw wrong("--hold-out holds back a part of FER2013 or of a --set: give one of them too");
    }
    if (patience > 0 && !sets.isHoldOutGiven()) {
      throw wrong("--patience needs --hold-out: PublicTest must not decide when to stop");
    }
  }

  private void open(
      BehaviourData data,
      int side,
      BehaviourSets.Learning learning,
      BehaviourHeads heads,
      List<BatchSource> sources,
      List<CropSet> validation)
      throws IOException {
    double holdOut = sets.holdOut().orElse(0.0);
    Optional<Blendshapes> shapes =
        blendshapes.isEmpty() ? Optional.empty() : Optional.of(Blendshapes.read(blendshapes));
    if (!sets.fer().isEmpty()) {
      boolean eight = contempt || heads.classes().contains(AnnotatedExpression.CONTEMPT);
      Optional<RaterVotes> raters =
          votes == null
              ? Optional.empty()
              : Optional.of(BehaviourData.votes(votes, sets.fer(), eight));
      BehaviourData.Parts parts = labelled(data.fer2013(sets.fer()), raters);
      CropSet training = parts.training();
      if (holdOut > 0) {
        BehaviourData.Parts held = BehaviourData.holdOut(training, holdOut, run.seed());
        training = held.training();
        validation.add(held.validation());
      }
      BatchSource source =
          weakly(new BatchSource(training, 1, varied(Augmentation.coarse())), shapes);
      CropSet learned = training;
      sources.add(taught(raters.map(v -> source.taughtBy(v.of(learned))).orElse(source), side));
      validation.add(parts.validation());
    }
    if (photos != null) {
      EnumSet<Expression> trusted = EnumSet.noneOf(Expression.class);
      photoExpressions.forEach(label -> trusted.add(Expression.ofLabel(label)));
      sources.add(
          taught(
              weakly(
                  new BatchSource(
                      data.photos(photos, trusted), photoPasses, varied(Augmentation.sharp())),
                  shapes),
              side));
    }
    BehaviourSets.add(
        learning, data, this::varied, source -> taught(source, side), sources, validation);
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
                    said.labelled(parts.training()), said.clear(parts.validation())))
        .orElse(parts);
  }

  private static BatchSource weakly(BatchSource source, Optional<Blendshapes> shapes) {
    return shapes.map(found -> source.withWeakUnits(found.of(source.set()))).orElse(source);
  }

  private BatchSource taught(BatchSource source, int side) throws IOException {
    return teacher.teach(source, side, run.seed(), this::say);
  }

  private Augmentation varied(Augmentation full) {
    return full.weakened(variation).withMixup(mixup);
  }
}
