package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.image.FaceImage;
import org.affect4j.training.tune.TunedNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest extends CommandRunner {
  @TempDir private Path folder;

  /** Two classes of six persons, and a file that is no image. */
  private String labels() throws IOException {
    List<String> rows = new ArrayList<>(List.of("file,category,person"));
    for (String label : List.of("happiness", "anger")) {
      Files.createDirectories(folder.resolve(label));
      for (int p = 0; p < 6; p++) {
        String name = "%s/%02d.jpg".formatted(label, p);
        Files.copy(Bundled.path("data/compound").resolve(name), folder.resolve(name));
        rows.add(name + "," + label + "," + p);
      }
    }
    Files.writeString(folder.resolve("anger/broken.jpg"), "no picture");
    return Files.write(folder.resolve("labels.csv"), rows).toString();
  }

  @Test
  @Tag("slow")
  void measuresBesideAClassifierAndWritesANetwork() throws IOException {
    Path file = folder.resolve("tuned.onnx");
    int code =
        run(
            "tune",
            folder.toString(),
            "--labels",
            labels(),
            "--test-persons",
            "4-5",
            "--shots",
            "2,all",
            "--draws",
            "2",
            "--seed",
            "3",
            "-o",
            file.toString());
    assertEquals(0, code, err.toString());
    String text = out.toString();
    assertTrue(err.toString().contains("broken.jpg is left out"), err.toString());
    assertTrue(text.contains("learned from: 8 faces of 4 persons"), text);
    assertTrue(text.contains("judged by:    4 faces of 2 persons"), text);
    assertTrue(text.contains("fine-tuning above linear-svm on the embedding, all shots"), text);
    assertTrue(text.contains("seed 3, n = 12 faces, network behaviour-v6"), text);
    assertTrue(text.contains("2 classes, learned from 8 faces"), text);
    try (TunedNetwork tuned = TunedNetwork.open(file, 1)) {
      assertEquals(List.of("anger", "happiness"), tuned.classes());
    }
  }

  @Test
  @Tag("slow")
  void allLayersAreTuned() throws IOException {
    String file = folder.resolve("whole.onnx").toString();
    String[] whole = {"tune", folder.toString(), "--labels", labels(), "--layers", "all"};
    assertEquals(2, run(whole));
    assertTrue(err.toString().contains("with a file to write"), err.toString());
    String[] once = {"--test-persons", "4-5", "--epochs", "1", "--batch", "4", "-o", file};
    assertEquals(0, run(with(whole, once)), err.toString());
    assertTrue(out.toString().contains("all layers of behaviour-v6, accuracy"), out.toString());
    try (TunedNetwork tuned = TunedNetwork.open(Path.of(file), 1)) {
      FaceImage crop = FaceImage.read(Bundled.path("data/compound/happiness/07.jpg"));
      double[] said = tuned.probabilities(List.of(crop))[0];
      assertEquals(1, said[0] + said[1], 1e-4);
    }
  }

  @Tag("slow")
  @Test
  void whatCannotBeTunedIsSaid() throws IOException {
    String labels = labels();
    assertEquals(1, run("tune", folder.toString(), "--labels", labels, "--model", "detector-v2"));
    assertTrue(err.toString().contains("takes images of any size"), err.toString());
    assertEquals(1, run("tune", folder.toString(), "--labels", labels, "--classes", "anger,awe"));
    assertTrue(err.toString().contains("no face to learn [awe] from"), err.toString());
    assertEquals(1, run("tune", folder.toString(), "--labels", labels, "--test-persons", "9"));
    assertTrue(err.toString().contains("no face is of person '9'"), err.toString());
    assertEquals(
        1,
        run(
            "tune",
            folder.toString(),
            "--labels",
            labels,
            "-o",
            folder.resolve("none/tuned.onnx").toString()));
    assertTrue(err.toString().contains("the output's folder must exist"), err.toString());
    assertFalse(Files.exists(folder.resolve("none")));
  }
}
