package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.table.FaceColumns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** AffectNet, the RAF family, EmotioNet, and what all lists of photos share. */
class PhotoSetsTest {
  private static final String AFFECTNET_HEADER =
      "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal";
  private static final String POINTS = String.join(";", Collections.nCopies(68, "5;6"));

  @TempDir Path root;
  private Miniature files;

  @BeforeEach
  void setUp() {
    files = new Miniature(root);
  }

  @Test
  void affectNetMasksEachTaskByItself() throws IOException {
    files
        .photos(
            "Manually_Annotated_Images/1/a.jpg",
            "Manually_Annotated_Images/1/b.jpg",
            "Manually_Annotated_Images/1/c.jpg")
        .text(
            "Manually_Annotated_file_lists/training.csv",
            AFFECTNET_HEADER,
            "1/a.jpg,2,2,16,16," + POINTS + ",1,0.5,-0.25",
            "1/b.jpg,-1,-1,-1,-1,5;x,9,-2,-2",
            "1/a.jpg,2,2,16,16," + POINTS + ",2,0.5,-0.25",
            "1/missing.jpg,2,2,16,16," + POINTS + ",2,0.5,-0.25")
        .text(
            "Manually_Annotated_file_lists/validation.csv",
            AFFECTNET_HEADER,
            "1/c.jpg,2,2,16,16," + POINTS + ",42,0.5,1.75");
    AffectDataset dataset = AffectNet.manual(root);
    Table table = dataset.table().table();
    assertEquals(FaceColumns.DATASET, table.columnNames().subList(0, FaceColumns.DATASET.size()));
    assertEquals(3, table.rowCount());
    assertEquals("happiness", table.stringColumn("expression").get(0));
    assertEquals(-.25, table.doubleColumn("arousal").get(0));
    assertEquals("train", table.stringColumn("split").get(1));
    assertTrue(table.stringColumn("expression").isMissing(1));
    assertTrue(table.doubleColumn("valence").isMissing(1));
    assertEquals("validation", table.stringColumn("split").get(2));
    assertTrue(table.stringColumn("expression").isMissing(2));
    assertTrue(table.doubleColumn("arousal").isMissing(2));
    LoadReport report = dataset.report();
    assertEquals(1, report.count("name occurs again"));
    assertEquals(1, report.count("photo is missing"));
    assertEquals(1, report.count("annotated as uncertain"));
    assertEquals(1, report.count("code '42'"));
    assertEquals(1, report.count("no numbers from -1 to 1"));
    assertEquals(1, report.count("marked as invalid (-2)"));
    assertEquals(
        List.of(DatasetFace.Source.BOX, DatasetFace.Source.DETECTED),
        List.of(
            withoutLandmarks().face(0, new FaceAligner(32), p -> Optional.empty()).source(),
            withoutLandmarks()
                .face(
                    0,
                    new FaceAligner(32),
                    p -> Optional.of(Landmarks.of(8, 8, 16, 8, 12, 12, 9, 16, 15, 16)))
                .source()));
  }

  private AffectDataset withoutLandmarks() throws IOException {
    files.text(
        "Manually_Annotated_file_lists/training.csv",
        AFFECTNET_HEADER,
        "1/a.jpg,2,2,16,16,1;2,1,0.5,-0.25");
    return AffectNet.manual(root);
  }

  @Test
  void anotherHeaderFailsAndSaysWhatWasExpected() {
    files
        .text(
            "Manually_Annotated_file_lists/training.csv",
            AFFECTNET_HEADER.replace("valence", "val"))
        .text("Manually_Annotated_file_lists/validation.csv", AFFECTNET_HEADER);
    DatasetFormatException e =
        assertThrows(DatasetFormatException.class, () -> AffectNet.manual(root));
    assertTrue(e.getMessage().contains("no column 'valence'"), e::getMessage);
    assertTrue(e.getMessage().contains("found [subDirectory_filePath"), e::getMessage);
    e = assertThrows(DatasetFormatException.class, () -> AffectNet.automatic(root));
    assertTrue(e.getMessage().contains("automatically_annotated.csv"), e::getMessage);
    assertTrue(e.getMessage().contains("Manually_Annotated_file_lists"), e::getMessage);
  }

  @Test
  void affectNetArraysHoldNumbersAndTexts() throws IOException {
    ByteBuffer points = ByteBuffer.allocate(136 * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 136; i++) {
      points.putDouble(i % 2 == 0 ? 3 + i / 20. : 4 + i % 7);
    }
    for (String split : List.of("train_set", "val_set")) {
      files
          .photos(split + "/images/7.jpg")
          .npy(split + "/annotations/7_exp.npy", "<U1", Miniature.unicode("6"))
          .npy(split + "/annotations/7_val.npy", "<U6", Miniature.unicode("-0.375"))
          .npy(
              split + "/annotations/7_aro.npy",
              "<f4",
              ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(.5f).array())
          .npy(split + "/annotations/7_lnd.npy", "<f8", points.array());
    }
    AffectDataset dataset = AffectNet.arrays(root);
    assertEquals("anger", dataset.table().table().stringColumn("expression").get(1));
    assertEquals(-.375, dataset.table().table().doubleColumn("valence").get(0));
    DatasetFace face = dataset.face(0, new FaceAligner(32), photo -> Optional.empty());
    assertEquals(DatasetFace.Source.GIVEN_LANDMARKS, face.source());
    assertEquals(32, face.crop().orElseThrow().width());
    files.bytes("train_set/annotations/7_val.npy", "no array".getBytes(StandardCharsets.UTF_8));
    assertThrows(DatasetFormatException.class, () -> AffectNet.arrays(root));
  }

