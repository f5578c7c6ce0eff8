package org.affect4j.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkBlockTest {
  @Test
  void compactNetworkRunsAndHasTheStatedSize() {
    NetworkSpec spec = FacebehaviourNet.compact();
    assertEquals(1.114e6, spec.parameterCount(), .001e6);
    assertEquals(87.9e6, spec.multiplyAccumulates(spec.input()), .1e6);
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock block = NetworkBlock.ready(spec, NetworkWeights.initial(spec, 1), manager);
      NDList out = block.infer(manager.randomNormal(block.batchShape(2)));
      assertArrayEquals(block.getOutputShapes(new Shape[] {block.batchShape(2)}), out.getShapes());
      assertTrue(out.stream().allMatch(a -> a.getDataType() == DataType.FLOAT32));
    }
  }

  @Test
  void everyTrainedParameterHasAGradientAndStatisticsMove() {
    NetworkSpec spec =
        FacebehaviourNet.of(
            "small",
            new FacebehaviourNet.Size(
                4, java.util.List.of(4, 8), java.util.List.of(2, 1), 16, .1, true));
    NetworkWeights initial = NetworkWeights.initial(spec, 1);
    try (Model model = Model.newInstance("m", "PyTorch")) {
      NDManager manager = model.getNDManager();
      NetworkBlock block = NetworkBlock.ready(spec, initial, manager);
      ParameterStore store = new ParameterStore(manager, false);
      // Not by the engine, whose random numbers other threads draw from, too.
      Random random = new Random(1);
      float[] pixels = new float[4 * 3 * 112 * 112];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDList faces = new NDList(manager.create(pixels, new Shape(4, 3, 112, 112)));
        NDList out = block.forward(store, faces, true);
        NDArray loss = out.stream().map(a -> a.square().sum()).reduce(NDArray::add).orElseThrow();
        collector.backward(loss);
      }
      NetworkWeights after = block.weights();
      spec.parameters()
          .forEach(
              (name, p) -> {
                if (p.isTrained()) {
                  NDArray gradient = block.getDirectParameters().get(name).getArray().getGradient();
                  // Batch normalisation undoes the bias before it.
                  if (!name.equals("embedding.bias")) {
                    assertTrue(
                        gradient.abs().max().getFloat() > 0, () -> name + " has no gradient");
                  }
                  assertArrayEquals(initial.values(name), after.values(name));
                } else {
                  assertTrue(
                      !Arrays.equals(initial.values(name), after.values(name)),
                      () -> name + " did not move");
                }
              });
    }
  }

  @Test
  void runningStatisticsKeepNineTenths() {
    NetworkBuilder b = NetworkSpec.builder("bn", FeatureShape.vector(1));
    NetworkSpec spec =
        b.output(
                "out",
                b.add("bn", new BatchNormalisation(), NetworkSpec.INPUT),
                NetworkOutput.Function.NONE)
            .build();
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock block = NetworkBlock.ready(spec, NetworkWeights.initial(spec, 1), manager);
      block.forward(
          new ParameterStore(manager, false),
          new NDList(manager.create(new float[] {1, 3}, new Shape(2, 1))),
          true);
      assertEquals(.2, block.weights().values("bn.running_mean")[0], 1e-6);
      // .9 of 1 and .1 of the unbiased variance 2.
      assertEquals(1.1, block.weights().values("bn.running_variance")[0], 1e-6);
    }
  }

  @Test
  void loadedWeightsAreTheBlocks() {
    NetworkSpec spec = FacebehaviourNet.compact();
    NetworkWeights other = NetworkWeights.initial(spec, 2);
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock block = NetworkBlock.ready(spec, NetworkWeights.initial(spec, 1), manager);
      block.load(other);
      assertEquals(other, block.weights());
      NetworkSpec wider =
          FacebehaviourNet.of(
              "wider",
              new FacebehaviourNet.Size(
                  32, java.util.List.of(48, 96, 192), java.util.List.of(2, 2, 2), 256, .3, false));
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> block.load(NetworkWeights.initial(wider, 1)));
      assertTrue(e.getMessage().contains("stem.weight"), e.getMessage());
    }
  }

  @Test
  void theSmoothNetworkReadsAMovedFaceMoreAlike() {
    NetworkSpec compact = FacebehaviourNet.compact();
    NetworkSpec smooth = FacebehaviourNet.compactSmooth();
    NetworkWeights weights = NetworkWeights.initial(compact, 3);
    NetworkWeights same = NetworkWeights.initial(smooth, 4).startedFrom(smooth, weights);
    assertEquals(compact.parameterCount(), smooth.parameterCount());
    assertEquals(weights.names(), weights.sharedWith(same));
    assertTrue(movement(smooth, same) < .8 * movement(compact, weights));
  }

  /** How far embeddings move, over their length, where pictures move by four of 64 pixels. */
  private static double movement(NetworkSpec spec, NetworkWeights weights) {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.getEngine().setRandomSeed(5);
      NDArray pictures = manager.randomUniform(-1, 1, new Shape(8, 3, 68, 68));
      NetworkBlock block = NetworkBlock.ready(spec, weights, manager);
      NDArray there = block.infer(pictures.get(":, :, :64, :64")).get(3);
      NDArray here = block.infer(pictures.get(":, :, 4:, 4:")).get(3);
      return there.sub(here).norm().getFloat() / there.norm().getFloat();
    }
  }
}
