package org.affect4j.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.ValenceArousal;
import org.affect4j.model.BehaviourOutputs;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelException;

/** Turns the outputs of a network into what it read. */
final class BehaviourReader {
  private final BehaviourVocabulary vocabulary;
  private final Optional<ExpressionPrior> assumed;
  private final ExpressionPrior wanted;
  private final int embeddingLength;

  /** Names of the outputs, in order. */
  private final List<String> names;

  /**
   * Checks the outputs.
   *
   * @param prior how likely each expression is beforehand
   * @throws ModelException if one has another length than what the catalogue says of it
   */
  BehaviourReader(ImageNetwork network, ExpressionPrior prior) {
    vocabulary = BehaviourOutputs.vocabulary(network.entry());
    names = new ArrayList<>(network.entry().outputs().keySet());
    // A prior tells of the seven basic expressions and of no others.
    assumed = network.entry().expressionPrior().filter(own -> vocabulary.hasBasicClasses());
    wanted = prior;
    embeddingLength =
        names.contains(BehaviourOutputs.EMBEDDING) ? network.length(BehaviourOutputs.EMBEDDING) : 0;
    checkLength(network, BehaviourOutputs.EXPRESSION, vocabulary.classes().size());
    checkLength(network, BehaviourOutputs.ACTION_UNITS, vocabulary.units().size());
    checkLength(network, BehaviourOutputs.VALENCE_AROUSAL, 2);
    checkLength(network, BehaviourOutputs.CONTEMPT, 1);
    checkLength(network, BehaviourOutputs.EMBEDDING, Math.max(1, embeddingLength));
  }

  private void checkLength(ImageNetwork network, String output, int expected) {
    if (names.contains(output) && network.length(output) != expected) {
      throw new ModelException(
          "output '%s' of model '%s' has %d numbers for a face (-1: not fixed), expected %s"
              .formatted(
                  output,
                  network.entry().name(),
                  network.length(output),
                  network.entry().outputs().get(output)));
    }
  }

  BehaviourVocabulary vocabulary() {
    return vocabulary;
  }

  /** How likely the network takes each basic expression to be; empty if nobody knows. */
  Optional<ExpressionPrior> assumed() {
    return assumed;
  }

  int embeddingLength() {
    return embeddingLength;
  }

  /**
   * Averages the views of a face.
   *
   * @param outputs of the network, in the order of the catalogue
   * @param i the face; view v of it stands at i + v * n in the batch
   */
  Behaviour behaviour(List<float[]> outputs, int i, int n, int views) {
    double[] read = average(outputs, BehaviourOutputs.EXPRESSION, i, n, views, 0, 1);
    double[] affect = average(outputs, BehaviourOutputs.VALENCE_AROUSAL, i, n, views, -1, 1);
    double[] features =
        average(
            outputs, BehaviourOutputs.EMBEDDING, i, n, views, -Float.MAX_VALUE, Float.MAX_VALUE);
    float[] embedding = new float[features.length];
    for (int k = 0; k < embedding.length; k++) {
      embedding[k] = (float) features[k];
    }
    Behaviour behaviour =
        new Behaviour(
            vocabulary.withContempt(false),
            assumed.map(own -> wanted.adjust(read, own)).orElse(read),
            average(outputs, BehaviourOutputs.ACTION_UNITS, i, n, views, 0, 1),
            vocabulary.affect()
                ? Optional.of(new ValenceArousal(affect[0], affect[1]))
                : Optional.empty(),
            embedding);
    return vocabulary.contempt()
        ? behaviour.withContempt(average(outputs, BehaviourOutputs.CONTEMPT, i, n, views, 0, 1)[0])
        : behaviour;
  }

  /** Limits undo rounding, such as a probability of 1.0000001. */
  private double[] average(
      List<float[]> outputs, String name, int i, int n, int views, double low, double high) {
    int index = names.indexOf(name);
    if (index < 0) {
      return new double[0];
    }
    float[] output = outputs.get(index);
    int width = output.length / (n * views);
    double[] mean = new double[width];
    for (int k = 0; k < width; k++) {
      for (int v = 0; v < views; v++) {
        mean[k] += output[(i + v * n) * width + k];
      }
      mean[k] = Math.max(low, Math.min(high, mean[k] / views));
    }
    return mean;
  }
}
