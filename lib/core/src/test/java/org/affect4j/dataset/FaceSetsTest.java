package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.affect4j.SharedFiles;
import org.affect4j.explore.Duplicates;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** FER2013 and FER+, the small sets, duplicates, and formats by name. */
class FaceSetsTest {
  private static final String PIXELS = String.join(" ", Collections.nCopies(48 * 48, "200"));

  @TempDir Path root;
  private Miniature files;

  @BeforeEach
  void setUp() {
    files = new Miniature(root);
  }

  @Test
  void fer2013CsvHoldsItsPixels() throws IOException {
    files.text(
        "fer2013.csv",
        "emotion,pixels,Usage",
        "0," + PIXELS + ",Training",
        "6," + PIXELS + ",PrivateTest",
        "3," + PIXELS.replaceFirst("200", "256") + ",Training",
        "3," + PIXELS + " 200,Training",
        "7," + PIXELS.replaceFirst("200", "7") + ",PublicTest");
    AffectDataset dataset = Fer2013.csv(root);
    Table table = dataset.table().table();
    assertEquals(List.of("train", "test", "validation"), table.stringColumn("split").asList());
    assertEquals(List.of("anger", "neutral", ""), table.stringColumn("expression").asList());
    assertEquals(2, dataset.report().count("pixels are not"));
    FaceImage photo = dataset.photo(2);
    assertEquals(0x070707, photo.rgb(0, 0));
    assertEquals(0xC8C8C8, photo.rgb(1, 0));
    Duplicates duplicates = Duplicates.exact(dataset, dataset.table());
    assertEquals("fer0000001", duplicates.leaked("test", "train").get(0).input());
    assertEquals(1, duplicates.contradictions().size());
    assertEquals(2, duplicates.without(dataset.table(), "test", "train").size());
    files.text("fer2013.csv", "emotion,pixels,Usage", "0," + PIXELS + ",Test");
    assertThrows(DatasetFormatException.class, () -> Fer2013.csv(root));
  }

  @Test
  void ferPlusTakesTheSingleMostVotedLabel() throws IOException {
    files
        .text(
            "fer2013.csv",
            "emotion,pixels,Usage",
            "0," + PIXELS + ",Training",
            "0," + PIXELS + ",Training",
            "0," + PIXELS + ",Training")
        .text(
            "fer2013new.csv",
            "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF",
            "Training,fer0000000.png,1,0,0,0,2,0,0,7,0,0",
            "Training,fer0000001.png,5,0,0,0,5,0,0,0,0,0",
            "Training,,0,0,0,0,0,0,0,0,0,10");
    AffectDataset dataset = FerPlus.load(root);
    assertEquals(
        List.of("contempt", "", ""), dataset.table().table().stringColumn("expression").asList());
    assertEquals(7, dataset.table().table().doubleColumn("votes_contempt").get(0));
    assertEquals(1, dataset.report().count("no single label"));
    assertEquals(1, dataset.report().count("NF"));
    files.text("fer2013.csv", "emotion,pixels,Usage", "0," + PIXELS + ",Training");
    assertThrows(DatasetFormatException.class, () -> FerPlus.load(root));
    files.text(
        "fer2013.csv",
        "emotion,pixels,Usage",
        "0," + PIXELS + ",Training",
        "0," + PIXELS + ",PublicTest",
        "0," + PIXELS + ",Training");
    assertThrows(DatasetFormatException.class, () -> FerPlus.load(root));
  }

  @Test
  void ferPlusVotesThatNamePicturesReplaceTheirFolders() throws IOException {
    files
        .photos(
            "train/happy/Training_1.jpg",
            "train/happy/Training_2.jpg",
            "train/sad/Training_1.jpg",
            "train/sad/Training_3.jpg",
            "test/sad/PublicTest_2.jpg")
        .text(
            "votes.csv",
            "split,file,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF",
            "Training,happy/Training_1.jpg,6,1,0,0,0,0,0,2,1,0",
            "Training,happy/Training_2.jpg,4,0,0,4,0,0,0,0,2,0",
            "Training,sad/Training_1.jpg,6,6,0,0,0,0,0,0,0,0",
            "PublicTest,sad/PublicTest_2.jpg,1,0,0,2,0,0,0,0,3,4");
    FaceTable rows = FerPlus.load(root).table();
    // Training_2 of the happy: a tie. PublicTest_2: most say that it is no face. Training_1 of the
    // sad: twelve votes of ten raters.
    assertEquals(
        List.of("", "neutral", "", "", ""), rows.table().stringColumn("expression").asList());
    assertEquals(
        List.of("validation", "train", "train", "train", "train"),
        rows.table().stringColumn("split").asList());
    assertArrayEquals(
        new double[] {.6, 0, 0, 0, .1, 0, 0}, FerPlus.shares(rows, 1).orElseThrow(), 1e-12);
    assertArrayEquals(
        new double[] {.4, 0, 0, 0, 0, .4, 0}, FerPlus.shares(rows, 2).orElseThrow(), 1e-12);
    for (int row : new int[] {0, 3, 4}) {
      assertTrue(FerPlus.shares(rows, row).isEmpty());
    }
    // Six of ten say neutral with five others, four are outvoted; of two fours each rater who
    // leaves
    // makes the other label win.
    assertEquals(.6, FerPlus.raterAccuracy(rows, 1).orElseThrow(), 1e-12);
    assertEquals(0, FerPlus.raterAccuracy(rows, 2).orElseThrow(), 1e-12);
    assertTrue(FerPlus.raterAccuracy(rows, 0).isEmpty());
    LoadReport report = FerPlus.load(root).report();
    assertEquals(1, report.count("no votes"));
    assertEquals(1, report.count("sum"));
    files.text(
        "votes.csv",
        "split,file,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF",
        "Training,fer0000000.png,6,1,0,0,0,0,0,2,1,0");
    assertThrows(DatasetFormatException.class, () -> FerPlus.load(root));
  }

