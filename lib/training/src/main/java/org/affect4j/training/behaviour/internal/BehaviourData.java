package org.affect4j.training.behaviour.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Fer2013;
import org.affect4j.dataset.FerPlus;
import org.affect4j.dataset.LabelledPhotos;
import org.affect4j.dataset.RenderedFaces;
import org.affect4j.dataset.Splits;
import org.affect4j.detect.FaceDetector;
import org.affect4j.explore.Duplicates;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.internal.Seeds;

/**
 * The sets that the behaviour network is trained with, as crops that look like what the analysis
 * will show it: faces are found by the same detector and cut by the same aligner.
 */
public final class BehaviourData {
  /** Part of the persons of a rendered set that training measures with. */
  public static final double VALIDATION_SHARE = 1 / 12.0;

  /** How names of sets end that are held back. */
  public static final String HELD_OUT = "held_out";

  private static final int SPLIT = 11;
  private static final int HALVES = 12;

  private final FaceCrops faces;
  private final Consumer<String> messages;

  /**
   * Finds no data yet.
   *
   * @param cache folder for prepared crops
   * @param side side of the crops in pixels
   * @param detector finds the faces; stays open
   * @param detectorName name and version of the detector: another one gives other crops
   * @param progress hears of every photo that is prepared
   * @param messages receives what was found and left out
   */
  public BehaviourData(
      Path cache,
      int side,
      FaceDetector detector,
      String detectorName,
      ProgressListener progress,
      Consumer<String> messages) {
    this.faces = new FaceCrops(cache, side, detector, detectorName, progress);
    this.messages = messages;
  }

  /**
   * A set in two parts.
   *
   * @param training what to train with
   * @param validation what to measure with
   */
  public record Parts(CropSet training, CropSet validation) {}

  /**
   * Faces to judge expressions by.
   *
   * @param faces all of them
   * @param leaked names of those whose pixels also occur among the faces to train with
   * @param prior how likely each expression is taken to be beforehand
   */
  public record ExpressionTest(CropSet faces, Set<String> leaked, ExpressionPrior prior) {
    /** Copies the names. */
    public ExpressionTest {
      leaked = Set.copyOf(leaked);
    }
  }

  /**
   * Rendered validation faces in two halves with no person on both sides.
   *
   * @param fitting what a calibration is fitted to, named {@code rendered_fitting}
   * @param measuring what it is measured with, named {@code rendered_measuring}
   * @param persons person of each face of the second
   */
  public record UnitValidation(CropSet fitting, CropSet measuring, List<String> persons) {
    /** Copies the names. */
    public UnitValidation {
      persons = List.copyOf(persons);
    }
  }

  /**
   * Prepares FER2013: Training without the photos whose pixels also occur in PublicTest, and
   * PublicTest.
   *
   * @param places {@code fer2013.csv}, or folders and zip archives that together are the dataset,
   *     or one folder that holds either
   * @return both splits, named {@code fer} and {@code publictest}
   * @throws IOException if the dataset cannot be read
   */
  public Parts fer2013(List<Path> places) throws IOException {
    AffectDataset dataset = openFer2013(places);
    FaceTable all = dataset.table();
    Duplicates duplicates = Duplicates.exact(dataset, all);
    FaceTable training = Splits.part(duplicates.without(all, "train", "validation"), "train");
    FaceTable validation = Splits.part(all, "validation");
    messages.accept(
        "FER2013: %,d faces to train with, %,d left out because they occur in PublicTest too; %,d to validate with"
            .formatted(
                training.size(),
                Splits.part(all, "train").size() - training.size(),
                validation.size()));
    return new Parts(
        faces.small("fer", dataset, training), faces.small("publictest", dataset, validation));
  }

  /**
   * Prepares PublicTest of FER2013 alone, and finds out which of its photos also occur in Training.
   *
   * @param places as for {@link #fer2013}
   * @return the set {@code publictest}, to be read with even odds
   * @throws IOException if the dataset cannot be read
   */
  public ExpressionTest publicTest(List<Path> places) throws IOException {
    AffectDataset dataset = openFer2013(places);
    FaceTable all = dataset.table();
    Set<String> leaked =
        Duplicates.exact(dataset, all).leaked("validation", "train").stream()
            .map(Duplicates.Member::input)
            .collect(Collectors.toSet());
    return new ExpressionTest(
        faces.small("publictest", dataset, Splits.part(all, "validation")),
        leaked,
        ExpressionPrior.EVEN);
  }

