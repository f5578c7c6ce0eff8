package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.image.FaceAligner;
import org.affect4j.model.ModelPair;
import org.affect4j.notebook.Progress;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.behaviour.internal.LabelNeeds;
import org.affect4j.training.behaviour.internal.NamedSet;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
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

  @Option(
      names = "--set",
      paramLabel = "NAME=ROOT[:SPLIT][:PASSES]",
      description =
          "Any dataset by its name (as affect4j evaluate --dataset), or a list of your own in CSV"
              + " under any name: file, and any of expression, valence, arousal, au01 and so on,"
              + " person, split. Repeatable. Learned from is its split train, or all; measured with"
              + " is validation, or test, or what is held back (--hold-out). Batches hold a part of"
              + " each set, in proportion. With 0 PASSES all of it is measured with.")
  private List<String> sets = List.of();

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      description =
          "Part of FER2013 Training and of each --set that is held back, by whole persons where"
              + " these are known, and by which the epoch is chosen. 0 trains with all and takes the"
              + " last epoch. Default: 0, and .15 of a --set that has no split to measure with,"
              + " which chooses nothing.")
  private Double holdOut;

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

  /**
   * Opens the sets that the options name.
   *
   * @param side side of the network's input: crops are no smaller
   */
  void open(Path out, int side, Consumer<String> messages, Opening opening) throws IOException {
    Path crops = cache == null ? out.resolve("crops") : cache;
    boolean large = side > FaceAligner.STANDARD_SIZE;
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "photos")) {
      read(
          large ? crops.resolve("side-" + side) : crops,
          large ? side : FaceAligner.STANDARD_SIZE,
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
      Path cache,
      int side,
      ProgressListener progress,
      Consumer<String> messages,
      Reading<T> reading)
      throws IOException {
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      BehaviourData data =
          new BehaviourData(
              cache, side, detector, ModelPair.FLOAT32.detector(), progress, messages);
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

  /** Whether the user named any set. */
  boolean isEmpty() {
    return fer.isEmpty() && rendered == null && sets.isEmpty();
  }

  /** Whether there is a --set. */
  boolean hasNamed() {
    return !sets.isEmpty();
  }

  /** Part of a set that is held back; empty if it was not said. */
  Optional<Double> holdOut() {
    return Optional.ofNullable(holdOut);
  }

  /** Whether the user wants a part to be held back. */
  boolean isHoldOutGiven() {
    return holdOut().filter(share -> share > 0).isPresent();
  }

  /**
   * What is to be learned, and the sets of --set, of which only the lists have been read.
   *
   * @param named the sets of --set
   * @param needs what is learned
   * @param affect whether a set has labels of valence and arousal
   */
  record Learning(List<NamedSet> named, LabelNeeds needs, boolean affect) {}

  /**
   * Looks what the sets have labels of, and whether these are enough for what is to be learned.
   *
   * @param heads what the network answers
   * @param losses says what is learned
   * @param photos whether there are further photos with expressions
   * @param seed decides who is held back
   */
  Learning learning(BehaviourHeads heads, LossOptions losses, boolean photos, long seed)
      throws IOException {
    if (losses.evenOdds() && !heads.classes().equals(BehaviourHeads.SEVEN)) {
      throw ((TrainingCommand) spec.userObject())
          .wrong("--even-odds are of the seven expressions: leave out --classes");
    }
    List<NamedSet> named = new ArrayList<>();
    Map<String, List<CropLabels>> labels = new LinkedHashMap<>();
    for (String text : sets) {
      NamedSet set = NamedSet.open(text, holdOut(), seed);
      if (named.stream().anyMatch(other -> other.name().equals(set.name()))) {
        throw ((TrainingCommand) spec.userObject())
            .wrong("--set takes each name once, '%s' is there twice".formatted(set.name()));
      }
      named.add(set);
      if (set.isLearned()) {
        labels.put(set.name(), set.labels());
      }
    }
    boolean others = photos || !fer.isEmpty() || rendered != null;
    Set<Answer> possible = LabelNeeds.outputs(heads);
    LabelNeeds any = new LabelNeeds(heads, possible, false);
    Set<Answer> labelled = EnumSet.noneOf(Answer.class);
    labels.values().forEach(of -> labelled.addAll(any.found(of)));
    if (others) {
      labelled.add(Answer.EXPRESSION);
    }
    if (rendered != null) {
      labelled.add(Answer.ACTION_UNITS);
    }
    boolean affect = labelled.contains(Answer.VALENCE_AROUSAL);
    LabelNeeds needs =
        new LabelNeeds(heads, losses.tasks(possible, labelled), losses.affectPrior(affect));
    if (others) {
      needs.requireEach(labels);
    } else {
      needs.require(labels);
    }
    return new Learning(named, needs, affect);
  }

  /** What becomes of a source before it is learned from. */
  interface Finishing {
    BatchSource of(BatchSource source) throws IOException;
  }

  /** Prepares the sets of --set: faces to learn from, and faces to measure with. */
  static void add(
      Learning learning,
      BehaviourData data,
      UnaryOperator<Augmentation> varied,
      Finishing taught,
      List<BatchSource> sources,
      List<CropSet> validation)
      throws IOException {
    for (NamedSet set : learning.named()) {
      List<CropSet> parts = data.prepare(set, learning.needs());
      int first = set.isLearned() ? 1 : 0;
      if (set.isLearned()) {
        Augmentation full = set.isCoarse() ? Augmentation.coarse() : Augmentation.sharp();
        sources.add(taught.of(new BatchSource(parts.get(0), set.passes(), varied.apply(full))));
      }
      validation.addAll(parts.subList(first, parts.size()));
    }
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
