package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelPair;
import org.affect4j.training.MadeUpFaces;
import org.affect4j.training.scene.SceneSources;
import org.affect4j.training.scene.SourceReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotateCommandTest extends CommandRunner {
  @TempDir Path folder;

  @Test
  void writesATableThatTrainingReads() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Path below = Files.createDirectories(photos.resolve("one, two"));
    Files.copy(Bundled.path("data/portraits/000.jpg"), photos.resolve("000.jpg"));
    Files.copy(Bundled.path("data/portraits/012.jpg"), below.resolve("012.jpg"));
    byte[] whole = Files.readAllBytes(photos.resolve("000.jpg"));
    Files.write(photos.resolve("cut.jpg"), java.util.Arrays.copyOf(whole, 300));
    MadeUpFaces.backgrounds(photos.resolve("empty"), 1);
    Path table = photos.resolve("detections.csv");
    assertEquals(0, run("annotate", photos.toString(), "-o", table.toString()), err.toString());
    assertTrue(out.toString().contains("1 left out: no face was found"), out.toString());
    assertTrue(out.toString().contains("1 left out: photo cannot be read"), out.toString());
    assertTrue(out.toString().contains("2 faces written"), out.toString());
    assertEquals(3, Files.readAllLines(table).size());
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      SourceReader reader = new SourceReader(detector, true, (done, total) -> {});
      SceneSources sources =
          reader.read(
              new SourceReader.Places(
                  List.of(photos),
                  List.of(),
                  List.of(MadeUpFaces.backgrounds(folder.resolve("backgrounds"), 2)),
                  List.of()));
      assertTrue(sources.toString().startsWith("2 "), sources.toString());
      assertEquals(java.util.Map.of(), reader.skipped());
    }
  }

  @Test
  void failuresAreSaid() {
    String table = folder.resolve("t.csv").toString();
    assertEquals(1, run("annotate", folder.resolve("none").toString(), "-o", table));
    assertTrue(err.toString().contains("no such file or folder"), err.toString());
    assertEquals(1, run("annotate", folder.toString(), "--detectors", "other", "-o", table));
    assertTrue(err.toString().contains("other"), err.toString());
  }
}
