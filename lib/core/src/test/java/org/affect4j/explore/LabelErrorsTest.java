package org.affect4j.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.affect4j.Bundled;
import org.affect4j.SharedFiles;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.DatasetAnalysis;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Fer2013;
import org.affect4j.dataset.RenderedFaces;
import org.affect4j.explore.LabelErrors.Suspect;
import org.affect4j.face.Expression;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;

class LabelErrorsTest {
  private static final List<String> TWO = List.of("a", "b");

  /** Counted by hand: thresholds are (.9 + .7 + .2) / 3 = .6 and (.9 + .5 + .1) / 3 = .5. */
  @Test
  void followsTheConfidentJointByHand() {
    LabelErrors errors =
        LabelErrors.of(
            List.of(10, 11, 12, 13, 14, 15, 16, 17),
            List.of("a", "a", "a", "b", "b", "b", "", "a"),
            TWO,
            new double[][] {
              {.9, .1}, {.7, .3}, {.2, .8}, {.1, .9}, {.5, .5}, {.9, .1}, {.5, .5}, {Double.NaN, .5}
            });
    assertArrayEquals(new double[] {.6, .5}, errors.thresholds(), 1e-12);
    assertArrayEquals(new long[][] {{2, 1}, {1, 2}}, errors.confidentJoint());
    assertEquals(
        List.of(new Suspect(15, "b", "a", .1, .9), new Suspect(12, "a", "b", .2, .8)),
        errors.suspects());
    assertEquals(2, errors.estimatedErrors(), 1e-12);
    assertEquals(2, errors.leftOut());
    assertEquals(6, errors.compared());
    assertEquals(-.8, errors.table().doubleColumn("margin").get(0), 1e-12);
    assertEquals(1, errors.top(1).size());
  }

  @Test
  void aClassThatNobodyCarriesIsNeverSuggestedAndNoConfidenceIsNoSuspicion() {
    LabelErrors errors =
        LabelErrors.of(
            List.of(0, 1),
            List.of("a", "a"),
            List.of("a", "b"),
            new double[][] {{.9, .1}, {.1, .9}});
    assertEquals(List.of(), errors.suspects());
    assertTrue(Double.isNaN(errors.thresholds()[1]));
    assertEquals(0, errors.estimatedErrors());
  }

  @Test
  void badInputIsRefused() {
    double[][] one = {{.5, .5}};
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelErrors.of(List.of(1), List.of("a"), List.of("a", "a"), one));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelErrors.of(List.of(1, 2), List.of("a"), TWO, one));
    assertThrows(
        IllegalArgumentException.class, () -> LabelErrors.of(List.of(1), List.of("c"), TWO, one));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelErrors.of(List.of(1), List.of("a"), TWO, new double[][] {{1.5, 0}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelErrors.of(List.of(1), List.of("a"), TWO, new double[][] {{1}}));
  }

  /** Labels flipped at random, and what the search found of them. */
  private record Search(int flipped, double precisionAtFlipped) {}

  /** Gives one of ten labels another of the seven, and looks for them. */
  private static Search search(AffectDataset dataset, FaceTable rows, long seed)
      throws IOException {
    List<String> expression = new ArrayList<>(rows.texts("expression"));
    int[] numbers = rows.rowNumbers();
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    Collections.shuffle(order, random);
    Set<Integer> flipped = new HashSet<>();
    for (int i : order.subList(0, rows.size() / 10)) {
      int other = random.nextInt(Expression.COUNT - 1);
      int was = Expression.ofLabel(expression.get(i)).ordinal();
      expression.set(i, Expression.ALL.get(other < was ? other : other + 1).label());
      flipped.add(numbers[i]);
    }
    FaceTable labels = rows.with(StringColumn.create("expression", expression));
    FaceTable predictions;
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1))) {
      predictions =
          new DatasetAnalysis(false, 1).run(analyzer, dataset, rows, ProgressListener.silent());
    }
    LabelErrors errors = LabelErrors.ofExpressions(labels, predictions);
    double found = errors.suspects().stream().filter(s -> flipped.contains(s.row())).count();
    double atTop =
        errors.top(flipped.size()).stream().filter(s -> flipped.contains(s.row())).count();
    System.out.printf(
        "%s, %d faces, seed %d, %d labels flipped: %s; %.0f of the flipped among the suspects, precision at %d %.3f%n",
        dataset.name(),
        rows.size(),
        seed,
        flipped.size(),
        errors,
        found,
        flipped.size(),
        atTop / flipped.size());
    return new Search(flipped.size(), atTop / flipped.size());
  }

  @Tag("slow")
  @Test
  void findsFlippedLabelsOfRenderedFaces() throws IOException {
    AffectDataset dataset = RenderedFaces.load(Bundled.path("data/compound"));
    FaceTable rows = dataset.table();
    FaceTable basic = rows.where(t -> t.stringColumn("expression").isNotEqualTo(""));
    assertEquals(280, basic.size());
    Search search = search(dataset, basic, 1);
    assertEquals(28, search.flipped());
    // A tenth is flipped, so that chance would find .1 of them.
    assertTrue(search.precisionAtFlipped() >= .5, () -> search.toString());
  }

  @Tag("slow")
  @Test
  void findsFlippedLabelsOfPhotos() throws IOException {
    AffectDataset dataset = Fer2013.folders(SharedFiles.path("datasets/fer2013/publictest.zip"));
    FaceTable rows = dataset.table();
    Search search = search(dataset, rows.filter(i -> i % 4 == 0), 1);
    assertTrue(search.precisionAtFlipped() >= .3, () -> search.toString());
  }
}
