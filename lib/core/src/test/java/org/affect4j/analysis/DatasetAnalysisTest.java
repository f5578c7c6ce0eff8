package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.RafDb;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetAnalysisTest {
  @Test
  void everyRowIsReadAndAnInterruptedRunGoesOn(@TempDir Path root, @TempDir Path out)
      throws IOException {
    Path images = Files.createDirectories(root.resolve("Image/aligned"));
    Files.createDirectories(root.resolve("EmoLabel"));
    Files.writeString(
        root.resolve("EmoLabel/list_patition_label.txt"),
        "train_00001.jpg 11\ntrain_00002.jpg 11\ntest_0001.jpg 5\n");
    Path source = Bundled.path("data/compound");
    Files.copy(
        source.resolve("disgustedly_surprised/00.jpg"), images.resolve("train_00001_aligned.jpg"));
    Files.writeString(images.resolve("train_00002_aligned.jpg"), "no image");
    Files.copy(source.resolve("sadly_angry/01.jpg"), images.resolve("test_0001_aligned.jpg"));
    AffectDataset dataset = RafDb.compound(root);
    FaceTable rows = dataset.table();
    DatasetAnalysis analysis = new DatasetAnalysis(true, 2);
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(AnalyzerOptions.defaults().withThreads(1))) {
      FaceTable read = analysis.run(analyzer, dataset, rows, ProgressListener.silent());
      assertEquals(rows.texts("input"), read.texts("input"));
      assertEquals(List.of("ok", "unreadable", "ok"), read.texts("status"));
      assertEquals(2, read.faces().size());
      Path csv = out.resolve("features.csv");
      analysis.run(analyzer, dataset, rows, CsvOutput.continuing(csv), ProgressListener.silent());
      byte[] whole = Files.readAllBytes(csv);
      Files.write(csv, Arrays.copyOf(whole, whole.length - 100));
      FolderAnalysis.Summary summary =
          analysis.run(
              analyzer, dataset, rows, CsvOutput.continuing(csv), ProgressListener.silent());
      // The row before the cut may have lost faces, so it is done again.
      assertEquals(1, summary.kept());
      assertEquals(new String(whole), Files.readString(csv));
      assertThrows(
          IllegalArgumentException.class,
          () -> analysis.run(analyzer, dataset, rows.append(rows), ProgressListener.silent()));
    }
  }
}
