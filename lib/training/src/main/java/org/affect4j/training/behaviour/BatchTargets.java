package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.face.ValenceArousal;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.loss.HardCoAnnotation;
import org.affect4j.training.network.BehaviourHeads;

/**
 * Labels of a batch as arrays for the C classes and U units of a network, with masks, and those
 * that follow from other labels.
 */
final class BatchTargets {
  final NDArray shares;
  final NDArray normalised;
  final NDArray expressionOnly;
  final NDArray withoutUnits;
  final NDArray units;
  final NDArray unitMask;
  final NDArray labelledUnits;
  final NDArray softMask;
  final NDArray affect;
  final NDArray affectMask;
  final NDArray prior;
  final NDArray priorMask;

  private final BehaviourHeads heads;
  private final FaceBatch batch;

  /**
   * Fills the arrays.
   *
   * @param hard gives labels of one kind to faces of the other, if it is to do so
   * @param softEverywhere whether faces with an expression are softly co-annotated too
   */
  BatchTargets(
      FaceBatch batch,
      BehaviourHeads heads,
      Optional<HardCoAnnotation> hard,
      boolean softEverywhere,
      NDManager manager) {
    this.batch = batch;
    this.heads = heads;
    int n = batch.size();
    int classes = heads.classes().size();
    float[] weighted = new float[n * classes];
    float[] rows = new float[n * classes];
    float[] unlabelled = new float[n];
    float[] labelledByExpression = new float[n];
    float[] labelled = new float[n * ActionUnit.COUNT];
    float[] soft = new float[n * ActionUnit.COUNT];
    float[] ofUnits = new float[n * heads.units().size()];
    float[] known = new float[n * heads.units().size()];
    for (int face = 0; face < n; face++) {
      float share = fillExpression(face, weighted, rows);
      boolean any = false;
      for (int u = face * ActionUnit.COUNT; u < (face + 1) * ActionUnit.COUNT; u++) {
        boolean annotated = !Float.isNaN(batch.units()[u]);
        any |= annotated;
        labelled[u] = annotated ? batch.units()[u] : 0;
        soft[u] = annotated && (softEverywhere || share == 0) ? 1 : 0;
      }
      unlabelled[face] = any ? 0 : 1;
      labelledByExpression[face] = !any && share > 0 ? 1 : 0;
      fillUnits(face, ofUnits, known);
      if (hard.isPresent() && share > 0) {
        unitsOfExpression(face, hard.get(), ofUnits, known);
      } else if (hard.isPresent() && any) {
        expressionOfUnits(face, hard.get(), weighted);
      }
    }
    Shape perExpression = new Shape(n, classes);
    Shape perLabel = new Shape(n, ActionUnit.COUNT);
    Shape perUnit = new Shape(n, heads.units().size());
    shares = manager.create(weighted, perExpression);
    normalised = manager.create(rows, perExpression);
    expressionOnly = manager.create(labelledByExpression, new Shape(n));
    withoutUnits = manager.create(unlabelled, new Shape(n));
    units = manager.create(ofUnits, perUnit);
    unitMask = manager.create(known, perUnit);
    labelledUnits = manager.create(labelled, perLabel);
    softMask = manager.create(soft, perLabel);
    float[] position = new float[2 * n];
    float[] annotated = new float[2 * n];
    float[] implied = new float[2 * n];
    float[] implicit = new float[2 * n];
    for (int face = 0; face < n; face++) {
      fillAffect(face, position, annotated, implied, implicit);
    }
    Shape pair = new Shape(n, 2);
    affect = manager.create(position, pair);
    affectMask = manager.create(annotated, pair);
    prior = manager.create(implied, pair);
    priorMask = manager.create(implicit, pair);
  }

