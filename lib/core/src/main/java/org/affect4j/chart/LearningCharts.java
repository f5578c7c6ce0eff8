package org.affect4j.chart;

import org.affect4j.learn.LearningCurves;

/** Pictures of what {@code org.affect4j.learn} measures; {@link Charts} need not know of it. */
public final class LearningCharts {
  private LearningCharts() {}

  /**
   * Draws what few faces teach: average accuracy over the number of faces per class, with the
   * intervals of {@link LearningCurves}, and a level line for each baseline.
   *
   * @param title heading
   * @param curves measured curves
   * @return the chart; faces per class on a logarithmic axis, accuracy on one that fits the curves
   */
  public static Picture learningCurves(String title, LearningCurves curves) {
    return new Curves.Lines(
            title,
            "training faces per class (logarithmic)",
            "average accuracy",
            curves.series(),
            Double.NaN,
            Double.NaN,
            true)
        .picture();
  }
}
