package org.affect4j.training.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.train.internal.LearningRate;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Trains one network for one task and keeps everything in one folder: {@code last.checkpoint} to go
 * on from, {@code weights.safetensors} (moving average after the best epoch), {@code log.csv},
 * {@code curves.png}.
 *
 * <p>A run that is interrupted and continued gives the same numbers as one that was not, on one
 * thread: every step draws its random numbers from the seed, epoch and step alone. The next batch
 * is made on a second thread while a step is computed.
 *
 * @param <B> a batch of the task
 */
public final class Trainer<B> {
  /** Prefix of validation figures in the log. */
  static final String VALIDATION = "validation_";

  private static final String CHECKPOINT = "last.checkpoint";
  private static final String BEST = "weights.safetensors";
  private static final int STEP = 4;
  private static final double REPORT_SECONDS = 10;

  private final NetworkSpec spec;
  private final TrainingTask<B> task;
  private final TrainerOptions options;
  private final Path folder;
  private final Consumer<String> progress;
  private final Set<String> frozen;

  /**
   * Makes a trainer.
   *
   * @param spec the network
   * @param task what it is trained for
   * @param options how
   * @param folder where everything is kept; made if it is not there
   * @param progress receives a line every ten seconds and after each epoch
   */
  public Trainer(
      NetworkSpec spec,
      TrainingTask<B> task,
      TrainerOptions options,
      Path folder,
      Consumer<String> progress) {
    this(spec, task, options, folder, progress, Set.of());
  }

