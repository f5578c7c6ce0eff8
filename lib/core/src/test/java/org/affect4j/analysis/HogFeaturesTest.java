package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HogFeaturesTest {
  private static final FaceAnalyzer ANALYZER =
      FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1));

  @AfterAll
  static void close() {
    ANALYZER.close();
  }

  /** Three crops and a file that is none. */
  private static List<Path> crops(Path folder) throws IOException {
    for (String name : List.of("anger/00.jpg", "anger/01.jpg", "fear/00.jpg")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.copy(Bundled.path("data/compound").resolve(name), file);
    }
    Files.writeString(folder.resolve("fear/broken.jpg"), "no image");
    return FolderAnalysis.inputs(List.of(folder));
  }

  @Test
  void memoryAndFileHoldTheSameNumbers(@TempDir Path folder) throws IOException {
    List<Path> crops = crops(folder);
    FolderAnalysis analysis = new FolderAnalysis(true, true, 2);
    FaceTable memory = analysis.run(ANALYZER, crops, ProgressListener.silent()).relativeTo(folder);
    assertEquals(
        List.of("anger/00.jpg", "anger/01.jpg", "fear/00.jpg", "fear/broken.jpg"),
        memory.texts("input"));
    assertEquals(256 + 7 + 17 + 2, memory.featureColumns().size());
    assertEquals(
        analysis.analyze(ANALYZER, crops.get(0)).faces().get(0).behaviour(),
        memory.behaviours().get(0));
    Path csv = folder.resolve("features.csv");
    analysis.run(ANALYZER, crops, csv, ProgressListener.silent());
    FaceTable file = FaceTable.read(csv).relativeTo(folder);
    assertEquals(memory.texts("input"), file.texts("input"));
    assertEquals(memory.faces().size(), file.faces().size());
    double[][] expected = memory.values(memory.featureColumns());
    double[][] actual = file.values(memory.featureColumns());
    for (int row = 0; row < 4; row++) {
      assertArrayEquals(expected[row], actual[row], 1e-4);
    }
  }

  @Test
  void gradientsGoOnAfterAnInterruptionAndJoinByName(@TempDir Path folder) throws IOException {
    List<Path> crops = crops(folder);
    HogFeatures hog = new HogFeatures(16, 2);
    FaceTable memory = hog.run(ANALYZER, crops, ProgressListener.silent());
    // 7 x 7 cells of 16 pixels, so that 6 x 6 blocks of 4 cells of 9 orientations fit.
    assertEquals(6 * 6 * 4 * 9, memory.featureColumns().size());
    assertEquals(4, memory.size());
    Path csv = folder.resolve("hog.csv");
    hog.run(ANALYZER, crops, CsvOutput.continuing(csv), ProgressListener.silent());
    byte[] whole = Files.readAllBytes(csv);
    Files.write(csv, Arrays.copyOf(whole, whole.length * 2 / 3));
    hog.run(ANALYZER, crops, CsvOutput.continuing(csv), ProgressListener.silent());
    assertArrayEquals(whole, Files.readAllBytes(csv));
    FaceTable file = FaceTable.read(csv);
    assertArrayEquals(memory.values(FeatureGroup.HOG)[2], file.values(FeatureGroup.HOG)[2], 1e-5);
    FaceTable little =
        FaceTable.ofNumbers(
            List.of(file.texts("input").get(1)), List.of("x"), new double[][] {{7}});
    FaceTable joined = file.join(little);
    assertEquals(7, joined.number(1, "x").orElseThrow());
    assertTrue(joined.number(0, "x").isEmpty());
  }

  @Test
  void gradientsSeeEdgesAndNotBrightness() {
    HogFeatures hog = new HogFeatures(16, 1);
    double[] plain = hog.describe(FaceImage.plain(112, 112, 127));
    assertEquals(0, Arrays.stream(plain).sum(), 1e-9);
    assertThrows(IllegalArgumentException.class, () -> hog.describe(FaceImage.plain(20, 112, 127)));
    assertThrows(IllegalArgumentException.class, () -> new HogFeatures(2, 1));
  }
}
