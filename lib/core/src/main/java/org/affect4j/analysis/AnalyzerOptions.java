package org.affect4j.analysis;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.Landmarks68Model;
import org.affect4j.detect.RefiningDetector;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.image.FaceAligner;
import org.affect4j.model.ModelPair;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.StoredModel;

/**
 * How photos are analysed.
 *
 * @param detector how faces are found
 * @param refining whether their landmarks are found again, more exactly, by a second network
 * @param headPose whether 68 landmarks are found too, from which head pose and the openness of the
 *     eyes are computed
 * @param affine whether faces are cut out by the affine transform of five of the 68 landmarks
 * @param behaviour how they are read
 * @param detectorModel the network that finds faces
 * @param behaviourModel the network that reads them
 * @param threads threads that one call may use, 1 or more; 1 computes on the calling thread, and
 *     the default number is a pool that all models of the process share
 */
public record AnalyzerOptions(
    DetectorOptions detector,
    boolean refining,
    boolean headPose,
    boolean affine,
    BehaviourOptions behaviour,
    StoredModel detectorModel,
    StoredModel behaviourModel,
    int threads) {
  /** Options that change no row. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("threads", "maximumBatch", "detectorModel", "behaviourModel", "prior");

  /** Options that stand in a record of earlier versions as if they were off. */
  private static final Set<String> NEW = Set.of("headPose", "affine");

  /** Checks the threads. */
  public AnalyzerOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("an analysis needs 1 thread or more, got " + threads);
    }
  }

  /**
   * Returns the defaults: the main pair of networks in single precision, and as many threads as the
   * machine has processors, but at most 4.
   *
   * @return the defaults
   */
  public static AnalyzerOptions defaults() {
    return new AnalyzerOptions(
        DetectorOptions.defaults(),
        false,
        false,
        false,
        BehaviourOptions.defaults(),
        StoredModel.bundled(ModelPair.FLOAT32.detector()),
        StoredModel.bundled(ModelPair.FLOAT32.behaviour()),
        Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Returns these options with other detector options.
   *
   * @param value how faces are found
   * @return changed copy
   */
  public AnalyzerOptions withDetector(DetectorOptions value) {
    return new AnalyzerOptions(
        value, refining, headPose, affine, behaviour, detectorModel, behaviourModel, threads);
  }

  /**
   * Returns these options with or without a second look at landmarks ({@link RefiningDetector}).
   * The behaviour networks learned from faces that were aligned without.
   *
   * @param value whether landmarks are refined
   * @return changed copy
   */
  public AnalyzerOptions withRefining(boolean value) {
    return new AnalyzerOptions(
        detector, value, headPose, affine, behaviour, detectorModel, behaviourModel, threads);
  }

  /**
   * Returns these options with or without 68 landmarks of each face ({@link Landmarks68Model}) and
   * what they tell: yaw, pitch and roll of the head and how open the eyes are. The behaviour is
   * read as before.
   *
   * @param value whether they are found
   * @return changed copy
   */
  public AnalyzerOptions withHeadPose(boolean value) {
    return new AnalyzerOptions(
        detector, refining, value, affine, behaviour, detectorModel, behaviourModel, threads);
  }

  /**
   * Returns these options with another way of cutting faces out: by the affine transform of five of
   * 68 landmarks, which makes a face that is turned aside wider ({@link FaceAligner#affine}), for
   * networks that learned so. The bundled ones did not.
   *
   * @param value whether by the affine transform; else by the similarity of the detector's five
   * @return changed copy
   */
  public AnalyzerOptions withAffine(boolean value) {
    return new AnalyzerOptions(
        detector, refining, headPose, value, behaviour, detectorModel, behaviourModel, threads);
  }

  /**
   * Returns these options with other behaviour options.
   *
   * @param value how faces are read
   * @return changed copy
   */
  public AnalyzerOptions withBehaviour(BehaviourOptions value) {
    return new AnalyzerOptions(
        detector, refining, headPose, affine, value, detectorModel, behaviourModel, threads);
  }

  /**
   * Returns these options with another prior of expressions.
   *
   * @param value how likely each expression is beforehand: {@link ExpressionPrior#EVEN} for
   *     zero-shot rules, and for faces that show each as often
   * @return changed copy
   */
  public AnalyzerOptions withPrior(ExpressionPrior value) {
    return withBehaviour(behaviour.withPrior(value));
  }

  /**
   * Returns these options with other bundled networks.
   *
   * @param value which of the bundled networks
   * @return changed copy
   */
  public AnalyzerOptions withModels(ModelPair value) {
    return withDetectorModel(StoredModel.bundled(value.detector()))
        .withBehaviourModel(StoredModel.bundled(value.behaviour()));
  }

  /**
   * Returns these options with another network that finds faces.
   *
   * @param value a bundled network or one of your own, of the kind {@link NetworkKind#DETECTOR}
   * @return changed copy
   */
  public AnalyzerOptions withDetectorModel(StoredModel value) {
    return new AnalyzerOptions(
        detector, refining, headPose, affine, behaviour, value, behaviourModel, threads);
  }

  /**
   * Returns these options with another network that reads faces.
   *
   * @param value a bundled network or one of your own, of the kind {@link NetworkKind#BEHAVIOUR}
   * @return changed copy
   */
  public AnalyzerOptions withBehaviourModel(StoredModel value) {
    return new AnalyzerOptions(
        detector, refining, headPose, affine, behaviour, detectorModel, value, threads);
  }

  /**
   * Returns these options with another number of threads.
   *
   * @param value 1 or more
   * @return changed copy
   */
  public AnalyzerOptions withThreads(int value) {
    return new AnalyzerOptions(
        detector, refining, headPose, affine, behaviour, detectorModel, behaviourModel, value);
  }

  /** What of these options changes a row. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    addOptions(this, settings);
    return settings;
  }

  /** Adds all components, so that no option that is added later is forgotten here. */
  private static void addOptions(Record options, Map<String, String> settings) {
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      if (WITHOUT_EFFECT.contains(component.getName())) {
        continue;
      }
      try {
        Object value = component.getAccessor().invoke(options);
        if (NEW.contains(component.getName()) && value.equals(false)) {
          continue;
        }
        if (value instanceof Record nested) {
          addOptions(nested, settings);
        } else {
          settings.put(component.getName(), String.valueOf(value));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("options are public records", e);
      }
    }
  }
}
