package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.image.FaceAligner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** DISFA, BP4D, Aff-Wild and its editions, AFEW-VA and CK+. */
class VideoSetsTest {
  private static final String[] DISFA_UNITS = {
    "1", "2", "4", "5", "6", "9", "12", "15", "17", "20", "25", "26"
  };

  @TempDir Path root;
  private Miniature files;

  @BeforeEach
  void setUp() {
    files = new Miniature(root);
  }

  @Test
  void disfaJoinsUnitsByFrameAndKeepsIntensities() throws IOException {
    for (String unit : DISFA_UNITS) {
      if (!unit.equals("26")) {
        files.text(
            "ActionUnit_Labels/SN001/SN001_au" + unit + ".txt",
            unit.equals("1") ? new String[] {"1,1", "2,2", "3,6"} : new String[] {"1,0", "2,0"});
      }
    }
    AffectDataset dataset = Disfa.load(root);
    Table table = dataset.table().table();
    assertEquals(3, table.rowCount());
    assertEquals("SN001/00002.jpg", table.stringColumn("input").get(1));
    assertEquals(2, table.intColumn("frame").get(1));
    assertEquals("SN001", table.stringColumn("subject").get(0));
    assertEquals(0, table.doubleColumn("au01").get(0));
    assertEquals(1, table.doubleColumn("au01_intensity").get(0));
    assertEquals(1, table.doubleColumn("au01").get(1));
    assertTrue(table.doubleColumn("au01").isMissing(2));
    assertTrue(table.doubleColumn("au07").isMissing(0), "not one of DISFA's units");
    assertTrue(table.doubleColumn("au26").isMissing(0));
    assertEquals(1, dataset.report().count("intensity outside 0 to 5"));
    assertEquals(1, dataset.report().count("file of a unit is missing"));
    files.text("ActionUnit_Labels/SN001/SN001_au1.txt", "frame,intensity");
    assertThrows(DatasetFormatException.class, () -> Disfa.load(root));
  }

  @Test
  void disfaPlusSkipsComments() throws IOException {
    for (String unit : DISFA_UNITS) {
      files.text("Labels/SN003/smile_1/AU" + unit + ".txt", "# comment", "000.jpg 3", "001.jpg 1");
    }
    Table table = DisfaPlus.load(root).table().table();
    assertEquals("SN003/smile_1/000.jpg", table.stringColumn("input").get(0));
    assertEquals(List.of(1.0, 0.0), table.doubleColumn("au12").asList());
    assertEquals(1, table.intColumn("frame").get(1));
  }

  @Test
  void bp4dMasksNineAndFindsPaddedFrames() throws IOException {
    files
        .photos("Images/F001/T1/0024.jpg")
        .text("AUCoding/AU_OCC/F001_T1.csv", "0,1,2,14", "24,1,9,1", "25,1,1,1");
    AffectDataset dataset = Bp4d.load(root);
    assertEquals(1, dataset.table().table().rowCount());
    assertEquals(20, dataset.photo(0).width());
    assertEquals("female", dataset.table().table().stringColumn("gender").get(0));
    assertEquals(1, dataset.table().table().doubleColumn("au01").get(0));
    assertTrue(dataset.table().table().doubleColumn("au02").isMissing(0));
    assertEquals(
        1, dataset.table().number(0, "au14").orElseThrow(), "no unit of the library, but kept");
    assertEquals(1, dataset.report().count("photo is missing"));
    files.text("AUCoding/AU_OCC/F001_T2.csv", "0,1", "24,1");
    DatasetFormatException e = assertThrows(DatasetFormatException.class, () -> Bp4d.plus(root));
    assertTrue(e.getMessage().contains("[T1, T6, T7, T8]"), e::getMessage);
    files.text("AUCoding/AU_OCC/F001_T1.csv", "frame,1", "24,1");
    assertThrows(DatasetFormatException.class, () -> Bp4d.load(root));
  }

