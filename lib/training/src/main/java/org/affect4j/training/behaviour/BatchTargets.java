package org.affect4j.training.behaviour;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.face.ValenceArousal;
import org.affect4j.training.batch.FaceBatch;

/** Labels of a batch as arrays, with masks, and those that follow from other labels. */
final class BatchTargets {
  final NDArray shares;
  final NDArray normalised;
  final NDArray expressionOnly;
  final NDArray withoutUnits;
  final NDArray units;
  final NDArray unitMask;
  final NDArray unitsOnlyMask;
  final NDArray affect;
  final NDArray affectMask;

  BatchTargets(FaceBatch batch, NDManager manager) {
    int n = batch.size();
    float[] ofUnits = batch.units().clone();
    float[] known = new float[ofUnits.length];
    float[] knownWithoutExpression = new float[ofUnits.length];
    float[] unlabelled = new float[n];
    float[] labelledByExpression = new float[n];
    float[] rows = batch.expressions().clone();
    float[] position = batch.affect().clone();
    float[] positionKnown = new float[position.length];
    for (int i = 0; i < n; i++) {
      float share = 0;
      for (int k = 0; k < Expression.COUNT; k++) {
        share += rows[i * Expression.COUNT + k];
      }
      for (int k = 0; share > 0 && k < Expression.COUNT; k++) {
        rows[i * Expression.COUNT + k] /= share;
      }
      boolean any = false;
      for (int u = i * ActionUnit.COUNT; u < (i + 1) * ActionUnit.COUNT; u++) {
        boolean annotated = !Float.isNaN(ofUnits[u]);
        any |= annotated;
        known[u] = annotated ? 1 : 0;
        knownWithoutExpression[u] = annotated && share == 0 ? 1 : 0;
        ofUnits[u] = annotated ? ofUnits[u] : 0;
      }
      unlabelled[i] = any ? 0 : 1;
      labelledByExpression[i] = !any && share > 0 ? 1 : 0;
      fillAffect(i, rows, share, position, positionKnown);
    }
    Shape perExpression = new Shape(n, Expression.COUNT);
    Shape perUnit = new Shape(n, ActionUnit.COUNT);
    shares = manager.create(batch.expressions(), perExpression);
    normalised = manager.create(rows, perExpression);
    expressionOnly = manager.create(labelledByExpression, new Shape(n));
    withoutUnits = manager.create(unlabelled, new Shape(n));
    units = manager.create(ofUnits, perUnit);
    unitMask = manager.create(known, perUnit);
    unitsOnlyMask = manager.create(knownWithoutExpression, perUnit);
    affect = manager.create(position, new Shape(n, 2));
    affectMask = manager.create(positionKnown, new Shape(n, 2));
  }

  /** A label of valence and arousal, or the circumplex position of the expression, or nothing. */
  private static void fillAffect(
      int face, float[] rows, float share, float[] position, float[] known) {
    int at = 2 * face;
    if (!Float.isNaN(position[at])) {
      known[at] = 1;
      known[at + 1] = 1;
      return;
    }
    position[at] = 0;
    position[at + 1] = 0;
    for (int k = 0; share > 0 && k < Expression.COUNT; k++) {
      ValenceArousal prior = CircumplexPrior.of(Expression.ALL.get(k));
      position[at] += rows[face * Expression.COUNT + k] * (float) prior.valence();
      position[at + 1] += rows[face * Expression.COUNT + k] * (float) prior.arousal();
    }
    known[at] = share > 0 ? 1 : 0;
    known[at + 1] = known[at];
  }
}
