package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.affect4j.learn.OnnxClassifier;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Made-up features of which the answer is known. */
@Tag("slow")
class HeadsCommandTest extends CommandRunner {
  private static final List<String> CLASSES =
      List.of(
          "anger", "contempt", "disgust", "fear", "happiness", "neutral", "sadness", "surprise");
  private static final int PERSONS = 40;
  private static final int FACES = 40;

  @TempDir private Path folder;

  /**
   * Columns e000 to e007 are large for the class of this number, on a scale of their own. AU01 is
   * exact from e008; AU12 is rare and blurred in e009, and not annotated on every third face;
   * valence and arousal follow e010 and e011.
   */
  private void write() throws IOException {
    Random random = new Random(1);
    List<String> features = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    StringBuilder header = new StringBuilder("input");
    for (int c = 0; c < 12; c++) {
      header.append(",e%03d".formatted(c));
    }
    features.add(header.toString());
    labels.add("file,category,person,au01,au12,valence,arousal");
    for (int i = 0; i < PERSONS * FACES; i++) {
      int label = random.nextInt(CLASSES.size());
      StringBuilder row = new StringBuilder(folder.resolve(i + ".jpg").toString());
      double[] values = new double[12];
      for (int c = 0; c < values.length; c++) {
        values[c] = random.nextGaussian();
        double shown = c < 8 ? 100 + 20 * (values[c] + (c == label ? 6 : 0)) : .01 * values[c];
        row.append(",").append(shown);
      }
      features.add(row.toString());
      boolean rare = values[9] + .5 * random.nextGaussian() > 1.4;
      labels.add(
          String.format(
              Locale.ROOT,
              "%d.jpg,%s,%d,%s,%s,%.4f,%.4f",
              i,
              CLASSES.get(label),
              i / FACES,
              values[8] > 0 ? ".8" : ".1",
              i % 3 == 0 ? "" : rare ? "1" : "0",
              Math.tanh(.2 + .6 * values[10]),
              Math.tanh(-.5 * values[11])));
    }
    Files.write(folder.resolve("features.csv"), features);
    Files.write(folder.resolve("labels.csv"), labels);
  }

  private int heads(String task, String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "heads",
                    folder.resolve("features.csv").toString(),
                    "--labels",
                    folder.resolve("labels.csv").toString(),
                    "--task",
                    task,
                    "--rate",
                    "1e-2",
                    "--seed",
                    "1",
                    "-o",
                    folder.resolve("out").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private double figure(String measure, String of) throws IOException {
    Table figures = Table.read().csv(folder.resolve("out/figures.csv").toFile());
    for (int row = 0; row < figures.rowCount(); row++) {
      if (figures.stringColumn("measure").get(row).equals(measure)
          && figures.column("of").getString(row).equals(of)) {
        return figures.numberColumn("value").getDouble(row);
      }
    }
    throw new AssertionError("no figure '%s' of '%s' in %s".formatted(measure, of, figures));
  }

  private OnnxClassifier head() throws IOException {
    return OnnxClassifier.open(folder.resolve("out/head.onnx"));
  }

  @Test
  void learnsEightClasses() throws IOException {
    write();
    assertEquals(0, heads("expression", "--hidden", "0"), err.toString());
    assertTrue(figure("accuracy", "") > .95, out.toString());
    assertTrue(out.toString().contains("judged by 400 faces of 10 persons"), out.toString());
    try (OnnxClassifier head = head()) {
      assertEquals(CLASSES, head.classes());
      FaceTable features = FaceTable.read(folder.resolve("features.csv"));
      assertEquals(8, head.scores(features.rows(0))[0].length);
    }
  }

  @Test
  void choosesThresholdsForASkewedUnit() throws IOException {
    write();
    assertEquals(0, heads("action_units", "--hidden", "0"), err.toString());
    assertTrue(figure("F1 at .5", "AU1") > .9, out.toString());
    assertTrue(
        figure("F1 at chosen thresholds", "AU12") > figure("F1 at .5", "AU12") + .02,
        out.toString());
    assertTrue(out.toString().contains("left out, as always or never active: AU2,"));
    Table thresholds = Table.read().csv(folder.resolve("out/thresholds.csv").toFile());
    Table rare = thresholds.where(thresholds.stringColumn("unit").isEqualTo("AU12"));
    assertTrue(rare.numberColumn("threshold").getDouble(0) > .5, thresholds.toString());
  }

  @Test
  void followsValenceAndArousal() throws IOException {
    write();
    assertEquals(0, heads("valence_arousal"), err.toString());
    assertTrue(figure("CCC", "valence") > .95, out.toString());
    assertTrue(figure("CCC", "arousal") > .95, out.toString());
    try (OnnxClassifier head = head()) {
      assertEquals(List.of("valence", "arousal"), head.classes());
    }
  }

  @Test
  void whatCannotBeLearnedIsSaid() throws IOException {
    write();
    assertFails("no column 'mood'", "expression", "--label-column", "mood");
    assertFails("hold no expressions", "expression", "--features", "scores");
    assertFails("active from a strength above 0", "action_units", "--active-from", "2");
    assertEquals(2, heads("action_units", "--classes", "anger"));
    assertTrue(err.toString().contains("--task expression alone"), err.toString());
    List<String> lines = Files.readAllLines(folder.resolve("labels.csv"));
    replace(lines, 1, 1, "awe");
    assertFails("class 'awe' has faces of 1 persons", "expression");
    replace(lines, 2, 4, "9");
    assertFails("'1.jpg' has au12 = '9', expected a number from 0 to 1", "action_units");
    replace(lines, 3, 5, "-5");
    assertFails("'2.jpg' has valence = '-5', expected a number from -1 to 1", "valence_arousal");
    Files.writeString(folder.resolve("labels.csv"), "file,category,person\n0.jpg,anger,0\n");
    assertFails("none of the columns [au01", "action_units");
    assertFails("no column 'valence'", "valence_arousal");
    assertFails("two classes or more", "expression", "--test-persons", "0");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  private void replace(List<String> lines, int line, int cell, String text) throws IOException {
    String[] cells = lines.get(line).split(",");
    cells[cell] = text;
    lines.set(line, String.join(",", cells));
    Files.write(folder.resolve("labels.csv"), lines);
  }

  private void assertFails(String words, String task, String... more) {
    err.getBuffer().setLength(0);
    assertEquals(1, heads(task, more));
    assertTrue(err.toString().contains(words), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }
}
