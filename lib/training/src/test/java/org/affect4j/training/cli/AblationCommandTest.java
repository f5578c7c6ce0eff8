package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.training.MadeUpSets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AblationCommandTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private String run(int code, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    assertEquals(code, line.execute(arguments), err.toString());
    return out.toString();
  }

  private String ablation(int code, String seeds, String epochs) {
    return run(
        code,
        "ablation",
        "--fer",
        folder.resolve("fer").toString(),
        "--rendered",
        folder.resolve("rendered").toString(),
        "-o",
        folder.resolve("out").toString(),
        "--seeds",
        seeds,
        "--epochs",
        epochs,
        "--batch",
        "12",
        "--resolution",
        "16");
  }

  @Tag("slow")
  @Test
  void finishedRunsAreKept() throws IOException {
    MadeUpSets.fer(folder.resolve("fer"));
    MadeUpSets.rendered(folder.resolve("rendered"), 36);
    String first = ablation(0, "1", "1");
    for (String coupling : List.of("none", "co-annotation", "matching", "both")) {
      assertTrue(
          Files.exists(folder.resolve("out/seed-1-" + coupling + "/weights.safetensors")),
          coupling);
    }
    assertTrue(first.contains("| none | co-annotation | matching | both |"), first);
    assertTrue(first.contains("publictest au12 auc"), first);
    Files.delete(folder.resolve("out/seed-1-none/last.checkpoint"));
    err.getBuffer().setLength(0);
    // What is missing is trained again to the same numbers; what is there is not.
    String second = ablation(0, "1", "1");
    assertEquals(figures(first), figures(second));
    assertTrue(err.toString().contains("none, seed 1: epoch 1 of 1 done"), err.toString());
    assertFalse(err.toString().contains("both, seed 1: epoch"), err.toString());
    List<String> runs = Files.readAllLines(folder.resolve("out/runs.csv"));
    assertEquals(5, runs.size());
    assertTrue(runs.get(0).startsWith("coupling,seed,seconds,publictest_accuracy"), runs.get(0));
    ablation(1, "1", "2");
    assertTrue(err.toString().contains("epochs was 1"), err.toString());
  }

  @Tag("slow")
  @Test
  void aListCouplesByTwoTables() throws IOException {
    String said =
        run(
            0,
            "ablation",
            "--set",
            "mine=" + MadeUpSets.list(folder, 70),
            "-o",
            folder.resolve("out").toString(),
            "--seeds",
            "1",
            "--epochs",
            "1",
            "--batch",
            "56",
            "--resolution",
            "16",
            "--couplings",
            "none,hard-co-annotation",
            "--tables",
            "du,empirical");
    assertTrue(said.contains("| none | hard-co-annotation | hard-co-annotation-empirical |"), said);
    assertTrue(Files.exists(folder.resolve("out/seed-1-hard-co-annotation-empirical")));
  }

  /** All but the last line, which says how long it took. */
  private static List<String> figures(String answer) {
    List<String> lines = answer.lines().toList();
    return lines.subList(0, lines.size() - 1);
  }

  @Test
  void bothKindsOfFacesAreNeeded() {
    run(2, "ablation", "--fer", "x", "-o", folder.toString());
    assertTrue(err.toString().contains("give both --fer and --rendered"), err.toString());
  }
}
