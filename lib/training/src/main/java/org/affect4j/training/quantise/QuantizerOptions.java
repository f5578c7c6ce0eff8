package org.affect4j.training.quantise;

import java.util.Optional;
import org.affect4j.image.PixelLayout;

/**
 * How a network is quantised.
 *
 * @param ranges how the ranges of activations are chosen
 * @param weights how much of the 8 bits weights use
 * @param firstInFloat whether the layers that read the network's input stay in float
 * @param lastInFloat whether the layers behind which an output follows without another layer with
 *     weights stay in float; their rounding is not averaged out
 * @param correctBiases whether biases take back what rounded weights add on average (Nagel et al.
 *     2019, Data-Free Quantization Through Weight Equalization and Bias Correction, section 4.2);
 *     the mean of what a layer reads is that over the calibration inputs, so that it helps where
 *     those are like the inputs the network will meet
 * @param byteInput layout of the float network's input, if the quantised one shall read bytes in
 *     blocks of 2 x 2 pixels instead ({@link PixelLayout.Storage#BYTE_BLOCKS}); its mean and scale
 *     become part of the first layer, which must be a convolution of 3 x 3 with stride 2
 * @param sizeMultiple what the sides of the network's images will be multiples of; with more than
 *     1, which must be its coarsest step, resizing a map to the size of another is taken as
 *     doubling it and the network reads one image a run
 */
public record QuantizerOptions(
    RangeMethod ranges,
    WeightRange weights,
    boolean firstInFloat,
    boolean lastInFloat,
    boolean correctBiases,
    Optional<PixelLayout> byteInput,
    int sizeMultiple) {
  /** Checks that the options go together. */
  public QuantizerOptions {
    if (sizeMultiple < 1) {
      throw new IllegalArgumentException(
          "sides are multiples of 1 pixel or more, got " + sizeMultiple);
    }
    if (firstInFloat && byteInput.isPresent()) {
      throw new IllegalArgumentException(
          "a network that reads bytes cannot have its first layer in float");
    }
  }

  /**
   * Returns plain options, which keep the form of the network's input.
   *
   * @return least-squares ranges, pair-safe weights, first layer in 8 bits, last layers in float,
   *     biases as they are
   */
  public static QuantizerOptions defaults() {
    return new QuantizerOptions(
        new RangeMethod.LeastSquares(),
        WeightRange.PAIR_SAFE,
        false,
        true,
        false,
        Optional.empty(),
        1);
  }
}
