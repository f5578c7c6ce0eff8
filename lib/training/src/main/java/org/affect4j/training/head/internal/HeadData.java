package org.affect4j.training.head.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.learn.LabelledFeatures;
import org.affect4j.learn.Standardisation;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.network.EfficientNet.Answer;

/**
 * Features of faces and what a light head shall answer about each, in three parts without a person
 * in common: to learn from, to choose by (the epoch and the thresholds), to judge by. Immutable.
 */
public final class HeadData {
  private static final int LEAST_PERSONS = 3;

  private final Answer answer;
  private final List<String> names;
  private final Part training;
  private final Part validation;
  private final Part test;
  private final int leftOut;

  /**
   * Some of the faces.
   *
   * @param persons person of each face, unknown ones told apart
   * @param targets the number of the class alone; 17 units, 0 or 1; valence and arousal; NaN where
   *     there is no label
   */
  public record Part(FaceTable features, List<String> persons, double[][] targets) {
    private static Part of(LabelledFeatures faces, double[][] targets) {
      List<String> persons = new ArrayList<>(faces.persons());
      for (int i = 0; i < persons.size(); i++) {
        if (persons.get(i).isEmpty()) {
          persons.set(i, "\0" + i);
        }
      }
      return new Part(faces.features(), List.copyOf(persons), targets);
    }

    public int size() {
      return targets.length;
    }

    /** One row of features per face. */
    public double[][] values() {
      return features.values(features.featureColumns());
    }

    /** One column of the targets. */
    public double[] target(int column) {
      return Arrays.stream(targets).mapToDouble(t -> t[column]).toArray();
    }

    @Override
    public String toString() {
      return "%d faces of %d persons".formatted(size(), new HashSet<>(persons).size());
    }
  }

  private HeadData(
      Answer answer, List<String> names, Part training, Part validation, Part test, int leftOut) {
    this.answer = answer;
    this.names = List.copyOf(names);
    this.training = training;
    this.validation = validation;
    this.test = test;
    this.leftOut = leftOut;
  }

  /**
   * Takes classes as they are: expressions, or any others.
   *
   * @param division faces to learn from and to choose by, and faces to judge by, labelled with
   *     their class
   * @param validationShare part of the former that is chosen by, above 0 and below 1
   * @param seed decides that part
   * @return the data
   * @throws IllegalArgumentException if there are fewer than two classes, a class has fewer than
   *     three persons or none to learn from, or the persons do not suffice for three parts
   */
  public static HeadData classes(
      LabelledFeatures.Division division, double validationShare, long seed) {
    List<String> classes = division.training().classes();
    if (classes.size() < 2) {
      throw new IllegalArgumentException("a head tells two classes or more apart, got " + classes);
    }
    LabelledFeatures.Division inner = division.training().divide(validationShare, seed);
    List<Part> parts = new ArrayList<>();
    for (LabelledFeatures faces : List.of(inner.training(), inner.test(), division.test())) {
      parts.add(
          Part.of(
              faces,
              faces.labels().stream()
                  .map(label -> new double[] {classes.indexOf(label)})
                  .toArray(double[][]::new)));
    }
    for (int c = 0; c < classes.size(); c++) {
      Set<String> persons = new HashSet<>();
      for (Part part : parts) {
        persons.addAll(persons(part, c));
      }
      if (persons.size() < LEAST_PERSONS || persons(parts.get(0), c).isEmpty()) {
        throw new IllegalArgumentException(
            "class '%s' has faces of %d persons, %d of them to learn from; expected %d or more, as no person is both learned from and judged by; add faces or leave the class out"
                .formatted(
                    classes.get(c),
                    persons.size(),
                    persons(parts.get(0), c).size(),
                    LEAST_PERSONS));
      }
    }
    return new HeadData(
        Answer.EXPRESSION,
        classes,
        parts.get(0),
        parts.get(1),
        parts.get(2),
        division.training().leftOut().size());
  }

  private static Set<String> persons(Part part, int label) {
    Set<String> persons = new HashSet<>();
    for (int i = 0; i < part.size(); i++) {
      if (part.targets()[i][0] == label) {
        persons.add(part.persons().get(i));
      }
    }
    return persons;
  }

  /**
   * Takes action units, or valence and arousal.
   *
   * @param labels the labels
   * @param division faces of {@link NumericLabels#table()} to learn from and to choose by, and to
   *     judge by
   * @param validationShare part of the former that is chosen by, above 0 and below 1
   * @param seed decides that part
   * @return the data
   * @throws IllegalArgumentException if a part has nothing to tell apart: no unit that is active on
   *     one face and inactive on another, or a single valence or arousal; or if the persons do not
   *     suffice for three parts
   */
  public static HeadData numbers(
      NumericLabels labels, LabelledFeatures.Division division, double validationShare, long seed) {
    LabelledFeatures.Division inner = division.training().divide(validationShare, seed);
    List<Part> parts = new ArrayList<>();
    for (LabelledFeatures faces : List.of(inner.training(), inner.test(), division.test())) {
      Part part = Part.of(faces, labels.of(faces.features().texts(FaceColumns.INPUT)));
      boolean units = labels.answer() == Answer.ACTION_UNITS;
      long varying =
          IntStream.range(0, labels.names().size()).filter(c -> varies(part.target(c))).count();
      if (units ? varying == 0 : varying < labels.names().size()) {
        throw new IllegalArgumentException(
            "%s among the %d faces %s; add persons or choose another seed"
                .formatted(
                    units
                        ? "no unit is both active and inactive"
                        : "valence or arousal is everywhere the same, or not annotated,",
                    part.size(),
                    List.of("to learn from", "to choose by", "to judge by").get(parts.size())));
      }
      parts.add(part);
    }
    return new HeadData(
        labels.answer(),
        labels.names(),
        parts.get(0),
        parts.get(1),
        parts.get(2),
        division.training().leftOut().size());
  }

  private static boolean varies(double[] target) {
    return Arrays.stream(target).filter(t -> !Double.isNaN(t)).distinct().count() > 1;
  }

  /**
   * Returns what is learned.
   *
   * @return classes, action units, or valence and arousal
   */
  public Answer answer() {
    return answer;
  }

  /**
   * Returns what the head's numbers are of.
   *
   * @return classes, {@code au01 …}, or {@code valence, arousal}; unmodifiable
   */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the features that the head reads.
   *
   * @return names of columns, unmodifiable
   */
  public List<String> columns() {
    return training.features().featureColumns();
  }

  /**
   * Returns what brings the features to one scale, measured on the faces to learn from: a head is
   * trained on standardised features.
   *
   * @return the standardisation of {@link #columns()}
   */
  public Standardisation standardisation() {
    return Standardisation.of(training.values());
  }

  public Part training() {
    return training;
  }

  public Part validation() {
    return validation;
  }

  Part test() {
    return test;
  }

  /** Units that are both active and inactive on the faces of a part. */
  public static List<ActionUnit> unitsIn(Part part) {
    return ActionUnit.ALL.stream().filter(u -> varies(part.target(u.ordinal()))).toList();
  }

  @Override
  public String toString() {
    return "learned from %s, chosen by %s, judged by %s; %d left out"
        .formatted(training, validation, test, leftOut);
  }
}