  @Test
  void fer2013FoldersSkipStrayFiles() throws IOException {
    files
        .photos("train/happy/Training_1.jpg", "test/sad/PublicTest_2.jpg", "train/x.jpg")
        .text("labels.csv", "not looked at");
    AffectDataset dataset = Fer2013.folders(root);
    assertEquals(2, dataset.table().table().rowCount());
    assertEquals(
        List.of("sadness", "happiness"),
        dataset.table().table().stringColumn("expression").asList());
    assertEquals(1, dataset.report().count("in no folder of a class"));
    assertEquals(1, dataset.report().count("no picture: not looked at (.csv)"));
    assertThrows(DatasetFormatException.class, () -> Fer2013.folders(root, root));
  }

  @Tag("slow")
  @Test
  void thePriorInTheWildIsWhatRatersSee() throws IOException {
    FaceTable rows =
        FerPlus.joined(
                SharedFiles.path("datasets/ferplus/votes.csv"),
                SharedFiles.path("datasets/fer2013"))
            .table();
    List<double[]> shares =
        IntStream.range(0, rows.size())
            .filter(row -> rows.text(row, "split").orElseThrow().equals("train"))
            .mapToObj(row -> FerPlus.shares(rows, row))
            .flatMap(Optional::stream)
            .toList();
    double[] mean = new double[7];
    for (double[] said : shares) {
      double sum = Arrays.stream(said).sum();
      Arrays.setAll(mean, k -> mean[k] + said[k] / sum / shares.size());
    }
    List<Double> prior = ExpressionPrior.IN_THE_WILD.probabilities();
    assertArrayEquals(mean, prior.stream().mapToDouble(p -> p).toArray(), 1e-4);
  }

  @Tag("slow")
  @Test
  void fer2013ReadsTheRealArchives() throws IOException {
    AffectDataset dataset =
        // A folder of archives stands for them.
        Fer2013.folders(SharedFiles.path("datasets/fer2013"));
    Table table = dataset.table().table();
    assertEquals(28_709, table.where(table.stringColumn("split").isEqualTo("train")).rowCount());
    assertEquals(
        3_589, table.where(table.stringColumn("split").isEqualTo("validation")).rowCount());
    assertEquals(0, dataset.report().count(LoadReport.Kind.SKIPPED));
    Duplicates duplicates = Duplicates.exact(dataset, dataset.table());
    assertEquals(0, duplicates.unreadable());
    assertEquals(280, duplicates.leaked("validation", "train").size());
    assertEquals(28_709 + 3_309, duplicates.without(dataset.table(), "validation", "train").size());
  }

  @Test
  void smallSetsReadTheirLists() throws IOException {
    files
        .photos("KA.AN1.39.tiff", "image/a.jpg", "files/file0001.jpg", "files/file0002.jpg")
        .text("GENKI-4K_Labels.txt", "1 -0.1 0.2 0.3", "2 0 0 0")
        .text("label.lst", "a.jpg 0 2 1 19 18 58.5 3", "a.jpg 1 9 9 3 3 58.5 8");
    files.text("other.tif", "no image");
    AffectDataset jaffe = FolderSets.jaffe(root);
    assertEquals("anger", jaffe.table().table().stringColumn("expression").get(0));
    assertEquals("KA", jaffe.table().table().stringColumn("subject").get(0));
    assertEquals(20, jaffe.photo(0).height());
    assertEquals(4, jaffe.report().count("not named as"));
    AffectDataset genki = Genki4k.load(root);
    assertEquals(1, genki.table().table().doubleColumn("smile").get(0));
    assertTrue(genki.table().table().doubleColumn("smile").isMissing(1));
    assertEquals(.2, genki.table().table().doubleColumn("pose_pitch").get(0));
    AffectDataset expW = ExpW.load(root);
    assertEquals(2, expW.table().table().rowCount(), "two faces of one photo");
    assertEquals("happiness", expW.table().table().stringColumn("expression").get(0));
    FaceAligner aligner = new FaceAligner(16);
    assertEquals(
        List.of(DatasetFace.Source.BOX, DatasetFace.Source.NONE),
        expW.faces(expW.table(), aligner, p -> Optional.empty()).map(DatasetFace::source).toList());
    files.text("label.lst", "a.jpg 0 2 1 19 18 3");
    assertThrows(DatasetFormatException.class, () -> ExpW.load(root));
  }

