package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.detect.LandmarkRefiner;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelStore;
import org.affect4j.training.MadeUpFaces;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandmarksCommandTest extends CommandRunner {
  @TempDir Path folder;

  /** From the scenes to the library: spots of five colours are found again. */
  @Tag("slow")
  @Test
  void whatWasLearnedRefinesLandmarksInTheLibrary() throws IOException {
    String out = folder.resolve("out").toString();
    assertEquals(
        0,
        run(
            "landmarks",
            "--faces",
            MadeUpFaces.faces(folder.resolve("faces"), 4, false).toString(),
            "--backgrounds",
            MadeUpFaces.backgrounds(folder.resolve("backgrounds"), 4).toString(),
            "--side",
            "128",
            "--smallest",
            "40",
            "--faces-per-epoch",
            "480",
            "--batch",
            "24",
            "--validation-faces",
            "50",
            "--hold-out",
            ".3",
            "--average",
            ".9",
            "--epochs",
            "4",
            "-o",
            out),
        err.toString());
    List<String> log = Files.readAllLines(folder.resolve("out/log.csv"));
    assertTrue(log.get(0).contains("validation_landmark_error_before"), log.get(0));
    String models = folder.resolve("models").toString();
    String weights = folder.resolve("out/weights.safetensors").toString();
    assertEquals(
        0, run("export", "--weights", weights, "--name", "spots", "-o", models), err.toString());
    FaceImage picture = FaceImage.of(MadeUpFaces.picture(false));
    Landmarks truth = MadeUpFaces.landmarks();
    Landmarks first = Landmarks.of(76, 86, 124, 97, 101, 114, 84, 156, 118, 145);
    try (LandmarkRefiner refiner =
        LandmarkRefiner.open(ModelStore.at(Path.of(models)), "spots", 1)) {
      double before = first.errorAgainst(truth);
      double after = refiner.refine(picture, List.of(first)).get(0).errorAgainst(truth);
      assertTrue(after < .5 * before, "error " + before + ", then " + after);
      assertEquals(List.of(), refiner.refine(picture, List.of()));
    }
  }

  @Test
  void wrongUsageIsSaid() {
    assertEquals(2, run("landmarks", "--backgrounds", "x", "-o", "y"));
    assertTrue(err.toString().contains("at least one of --faces and --heads"), err.toString());
  }
}
