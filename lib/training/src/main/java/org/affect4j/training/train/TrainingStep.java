package org.affect4j.training.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.train.internal.AdamW;

/**
 * One step of training: loss, gradients, optimiser, moving average. All arrays of a step are freed
 * when it ends.
 *
 * @param <B> a batch of the task
 */
final class TrainingStep<B> {
  /** Name of the loss among the values of a step. */
  static final String LOSS = "loss";

  /** Name of the gradient's norm among the values of a step. */
  static final String NORM = "gradient_norm";

  private final TrainingTask<B> task;
  private final NetworkBlock network;
  private final AdamW optimiser;
  private final Optional<SharpnessAware> ascent;
  private final WeightAverage averaging;
  private final NDManager manager;

  TrainingStep(
      TrainingTask<B> task,
      NetworkBlock network,
      NetworkBlock average,
      TrainerOptions options,
      NDManager manager) {
    this.task = task;
    this.network = network;
    this.manager = manager;
    Map<String, Parameter> all = parameters(network);
    Map<String, Parameter> trained = new LinkedHashMap<>(all);
    trained.values().removeIf(p -> !p.requiresGradient());
    this.optimiser = new AdamW(trained, options.weightDecay(), options.mostGradientNorm(), manager);
    this.ascent =
        options.sharpnessRadius() > 0
            ? Optional.of(new SharpnessAware(trained, options.sharpnessRadius()))
            : Optional.empty();
    Map<String, Parameter> changing = new LinkedHashMap<>(all);
    changing.keySet().removeIf(network::isFrozen);
    Map<String, Parameter> means = parameters(average);
    means.keySet().retainAll(changing.keySet());
    this.averaging = new WeightAverage(changing, means, options.averageDecay());
  }

  static Map<String, Parameter> parameters(NetworkBlock network) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    network.getDirectParameters().forEach(p -> parameters.put(p.getKey(), p.getValue()));
    return parameters;
  }

  AdamW optimiser() {
    return optimiser;
  }

  /**
   * Takes one step. Where loss or norm is no finite number the weights stay as they are, and the
   * running statistics of normalisation are lost.
   *
   * @param batch the batch
   * @param number 1 for the first step of the run
   * @param rate the learning rate
   * @param seed what dropout draws from
   * @return loss, its terms, and the norm of the gradient, by name
   */
  Map<String, Double> take(B batch, long number, double rate, long seed) {
    Map<String, Double> values = new LinkedHashMap<>();
    try (NDManager scratch = manager.newSubManager()) {
      differentiate(batch, seed, values);
      if (ascent.isPresent() && Double.isFinite(values.get(LOSS))) {
        Map<String, NDArray> before = ascent.get().climb(scratch);
        Map<String, Double> above = new LinkedHashMap<>();
        differentiate(batch, seed, above);
        ascent.get().undo(before);
        values.merge(LOSS, above.get(LOSS), (here, there) -> Double.isFinite(there) ? here : there);
      }
    }
    if (!Double.isFinite(values.get(LOSS))) {
      return values;
    }
    double norm = optimiser.step(number, rate);
    values.put(NORM, norm);
    if (Double.isFinite(norm)) {
      averaging.step(number);
    }
    return values;
  }

  /** Computes the loss and adds its gradients, if it is finite, to those there are. */
  private void differentiate(B batch, long seed, Map<String, Double> values) {
    Engine engine = Engine.getInstance();
    engine.setRandomSeed((int) seed & Integer.MAX_VALUE);
    try (NDManager scratch = manager.newSubManager();
        GradientCollector gradients = engine.newGradientCollector()) {
      StepLoss loss = task.differentiate(network, batch, scratch, gradients, seed);
      values.put(LOSS, (double) loss.total().getFloat());
      loss.terms().forEach((name, term) -> values.put(LOSS + "_" + name, (double) term.getFloat()));
    }
  }
}
