package org.affect4j.evaluate;

import java.util.List;
import java.util.Optional;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Fairness;

/**
 * How a model is measured. Immutable; the {@code with…} methods return a changed copy.
 *
 * @param bootstrap draws, level and seed of all intervals
 * @param attributes columns by which groups of people are compared; those that a dataset lacks are
 *     passed over
 * @param minimumSamples fewest samples of a group that is compared
 * @param minimumPersons fewest persons of a group that is compared, where persons are named
 * @param activeFrom strength from which on a labelled action unit counts as active, above 0 and at
 *     most 1; matters only where labels are strengths and not 0 and 1
 * @param threshold probability from which on a predicted unit counts as active, 0 to 1, where none
 *     was chosen on validation data
 * @param deduplicate whether to measure once more without the photos that also occur in another
 *     split, which reads all photos of the dataset
 * @param protocol what else has to be said about the rows, such as how they were drawn; the empty
 *     string for nothing
 */
public record EvaluationOptions(
    Bootstrap bootstrap,
    Optional<List<String>> attributes,
    int minimumSamples,
    int minimumPersons,
    double activeFrom,
    double threshold,
    boolean deduplicate,
    String protocol) {
  /** Attributes that are looked for unless others are named. */
  public static final List<String> ATTRIBUTES = List.of("age", "gender", "race", "skin_tone");

  /**
   * Strength from which on a labelled unit counts as active unless said otherwise: 0.4, which is
   * level B of the five of FACS, DISFA's 2 of 5.
   */
  public static final double ACTIVE_FROM = .4;

  /** Copies the list and checks the ranges. */
  public EvaluationOptions {
    attributes = attributes.map(List::copyOf);
    if (!(activeFrom > 0 && activeFrom <= 1)) {
      throw new IllegalArgumentException(
          "a labelled unit is active from a strength above 0 and at most 1 on, got " + activeFrom);
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("a threshold is 0 to 1, got " + threshold);
    }
  }

  /**
   * Returns the defaults: {@link Bootstrap#STANDARD}, the attributes {@link #ATTRIBUTES} with the
   * minimums of {@link Fairness}, units active from {@link #ACTIVE_FROM}, threshold 0.5, duplicates
   * left in.
   *
   * @return the defaults
   */
  public static EvaluationOptions defaults() {
    return new EvaluationOptions(
        Bootstrap.STANDARD,
        Optional.empty(),
        Fairness.MINIMUM_SAMPLES,
        Fairness.MINIMUM_PERSONS,
        ACTIVE_FROM,
        .5,
        false,
        "");
  }

  /**
   * Returns these options with other intervals.
   *
   * @param value draws, level and seed
   * @return changed copy
   */
  public EvaluationOptions withBootstrap(Bootstrap value) {
    return new EvaluationOptions(
        value,
        attributes,
        minimumSamples,
        minimumPersons,
        activeFrom,
        threshold,
        deduplicate,
        protocol);
  }

  /**
   * Returns these options with the attributes to compare groups by.
   *
   * @param names columns of the table, which then have to be there
   * @return changed copy
   */
  public EvaluationOptions withAttributes(List<String> names) {
    return new EvaluationOptions(
        bootstrap,
        Optional.of(names),
        minimumSamples,
        minimumPersons,
        activeFrom,
        threshold,
        deduplicate,
        protocol);
  }

  /**
   * Returns these options with other least sizes of groups.
   *
   * @param samples fewest samples, at least 1
   * @param persons fewest persons, at least 1
   * @return changed copy
   */
  public EvaluationOptions withMinimum(int samples, int persons) {
    return new EvaluationOptions(
        bootstrap, attributes, samples, persons, activeFrom, threshold, deduplicate, protocol);
  }

  /**
   * Returns these options with another strength of labels.
   *
   * @param value above 0, at most 1
   * @return changed copy
   */
  public EvaluationOptions withActiveFrom(double value) {
    return new EvaluationOptions(
        bootstrap,
        attributes,
        minimumSamples,
        minimumPersons,
        value,
        threshold,
        deduplicate,
        protocol);
  }

  /**
   * Returns these options with another threshold of predictions.
   *
   * @param value 0 to 1
   * @return changed copy
   */
  public EvaluationOptions withThreshold(double value) {
    return new EvaluationOptions(
        bootstrap,
        attributes,
        minimumSamples,
        minimumPersons,
        activeFrom,
        value,
        deduplicate,
        protocol);
  }

  /**
   * Returns these options with or without a second measurement on the rows whose photos do not
   * occur in another split.
   *
   * @param value whether to measure twice
   * @return changed copy
   */
  public EvaluationOptions withDeduplication(boolean value) {
    return new EvaluationOptions(
        bootstrap,
        attributes,
        minimumSamples,
        minimumPersons,
        activeFrom,
        threshold,
        value,
        protocol);
  }

  /**
   * Returns these options with a remark on the rows.
   *
   * @param value words for the record
   * @return changed copy
   */
  public EvaluationOptions withProtocol(String value) {
    return new EvaluationOptions(
        bootstrap,
        attributes,
        minimumSamples,
        minimumPersons,
        activeFrom,
        threshold,
        deduplicate,
        value);
  }
}
