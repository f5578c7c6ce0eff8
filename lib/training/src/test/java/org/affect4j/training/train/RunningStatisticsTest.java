package org.affect4j.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.affect4j.training.network.Activation;
import org.affect4j.training.network.BatchNormalisation;
import org.affect4j.training.network.Convolution;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.Flattening;
import org.affect4j.training.network.FullyConnected;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkBuilder;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.junit.jupiter.api.Test;

class RunningStatisticsTest {
  private static final int SAMPLES = 8;
  private static final int SIDE = 6;

  private static NetworkSpec network() {
    NetworkBuilder b = NetworkSpec.builder("two norms", FeatureShape.map(2, SIDE, SIDE));
    String map =
        b.activated("conv", Convolution.plain(4, 3, 1), Activation.RELU, NetworkSpec.INPUT);
    String flat = b.add("flat", new Flattening(), map);
    String last =
        b.add("fc.bn", new BatchNormalisation(), b.add("fc", new FullyConnected(3, true), flat));
    return b.output("out", last, NetworkOutput.Function.NONE).build();
  }

  private static NDArray outputs(
      NetworkSpec spec, NetworkWeights weights, NDManager manager, boolean training) {
    NetworkBlock block = NetworkBlock.ready(spec, weights, manager);
    return block
        .forward(new ParameterStore(manager, false), new NDList(batch(manager)), training)
        .singletonOrThrow();
  }

  private static NDArray batch(NDManager manager) {
    Random random = new Random(4);
    float[] values = new float[SAMPLES * 2 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (3 + 2 * random.nextGaussian());
    }
    return manager.create(values, new Shape(SAMPLES, 2, SIDE, SIDE));
  }

  /** One batch, of which nothing but the network's outputs is asked. */
  private record OneBatch() implements TrainingTask<Integer> {
    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public int stepsPerEpoch() {
      return 1;
    }

    @Override
    public Integer load(int epoch, int step) {
      return step;
    }

    @Override
    public int size(Integer batch) {
      return SAMPLES;
    }

    @Override
    public String describe(Integer batch) {
      return "a batch";
    }

    @Override
    public StepLoss loss(NetworkBlock network, Integer batch, NDManager manager) {
      return new StepLoss(
          network
              .forward(new ParameterStore(manager, false), new NDList(batch(manager)), true)
              .singletonOrThrow()
              .sum(),
          Map.of());
    }

    @Override
    public Map<String, Double> validate(NetworkBlock network) {
      return Map.of();
    }

    @Override
    public Optional<String> monitored() {
      return Optional.empty();
    }
  }

  @Test
  void theNetworkComputesTheSameAndInTrainingTheSameToo() {
    NetworkSpec spec = network();
    Random random = new Random(2);
    Map<String, float[]> values = new LinkedHashMap<>();
    NetworkWeights initial = NetworkWeights.initial(spec, 1);
    for (String name : initial.names()) {
      float[] v = initial.values(name);
      for (int i = 0; !name.endsWith("weight") && i < v.length; i++) {
        v[i] += (float) (.3 * random.nextDouble());
      }
      values.put(name, v);
    }
    NetworkWeights weights = NetworkWeights.of(spec, values);
    NetworkWeights measured = RunningStatistics.measured(spec, weights, new OneBatch());
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] expected = outputs(spec, weights, manager, false).toFloatArray();
      assertArrayEquals(
          expected, outputs(spec, measured, manager, false).toFloatArray(), 1e-4f, "inference");
      assertArrayEquals(
          expected, outputs(spec, measured, manager, true).toFloatArray(), 1e-4f, "training");
    }
  }
}
