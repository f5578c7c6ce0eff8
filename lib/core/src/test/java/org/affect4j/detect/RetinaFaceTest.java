package org.affect4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.affect4j.Bundled;
import org.affect4j.SharedFiles;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetinaFaceTest {
  private static final RetinaFace DETECTOR =
      RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 2);

  @AfterAll
  static void close() {
    DETECTOR.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"portraits", "groups"})
  void findsEveryBundledFaceAndNothingElse(String folder) throws IOException {
    Map<Path, List<Bundled.Truth>> truth =
        Bundled.truth(folder).stream().collect(Collectors.groupingBy(Bundled.Truth::file));
    double error = 0;
    int faces = 0;
    int falseFaces = 0;
    for (Map.Entry<Path, List<Bundled.Truth>> photo : truth.entrySet()) {
      List<Detection> found = DETECTOR.detect(FaceImage.read(photo.getKey()));
      falseFaces += found.size() - photo.getValue().size();
      for (Bundled.Truth t : photo.getValue()) {
        double nearest =
            found.stream()
                .mapToDouble(d -> d.landmarks().errorAgainst(t.landmarks()))
                .min()
                .orElseThrow();
        assertTrue(nearest < .5, photo.getKey() + " has a face that nothing found");
        error += nearest;
        faces++;
      }
    }
    assertEquals(0, falseFaces, "false faces");
    assertTrue(error / faces <= .06, "landmark error " + error / faces);
    System.out.printf(
        "%s: %d faces found, %d false, landmark error %.3f%n",
        folder, faces, falseFaces, error / faces);
  }

  @Tag("slow")
  @Test
  void realFacesAreFoundWhereATeacherFindsThem() throws IOException {
    Map<String, PixelBox> teacher = new TreeMap<>();
    for (String line : Files.readAllLines(SharedFiles.path("datasets/photos/detections.csv"))) {
      String[] cells = line.split(",", -1);
      if (!cells[0].equals("image") && !cells[4].isEmpty()) {
        // The best detection of an image comes first.
        teacher.putIfAbsent(
            cells[0],
            PixelBox.ofCorners(
                Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]),
                Double.parseDouble(cells[6]),
                Double.parseDouble(cells[7])));
      }
    }
    List<String> names = new ArrayList<>(teacher.keySet());
    Collections.shuffle(names, new Random(1));
    int found = 0;
    try (ZipFile zip = new ZipFile(SharedFiles.path("datasets/photos/train.zip").toFile())) {
      for (String name : names.subList(0, 400)) {
        byte[] bytes = zip.getInputStream(zip.getEntry("images/" + name)).readAllBytes();
        FaceImage photo = FaceImage.decode(bytes, name);
        int w = photo.width();
        int h = photo.height();
        FaceImage canvas = photo.cut(-w / 2, -h / 2, 2 * w, 2 * h, 117);
        PixelBox expected = teacher.get(name).moved(1, w / 2, h / 2);
        boolean hit =
            DETECTOR.detect(canvas).stream()
                .anyMatch(d -> d.box().intersectionOverUnion(expected) >= .5);
        found += hit ? 1 : 0;
      }
    }
    System.out.printf("real photos: %d of 400 faces found where the teacher finds them%n", found);
    assertTrue(found >= 392, found + " of 400");
  }

  @Tag("slow")
  @Test
  void resultsAreInPixelsOfThePhotoWhateverItsSize() throws IOException {
    FaceImage photo = FaceImage.read(Bundled.path("data/portraits/012.jpg"));
    Detection small = DETECTOR.detect(photo).get(0);
    FaceImage large = photo.resized(photo.width() * 3, photo.height() * 3);
    Detection big = DETECTOR.detect(large).get(0);
    assertTrue(small.box().intersectionOverUnion(big.box().moved(1 / 3.0, 0, 0)) > .85);
    assertTrue(big.landmarks().moved(1 / 3.0, 0, 0).errorAgainst(small.landmarks()) < .12);
  }

  /** A photo of 640 x 480 pixels in whose middle is a face of some part of its height. */
  private static FaceImage closeUp(FaceImage portrait, double part) {
    PixelBox box = DETECTOR.detect(portrait).get(0).box();
    double scale = part * 480 / box.height();
    FaceImage large =
        portrait.resized(
            (int) Math.round(scale * portrait.width()),
            (int) Math.round(scale * portrait.height()));
    int x = (int) (scale * (box.x() + box.width() / 2) - 320);
    int y = (int) (scale * (box.y() + box.height() / 2) - 240);
    return large.cut(x, y, 640, 480, 117);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, false, false",
    "FLOAT32, true, false",
    "FLOAT32, false, true",
    "INT8, false, false",
    "INT8, true, true"
  })
  void aFaceThatFillsThePhotoIsFoundOnce(ModelPair models, boolean tiles, boolean magnifying)
      throws IOException {
    DetectorOptions options =
        DetectorOptions.defaults().withTiles(tiles).withMagnifying(magnifying);
    try (RetinaFace detector = RetinaFace.load(options, models, 2)) {
      for (int i = 0; i < 36; i += 18) {
        FaceImage portrait = FaceImage.read(Bundled.path("data/portraits/%03d.jpg".formatted(i)));
        for (double part : new double[] {.8, 1, 1.3}) {
          FaceImage photo = closeUp(portrait, part);
          int size = tiles ? 2 : 1;
          List<Detection> found = detector.detect(photo.resized(size * 640, size * 480));
          String what = "portrait %d at %.1f: %s".formatted(i, part, found);
          assertEquals(1, found.size(), what);
          PixelBox box = found.get(0).box();
          assertEquals(part * size * 480, box.height(), .25 * part * size * 480, what);
          assertEquals(size * 320, box.x() + box.width() / 2, size * 50, what);
        }
      }
    }
  }

  @Test
  void sixtyFacesInOnePhotoAreAllFound() throws IOException {
    FaceImage face = FaceImage.read(Bundled.path("data/portraits/012.jpg")).resized(80, 100);
    BufferedImage crowd = new BufferedImage(1000, 640, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 60; i++) {
      crowd.getGraphics().drawImage(face.toBufferedImage(), i % 12 * 83, i / 12 * 126, null);
    }
    List<Detection> found = DETECTOR.detect(FaceImage.of(crowd));
    assertEquals(60, found.size());
    assertEquals(found, found.stream().sorted(NonMaximumSuppression.ORDER).toList());
  }

  @Test
  @Tag("slow")
  void tilesFindFacesThatScalingDownLoses() throws IOException {
    FaceImage face = FaceImage.read(Bundled.path("data/portraits/012.jpg")).resized(48, 60);
    FaceImage large = face.cut(-1500, -1000, 3840, 2160, 117);
    assertEquals(List.of(), DETECTOR.detect(large));
    try (RetinaFace tiled =
        RetinaFace.load(DetectorOptions.defaults().withTiles(true), ModelPair.FLOAT32, 2)) {
      List<Detection> found = tiled.detect(large);
      assertEquals(1, found.size());
      assertEquals(1524, found.get(0).box().x() + found.get(0).box().width() / 2, 12);
    }
    try (RetinaFace strict =
        RetinaFace.load(
            DetectorOptions.defaults().withTiles(true).withMinimumFace(60), ModelPair.FLOAT32, 2)) {
      assertEquals(List.of(), strict.detect(large));
    }
  }

  @Test
  @Tag("slow")
  void magnifyingFindsTheSmallestFacesAndNoFaceTwice() throws IOException {
    FaceImage portrait = FaceImage.read(Bundled.path("data/portraits/012.jpg"));
    FaceImage small = portrait.resized(22, 28).cut(-150, -100, 320, 240, 117);
    assertEquals(List.of(), DETECTOR.detect(small));
    try (RetinaFace magnifying =
        RetinaFace.load(DetectorOptions.defaults().withMagnifying(true), ModelPair.FLOAT32, 2)) {
      List<Detection> found = magnifying.detect(small);
      assertEquals(1, found.size());
      assertEquals(161, found.get(0).box().x() + found.get(0).box().width() / 2, 3);
      assertEquals(1, magnifying.detect(portrait.resized(40, 50)).size());
      assertEquals(DETECTOR.detect(portrait), magnifying.detect(portrait));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 700", "33, 31", "640, 7"})
  void oddSizesAreSearchedToo(int width, int height) {
    assertEquals(List.of(), DETECTOR.detect(FaceImage.plain(width, height, 90)));
  }

  @Test
  void aPhotoWithoutFacesHasNone() {
    assertEquals(List.of(), DETECTOR.detect(FaceImage.plain(640, 480, 200)));
  }

  @ParameterizedTest
  @CsvSource({
    "retinaface-mnet025.onnx, '[8, 16, 32]', '[[10, 20], [32, 64], [128, 256]]'",
    "rfb.onnx, '[8, 16, 32, 64]', '[[10, 16, 24], [32, 48], [64, 96], [128, 192, 256]]'",
    "slim.onnx, '[8, 16, 32, 64]', '[[10, 16, 24], [32, 48], [64, 96], [128, 192, 256]]'"
  })
  @Tag("slow")
  void foreignModelsOfTheSameFamilyRunThroughTheCatalogue(
      String file, String steps, String sizes, @TempDir Path folder) throws Exception {
    byte[] bytes = Files.readAllBytes(SharedFiles.path("teachers/" + file));
    Files.write(folder.resolve(file), bytes);
    catalogue(folder, file, bytes, steps, sizes);
    try (RetinaFace teacher =
        RetinaFace.open(ModelStore.at(folder), "teacher", DetectorOptions.defaults(), 2)) {
      int agreed = 0;
      List<Bundled.Truth> truth = Bundled.truth("portraits");
      for (Bundled.Truth t : truth) {
        FaceImage photo = FaceImage.read(t.file());
        List<Detection> theirs = teacher.detect(photo, .5);
        Detection ours = DETECTOR.detect(photo).get(0);
        if (!theirs.isEmpty()
            && theirs.get(0).box().intersectionOverUnion(ours.box()) > .5
            && theirs.get(0).landmarks().errorAgainst(t.landmarks()) < .15) {
          agreed++;
        }
      }
      // A wrong prior, variance, channel order or mean would leave next to none.
      assertTrue(agreed >= 30, file + " agrees on " + agreed + " of " + truth.size());
    }
  }

  @Test
  void priorsThatAreNotTheModelsAreRefused(@TempDir Path folder) throws Exception {
    Path model = Bundled.path("models/detector/detector-v2.onnx");
    byte[] bytes = Files.readAllBytes(model);
    Files.write(folder.resolve("detector.onnx"), bytes);
    catalogue(folder, "detector.onnx", bytes, "[8, 16]", "[[10, 20], [32, 64]]");
    try (RetinaFace wrong =
        RetinaFace.open(ModelStore.at(folder), "teacher", DetectorOptions.defaults(), 1)) {
      String message =
          assertThrows(ModelException.class, () -> wrong.detect(FaceImage.plain(64, 64, 0)))
              .getMessage();
      assertTrue(message.contains("priors"), message);
    }
  }

  private static void catalogue(Path folder, String file, byte[] bytes, String steps, String sizes)
      throws Exception {
    String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Files.writeString(
        folder.resolve("catalog.json"),
        """
        {"version": 1, "models": [{"name": "teacher", "task": "face detection", "file": "%s",
          "sha256": "%s", "licence": "MIT", "source": "test",
          "input": {"name": "input", "order": "BGR", "mean": [104, 117, 123], "scale": 1},
          "outputs": {"loc": "", "conf": "", "landms": ""},
          "priors": {"steps": %s, "minimumSizes": %s, "centreVariance": 0.1, "sizeVariance": 0.2},
          "trainingData": "", "metrics": {}}]}
        """
            .formatted(file, sha, steps, sizes));
  }
}
