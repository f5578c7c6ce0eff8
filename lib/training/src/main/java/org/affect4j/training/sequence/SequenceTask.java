package org.affect4j.training.sequence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.Recurrent;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * A network over time on features of frames, such as {@code compact-gru}, trained on windows by
 * truncated back-propagation: the state at the start of a window comes from the frames before it,
 * which are read without gradients (Williams and Peng 1990, with the state computed anew at each
 * step, so that a run can go on anywhere). The loss is the sum of those of the tasks that have
 * labels: cross-entropy, binary cross-entropy of the units, and one minus the concordance over all
 * frames of the batch. The epoch is the one that is best on videos read as a whole: mean of what
 * there is of mean CCC, macro F1 of expressions and mean F1 of units.
 */
public final class SequenceTask implements TrainingTask<SequenceBatch> {
  private static final String SCORE = "score";
  private static final int SHUFFLE = 1;

  private final SequenceData data;
  private final Settings settings;
  private final List<SequenceWindow> windows;
  private List<SequenceWindow> order = List.of();
  private int orderedFor = -1;

  /**
   * How windows are made.
   *
   * @param length frames of a window, 1 or more
   * @param step frames from one window to the next, 1 to the length
   * @param context most frames before a window that its state comes from; 0 to begin with zeros, as
   *     in the papers
   * @param batchSize windows of a batch, 1 or more
   * @param seed decides the order
   */
  public record Settings(int length, int step, int context, int batchSize, long seed) {
    /** Checks the ranges. */
    public Settings {
      if (length < 1 || step < 1 || step > length || context < 0 || batchSize < 1) {
        throw new IllegalArgumentException(
            "expected windows of 1 frame or more, a step of 1 to their length, 0 frames or more before them and batches of 1 or more, got %d, %d, %d and %d"
                .formatted(length, step, context, batchSize));
      }
    }
  }

  /**
   * Describes the task.
   *
   * @param data the videos
   * @param settings how windows are made
   * @throws IllegalArgumentException if a video to learn from is shorter than a window
   */
  public SequenceTask(SequenceData data, Settings settings) {
    this.data = data;
    this.settings = settings;
    this.windows = SequenceWindow.of(data.training(), settings.length(), settings.step());
  }

  /**
   * Checks that a network can be trained for this task.
   *
   * @param network the network
   * @throws IllegalArgumentException if it reads anything but features of frames and its states,
   *     features of another length, or has no output that there are labels for on both sides
   */
  public void requireFit(NetworkSpec network) {
    boolean alone =
        network.inputs().keySet().stream()
            .allMatch(name -> name.equals(NetworkSpec.INPUT) || network.isOfSequence(name));
    if (!alone || !network.input().equals(FeatureShape.vector(data.width()))) {
      throw new IllegalArgumentException(
          "network '%s' reads %s, but the rows hold %d features of each frame"
              .formatted(network.name(), network.inputs(), data.width()));
    }
    for (List<SequenceClip> part : List.of(data.training(), data.validation())) {
      if (Arrays.stream(SequenceAnswer.values())
          .noneMatch(a -> network.outputNames().contains(a.output()) && a.labelled(part))) {
        throw new IllegalArgumentException(
            "network '%s' answers %s, of which the videos %s have no labels"
                .formatted(
                    network.name(),
                    network.outputNames(),
                    part == data.training() ? "to learn from" : "to choose by"));
      }
    }
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("windows", settings.toString());
    all.put("videos", data.toString());
    all.put("data", data.checksum());
    return all;
  }

  @Override
  public int stepsPerEpoch() {
    return Math.max(1, windows.size() / settings.batchSize());
  }

  @Override
  public SequenceBatch load(int epoch, int step) {
    if (orderedFor != epoch) {
      List<SequenceWindow> shuffled = new ArrayList<>(windows);
      SplittableRandom random = Seeds.stream(settings.seed(), SHUFFLE, epoch);
      for (int i = shuffled.size() - 1; i > 0; i--) {
        Collections.swap(shuffled, i, random.nextInt(i + 1));
      }
      order = shuffled;
      orderedFor = epoch;
    }
    long n = order.size();
    int steps = stepsPerEpoch();
    return SequenceBatch.of(
        data.training(),
        order.subList((int) (n * step / steps), (int) (n * (step + 1) / steps)),
        settings.length(),
        settings.context());
  }

