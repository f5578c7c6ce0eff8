package org.affect4j.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.Bundled;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.analysis.HogFeatures;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.compound.CompoundSet;
import org.affect4j.compound.ZeroShotCompound;
import org.affect4j.face.CompoundExpression;
import org.affect4j.metric.Interval;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class FewShotExperimentTest {
  private static final LabelledFeatures TRAINING = Blobs.of(4, 0, 12);
  private static final LabelledFeatures TEST = Blobs.of(4, 100, 10);
  private static final FewShotExperiment EXPERIMENT =
      FewShotExperiment.standard()
          .withShots(1, 5, FewShotExperiment.ALL_SHOTS)
          .withDraws(3)
          .withClassifiers(ClassifierKind.LOGISTIC_REGRESSION, ClassifierKind.NEAREST_NEIGHBOURS);

  @Test
  void moreShotsTeachMoreAndTheSeedDecides() {
    LearningCurves curves = EXPERIMENT.run("blobs", TRAINING, TEST);
    assertEquals(6, curves.points().size());
    assertEquals(
        List.of(4, 20, 48),
        curves.points().subList(0, 3).stream().map(LearningCurves.Point::faces).toList());
    Interval one =
        curves.averageAccuracy(curves.point("blobs", ClassifierKind.NEAREST_NEIGHBOURS, 1));
    LearningCurves.Point all =
        curves.point("blobs", ClassifierKind.NEAREST_NEIGHBOURS, FewShotExperiment.ALL_SHOTS);
    assertTrue(curves.averageAccuracy(all).estimate() > one.estimate());
    assertTrue(one.contains(one.estimate()) && one.low() < one.high(), one.toString());
    // A draw of all faces is always the same for a classifier without chance.
    assertEquals(all.predictions().get(0), all.predictions().get(2));
    LearningCurves again = EXPERIMENT.run("blobs", TRAINING, TEST);
    assertEquals(predictions(curves), predictions(again));
    assertNotEquals(
        predictions(curves), predictions(EXPERIMENT.withSeed(2).run("blobs", TRAINING, TEST)));
  }

  private static List<List<List<String>>> predictions(LearningCurves curves) {
    return curves.points().stream().map(LearningCurves.Point::predictions).toList();
  }

  @Test
  void nobodyIsOnBothSides() {
    IllegalArgumentException person =
        assertThrows(
            IllegalArgumentException.class,
            () -> EXPERIMENT.run("blobs", TRAINING, Blobs.of(4, 11, 3)));
    assertTrue(person.getMessage().contains("[person 11]"), person.getMessage());
    List<String> nobody = Collections.nCopies(TRAINING.size(), "");
    LabelledFeatures unnamed = LabelledFeatures.of(TRAINING.features(), TRAINING.labels(), nobody);
    IllegalArgumentException face =
        assertThrows(
            IllegalArgumentException.class, () -> EXPERIMENT.run("blobs", unnamed, TRAINING));
    assertTrue(face.getMessage().contains("48 faces are on both sides"), face.getMessage());
    LabelledFeatures.Division division = TRAINING.divide(.25, 3);
    assertTrue(Collections.disjoint(division.training().persons(), division.test().persons()));
    assertEquals(TRAINING.size(), division.training().size() + division.test().size());
    assertEquals(12, division.test().size());
  }

  @Test
  void personsToJudgeByAreNamedOrInARange() {
    List<String> people =
        TRAINING.persons().stream().map(p -> p.substring("person ".length())).toList();
    LabelledFeatures numbered = LabelledFeatures.of(TRAINING.features(), TRAINING.labels(), people);
    LabelledFeatures.Division division = numbered.divideByPersons(List.of("2-4", "11"));
    assertEquals(
        List.of("2", "3", "4", "11"), division.test().persons().stream().distinct().toList());
    assertEquals(4 * 8, division.training().size());
    assertTrue(Collections.disjoint(division.training().persons(), division.test().persons()));
    IllegalArgumentException nobody =
        assertThrows(
            IllegalArgumentException.class, () -> numbered.divideByPersons(List.of("2", "20-29")));
    assertTrue(nobody.getMessage().contains("no face is of person '20-29'"), nobody.getMessage());
  }

  /** Always the class of the first face, or nothing at all. */
  private record Stubborn(boolean answers) implements FewShotLearner {
    @Override
    public String label() {
      return "stubborn";
    }

    @Override
    public List<String> learnAndPredict(LabelledFeatures training, FaceTable test, long seed) {
      return Collections.nCopies(answers ? test.size() : 0, training.labels().get(0));
    }
  }

  @Test
  void learnersOfTheCallersOwnTakePart() {
    FewShotLearner own = new Stubborn(true);
    LearningCurves curves =
        EXPERIMENT
            .withClassifiers(own, ClassifierKind.NEAREST_NEIGHBOURS)
            .run("blobs", TRAINING, TEST);
    assertEquals(.25, curves.averageAccuracy(curves.point("blobs", own, 5)).estimate());
    assertTrue(curves.toString().contains("stubborn"), curves.toString());
    IllegalStateException silent =
        assertThrows(
            IllegalStateException.class,
            () -> EXPERIMENT.withClassifiers(new Stubborn(false)).run("blobs", TRAINING, TEST));
    assertTrue(silent.getMessage().contains("gave 0 predictions"), silent.getMessage());
  }

  @Test
  void scarceAndAbsentClassesAreReported() {
    int[] kept =
        IntStream.range(0, TRAINING.size())
            .filter(
                i ->
                    switch (TRAINING.labels().get(i)) {
                      case "class 3" -> false;
                      case "class 2" -> i < 8;
                      default -> true;
                    })
            .toArray();
    LearningCurves curves = EXPERIMENT.run("blobs", TRAINING.rows(kept), TEST);
    assertEquals(Map.of("class 2", 2, "class 3", 0), curves.shortClasses());
    assertTrue(curves.toString().contains("{class 2=2, class 3=0}"), curves.toString());
    LearningCurves.Point five = curves.point("blobs", ClassifierKind.LOGISTIC_REGRESSION, 5);
    assertEquals(5 + 5 + 2, five.faces());
    // A class of which nothing was seen is never right, and still counts.
    assertEquals(0, curves.confusion(five).recall(3));
    assertEquals(10 * 3, curves.confusion(five).support(3));
    assertTrue(curves.averageAccuracy(five).estimate() <= .75);
  }

  @Tag("slow")
  @Test
  void baselinesAndGainsAreOnTheSameFaces(@TempDir Path folder) throws IOException {
    LearningCurves curves = EXPERIMENT.run("blobs", TRAINING, TEST);
    LearningCurves.Point point = curves.point("blobs", ClassifierKind.LOGISTIC_REGRESSION, 5);
    LearningCurves both =
        curves
            .withBaseline("always 0", Collections.nCopies(TEST.size(), "class 0"))
            .and(EXPERIMENT.run("again", TRAINING, TEST));
    Interval level = both.baseline("always 0");
    assertEquals(.25, level.estimate());
    assertEquals(.25, level.low());
    Interval gain = both.gain(point, "always 0");
    assertEquals(curves.averageAccuracy(point).estimate() - .25, gain.estimate(), 1e-12);
    assertEquals(0, both.gain(point, point).high());
    assertEquals(List.of("always 0"), both.series().keySet().stream().skip(4).toList());
    Path csv = folder.resolve("curves.csv");
    both.saveCsv(csv);
    assertEquals(1 + 1 + 12, Files.readAllLines(csv).size());
    assertThrows(
        IllegalArgumentException.class,
        () -> curves.withBaseline("odd", Collections.nCopies(TEST.size(), "class 9")));
    assertThrows(
        IllegalArgumentException.class, () -> curves.withBaseline("short", List.of("class 0")));
    assertThrows(IllegalArgumentException.class, () -> curves.baseline("none"));
    LearningCurves other = EXPERIMENT.run("blobs", TRAINING, Blobs.of(4, 200, 10));
    assertThrows(IllegalArgumentException.class, () -> curves.and(other));
  }

  @Test
  void labelsJoinByNameAndOddOnesAreReported() {
    FaceTable features =
        FaceTable.ofNumbers(List.of("a", "b", "c"), List.of("x"), new double[][] {{1}, {2}, {3}});
    Table named =
        Table.create(
            StringColumn.create("input", List.of("b", "a", "d")),
            StringColumn.create("label", List.of("yes", "", "no")));
    FaceTable table = FaceTable.of(named);
    LabelledFeatures joined = LabelledFeatures.join(features, table, "label", "");
    assertEquals(List.of("b"), joined.features().texts("input"));
    assertEquals(List.of("yes"), joined.labels());
    assertEquals(3, joined.leftOut().size(), joined.leftOut().toString());
    FaceTable twice = FaceTable.of(named.copy().append(named));
    assertThrows(
        IllegalArgumentException.class, () -> LabelledFeatures.join(features, twice, "label", ""));
    assertThrows(
        IllegalArgumentException.class, () -> LabelledFeatures.join(features, table, "class", ""));
    IllegalArgumentException none =
        assertThrows(
            IllegalArgumentException.class,
            () -> LabelledFeatures.join(features.rows(2), table, "label", ""));
    assertTrue(none.getMessage().contains("named such as"), none.getMessage());
  }

  @Test
  void facesWithoutANumberAreLeftOutAndTwiceNamedOnesRefused() {
    FaceTable gap =
        FaceTable.ofNumbers(List.of("a", "b"), List.of("x"), new double[][] {{1}, {Double.NaN}});
    LabelledFeatures one = LabelledFeatures.of(gap, List.of("yes", "no"), List.of("", ""));
    assertEquals(1, one.size());
    assertEquals("no number in column x", one.leftOut().get(0).reason());
    FaceTable twice =
        FaceTable.ofNumbers(List.of("a", "a"), List.of("x"), new double[][] {{1}, {2}});
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> LabelledFeatures.of(twice, List.of("yes", "no"), List.of("", "")));
    assertTrue(e.getMessage().contains("'a' occurs in several rows"), e.getMessage());
    FaceTable none = FaceTable.ofInputs(List.of());
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelledFeatures.of(none.selectColumns(c -> false), List.of(), List.of()));
    FaceTable changed = FaceTable.ofNumbers(List.of("a"), List.of("x"), new double[][] {{1.5}});
    assertNotEquals(one.features().checksum(), changed.checksum());
  }

  @Test
  void oddSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> EXPERIMENT.withShots(5, 1));
    assertThrows(IllegalArgumentException.class, () -> EXPERIMENT.withShots(0));
    assertThrows(IllegalArgumentException.class, () -> EXPERIMENT.withDraws(0));
    assertThrows(IllegalArgumentException.class, () -> EXPERIMENT.withClassifiers());
    assertThrows(IllegalArgumentException.class, () -> ClassifierKind.ofLabel("svm"));
    assertThrows(
        IllegalArgumentException.class,
        () -> EXPERIMENT.run("blobs", TRAINING, TEST.withPersons(p -> false)));
  }

  @Tag("slow")
  @Test
  void twentyShotsBeatZeroShotAndTheEmbeddingBeatsGradients() throws IOException {
    Path folder = Bundled.path("data/compound");
    List<String> categories =
        CompoundSet.RAF_DB.categories().stream().map(CompoundExpression::label).toList();
    List<Path> crops =
        FolderAnalysis.inputs(
            categories.stream().map(c -> folder.resolve(c.replace(' ', '_'))).toList());
    FaceTable features;
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1))) {
      features =
          new FolderAnalysis(true, true, 2)
              .run(analyzer, crops, ProgressListener.silent())
              .join(new HogFeatures(16, 2).run(analyzer, crops, ProgressListener.silent()));
    }
    Table labels = Table.read().csv(folder.resolve("labels.csv").toFile());
    labels.column("file").setName("input");
    LabelledFeatures faces =
        LabelledFeatures.join(
                features.relativeTo(folder), FaceTable.of(labels), "category", "person")
            .withClasses(categories);
    LabelledFeatures training = faces.withPersons(p -> Integer.parseInt(p) < 30);
    LabelledFeatures test = faces.withPersons(p -> Integer.parseInt(p) >= 30);
    assertEquals(330, training.size());
    assertEquals(110, test.size());
    FewShotExperiment experiment =
        FewShotExperiment.standard()
            .withShots(20)
            .withDraws(2)
            .withClassifiers(ClassifierKind.LINEAR_SVM);
    ZeroShotCompound rule = ZeroShotCompound.of(CompoundSet.RAF_DB);
    LearningCurves curves =
        experiment
            .run(
                "embedding",
                training.select(FeatureGroup.EMBEDDING),
                test.select(FeatureGroup.EMBEDDING))
            .and(
                experiment.run(
                    "hog", training.select(FeatureGroup.HOG), test.select(FeatureGroup.HOG)))
            .withBaseline(
                "zero-shot",
                test.features().behaviours().stream().map(b -> rule.predict(b).label()).toList());
    LearningCurves.Point embedding = curves.points().get(0);
    LearningCurves.Point hog = curves.points().get(1);
    assertTrue(curves.gain(embedding, "zero-shot").low() > 0, curves.toString());
    assertTrue(curves.gain(embedding, hog).low() > 0, curves.toString());
  }
}
