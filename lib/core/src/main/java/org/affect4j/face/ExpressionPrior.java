package org.affect4j.face;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How likely each expression is before the face is seen. Photographs of people show far more smiles
 * than fear, a study with posers as many of each: the same face is read differently there, and a
 * network that has learned with one prior is adjusted to another by {@code p_k pi_k / a_k}, divided
 * by its sum over k, with the new prior pi and the one a that it assumes (Saerens et al. 2002,
 * Adjusting the outputs of a classifier to new a priori probabilities, equation 2.4). No order
 * within one expression is moved by this.
 *
 * @param probabilities of the expressions in the order of {@link Expression#ALL}, each above 0,
 *     together 1
 */
public record ExpressionPrior(List<Double> probabilities) {
  /** All seven expressions equally likely, as where posers show each as often. */
  public static final ExpressionPrior EVEN =
      new ExpressionPrior(Collections.nCopies(Expression.COUNT, 1.0 / Expression.COUNT));

  /**
   * As often as raters see them in photographs from the web: mean shares of the votes of ten raters
   * for the seven expressions, on the images of FER2013 Training for which one of these has the
   * most votes (FER+, Barsoum et al. 2016), to four digits.
   */
  public static final ExpressionPrior IN_THE_WILD =
      new ExpressionPrior(List.of(.3276, .0855, .0164, .0360, .2652, .1471, .1221));

  private static final Map<String, ExpressionPrior> NAMED =
      Map.of("even", EVEN, "in-the-wild", IN_THE_WILD);

  /** What rounded numbers may lack to 1. */
  private static final double SUM_TOLERANCE = 1e-3;

  /**
   * Checks the probabilities, and makes up for their rounding.
   *
   * @throws IllegalArgumentException if they are not seven, one is not above 0, or they do not sum
   *     to 1 (to .001)
   */
  public ExpressionPrior {
    double sum = probabilities.stream().mapToDouble(p -> p).sum();
    if (probabilities.size() != Expression.COUNT
        || probabilities.stream().anyMatch(p -> !(p > 0))
        || !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "a prior has a probability above 0 for each of the %d expressions, which sum to 1; got %s, sum %.4g"
              .formatted(Expression.COUNT, probabilities, sum));
    }
    probabilities = probabilities.stream().map(p -> p / sum).toList();
  }

  /**
   * Reads a prior: {@code even}, {@code in-the-wild}, or a table of one's own.
   *
   * @param text one of the two names, or all seven expressions such as {@code
   *     "neutral=.4,anger=.1,disgust=.05,fear=.05,happiness=.2,sadness=.1,surprise=.1"}
   * @return the prior
   * @throws IllegalArgumentException if an expression is unknown, missing or repeated, or the
   *     numbers are no prior
   */
  public static ExpressionPrior parse(String text) {
    ExpressionPrior named = NAMED.get(text.strip().toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    Map<Expression, Double> table = new EnumMap<>(Expression.class);
    for (String part : text.split(",")) {
      String[] pair = part.split("=");
      try {
        if (pair.length != 2
            || table.put(Expression.ofLabel(pair[0].strip()), Double.valueOf(pair[1])) != null) {
          throw new IllegalArgumentException("expected each expression once, as name=probability");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "a prior is even, in-the-wild or a probability for each expression, such as neutral=.4,anger=.1,...: '%s' is none, %s"
                .formatted(part, e.getMessage()),
            e);
      }
    }
    return new ExpressionPrior(List.copyOf(table.values()));
  }

  /**
   * Returns what probabilities become with this prior.
   *
   * @param expressions probabilities in the order of {@link Expression#ALL}; left as they are
   * @param assumed the prior with which they were found
   * @return probabilities with this prior
   */
  public double[] adjust(double[] expressions, ExpressionPrior assumed) {
    double[] adjusted =
        IntStream.range(0, Expression.COUNT)
            .mapToDouble(k -> expressions[k] * probabilities.get(k) / assumed.probabilities.get(k))
            .toArray();
    double sum = Arrays.stream(adjusted).sum();
    return Arrays.stream(adjusted).map(p -> p / sum).toArray();
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return NAMED.entrySet().stream()
        .filter(named -> named.getValue().equals(this))
        .map(Map.Entry::getKey)
        .findAny()
        .orElseGet(
            () ->
                Expression.ALL.stream()
                    .map(e -> e.label() + "=" + probabilities.get(e.ordinal()))
                    .collect(Collectors.joining(",")));
  }
}
