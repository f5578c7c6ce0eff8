package org.affect4j.training.cli;

import java.util.Locale;
import java.util.Map;
import org.affect4j.training.network.NetworkSpec;

/**
 * What the unified framework (Kollias and Zafeiriou 2021) states of training over time, by option.
 * Dropout is part of the networks.
 */
enum SequencePreset {
  /** Section V.A: end to end; Adam at 1e-4; 4 sequences of 80 frames. */
  AFFWILDNET("affwildnet-vgg", 4, 80),
  /** Section V.B: end to end; Adam at 1e-4 or 1e-5; 4 sequences of 80 frames. */
  CNN_RNN("cnn-3rnn", 4, 80),
  /** Section VI.A: Adam at 1e-4 or 1e-5; 10 sequences of 90 frames; losses are summed. */
  MT_GRU("mt-vgg-gru", 10, 90);

  private static final double RATE = 1e-4;

  private final String network;
  private final int sequences;
  private final int length;

  SequencePreset(String network, int sequences, int length) {
    this.network = network;
    this.sequences = sequences;
    this.length = length;
  }

  /** What it sets, by the name of the option. */
  Map<String, Object> stated() {
    return Map.of(
        "--network", network,
        "--batch", sequences,
        "--length", length,
        "--rate", RATE,
        "--weight-decay", 0.0,
        "--context", 0,
        "--unit-loss", new Either.Choice(true));
  }

  /**
   * Says what a step of the paper's own size would take in memory, by count: of each layer its
   * values and their gradients, in 4 bytes each.
   */
  static String memory(NetworkSpec network, int frames) {
    long values =
        network.shapes(network.input()).values().stream().mapToLong(shape -> shape.count()).sum();
    double layers = 2.0 * Float.BYTES * values * frames;
    double weights = 5.0 * Float.BYTES * network.parameterCount();
    return String.format(
        Locale.ROOT,
        "%,d frames at a time need some %.1f GB by count (not measured): %.1f for the values of the layers and their gradients, %.1f for weights, their gradients, two moments and the average",
        frames,
        (layers + weights) / 1e9,
        layers / 1e9,
        weights / 1e9);
  }

  /** Returns the name in lower case, which commands take. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
