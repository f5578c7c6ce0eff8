package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.affect4j.Bundled;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Calibration and report, on bundled networks and bundled rendered faces. */
class CalibrateCommandTest {
  private static final String RENDERED = Bundled.path("data/compound").toString();
  private static final List<String> CLASSES =
      List.of("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  /** Two faces of each class, one of them in Training and, for anger, in PublicTest too. */
  private Path fer() throws IOException {
    Path root = folder.resolve("fer");
    int number = 0;
    for (String label : CLASSES) {
      Files.createDirectories(root.resolve(label));
      for (String name : List.of("Training", "PublicTest")) {
        BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
        int pattern = number < 2 ? 0 : number;
        for (int i = 0; i < 48 * 48; i++) {
          image.getRaster().setSample(i % 48, i / 48, 0, (i * (pattern + 3) >> 2) & 255);
        }
        ImageIO.write(
            image, "png", root.resolve(label + "/" + name + "_" + number + ".png").toFile());
        number++;
      }
    }
    return root;
  }

  /** The bundled portraits as photos of FER2013, and raters who mostly say what was drawn. */
  private Path portraits() throws IOException {
    List<Expression> columns =
        Stream.of("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear")
            .map(Expression::ofLabel)
            .toList();
    StringBuilder votes =
        new StringBuilder(
            "split,file,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF");
    int number = 0;
    for (Bundled.Truth face : Bundled.truth("portraits")) {
      Optional<Expression> drawn =
          columns.stream().filter(e -> e.label().equals(face.expression())).findFirst();
      if (drawn.isPresent()) {
        String split = number == 0 ? "PublicTest" : "Training";
        String name = "%s/%s_%d.png".formatted(CLASSES.get(0), split, number++);
        Path file = folder.resolve("portraits/" + name);
        Files.createDirectories(file.getParent());
        FaceImage crop = new FaceAligner(48).crop(FaceImage.read(face.file()), face.landmarks());
        BufferedImage grey = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
        grey.getGraphics().drawImage(crop.toBufferedImage(), 0, 0, null);
        ImageIO.write(grey, "png", file.toFile());
        votes.append("\n%s,%s".formatted(split, name));
        columns.forEach(e -> votes.append(e.equals(drawn.get()) ? ",4" : ",1"));
        votes.append(",0,0,0");
      }
    }
    return Files.writeString(folder.resolve("votes.csv"), votes);
  }

  @Tag("slow")
  @Test
  void calibratedNetworksAreWrittenAndMeasured() throws IOException {
    Path models = folder.resolve("models");
    Path cache = folder.resolve("crops");
    assertEquals(
        0,
        run(
            "calibrate",
            "--model",
            "behaviour-v6-int8",
            "--rendered",
            RENDERED,
            "--votes",
            portraits().toString(),
            "--fer",
            folder.resolve("portraits").toString(),
            "--hold-out",
            ".6",
            "--cache",
            cache.toString(),
            "--draws",
            "100",
            "-o",
            models.toString()),
        err.toString());
    assertTrue(out.toString().contains("expressions: slope"), out.toString());
    assertTrue(out.toString().contains("calibrated"), out.toString());
    assertTrue(out.toString().contains("differs from the lines by at most"), out.toString());
    ModelStore store = ModelStore.at(models);
    ModelEntry entry = store.catalog().entry("behaviour-v6-int8");
    ModelEntry before = ModelStore.bundled().catalog().entry("behaviour-v6-int8");
    assertTrue(entry.trainingData().endsWith(before.trainingData()), entry.trainingData());
    assertTrue(entry.trainingData().startsWith("action units calibrated on"));
    assertTrue(entry.trainingData().contains("; expressions calibrated on held-out votes"));
    assertFalse(entry.sha256().equals(before.sha256()));
    assertEquals(before.pixels(), entry.pixels());
    assertEquals(
        18, Files.readAllLines(models.resolve("behaviour-v6-int8-calibration.csv")).size());

    Path report = folder.resolve("report");
    assertEquals(
        0,
        run(
            "behaviour-report",
            "--model",
            "behaviour-v6-int8",
            "--models",
            models.toString(),
            "--fer",
            fer().toString(),
            "--rendered",
            RENDERED,
            "--cache",
            cache.toString(),
            "--draws",
            "100",
            "-o",
            report.toString()),
        err.toString());
    List<String> lines = Files.readAllLines(report.resolve("behaviour-report.csv"));
    assertEquals(
        "faces,task,measure,of,n,note,behaviour-v6-int8,behaviour-v6-int8 low,behaviour-v6-int8 high",
        lines.get(0));
    assertTrue(
        lines.stream()
            .anyMatch(
                l ->
                    l.startsWith(
                        "\"publictest without duplicates, two views\",expression,accuracy,,6,")),
        String.join("\n", lines));
    assertTrue(
        lines.stream()
            .anyMatch(l -> l.startsWith("rendered_measuring,action units,mean correlation")),
        String.join("\n", lines));
  }

  @Test
  void wrongUsageIsOneLine() throws IOException {
    String output = folder.resolve("x").toString();
    assertEquals(2, run("behaviour-report", "-o", output));
    assertTrue(err.toString().contains("at least one of --fer"), err.toString());
    assertFails("no model 'none'", "behaviour-report", "--model", "none", "-o", output);
    assertFails("'none'", "calibrate", "--model", "none", "-o", output);
    assertFails("action_units", "calibrate", "--model", "detector-v2", "-o", output);
    Path models = Files.createDirectories(folder.resolve("models"));
    assertFails(
        "another folder",
        "calibrate",
        "--model",
        "behaviour-v6",
        "--models",
        models.toString(),
        "-o",
        models.toString());
    assertFails("catalog.json", "behaviour-report", "--models", models.toString(), "-o", output);
  }

  private void assertFails(String words, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--rendered";
    all[arguments.length + 1] = RENDERED;
    assertEquals(1, run(all), out.toString());
    assertTrue(err.toString().contains(words), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void setsThatAreTooSmallAreRefused() throws IOException {
    Path root = Files.createDirectories(folder.resolve("few"));
    BufferedImage image = new BufferedImage(112, 112, BufferedImage.TYPE_3BYTE_BGR);
    ImageIO.write(image, "png", root.resolve("0.png").toFile());
    Files.writeString(root.resolve("labels.csv"), "file,person,au12\n0.png,1,0.5\n");
    assertEquals(
        1,
        run(
            "calibrate",
            "--model",
            "behaviour-v6",
            "--rendered",
            root.toString(),
            "-o",
            folder.resolve("y").toString()));
    assertTrue(err.toString().contains("too few to divide;"), err.toString());
  }
}
