package org.affect4j.metric;

import java.util.function.ToDoubleFunction;

/** Every measure that this library reports: one line says what it is, one function computes it. */
public enum LabelMetrics {
  /** Share of right answers. */
  ACCURACY("accuracy", Evidence::accuracy),
  /** Share of right answers where a face that was not read counts as a wrong one. */
  ACCURACY_UNREAD_WRONG("accuracy, unread faces counted as wrong", Evidence::accuracy),
  /** Mean of the classes' F1. */
  MACRO_F1("macro F1", e -> e.counts().macroF1()),
  /** Mean of the classes' recall, which is called average accuracy too. */
  AVERAGE_RECALL("average recall", e -> e.counts().unweightedAverageRecall()),
  /** {@code 2 TP / (2 TP + FP + FN)} of a class or a unit. */
  F1("F1", Evidence::f1),
  /** {@code TP / (TP + FN)} of a class or a unit. */
  RECALL("recall", Evidence::recall),
  /** Share of the samples in which a unit is found, whatever the label. */
  SHARE_FOUND("share found", Evidence::shareFound),
  /** Probability that an active sample scores above an inactive one. */
  AREA_UNDER_CURVE("area under the curve", e -> BinaryScore.areaUnderCurve(e.truth(), e.found())),
  /** Half the sum of the absolute differences between stated and observed distribution. */
  TOTAL_VARIATION("total variation distance", Evidence::ofRaters),
  /** How often one rater says what most of the others say. */
  RATER_ACCURACY("accuracy of one rater", Evidence::ofRaters),
  /** Distance of stated probabilities from observed frequencies, in 15 bins. */
  CALIBRATION_ERROR("expected calibration error", Evidence::calibrationError),
  /** Pearson's correlation of a unit's probability with its strength. */
  STRENGTH_CORRELATION("correlation with strength", e -> e.concordance().pearson()),
  /** Concordance correlation coefficient. */
  CCC("CCC", e -> e.concordance().ccc()),
  /** Pearson's correlation. */
  PEARSON("Pearson", e -> e.concordance().pearson()),
  /** Root of the mean squared difference. */
  ROOT_MEAN_SQUARED_ERROR("root mean squared error", e -> Math.sqrt(e.concordance().mse())),
  /** Mean of the absolute differences. */
  MEAN_ABSOLUTE_ERROR("mean absolute error", e -> e.concordance().mae()),
  /** Share of samples whose sign is right. */
  SIGN_AGREEMENT("sign agreement", e -> e.concordance().signAgreement()),
  /** Difference between the groups of people that are read best and worst. */
  FAIRNESS_GAP("gap", Evidence::ofGroups),
  /** What a fairness gap is taken of, for one group. */
  GROUP_VALUE("value", Evidence::ofGroups);

  private final String label;
  private final ToDoubleFunction<Evidence> function;

  LabelMetrics(String label, ToDoubleFunction<Evidence> function) {
    this.label = label;
    this.function = function;
  }

  /**
   * Returns the name as it stands in tables and reports.
   *
   * @return such as {@code "macro F1"}
   */
  public String label() {
    return label;
  }

  double of(Evidence evidence) {
    return function.applyAsDouble(evidence);
  }

  /** What a measure is taken of: classes, one class, a yes-or-no question, or numbers. */
  interface Evidence {
    private IllegalStateException wrong(String what) {
      return new IllegalStateException("this measure needs " + what + ", got " + this);
    }

    /** What was taken for what. */
    default ConfusionCounts counts() {
      throw wrong("classes");
    }

    /** True values, NaN where there is none. */
    default double[] truth() {
      throw wrong("numbers");
    }

    /** Predicted values. */
    default double[] found() {
      throw wrong("numbers");
    }

    /** Annotated samples on both sides. */
    default Concordance concordance() {
      return Concordance.ofAnnotated(truth(), found());
    }

    default double accuracy() {
      return counts().accuracy();
    }

    default double f1() {
      throw wrong("a class or a unit");
    }

    default double recall() {
      throw wrong("a class or a unit");
    }

    default double shareFound() {
      throw wrong("a unit");
    }

    /** Audits of fairness compute these: they compare groups of people. */
    default double ofGroups() {
      throw wrong("groups of people");
    }

    /** Votes of raters are counted where they are known. */
    default double ofRaters() {
      throw wrong("votes");
    }

    default double calibrationError() {
      throw wrong("probabilities");
    }

    /** What has to be known to read a measure of this. */
    default String note() {
      return "";
    }
  }
}
