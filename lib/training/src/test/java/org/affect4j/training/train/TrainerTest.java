package org.affect4j.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.affect4j.training.MadeUpCrops;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.behaviour.BehaviourTask;
import org.affect4j.training.behaviour.LossWeights;
import org.affect4j.training.loss.Gradients;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final NetworkSpec TINY =
      FacebehaviourNet.of(
          "tiny", new FacebehaviourNet.Size(4, List.of(8), List.of(1), 16, .2, false));

  @TempDir Path folder;
  private TrainingTask<FaceBatch> task;

  @BeforeEach
  void makeTask() throws IOException {
    task =
        new BehaviourTask(
            List.of(
                new BatchSource(
                    MadeUpCrops.expressions(folder.resolve("crops"), "faces", 42),
                    1,
                    Augmentation.coarse()),
                new BatchSource(
                    MadeUpCrops.write(folder.resolve("crops"), "units", 21, MadeUpCrops::units),
                    1,
                    Augmentation.sharp())),
            List.of(MadeUpCrops.expressions(folder.resolve("crops"), "test", 14)),
            Optional.empty(),
            21,
            MadeUpCrops.SIDE,
            BehaviourHeads.standard(),
            MadeUpCrops.losses(LossWeights.coupled(), .5),
            3);
  }

  private static TrainerOptions options(long seed) {
    return new TrainerOptions(4, 1e-2, 1, .05, 5, .9, 0, 0, 60, seed);
  }

  private Trainer<FaceBatch> trainer(String name, TrainingTask<FaceBatch> what, long seed) {
    return new Trainer<>(TINY, what, options(seed), folder.resolve(name), line -> {});
  }

  private static NetworkWeights start() {
    return NetworkWeights.initial(TINY, 5);
  }

  private static void assertSame(NetworkWeights a, NetworkWeights b) {
    for (String name : a.names()) {
      assertArrayEquals(a.values(name), b.values(name), 1e-6f, name);
    }
  }

  @Tag("slow")
  @Test
  void anInterruptedRunGivesTheSameNumbers() throws IOException {
    TrainingResult whole = trainer("whole", task, 1).train(start());
    TrainingResult half = trainer("parts", task, 1).train(start(), 2);
    assertEquals(2, half.epochs());
    assertEquals(false, half.finished());
    TrainingResult rest = trainer("parts", task, 1).resume(4);
    assertSame(whole.weights(), rest.weights());
    assertEquals(true, rest.finished());
    List<String> log = Files.readAllLines(folder.resolve("whole/log.csv"));
    List<String> other = Files.readAllLines(folder.resolve("parts/log.csv"));
    assertEquals(5, log.size());
    assertEquals(log.get(0), other.get(0));
    int losses = Arrays.asList(log.get(0).split(",")).indexOf("loss_expression") + 1;
    assertEquals(
        String.join(",", Arrays.asList(log.get(4).split(",")).subList(0, losses)),
        String.join(",", Arrays.asList(other.get(4).split(",")).subList(0, losses)));
    assertTrue(Files.size(folder.resolve("parts/curves.png")) > 0);
  }

  @Test
  @Tag("slow")
  void anyThreadMayTrain() throws Exception {
    TrainingResult here = trainer("here", task, 1).train(start());
    // Notebooks run each cell on a thread of its own; the engine was started on another.
    TrainingResult there =
        CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return trainer("there", task, 1).train(start());
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                },
                work -> new Thread(work).start())
            .get();
    assertSame(here.weights(), there.weights());
  }

  @Test
  @Tag("slow")
  void flatValleysAreSoughtOnAnyThreadAndAcrossInterruptions() throws Exception {
    TrainerOptions flat = new TrainerOptions(4, 1e-2, 1, .05, 5, .9, .05, 0, 60, 1);
    TrainingResult whole =
        new Trainer<>(TINY, task, flat, folder.resolve("whole"), line -> {}).train(start());
    assertFalse(whole.weights().equals(trainer("plain", task, 1).train(start()).weights()));
    Path parts = folder.resolve("parts");
    TrainingResult rest =
        CompletableFuture.supplyAsync(
                () -> {
                  try {
                    new Trainer<>(TINY, task, flat, parts, line -> {}).train(start(), 2);
                    return new Trainer<>(TINY, task, flat, parts, line -> {}).resume(4);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                },
                work -> new Thread(work).start())
            .get();
    assertSame(whole.weights(), rest.weights());
    TrainerOptions other = new TrainerOptions(4, 1e-2, 1, .05, 5, .9, .1, 0, 60, 1);
    CheckpointException refused =
        assertThrows(
            CheckpointException.class,
            () -> new Trainer<>(TINY, task, other, parts, line -> {}).resume(4));
    assertTrue(refused.getMessage().contains("sharpness radius"), refused.getMessage());
  }

  @Test
  @Tag("slow")
  void anEpochThatWasCutOffIsFinishedToTheSameNumbers() throws IOException {
    TrainingResult whole = trainer("whole", task, 1).train(start());
    // Every step leaves a checkpoint, and the seventh, in the third epoch, fails.
    TrainerOptions often = new TrainerOptions(4, 1e-2, 1, .05, 5, .9, 0, 0, 1e-9, 1);
    assertThrows(
        DivergedException.class,
        () ->
            new Trainer<>(TINY, failingAt(2, 1), often, folder.resolve("cut"), line -> {})
                .train(start()));
    TrainingResult rest =
        new Trainer<>(TINY, task, often, folder.resolve("cut"), line -> {}).resume(4);
    assertSame(whole.weights(), rest.weights());
  }

  @Tag("slow")
  @Test
  void garbageCollectedBeforeTheGradientChangesNothing() throws IOException {
    TrainingResult calm = trainer("calm", task, 1).train(start());
    TrainingTask<FaceBatch> collecting =
        new Wrapped(task) {
          @Override
          public StepLoss loss(NetworkBlock network, FaceBatch batch, NDManager manager) {
            StepLoss loss = super.loss(network, batch, manager);
            Gradients.collectGarbage(manager);
            return loss;
          }
        };
    assertSame(calm.weights(), trainer("collecting", collecting, 1).train(start()).weights());
  }

  /** The task with a loss that is no number in one batch. */
  private TrainingTask<FaceBatch> failingAt(int epoch, int step) {
    List<FaceBatch> broken = new ArrayList<>();
    return new Wrapped(task) {
      @Override
      public FaceBatch load(int e, int s) {
        FaceBatch batch = super.load(e, s);
        if (e == epoch && s == step) {
          broken.add(batch);
        }
        return batch;
      }

      @Override
      public StepLoss loss(NetworkBlock network, FaceBatch batch, NDManager manager) {
        StepLoss loss = super.loss(network, batch, manager);
        return broken.contains(batch)
            ? new StepLoss(loss.total().mul(Float.NaN), loss.terms())
            : loss;
      }
    };
  }

  /** A task that is like another. */
  private static class Wrapped implements TrainingTask<FaceBatch> {
    private final TrainingTask<FaceBatch> inner;

    Wrapped(TrainingTask<FaceBatch> inner) {
      this.inner = inner;
    }

    @Override
    public Map<String, String> settings() {
      return inner.settings();
    }

    @Override
    public int stepsPerEpoch() {
      return inner.stepsPerEpoch();
    }

    @Override
    public FaceBatch load(int epoch, int step) {
      return inner.load(epoch, step);
    }

    @Override
    public int size(FaceBatch batch) {
      return inner.size(batch);
    }

    @Override
    public String describe(FaceBatch batch) {
      return inner.describe(batch);
    }

    @Override
    public StepLoss loss(NetworkBlock network, FaceBatch batch, NDManager manager) {
      return inner.loss(network, batch, manager);
    }

    @Override
    public Map<String, Double> validate(NetworkBlock network) {
      return inner.validate(network);
    }

    @Override
    public Optional<String> monitored() {
      return inner.monitored();
    }
  }

  @Test
  @Tag("slow")
  void aLossThatIsNoNumberStopsAndSaysWhere() throws IOException {
    DivergedException stopped =
        assertThrows(
            DivergedException.class, () -> trainer("nan", failingAt(2, 1), 1).train(start()));
    String message = stopped.getMessage();
    assertTrue(message.contains("epoch 3, batch 2 of 3"), message);
    assertTrue(message.contains("faces: faces"), message);
    // The checkpoint from before is good: the run goes on and ends as if nothing had been.
    TrainingResult rest = trainer("nan", task, 1).resume(4);
    assertSame(trainer("whole", task, 1).train(start()).weights(), rest.weights());
  }

  @Test
  void checkpointsOfOtherRunsAreRefused() throws IOException {
    trainer("run", task, 1).train(start(), 1);
    IOException twice =
        assertThrows(IOException.class, () -> trainer("run", task, 1).train(start()));
    assertTrue(twice.getMessage().contains("holds a run already"), twice.getMessage());
    IOException seed = assertThrows(IOException.class, () -> trainer("run", task, 2).resume(4));
    assertTrue(seed.getMessage().contains("seed was 1 and is now 2"), seed.getMessage());
    NetworkSpec other =
        FacebehaviourNet.of(
            "wider", new FacebehaviourNet.Size(4, List.of(12), List.of(1), 16, .2, false));
    IOException network =
        assertThrows(
            IOException.class,
            () ->
                new Trainer<>(other, task, options(1), folder.resolve("run"), line -> {})
                    .resume(4));
    assertTrue(network.getMessage().contains("'tiny'"), network.getMessage());
    IOException none = assertThrows(IOException.class, () -> trainer("new", task, 1).resume(4));
    assertTrue(none.getMessage().contains("start a run first"), none.getMessage());
    Path file = folder.resolve("run/last.checkpoint");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5000));
    IOException cut = assertThrows(IOException.class, () -> trainer("run", task, 1).resume(4));
    assertTrue(cut.getMessage().contains("cut off"), cut.getMessage());
  }

  @Tag("slow")
  @Test
  void trainingLearns() throws IOException {
    TrainingTask<FaceBatch> plain =
        new BehaviourTask(
            List.of(
                new BatchSource(
                    MadeUpCrops.expressions(folder.resolve("crops"), "plain", 84),
                    1,
                    Augmentation.none())),
            List.of(MadeUpCrops.expressions(folder.resolve("crops"), "test", 14)),
            Optional.empty(),
            21,
            MadeUpCrops.SIDE,
            BehaviourHeads.standard(),
            MadeUpCrops.losses(LossWeights.expressions(), 0),
            3);
    TrainerOptions longer = new TrainerOptions(30, 2e-2, 1, .05, 5, .9, 0, 0, 60, 1);
    TrainingResult result =
        new Trainer<>(TINY, plain, longer, folder.resolve("long"), line -> {}).train(start());
    assertTrue(result.last().get("test_accuracy") > .8, "figures " + result.last());
  }

  @Test
  @Tag("slow")
  void trainingStopsForWantOfProgress() throws IOException {
    double[] figures = {.3, .4, .4, .35, .5};
    List<Double> shown = new ArrayList<>();
    TrainingTask<FaceBatch> worse =
        new Wrapped(task) {
          @Override
          public Map<String, Double> validate(NetworkBlock network) {
            shown.add(figures[shown.size()]);
            return Map.of("figure", shown.get(shown.size() - 1));
          }

          @Override
          public Optional<String> monitored() {
            return Optional.of("figure");
          }
        };
    TrainerOptions options = new TrainerOptions(9, 1e-3, 0, 0, 5, .9, 0, 2, 60, 1);
    TrainingResult result =
        new Trainer<>(TINY, worse, options, folder.resolve("worse"), line -> {}).train(start());
    assertEquals(4, result.epochs());
    assertEquals(2, result.bestEpoch());
    assertEquals(.4, result.best());
    assertEquals(true, result.finished());
    TrainingTask<FaceBatch> unmeasured =
        new Wrapped(task) {
          @Override
          public Optional<String> monitored() {
            return Optional.of("figure");
          }
        };
    IllegalArgumentException missing =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Trainer<>(TINY, unmeasured, options, folder.resolve("no"), line -> {})
                    .train(start()));
    assertTrue(missing.getMessage().contains("test_accuracy"), missing.getMessage());
  }

  @Test
  void aStepLeavesNoArraysBehind() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock network = NetworkBlock.ready(TINY, start(), manager);
      NetworkBlock average = NetworkBlock.ready(TINY, start(), manager);
      TrainingStep<FaceBatch> step =
          new TrainingStep<>(task, network, average, options(1), manager);
      step.take(task.load(0, 0), 1, 1e-3, 1);
      task.validate(average);
      int before = manager.getManagedArrays().size();
      for (int i = 1; i < 3; i++) {
        step.take(task.load(0, i), i + 1, 1e-3, i);
      }
      task.validate(average);
      assertEquals(before, manager.getManagedArrays().size());
    }
  }
}