  /**
   * The same faces judged by raters.
   *
   * @param test as of {@link #publicTest}
   * @param votes what the raters say
   * @return the faces of {@link RaterVotes#clear}, to be read with the prior of such photos; named
   *     {@code publictest by votes}
   */
  public static ExpressionTest byVotes(ExpressionTest test, RaterVotes votes) {
    return new ExpressionTest(
        votes.clear(test.faces()).where(test.faces().name() + " by votes", labels -> true),
        test.leaked(),
        ExpressionPrior.IN_THE_WILD);
  }

  /**
   * Faces with what raters say of them.
   *
   * @param faces the faces
   * @param shares a distribution over the expressions for each
   */
  public record Votes(CropSet faces, double[][] shares) {}

  /**
   * Takes the photos of FER2013 Training that a training by votes holds out.
   *
   * @param places as for {@link #fer2013}
   * @param votes what the raters say
   * @param share as in training
   * @param seed as in training
   * @return the photos with their votes
   * @throws IOException if the dataset cannot be read
   */
  public Votes heldOut(List<Path> places, RaterVotes votes, double share, long seed)
      throws IOException {
    CropSet labelled = votes.labelled(fer2013(places).training());
    CropSet held = holdOut(labelled, share, seed).validation();
    return new Votes(held, votes.of(held).probabilities());
  }

  /**
   * Labels of FER2013 by the votes of ten raters, in place of the class of its folders.
   *
   * @param list the votes, see {@link FerPlus#joined}
   * @param places as for {@link #fer2013}
   * @param contempt whether contempt is one of the expressions
   * @return what they say
   * @throws IOException if votes or pictures cannot be read
   */
  public static RaterVotes votes(Path list, List<Path> places, boolean contempt)
      throws IOException {
    return RaterVotes.of(FerPlus.joined(list, places.toArray(Path[]::new)).table(), contempt);
  }

  /**
   * Prepares any dataset: crops as the analysis of crops cuts them, faces of photos by the
   * dataset's landmarks or the detector's.
   *
   * @param set the dataset
   * @param needs which faces have something to teach; others are left out
   * @return what to train with, named as the set, unless it is measured with alone, and what to
   *     measure with: what is held back, named {@code NAME_held_out}, or the split for it, named
   *     after both; the first only if there is neither
   * @throws IOException if the crops cannot be written
   */
  public List<CropSet> prepare(NamedSet set, LabelNeeds needs) throws IOException {
    return set.prepare(faces::any, needs);
  }

  /**
   * Prepares the frames of videos in the same way, but crops as they are.
   *
   * @param set the dataset
   * @param needs which frames have something to teach; others are left out
   * @return as {@link #prepare}
   * @throws IOException if the crops cannot be written
   */
  public List<CropSet> prepareFrames(NamedSet set, LabelNeeds needs) throws IOException {
    return set.prepare(faces::frames, needs);
  }

  private static AffectDataset openFer2013(List<Path> places) throws IOException {
    return places.size() == 1
        ? Fer2013.load(places.get(0))
        : Fer2013.folders(places.toArray(Path[]::new));
  }

  /**
   * Prepares rendered faces with exact units. Persons are not divided between the parts.
   *
   * @param root folder of a set of {@code affect4j-synth au-set}
   * @param validationShare part of the persons to measure with, above 0 and below 1
   * @param seed decides who
   * @return both parts, named {@code rendered} and {@code rendered_validation}
   * @throws IOException if the set cannot be read
   */
  public Parts rendered(Path root, double validationShare, long seed) throws IOException {
    Rendered all = rendered(root);
    boolean[] held = held(all, validationShare, seed);
    return parts(all.set, "rendered", "rendered_validation", held);
  }