  @Test
  void affWild2MapsEachEditionByItsHeader() throws IOException {
    files
        .text("VA_Estimation_Challenge/Train_Set/v1.txt", "valence,arousal", "0.5,-0.5", "-5,-5")
        .text("VA_Estimation_Challenge/Validation_Set/v2.txt", "valence,arousal", "0.1,x")
        .text("VA_Estimation_Challenge/Validation_Set/v1.txt", "valence,arousal", "0.1,0.2")
        .text(
            "annotations/EXPR_Classification_Challenge/Train_Set/v1.txt",
            "Neutral,Anger,Disgust,Fear,Happiness,Sadness,Surprise,Other",
            "7",
            "-1",
            "4")
        .text(
            "annotations/EXPR_Classification_Challenge/Validation_Set/v2.txt",
            "Neutral,Anger,Disgust,Fear,Happiness,Sadness,Surprise",
            "7")
        .text("AU_Set/Training_Set/v1.txt", "AU1,AU2,AU4", "1,0,-1")
        .text("AU_Set/Validation_Set/v2.txt", "AU1,AU2,AU4", "0,0,1");
    AffectDataset va = AffWild.valenceArousal(root);
    assertEquals(4 - 1, va.table().table().rowCount(), "v1/00001.jpg is in both splits");
    assertEquals("v1/00001.jpg", va.table().table().stringColumn("input").get(0));
    assertTrue(va.table().table().doubleColumn("valence").isMissing(1));
    assertEquals(1, va.report().count("name occurs again"));
    AffectDataset expressions = AffWild.expressions(root);
    assertEquals(
        List.of("other", "", "happiness", ""),
        expressions.table().table().stringColumn("expression").asList());
    assertEquals(1, expressions.report().count("code '7'"));
    Table units = AffWild.actionUnits(root).table().table();
    assertEquals(1, units.doubleColumn("au01").get(0));
    assertTrue(units.doubleColumn("au04").isMissing(0));
    files.text("VA_Estimation_Challenge/Train_Set/v1.txt", "0.5,-0.5", "-5,-5");
    assertThrows(DatasetFormatException.class, () -> AffWild.valenceArousal(root));
  }

  @Test
  void multiTaskListReportsSubjectsInTwoSplits() throws IOException {
    String header = "image,valence,arousal,expression,AU1,AU2";
    files
        .text("train_set.txt", header, "v1/00001.jpg,0.5,0.5,-1,0,1", "v1/00002.jpg,-5,-5,7,-1,-1")
        .text("val_set.txt", header, "v1/00003.jpg,0.5,0.5,4,0,1", "v2/00001.jpg,0.5,0.5,4,0,1")
        .text("readme.txt", "hello");
    AffectDataset dataset = AffWild.multiTask(root);
    Table table = dataset.table().table();
    assertEquals(4, table.rowCount());
    assertTrue(table.stringColumn("expression").isMissing(0));
    assertEquals("other", table.stringColumn("expression").get(1));
    assertTrue(table.doubleColumn("au01").isMissing(1));
    assertEquals(1, dataset.report().count("another official split"));
    assertEquals(1, dataset.report().count("no list"));
    Fold official = Splits.official(dataset.table(), "train", "validation");
    assertEquals(List.of("v1"), official.sharedSubjects());
    files.text("val_set.txt", header, "strange,0.5,0.5,4,0,1");
    assertThrows(DatasetFormatException.class, () -> AffWild.multiTask(root));
  }

  @Test
  void affWildNeedsBothFiles() throws IOException {
    files
        .text("annotations/train/valence/105.txt", "0.1", "0.2")
        .text("annotations/train/arousal/105.txt", "0.3", "0.4");
    Table table = AffWild.load(root).table().table();
    assertEquals(.4, table.doubleColumn("arousal").get(1));
    assertEquals("105/00002.jpg", table.stringColumn("input").get(1));
    files.text("annotations/train/arousal/105.txt", "0.3");
    assertThrows(DatasetFormatException.class, () -> AffWild.load(root));
  }

  @Test
  void compoundChallengeReadsFramesAndSegments() throws IOException {
    String names =
        "Fearfully_Surprised,Happily_Surprised,Sadly_Surprised,Disgustedly_Surprised,Angrily_Surprised,Sadly_Fearful,Sadly_Angry";
    files
        .text(
            "frames/list.txt",
            "image_location," + names,
            "v/00001.jpg,0,1,0,0,0,0,0",
            "v/00002.jpg,1,1,0,0,0,0,0")
        .text(
            "segments/v.csv",
            "Begin Time - hh:mm:ss.ms,End Time - hh:mm:ss.ms," + names.replace('_', ' ') + ",Other",
            "00:00:01.500,00:01:02.250,0,0,0,0,0,0,1,0",
            "00:02:00.000,00:02:01.000,0,0,0,0,0,0,0,1");
    Table frames = CExprDb.frames(root.resolve("frames/list.txt")).table().table();
    assertEquals(List.of("happily surprised", ""), frames.stringColumn("compound").asList());
    Table segments = CExprDb.segments(root.resolve("segments")).table().table();
    assertEquals("sadly angry", segments.stringColumn("compound").get(0));
    assertEquals(62.25, segments.doubleColumn("end_s").get(0));
    assertEquals("other", segments.stringColumn("expression").get(1));
  }

