package org.affect4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code evaluate} on clips: raw and smoothed side by side. */
class EvaluateClipsTest {
  @TempDir Path root;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void writeClipsWithNoisyPredictions() throws IOException {
    List<String> rows =
        new ArrayList<>(List.of("input,frame,timestamp_s,face_id,status,score,valence,arousal"));
    for (String clip : List.of("t1", "t2", "v1", "v2")) {
      List<String> labels = new ArrayList<>(List.of("valence,arousal"));
      for (int i = 0; i < 60; i++) {
        double valence = .8 * Math.sin((i + clip.hashCode() % 40) / 9.);
        labels.add("%.6f,.1".formatted(valence));
        rows.add(
            "%s.mp4,%d,%.3f,0,ok,.9,%.6f,.1"
                .formatted(clip, i, i / 25., valence + (i % 2 == 0 ? .19 : -.19)));
      }
      String split = clip.startsWith("t") ? "Train_Set" : "Validation_Set";
      Path folder = root.resolve("VA_Estimation_Challenge").resolve(split);
      Files.createDirectories(folder);
      Files.write(folder.resolve(clip + ".txt"), labels);
    }
    Files.write(root.resolve("rows.csv"), rows);
  }

  private int evaluate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("evaluate", "--dataset", "aff-wild2-va", "--root", root.toString(), "--draws"));
    all.addAll(List.of("100", "-o", root.resolve("report").toString()));
    all.addAll(List.of(more));
    out.getBuffer().setLength(0);
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    return line.execute(all.toArray(String[]::new));
  }

  private int evaluateValidation(String... more) {
    List<String> all =
        new ArrayList<>(List.of("--predictions", root.resolve("rows.csv").toString()));
    all.addAll(List.of("--split", "validation"));
    all.addAll(List.of(more));
    return evaluate(all.toArray(String[]::new));
  }

  @Tag("slow")
  @Test
  void theFilterIsChosenOnAnotherSplit() throws IOException {
    assertEquals(
        0, evaluateValidation("--validation-split", "train", "--smooth", "chosen"), out::toString);
    String said = out.toString();
    assertTrue(said.contains("valence-arousal: median:5 raised CCC from"), said);
    assertTrue(said.contains("; over time 0.9"), said);
    String page = Files.readString(root.resolve("report/report.html"));
    assertTrue(page.contains("median:5 raised CCC") && page.contains("of each frame"));
    List<String> csv = Files.readAllLines(root.resolve("report/over-time.csv"));
    assertTrue(csv.get(0).startsWith("task,measure,of,raw,raw_low,raw_high,raw_n,smoothed,"));
    assertTrue(Files.readAllLines(root.resolve("report/metrics.csv")).get(0).startsWith("rows,"));
  }

  @Tag("slow")
  @Test
  void filtersCanBeGiven() {
    assertEquals(0, evaluateValidation("--smooth"), out::toString);
    assertTrue(out.toString().contains("expressions mean:15"), out::toString);
    assertEquals(0, evaluateValidation("--smooth", "mean:5,median:3"), out::toString);
    assertTrue(out.toString().contains("action units median:3"), out::toString);
    assertEquals(0, evaluateValidation("--fill", "--max-gap", "0.2"), out::toString);
    assertTrue(out.toString().contains("gaps of up to 0.2 s filled"), out::toString);
    assertEquals(0, evaluateValidation());
    assertFalse(out.toString().contains("over time"), out::toString);
  }

  @Tag("slow")
  @Test
  void aShareOfThePersonsIsHeldOut() {
    assertEquals(
        0, evaluateValidation("--smooth", "chosen", "--validation-split", ".5"), out::toString);
    assertTrue(out.toString().contains("rows: 60"), out::toString);
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    assertFalse(evaluateValidation("--smooth", "chosen") == 0);
    assertTrue(out.toString().contains("--validation-split"), out::toString);
    assertFalse(evaluateValidation("--smooth", "median:4") == 0);
    assertFalse(evaluate("--split", "validation", "--fill", "--limit", "5") == 0);
    assertTrue(out.toString().contains("draws single frames"), out::toString);
  }
}
