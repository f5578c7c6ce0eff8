package org.affect4j.face;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which action units belong to which expression, and how strongly: a weight {@code w(i, e)} in 0 to
 * 1 for each unit i and category e.
 *
 * <p>Three kinds exist in the literature: from a psychological study ({@link #du()}), inferred from
 * an annotated database ({@link #empirical()}), or estimated by the user from data that carry both
 * kinds of labels ({@link Estimator}). Immutable.
 */
public final class Relatedness {
  private final String name;
  private final Map<CompoundExpression, double[]> weights;

  private Relatedness(String name, Map<CompoundExpression, double[]> weights) {
    this.name = name;
    this.weights = weights;
  }

  /**
   * Returns the table of Du, Tao and Martinez (PNAS 2014) for all 21 categories: prototypical units
   * have weight 1, observational units the fraction of people who showed them.
   *
   * <p>Categories 1 to 6 are printed in Behaviour4All (Table 2) and FaceBehaviorNet (Table 1).
   *
   * @return the table
   */
  public static Relatedness du() {
    return table(
        "Du et al. 2014",
        """
        HAPPY 12 25 6:.51
        SAD 4 15 1:.60 6:.50 11:.26 17:.67
        FEARFUL 1 4 20 25 2:.57 5:.63 26:.33
        ANGRY 4 7 24 10:.26 17:.52 23:.29
        SURPRISED 1 2 25 26 5:.66
        DISGUSTED 9 10 17 4:.31 24:.26
        HAPPILY_SURPRISED 1 2 12 25 5:.64 26:.67
        HAPPILY_DISGUSTED 10 12 25 4:.32 6:.61 9:.59
        SADLY_FEARFUL 1 4 20 25 2:.46 5:.24 6:.34 15:.30
        SADLY_ANGRY 4 15 6:.26 7:.48 11:.20 17:.50
        SADLY_SURPRISED 1 4 25 26 2:.27 6:.31
        SADLY_DISGUSTED 4 10 1:.49 6:.61 9:.20 11:.35 15:.54 17:.47 25:.43
        FEARFULLY_ANGRY 4 20 25 5:.40 7:.39 10:.30 11:.33
        FEARFULLY_SURPRISED 1 2 5 20 25 4:.47 10:.35 11:.22 26:.51
        FEARFULLY_DISGUSTED 1 4 10 20 25 2:.64 5:.50 6:.26 9:.28 15:.33
        ANGRILY_SURPRISED 4 25 26 5:.35 7:.50 10:.34
        ANGRILY_DISGUSTED 4 10 17 7:.60 9:.57 24:.36
        DISGUSTEDLY_SURPRISED 1 2 5 10 4:.45 9:.37 17:.66 24:.33
        APPALLED 4 10 6:.25 9:.56 17:.67 24:.36
        HATRED 4 10 7:.57 9:.27 17:.63 24:.37
        AWED 1 2 5 25 4:.21 20:.62 26:.56
        """);
  }

  /**
   * Returns the table inferred from Aff-Wild2 (FaceBehaviorNet, Table 3) for the six basic
   * categories: the fraction of images of the expression in which the unit is active.
   *
   * @return the table
   */
  public static Relatedness empirical() {
    return table(
        "Aff-Wild2, empirical",
        """
        HAPPY 12:.82 25:.70 6:.57 7:.83 10:.63
        SAD 4:.53 15:.42 1:.31 7:.13 17:.10
        FEARFUL 1:.52 4:.40 25:.85 5:.38 7:.57 10:.57
        ANGRY 4:.65 7:.45 25:.40 10:.33 9:.15
        SURPRISED 1:.38 2:.37 25:.85 26:.30 5:.50 7:.20
        DISGUSTED 9:.21 10:.85 17:.23 4:.60 7:.75 25:.80
        """);
  }

  /** A table of lines: a category, and its units with their weights, which are 1 if left out. */
  private static Relatedness table(String name, String lines) {
    Map<CompoundExpression, double[]> weights = new EnumMap<>(CompoundExpression.class);
    for (String line : lines.lines().toList()) {
      String[] cells = line.split(" ");
      double[] w = new double[ActionUnit.COUNT];
      for (int i = 1; i < cells.length; i++) {
        String[] unit = (cells[i] + ":1").split(":");
        w[ActionUnit.ofNumber(Integer.parseInt(unit[0])).ordinal()] = Double.parseDouble(unit[1]);
      }
      weights.put(CompoundExpression.valueOf(cells[0]), w);
    }
    return new Relatedness(name, weights);
  }

  /**
   * Finds a table by its short name.
   *
   * @param label {@code du}, {@code du-binary} or {@code empirical}
   * @return the table
   * @throws IllegalArgumentException if there is no such table
   */
  public static Relatedness ofLabel(String label) {
    return switch (label) {
      case "du" -> du();
      case "du-binary" -> du().binary();
      case "empirical" -> empirical();
      default ->
          throw new IllegalArgumentException(
              "unknown relatedness '%s'; expected du, du-binary or empirical".formatted(label));
    };
  }

  /**
   * Returns where the weights come from.
   *
   * @return such as {@code "Du et al. 2014"}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the categories that have weights.
   *
   * @return unmodifiable set in table order
   */
  public Set<CompoundExpression> categories() {
    return Collections.unmodifiableSet(weights.keySet());
  }

  /**
   * Returns the weight of a unit for a category.
   *
   * @param category one of {@link #categories()}
   * @param unit any unit
   * @return 0 (does not belong) to 1 (prototypical)
   * @throws IllegalArgumentException if this table has no row for the category
   */
  public double weight(CompoundExpression category, ActionUnit unit) {
    return row(category)[unit.ordinal()];
  }

  /**
   * Returns the weights of all units for a category.
   *
   * @param category one of {@link #categories()}
   * @return a copy, 17 values in the order of {@link ActionUnit#ALL}
   * @throws IllegalArgumentException if this table has no row for the category
   */
  public double[] weights(CompoundExpression category) {
    return row(category).clone();
  }

  /**
   * Returns the units of weight 1.
   *
   * @param category one of {@link #categories()}
   * @return the prototypical units
   */
  public Set<ActionUnit> prototypical(CompoundExpression category) {
    return select(category, 1, 1);
  }

  /**
   * Returns the units of a weight between 0 and 1.
   *
   * @param category one of {@link #categories()}
   * @return the observational units
   */
  public Set<ActionUnit> observational(CompoundExpression category) {
    return select(category, Double.MIN_VALUE, Math.nextDown(1.0));
  }

  /**
   * Returns the variant in which every unit that belongs counts fully: all positive weights become
   * 1.
   *
   * @return a table of zeros and ones
   */
  public Relatedness binary() {
    Map<CompoundExpression, double[]> ones = new EnumMap<>(CompoundExpression.class);
    weights.forEach((c, w) -> ones.put(c, Arrays.stream(w).map(v -> v > 0 ? 1 : 0).toArray()));
    return new Relatedness(name + ", binary", ones);
  }

  private Set<ActionUnit> select(CompoundExpression category, double from, double to) {
    double[] w = row(category);
    Set<ActionUnit> found = EnumSet.noneOf(ActionUnit.class);
    for (ActionUnit unit : ActionUnit.ALL) {
      if (w[unit.ordinal()] >= from && w[unit.ordinal()] <= to) {
        found.add(unit);
      }
    }
    return Collections.unmodifiableSet(found);
  }

  private double[] row(CompoundExpression category) {
    double[] w = weights.get(category);
    if (w == null) {
      throw new IllegalArgumentException(
          "the table '"
              + name
              + "' has no row for "
              + category.label()
              + "; it has "
              + weights.keySet().stream().map(CompoundExpression::label).toList());
    }
    return w;
  }

  /**
   * Estimates a table from samples that carry a category and action-unit labels: the weight is the
   * fraction of the category's samples in which the unit is active, over the samples in which the
   * unit is annotated. A unit never annotated for a category has weight 0. Not thread-safe.
   */
  public static final class Estimator {
    private final Map<CompoundExpression, double[]> active =
        new EnumMap<>(CompoundExpression.class);
    private final Map<CompoundExpression, double[]> annotated =
        new EnumMap<>(CompoundExpression.class);

    /** Starts an estimate without samples. */
    public Estimator() {}

    /**
     * Adds one sample.
     *
     * @param category the sample's category
     * @param units activity of each annotated unit, 0 to 1 (a label, or a probability); units that
     *     are not annotated are left out
     * @return this
     * @throws IllegalArgumentException if an activity lies outside 0 to 1
     */
    public Estimator add(CompoundExpression category, Map<ActionUnit, Double> units) {
      units.forEach(
          (unit, value) -> {
            if (!(value >= 0 && value <= 1)) {
              throw new IllegalArgumentException(
                  unit.label() + " has activity " + value + "; expected 0 to 1");
            }
          });
      double[] a = active.computeIfAbsent(category, c -> new double[ActionUnit.COUNT]);
      double[] n = annotated.computeIfAbsent(category, c -> new double[ActionUnit.COUNT]);
      units.forEach(
          (unit, value) -> {
            a[unit.ordinal()] += value;
            n[unit.ordinal()]++;
          });
      return this;
    }

    /**
     * Returns the table of the samples so far.
     *
     * @param name where the samples come from
     * @return the estimated table
     * @throws IllegalStateException if no sample was added
     */
    public Relatedness estimate(String name) {
      if (active.isEmpty()) {
        throw new IllegalStateException("no sample was added: there is nothing to estimate from");
      }
      Map<CompoundExpression, double[]> fractions = new EnumMap<>(CompoundExpression.class);
      active.forEach(
          (category, a) -> {
            double[] n = annotated.get(category);
            double[] w = new double[ActionUnit.COUNT];
            for (int i = 0; i < w.length; i++) {
              w[i] = n[i] == 0 ? 0 : a[i] / n[i];
            }
            fractions.put(category, w);
          });
      return new Relatedness(name, fractions);
    }
  }
}