  /**
   * Makes a trainer of a part of a network.
   *
   * @param spec the network
   * @param task what it is trained for
   * @param options how
   * @param folder where everything is kept; made if it is not there
   * @param progress receives a line every ten seconds and after each epoch
   * @param frozen names of nodes that stay as they are
   */
  public Trainer(
      NetworkSpec spec,
      TrainingTask<B> task,
      TrainerOptions options,
      Path folder,
      Consumer<String> progress,
      Set<String> frozen) {
    this.frozen = Set.copyOf(frozen);
    this.spec = spec;
    this.task = task;
    this.options = options;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Trains from given weights to the end of the schedule.
   *
   * @param start weights before the first step
   * @return what it gave
   * @throws IOException if the folder cannot be written, or holds a run already
   * @throws DivergedException if a loss or gradient is no number
   */
  public TrainingResult train(NetworkWeights start) throws IOException {
    return train(start, options.epochs());
  }

  /**
   * Trains from given weights, but leaves off early, to be resumed.
   *
   * @param start weights before the first step
   * @param untilEpoch number of epochs after which to leave off
   * @return what it gave
   * @throws IOException if the folder cannot be written, or holds a run already
   * @throws DivergedException if a loss or gradient is no number
   */
  public TrainingResult train(NetworkWeights start, int untilEpoch) throws IOException {
    Files.createDirectories(folder);
    if (hasCheckpoint()) {
      throw new CheckpointException(
          "%s holds a run already; resume it, or give another folder".formatted(folder));
    }
    return run(start, Optional.empty(), untilEpoch);
  }

  /**
   * Goes on with an interrupted run.
   *
   * @param untilEpoch number of epochs, those before included, after which to leave off
   * @return what it gave
   * @throws IOException if there is no checkpoint, or one of another network or other settings
   * @throws DivergedException if a loss or gradient is no number
   */
  public TrainingResult resume(int untilEpoch) throws IOException {
    Path file = folder.resolve(CHECKPOINT);
    if (!hasCheckpoint()) {
      throw new CheckpointException(
          "%s holds no %s to go on from; start a run first".formatted(folder, CHECKPOINT));
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    checkpoint.requireSame(file, spec.name(), checksum(), settings());
    return run(
        NetworkWeights.of(spec, checkpoint.arrays().get("weights")),
        Optional.of(checkpoint),
        untilEpoch);
  }

  /**
   * Tells whether the folder holds a run.
   *
   * @return whether it can be resumed; otherwise it can be trained
   */
  public boolean hasCheckpoint() {
    return Files.exists(folder.resolve(CHECKPOINT));
  }

  /**
   * Returns everything that decides the numbers.
   *
   * @return settings by name, those of the task included
   */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.putAll(options.settings());
    settings.put("batches per epoch", String.valueOf(task.stepsPerEpoch()));
    settings.putAll(task.settings());
    if (!frozen.isEmpty()) {
      settings.put("nodes that stay as they are", String.valueOf(frozen.size()));
    }
    return settings;
  }

  private String checksum() {
    // A specification is nested records, whose text is their content.
    return DigestUtils.sha256Hex(spec.toString());
  }

  private TrainingResult run(NetworkWeights start, Optional<Checkpoint> checkpoint, int untilEpoch)
      throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        BatchAhead<B> ahead = new BatchAhead<>(task)) {
      return new Run(start, checkpoint, manager, ahead).until(untilEpoch);
    }
  }

  /** The state of one run. */
  private final class Run {
    private final NDManager manager;
    private final BatchAhead<B> ahead;
    private final NetworkBlock network;
    private final NetworkBlock average;
    private final TrainingStep<B> one;
    private final LearningRate rate;
    private final ProgressLines lines = new ProgressLines(options.epochs(), task.stepsPerEpoch());
    private final TrainingLog log =
        new TrainingLog(folder.resolve("log.csv"), folder.resolve("curves.png"));
    private final Map<String, Double> running = new LinkedHashMap<>();
    private Map<String, Double> last = Map.of();
    private Optional<Double> best = Optional.empty();
    private int bestEpoch = -1;
    private int epoch;
    private int step;
    private final double secondsBefore;
    private final long begin = System.nanoTime();
    private long lastCheckpoint = begin;

    Run(
        NetworkWeights start,
        Optional<Checkpoint> checkpoint,
        NDManager manager,
        BatchAhead<B> ahead)
        throws IOException {
      this.manager = manager;
      this.ahead = ahead;
      network = NetworkBlock.ready(spec, start, frozen, manager);
      average =
          NetworkBlock.ready(
              spec,
              checkpoint.isEmpty()
                  ? start
                  : NetworkWeights.of(spec, checkpoint.get().arrays().get("average")),
              manager);
      one = new TrainingStep<>(task, network, average, options, manager);
      long steps = (long) options.epochs() * task.stepsPerEpoch();
      rate =
          new LearningRate(
              options.learningRate(),
              Math.min(steps - 1, Math.round(options.warmUpEpochs() * task.stepsPerEpoch())),
              steps);
      if (checkpoint.isPresent()) {
        Checkpoint from = checkpoint.get();
        Checkpoint.restore(one.optimiser().first(), from.arrays().get("first"));
        Checkpoint.restore(one.optimiser().second(), from.arrays().get("second"));
        best = from.best();
        bestEpoch = from.bestEpoch();
        epoch = from.epoch();
        step = from.step();
        running.putAll(from.running());
        log.resume(epoch);
        if (!log.rows().isEmpty()) {
          last = validationOf(log.rows().get(log.rows().size() - 1));
        }
      }
      secondsBefore = checkpoint.map(Checkpoint::seconds).orElse(0.0);
    }

    TrainingResult until(int untilEpoch) throws IOException {
      int end = Math.min(untilEpoch, options.epochs());
      boolean patient = true;
      if (epoch < end) {
        ahead.order(epoch, step);
      }
      while (epoch < end && patient) {
        long epochBegin = System.nanoTime();
        long reported = epochBegin;
        long faces = 0;
        int firstStep = step;
        while (step < task.stepsPerEpoch()) {
          B batch = ahead.take();
          boolean lastOfEpoch = step + 1 == task.stepsPerEpoch();
          if (!lastOfEpoch) {
            ahead.order(epoch, step + 1);
          } else if (epoch + 1 < end) {
            ahead.order(epoch + 1, 0);
          }
          take(batch);
          faces += task.size(batch);
          step++;
          long now = System.nanoTime();
          if (seconds(reported, now) > REPORT_SECONDS) {
            reported = now;
            progress.accept(
                lines.ofBatch(
                    epoch,
                    step,
                    running.get(TrainingStep.LOSS) / step,
                    faces,
                    step - firstStep,
                    seconds(epochBegin, now)));
          }
          if (!lastOfEpoch && seconds(lastCheckpoint, now) > 60 * options.checkpointMinutes()) {
            save();
          }
        }
        finishEpoch(faces, seconds(epochBegin, System.nanoTime()));
        patient = options.patience() == 0 || epoch - 1 - bestEpoch < options.patience();
      }
      if (best.isEmpty()) {
        throw new IllegalStateException("no epoch was trained: the run ends at epoch " + end);
      }
      return new TrainingResult(
          NetworkWeights.read(folder.resolve(BEST)),
          best.get(),
          bestEpoch + 1,
          epoch,
          last,
          secondsBefore + seconds(begin, System.nanoTime()),
          !patient || epoch == options.epochs());
    }

    private void take(B batch) {
      long number = (long) epoch * task.stepsPerEpoch() + step + 1;
      // Dropout draws from the engine: seeded by place, a resumed run drops the same values.
      Map<String, Double> values =
          one.take(
              batch, number, rate.at(number - 1), Seeds.mix(options.seed(), STEP, epoch, step));
      requireFinite("loss", values.get(TrainingStep.LOSS), batch, values);
      requireFinite("norm of the gradient", values.get(TrainingStep.NORM), batch, values);
      values.forEach((name, value) -> running.merge(name, value, Double::sum));
    }

    private void requireFinite(String what, double value, B batch, Map<String, Double> values) {
      if (Double.isFinite(value)) {
        return;
      }
      throw new DivergedException(
          "the %s is %s in epoch %d, batch %d of %d, which holds %s; losses: %s. The last checkpoint, %s, is from before and still good: look at these faces, or lower the learning rate"
              .formatted(
                  what,
                  value,
                  epoch + 1,
                  step + 1,
                  task.stepsPerEpoch(),
                  task.describe(batch),
                  values,
                  folder.resolve(CHECKPOINT)));
    }

    private void finishEpoch(long faces, double elapsed) throws IOException {
      int steps = task.stepsPerEpoch();
      Map<String, Double> row = new LinkedHashMap<>();
      row.put("epoch", epoch + 1.0);
      row.put("learning_rate", rate.at((long) epoch * steps + steps - 1));
      running.forEach((name, sum) -> row.put(name, sum / steps));
      last = task.validate(average);
      last.forEach((name, value) -> row.put(VALIDATION + name, value));
      row.put("faces_per_second", faces / elapsed);
      row.put("seconds", secondsBefore + seconds(begin, System.nanoTime()));
      double figure = task.monitored().map(this::figure).orElse(epoch + 1.0);
      if (best.isEmpty() || figure > best.get() || best.get().isNaN()) {
        best = Optional.of(figure);
        bestEpoch = epoch;
        average.weights().write(spec, folder.resolve(BEST));
      }
      epoch++;
      step = 0;
      running.clear();
      log.add(row);
      save();
      Optional<String> chosen =
          task.monitored().map(name -> "best %s after epoch %d".formatted(name, bestEpoch + 1));
      progress.accept(lines.ofEpoch(epoch, elapsed, row, chosen));
    }

    private double figure(String name) {
      if (!last.containsKey(name)) {
        throw new IllegalArgumentException(
            "the best epoch is to be chosen by '%s', but what is measured is %s"
                .formatted(name, last.keySet()));
      }
      return last.get(name);
    }

    private void save() throws IOException {
      lastCheckpoint = System.nanoTime();
      Map<String, Map<String, float[]>> arrays = new LinkedHashMap<>();
      arrays.put("weights", Checkpoint.floats(arrays(network)));
      arrays.put("average", Checkpoint.floats(arrays(average)));
      arrays.put("first", Checkpoint.floats(one.optimiser().first()));
      arrays.put("second", Checkpoint.floats(one.optimiser().second()));
      new Checkpoint(
              spec.name(),
              checksum(),
              settings(),
              epoch,
              step,
              best,
              bestEpoch,
              secondsBefore + seconds(begin, lastCheckpoint),
              running,
              arrays)
          .write(folder.resolve(CHECKPOINT));
    }
  }

  private static Map<String, Double> validationOf(Map<String, Double> row) {
    Map<String, Double> figures = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (name.startsWith(VALIDATION)) {
            figures.put(name.substring(VALIDATION.length()), value);
          }
        });
    return figures;
  }

  private static Map<String, NDArray> arrays(NetworkBlock network) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    TrainingStep.parameters(network).forEach((name, p) -> arrays.put(name, p.getArray()));
    return arrays;
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }
}
