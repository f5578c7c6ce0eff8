package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A convolution with a square kernel; padding is zeros on all four sides.
 *
 * @param channels channels of the output
 * @param kernel side of the kernel in pixels
 * @param stride pixels between neighbouring outputs
 * @param padding zeros on each side in pixels
 * @param groups groups of channels that do not mix; as many as channels for a depthwise convolution
 * @param bias initial bias; empty for none, as before batch normalisation
 * @param deviation standard deviation of the initial weights; 0 for that of He et al. 2015
 */
public record Convolution(
    int channels,
    int kernel,
    int stride,
    int padding,
    int groups,
    List<Double> bias,
    double deviation)
    implements Operation {
  /** Checks the sizes. */
  public Convolution {
    bias = List.copyOf(bias);
    if (channels < 1 || kernel < 1 || stride < 1 || padding < 0 || groups < 1 || deviation < 0) {
      throw new IllegalArgumentException(
          "a convolution needs channels, kernel, stride, groups of 1 or more and padding, deviation"
              + " of 0 or more");
    }
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          "%d channels cannot be divided into %d groups".formatted(channels, groups));
    }
  }

  /**
   * A convolution without bias, padded by half its kernel, to be followed by batch normalisation.
   *
   * @param channels channels of the output
   * @param kernel side of the kernel, odd
   * @param stride pixels between neighbouring outputs
   * @return the operation
   */
  public static Convolution plain(int channels, int kernel, int stride) {
    return new Convolution(channels, kernel, stride, kernel / 2, 1, List.of(), 0);
  }

  /**
   * A convolution of each channel by itself, without bias, padded by half its kernel.
   *
   * @param channels channels of input and output
   * @param kernel side of the kernel, odd
   * @param stride pixels between neighbouring outputs
   * @return the operation
   */
  public static Convolution depthwise(int channels, int kernel, int stride) {
    return new Convolution(channels, kernel, stride, kernel / 2, channels, List.of(), 0);
  }

  /**
   * The same with a bias.
   *
   * @param start initial values, repeated over the channels
   * @return the operation
   */
  public Convolution withBias(Double... start) {
    return new Convolution(channels, kernel, stride, padding, groups, List.of(start), deviation);
  }

  /**
   * The same with other initial weights.
   *
   * @param value standard deviation
   * @return the operation
   */
  public Convolution withDeviation(double value) {
    return new Convolution(channels, kernel, stride, padding, groups, bias, value);
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    FeatureShape in = Operation.onlyMap(inputs);
    if (in.channels() % groups != 0) {
      throw new IllegalArgumentException(
          "%d channels cannot be divided into %d groups".formatted(in.channels(), groups));
    }
    return FeatureShape.map(
        channels,
        Pooling.outputLength(in.height(), kernel, stride, padding),
        Pooling.outputLength(in.width(), kernel, stride, padding));
  }

  @Override
  public List<ParameterSpec> parameters(List<FeatureShape> inputs) {
    int perGroup = Operation.onlyMap(inputs).channels() / groups;
    InitialValues start =
        deviation > 0
            ? InitialValues.normal(deviation)
            : InitialValues.he((long) channels / groups * kernel * kernel);
    List<ParameterSpec> all = new ArrayList<>();
    all.add(
        new ParameterSpec(
            "weight", List.of(channels, perGroup, kernel, kernel), Parameter.Type.WEIGHT, start));
    if (!bias.isEmpty()) {
      all.add(
          new ParameterSpec(
              "bias", List.of(channels), Parameter.Type.BIAS, new InitialValues(bias, 0)));
    }
    return all;
  }

  @Override
  public long multiplyAccumulates(List<FeatureShape> inputs) {
    return shape(inputs).count() * (inputs.get(0).channels() / groups) * kernel * kernel;
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    return Conv2d.conv2d(
            inputs.singletonOrThrow(),
            parameters.get("weight"),
            parameters.get("bias"),
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1),
            groups)
        .singletonOrThrow();
  }
}