  @Test
  void rafDbReadsAttributesAndPrefersOriginals() throws IOException {
    files
        .text("EmoLabel/list_patition_label.txt", "train_00001.jpg 5", "test_0001.jpg 7")
        .photos("Image/aligned/train_00001_aligned.jpg", "Image/aligned/test_0001_aligned.jpg")
        .text(
            "Annotation/manual/train_00001_manu_attri.txt",
            "5 6\n14 6\n10 10\n6 14\n13 14\n1\n2\n3");
    AffectDataset aligned = RafDb.basic(root);
    Table table = aligned.table().table();
    assertEquals("sadness", table.stringColumn("expression").get(0));
    assertEquals("neutral", table.stringColumn("expression").get(1));
    assertEquals("test", table.stringColumn("split").get(1));
    assertEquals("female", table.stringColumn("gender").get(0));
    assertEquals("Asian", table.stringColumn("race").get(0));
    assertEquals("40-69", table.stringColumn("age").get(0));
    assertTrue(table.stringColumn("age").isMissing(1));
    FaceAligner aligner = new FaceAligner(24);
    assertEquals(
        DatasetFace.Source.WHOLE_PHOTO, aligned.face(0, aligner, p -> Optional.empty()).source());
    files.photos("Image/original/train_00001.jpg", "Image/original/test_0001.jpg");
    AffectDataset originals = RafDb.basic(root);
    assertEquals(
        List.of(DatasetFace.Source.GIVEN_LANDMARKS, DatasetFace.Source.NONE),
        originals
            .faces(originals.table(), aligner, p -> Optional.empty())
            .map(DatasetFace::source)
            .toList());
    assertEquals(aligned.checksum(), originals.checksum());
    files.text("EmoLabel/list_patition_label.txt", "train_00001.jpg 4", "test_0001.jpg 7");
    assertNotEquals(aligned.checksum(), RafDb.basic(root).checksum());
    files.text("EmoLabel/list_patition_label.txt", "train_00001.jpg,4,9");
    assertThrows(DatasetFormatException.class, () -> RafDb.basic(root));
  }

  @Test
  void rafCompoundFamilyMapsItsOwnCodes() throws IOException {
    files
        .text("EmoLabel/list_patition_label.txt", "train_00001.jpg 11", "test_0001.jpg 12")
        .text("RAFCE_emolabel.txt", "0001.jpg 9", "0002.jpg 13", "0003.jpg 8")
        .text("RAFCE_partition.txt", "0001.jpg 0", "0002.jpg 2", "0003.jpg 7", "4.jpg 0")
        .text("RAFCE_AUlabel.txt", "0001.jpg 4+R10+12", "0002.jpg null")
        .text("RAFAU_label.txt", "0001.jpg 1+2+L12+16+27", "0002.jpg null", "0003.jpg 1+x");
    Table compound = RafDb.compound(root).table().table();
    assertEquals("disgustedly surprised", compound.stringColumn("compound").get(0));
    assertTrue(compound.stringColumn("compound").isMissing(1));
    assertEquals(1, RafCe.load(root).report().count("name is not in RAFCE_emolabel.txt"));
    Table ce = RafCe.load(root).table().table();
    assertEquals(
        List.of("angrily surprised", "happily sad", "fearfully disgusted"),
        ce.stringColumn("compound").asList());
    assertEquals(List.of("train", "validation", ""), ce.stringColumn("split").asList());
    assertEquals(1, ce.doubleColumn("au10").get(0));
    assertTrue(ce.doubleColumn("au10").isMissing(1));
    AffectDataset units = RafDb.au(root);
    assertEquals(1, units.table().table().doubleColumn("au12").get(0));
    assertEquals(0, units.table().table().doubleColumn("au04").get(0));
    assertEquals(1, units.report().count("'x' is no unit"));
    assertEquals(1, units.report().count("AU27 is none of the library's units"));
    assertEquals(1, units.report().count("labels only"));
  }

