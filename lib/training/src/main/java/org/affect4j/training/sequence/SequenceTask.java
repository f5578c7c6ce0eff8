package org.affect4j.training.sequence;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.TrainingTask;

/**
 * A network over time, trained on windows of videos by truncated back-propagation: the state at the
 * start of a window comes from the frames before it, which are read without gradients (Williams and
 * Peng 1990, with the state computed anew at each step, so that a run can go on anywhere). The loss
 * is the sum of those of the tasks that have labels: cross-entropy, binary cross-entropy of the
 * units, and one minus the concordance over all frames of the step. The epoch is the one that is
 * best on videos read as a whole: mean of what there is of mean CCC, macro F1 of expressions and
 * mean F1 of units (mean CCC where labels are strengths).
 *
 * <p>A step may hold more windows than fit into memory at once. What the network says of all of
 * them is then computed first, a few windows at a time, and the loss of all with its gradient with
 * respect to these answers; then again, a few at a time, each with its part of that gradient (Gao
 * et al. 2021, Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup). The
 * gradient is that of all windows at once, concordance included, for one more run forward. Only
 * batch normalisation sees the few.
 */
public final class SequenceTask implements TrainingTask<List<SequenceBatch>> {
  private static final String SCORE = "score";
  private static final int SHUFFLE = 1;

  private final SequenceData data;
  private final BehaviourHeads heads;

  /** Answers that the videos to learn from have labels of. */
  private final List<SequenceAnswer> learned;

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
   * @param sequences windows that are computed at a time, 1 or more
   * @param accumulate how often so many make a step, 1 or more
   * @param unitSum whether the loss of units is their sum, rather than their mean
   * @param seed decides the order
   */
  public record Settings(
      int length,
      int step,
      int context,
      int sequences,
      int accumulate,
      boolean unitSum,
      long seed) {
    /** Checks the ranges. */
    public Settings {
      if (length < 1
          || step < 1
          || step > length
          || context < 0
          || sequences < 1
          || accumulate < 1) {
        throw new IllegalArgumentException(
            "expected windows of 1 frame or more, a step of 1 to their length, 0 frames or more before them, 1 window or more at a time and 1 time or more, got %d, %d, %d, %d and %d"
                .formatted(length, step, context, sequences, accumulate));
      }
    }
  }