  @Test
  void afewVaDividesByTenAndAlignsByGivenLandmarks() throws IOException {
    String points = Collections.nCopies(34, "[4, 5], [14, 15]").toString();
    files
        .photos("01/001/00000.png")
        .text(
            "01/001/001.json",
            "{\"video_id\": \"001\", \"frames\": {\"00000\": {\"landmarks\": "
                + points
                + ", \"valence\": -5.0, \"arousal\": 10.0}}}");
    AffectDataset dataset = AfewVa.load(root);
    assertEquals(-.5, dataset.table().table().doubleColumn("valence").get(0));
    assertEquals(1, dataset.table().table().doubleColumn("arousal").get(0));
    assertEquals(
        DatasetFace.Source.GIVEN_LANDMARKS,
        dataset.face(0, new FaceAligner(), p -> Optional.empty()).source());
    files.text("01/001/001.json", "{\"frames\": {\"00000\": {\"valence\": 3}}}");
    assertThrows(DatasetFormatException.class, () -> AfewVa.load(root));
  }

  @Test
  void ckPlusTakesNeutralAndPeak() throws IOException {
    String stem = "S005/001/S005_001_000000";
    files
        .photos(
            "cohn-kanade-images/" + stem + "01.png",
            "cohn-kanade-images/" + stem + "02.png",
            "cohn-kanade-images/" + stem + "11.png",
            "cohn-kanade-images/S005/002/S005_002_00000001.png")
        .text("Emotion/" + stem + "11_emotion.txt", "   3.0000000e+00")
        .text(
            "FACS/" + stem + "11_facs.txt",
            "   9.0000000e+00   5.0000000e+00",
            "   1.7000000e+01   0.0000000e+00",
            "   4.3000000e+01   0.0000000e+00");
    AffectDataset dataset = CkPlus.load(root);
    Table table = dataset.table().table();
    assertEquals(List.of("neutral", "disgust"), table.stringColumn("expression").asList());
    assertEquals(List.of(1, 11), table.intColumn("frame").asList());
    assertTrue(table.doubleColumn("au09").isMissing(0));
    assertEquals(1, table.doubleColumn("au09").get(1));
    assertEquals(5, table.doubleColumn("au09_intensity").get(1));
    assertEquals(1, table.doubleColumn("au17").get(1));
    assertTrue(table.doubleColumn("au17_intensity").isMissing(1));
    assertEquals(0, table.doubleColumn("au01").get(1));
    assertEquals(1, dataset.report().count("fewer than two frames"));
  }

  /** Pictures of frames 1 to 3 of one subject, and labels of some more. */
  private AffectDataset disfa(int labels, String... pictures) throws IOException {
    String[] lines =
        IntStream.rangeClosed(1, labels).mapToObj(i -> i + ",0").toArray(String[]::new);
    files.text("ActionUnit_Labels/SN001/SN001_au1.txt", lines).photos(pictures);
    return Disfa.load(root);
  }

  @Test
  void surplusLabelsBehindTheLastFrameAreCutAndTold() throws IOException {
    String[] frames = {
      "Images/SN001/00001.jpg", "Images/SN001/00002.jpg", "Images/SN001/00003.jpg"
    };
    String told = "surplus label cut";
    assertEquals(0, disfa(3, frames).report().count(told));
    for (int surplus = 1; surplus <= 2; surplus++) {
      AffectDataset dataset = disfa(3 + surplus, frames);
      assertEquals(3, dataset.table().size());
      assertEquals(surplus, dataset.report().count(told));
    }
    DatasetFormatException e = assertThrows(DatasetFormatException.class, () -> disfa(6, frames));
    assertTrue(
        e.getMessage().contains("'SN001'") && e.getMessage().contains("3 more"), e::getMessage);
    files.text("ActionUnit_Labels/SN002/SN002_au1.txt", "1,0", "2,0", "3,0", "4,0");
    AffectDataset withoutFrames = disfa(3, frames);
    assertEquals(4, withoutFrames.report().count("photo is missing"), "a clip without frames");
    assertEquals(0, withoutFrames.report().count(told));
  }

  @Test
  void whereOnlySomeFramesAreThereNoEndIsKnown() throws IOException {
    AffectDataset dataset = disfa(9, "Images/SN001/00001.jpg", "Images/SN001/00003.jpg");
    assertEquals(2, dataset.table().size());
    assertEquals(7, dataset.report().count("photo is missing"));
  }
}