  @Test
  void emotioNetReadsQuotedHeadersWorkbooksAndTabs() throws IOException {
    files
        .photos("images/a.jpg")
        .text(
            "EmotioNet_FACS_aws_2020_24600.csv",
            "URL,'URL orig','AU 1','AU 2','AU 43'",
            "'http://host/x/a.jpg','o',1,999,1",
            "'http://host/x/b.jpg','o',0,7,1");
    AffectDataset manual = EmotioNet.manual(root);
    assertEquals(1, manual.table().table().rowCount());
    assertEquals("http://host/x/a.jpg", manual.table().table().stringColumn("input").get(0));
    assertEquals(1, manual.table().table().doubleColumn("au01").get(0));
    assertTrue(manual.table().table().doubleColumn("au02").isMissing(0));
    assertEquals(20, manual.photo(0).width());

    String[] header = {
      "URL",
      "angrily_disgusted",
      "angrily_surprised",
      "angry",
      "appalled",
      "awed",
      "disgusted",
      "fearful",
      "fearfully_angry",
      "fearfully_surprised",
      "happily_disgusted",
      "happily_surprised",
      "happy",
      "sad",
      "sadly_angry",
      "sadly_disgusted",
      "surprised"
    };
    files.xlsx(
        "URLsWithEmotionCat_aws_free.xlsx",
        header,
        marks("http://host/x/a.jpg", 11),
        marks("http://host/y/a.jpg", 12),
        marks("http://host/z/a.jpg", 3, 4));
    AffectDataset categories = EmotioNet.compound(root);
    assertEquals(
        List.of("happily surprised", "happiness", ""),
        categories.table().table().stringColumn("compound").asList());
    assertEquals("happiness", categories.table().table().stringColumn("expression").get(1));
    assertEquals(1, categories.report().count("several are marked"));

    String[] cells = new String[62];
    Arrays.fill(cells, "0");
    cells[0] = "http://host/x/a.jpg";
    cells[1 + 12] = "1";
    cells[1 + 26] = "999";
    files.text("dataFile_0001.txt", String.join("\t", cells));
    Table automatic = EmotioNet.automatic(root).table().table();
    assertEquals(1, automatic.doubleColumn("au12").get(0));
    assertEquals(0, automatic.doubleColumn("au25").get(0));
    assertTrue(automatic.doubleColumn("au26").isMissing(0));
    files.text("dataFile_0001.txt", String.join("\t", Arrays.copyOf(cells, 50)));
    assertThrows(DatasetFormatException.class, () -> EmotioNet.automatic(root));
  }

  private static String[] marks(String url, int... marked) {
    String[] row = new String[17];
    Arrays.fill(row, "0");
    row[0] = url;
    for (int m : marked) {
      row[m] = "1";
    }
    return row;
  }

  @Test
  void otherSeparatorsAndByteOrderMarksAreReadAndNoted() throws IOException {
    String list = "\uFEFF name ; AU1;AU12; age;gender;race\n a.jpg ;1;9;20-39;female;Asian\n";
    files.text("train.csv", list);
    AffectDataset dataset = Gft.load(root);
    assertEquals("a.jpg", dataset.table().table().stringColumn("input").get(0));
    assertEquals("train", dataset.table().table().stringColumn("split").get(0));
    assertEquals(1, dataset.table().table().doubleColumn("au01").get(0));
    assertTrue(dataset.table().table().doubleColumn("au12").isMissing(0));
    assertEquals(1, dataset.report().count("separator ';'"));
    assertEquals(1, dataset.report().count("byte-order mark"));
    assertTrue(dataset.toString().contains("separator"), dataset::toString);
    files.text("train.csv", "name,AU1,age,gender,race", "a.jpg,1,20-39,female");
    DatasetFormatException e = assertThrows(DatasetFormatException.class, () -> Gft.load(root));
    assertTrue(e.getMessage().contains("record 2 has 4 values, expected 5"), e::getMessage);
    files.text("train.csv", "");
    assertThrows(DatasetFormatException.class, () -> Gft.load(root));
  }

  @Test
  void demographicsAreJoinedByNameAndReported() throws IOException {
    files
        .text("EmoLabel/list_patition_label.txt", "train_1.jpg 5", "test_1.jpg 7")
        .text("new/train.csv", "name,expression,age,gender,race", "test_1.jpg,7,20-39,male,Asian")
        .text("new/other.csv", "name,age,gender,race", "nobody.jpg,20-39,male,Asian");
    AffectDataset dataset = RafDb.basic(root);
    AffectDataset joined =
        DemographicOverlay.read(root.resolve("new/train.csv"), "train").applyTo(dataset);
    assertEquals(List.of("", "male"), joined.table().table().stringColumn("gender").asList());
    assertEquals(List.of("train", "train"), joined.table().table().stringColumn("split").asList());
    assertEquals(1, joined.report().count("not in the demographic list"));
    assertEquals(1, joined.report().count("split of the dataset was replaced"));
    assertTrue(
        dataset.table().table().stringColumn("gender").isMissing(1), "the original is unchanged");
    assertFalse(joined.checksum().equals(dataset.checksum()));
    DemographicOverlay stranger = DemographicOverlay.read(root.resolve("new/other.csv"));
    assertThrows(IllegalArgumentException.class, () -> stranger.applyTo(dataset));
    assertThrows(IllegalArgumentException.class, () -> stranger.and(stranger));
  }
}
