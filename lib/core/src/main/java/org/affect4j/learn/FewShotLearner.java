package org.affect4j.learn;

import java.util.List;
import org.affect4j.table.FaceTable;

/**
 * What {@link FewShotExperiment} measures: a way to learn classes from a few faces. The classifiers
 * of Tribuo are some ({@link ClassifierKind}); a caller's own takes the same shots and is judged by
 * the same faces.
 */
public interface FewShotLearner {
  /**
   * Returns the name as it stands in tables and legends.
   *
   * @return such as {@code "linear-svm"}
   */
  String label();

  /**
   * Learns from some faces and predicts others.
   *
   * @param training faces to learn from
   * @param test features of the faces to judge by, with the columns of the training faces
   * @param seed of the random numbers; the same seed gives the same predictions
   * @return one of the training faces' classes per row of {@code test}
   * @throws IllegalArgumentException if these faces cannot be learned from
   */
  List<String> learnAndPredict(LabelledFeatures training, FaceTable test, long seed);
}
