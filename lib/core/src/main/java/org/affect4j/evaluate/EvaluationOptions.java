package org.affect4j.evaluate;

import java.util.List;
import java.util.Optional;
import org.affect4j.face.Relatedness;
import org.affect4j.metric.Bootstrap;

/**
 * How a model is measured. The {@code with…} methods return a changed copy.
 *
 * @param bootstrap draws, level and seed of all intervals
 * @param attributes columns of the table by which groups of people are compared, which then have to
 *     be there; empty for those of {@link #ATTRIBUTES} that are
 * @param deduplicate whether to measure once more on the rows whose photos do not occur in another
 *     split, which reads all photos of the dataset
 * @param protocol a remark on the rows for the record, such as how they were drawn; the empty
 *     string for none
 * @param relatedness weights of the zero-shot rule for compound expressions
 */
public record EvaluationOptions(
    Bootstrap bootstrap,
    Optional<List<String>> attributes,
    boolean deduplicate,
    String protocol,
    Relatedness relatedness) {
  /** Attributes that are looked for unless others are named. */
  public static final List<String> ATTRIBUTES = List.of("age", "gender", "race", "skin_tone");

  /**
   * Strength from which on a labelled unit counts as active: 0.4, which is level B of the five of
   * FACS, DISFA's 2 of 5. It matters only where labels are strengths and not 0 and 1.
   */
  public static final double ACTIVE_FROM = .4;

  /** Copies the list. */
  public EvaluationOptions {
    attributes = attributes.map(List::copyOf);
  }

  /**
   * Returns the defaults: {@link Bootstrap#STANDARD}, the attributes {@link #ATTRIBUTES},
   * duplicates left in, {@link Relatedness#du()}.
   *
   * @return the defaults
   */
  public static EvaluationOptions defaults() {
    return new EvaluationOptions(Bootstrap.STANDARD, Optional.empty(), false, "", Relatedness.du());
  }

  /**
   * Sets draws, level and seed of all intervals.
   *
   * @param value draws, level and seed
   * @return changed copy
   */
  public EvaluationOptions withBootstrap(Bootstrap value) {
    return new EvaluationOptions(value, attributes, deduplicate, protocol, relatedness);
  }

  /**
   * Sets the attributes by which groups of people are compared.
   *
   * @param names columns of the table, which then have to be there
   * @return changed copy
   */
  public EvaluationOptions withAttributes(List<String> names) {
    return new EvaluationOptions(bootstrap, Optional.of(names), deduplicate, protocol, relatedness);
  }

  /**
   * Measures once more on the rows whose photos do not occur in another split, or does not; this
   * reads all photos of the dataset.
   *
   * @param value whether to measure twice
   * @return changed copy
   */
  public EvaluationOptions withDeduplication(boolean value) {
    return new EvaluationOptions(bootstrap, attributes, value, protocol, relatedness);
  }

  /**
   * Adds a remark on the rows, such as how they were drawn.
   *
   * @param value words for the record
   * @return changed copy
   */
  public EvaluationOptions withProtocol(String value) {
    return new EvaluationOptions(bootstrap, attributes, deduplicate, value, relatedness);
  }

  /**
   * Sets the weights of the zero-shot rule for compound expressions.
   *
   * @param value such as {@link Relatedness#binary()} of Du's table
   * @return changed copy
   */
  public EvaluationOptions withRelatedness(Relatedness value) {
    return new EvaluationOptions(bootstrap, attributes, deduplicate, protocol, value);
  }
}
