package org.affect4j.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.metric.Bootstrap;
import org.affect4j.table.FaceColumns;

/**
 * How well a classifier learns compound expressions, or any other label, from k faces of each class
 * (k shots): learning curves over k, with the spread of repeated draws and intervals.
 *
 * <p>Per draw, the training faces of each class are shuffled once, and k shots are the first k, so
 * that a larger k only adds faces. Every classifier gets the same shots. Nothing of the test faces
 * is used for training, not even for standardising the features, and no person may be on both
 * sides. A class that has fewer than k faces gives those that it has, and the result names it.
 *
 * @param shots faces per class, each positive and at most once, in ascending order; {@link
 *     #ALL_SHOTS} for all
 * @param draws repetitions, at least one
 * @param classifiers what to train, each once: {@link ClassifierKind}s or a caller's own
 * @param seed of the draws and classifiers; the same seed gives the same curves
 * @param bootstrap how intervals are computed, by {@link Bootstrap#crossed} over the test persons
 *     and the draws at once
 */
public record FewShotExperiment(
    List<Integer> shots,
    int draws,
    List<FewShotLearner> classifiers,
    long seed,
    Bootstrap bootstrap) {
  /** All training faces of each class. */
  public static final int ALL_SHOTS = Integer.MAX_VALUE;

  /** Copies the lists and checks the ranges. */
  public FewShotExperiment {
    shots = List.copyOf(shots);
    classifiers = List.copyOf(classifiers);
    if (shots.isEmpty() || shots.get(0) < 1 || !shots.equals(List.copyOf(new TreeSet<>(shots)))) {
      throw new IllegalArgumentException(
          "expected shots of 1 or more in ascending order, got " + shots);
    }
    if (draws < 1) {
      throw new IllegalArgumentException("expected 1 draw or more, got " + draws);
    }
    if (classifiers.isEmpty() || new HashSet<>(classifiers).size() < classifiers.size()) {
      throw new IllegalArgumentException(
          "expected one classifier or more, each once, got " + classifiers);
    }
  }

  /**
   * Returns 1, 5, 10, 20 and all shots, 5 draws, logistic regression, linear support-vector
   * machine, radial-kernel support-vector machine and nearest neighbours, seed 1, and 95 %
   * intervals.
   *
   * @return the experiment
   */
  public static FewShotExperiment standard() {
    return new FewShotExperiment(
        List.of(1, 5, 10, 20, ALL_SHOTS),
        5,
        List.of(
            ClassifierKind.LOGISTIC_REGRESSION,
            ClassifierKind.LINEAR_SVM,
            ClassifierKind.RBF_SVM,
            ClassifierKind.NEAREST_NEIGHBOURS),
        1,
        Bootstrap.STANDARD);
  }

  /**
   * Returns this experiment with other shots.
   *
   * @param value faces per class in ascending order
   * @return changed copy
   */
  public FewShotExperiment withShots(Integer... value) {
    return new FewShotExperiment(List.of(value), draws, classifiers, seed, bootstrap);
  }

  /**
   * Returns this experiment with other classifiers.
   *
   * @param value what to train
   * @return changed copy
   */
  public FewShotExperiment withClassifiers(FewShotLearner... value) {
    return new FewShotExperiment(shots, draws, List.of(value), seed, bootstrap);
  }

  /**
   * Returns this experiment with another number of draws.
   *
   * @param value at least one
   * @return changed copy
   */
  public FewShotExperiment withDraws(int value) {
    return new FewShotExperiment(shots, value, classifiers, seed, bootstrap);
  }

  /**
   * Returns this experiment with another seed.
   *
   * @param value any number
   * @return changed copy
   */
  public FewShotExperiment withSeed(long value) {
    return new FewShotExperiment(shots, draws, classifiers, value, bootstrap);
  }

  /**
   * Runs the experiment.
   *
   * @param name of the features, for tables and legends, such as {@code "embedding"}
   * @param training faces to draw from
   * @param test faces to judge by, of the same features
   * @return the curves
   * @throws IllegalArgumentException if a person or a face is on both sides, a side is empty, the
   *     features differ, or fewer than two classes have training faces
   */
  public LearningCurves run(String name, LabelledFeatures training, LabelledFeatures test) {
    return run(name, training, test, ProgressListener.silent());
  }

  /**
   * Runs the experiment and tells how far it is.
   *
   * @param name of the features, for tables and legends
   * @param training faces to draw from
   * @param test faces to judge by, of the same features
   * @param listener hears of every classifier trained
   * @return the curves
   * @throws IllegalArgumentException as {@link #run(String, LabelledFeatures, LabelledFeatures)}
   */
  public LearningCurves run(
      String name, LabelledFeatures training, LabelledFeatures test, ProgressListener listener) {
    checkSides(training, test);
    long[] drawSeeds = new SplittableRandom(seed).longs(draws).toArray();
    List<Measured> measured =
        classifiers.stream()
            .flatMap(classifier -> shots.stream().map(k -> new Measured(classifier, k)))
            .toList();
    long done = 0;
    for (long drawSeed : drawSeeds) {
      Map<String, List<Integer>> shuffled = shuffled(training, drawSeed);
      for (int k : shots) {
        LabelledFeatures drawn = training.rows(firstOfEach(shuffled, k));
        for (Measured point : measured.stream().filter(m -> m.shots == k).toList()) {
          long start = System.nanoTime();
          point.predictions.add(predicted(point.classifier, drawn, test, drawSeed));
          point.nanoseconds += System.nanoTime() - start;
          point.faces = drawn.size();
          listener.at(++done, (long) draws * measured.size());
        }
      }
    }
    return new LearningCurves(
        Stream.concat(test.classes().stream(), training.classes().stream()).distinct().toList(),
        test.labels(),
        test.personsToldApart(),
        training.counts(),
        bootstrap,
        measured.stream().map(m -> m.point(name)).toList(),
        Map.of());
  }

  private static List<String> predicted(
      FewShotLearner learner, LabelledFeatures drawn, LabelledFeatures test, long seed) {
    List<String> predicted = learner.learnAndPredict(drawn, test.features(), seed);
    if (predicted.size() != test.size() || !drawn.classes().containsAll(predicted)) {
      throw new IllegalStateException(
          "'%s' gave %d predictions, expected %d out of %s"
              .formatted(learner.label(), predicted.size(), test.size(), drawn.classes()));
    }
    return predicted;
  }

  private static final class Measured {
    private final FewShotLearner classifier;
    private final int shots;
    private final List<List<String>> predictions = new ArrayList<>();
    private long nanoseconds;
    private int faces;

    Measured(FewShotLearner classifier, int shots) {
      this.classifier = classifier;
      this.shots = shots;
    }

    LearningCurves.Point point(String features) {
      return new LearningCurves.Point(
          features, classifier, shots, faces, predictions, nanoseconds / 1e9);
    }
  }

  private static void checkSides(LabelledFeatures training, LabelledFeatures test) {
    if (training.size() == 0 || test.size() == 0) {
      throw new IllegalArgumentException(
          "expected faces to learn from and faces to judge by, got %d and %d"
              .formatted(training.size(), test.size()));
    }
    Set<String> shared = new TreeSet<>(training.persons());
    shared.retainAll(test.persons());
    shared.remove("");
    if (!shared.isEmpty()) {
      throw new IllegalArgumentException(
          "%d persons are on both sides, which makes every figure too good: %s; divide by person (LabelledFeatures.divide)"
              .formatted(shared.size(), shared.stream().limit(10).toList()));
    }
    Set<String> faces = new TreeSet<>(training.features().texts(FaceColumns.INPUT));
    faces.retainAll(test.features().texts(FaceColumns.INPUT));
    if (!faces.isEmpty()) {
      throw new IllegalArgumentException(
          "%d faces are on both sides: %s"
              .formatted(faces.size(), faces.stream().limit(10).toList()));
    }
    if (!training.columns().equals(test.columns())) {
      throw new IllegalArgumentException("training and test faces have different features");
    }
  }

  private static Map<String, List<Integer>> shuffled(LabelledFeatures data, long drawSeed) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    data.classes().forEach(c -> rows.put(c, new ArrayList<>()));
    for (int i = 0; i < data.size(); i++) {
      rows.get(data.labels().get(i)).add(i);
    }
    Random random = new Random(drawSeed);
    rows.values().forEach(list -> Collections.shuffle(list, random));
    return rows;
  }

  private static int[] firstOfEach(Map<String, List<Integer>> rows, int k) {
    return rows.values().stream()
        .flatMap(list -> list.stream().limit(k))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Returns how a number of shots is written.
   *
   * @param shots faces per class
   * @return the number, or {@code "all"}
   */
  static String shotsLabel(int shots) {
    return shots == ALL_SHOTS ? "all" : Integer.toString(shots);
  }
}
