package org.affect4j.synthesis.internal.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.affect4j.synthesis.facs.ConflictRule;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.facs.Gaze;
import org.affect4j.synthesis.facs.UnitTable;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;

/**
 * Turns action units into blendshape weights on one face model. Immutable and thread-safe.
 *
 * <p>Units add up linearly by the table. The lips are then parted (or held together) until the gap
 * between the inner lips of the mesh is what AU25 asks for: {@code gap = gap at rest + 0.95 cm *
 * intensity}. The gap is that of the model's mean person; identity modes leave it as it is.
 */
public final class ShapeSolver {
  private static final double FULL_GAP_CM = .95;
  private static final double GAP_TOLERANCE_CM = .03;
  private static final double MAXIMUM_OPENING = 1.6;
  private static final double MAXIMUM_HOLD = .30;
  private static final double MAXIMUM_CLOSE = .06;
  private static final double TOUCHING_SHARE = .2;
  private static final int UPPER_LIP = 62;
  private static final int LOWER_LIP = 66;
  private static final float LEAST_WEIGHT = -1;
  private static final float GREATEST_WEIGHT = 1.6f;

  private record Term(int blendshape, double weight, boolean left, boolean right) {}

  private final List<List<Term>> terms = new ArrayList<>();
  private final List<Term> opening;
  private final List<Term> closure;
  private final List<Term> rest;
  private final double[] gapPerShape;
  private final double gapAtRest;
  private final double gapPerOpening;
  private final int holdShape;
  private final int closeShape;
  private final int shapes;
  private final List<String> names;

  /**
   * Prepares a solver.
   *
   * @param geometry the face model
   * @param table the table of units
   * @throws IllegalArgumentException if the model lacks a blendshape of the table
   */
  public ShapeSolver(FaceGeometry geometry, UnitTable table) {
    names = geometry.blendshapes();
    shapes = names.size();
    for (FacsUnit unit : FacsUnit.ALL) {
      terms.add(terms(table.rows(unit)));
    }
    opening = terms(table.opening());
    closure = terms(table.closure());
    rest = terms(table.rest());
    gapPerShape = new double[shapes];
    int upper = geometry.landmark(UPPER_LIP);
    int lower = geometry.landmark(LOWER_LIP);
    for (int k = 0; k < shapes; k++) {
      int[] moved = geometry.movedVertices(k);
      float[] by = geometry.movements(k);
      for (int i = 0; i < moved.length; i++) {
        if (moved[i] == upper) {
          gapPerShape[k] += by[3 * i + 1];
        } else if (moved[i] == lower) {
          gapPerShape[k] -= by[3 * i + 1];
        }
      }
    }
    gapAtRest = geometry.neutral(upper, 1) - geometry.neutral(lower, 1);
    double sum = 0;
    for (Term t : opening) {
      sum += t.weight * gapPerShape[t.blendshape];
    }
    gapPerOpening = sum;
    holdShape = names.indexOf("mouthShrugUpper");
    closeShape = names.indexOf("mouthClose");
  }

  private List<Term> terms(List<UnitTable.Row> rows) {
    List<Term> found = new ArrayList<>();
    for (UnitTable.Row row : rows) {
      int whole = names.indexOf(row.blendshape());
      int left = names.indexOf(row.blendshape() + "_L");
      int right = names.indexOf(row.blendshape() + "_R");
      if (whole >= 0) {
        found.add(new Term(whole, row.weight(), true, true));
      } else if (left >= 0 && right >= 0) {
        found.add(new Term(left, row.weight(), true, false));
        found.add(new Term(right, row.weight(), false, true));
      } else {
        throw new IllegalArgumentException(
            "the face model has no blendshape '" + row.blendshape() + "'; it has " + names);
      }
    }
    return found;
  }

  /**
   * Returns the shape of an action with the eyes straight ahead.
   *
   * @param action what the face is asked to do; the conflict rules are applied to it
   * @return the shape and what it truly shows
   */
  public FaceShape solve(FacialAction action) {
    return solve(action, Gaze.AHEAD, Map.of());
  }