  /**
   * Takes the validation part of {@link #rendered(Path, double, long)} and divides its persons.
   *
   * @param root folder of a set of {@code affect4j-synth au-set}
   * @param validationShare as in training
   * @param seed as in training; decides the halves too
   * @return both halves
   * @throws IOException if the set cannot be read
   * @throws IllegalArgumentException if there are too few persons to divide
   */
  public UnitValidation unitValidation(Path root, double validationShare, long seed)
      throws IOException {
    Rendered all = rendered(root);
    boolean[] held = held(all, validationShare, seed);
    int[] validation = IntStream.range(0, held.length).filter(i -> held[i]).toArray();
    List<String> persons =
        IntStream.of(validation)
            .mapToObj(all.persons::get)
            .distinct()
            .sorted(Comparator.comparingDouble(person -> draw(person, seed, HALVES)))
            .toList();
    if (persons.size() < 2) {
      throw new IllegalArgumentException(
          "%s: %d persons of %d faces are for validation, too few to divide; draw a larger set"
              .formatted(root, persons.size(), held.length));
    }
    Set<String> first = Set.copyOf(persons.subList(0, persons.size() / 2));
    int[] measuring =
        IntStream.of(validation).filter(i -> !first.contains(all.persons.get(i))).toArray();
    return new UnitValidation(
        all.set.subset(
            "rendered_fitting",
            IntStream.of(validation).filter(i -> first.contains(all.persons.get(i))).toArray()),
        all.set.subset("rendered_measuring", measuring),
        IntStream.of(measuring).mapToObj(all.persons::get).toList());
  }

  /** A whole set, with the person of each face. */
  private record Rendered(CropSet set, List<String> persons) {}

  private static double draw(String person, long seed, int purpose) {
    return Seeds.stream(seed, purpose, person.hashCode()).nextDouble();
  }

  private Rendered rendered(Path root) throws IOException {
    AffectDataset dataset = RenderedFaces.load(root);
    FaceTable table = dataset.table();
    CropSet set = faces.asTheyAre("rendered", dataset, table);
    if (set.size() != table.size()) {
      throw new IOException(
          "%s: %d of %d rendered faces could be read; draw the set again"
              .formatted(root, set.size(), table.size()));
    }
    return new Rendered(set, table.texts(FaceColumns.SUBJECT));
  }

  private static boolean[] held(Rendered all, double share, long seed) {
    boolean[] held = new boolean[all.set.size()];
    for (int i = 0; i < held.length; i++) {
      held[i] = draw(all.persons.get(i), seed, SPLIT) < share;
    }
    return held;
  }

  /**
   * Prepares photos with labels of expressions. Photos without a face are left out.
   *
   * @param root folder with {@code labels.csv}, see {@link LabelledPhotos#load(Path)}
   * @param expressions labels that can be trusted; others are left out
   * @return the set {@code photos}
   * @throws IOException if the set cannot be read
   */
  public CropSet photos(Path root, Set<Expression> expressions) throws IOException {
    AffectDataset dataset = LabelledPhotos.load(root);
    CropSet set =
        faces
            .cutOut("photos", dataset, dataset.table())
            .where(
                "photos", labels -> labels.expression().filter(expressions::contains).isPresent());
    messages.accept("photos: " + set + ", counts " + Arrays.toString(set.expressionCounts()));
    return set;
  }

  /**
   * Holds a part of a set back, to choose settings and the best epoch by.
   *
   * @param set the set
   * @param share part to hold back, above 0 and below 1
   * @param seed decides which
   * @return both parts, the second named {@code held_out}
   */
  public static Parts holdOut(CropSet set, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("a share between 0 and 1 is held back, got " + share);
    }
    boolean[] held = new boolean[set.size()];
    SplittableRandom random = Seeds.stream(seed, SPLIT);
    // Faces of contempt do not change who of the others is held back.
    SplittableRandom ofContempt = Seeds.stream(seed, SPLIT, 1);
    for (int i = 0; i < held.length; i++) {
      boolean isContempt =
          set.labels(i).annotated().filter(AnnotatedExpression.CONTEMPT::equals).isPresent();
      held[i] = (isContempt ? ofContempt : random).nextDouble() < share;
    }
    return parts(set, set.name(), HELD_OUT, held);
  }

  private static Parts parts(CropSet set, String first, String second, boolean[] held) {
    return new Parts(
        set.subset(first, IntStream.range(0, held.length).filter(i -> !held[i]).toArray()),
        set.subset(second, IntStream.range(0, held.length).filter(i -> held[i]).toArray()));
  }

  /**
   * Says what could not be prepared.
   *
   * @return reasons with counts; empty if everything was prepared, now or earlier
   */
  public List<String> skipped() {
    List<String> lines = new ArrayList<>();
    faces
        .skipped()
        .forEach((reason, count) -> lines.add("%,d left out: %s".formatted(count, reason)));
    return lines;
  }
}
