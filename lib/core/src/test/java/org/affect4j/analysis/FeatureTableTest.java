package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.Bundled;
import org.affect4j.face.Behaviour;
import org.affect4j.image.FaceImage;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FeatureGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTableTest {
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
    List<AnalyzedInput> inputs = analysis.run(ANALYZER, crops, ProgressListener.silent());
    FeatureTable memory = FeatureTable.of(inputs).relativeTo(folder);
    assertEquals(List.of("anger/00.jpg", "anger/01.jpg", "fear/00.jpg"), memory.inputs());
    assertEquals(256 + 7 + 17 + 2, memory.columns().size());
    assertEquals("fear/broken.jpg", memory.leftOut().get(0).input());
    Behaviour face = inputs.get(0).faces().get(0).behaviour();
    assertEquals(face, memory.behaviours().get(0));
    Path csv = folder.resolve("features.csv");
    analysis.run(ANALYZER, crops, csv, ProgressListener.silent());
    FeatureTable file = FeatureTable.read(csv).relativeTo(folder);
    assertEquals(memory.inputs(), file.inputs());
    assertEquals(1, file.leftOut().size());
    FeatureTable same = file.select(FeatureGroup.EMBEDDING, FeatureGroup.ACTION_UNITS);
    FeatureTable other = memory.select(FeatureGroup.ACTION_UNITS, FeatureGroup.EMBEDDING);
    assertEquals(256 + 17, same.columns().size());
    for (int row = 0; row < 3; row++) {
      double[] expected = other.row(row);
      double[] actual =
          Arrays.stream(other.columns().toArray(String[]::new))
              .mapToDouble(numbers(same, row)::get)
              .toArray();
      assertArrayEquals(expected, actual, 1e-4);
    }
  }

  private static Map<String, Double> numbers(FeatureTable table, int row) {
    Map<String, Double> numbers = new HashMap<>();
    double[] values = table.row(row);
    for (int c = 0; c < values.length; c++) {
      numbers.put(table.columns().get(c), values[c]);
    }
    return numbers;
  }

  @Test
  void gradientsGoOnAfterAnInterruptionAndJoinByName(@TempDir Path folder) throws IOException {
    List<Path> crops = crops(folder);
    HogFeatures hog = new HogFeatures(16, 2);
    FeatureTable memory = hog.run(ANALYZER, crops, ProgressListener.silent());
    // 7 x 7 cells of 16 pixels, so that 6 x 6 blocks of 4 cells of 9 orientations fit.
    assertEquals(6 * 6 * 4 * 9, memory.columns().size());
    assertEquals(3, memory.rowCount());
    Path csv = folder.resolve("hog.csv");
    hog.run(ANALYZER, crops, CsvOutput.continuing(csv), ProgressListener.silent());
    byte[] whole = Files.readAllBytes(csv);
    Files.write(csv, Arrays.copyOf(whole, whole.length * 2 / 3));
    hog.run(ANALYZER, crops, CsvOutput.continuing(csv), ProgressListener.silent());
    assertArrayEquals(whole, Files.readAllBytes(csv));
    FeatureTable file = FeatureTable.read(csv);
    assertArrayEquals(memory.row(2), file.row(2), 1e-5);
    FeatureTable little =
        FeatureTable.of(List.of(file.inputs().get(1)), List.of("x"), new double[][] {{7}});
    FeatureTable joined = file.join(little);
    assertEquals(List.of(file.inputs().get(1)), joined.inputs());
    assertEquals(7, joined.row(0)[joined.columns().size() - 1]);
    assertEquals(3, joined.leftOut().size());
  }

  @Test
  void gradientsSeeEdgesAndNotBrightness() {
    HogFeatures hog = new HogFeatures(16, 1);
    double[] plain = hog.describe(FaceImage.plain(112, 112, 127));
    assertEquals(0, Arrays.stream(plain).sum(), 1e-9);
    assertThrows(IllegalArgumentException.class, () -> hog.describe(FaceImage.plain(20, 112, 127)));
    assertThrows(IllegalArgumentException.class, () -> new HogFeatures(2, 1));
  }

  @Test
  void oddTablesAreExplained(@TempDir Path folder) throws IOException {
    List<String> names = List.of("a", "a");
    double[][] values = {{1}, {2}};
    IllegalArgumentException twice =
        assertThrows(
            IllegalArgumentException.class, () -> FeatureTable.of(names, List.of("x"), values));
    assertTrue(twice.getMessage().contains("'a' occurs in 2 rows"), twice.getMessage());
    FeatureTable gap =
        FeatureTable.of(List.of("a", "b"), List.of("x"), new double[][] {{1}, {Double.NaN}});
    assertEquals(1, gap.rowCount());
    assertEquals("no number in column x", gap.leftOut().get(0).reason());
    assertThrows(IllegalArgumentException.class, () -> gap.select(FeatureGroup.EMBEDDING));
    assertThrows(IllegalArgumentException.class, () -> gap.relativeTo(folder));
    assertThrows(IllegalArgumentException.class, gap::behaviours);
    Path csv = Files.writeString(folder.resolve("other.csv"), "frame,AU01_r\n1,0.5\n");
    IllegalArgumentException other =
        assertThrows(IllegalArgumentException.class, () -> FeatureTable.read(csv));
    assertTrue(other.getMessage().contains("--embeddings"), other.getMessage());
    FeatureTable changed = FeatureTable.of(List.of("a"), List.of("x"), new double[][] {{1.5}});
    assertNotEquals(gap.checksum(), changed.checksum());
  }
}
