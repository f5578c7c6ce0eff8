package org.affect4j.learn;

import java.util.List;
import java.util.Locale;
import org.affect4j.face.internal.Labels;
import org.affect4j.table.FaceTable;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.libsvm.LibSVMClassificationTrainer;
import org.tribuo.classification.libsvm.SVMClassificationType;
import org.tribuo.classification.libsvm.SVMClassificationType.SVMMode;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.nearest.KNNTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * Classifiers of Tribuo with fixed settings that suit few faces and standardised features. They are
 * starting points, not tuned ones: settings that were chosen by looking at the test faces would
 * make every figure a lie.
 */
public enum ClassifierKind implements FewShotLearner {
  /**
   * Multinomial logistic regression: 50 passes of AdaGrad with rate 0.1 in batches of 8; stopping
   * there is its only regularisation.
   */
  LOGISTIC_REGRESSION(true),
  /**
   * Linear support-vector machine (LibSVM, one against one); C is 3 over the number of features, so
   * that few and many standardised features are regularised alike.
   */
  LINEAR_SVM(true),
  /**
   * Support-vector machine with a radial kernel (LibSVM, one against one), C = 10 and gamma one
   * over the number of features.
   */
  RBF_SVM(true),
  /**
   * Vote of the nearest training faces by Euclidean distance: as many as the rarest class has, at
   * most 5.
   */
  NEAREST_NEIGHBOURS(false),
  /** 50 trees on resampled faces, each split seeing the square root of the features' number. */
  RANDOM_FOREST(false),
  /**
   * Gradient-boosted trees: 50 rounds of depth 3 at rate 0.3. Runs in native code, for x86-64 only;
   * on Linux it needs the library libgomp.
   */
  XGBOOST(false);

  private static final int MOST_NEIGHBOURS = 5;
  private static final int TREES = 50;

  private final boolean exportable;

  ClassifierKind(boolean exportable) {
    this.exportable = exportable;
  }

  /**
   * Tells whether prototypes of this kind can be written as ONNX; Tribuo has no ONNX form of the
   * others.
   *
   * @return true for the linear and kernel classifiers
   */
  public boolean exportsToOnnx() {
    return exportable;
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public List<String> learnAndPredict(LabelledFeatures training, FaceTable test, long seed) {
    return FeatureClassifier.train(this, training, seed).predict(test);
  }

  /**
   * Finds a classifier by its label.
   *
   * @param label such as {@code "linear-svm"}
   * @return the classifier
   * @throws IllegalArgumentException if there is none of this name
   */
  public static ClassifierKind ofLabel(String label) {
    return Labels.find("classifier", label, values(), ClassifierKind::label);
  }

  /**
   * Makes a new trainer.
   *
   * @param features how many numbers a face has
   * @param rarest faces of the rarest class
   * @param seed of the random numbers
   */
  Trainer<Label> trainer(int features, int rarest, long seed) {
    return switch (this) {
      case LOGISTIC_REGRESSION ->
          new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(.1), 50, -1, 8, seed);
      case LINEAR_SVM -> svm(KernelType.LINEAR, 3.0 / features, 1, seed);
      case RBF_SVM -> svm(KernelType.RBF, 10, 1.0 / features, seed);
      case NEAREST_NEIGHBOURS ->
          new KNNTrainer<>(
              Math.min(MOST_NEIGHBOURS, rarest),
              new L2Distance(),
              1,
              new VotingCombiner(),
              KNNModel.Backend.STREAMS,
              NeighboursQueryFactoryType.BRUTE_FORCE);
      case RANDOM_FOREST ->
          new RandomForestTrainer<>(
              new CARTClassificationTrainer(
                  Integer.MAX_VALUE,
                  2,
                  0,
                  (float) (1 / Math.sqrt(features)),
                  new GiniIndex(),
                  seed),
              new VotingCombiner(),
              TREES,
              seed);
      case XGBOOST -> new XGBoostClassificationTrainer(50, .3, 0, 3, 0, 1, 1, 1, 0, 1, true, seed);
    };
  }

  private static Trainer<Label> svm(KernelType kernel, double cost, double gamma, long seed) {
    SVMParameters<Label> parameters =
        new SVMParameters<>(new SVMClassificationType(SVMMode.C_SVC), kernel);
    parameters.setCost(cost);
    parameters.setGamma(gamma);
    return new LibSVMClassificationTrainer(parameters, seed);
  }
}
