package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.detect.LandmarkRefiner;
import org.affect4j.detect.Landmarks68Model;
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

  /** From rendered faces to a network that the library runs, and back to its errors. */
  @Tag("slow")
  @Test
  void sixtyEightLandmarksAreLearnedFromRenderedFaces() throws IOException {
    Path portraits = Path.of(System.getProperty("affect4j.root"), "data/portraits");
    Path faces = Files.createDirectories(folder.resolve("faces"));
    List<String> rows = Files.readAllLines(portraits.resolve("labels.csv")).subList(0, 13);
    Files.write(faces.resolve("labels.csv"), rows);
    for (String row : rows.subList(1, rows.size())) {
      String file = row.substring(0, row.indexOf(','));
      Files.copy(portraits.resolve(file), faces.resolve(file));
    }
    String rendered = faces.toString();
    String out = folder.resolve("out").toString();
    String[] arguments = {
      "landmarks",
      "--points",
      "68",
      "--rendered",
      rendered,
      "--hold-out",
      ".3",
      "--batch",
      "4",
      "--epochs",
      "2",
      "--average",
      ".5",
      "-o",
      out
    };
    assertEquals(0, run(arguments), err.toString());
    assertTrue(err.toString().contains("with 68 points each"), err.toString());
    String log = Files.readAllLines(folder.resolve("out/log.csv")).get(0);
    assertTrue(log.contains("validation_landmark_error"), log);
    String models = folder.resolve("models").toString();
    String weights = folder.resolve("out/weights.safetensors").toString();
    assertEquals(
        0, run("export", "--weights", weights, "--name", "many", "-o", models), err.toString());
    try (Landmarks68Model model =
        Landmarks68Model.open(ModelStore.at(Path.of(models)), "many", 1)) {
      FaceImage photo = FaceImage.read(faces.resolve("000.jpg"));
      Landmarks five =
          Landmarks.of(198.5, 265.1, 283.9, 267.7, 269.5, 310.8, 218.6, 361.6, 283.2, 361.3);
      assertEquals(1, model.find(photo, List.of(five)).size());
    }
    String[] report = {
      "landmarks-report", "--rendered", rendered, "--models", models, "--name", "many"
    };
    assertEquals(0, run(report), err.toString());
    assertTrue(this.out.toString().contains("yaw: mean error in degrees"), this.out.toString());
  }

  @Test
  void wrongUsageIsSaid() {
    assertEquals(2, run("landmarks", "--backgrounds", "x", "-o", "y"));
    assertTrue(err.toString().contains("at least one of --faces and --heads"), err.toString());
    assertEquals(2, run("landmarks", "--points", "7", "-o", "y"));
    assertTrue(err.toString().contains("5 or 68 --points, got 7"), err.toString());
    assertEquals(2, run("landmarks", "--points", "68", "-o", "y"));
    assertTrue(err.toString().contains("--rendered"), err.toString());
    assertEquals(2, run("landmarks", "--rendered", "x", "-o", "y"));
    assertEquals(2, run("landmarks-report"));
    assertTrue(err.toString().contains("either --rendered or --faces"), err.toString());
  }
}