  /**
   * A label of valence and arousal, or where its expression lies in the circumplex, as far out as
   * it is strong and between several where raters disagree, or nothing.
   */
  private void fillAffect(
      int face, float[] position, float[] annotated, float[] implied, float[] implicit) {
    int at = 2 * face;
    if (!Float.isNaN(batch.affect()[at])) {
      position[at] = batch.affect()[at];
      position[at + 1] = batch.affect()[at + 1];
      annotated[at] = 1;
      annotated[at + 1] = 1;
      return;
    }
    float sum = basic(face);
    double strength = strength(face);
    for (int k = 0; sum > 0 && k < Expression.COUNT; k++) {
      ValenceArousal place = CircumplexPrior.of(Expression.ALL.get(k), strength);
      implied[at] += share(face, k) / sum * (float) place.valence();
      implied[at + 1] += share(face, k) / sum * (float) place.arousal();
    }
    implicit[at] = sum > 0 ? 1 : 0;
    implicit[at + 1] = implicit[at];
  }

  /** How much of its expression a face shows: its strongest unit, or all where none is known. */
  private double strength(int face) {
    return IntStream.range(face * ActionUnit.COUNT, (face + 1) * ActionUnit.COUNT)
        .mapToDouble(u -> batch.units()[u])
        .filter(unit -> !Double.isNaN(unit))
        .max()
        .orElse(1);
  }

  /** Weight of the basic expressions in the label of a face. */
  private float basic(int face) {
    float sum = 0;
    for (int k = 0; k < Expression.COUNT; k++) {
      sum += share(face, k);
    }
    return sum;
  }

  /** Share of one expression of the batch in a face's label. */
  private float share(int face, int expression) {
    return batch.expressions()[face * FaceBatch.CLASSES + expression];
  }

  /** The label of a face in the network's classes; gives its weight, 0 where there is none. */
  private float fillExpression(int face, float[] weighted, float[] rows) {
    int classes = heads.classes().size();
    float sum = 0;
    for (int c = 0; c < classes; c++) {
      weighted[face * classes + c] = share(face, heads.classes().get(c).ordinal());
      sum += weighted[face * classes + c];
    }
    for (int c = 0; sum > 0 && c < classes; c++) {
      rows[face * classes + c] = weighted[face * classes + c] / sum;
    }
    return sum;
  }

  private void fillUnits(int face, float[] values, float[] known) {
    int count = heads.units().size();
    for (int u = 0; u < count; u++) {
      float label = batch.units()[face * ActionUnit.COUNT + heads.units().get(u).ordinal()];
      known[face * count + u] = Float.isNaN(label) ? 0 : 1;
      values[face * count + u] = Float.isNaN(label) ? 0 : label;
    }
  }

  /** Units that have no label are active by their weight for the expression. */
  private void unitsOfExpression(int face, HardCoAnnotation hard, float[] values, float[] known) {
    int count = heads.units().size();
    float sum = basic(face);
    for (int u = 0; sum > 0 && u < count; u++) {
      double weight = 0;
      for (Expression expression : Expression.ALL) {
        weight +=
            share(face, expression.ordinal())
                / sum
                * hard.weights().weight(expression, heads.units().get(u));
      }
      if (known[face * count + u] == 0 && weight > 0) {
        values[face * count + u] = 1;
        known[face * count + u] = (float) weight;
      }
    }
  }

  private void expressionOfUnits(int face, HardCoAnnotation hard, float[] weighted) {
    Set<ActionUnit> active = EnumSet.noneOf(ActionUnit.class);
    for (ActionUnit unit : ActionUnit.ALL) {
      if (batch.units()[face * ActionUnit.COUNT + unit.ordinal()]
          >= EvaluationOptions.ACTIVE_FROM) {
        active.add(unit);
      }
    }
    hard.expression(active)
        .map(e -> heads.classes().indexOf(BehaviourHeads.SEVEN.get(e.ordinal())))
        .filter(c -> c >= 0)
        .ifPresent(c -> weighted[face * heads.classes().size() + c] = 1);
  }
}
