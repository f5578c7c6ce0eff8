package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.affect4j.Bundled;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class FolderAnalysisTest {
  private static final FaceAnalyzer ANALYZER =
      FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1));
  private static final FolderAnalysis PHOTOS = new FolderAnalysis(false, false, 2);

  @AfterAll
  static void close() {
    ANALYZER.close();
  }

  /** Six photos: two faces files, one group, one without a face, one broken, one oddly named. */
  private static List<Path> photos(Path folder) throws IOException {
    byte[] portrait = Files.readAllBytes(Bundled.path("data/portraits/001.jpg"));
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("a.jpg"), portrait);
    Files.write(folder.resolve("b, \"quoted\".JPG"), portrait);
    Files.write(folder.resolve("broken.jpg"), Arrays.copyOf(portrait, 300));
    Files.copy(Bundled.path("data/groups/00.jpg"), folder.resolve("group.jpg"));
    ImageIO.write(
        FaceImage.plain(300, 200, 90).toBufferedImage(),
        "png",
        folder.resolve("plain.png").toFile());
    Files.write(folder.resolve("sub/z.jpg"), portrait);
    Files.writeString(folder.resolve("notes.txt"), "no image");
    return FolderAnalysis.inputs(List.of(folder));
  }

  private static List<String> lines(Path csv) throws IOException {
    return Files.readAllLines(csv);
  }

  @Test
  void noInputVanishesAndTheTableReadsBack(@TempDir Path folder, @TempDir Path out)
      throws IOException {
    List<Path> inputs = photos(folder);
    assertEquals(6, inputs.size());
    Path csv = out.resolve("faces.csv");
    List<Long> progress = new ArrayList<>();
    FolderAnalysis.Summary summary =
        PHOTOS.run(ANALYZER, inputs, csv, (done, total) -> progress.add(done));
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), progress);
    assertEquals(4, summary.count(Status.OK));
    assertEquals(1, summary.count(Status.NO_FACE));
    assertEquals(1, summary.count(Status.UNREADABLE));
    Table table = FaceTable.read(csv).table();
    assertEquals(Bundled.columns(0), table.columnNames());
    assertEquals(summary.faces() + 2, table.rowCount());
    assertEquals(
        inputs.stream().map(Path::toString).toList(),
        table.stringColumn("input").asList().stream().distinct().toList());
    Table quoted = table.where(table.stringColumn("input").containsString("b, \"quoted\".JPG"));
    assertEquals("happiness", quoted.getString(0, "expression"));
    assertTrue(quoted.doubleColumn("au12").get(0) > .5);
    Table broken = table.where(table.stringColumn("status").isEqualTo("unreadable"));
    assertTrue(broken.getString(0, "reason").contains("truncated"), broken.toString());
    assertTrue(broken.column("score").isMissing(0));
    Table none = table.where(table.stringColumn("status").isEqualTo("no_face"));
    assertTrue(none.column("face_id").isMissing(0));
  }

  @Test
  void aFolderGivesATableInOneCall(@TempDir Path folder) throws IOException {
    int photos = photos(folder).size();
    FaceTable table = ANALYZER.analyze(folder);
    assertEquals(photos, table.texts("input").stream().distinct().count());
    assertEquals(1, table.texts("status").stream().filter("unreadable"::equals).count());
    FaceTable one = ANALYZER.analyze(List.of(folder.resolve("a.jpg")));
    assertEquals(List.of("happiness"), one.texts("expression"));
    assertEquals(256, one.embeddings().columnCount() - 2);
    assertThrows(NoSuchFileException.class, () -> ANALYZER.analyze(folder.resolve("none")));
  }

  @Test
  void anInterruptedRunGoesOnAtAnyByte(@TempDir Path folder, @TempDir Path out) throws IOException {
    List<Path> inputs = photos(folder);
    Path whole = out.resolve("whole.csv");
    PHOTOS.run(ANALYZER, inputs, whole, ProgressListener.silent());
    byte[] bytes = Files.readAllBytes(whole);
    int header = lines(whole).get(0).length() + 1;
    for (int cut : new int[] {0, header, header + 40, bytes.length / 2, bytes.length - 1}) {
      Path csv = out.resolve("cut.csv");
      Files.write(csv, Arrays.copyOf(bytes, cut));
      PHOTOS.run(ANALYZER, inputs, csv, ProgressListener.silent());
      assertEquals(lines(whole), lines(csv), "cut at byte " + cut);
    }
    FolderAnalysis.Summary again = PHOTOS.run(ANALYZER, inputs, whole, ProgressListener.silent());
    assertEquals(inputs.size() - 1, again.kept());
  }

  @Test
  void workersDoNotChangeTheResult(@TempDir Path folder, @TempDir Path out) throws IOException {
    List<Path> inputs = photos(folder);
    PHOTOS.run(ANALYZER, inputs, out.resolve("two.csv"), ProgressListener.silent());
    new FolderAnalysis(false, false, 1)
        .run(ANALYZER, inputs, out.resolve("one.csv"), ProgressListener.silent());
    assertEquals(lines(out.resolve("one.csv")), lines(out.resolve("two.csv")));
  }

  @Test
  void cropsGiveOneRowEachAndEmbeddingsTheirColumns(@TempDir Path folder, @TempDir Path out)
      throws IOException {
    List<Path> inputs = photos(folder);
    Path csv = out.resolve("crops.csv");
    new FolderAnalysis(true, true, 2).run(ANALYZER, inputs, csv, ProgressListener.silent());
    Table table = FaceTable.read(csv).table();
    assertEquals(inputs.size(), table.rowCount());
    assertEquals(Bundled.columns(256), table.columnNames());
    Table plain = table.where(table.stringColumn("input").endsWith("plain.png"));
    assertEquals("whole_crop", plain.getString(0, "status"));
    assertTrue(plain.column("box_x").isMissing(0));
    assertTrue(plain.doubleColumn("e255").get(0) >= 0);
    // The same file cannot be gone on with by a run that has other columns.
    assertThrows(
        IOException.class, () -> PHOTOS.run(ANALYZER, inputs, csv, ProgressListener.silent()));
    assertEquals(inputs.size(), FaceTable.read(csv).size());
  }

  @Test
  void filesThatVanishGetARow(@TempDir Path folder, @TempDir Path out) throws IOException {
    List<Path> inputs = photos(folder);
    Files.delete(folder.resolve("a.jpg"));
    Path csv = out.resolve("faces.csv");
    FolderAnalysis.Summary summary = PHOTOS.run(ANALYZER, inputs, csv, ProgressListener.silent());
    assertEquals(2, summary.count(Status.UNREADABLE));
    assertTrue(lines(csv).get(1).contains("the file vanished"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskEndsTheRunWithAClearMessage(@TempDir Path folder) throws IOException {
    List<Path> inputs = photos(folder);
    IOException e =
        assertThrows(
            IOException.class,
            () -> PHOTOS.run(ANALYZER, inputs, Path.of("/dev/full"), ProgressListener.silent()));
    assertTrue(e.getMessage().contains("/dev/full") && e.getMessage().contains("space"));
  }

  @Test
  void damagedAndForeignPicturesGetARowThatSaysSo(@TempDir Path folder) throws IOException {
    byte[] portrait = Files.readAllBytes(Bundled.path("data/portraits/001.jpg"));
    Path cut =
        Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(portrait, portrait.length - 800));
    AnalyzedInput partial = PHOTOS.analyze(ANALYZER, cut);
    assertEquals(Status.PARTIAL, partial.status());
    assertEquals(1, partial.faces().size());
    assertTrue(partial.reason().contains("truncated"), partial.reason());
    Path heic = Files.writeString(folder.resolve("a.heic"), "\0\0\0\30ftypheic\0\0\0\0mif1heic");
    assertTrue(PHOTOS.analyze(ANALYZER, heic).reason().contains("affect4j-video"));
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    assertTrue(PHOTOS.analyze(ANALYZER, empty).reason().contains("is empty"));
    Path link = Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("gone"));
    assertTrue(PHOTOS.analyze(ANALYZER, link).reason().contains("broken link"));
  }

  @Test
  void runningOutOfMemoryIsAPhotosOwnFault(@TempDir Path folder) throws IOException {
    FaceDetector greedy =
        new FaceDetector() {
          @Override
          public List<Detection> detect(FaceImage photo) {
            if (photo.width() == 300) {
              throw new OutOfMemoryError("Java heap space");
            }
            return ANALYZER.detector().detect(photo);
          }

          @Override
          public List<Detection> detect(FaceImage photo, double scoreThreshold) {
            return detect(photo);
          }

          @Override
          public void close() {}
        };
    FaceAnalyzer analyzer = new FaceAnalyzer(greedy, ANALYZER.behaviourModel());
    FaceTable results = PHOTOS.run(analyzer, photos(folder), ProgressListener.silent());
    assertEquals(6, results.texts("input").stream().distinct().count());
    int last = results.size() - 1;
    String reason = results.text(last - 1, "reason").orElseThrow();
    assertTrue(reason.contains("out of memory"), reason);
    assertEquals("ok", results.text(last, "status").orElseThrow());
  }

  /** Twelve faces of 15 pixels, far from each other. */
  private static Path tinyFaces(Path file) throws IOException {
    BufferedImage large = new BufferedImage(4200, 1400, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = large.createGraphics();
    g.setColor(new Color(0x6a7074));
    g.fillRect(0, 0, large.getWidth(), large.getHeight());
    for (int n = 0; n < 12; n++) {
      FaceImage portrait = FaceImage.read(Bundled.path("data/portraits/%03d.jpg".formatted(n)));
      // Their faces have some 270 pixels.
      FaceImage small = portrait.scaledTo(Math.max(portrait.width(), portrait.height()) / 18);
      g.drawImage(small.toBufferedImage(), 150 + n % 4 * 1050, 100 + n / 4 * 450, null);
    }
    g.dispose();
    ImageIO.write(large, "png", file.toFile());
    return file;
  }

  @Test
  @Tag("slow")
  void upsideDownFacesAreLeftOutAndCountedOrFoundAtAnyAngle(@TempDir Path folder, @TempDir Path out)
      throws IOException {
    for (int i : new int[] {1, 12, 20}) {
      FaceImage portrait = FaceImage.read(Bundled.path("data/portraits/%03d.jpg".formatted(i)));
      BufferedImage turned = portrait.turned(180, 0).toBufferedImage();
      ImageIO.write(turned, "png", folder.resolve(i + ".png").toFile());
    }
    List<Path> inputs = FolderAnalysis.inputs(List.of(folder));
    FolderAnalysis.Summary plain =
        PHOTOS.run(ANALYZER, inputs, out.resolve("plain.csv"), ProgressListener.silent());
    assertEquals(0, plain.faces());
    assertEquals(3, plain.count(Status.NO_FACE));
    assertTrue(plain.notes().toString().contains("left out: 3"), plain.notes().toString());
    DetectorOptions any = DetectorOptions.defaults().withAnyRotation(true);
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withDetector(any))) {
      for (Path input : inputs) {
        List<Face> faces = PHOTOS.analyze(analyzer, input).faces();
        assertEquals(1, faces.size(), input.toString());
        assertTrue(faces.get(0).isUpsideDown());
      }
    }
  }

  @Test
  @Tag("slow")
  void clippedBoxesLieInThePictureOfTheFile(@TempDir Path folder) throws IOException {
    FaceImage portrait = FaceImage.read(Bundled.path("data/portraits/001.jpg"));
    Path crop = folder.resolve("crop.png");
    ImageIO.write(portrait.cut(150, 170, 180, 230, 0).toBufferedImage(), "png", crop.toFile());
    // Decoded to half its sides, which are odd.
    Path large = folder.resolve("large.jpg");
    FaceImage scaled = portrait.resized(1440, 1800).cut(-4150, -1600, 5001, 3999, 117);
    ImageIO.write(scaled.toBufferedImage(), "jpeg", large.toFile());
    DetectorOptions clipping = DetectorOptions.defaults().withClippedBoxes(true);
    FolderAnalysis crops = new FolderAnalysis(true, false, 1);
    try (FaceAnalyzer analyzer =
        FaceAnalyzer.load(AnalyzerOptions.defaults().withDetector(clipping))) {
      PixelBox ofCrop = box(crops.analyze(analyzer, crop));
      assertEquals(ofCrop.clippedTo(180, 230), ofCrop);
      PixelBox box = box(PHOTOS.analyze(analyzer, large));
      assertEquals(5001, box.right(), 1e-9);
    }
    assertTrue(box(crops.analyze(ANALYZER, crop)).right() > 180);
    assertTrue(box(PHOTOS.analyze(ANALYZER, large)).right() > 5001);
  }

  private static PixelBox box(AnalyzedInput input) {
    assertEquals(1, input.faces().size(), input.toString());
    return input.faces().get(0).detection().orElseThrow().box();
  }

  @Test
  @Tag("slow")
  void tilesSeeEveryPixelOfALargePhoto(@TempDir Path folder) throws IOException {
    Path photo = tinyFaces(folder.resolve("tiny.png"));
    DetectorOptions tiles = DetectorOptions.defaults().withTiles(true);
    try (FaceAnalyzer analyzer =
        FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1).withDetector(tiles))) {
      assertEquals(12, PHOTOS.analyze(analyzer, photo).faces().size());
    }
  }

  @Tag("slow")
  @Test
  void aLargePhotoReadsLikeASmallOne(@TempDir Path folder) throws IOException {
    FaceImage small = FaceImage.read(Bundled.path("data/portraits/001.jpg"));
    FaceImage large = small.resized(7 * small.width(), 7 * small.height());
    Path file = folder.resolve("large.jpg");
    ImageIO.write(large.toBufferedImage(), "jpg", file.toFile());
    AnalyzedInput read = PHOTOS.analyze(ANALYZER, file);
    Face expected = ANALYZER.analyze(small).get(0);
    Face actual = read.faces().get(0);
    assertEquals(
        expected.behaviour().valenceArousal().valence(),
        actual.behaviour().valenceArousal().valence(),
        .05);
    PixelBox box = expected.detection().orElseThrow().box().moved(7, 3, 3);
    assertTrue(
        box.intersectionOverUnion(actual.detection().orElseThrow().box()) > .8, read.toString());
  }

  @Test
  void emptyAndMissingFoldersAreNamed(@TempDir Path folder) {
    assertThrows(NoSuchFileException.class, () -> FolderAnalysis.inputs(List.of(folder)));
    NoSuchFileException e =
        assertThrows(
            NoSuchFileException.class,
            () -> FolderAnalysis.inputs(List.of(folder.resolve("none"))));
    assertTrue(e.getMessage().contains("none"));
  }

  @Test
  void tablesOfOtherToolsAreRefused(@TempDir Path folder) throws IOException {
    Path csv = Files.writeString(folder.resolve("other.csv"), "frame,AU01_r\n1,0.5\n");
    assertThrows(IOException.class, () -> FaceTable.read(csv));
    assertEquals(0, FaceTable.of(List.of()).size());
  }
}
