package org.affect4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.affect4j.Bundled;
import org.affect4j.dataset.AffWild;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Fer2013;
import org.affect4j.dataset.FerPlus;
import org.affect4j.dataset.RenderedFaces;
import org.affect4j.dataset.Splits;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Relatedness;
import org.affect4j.face.ValenceArousal;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class EvaluationTest {
  private static final EvaluationOptions QUICK =
      EvaluationOptions.defaults().withBootstrap(new Bootstrap(100, .95, 3));
  private static final Map<String, String> MODEL = Map.of("model SHA-256", "0123abcd");

  @TempDir Path root;

  private static AnalyzedInput read(String name, Expression e, double unit, double valence) {
    double[] expressions = new double[Expression.COUNT];
    Arrays.fill(expressions, .05);
    expressions[e.ordinal()] = .7;
    double[] units = new double[ActionUnit.COUNT];
    Arrays.fill(units, unit);
    return AnalyzedInput.ofCrop(
        name,
        new Face(
            0,
            Optional.empty(),
            new Behaviour(expressions, units, new ValenceArousal(valence, .2), new float[0])));
  }

  private static Predictions predictions(AnalyzedInput... inputs) {
    return Predictions.of(FaceTable.ofInputs(List.of(inputs)), MODEL);
  }

  @Test
  void votesJudgeTheDistributionAndTheRaters() throws IOException {
    for (String name : List.of("happy/Training_1", "happy/Training_2", "sad/Training_3")) {
      Path file = root.resolve(name + ".png");
      Files.createDirectories(file.getParent());
      ImageIO.write(new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }
    Files.write(
        root.resolve("votes.csv"),
        List.of(
            "split,file,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF",
            "Training,happy/Training_1.png,0,8,2,0,0,0,0,0,0,0",
            "Training,happy/Training_2.png,4,3,0,0,0,0,0,0,3,0",
            "Training,sad/Training_3.png,0,0,0,10,0,0,0,0,0,0"));
    AffectDataset dataset = FerPlus.load(root);
    Evaluation evaluation =
        Evaluation.of(
            dataset,
            dataset.table(),
            predictions(
                read("happy/Training_1.png", Expression.HAPPINESS, .5, 0),
                read("happy/Training_2.png", Expression.NEUTRAL, .5, 0),
                read("sad/Training_3.png", Expression.FEAR, .5, 0)),
            QUICK);
    ToDoubleFunction<LabelMetrics> whole =
        metric ->
            Measurement.find(evaluation.scores().figures(), LabelTask.EXPRESSION, metric, "")
                .orElseThrow()
                .value()
                .estimate();
    // Against (.8, .2): .1 + .15 + 5 * .05 in all, half of it; against (4/7, 3/7) and against 1.
    double first = (.1 + .15 + 5 * .05) / 2;
    double second = (.7 - 4 / 7. + 3 / 7. - .05 + 5 * .05) / 2;
    double third = (.95 + .7 + 5 * .05) / 2;
    assertEquals(
        (first + second + third) / 3, whole.applyAsDouble(LabelMetrics.TOTAL_VARIATION), 1e-12);
    // .8; of four, three and three each of the four meets two threes beside the own three: a third.
    assertEquals((.8 + .4 / 3 + 1) / 3, whole.applyAsDouble(LabelMetrics.RATER_ACCURACY), 1e-12);
    Measurement clear =
        Measurement.find(
                evaluation.scores().figures(),
                LabelTask.EXPRESSION,
                LabelMetrics.ACCURACY,
                "faces with half of the votes or more")
            .orElseThrow();
    assertEquals(.5, clear.value().estimate());
    assertEquals(2, clear.n());
  }

  /** Frames of a video set with all tasks, in whose predictions two frames are not read. */
  private AffectDataset frames() throws IOException {
    String header = "image,valence,arousal,expression,AU1,AU2";
    Files.write(
        root.resolve("val_set.txt"),
        List.of(
            header,
            "v1/00001.jpg,0.1,0.5,0,1,0",
            "v1/00002.jpg,0.2,0.4,0,0,0",
            "v1/00003.jpg,0.3,0.3,1,1,0",
            "v2/00001.jpg,0.4,0.2,1,0,-1",
            "v2/00002.jpg,0.5,0.1,4,1,-1",
            "v2/00003.jpg,-5,-5,4,0,-1",
            "v2/00004.jpg,-5,-5,7,-1,-1",
            "v2/00005.jpg,-5,-5,4,-1,-1",
            "v3/00001.jpg,-5,-5,0,-1,-1"));
    Files.write(
        root.resolve("train_set.txt"),
        List.of(header, "t1/00001.jpg,-5,-5,-1,1,0", "t1/00002.jpg,-5,-5,-1,0,0"));
    return AffWild.multiTask(root);
  }

  private static Predictions framePredictions() {
    return predictions(
        read("cropped/v1/00001.jpg", Expression.NEUTRAL, .3, .1),
        read("cropped/v1/00002.jpg", Expression.NEUTRAL, .1, .2),
        read("cropped/v1/00003.jpg", Expression.ANGER, .3, .3),
        read("cropped/v2/00001.jpg", Expression.HAPPINESS, .1, .4),
        read("cropped/v2/00002.jpg", Expression.HAPPINESS, .3, .5),
        read("cropped/v2/00003.jpg", Expression.HAPPINESS, .1, 0),
        read("cropped/v2/00004.jpg", Expression.NEUTRAL, .1, 0),
        AnalyzedInput.unreadable("cropped/v2/00005.jpg", "truncated"),
        read("cropped/t1/00001.jpg", Expression.NEUTRAL, .3, 0),
        read("cropped/t1/00002.jpg", Expression.NEUTRAL, .1, 0));
  }

  private static FaceTable part(AffectDataset dataset, String split) {
    return Splits.part(dataset.table(), split);
  }

  private static double value(Evaluation e, LabelTask task, LabelMetrics measure, String of) {
    return e.scores().figure(task, measure, of).value().estimate();
  }

  @Test
  void everyTaskIsComparedAndNoRowVanishes() throws IOException {
    AffectDataset dataset = frames();
    Evaluation e = Evaluation.of(dataset, part(dataset, "validation"), framePredictions(), QUICK);
    assertEquals(5 / 6., value(e, LabelTask.EXPRESSION, LabelMetrics.ACCURACY, ""), 1e-9);
    Measurement honest =
        e.scores().figure(LabelTask.EXPRESSION, LabelMetrics.ACCURACY_UNREAD_WRONG, "");
    assertEquals(5 / 8., honest.value().estimate(), 1e-9);
    assertEquals(8, honest.n());
    assertEquals(1, e.scores().coverage().get("unreadable"));
    assertEquals(1, e.scores().coverage().get("not_predicted"));
    assertEquals(9, e.scores().count());
    assertEquals(1, value(e, LabelTask.VALENCE_AROUSAL, LabelMetrics.CCC, "valence"), 1e-9);
    assertEquals(0, value(e, LabelTask.VALENCE_AROUSAL, LabelMetrics.CCC, "arousal"), 1e-9);
    assertTrue(
        e.toString().contains("all predictions of arousal are the same number"), e::toString);
    assertTrue(e.toString().contains("1 rows are annotated as contempt or other"), e::toString);
    assertTrue(e.toString().contains("AU2 never active"), e::toString);
    assertEquals(0, value(e, LabelTask.ACTION_UNITS, LabelMetrics.F1, "AU1"), 1e-9);
    assertEquals(1, value(e, LabelTask.ACTION_UNITS, LabelMetrics.AREA_UNDER_CURVE, "AU1"), 1e-9);
    assertEquals(1, e.disagreements().size());
    assertEquals(Expression.ANGER, e.disagreements().get(0).label());
    assertEquals("0123abcd", e.provenance().get("model SHA-256"));
    assertTrue(e.provenance().get("intervals").contains("draws of persons, seed 3"));
  }

  @Test
  void thresholdsAreChosenOnOtherRows() throws IOException {
    AffectDataset dataset = frames();
    FaceTable test = part(dataset, "validation");
    FaceTable validation = part(dataset, "train");
    Evaluation e = Evaluation.of(dataset, test, validation, framePredictions(), QUICK);
    assertEquals(1, value(e, LabelTask.ACTION_UNITS, LabelMetrics.F1, "AU1"), 1e-9);
    assertTrue(e.provenance().get("thresholds").startsWith("highest F1 on 2 validation rows"));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> Evaluation.of(dataset, test, test, framePredictions(), QUICK))
            .getMessage()
            .contains("9 rows are in the test part and in the validation part"));
  }

  @Test
  void predictionsThatFitNoRowAreRefused() throws IOException {
    AffectDataset dataset = frames();
    Predictions strange = predictions(read("other/9.jpg", Expression.ANGER, .1, 0));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> Evaluation.of(dataset, dataset.table(), strange, QUICK))
            .getMessage()
            .contains("rows are named such as t1/00001.jpg, "));
    FaceTable none = dataset.table().rows();
    assertThrows(
        IllegalArgumentException.class,
        () -> Evaluation.of(dataset, none, framePredictions(), QUICK));
    Predictions unread = predictions(AnalyzedInput.unreadable("v1/00001.jpg", "gone"));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> Evaluation.of(dataset, dataset.table(), unread, QUICK))
            .getMessage()
            .contains("unreadable=1"));
  }

  @Test
  void otherToolsAreReadByTheirHeader() throws IOException {
    AffectDataset dataset = frames();
    Path openFace =
        Files.write(
            root.resolve("v1.csv"),
            List.of(
                "frame, face_id, timestamp, confidence, success, AU01_r, AU01_c",
                "1, 0, 0.0, 0.98, 1, 2.0, 1.0",
                "2, 0, 0.1, 0.98, 1, 0.2, 1.0",
                "3, 0, 0.1, 0.20, 0, 0.0, 0.0"));
    Evaluation video =
        Evaluation.of(dataset, part(dataset, "validation"), Predictions.read(openFace), QUICK);
    Measurement f1 = video.scores().figure(LabelTask.ACTION_UNITS, LabelMetrics.F1, "AU1");
    assertEquals(2 / 3., f1.value().estimate(), 1e-9);
    assertEquals(2, f1.n());
    assertEquals(1, video.scores().coverage().get("no_face"));
    assertTrue(video.scores().expressions().isEmpty());
    Path pyFeat =
        Files.write(
            root.resolve("fex.csv"),
            List.of(
                "input,frame,FaceScore,FaceRectX,FaceRectY,FaceRectWidth,FaceRectHeight,AU01,anger,disgust,fear,happiness,sadness,surprise,neutral",
                "c/v1/00001.jpg,0,0.99,1,1,9,9,0.9,0,0,0,0,0,0,1",
                "c/v1/00001.jpg,0,0.50,1,1,9,9,0.1,1,0,0,0,0,0,0",
                "c/v1/00003.jpg,0,0.99,1,1,9,9,0.2,1,0,0,0,0,0,0"));
    Evaluation photos =
        Evaluation.of(dataset, part(dataset, "validation"), Predictions.read(pyFeat), QUICK);
    assertEquals(1, value(photos, LabelTask.EXPRESSION, LabelMetrics.ACCURACY, ""), 1e-9);
    assertTrue(photos.toString().contains("1 predicted faces stand beside another"));
    Path other = Files.writeString(root.resolve("x.csv"), "a,b\n1,2\n");
    assertTrue(
        assertThrows(IOException.class, () -> Predictions.read(other))
            .getMessage()
            .contains("OpenFace"));
  }

  /** Eighty faces of eighty persons of two sexes, and three of a third; one of them is grey. */
  private AffectDataset rendered() throws IOException {
    List<String> labels = new ArrayList<>(List.of("file,category,person,sex,monk_tone,au01"));
    for (int i = 0; i < 83; i++) {
      String category = i % 2 == 0 ? "happiness" : "anger";
      String sex = i >= 80 ? "other" : i < 40 ? "female" : "male";
      labels.add("%02d.png,%s,%d,%s,%d,%s".formatted(i, category, i, sex, 1 + i % 10, i % 2));
      ImageIO.write(
          FaceImage.plain(16, 16, 40 + i).toBufferedImage(),
          "png",
          root.resolve("%02d.png".formatted(i)).toFile());
    }
    Files.write(root.resolve("labels.csv"), labels);
    return RenderedFaces.load(root);
  }

  /** Always right for women, wrong for every happy man. */
  private static Predictions unfair() {
    AnalyzedInput[] inputs = new AnalyzedInput[83];
    for (int i = 0; i < 83; i++) {
      Expression e = i % 2 == 0 && i < 40 ? Expression.HAPPINESS : Expression.ANGER;
      inputs[i] = read("%02d.png".formatted(i), e, i % 2 == 0 ? .1 : .8, 0);
    }
    return predictions(inputs);
  }

  @Test
  void groupsAreComparedAndSmallOnesNamed() throws IOException {
    AffectDataset dataset = rendered();
    Evaluation e = Evaluation.of(dataset, dataset.table(), unfair(), QUICK);
    FairnessAudit audit = e.fairness().get(0);
    assertEquals("gender", audit.attribute());
    assertEquals(FairnessAudit.Verdict.UNFAIR, audit.verdict());
    assertEquals(.5, audit.gap().estimate(), 1e-9, "1 for happiness, 0 for anger");
    assertTrue(e.toString().contains("group 'other' of gender is too small"), e::toString);
    assertEquals(FairnessAudit.Verdict.FAIR, e.fairness().get(1).verdict(), "action units");
    assertTrue(e.fairness().stream().anyMatch(a -> a.attribute().equals("skin_tone")));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Evaluation.of(
                        dataset,
                        dataset.table(),
                        unfair(),
                        QUICK.withAttributes(List.of("height"))))
            .getMessage()
            .contains("'height'"));
    FaceTable own =
        dataset.table().with(StringColumn.create("glasses", dataset.table().texts("gender")));
    Evaluation byOwn =
        Evaluation.of(dataset, own, unfair(), QUICK.withAttributes(List.of("glasses")));
    assertEquals(.5, byOwn.fairness().get(0).gap().estimate(), 1e-9);
  }

  @Test
  @Tag("slow")
  void theReportHoldsPicturesChecksumsAndEveryFigure(@TempDir Path out) throws IOException {
    AffectDataset dataset = rendered();
    Evaluation e = Evaluation.of(dataset, dataset.table(), unfair(), QUICK);
    String html = Files.readString(new EvaluationReport(e).save(out.resolve("new")));
    assertTrue(html.contains(dataset.checksum()) && html.contains("0123abcd"));
    assertEquals(3 * 2 + (1 + 4) + 1, html.split("data:image/png;base64,", -1).length - 1);
    assertTrue(html.contains("EOP by gender") && html.contains("other (n 3, left out)"));
    assertFalse(html.contains("<script") || html.contains("http:"), "self-contained");
    Table back = Table.read().csv(out.resolve("new/metrics.csv").toFile());
    assertEquals(e.table().rowCount(), back.rowCount());
    assertEquals(e.table().columnNames(), back.columnNames());
    assertEquals(e.table().doubleColumn("value").get(0), back.doubleColumn("value").get(0), 1e-12);
    String without = new EvaluationReport(e).withoutFaces().html();
    assertFalse(without.contains("most confident"));
  }

  @Test
  void duplicatesOfAnotherSplitAreMeasuredSeparately() throws IOException {
    for (String name :
        List.of("happy/PublicTest_1", "sad/PublicTest_2", "happy/Training_1", "sad/Training_2")) {
      Files.createDirectories(root.resolve(name).getParent());
      int grey = name.endsWith("Training_2") ? 200 : name.endsWith("Test_2") ? 90 : 50;
      ImageIO.write(
          FaceImage.plain(48, 48, grey).toBufferedImage(),
          "png",
          root.resolve(name + ".png").toFile());
    }
    AffectDataset dataset = Fer2013.folders(root);
    Predictions predictions =
        predictions(
            read("happy/PublicTest_1.png", Expression.HAPPINESS, .1, 0),
            read("sad/PublicTest_2.png", Expression.ANGER, .1, 0));
    Evaluation e =
        Evaluation.of(
            dataset, part(dataset, "validation"), predictions, QUICK.withDeduplication(true));
    assertEquals(.5, value(e, LabelTask.EXPRESSION, LabelMetrics.ACCURACY, ""), 1e-9);
    Measurements unique = e.scoresWithoutDuplicates().orElseThrow();
    assertEquals(1, unique.count());
    assertEquals(
        0, unique.figure(LabelTask.EXPRESSION, LabelMetrics.ACCURACY, "").value().estimate(), 1e-9);
    assertTrue(e.table().stringColumn("rows").asSet().contains("without duplicates"));
    assertTrue(new EvaluationReport(e).html().contains("without duplicates"));
  }

  @Test
  void filesAndFoldersOfPhotosByOpenFaceAreRead() throws IOException {
    AffectDataset portraits = RenderedFaces.load(Bundled.path("data/portraits"));
    Path folder = Bundled.path("data/tool-output/openface");
    Predictions all = Predictions.read(folder);
    assertEquals(36, all.size());
    assertEquals("OpenFace", all.provenance().get("predictions by"));
    Evaluation whole = Evaluation.of(portraits, portraits.table(), all, QUICK);
    assertEquals(0, whole.scores().coverage().get("not_predicted"));
    assertTrue(value(whole, LabelTask.ACTION_UNITS, LabelMetrics.F1, "") > .3);
    Predictions one = Predictions.read(folder.resolve("000.csv"));
    Evaluation single = Evaluation.of(portraits, portraits.table(), one, QUICK);
    assertEquals(35, single.scores().coverage().get("not_predicted"));
  }

  @Test
  void ownFilesKeepValenceAndArousal() throws IOException {
    Predictions read = Predictions.read(Bundled.path("data/tool-output/affect4j.csv"));
    assertTrue(Arrays.stream(read.table().numbers("valence")).noneMatch(Double::isNaN));
    assertEquals(36, read.table().behaviours().size());
  }

  @Test
  void theWeightsOfTheZeroShotRuleAreNamed() throws IOException {
    AffectDataset dataset = rendered();
    Relatedness binary = Relatedness.ofLabel("du-binary");
    Evaluation e = Evaluation.of(dataset, dataset.table(), unfair(), QUICK.withRelatedness(binary));
    assertTrue(e.toString().contains("weights: Du et al. 2014, binary"), e::toString);
    assertThrows(IllegalArgumentException.class, () -> Relatedness.ofLabel("none"));
  }
}
