package org.affect4j.training.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.affect4j.dataset.PhotoNames;
import org.affect4j.table.FaceTable;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.RecurrentNets;
import org.affect4j.training.train.StepLoss;
import org.affect4j.training.train.Trainer;
import org.affect4j.training.train.TrainerOptions;
import org.affect4j.training.train.TrainingResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;

class SequenceTaskTest {
  private static final int WIDTH = 2;
  private static final NetworkSpec TINY = RecurrentNets.compact("tiny", WIDTH, 8);

  @TempDir private Path folder;

  /** Clips of these lengths; what happens in a frame is what its first feature was before. */
  private static FaceTable rows(int... lengths) {
    Random random = new Random(1);
    List<String> inputs = new ArrayList<>();
    List<Integer> frames = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (int c = 0; c < lengths.length; c++) {
      for (int t = 0; t < lengths[c]; t++) {
        inputs.add("videos/" + c + ".mp4");
        frames.add(t);
        values.add(new double[] {random.nextGaussian(), random.nextGaussian()});
      }
    }
    return FaceTable.ofNumbers(inputs, List.of("e000", "e001"), values.toArray(double[][]::new))
        .with(IntColumn.create("frame", frames.toArray(Integer[]::new)));
  }

  private static FaceTable labels(FaceTable rows) {
    double[] first = rows.numbers("e000");
    double[] second = rows.numbers("e001");
    double[] frames = rows.numbers("frame");
    double[] before =
        IntStream.range(0, first.length)
            .mapToDouble(i -> frames[i] == 0 ? 0 : Math.tanh(first[i - 1]))
            .toArray();
    return FaceTable.ofNumbers(
            rows.texts("input").stream().map(i -> i.substring(7)).toList(),
            List.of("valence", "arousal", "au12"),
            IntStream.range(0, first.length)
                .mapToObj(
                    i -> new double[] {before[i], Math.tanh(second[i]), before[i] > 0 ? .9 : .1})
                .toArray(double[][]::new))
        .with(rows.table().column("frame").copy())
        .with(
            StringColumn.create(
                "expression",
                Arrays.stream(before).mapToObj(b -> b > 0 ? "happiness" : "neutral").toList()));
  }

  private static SequenceData data(FaceTable rows, FaceTable labels) {
    PhotoNames names = PhotoNames.of(Set.copyOf(rows.texts("input")), Path.of("videos"));
    return SequenceData.of(rows, labels, names, Optional.of(.4), .2, 1);
  }

  private static FaceTable without(FaceTable table, IntPredicate row) {
    return table.filter(row.negate());
  }

  private static SequenceTask task(SequenceData data, int length, int step, int context) {
    return task(data, length, step, context, 4, 1);
  }

  private static SequenceTask task(
      SequenceData data, int length, int step, int context, int sequences, int accumulate) {
    return new SequenceTask(
        data,
        TINY,
        new SequenceTask.Settings(length, step, context, sequences, accumulate, false, 1));
  }

  @Test
  void windowsStayInTheirClipsAndAreFilledUpWithTheLastFrame() {
    FaceTable rows = rows(7, 5, 6);
    List<SequenceClip> clips = new ArrayList<>(data(rows, labels(rows)).training());
    clips.addAll(data(rows, labels(rows)).validation());
    clips.sort((a, b) -> a.name().compareTo(b.name()));
    assertEquals(
        List.of("0 0", "0 3", "1 0", "2 0", "2 3"),
        SequenceWindow.of(clips, 5, 3).stream().map(w -> w.clip() + " " + w.from()).toList());
    SequenceBatch batch =
        SequenceBatch.of(
            clips,
            List.of(new SequenceWindow(0, 3), new SequenceWindow(1, 0)),
            List.of("input"),
            5,
            2);
    float[][] frames = batch.frames().get("input");
    float[][] first = clips.get(0).read(List.of("input"), 0, 7).get("input");
    // Time by time: rows of the first window at even places.
    assertArrayEquals(first[3], frames[0]);
    assertArrayEquals(clips.get(1).reading().of("input", 1), frames[3]);
    assertArrayEquals(first[6], frames[6]);
    assertArrayEquals(first[6], frames[8]);
    assertFalse(Float.isNaN(batch.labels()[6][SequenceClip.VALENCE]));
    assertTrue(Float.isNaN(batch.labels()[8][SequenceClip.VALENCE]));
    assertTrue(Float.isNaN(batch.labels()[8][SequenceClip.EXPRESSION]));
    assertArrayEquals(new float[][] {first[1], first[2]}, batch.before().get(0).get("input"));
    assertEquals(0, batch.before().get(1).get("input").length);
  }

  @Tag("slow")
  @Test
  void itLearnsWhatOnlyThePastTells() throws IOException {
    FaceTable rows = rows(80, 80, 80, 80, 80);
    SequenceTask task = task(data(rows, labels(rows)), 10, 10, 2);
    TrainerOptions options = new TrainerOptions(5, 5e-2, .5, 0, 5, .5, 0, 0, 60, 1);
    NetworkWeights start = NetworkWeights.initial(TINY, 1);
    TrainingResult result =
        new Trainer<>(TINY, task, options, folder.resolve("whole"), line -> {}).train(start);
    assertTrue(result.last().get("valence_ccc") > .6, result.last().toString());
    assertTrue(result.last().get("accuracy") > .7, result.last().toString());
    assertTrue(result.last().get("mean_f1") > .6, result.last().toString());
  }

