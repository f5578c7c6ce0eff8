package org.affect4j.training.behaviour;

import java.util.LinkedHashMap;
import java.util.Map;
import org.affect4j.face.Relatedness;
import org.affect4j.training.loss.DistributionMatching;

/**
 * What a behaviour network is taught by: the parts of its loss (Behaviour4All, equation 1) and how
 * each of them is taken.
 *
 * @param weights how much each part counts
 * @param smoothing part of an expression's label that is spread over all classes
 * @param balance power of the inverse frequency by which expressions are weighted, 0 for equal
 *     weights
 * @param evenOdds whether the network learns to speak with even odds, whatever the frequencies of
 *     the labels; it is measured with even odds, and with these frequencies too
 * @param relatedness which action units belong to which expressions, and how strongly
 * @param matching how distribution matching is taken
 * @param softEverywhere whether every face with labels of units is softly co-annotated
 *     (Behaviour4All, section 3; FaceBehaviorNet, section 3), rather than those without an
 *     expression alone
 * @param hardCoAnnotation whether faces of an expression get its units as labels where they have
 *     none, and faces with all units of an expression get that expression (FaceBehaviorNet, section
 *     3)
 * @param unitsSummed whether the units of a face are added up (Kollias and Zafeiriou, the unified
 *     framework, equation 5), rather than their mean taken (FaceBehaviorNet, equation 1)
 * @param affectPrior whether faces of an expression without labels of valence and arousal learn the
 *     place of the expression in the circumplex; never in one concordance with real labels
 */
public record BehaviourLosses(
    LossWeights weights,
    double smoothing,
    double balance,
    boolean evenOdds,
    Relatedness relatedness,
    Matching matching,
    boolean softEverywhere,
    boolean hardCoAnnotation,
    boolean unitsSummed,
    boolean affectPrior) {
  /**
   * How distribution matching is taken.
   *
   * @param form how predicted units are compared with those that the expressions imply
   * @param binary whether every unit of an expression is expected with certainty (Behaviour4All,
   *     equation 2), rather than with the fraction in the table
   * @param everywhere whether on all faces, as in the papers, rather than on those without labels
   *     of units
   * @param movesExpressions whether the expressions are drawn towards the units too
   */
  public record Matching(
      DistributionMatching.Form form,
      boolean binary,
      boolean everywhere,
      boolean movesExpressions) {}

  /**
   * Returns the usual settings.
   *
   * @param weights how much each part counts
   * @return labels smoothed by .1, expressions weighted by the power .3 of the inverse frequency;
   *     relatedness of Du et al. 2014; matching in the Bernoulli form, by fractions, on faces
   *     without labels of units, which moves units alone; soft co-annotation of faces without an
   *     expression; the circumplex where there are no labels of valence and arousal
   */
  public static BehaviourLosses usual(LossWeights weights) {
    return new BehaviourLosses(
        weights,
        .1,
        .3,
        false,
        Relatedness.du(),
        new Matching(DistributionMatching.Form.BERNOULLI, false, false, false),
        false,
        false,
        false,
        true);
  }

  /**
   * Returns the same with another coupling of the heads.
   *
   * @param coupling those parts that stay, and whether labels are co-annotated
   * @param table which units belong to which expressions
   * @return changed copy
   */
  public BehaviourLosses coupled(Coupling coupling, Relatedness table) {
    return new BehaviourLosses(
        weights.withCoupling(coupling),
        smoothing,
        balance,
        evenOdds,
        table,
        matching,
        softEverywhere,
        coupling == Coupling.HARD_CO_ANNOTATION,
        unitsSummed,
        affectPrior);
  }

  /** The settings, by name, as a run records them. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("loss", weights.toString());
    settings.put("label smoothing", String.valueOf(smoothing));
    settings.put("class balance", String.valueOf(balance));
    settings.put("relatedness", relatedness.name());
    settings.put("matching", matching.toString());
    settings.put("soft co-annotation everywhere", String.valueOf(softEverywhere));
    settings.put("hard co-annotation", String.valueOf(hardCoAnnotation));
    settings.put("units summed", String.valueOf(unitsSummed));
    settings.put("circumplex where affect is unknown", String.valueOf(affectPrior));
    return settings;
  }
}