  @Override
  public int size(SequenceBatch batch) {
    return batch.features().length;
  }

  @Override
  public String describe(SequenceBatch batch) {
    return "windows " + String.join(", ", batch.windows());
  }

  @Override
  public StepLoss loss(NetworkBlock network, SequenceBatch batch, NDManager manager) {
    NDList inputs = new NDList(manager.create(batch.features()));
    inputs.addAll(states(network, batch.before(), manager));
    NDList answers = network.forward(new ParameterStore(manager, false), inputs, true);
    Map<String, NDArray> terms = new LinkedHashMap<>();
    for (SequenceAnswer answer : SequenceAnswer.values()) {
      int place = network.spec().outputNames().indexOf(answer.output());
      if (place >= 0 && answer.labelled(data.training())) {
        terms.put(answer.output(), answer.loss(answers.get(place), batch.labels()));
      }
    }
    NDArray total = terms.values().stream().reduce(NDArray::add).orElseThrow();
    return new StepLoss(total, terms);
  }

  /** The states before the windows, in the order of the network's inputs. */
  private static NDList states(NetworkBlock network, List<float[][]> before, NDManager manager) {
    NetworkSpec spec = network.spec();
    List<String> names = spec.inputs().keySet().stream().filter(spec::isOfSequence).toList();
    List<NDList> each = new ArrayList<>();
    for (float[][] frames : before) {
      NDList zeros = zeros(spec, names, manager);
      if (frames.length == 0 || names.isEmpty()) {
        each.add(zeros);
        continue;
      }
      NDList inputs = new NDList(manager.create(frames));
      inputs.addAll(zeros);
      NDList outputs = network.forward(new ParameterStore(manager, false), inputs, false);
      NDList found = new NDList();
      for (String name : names) {
        found.add(outputs.get(spec.outputNames().indexOf(Recurrent.next(name))).stopGradient());
      }
      each.add(found);
    }
    NDList states = new NDList();
    for (int i = 0; i < names.size(); i++) {
      int place = i;
      NDList parts = new NDList(each.stream().map(list -> list.get(place)).toList());
      // The engine joins no fewer than two.
      states.add(parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts));
    }
    return states;
  }

  private static NDList zeros(NetworkSpec spec, List<String> names, NDManager manager) {
    NDList zeros = new NDList();
    for (String name : names) {
      LongStream lengths = spec.inputs().get(name).lengths().stream().mapToLong(l -> l);
      zeros.add(manager.zeros(new Shape(LongStream.concat(LongStream.of(1), lengths).toArray())));
    }
    return zeros;
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    Map<SequenceAnswer, List<float[]>> found = new LinkedHashMap<>();
    List<float[]> labels = new ArrayList<>();
    NDManager parent = network.getDirectParameters().valueAt(0).getArray().getManager();
    for (SequenceClip clip : data.validation()) {
      labels.addAll(Arrays.asList(clip.labels()));
      try (NDManager manager = parent.newSubManager()) {
        NDList inputs = new NDList(manager.create(clip.features()));
        inputs.addAll(states(network, Collections.singletonList(new float[0][]), manager));
        NDList answers = network.infer(inputs);
        for (SequenceAnswer answer : SequenceAnswer.values()) {
          int place = network.spec().outputNames().indexOf(answer.output());
          if (place >= 0 && answer.labelled(data.validation())) {
            found
                .computeIfAbsent(answer, a -> new ArrayList<>())
                .addAll(answer.rows(answers.get(place)));
          }
        }
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    List<Double> chosenBy = new ArrayList<>();
    found.forEach((answer, rows) -> chosenBy.add(answer.measure(rows, labels, figures)));
    figures.put(SCORE, chosenBy.stream().mapToDouble(d -> d).average().orElseThrow());
    return figures;
  }

  @Override
  public Optional<String> monitored() {
    return Optional.of(SCORE);
  }
}