  @Tag("slow")
  @Test
  void anInterruptedRunGivesTheSameNumbers() throws IOException {
    FaceTable rows = rows(30, 30);
    SequenceTask task = task(data(rows, labels(rows)), 10, 5, 5);
    TrainerOptions options = new TrainerOptions(2, 1e-2, 1, 0, 5, .5, 0, 0, 60, 1);
    NetworkWeights start = NetworkWeights.initial(TINY, 1);
    NetworkWeights whole =
        new Trainer<>(TINY, task, options, folder.resolve("whole"), line -> {})
            .train(start)
            .weights();
    Trainer<List<SequenceBatch>> parts =
        new Trainer<>(TINY, task, options, folder.resolve("parts"), line -> {});
    parts.train(start, 1);
    NetworkWeights resumed = parts.resume(2).weights();
    for (String name : whole.names()) {
      assertArrayEquals(whole.values(name), resumed.values(name), 1e-6f, name);
    }
  }

  private static float loss(SequenceTask task, NDManager manager) {
    NetworkBlock block = NetworkBlock.ready(TINY, NetworkWeights.initial(TINY, 1), manager);
    return task.loss(block, task.load(0, 0), manager).total().getFloat();
  }

  @Test
  void theStateOfAWindowComesFromTheFramesBeforeIt() {
    FaceTable rows = rows(20, 20);
    SequenceData data = data(rows, labels(rows));
    try (NDManager manager = NDManager.newBaseManager()) {
      float whole = loss(task(data, 20, 20, 0), manager);
      // Both halves, the second from the state after the first.
      assertEquals(whole, loss(task(data, 10, 10, 10), manager), 1e-5);
      assertTrue(Math.abs(whole - loss(task(data, 10, 10, 0), manager)) > 1e-4);
    }
  }

  private static Map<String, float[]> gradients(SequenceTask task, NDManager manager) {
    NetworkBlock block = NetworkBlock.ready(TINY, NetworkWeights.initial(TINY, 1), manager);
    Map<String, float[]> found = new LinkedHashMap<>();
    block.getDirectParameters().forEach(p -> p.getValue().getArray().setRequiresGradient(true));
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      StepLoss loss = task.differentiate(block, task.load(0, 0), manager, gradients, 1);
      found.put("loss", new float[] {loss.total().getFloat()});
    }
    block
        .getDirectParameters()
        .forEach(p -> found.put(p.getKey(), p.getValue().getArray().getGradient().toFloatArray()));
    return found;
  }

  @Tag("slow")
  @Test
  void accumulatedGradientsAreThoseOfAllWindowsAtOnce() {
    FaceTable rows = rows(20, 20);
    SequenceData data = data(rows, labels(rows));
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, float[]> whole = gradients(task(data, 5, 5, 3, 4, 1), manager);
      Map<String, float[]> parts = gradients(task(data, 5, 5, 3, 1, 4), manager);
      assertEquals(whole.keySet(), parts.keySet());
      whole.forEach((name, values) -> assertArrayEquals(values, parts.get(name), 1e-5f, name));
      assertTrue(whole.get("gru.weight_hh_l1")[0] != 0);
    }
  }

  private static String refusal(FaceTable rows, FaceTable labels, int length) {
    return assertThrows(
            IllegalArgumentException.class, () -> task(data(rows, labels), length, length, 0))
        .getMessage();
  }

  @Tag("slow")
  @Test
  void whatDoesNotFitIsSaidBeforeAnyLongWork() {
    FaceTable rows = rows(8, 9);
    FaceTable labels = labels(rows);
    String tooShort = refusal(rows, labels, 10);
    assertTrue(tooShort.contains("fewer than a window of 10"), tooShort);
    String lost = refusal(rows, without(labels, row -> row == 7), 5);
    assertTrue(lost.contains("8 frames but labels of 7: frame 7 has no row"), lost);
    String surplus = refusal(without(rows, row -> row == 16), labels, 5);
    assertTrue(surplus.contains("is not there"), surplus);
    String twice = refusal(rows.append(rows.rows(0)), labels, 5);
    assertTrue(twice.contains("two rows"), twice);
    String alone = refusal(rows(8), labels(rows(8)), 5);
    assertTrue(alone.contains("two persons"), alone);
    String unlabelled =
        refusal(rows, labels.selectColumns(c -> List.of("input", "frame").contains(c)), 5);
    assertTrue(unlabelled.contains("no labels"), unlabelled);
    FaceTable wide = rows.with(DoubleColumn.create("e002", new double[rows.size()]));
    String width = refusal(wide, labels, 5);
    assertTrue(width.contains("there is {input=3}"), width);
  }

  @Test
  void personsStayTogether() {
    FaceTable rows = rows(5, 5, 5, 5, 5, 5);
    List<String> persons =
        rows.texts("input").stream().map(i -> "p" + (i.charAt(7) - '0') / 2).toList();
    SequenceData data = data(rows, labels(rows).with(StringColumn.create("person", persons)));
    Set<String> learned =
        data.training().stream().map(SequenceClip::person).collect(Collectors.toSet());
    assertEquals(4, data.training().size());
    assertTrue(data.validation().stream().noneMatch(c -> learned.contains(c.person())));
  }
}