  /**
   * Describes the task.
   *
   * @param data the videos
   * @param network what is to be trained
   * @param settings how windows are made
   * @throws IllegalArgumentException if a video to learn from is shorter than a window, or the
   *     network reads anything but what the data hold of each frame and its own states, or has no
   *     output that there are labels for on both sides
   */
  public SequenceTask(SequenceData data, NetworkSpec network, Settings settings) {
    this.data = data;
    this.settings = settings;
    this.windows = SequenceWindow.of(data.training(), settings.length(), settings.step());
    Map<String, FeatureShape> read = FrameRun.frameInputs(network);
    if (!read.equals(data.inputs())) {
      throw new IllegalArgumentException(
          "network '%s' reads of each frame %s, but there is %s"
              .formatted(network.name(), read, data.inputs()));
    }
    this.heads =
        BehaviourHeads.said(network)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "network '%s' says nothing of faces".formatted(network.name())));
    for (List<SequenceClip> part : List.of(data.training(), data.validation())) {
      if (answers(network).stream().noneMatch(a -> a.labelled(heads, part))) {
        throw new IllegalArgumentException(
            "network '%s' answers %s, of which the videos %s have no labels"
                .formatted(
                    network.name(),
                    network.outputNames(),
                    part == data.training() ? "to learn from" : "to choose by"));
      }
    }
    this.learned =
        answers(network).stream().filter(a -> a.labelled(heads, data.training())).toList();
  }

  private static List<SequenceAnswer> answers(NetworkSpec network) {
    return Arrays.stream(SequenceAnswer.values())
        .filter(a -> network.outputNames().contains(a.output()))
        .toList();
  }

  private static int place(NetworkSpec network, SequenceAnswer answer) {
    return network.outputNames().indexOf(answer.output());
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
    return Math.max(1, windows.size() / (settings.sequences() * settings.accumulate()));
  }

  @Override
  public List<SequenceBatch> load(int epoch, int step) {
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
    int end = (int) (n * (step + 1) / steps);
    List<SequenceBatch> batches = new ArrayList<>();
    for (int from = (int) (n * step / steps); from < end; from += settings.sequences()) {
      batches.add(
          SequenceBatch.of(
              data.training(),
              order.subList(from, Math.min(end, from + settings.sequences())),
              data.inputs().keySet(),
              settings.length(),
              settings.context()));
    }
    return batches;
  }

  @Override
  public int size(List<SequenceBatch> batches) {
    return batches.stream().mapToInt(batch -> batch.labels().length).sum();
  }

  @Override
  public String describe(List<SequenceBatch> batches) {
    return "windows "
        + String.join(", ", batches.stream().flatMap(b -> b.windows().stream()).toList());
  }

  @Override
  public StepLoss loss(NetworkBlock network, List<SequenceBatch> batches, NDManager manager) {
    List<NDList> said = batches.stream().map(batch -> learned(network, batch, manager)).toList();
    NDList all = new NDList();
    for (int i = 0; i < said.get(0).size(); i++) {
      int place = i;
      NDList parts = new NDList(said.stream().map(list -> list.get(place)).toList());
      all.add(parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts));
    }
    return loss(all, batches);
  }

  /** What the network says of a batch in training, of that which is learned. */
  private NDList learned(NetworkBlock network, SequenceBatch batch, NDManager manager) {
    FrameRun run = new FrameRun(network, manager);
    NDList outputs = run.run(batch.frames(), run.after(batch.before()), true);
    return new NDList(
        learned.stream().map(answer -> outputs.get(place(network.spec(), answer))).toList());
  }

  private StepLoss loss(NDList said, List<SequenceBatch> batches) {
    float[][] labels =
        batches.stream().flatMap(b -> Arrays.stream(b.labels())).toArray(float[][]::new);
    Map<String, NDArray> terms = new LinkedHashMap<>();
    for (int i = 0; i < said.size(); i++) {
      SequenceAnswer answer = learned.get(i);
      terms.put(
          answer.output(), answer.loss(said.get(i), answer.own(heads, labels), settings.unitSum()));
    }
    return new StepLoss(terms.values().stream().reduce(NDArray::add).orElseThrow(), terms);
  }

  @Override
  public StepLoss differentiate(
      NetworkBlock network,
      List<SequenceBatch> batches,
      NDManager manager,
      GradientCollector gradients,
      long seed) {
    if (batches.size() == 1) {
      return TrainingTask.super.differentiate(network, batches, manager, gradients, seed);
    }
    NDList all = new NDList();
    for (int b = 0; b < batches.size(); b++) {
      try (NDManager scratch = manager.newSubManager()) {
        NDList answers = seeded(network, batches.get(b), scratch, seed + b);
        for (int i = 0; i < answers.size(); i++) {
          NDArray rows = manager.create(answers.get(i).toFloatArray(), answers.get(i).getShape());
          if (b == 0) {
            all.add(rows);
          } else {
            all.set(i, all.get(i).concat(rows));
          }
        }
      }
    }
    // Made anew: what is joined was computed, and gradients are kept of what is given.
    all.replaceAll(rows -> manager.create(rows.toFloatArray(), rows.getShape()));
    all.forEach(rows -> rows.setRequiresGradient(true));
    StepLoss loss = loss(all, batches);
    if (!loss.isFinite()) {
      return loss;
    }
    gradients.backward(loss.total());
    long from = 0;
    for (int b = 0; b < batches.size(); b++) {
      long to = from + batches.get(b).labels().length;
      try (NDManager scratch = manager.newSubManager()) {
        NDList answers = seeded(network, batches.get(b), scratch, seed + b);
        NDArray sum = scratch.create(0f);
        for (int i = 0; i < all.size(); i++) {
          NDArray share = all.get(i).getGradient().get(from + ":" + to).stopGradient();
          sum = sum.add(answers.get(i).mul(share).sum());
        }
        gradients.backward(sum);
      }
      from = to;
    }
    return loss;
  }

  /** The same values are dropped each time that a batch is computed. */
  private NDList seeded(NetworkBlock network, SequenceBatch batch, NDManager manager, long seed) {
    Engine.getInstance().setRandomSeed((int) seed & Integer.MAX_VALUE);
    return learned(network, batch, manager);
  }

  @Override
  public Map<String, Double> validate(NetworkBlock network) {
    List<SequenceAnswer> measured =
        answers(network.spec()).stream().filter(a -> a.labelled(heads, data.validation())).toList();
    Map<SequenceAnswer, List<float[]>> found = new LinkedHashMap<>();
    measured.forEach(a -> found.put(a, new ArrayList<>()));
    for (SequenceClip clip : data.validation()) {
      read(network, clip, settings.length())
          .forEach((answer, rows) -> found.computeIfPresent(answer, (a, all) -> joined(all, rows)));
    }
    float[][] labels =
        data.validation().stream()
            .flatMap(clip -> Arrays.stream(clip.labels()))
            .toArray(float[][]::new);
    Map<String, Double> figures = new LinkedHashMap<>();
    double score =
        measured.stream()
            .mapToDouble(a -> a.measure(heads, found.get(a), a.own(heads, labels), figures))
            .average()
            .orElseThrow();
    figures.put(SCORE, score);
    return figures;
  }

  private static List<float[]> joined(List<float[]> all, List<float[]> rows) {
    all.addAll(rows);
    return all;
  }

  /** Reads a whole video, some frames at a time. */
  static Map<SequenceAnswer, List<float[]>> read(
      NetworkBlock network, SequenceClip clip, int length) {
    NDManager parent = network.getDirectParameters().valueAt(0).getArray().getManager();
    Map<SequenceAnswer, List<float[]>> found = new LinkedHashMap<>();
    answers(network.spec()).forEach(a -> found.put(a, new ArrayList<>()));
    try (NDManager lasting = parent.newSubManager()) {
      NDList states = new FrameRun(network, lasting).zeros();
      for (int from = 0; from < clip.frames(); from += length) {
        int to = Math.min(clip.frames(), from + length);
        try (NDManager manager = lasting.newSubManager()) {
          FrameRun run = new FrameRun(network, manager);
          NDList said =
              run.run(
                  clip.read(FrameRun.frameInputs(network.spec()).keySet(), from, to),
                  states,
                  false);
          found.forEach((a, rows) -> rows.addAll(a.rows(said.get(place(network.spec(), a)))));
          NDList next = run.next(said);
          next.attach(lasting);
          states = next;
        }
      }
    }
    return found;
  }

  @Override
  public Optional<String> monitored() {
    return Optional.of(SCORE);
  }
}