  /**
   * Returns the shape of an action.
   *
   * @param action what the face is asked to do; the conflict rules are applied to it
   * @param gaze where the eyes look
   * @param habits weights of further blendshapes that no labelled unit speaks of, such as {@code
   *     jawLeft}: a person's posture
   * @return the shape and what it truly shows
   * @throws IllegalArgumentException if a habit names no blendshape of the model
   */
  public FaceShape solve(FacialAction action, Gaze gaze, Map<String, Double> habits) {
    FacialAction resolved = ConflictRule.resolve(action);
    double[] w = new double[shapes];
    for (Term t : rest) {
      w[t.blendshape] +=
          t.weight
              * Math.min(t.left ? open(resolved::left) : 1, t.right ? open(resolved::right) : 1);
    }
    for (FacsUnit unit : FacsUnit.ALL) {
      double left = resolved.left(unit);
      double right = resolved.right(unit);
      if (left > 0 || right > 0) {
        for (Term t : terms.get(unit.ordinal())) {
          double v = t.left && t.right ? Math.max(left, right) : t.left ? left : right;
          w[t.blendshape] += t.weight * v;
        }
      }
    }
    look(w, gaze);
    habits.forEach(
        (name, weight) -> {
          int k = names.indexOf(name);
          if (k < 0) {
            throw new IllegalArgumentException(
                "the face model has no blendshape '" + name + "'; it has " + names);
          }
          w[k] += weight;
        });
    setLips(w, resolved);
    float[] weights = new float[shapes];
    for (int k = 0; k < shapes; k++) {
      weights[k] = (float) Math.min(GREATEST_WEIGHT, Math.max(LEAST_WEIGHT, w[k]));
    }
    double gap = gap(weights);
    double part = (gap - gapAtRest - GAP_TOLERANCE_CM) / FULL_GAP_CM;
    part = Math.min(1, Math.max(0, part));
    return new FaceShape(
        weights, resolved.with(FacsUnit.AU25, part), gap > TOUCHING_SHARE * gapAtRest, false);
  }

  /** How far the eye of a side is from closed. */
  private static double open(ToDoubleFunction<FacsUnit> side) {
    return 1 - Math.max(side.applyAsDouble(FacsUnit.AU43), side.applyAsDouble(FacsUnit.AU45));
  }

  private void look(double[] w, Gaze gaze) {
    double left = Math.max(0, gaze.leftward());
    double right = Math.max(0, -gaze.leftward());
    add(w, "eyeLookOut_L", left);
    add(w, "eyeLookIn_R", left);
    add(w, "eyeLookIn_L", right);
    add(w, "eyeLookOut_R", right);
    double up = Math.max(0, gaze.upward());
    // The sculpted look down closes the lid much further than a glance does.
    double down = .6 * Math.max(0, -gaze.upward());
    add(w, "eyeLookUp_L", up);
    add(w, "eyeLookUp_R", up);
    add(w, "eyeLookDown_L", down);
    add(w, "eyeLookDown_R", down);
  }

  private void add(double[] w, String name, double weight) {
    int k = names.indexOf(name);
    if (k >= 0) {
      w[k] += weight;
    }
  }

  private void setLips(double[] w, FacialAction a) {
    double part = a.intensity(FacsUnit.AU25);
    boolean pressed = a.intensity(FacsUnit.AU23) + a.intensity(FacsUnit.AU24) >= .05;
    if (!pressed) {
      double share = 1 - Math.min(1, 4 * part);
      for (Term t : closure) {
        w[t.blendshape] += t.weight * share;
      }
    }
    double gap = gapAtRest;
    for (int k = 0; k < shapes; k++) {
      gap += gapPerShape[k] * w[k];
    }
    double wanted = gapAtRest + FULL_GAP_CM * part;
    if (gap < wanted && part > 0) {
      double k = Math.min(MAXIMUM_OPENING, (wanted - gap) / gapPerOpening);
      for (Term t : opening) {
        w[t.blendshape] += k * t.weight;
      }
    } else if (part == 0 && gap > gapAtRest && holdShape >= 0) {
      // Raisers of the upper lip part the lips of the mesh though nobody asked for it.
      double hold = Math.min(MAXIMUM_HOLD, (gap - gapAtRest) / gapPerShape[holdShape]);
      w[holdShape] -= hold;
      double left = gap - gapAtRest - hold * gapPerShape[holdShape];
      if (left > 0 && closeShape >= 0) {
        w[closeShape] += Math.min(MAXIMUM_CLOSE, -left / gapPerShape[closeShape]);
      }
    }
  }

  private double gap(float[] w) {
    double gap = gapAtRest;
    for (int k = 0; k < shapes; k++) {
      gap += gapPerShape[k] * w[k];
    }
    return gap;
  }
}
