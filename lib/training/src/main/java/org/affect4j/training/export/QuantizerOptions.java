package org.affect4j.training.export;

/**
 * How a network is quantised.
 *
 * @param ranges how the ranges of activations are chosen
 * @param weights how much of the 8 bits weights use
 * @param firstInFloat whether the layers that read the network's input stay in float
 * @param lastInFloat whether the layers behind which an output follows without another layer with
 *     weights stay in float; they cost little time and their rounding is not averaged out
 */
public record QuantizerOptions(
    RangeMethod ranges, WeightRange weights, boolean firstInFloat, boolean lastInFloat) {
  /**
   * Returns the options that the bundled networks were quantised with.
   *
   * @return least-squares ranges, pair-safe weights, first layer in 8 bits, last layers in float
   */
  public static QuantizerOptions defaults() {
    return new QuantizerOptions(new RangeMethod.LeastSquares(), WeightRange.PAIR_SAFE, false, true);
  }

  /**
   * Returns these options with another choice of ranges.
   *
   * @param value how the ranges of activations are chosen
   * @return changed copy
   */
  public QuantizerOptions withRanges(RangeMethod value) {
    return new QuantizerOptions(value, weights, firstInFloat, lastInFloat);
  }

  /**
   * Returns these options with another range of weights.
   *
   * @param value how much of the 8 bits weights use
   * @return changed copy
   */
  public QuantizerOptions withWeights(WeightRange value) {
    return new QuantizerOptions(ranges, value, firstInFloat, lastInFloat);
  }

  /**
   * Returns these options with the first layers in float or not.
   *
   * @param value whether they stay in float
   * @return changed copy
   */
  public QuantizerOptions withFirstInFloat(boolean value) {
    return new QuantizerOptions(ranges, weights, value, lastInFloat);
  }

  /**
   * Returns these options with the last layers in float or not.
   *
   * @param value whether they stay in float
   * @return changed copy
   */
  public QuantizerOptions withLastInFloat(boolean value) {
    return new QuantizerOptions(ranges, weights, firstInFloat, value);
  }
}
