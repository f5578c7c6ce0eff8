package org.affect4j.synthesis.facs;

import static org.affect4j.synthesis.facs.FacsUnit.AU05;
import static org.affect4j.synthesis.facs.FacsUnit.AU07;
import static org.affect4j.synthesis.facs.FacsUnit.AU09;
import static org.affect4j.synthesis.facs.FacsUnit.AU10;
import static org.affect4j.synthesis.facs.FacsUnit.AU11;
import static org.affect4j.synthesis.facs.FacsUnit.AU12;
import static org.affect4j.synthesis.facs.FacsUnit.AU15;
import static org.affect4j.synthesis.facs.FacsUnit.AU17;
import static org.affect4j.synthesis.facs.FacsUnit.AU18;
import static org.affect4j.synthesis.facs.FacsUnit.AU20;
import static org.affect4j.synthesis.facs.FacsUnit.AU22;
import static org.affect4j.synthesis.facs.FacsUnit.AU23;
import static org.affect4j.synthesis.facs.FacsUnit.AU24;
import static org.affect4j.synthesis.facs.FacsUnit.AU25;
import static org.affect4j.synthesis.facs.FacsUnit.AU26;
import static org.affect4j.synthesis.facs.FacsUnit.AU27;
import static org.affect4j.synthesis.facs.FacsUnit.AU43;
import static org.affect4j.synthesis.facs.FacsUnit.AU45;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rules for combinations that bodies cannot make, or that the blendshapes cannot show, applied
 * in this order. What a rule changes is changed in the labels too, so that labels stay true.
 */
public enum ConflictRule {
  /** Mouth stretch is a stronger jaw drop: AU27 takes the place of AU26. */
  STRETCH_REPLACES_DROP(a -> a.intensity(AU27) > 0 ? a.scaled(AU26, 0) : a),

  /**
   * Lips that are tightened or pressed (AU23 or AU24 above .05) stay together: no AU25, AU26, AU27.
   * FACS allows AU23 with parted lips; our shape for AU23 rolls the lips in and cannot show it.
   */
  PRESSED_LIPS_STAY_TOGETHER(
      a ->
          a.intensity(AU23) > .05 || a.intensity(AU24) > .05
              ? a.scaled(AU25, 0).scaled(AU26, 0).scaled(AU27, 0)
              : a),

  /** A raised chin (AU17 above .3) holds the jaw: no AU26. */
  RAISED_CHIN_HOLDS_JAW(a -> a.intensity(AU17) > .3 ? a.scaled(AU26, 0) : a),

  /**
   * A dropped jaw (AU26 or AU27 above .1) parts the lips by at least .3 + .4 times its intensity.
   */
  DROPPED_JAW_PARTS_LIPS(
      a -> {
        double jaw = Math.max(a.intensity(AU26), a.intensity(AU27));
        double least = .3 + .4 * jaw;
        return jaw > .1 && a.intensity(AU25) < least ? a.with(AU25, least) : a;
      }),

  /** Closed eyes (AU43 or AU45 above .3) neither widen nor squint: no AU05; AU07 is at most .2. */
  CLOSED_EYES(
      a ->
          a.intensity(AU43) > .3 || a.intensity(AU45) > .3
              ? a.scaled(AU05, 0).scaled(AU07, Math.min(1, .2 / Math.max(.2, a.intensity(AU07))))
              : a),

  /** Lids cannot widen and tighten (AU05 and AU07 above .2): the weaker keeps a fifth. */
  LIDS_WIDEN_OR_TIGHTEN(
      a ->
          a.intensity(AU05) > .2 && a.intensity(AU07) > .2
              ? a.scaled(a.intensity(AU05) < a.intensity(AU07) ? AU05 : AU07, .2)
              : a),

  /** Lip corners go up or down (AU12 and AU15 above .4): AU15 keeps two fifths. */
  CORNERS_UP_OR_DOWN(
      a -> a.intensity(AU12) > .4 && a.intensity(AU15) > .4 ? a.scaled(AU15, .4) : a),

  /** A strong smile leaves little to stretch (AU12 and AU20 above .4): AU20 keeps two fifths. */
  SMILE_LIMITS_STRETCH(
      a -> a.intensity(AU12) > .4 && a.intensity(AU20) > .4 ? a.scaled(AU20, .4) : a),

  /** Stretched lips cannot tighten (AU20 and AU23 above .3): AU23 keeps three tenths. */
  STRETCH_LIMITS_TIGHTENER(
      a -> a.intensity(AU20) > .3 && a.intensity(AU23) > .3 ? a.scaled(AU23, .3) : a),

  /** Lips drawn sideways cannot protrude (AU12 or AU20 above .4): AU18 and AU22 keep two fifths. */
  SIDEWAYS_LIMITS_PROTRUSION(
      a ->
          a.intensity(AU12) > .4 || a.intensity(AU20) > .4
              ? a.scaled(AU18, .4).scaled(AU22, .4)
              : a),

  /** The three raisers of the upper lip share its travel: AU09 + AU10 + AU11 is at most 1.3. */
  UPPER_LIP_TRAVEL(
      a -> {
        double sum = a.intensity(AU09) + a.intensity(AU10) + a.intensity(AU11);
        double k = 1.3 / sum;
        return sum > 1.3 ? a.scaled(AU09, k).scaled(AU10, k).scaled(AU11, k) : a;
      });

  private static final List<ConflictRule> ALL = List.of(values());

  private final UnaryOperator<FacialAction> rule;

  ConflictRule(UnaryOperator<FacialAction> rule) {
    this.rule = rule;
  }

  /**
   * Applies this rule alone.
   *
   * @param action an action
   * @return the action, changed where the rule speaks
   */
  public FacialAction apply(FacialAction action) {
    return rule.apply(action);
  }

  /**
   * Applies all rules in order.
   *
   * @param action any action
   * @return an action that a face can make
   */
  public static FacialAction resolve(FacialAction action) {
    FacialAction resolved = action;
    for (ConflictRule r : ALL) {
      resolved = r.apply(resolved);
    }
    return resolved;
  }
}
