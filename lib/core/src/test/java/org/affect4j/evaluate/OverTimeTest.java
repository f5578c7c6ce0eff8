package org.affect4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.affect4j.dataset.AfewVa;
import org.affect4j.dataset.AffWild;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Bp4d;
import org.affect4j.dataset.Disfa;
import org.affect4j.dataset.Splits;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.series.Filling;
import org.affect4j.series.Smoothing;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of clips, joined with labels by frame and judged before and after filters. */
class OverTimeTest {
  private static final EvaluationOptions QUICK =
      EvaluationOptions.defaults().withBootstrap(new Bootstrap(100, .95, 3));
  private static final TimeSteps FILLED = TimeSteps.of(new Filling(1), 25);
  private static final int FRAMES = 60;

  @TempDir Path root;
  private final FaceTableBuilder rows = new FaceTableBuilder("affect4j", FaceColumns.analysis(0));

  private void write(String file, List<String> lines) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.write(root.resolve(file), lines);
  }

  private static double wave(int frame) {
    return .8 * Math.sin(frame / 9.);
  }

  /** A quick error that a filter takes away. */
  private static double noise(int frame) {
    return frame % 2 == 0 ? .2 : -.2;
  }

  /** Labels of Aff-Wild2, whose first line is the first frame. */
  private void labels(String split, String clip, int frames, IntToDoubleFunction valence)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("valence,arousal"));
    IntStream.range(0, frames)
        .forEach(i -> lines.add("%.6f,%.6f".formatted(valence.applyAsDouble(i), .1)));
    write("VA_Estimation_Challenge/%s/%s.txt".formatted(split, clip), lines);
  }

  private void face(String input, int frame, int id, double valence) {
    rows.set(FaceColumns.INPUT, input).set(FaceColumns.FRAME, frame);
    rows.set(FaceColumns.TIMESTAMP, frame / 25.).set(FaceColumns.FACE, id);
    rows.set(FaceColumns.STATUS, "ok").set(FaceColumns.SCORE, .9 - .1 * id);
    rows.set(FaceColumns.VALENCE, valence).set(FaceColumns.AROUSAL, .1).add();
  }

  private void noFace(String input, int frame) {
    rows.set(FaceColumns.INPUT, input).set(FaceColumns.FRAME, frame);
    rows.set(FaceColumns.TIMESTAMP, frame / 25.).set(FaceColumns.STATUS, "no_face").add();
  }

  private void clip(String input, int first, int frames, IntToDoubleFunction valence) {
    IntStream.range(0, frames).forEach(i -> face(input, first + i, 0, valence.applyAsDouble(i)));
  }

  private Predictions predictions() {
    return Predictions.of(rows.build(), Map.of());
  }

  private static double ccc(Evaluation e) {
    return figure(e).value().estimate();
  }

  private static Measurement figure(Evaluation e) {
    return e.scores().figure(LabelTask.VALENCE_AROUSAL, LabelMetrics.CCC, "valence");
  }

  private AffectDataset affWild() throws IOException {
    return AffWild.valenceArousal(root);
  }

  private static FaceTable validation(AffectDataset dataset) {
    return Splits.part(dataset.table(), "validation");
  }

  @Test
  void videosCountFromZeroAndFoldersOfPicturesByTheirNames() throws IOException {
    labels("Train_Set", "t", 5, OverTimeTest::wave);
    labels("Validation_Set", "v1", FRAMES, OverTimeTest::wave);
    labels("Validation_Set", "v2", FRAMES, i -> wave(i + 20));
    clip("videos/v1.mp4", 0, FRAMES, OverTimeTest::wave);
    clip("folders/v2", 1, FRAMES, i -> wave(i + 20));
    AffectDataset dataset = affWild();
    assertEquals(OptionalInt.of(1), dataset.firstFrame());
    Evaluation e = Evaluation.of(dataset, validation(dataset), predictions(), QUICK);
    assertEquals(1, ccc(e), 1e-9, "one frame of shift would lower it");
    assertEquals(0, e.scores().coverage().get("not_predicted"));
    assertTrue(e.provenance().get("intervals").contains("draws of persons"));
  }

  @Test
  void openFaceCountsFromOne() throws IOException {
    List<String> labels = new ArrayList<>(List.of("AU1"));
    List<String> read =
        new ArrayList<>(List.of("frame, face_id, timestamp, confidence, success, AU01_c"));
    for (int i = 0; i < 20; i++) {
      labels.add(i % 7 == 0 ? "1" : "0");
      read.add("%d, 0, %.3f, .98, 1, %d".formatted(i + 1, i / 25., i % 7 == 0 ? 1 : 0));
    }
    write("AU_Set/Training_Set/t.txt", List.of("AU1", "1"));
    write("AU_Set/Validation_Set/v1.txt", labels);
    write("tool/v1.csv", read);
    AffectDataset dataset = AffWild.actionUnits(root);
    Evaluation e =
        Evaluation.of(dataset, validation(dataset), Predictions.read(root.resolve("tool")), QUICK);
    assertEquals(
        1,
        e.scores().figure(LabelTask.ACTION_UNITS, LabelMetrics.F1, "AU1").value().estimate(),
        1e-9);
  }

  @Test
  void everyLoaderStatesItsFirstFrame() throws IOException {
    write(
        "afew/01/001/001.json",
        List.of(
            "{\"frames\": {\"00000\": {\"landmarks\": [], \"valence\": 3, \"arousal\": 1},"
                + " \"00001\": {\"landmarks\": [], \"valence\": -5, \"arousal\": 2}}}"));
    for (String frame : List.of("00000", "00001")) {
      ImageIO.write(
          FaceImage.plain(8, 8, 90).toBufferedImage(),
          "png",
          root.resolve("afew/01/001/" + frame + ".png").toFile());
    }
    AffectDataset afew = AfewVa.load(root.resolve("afew"));
    assertEquals(OptionalInt.of(0), afew.firstFrame());
    face("x/001.avi", 0, 0, .3);
    face("x/001.avi", 1, 0, -.5);
    assertEquals(1, ccc(Evaluation.of(afew, afew.table(), predictions(), QUICK)), 1e-9);
    write("disfa/ActionUnit_Labels/SN001/SN001_au1.txt", List.of("1,0", "2,3"));
    assertEquals(OptionalInt.of(1), Disfa.load(root.resolve("disfa")).firstFrame());
    write("bp4d/AUCoding/AU_OCC/F001_T1.csv", List.of("0,1", "24,1", "25,0", "26,1"));
    AffectDataset bp4d = Bp4d.load(root.resolve("bp4d"));
    assertEquals(OptionalInt.of(1), bp4d.firstFrame());
    FaceTableBuilder units = new FaceTableBuilder("faces", FaceColumns.analysis(0));
    for (int frame = 20; frame < 30; frame++) {
      units.set(FaceColumns.INPUT, "F001_T1.mp4").set(FaceColumns.FRAME, frame);
      units.set("au01", frame == 23 || frame == 25 ? .9 : .1).add();
    }
    Evaluation e =
        Evaluation.of(bp4d, bp4d.table(), Predictions.of(units.build(), Map.of()), QUICK);
    assertEquals(
        1,
        e.scores().figure(LabelTask.ACTION_UNITS, LabelMetrics.F1, "AU1").value().estimate(),
        1e-9);
  }

  @Test
  void oneOrTwoSurplusLabelsAreCutAndMoreAreAnError() throws IOException {
    labels("Train_Set", "t", 5, OverTimeTest::wave);
    clip("v1.mp4", 0, 10, OverTimeTest::wave);
    clip("v2.mp4", 0, 10, OverTimeTest::wave);
    Predictions read = predictions();
    for (int surplus = 0; surplus <= 3; surplus++) {
      labels("Validation_Set", "v1", 10 + surplus, OverTimeTest::wave);
      labels("Validation_Set", "v2", 10, OverTimeTest::wave);
      labels("Validation_Set", "nobody", 7, OverTimeTest::wave);
      AffectDataset dataset = affWild();
      FaceTable part = validation(dataset);
      if (surplus == 3) {
        String message =
            assertThrows(
                    IllegalArgumentException.class, () -> Evaluation.of(dataset, part, read, QUICK))
                .getMessage();
        assertTrue(message.contains("'v1'") && message.contains("3 more"), message);
      } else {
        Evaluation e = Evaluation.of(dataset, part, read, QUICK);
        assertEquals(27, e.scores().count());
        assertEquals(7, e.scores().coverage().get("not_predicted"), "a clip without frames");
        String told = surplus + " labels stand behind the last frame of their clip";
        assertEquals(surplus > 0, e.toString().contains(told), e::toString);
      }
    }
  }

  @Test
  void filtersStopAtTheBordersOfClipsAndFaces() throws IOException {
    labels("Train_Set", "t", 5, OverTimeTest::wave);
    labels("Validation_Set", "v1", 20, i -> .9);
    labels("Validation_Set", "v2", 20, i -> -.9);
    clip("v1.mp4", 0, 20, i -> .9);
    clip("v1.mp4", 0, 0, i -> 0);
    clip("v2.mp4", 0, 20, i -> -.9);
    IntStream.range(0, 20).forEach(i -> face("v1.mp4", i, 1, -.7));
    TimeSteps steps = FILLED.smoothed(Smoothing.mean(15), Smoothing.none());
    EvaluationOverTime both = compared(Optional.empty(), steps);
    assertEquals(1, ccc(both.raw()), 1e-9);
    assertEquals(1, ccc(both.smoothed()), 1e-9);
    // The same of single pictures, which lie beside each other in one table.
    FaceTableBuilder pictures = new FaceTableBuilder("faces", FaceColumns.analysis(0));
    for (String clip : List.of("v1", "v2")) {
      for (int i = 1; i <= 20; i++) {
        pictures.set(FaceColumns.INPUT, "cropped/%s/%05d.jpg".formatted(clip, i));
        pictures.set(FaceColumns.VALENCE, clip.equals("v1") ? .9 : -.9);
        pictures.set(FaceColumns.AROUSAL, .1).set(FaceColumns.FACE, 0).add();
      }
    }
    AffectDataset dataset = affWild();
    EvaluationOverTime ofPictures =
        EvaluationOverTime.of(
            dataset,
            validation(dataset),
            Optional.empty(),
            Predictions.of(pictures.build(), Map.of()),
            new EvaluationOverTime.Chosen(steps, List.of()),
            QUICK);
    assertEquals(1, ccc(ofPictures.smoothed()), 1e-9);
    assertEquals(40, figure(ofPictures.smoothed()).n());
  }

  private EvaluationOverTime compared(Optional<FaceTable> validation, TimeSteps steps)
      throws IOException {
    AffectDataset dataset = affWild();
    return EvaluationOverTime.of(
        dataset,
        validation(dataset),
        validation,
        predictions(),
        new EvaluationOverTime.Chosen(steps, List.of()),
        QUICK);
  }

  @Test
  void gapsAreFilledAndJudged() throws IOException {
    labels("Train_Set", "t", 5, OverTimeTest::wave);
    labels("Validation_Set", "v1", 100, i -> i / 100.);
    for (int i = 0; i < 100; i++) {
      // Ten frames are filled, forty are too many.
      if (i >= 10 && i < 20 || i >= 50 && i < 90) {
        noFace("v1.mp4", i);
      } else {
        face("v1.mp4", i, 0, i / 100.);
      }
    }
    EvaluationOverTime both = compared(Optional.empty(), FILLED);
    assertEquals(50, figure(both.raw()).n());
    assertEquals(60, figure(both.smoothed()).n());
    assertEquals(10, both.smoothed().scores().coverage().get("interpolated"));
    assertEquals(40, both.smoothed().scores().coverage().get("no_face"));
    assertEquals(1, ccc(both.smoothed()), 1e-9);
    assertTrue(both.smoothed().provenance().get("over time").contains("gaps of up to 1.0 s"));
  }

  private void noisy() throws IOException {
    for (String clip : List.of("t1", "t2", "v1", "v2")) {
      int shift = 13 * clip.hashCode() % 40;
      labels(
          clip.startsWith("t") ? "Train_Set" : "Validation_Set",
          clip,
          FRAMES,
          i -> wave(i + shift));
      clip(clip + ".mp4", 0, FRAMES, i -> wave(i + shift) + noise(i));
    }
  }

  @Test
  void theFilterIsChosenOnAnotherSplitAndKeptOnlyIfItHelps() throws IOException {
    noisy();
    AffectDataset dataset = affWild();
    FaceTable train = Splits.part(dataset.table(), "train");
    EvaluationOverTime.Chosen chosen =
        EvaluationOverTime.chosenOn(dataset, train, predictions(), FILLED, QUICK);
    EvaluationOverTime.Choice choice = chosen.choices().get(0);
    assertEquals(1, chosen.choices().size(), "only valence and arousal are labelled");
    assertEquals(Smoothing.median(5), choice.filter());
    assertEquals(choice.filter(), chosen.steps().affect());
    assertEquals(Smoothing.none(), chosen.steps().units());
    assertTrue(choice.with() > choice.without() + .001, choice::toString);
    EvaluationOverTime both =
        EvaluationOverTime.of(
            dataset, validation(dataset), Optional.empty(), predictions(), chosen, QUICK);
    assertTrue(ccc(both.smoothed()) > ccc(both.raw()) + .001);
    assertTrue(both.toString().contains("median:5 raised CCC from"), both::toString);
    assertEquals(ccc(both.raw()), value(both, "raw"), 1e-12);
    assertEquals(ccc(both.smoothed()), value(both, "smoothed"), 1e-12);
  }

  private static double value(EvaluationOverTime both, String column) {
    List<String> of = both.table().stringColumn("of").asList();
    return both.table().doubleColumn(column).get(of.indexOf("valence"));
  }

  @Test
  void noFilterIsKeptThatDoesNotHelp() throws IOException {
    labels("Train_Set", "t", FRAMES, OverTimeTest::wave);
    labels("Validation_Set", "v", FRAMES, OverTimeTest::wave);
    clip("t.mp4", 0, FRAMES, OverTimeTest::wave);
    AffectDataset dataset = affWild();
    EvaluationOverTime.Chosen chosen =
        EvaluationOverTime.chosenOn(
            dataset, Splits.part(dataset.table(), "train"), predictions(), FILLED, QUICK);
    assertEquals(Smoothing.none(), chosen.steps().affect());
    assertTrue(chosen.toString().contains("no filter raised CCC"), chosen::toString);
  }

  @Test
  void clipsWithoutPersonsAreDrawnWhole() {
    FaceTableBuilder labels = new FaceTableBuilder("mine", List.of());
    for (String clip : List.of("a", "b", "c")) {
      for (int i = 0; i < 30; i++) {
        labels.set(FaceColumns.INPUT, "%s/%d.png".formatted(clip, i)).set(FaceColumns.FRAME, i);
        labels.set(FaceColumns.VALENCE, wave(i + 9 * clip.charAt(0)));
        labels.set(FaceColumns.AROUSAL, 0).add();
        face(clip, i, 0, clip.equals("a") ? 0 : wave(i + 9 * clip.charAt(0)));
      }
    }
    AffectDataset dataset = AffectDataset.of(labels.build(), root);
    Evaluation e = Evaluation.of(dataset, dataset.table(), predictions(), QUICK);
    assertTrue(e.provenance().get("intervals").contains("draws of clips"));
    Measurement figure = figure(e);
    assertTrue(
        figure.value().high() - figure.value().low() > .4,
        "one of three clips is read wrongly: " + figure);
  }
}