  @Test
  void renderedFacesAreOneRowPerPersonAndCategory() throws IOException {
    Table table = RenderedFaces.load(SharedFiles.path("samples/compound")).table().table();
    assertEquals(22 * 40, table.rowCount());
    assertEquals(40, table.stringColumn("subject").unique().size());
    assertEquals(21, table.stringColumn("compound").removeMissing().unique().size());
  }

  @Test
  void renderedFacesKeepPeopleAndLandmarks() throws IOException {
    String points = "eye_left_x,eye_left_y,eye_right_x,eye_right_y,nose_x,nose_y";
    files
        .photos("a.png")
        .text(
            "labels.csv",
            "file,face,expression,%s,mouth_left_x,mouth_left_y,mouth_right_x,mouth_right_y,au12,monk_tone,sex,age,ancestry,item"
                .formatted(points),
            "a.png,0,happily surprised,6,8,14,8,10,12,7,16,13,16,0.7,9,female,18-29,african,4",
            "a.png,1,,6,8,14,8,10,12,7,16,x,16,0.7,11,male,30-44,,5");
    AffectDataset dataset = RenderedFaces.load(root);
    Table table = dataset.table().table();
    assertFalse(dataset.holdsCrops());
    assertEquals(List.of("happily surprised", ""), table.stringColumn("compound").asList());
    assertEquals(List.of("dark", ""), table.stringColumn("skin_tone").asList());
    assertEquals(9, table.doubleColumn("monk_tone").get(0));
    assertEquals(List.of("female", "male"), table.stringColumn("gender").asList());
    assertEquals("african", table.stringColumn("race").get(0));
    assertEquals("4", table.stringColumn("subject").get(0));
    assertEquals(1, dataset.report().count("Monk"));
    assertEquals(
        List.of(DatasetFace.Source.GIVEN_LANDMARKS, DatasetFace.Source.NONE),
        dataset
            .faces(dataset.table(), new FaceAligner(16), p -> Optional.empty())
            .map(DatasetFace::source)
            .toList());
    assertTrue(RenderedFaces.load(SharedFiles.path("samples/compound")).holdsCrops());
  }

  @Test
  void renderedUnitSetsNeedNoExpression() throws IOException {
    files
        .photos("000/000000.png", "000/000001.png")
        .text(
            "labels.csv",
            "file,expression,au01,au12,rule,item",
            "000/000000.png,happiness,0.000,0.815,rule,7",
            "000/000001.png,,0.300,0.000,,7");
    Table table = RenderedFaces.load(root).table().table();
    assertEquals(List.of("happiness", ""), table.stringColumn("expression").asList());
    assertEquals(List.of("7", "7"), table.stringColumn("subject").asList());
    assertEquals(.3, table.doubleColumn("au01").get(1));
    assertTrue(table.doubleColumn("au26").isMissing(1));
  }

  @Test
  void photosAreFoundInFoldersAndArchives() throws IOException {
    files
        .photos("images/a.jpg", "b.jpg")
        .text("labels.csv", "image,set,emotion,person", "a.jpg,train,anger,x", "b.jpg,test,glad,y")
        .text("two/labels.csv", "image,expression", "c.jpg,fear");
    AffectDataset photos = LabelledPhotos.load(root);
    Table table = photos.table().table();
    assertEquals(List.of("images/a.jpg", "b.jpg"), table.stringColumn("input").asList());
    assertEquals(List.of("anger", ""), table.stringColumn("expression").asList());
    assertEquals(List.of("train", "test"), table.stringColumn("split").asList());
    assertEquals(1, photos.report().count(LoadReport.Kind.MASKED));
    assertEquals(20, photos.photo(0).width());
    files.photos("images/c.jpg");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(root.resolve("two/photos.zip")))) {
      zip.putNextEntry(new ZipEntry("images/c.jpg"));
      zip.write(Files.readAllBytes(root.resolve("images/c.jpg")));
    }
    assertEquals(20, LabelledPhotos.load(root.resolve("two")).photo(0).width());
    Files.copy(root.resolve("two/photos.zip"), root.resolve("two/more.zip"));
    assertThrows(DatasetFormatException.class, () -> LabelledPhotos.load(root.resolve("two")));
  }

  @Test
  void formatsAreFoundByName() throws IOException {
    assertEquals(DatasetFormat.RAF_DB, DatasetFormat.ofLabel(" RAF-DB "));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> DatasetFormat.ofLabel("mnist"))
            .getMessage()
            .contains("fer2013"));
    for (DatasetFormat format : DatasetFormat.values()) {
      IOException e =
          assertThrows(IOException.class, () -> format.load(root.resolve("absent")), format::label);
      assertTrue(e.getMessage().contains("expected"), () -> format + ": " + e.getMessage());
    }
  }
}
