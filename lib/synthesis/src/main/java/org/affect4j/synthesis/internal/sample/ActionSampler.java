package org.affect4j.synthesis.internal.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.affect4j.synthesis.facs.ConflictRule;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.facs.Gaze;
import org.affect4j.synthesis.facs.Side;
import org.affect4j.synthesis.internal.common.RandomStream;

/**
 * Draws what faces do: prototypes by the table of Du, Tao and Martinez (PNAS 2014), and
 * combinations of units at random. Immutable and thread-safe.
 */
public final class ActionSampler {
  /** Rule of a face at rest. */
  public static final String REST = "rest: no unit or one trace below .15";

  /** Rule of a prototype. */
  public static final String DU =
      "Du et al. 2014: all prototypical units and observational units by their fraction";

  /** Rule of a smile without teeth, which Du's table does not hold but photographs do. */
  public static final String CLOSED_SMILE = "Du et al. 2014 without AU25: smile with closed lips";

  /** Rule of a random combination. */
  public static final String RANDOM = "units drawn at random";

  private static final List<String> HABITS =
      List.of(
          "jawLeft",
          "jawRight",
          "mouthLeft",
          "mouthRight",
          "jawForward",
          "cheekPuff_L",
          "cheekPuff_R");

  private final Relatedness table = Relatedness.du();

  /** Makes a sampler over the table of Du et al. */
  public ActionSampler() {}

  /**
   * What a face is asked to do.
   *
   * @param expression label in words, empty where units were drawn at random
   * @param action the units, after the conflict rules
   * @param rule how it was made
   */
  public record Drawn(Optional<String> expression, FacialAction action, String rule) {}

  /**
   * Draws a basic expression.
   *
   * @param expression any of the seven
   * @param random the face's own stream
   * @return units and rule
   */
  public Drawn basic(Expression expression, RandomStream random) {
    if (expression == Expression.NEUTRAL) {
      FacialAction rest = FacialAction.neutral();
      if (random.chance(.3)) {
        rest = rest.with(FacsUnit.of(random.choose(ActionUnit.ALL)), random.between(0, .15));
      }
      return new Drawn(Optional.of("neutral"), ConflictRule.resolve(rest), REST);
    }
    Drawn drawn = category(CompoundExpression.of(expression), random);
    if (expression == Expression.HAPPINESS && random.chance(.25)) {
      FacialAction closed =
          drawn.action.with(FacsUnit.AU25, 0).with(FacsUnit.AU26, 0).with(FacsUnit.AU27, 0);
      return new Drawn(drawn.expression, ConflictRule.resolve(closed), CLOSED_SMILE);
    }
    return drawn;
  }

  /**
   * Draws one of the 21 categories: intensities from .25 to 1, all scaled by one strength, so that
   * weak and strong expressions occur.
   *
   * @param category any of the 21
   * @param random the face's own stream
   * @return units and rule
   */
  public Drawn category(CompoundExpression category, RandomStream random) {
    double strength = random.between(.6, 1);
    FacialAction action = FacialAction.neutral();
    for (ActionUnit unit : table.prototypical(category)) {
      action = action.with(FacsUnit.of(unit), Math.max(.25, random.between(.5, 1) * strength));
    }
    for (ActionUnit unit : table.observational(category)) {
      if (random.chance(table.weight(category, unit))) {
        action = action.with(FacsUnit.of(unit), Math.max(.15, random.between(.35, .9) * strength));
      }
    }
    // An observational unit must not undo a prototypical one by a conflict rule.
    if (table.prototypical(category).contains(ActionUnit.AU25)) {
      action = action.with(FacsUnit.AU23, 0).with(FacsUnit.AU24, 0);
    }
    return new Drawn(Optional.of(category.label()), ConflictRule.resolve(action), DU);
  }

  /**
   * Draws one to five units at random, each at .1 to 1, now and then on one side only, and now and
   * then with one of the units that are not labelled.
   *
   * @param random the face's own stream
   * @return units and rule
   */
  public Drawn random(RandomStream random) {
    int count = 1 + random.choose(.2, .3, .25, .15, .1);
    List<ActionUnit> units = new ArrayList<>(ActionUnit.ALL);
    FacialAction action = FacialAction.neutral();
    for (int i = 0; i < count; i++) {
      FacsUnit unit = FacsUnit.of(units.remove(random.below(units.size())));
      Side side =
          unit.hasSides() && random.chance(.1)
              ? random.chance(.5) ? Side.LEFT : Side.RIGHT
              : Side.BOTH;
      action = action.with(unit, side, random.between(.1, 1));
    }
    if (random.chance(.12)) {
      List<FacsUnit> others =
          List.of(FacsUnit.AU14, FacsUnit.AU16, FacsUnit.AU18, FacsUnit.AU22, FacsUnit.AU27);
      action = action.with(random.choose(others), random.between(.1, .8));
    }
    return new Drawn(Optional.empty(), ConflictRule.resolve(action), RANDOM);
  }

  /**
   * Adds what every face does beside its expression: small differences between the sides, and a
   * blink in one of 25 faces.
   *
   * @param action the expression
   * @param random the face's own stream
   * @return the lived-in action
   */
  public FacialAction livedIn(FacialAction action, RandomStream random) {
    FacialAction result = action;
    for (FacsUnit unit : FacsUnit.ALL) {
      if (unit.hasSides() && action.intensity(unit) > 0) {
        double lean = random.gaussian(.06, .15);
        result =
            result
                .with(unit, Side.LEFT, clamp(action.left(unit) * (1 + lean)))
                .with(unit, Side.RIGHT, clamp(action.right(unit) * (1 - lean)));
      }
    }
    if (random.chance(.04)) {
      result = result.with(FacsUnit.AU45, random.chance(.5) ? 1 : random.between(.3, .9));
    }
    return ConflictRule.resolve(result);
  }

  private static double clamp(double v) {
    return Math.max(0, Math.min(1, v));
  }

  /**
   * Draws where the eyes look; mostly near the camera.
   *
   * @param random the face's own stream
   * @return the gaze
   */
  public Gaze gaze(RandomStream random) {
    return new Gaze(random.gaussian(.28, .9), random.gaussian(.18, .6));
  }

  /**
   * Draws postures of jaw and mouth that no labelled unit speaks of.
   *
   * @param random the face's own stream
   * @return weights of blendshapes, mostly none
   */
  public Map<String, Double> habits(RandomStream random) {
    Map<String, Double> habits = new LinkedHashMap<>();
    for (String name : HABITS) {
      if (random.chance(.06)) {
        habits.put(name, random.between(0, .25));
      }
    }
    return habits;
  }
}
