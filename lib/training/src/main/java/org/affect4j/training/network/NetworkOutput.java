package org.affect4j.training.network;

/**
 * A result of a network. Losses are computed from the node's own values, as logarithms of
 * probabilities lose digits; the exported network applies the function too.
 *
 * @param name name of the output in the exported file, such as {@code expression}
 * @param node name of the node
 * @param function what the exported network does with the values last
 */
public record NetworkOutput(String name, String node, Function function) {
  /** The last step of an exported network. */
  public enum Function {
    /** The values as they are. */
    NONE,
    /** Probabilities that sum to 1 along the last axis. */
    SOFTMAX,
    /** A probability for each value. */
    SIGMOID
  }
}
