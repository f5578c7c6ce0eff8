package org.affect4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.affect4j.Bundled;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static CommandRun run(String... arguments) {
    return CommandRun.of(arguments);
  }

  @Test
  void analyzesPhotosIntoATable(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("faces.csv");
    CommandRun outcome =
        run("analyze", Bundled.path("data/portraits/001.jpg").toString(), "-o", csv.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("1 inputs: 1 with faces (1 faces)"), outcome.out());
    assertEquals("happiness", FaceTable.read(csv).text(0, "expression").orElseThrow());
  }

  @Test
  void failuresAreOneLineAndExitCodeOne(@TempDir Path folder) {
    String photo = Bundled.path("data/portraits/001.jpg").toString();
    CommandRun missing = run("analyze", "no-such-folder", "-o", folder.resolve("a.csv").toString());
    assertEquals(1, missing.code());
    assertEquals("affect4j: no-such-folder: no such file or folder\n", missing.err());
    CommandRun unwritable = run("analyze", photo, "-o", folder.resolve("none/a.csv").toString());
    assertEquals(1, unwritable.code());
    assertTrue(unwritable.err().contains("folder must exist"), unwritable.err());
    assertEquals(1, unwritable.err().lines().count(), unwritable.err());
  }

  @Test
  @Tag("slow")
  void otherOptionsIntoTheSameFileNeedOverwrite(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("faces.csv");
    String photo = Bundled.path("data/portraits/001.jpg").toString();
    assertEquals(0, run("analyze", photo, "-o", csv.toString()).code());
    String rows = Files.readString(csv);
    for (String option : List.of("--crops", "--flip", "--refine", "--score=.9", "--models=int8")) {
      CommandRun refused = run("analyze", photo, option, "-o", csv.toString());
      assertEquals(1, refused.code(), option);
      assertTrue(refused.err().contains("other models or options"), refused.err());
      assertTrue(refused.err().contains("--overwrite"), refused.err());
    }
    assertEquals(rows, Files.readString(csv));
    assertEquals(0, run("analyze", photo, "--threads=1", "-o", csv.toString()).code());
    assertEquals(0, run("analyze", photo, "--flip", "--overwrite", "-o", csv.toString()).code());
    Map<String, String> settings = Provenance.beside(csv).orElseThrow().settings();
    assertEquals("true", settings.get("flipAveraging"));
    assertEquals("0.95", settings.get("scoreThreshold"));
    assertEquals("photos", settings.get("inputs"));
    assertTrue(settings.get("detector SHA-256").matches("[0-9a-f]{64}"), settings.toString());
  }

  @Test
  void namesThatATerminalWouldObeyAreShownDefused(@TempDir Path folder) {
    CommandRun missing =
        run("analyze", "a\u001b[31m\n.jpg", "-o", folder.resolve("a.csv").toString());
    assertEquals("affect4j: a\\u001b[31m\\u000a.jpg: no such file or folder\n", missing.err());
    String at = "@" + Bundled.path("data/portraits/001.jpg");
    assertEquals(
        "affect4j: %s: no such file or folder\n".formatted(at),
        run("analyze", at, "-o", folder.resolve("a.csv").toString()).err());
    CommandRun option = run("analyze", "--\u001b]0;x\u0007", "-o", "x.csv");
    assertEquals(2, option.code());
    assertFalse(option.err().contains("\u001b]"), option.err());
    assertEquals("👩‍👧 é\\u202e", CommandLines.shown("👩‍👧 é\u202e"));
  }

  @Test
  void wrongUsageIsExitCodeTwo() {
    assertEquals(2, run("analyze", "photo.jpg").code());
    assertEquals(2, run("analyse").code());
    assertEquals(2, run().code());
    CommandRun score = run("analyze", "x.jpg", "-o", "x.csv", "--score", "2");
    assertEquals(1, score.code());
    assertTrue(score.err().contains("between 0 and 1"), score.err());
  }

  @Test
  void modelsAreListedAndVerified(@TempDir Path folder) throws IOException {
    assertTrue(run("models", "list").out().contains("behaviour-v6"));
    assertEquals(0, run("models", "verify").code());
    Files.copy(Bundled.path("models/catalog.json"), folder.resolve("catalog.json"));
    CommandRun missing = run("models", "verify", "--dir", folder.toString());
    assertEquals(1, missing.code());
    assertTrue(missing.out().contains("FAILED  detector-v2"), missing.out());
    assertEquals(1, run("models", "fetch", "--dir", folder.toString(), "detector-v2").code());
  }

  private static List<String> statuses(Path folder, String... options) throws IOException {
    Path csv = Files.createTempDirectory(folder, "run").resolve("faces.csv");
    List<String> command = new ArrayList<>(List.of("analyze", "-o", csv.toString()));
    command.addAll(List.of(options));
    CommandRun outcome = run(command.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.err());
    return FaceTable.read(csv).texts("status");
  }

  @Test
  @Tag("slow")
  void analysesWithTheChosenNetworksAndSearch(@TempDir Path folder) throws IOException {
    Path portrait = Bundled.path("data/portraits/012.jpg");
    for (ModelPair models : ModelPair.values()) {
      assertEquals(
          List.of("ok"), statuses(folder, portrait.toString(), "--models", models.label()));
    }
    assertEquals(List.of("ok"), statuses(folder, portrait.toString(), "--refine"));
    Path small = folder.resolve("small.png");
    ImageIO.write(
        FaceImage.read(portrait).resized(22, 28).cut(-150, -100, 320, 240, 117).toBufferedImage(),
        "png",
        small.toFile());
    assertEquals(List.of("no_face"), statuses(folder, small.toString()));
    assertEquals(List.of("ok"), statuses(folder, small.toString(), "--magnify"));
  }

  /** Two persons with every basic expression, as rendered. */
  private static Path crops(Path folder) throws IOException {
    List<String> labels = Files.readAllLines(Bundled.path("data/compound/labels.csv"));
    List<String> kept = new ArrayList<>(labels.subList(0, 1));
    for (String line : labels.subList(1, labels.size())) {
      String file = line.substring(0, line.indexOf(','));
      if (file.matches("(neutral|happiness|anger|surprise)/0[01]\\.jpg")) {
        kept.add(line);
        Files.createDirectories(folder.resolve(file).getParent());
        Files.copy(Bundled.path("data/compound").resolve(file), folder.resolve(file));
      }
    }
    Files.write(folder.resolve("labels.csv"), kept);
    return folder;
  }

  @Test
  @Tag("slow")
  void evaluatesADatasetIntoAReportAndGoesOn(@TempDir Path folder, @TempDir Path out)
      throws IOException {
    String root = crops(folder).toString();
    String model =
        "model SHA-256: "
            + ModelStore.bundled()
                .catalog()
                .entry(ModelPair.FLOAT32.behaviour())
                .sha256()
                .substring(0, 8);
    String[] first = {
      "evaluate", "--dataset", "rendered", "--root", root, "--draws", "100", "-o", out + "/r"
    };
    CommandRun outcome = run(first);
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("expression, accuracy: "), outcome.out());
    assertTrue(outcome.out().contains(model), outcome.out());
    assertEquals(8, FaceTable.read(out.resolve("r/predictions.csv")).size());
    assertTrue(Files.readString(out.resolve("r/report.html")).contains("data:image/png"));
    String metrics = Files.readString(out.resolve("r/metrics.csv"));
    assertEquals(0, run(first).code());
    assertEquals(metrics, Files.readString(out.resolve("r/metrics.csv")), "taken up again");
    Map<String, String> changes = Map.of("--flip", "views=two", "--refine", "landmarks=");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      CommandRun mixed =
          run(
              "evaluate",
              "--dataset=rendered",
              "--root=" + root,
              change.getKey(),
              "-o",
              out.resolve("r").toString());
      assertEquals(1, mixed.code());
      assertTrue(mixed.err().contains(change.getValue()), mixed.err());
    }
    CommandRun again =
        run(
            "evaluate",
            "--dataset=rendered",
            "--root=" + root,
            "--draws=100",
            "--predictions",
            out.resolve("r/predictions.csv").toString(),
            "-o",
            out.resolve("again").toString());
    assertEquals(0, again.code(), again.err());
    assertEquals(metrics, Files.readString(out.resolve("again/metrics.csv")));
    assertTrue(again.out().contains(model), "from the record beside the CSV");
  }

  @Test
  void evaluationSaysWhatIsWrong(@TempDir Path folder, @TempDir Path out) throws IOException {
    String root = crops(folder).toString();
    String output = out.resolve("r").toString();
    CommandRun name = run("evaluate", "--dataset=mnist", "--root=" + root, "-o", output);
    assertTrue(name.err().contains("fer2013"), name.err());
    CommandRun place = run("evaluate", "--dataset=rendered", "--root=none", "-o", output);
    assertTrue(place.err().contains("none: no such file or folder"), place.err());
    CommandRun split =
        run("evaluate", "--dataset=rendered", "--root=" + root, "--split=test", "-o", output);
    assertTrue(split.err().contains("the dataset has no official split"), split.err());
    CommandRun parent =
        run("evaluate", "--dataset=rendered", "--root=" + root, "-o", output + "/a/b");
    assertTrue(parent.err().contains("must exist"), parent.err());
    for (CommandRun outcome : List.of(name, place, split, parent)) {
      assertEquals(1, outcome.code());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
    assertFalse(Files.exists(out.resolve("r")), "nothing is made before the input is checked");
  }

  @Test
  void evaluatesPhotosByAListOfOnesOwn(@TempDir Path folder, @TempDir Path out) throws IOException {
    Path faces = crops(folder);
    Path list =
        Files.writeString(
            out.resolve("mine.txt"),
            "\uFEFFFile;Emotion\r\n./happiness/00.jpg;Happy\r\nanger/00.jpg;angry\r\nlost.jpg;sad\r\n");
    Files.delete(faces.resolve("labels.csv"));
    CommandRun outcome =
        run(
            "evaluate",
            "--labels=" + list,
            "--root=" + faces,
            "--draws=100",
            "-o",
            out.resolve("r").toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("photos with expressions: 2 rows"), outcome.out());
    assertTrue(outcome.out().contains("skipped 1: photo is missing (such as lost.jpg)"));
    assertTrue(outcome.out().contains("noted 6: photo has no label"), outcome.out());

    Path predictions = out.resolve("r/predictions.csv");
    List<String> rows = Files.readAllLines(predictions);
    rows.set(2, rows.get(2).replace("anger/00.jpg", "elsewhere.jpg"));
    Files.write(predictions, rows);
    CommandRun judged =
        run(
            "evaluate",
            "--labels=" + list,
            "--root=" + faces,
            "--predictions=" + predictions,
            "--draws=100",
            "-o",
            out.resolve("again").toString());
    assertEquals(0, judged.code(), judged.err());
    assertTrue(
        judged.out().contains("1 of 2 rows have no prediction, such as anger/00.jpg"),
        judged.out());
    assertTrue(
        judged.out().contains("1 of 2 predicted photos are not in the dataset, such as elsewhere"),
        judged.out());
    assertEquals(2, run("evaluate", "--root=" + faces, "-o", out + "/x").code());
    assertEquals(
        2, run("evaluate", "--labels=" + list, "--dataset=photos", "-o", out + "/x").code());
    CommandRun numbers =
        run(
            "evaluate",
            "--dataset=rendered",
            "--root=" + faces,
            "--classes=happy",
            "-o",
            out + "/x");
    assertTrue(numbers.err().contains("dataset 'folders' alone"), numbers.err());
  }

  @Tag("slow")
  @Test
  void theBenchmarkPrintsEveryStage() {
    CommandRun outcome = run("benchmark", "--threads", "1", "--seconds", "0");
    assertEquals(0, outcome.code(), outcome.err());
    for (String stage : new String[] {"decode JPEG", "detect at 640", "align", "behave", "peak"}) {
      assertTrue(outcome.out().contains(stage), outcome.out());
    }
    assertTrue(outcome.out().contains("pipeline at 320, int8"), outcome.out());
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertEquals("affect4j " + System.getProperty("affect4j.version"), run("-V").out().strip());
  }

  /** The same figures from another list, and what does not fit, and persons who are not known. */
  private static void labelsAsPeopleWriteThem(Path folder, CommandRun plain) throws IOException {
    StringBuilder labels = new StringBuilder("\uFEFFImage;LABEL;Subject\r\n");
    for (String category : new String[] {"happiness", "anger"}) {
      for (int person = 0; person < 6; person++) {
        String file = "%s/%02d.jpg".formatted(category, person);
        String name =
            person == 0
                ? "./" + file
                : person == 1 ? "\"" + folder.resolve(file) + "\"" : "faces/" + file;
        labels.append("%s;%s;%d\r\n".formatted(name, category, person));
      }
    }
    Files.createDirectories(folder.resolve("lists"));
    Files.copy(folder.resolve("anger/00.jpg"), folder.resolve("spare.jpg"));
    // Not relative to the list: found by the ends of their places.
    Path list = folder.resolve("lists/labels.txt");
    Files.writeString(list, labels.toString().replace("faces/", "") + "lost.jpg;anger;9\r\n");
    String[] command = {
      "few-shot",
      folder.toString(),
      "--labels=" + list,
      "--shots=1,2,all",
      "--draws=2",
      "--seed=9",
      "--classifiers=linear-svm"
    };
    List<String> divided = new ArrayList<>(List.of(command));
    divided.add("--test-persons=4-5");
    CommandRun outcome = run(divided.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("n = 12 faces"), outcome.out());
    assertTrue(
        outcome.out().contains("skipped 1: labelled, but without features (such as lost.jpg)"),
        outcome.out());
    assertTrue(outcome.out().contains("skipped 1: not among the labels (such as "), outcome.out());
    assertEquals(3, curve(outcome.out()).size(), outcome.out());
    assertEquals(curve(plain.out()), curve(outcome.out()));

    Files.writeString(list, labels.toString().replace("faces/", "").replaceAll("(?m);[^;]*$", ""));
    CommandRun unnamed = run(command);
    assertEquals(1, unnamed.code());
    assertTrue(unnamed.err().contains("--persons none"), unnamed.err());
    List<String> none = new ArrayList<>(List.of(command));
    none.add("--persons=none");
    CommandRun warned = run(none.toArray(String[]::new));
    assertEquals(0, warned.code(), warned.err());
    assertTrue(warned.err().contains("warning: persons are not known"), warned.err());
    assertTrue(warned.out().contains("no persons named"), warned.out());
    Files.writeString(list, "file,label,person\n00.jpg,anger,1\n");
    CommandRun several = run(command);
    assertEquals(1, several.code());
    assertTrue(several.err().contains("'00.jpg' fits 2 photos"), several.err());
  }

  /** Figures of the embedding; the last column is time. */
  private static List<String> curve(String out) {
    return out.lines()
        .map(line -> line.replace(" ", "").replaceFirst("\\|[^|]*\\|$", ""))
        .filter(line -> line.startsWith("embedding|"))
        .toList();
  }

  @Test
  @Tag("slow")
  void fewShotCurvesComeWithSeedAndCount(@TempDir Path folder) throws IOException {
    StringBuilder labels = new StringBuilder("file,category,person\n");
    for (String category : new String[] {"happiness", "anger"}) {
      Files.createDirectories(folder.resolve(category));
      for (int person = 0; person < 6; person++) {
        String file = "%s/%02d.jpg".formatted(category, person);
        Files.copy(Bundled.path("data/compound").resolve(file), folder.resolve(file));
        labels.append("%s,%s,%d%n".formatted(file, category, person));
      }
    }
    Path table = Files.writeString(folder.resolve("labels.csv"), labels);
    Path csv = folder.resolve("curves.csv");
    CommandRun outcome =
        run(
            "few-shot",
            folder.toString(),
            "--labels",
            table.toString(),
            "--test-persons",
            "4-5",
            "--shots",
            "1,2,all",
            "--draws",
            "2",
            "--seed",
            "9",
            "--classifiers",
            "linear-svm",
            "--features",
            "embedding",
            "--features",
            "expressions+action-units",
            "-o",
            csv.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("learned from: 8 faces of 4 persons"), outcome.out());
    assertTrue(outcome.out().contains("seed 9, n = 12 faces"), outcome.out());
    assertTrue(outcome.out().contains("zero-shot"), outcome.out());
    assertEquals(1 + 1 + 2 * 3, Files.readAllLines(csv).size());
    labelsAsPeopleWriteThem(folder, outcome);
    CommandRun unknown =
        run("few-shot", folder.toString(), "--labels", table.toString(), "--features", "pixels");
    assertEquals(1, unknown.code());
    assertTrue(unknown.err().contains("unknown features 'pixels'"), unknown.err());
  }
}
