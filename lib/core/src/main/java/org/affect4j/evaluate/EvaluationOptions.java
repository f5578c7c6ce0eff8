package org.affect4j.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.affect4j.face.Relatedness;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Fairness;

/** How a model is measured. Immutable; the {@code with…} methods return a changed copy. */
public final class EvaluationOptions {
  /** Attributes that are looked for unless others are named. */
  public static final List<String> ATTRIBUTES = List.of("age", "gender", "race", "skin_tone");

  /**
   * Strength from which on a labelled unit counts as active: 0.4, which is level B of the five of
   * FACS, DISFA's 2 of 5. It matters only where labels are strengths and not 0 and 1.
   */
  public static final double ACTIVE_FROM = .4;

  // Changed by with() alone, before anybody else sees the copy.
  private Bootstrap bootstrap = Bootstrap.STANDARD;
  private Optional<List<String>> attributes = Optional.empty();
  private int minimumSamples = Fairness.MINIMUM_SAMPLES;
  private int minimumPersons = Fairness.MINIMUM_PERSONS;
  private double threshold = .5;
  private boolean deduplicate;
  private String protocol = "";
  private Relatedness relatedness = Relatedness.du();

  private EvaluationOptions() {}

  /**
   * Returns the defaults: {@link Bootstrap#STANDARD}, the attributes {@link #ATTRIBUTES} with the
   * minimums of {@link Fairness}, threshold 0.5, duplicates left in, {@link Relatedness#du()}.
   *
   * @return the defaults
   */
  public static EvaluationOptions defaults() {
    return new EvaluationOptions();
  }

  private EvaluationOptions with(Consumer<EvaluationOptions> change) {
    EvaluationOptions copy = new EvaluationOptions();
    copy.bootstrap = bootstrap;
    copy.attributes = attributes;
    copy.minimumSamples = minimumSamples;
    copy.minimumPersons = minimumPersons;
    copy.threshold = threshold;
    copy.deduplicate = deduplicate;
    copy.protocol = protocol;
    copy.relatedness = relatedness;
    change.accept(copy);
    return copy;
  }

  /**
   * Sets draws, level and seed of all intervals.
   *
   * @param value draws, level and seed
   * @return changed copy
   */
  public EvaluationOptions withBootstrap(Bootstrap value) {
    return with(o -> o.bootstrap = value);
  }

  /**
   * Sets the attributes by which groups of people are compared.
   *
   * @param names columns of the table, which then have to be there
   * @return changed copy
   */
  public EvaluationOptions withAttributes(List<String> names) {
    return with(o -> o.attributes = Optional.of(List.copyOf(names)));
  }

  /**
   * Sets the least sizes of groups that are compared.
   *
   * @param samples fewest samples, at least 1
   * @param persons fewest persons where persons are named, at least 1
   * @return changed copy
   */
  public EvaluationOptions withMinimum(int samples, int persons) {
    return with(
        o -> {
          o.minimumSamples = samples;
          o.minimumPersons = persons;
        });
  }

  /**
   * Sets the probability from which on a predicted unit counts as active, where none was chosen on
   * validation rows.
   *
   * @param value 0 to 1
   * @return changed copy
   * @throws IllegalArgumentException if the value is outside its range
   */
  public EvaluationOptions withThreshold(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("a threshold is 0 to 1, got " + value);
    }
    return with(o -> o.threshold = value);
  }

  /**
   * Measures once more on the rows whose photos do not occur in another split, or does not; this
   * reads all photos of the dataset.
   *
   * @param value whether to measure twice
   * @return changed copy
   */
  public EvaluationOptions withDeduplication(boolean value) {
    return with(o -> o.deduplicate = value);
  }

  /**
   * Adds a remark on the rows, such as how they were drawn.
   *
   * @param value words for the record
   * @return changed copy
   */
  public EvaluationOptions withProtocol(String value) {
    return with(o -> o.protocol = value);
  }

  /**
   * Sets the weights of the zero-shot rule for compound expressions.
   *
   * @param value such as {@link Relatedness#binary()} of Du's table
   * @return changed copy
   */
  public EvaluationOptions withRelatedness(Relatedness value) {
    return with(o -> o.relatedness = value);
  }

  Bootstrap bootstrap() {
    return bootstrap;
  }

  Optional<List<String>> attributes() {
    return attributes;
  }

  int minimumSamples() {
    return minimumSamples;
  }

  int minimumPersons() {
    return minimumPersons;
  }

  double threshold() {
    return threshold;
  }

  boolean deduplicate() {
    return deduplicate;
  }

  String protocol() {
    return protocol;
  }

  Relatedness relatedness() {
    return relatedness;
  }
}
