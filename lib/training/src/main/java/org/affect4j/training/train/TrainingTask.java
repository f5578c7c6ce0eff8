package org.affect4j.training.train;

import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.Optional;
import org.affect4j.training.network.NetworkBlock;

/**
 * What a network is trained for: its batches, its loss, its validation.
 *
 * @param <B> a batch
 */
public interface TrainingTask<B> {
  /**
   * Says everything that decides the numbers besides the trainer's options, one thing per entry: a
   * run is only continued with the same settings.
   *
   * @return settings by name, such as the data with checksums
   */
  Map<String, String> settings();

  /**
   * Returns how many batches an epoch has.
   *
   * @return 1 or more
   */
  int stepsPerEpoch();

  /**
   * Makes a batch; called for one batch at a time, ahead of its use, on another thread.
   *
   * @param epoch 0 for the first
   * @param step 0 to {@link #stepsPerEpoch()} - 1
   * @return the batch, which depends on nothing but epoch and step
   */
  B load(int epoch, int step);

  /**
   * Returns how many samples a batch has.
   *
   * @param batch a batch
   * @return 1 or more
   */
  int size(B batch);

  /**
   * Says what is in a batch, for messages.
   *
   * @param batch a batch
   * @return a few words
   */
  String describe(B batch);

  /**
   * Computes the loss of a batch while gradients are recorded.
   *
   * @param network the network in training
   * @param batch the batch
   * @param manager owner of all arrays of this step
   * @return the loss and its terms
   */
  StepLoss loss(NetworkBlock network, B batch, NDManager manager);

  /**
   * Computes the loss of a batch and adds its gradients, if it is finite, to those there are.
   *
   * @param network the network in training
   * @param batch a batch
   * @param manager owner of arrays that last until the end of the step
   * @param gradients collects them
   * @param seed what the engine drew from before this call, for those that begin anew
   * @return the loss and its terms
   */
  default StepLoss differentiate(
      NetworkBlock network, B batch, NDManager manager, GradientCollector gradients, long seed) {
    StepLoss loss = loss(network, batch, manager);
    if (loss.isFinite()) {
      gradients.backward(loss.total());
    }
    return loss;
  }

  /**
   * Measures a network.
   *
   * @param network the network, not in training
   * @return figures by name; among them {@link #monitored()}, if there is one
   */
  Map<String, Double> validate(NetworkBlock network);

  /**
   * Names the figure by which the best epoch is chosen. It must come from data that nothing is
   * reported on.
   *
   * @return name of a figure that is better the larger it is; empty to take the last epoch
   */
  Optional<String> monitored();
}
