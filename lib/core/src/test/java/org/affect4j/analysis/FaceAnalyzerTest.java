package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.affect4j.Bundled;
import org.affect4j.SharedFiles;
import org.affect4j.dataset.FerPlus;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;
import org.affect4j.table.FaceTable;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceAnalyzerTest {
  private static final FaceAnalyzer ANALYZER = FaceAnalyzer.load();

  @AfterAll
  static void close() {
    ANALYZER.close();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"FLOAT32, 51", "INT8, 51", "SMALL, 51", "RENDERED, 45"})
  void basicExpressionsOfTheBundledFacesAreRight(ModelPair models, int least) throws IOException {
    int right = 0;
    int basic = 0;
    List<Bundled.Truth> all = new ArrayList<>(Bundled.truth("portraits"));
    all.addAll(Bundled.truth("groups"));
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withModels(models))) {
      for (Bundled.Truth truth : all) {
        List<String> seven = Expression.ALL.stream().map(Expression::label).toList();
        if (!seven.contains(truth.expression())) {
          continue;
        }
        basic++;
        for (Face face : analyzer.analyze(FaceImage.read(truth.file()))) {
          Detection d = face.detection().orElseThrow();
          if (d.landmarks().errorAgainst(truth.landmarks()) < .5
              && face.behaviour().expression().label().equals(truth.expression())) {
            right++;
          }
        }
      }
    }
    assertEquals(60, basic);
    assertTrue(right >= least, right + " of " + basic);
  }

  @Tag("slow")
  @Test
  void realFacesAreReadAsTheModelCardSays(@TempDir Path folder) throws IOException {
    FaceTable votes =
        FerPlus.joined(
                SharedFiles.path("datasets/ferplus/votes.csv"),
                SharedFiles.path("datasets/fer2013/publictest.zip"))
            .table();
    Map<String, String> clear = new HashMap<>();
    for (int row = 0; row < votes.size(); row++) {
      if (FerPlus.shares(votes, row).filter(shares -> StatUtils.max(shares) >= .5).isPresent()) {
        String photo = lastTwo(votes.text(row, "input").orElseThrow());
        votes.text(row, "expression").ifPresent(label -> clear.put(photo, label));
      }
    }
    int number = 0;
    try (ZipFile zip = new ZipFile(SharedFiles.path("datasets/fer2013/publictest.zip").toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path file = folder.resolve(entry.getName());
        // Every third photo tells as well whether the network is the one that was measured.
        if (entry.getName().endsWith(".jpg")
            && clear.containsKey(lastTwo(entry.getName()))
            && number++ % 3 == 0) {
          Files.createDirectories(file.getParent());
          Files.write(file, zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    FaceTable results;
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1))) {
      results =
          FolderAnalysis.ofCrops()
              .run(analyzer, FolderAnalysis.inputs(List.of(folder)), ProgressListener.silent());
    }
    assertEquals(3172, clear.size());
    long right =
        IntStream.range(0, results.size())
            .filter(
                row ->
                    results
                        .text(row, "expression")
                        .equals(
                            Optional.of(
                                clear.get(lastTwo(results.text(row, "input").orElseThrow())))))
            .count();
    System.out.printf("FER2013 PublicTest by ten raters: %d of %d right%n", right, results.size());
    assertEquals(.886, right / (double) results.size(), .02);
  }

  /** Folder of the class and name of the photo. */
  private static String lastTwo(String path) {
    Path file = Path.of(path);
    return file.getParent().getFileName() + "/" + file.getFileName();
  }

  @Test
  void aCropGivesOneFaceWhateverItShows() {
    Face face = ANALYZER.analyzeCrop(FaceImage.plain(48, 48, 120));
    assertTrue(face.detection().isEmpty());
    assertEquals(0, face.id());
    assertTrue(ANALYZER.analyzeCrop(FaceImage.plain(1, 1, 0)).detection().isEmpty());
  }

  @Test
  void positionsInACropAreInItsOwnPixels() throws IOException {
    FaceImage crop = FaceImage.read(Bundled.path("data/compound/happiness/00.jpg"));
    Face whole = ANALYZER.analyzeCrop(crop);
    Face half = ANALYZER.analyzeCrop(crop.resized(56, 56));
    assertTrue(
        whole
                .detection()
                .orElseThrow()
                .landmarks()
                .errorAgainst(ANALYZER.behaviourModel().aligner().template())
            < .15);
    assertTrue(
        half.detection()
                .orElseThrow()
                .landmarks()
                .moved(2, 0, 0)
                .errorAgainst(whole.detection().orElseThrow().landmarks())
            < .1);
  }

  /** The same alignment, whether a picture of one face is analysed as a photo or as a crop. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1.05", "1.3", "2", "4"})
  void aCropIsReadLikeThePhotoThatItIs(double room) throws IOException {
    for (Bundled.Truth truth : Bundled.truth("portraits").subList(0, 12)) {
      FaceImage portrait = FaceImage.read(truth.file());
      PixelBox box = ANALYZER.detector().detect(portrait).get(0).box();
      int side = (int) (room * box.size());
      FaceImage picture =
          portrait.cut(
              (int) (box.x() + (box.width() - side) / 2),
              (int) (box.y() + (box.height() - side) / 2),
              side,
              side,
              90);
      for (FaceImage photo : List.of(picture, picture.scaledTo(640), picture.scaledTo(100))) {
        List<Face> faces = ANALYZER.analyze(photo);
        assertEquals(1, faces.size(), truth.file() + " at " + photo);
        assertEquals(faces.get(0), ANALYZER.analyzeCrop(photo), truth.file() + " at " + photo);
      }
    }
  }
}
