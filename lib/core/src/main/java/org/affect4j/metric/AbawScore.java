package org.affect4j.metric;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * The multi-task score of the ABAW challenges (Kollias, ABAW 3 and later).
 *
 * @param cccValence concordance of valence, -1 to 1
 * @param cccArousal concordance of arousal, -1 to 1
 * @param expressionF1 macro F1 over the challenge's 8 expressions, 0 to 1
 * @param actionUnitF1 mean F1 over the challenge's 12 action units, 0 to 1
 */
public record AbawScore(
    double cccValence, double cccArousal, double expressionF1, double actionUnitF1)
    implements MetricResult {

  /**
   * Makes a score from evaluated tasks.
   *
   * @param valence concordance of valence
   * @param arousal concordance of arousal
   * @param expressions confusion of the challenge's 8 expressions
   * @param units scores of the challenge's 12 units
   * @return the score
   */
  public static AbawScore of(
      Concordance valence,
      Concordance arousal,
      ConfusionCounts expressions,
      ActionUnitScores units) {
    return new AbawScore(valence.ccc(), arousal.ccc(), expressions.macroF1(), units.meanF1());
  }

  /**
   * Returns {@code P_MTL = (CCC_v + CCC_a) / 2 + F1_expr + F1_au}.
   *
   * @return -1 to 3; NaN if any part is
   */
  public double multiTask() {
    return (cccValence + cccArousal) / 2 + expressionF1 + actionUnitF1;
  }

  /**
   * Returns the expression score of the 2020 and 2021 editions: {@code E_expr = 0.67 F1 + 0.33
   * accuracy}.
   *
   * @param expressions confusion of the edition's expressions
   * @return 0 to 1
   */
  public static double expressionScore(ConfusionCounts expressions) {
    return expressionScore(expressions.macroF1(), expressions.accuracy());
  }

  /**
   * Returns {@code E_expr = 0.67 F1 + 0.33 accuracy}.
   *
   * @param macroF1 0 to 1
   * @param accuracy 0 to 1
   * @return 0 to 1
   */
  public static double expressionScore(double macroF1, double accuracy) {
    return .67 * macroF1 + .33 * accuracy;
  }

  /**
   * Returns the action unit score of the 2020 and 2021 editions: {@code E_au = 0.5 F1 + 0.5
   * accuracy}. EmotioNet's challenge uses the same mean.
   *
   * @param units scores of the edition's units
   * @return 0 to 1
   */
  public static double actionUnitScore(ActionUnitScores units) {
    return actionUnitScore(units.meanF1(), units.meanAccuracy());
  }

  /**
   * Returns {@code E_au = 0.5 F1 + 0.5 accuracy}.
   *
   * @param meanF1 0 to 1
   * @param accuracy 0 to 1
   * @return 0 to 1
   */
  public static double actionUnitScore(double meanF1, double accuracy) {
    return .5 * meanF1 + .5 * accuracy;
  }

  @Override
  public Table table() {
    return Table.create(
        "ABAW multi-task score",
        DoubleColumn.create("p_mtl", multiTask()),
        DoubleColumn.create("ccc_valence", cccValence),
        DoubleColumn.create("ccc_arousal", cccArousal),
        DoubleColumn.create("expression_f1", expressionF1),
        DoubleColumn.create("action_unit_f1", actionUnitF1));
  }

  @Override
  public String toString() {
    return "P_MTL %.4f = (%.3f + %.3f) / 2 + %.3f + %.3f"
        .formatted(multiTask(), cccValence, cccArousal, expressionF1, actionUnitF1);
  }
}
