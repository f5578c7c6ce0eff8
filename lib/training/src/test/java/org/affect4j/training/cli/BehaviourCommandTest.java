package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.affect4j.training.MadeUpSets;
import org.affect4j.training.behaviour.Coupling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BehaviourCommandTest extends CommandTest {
  @TempDir Path folder;

  @Test
  void trainsLeavesOffAndGoesOn() throws IOException {
    String[] common = {
      "behaviour",
      "--fer",
      MadeUpSets.fer(folder.resolve("fer")).toString(),
      "-o",
      folder.resolve("out").toString(),
      "--epochs",
      "2",
      "--batch",
      "7",
      "--resolution",
      "16",
      "--variation",
      ".5"
    };
    assertEquals(0, run(with(common, "--stop-after", "1")), err.toString());
    assertTrue(out.toString().contains("to be resumed"), out.toString());
    assertEquals(1, run(common));
    assertTrue(err.toString().contains("holds a run already"), err.toString());
    assertEquals(0, run(with(common, "--resume")), err.toString());
    assertTrue(out.toString().contains("publictest accuracy"), out.toString());
    String provenance = Files.readString(folder.resolve("out/provenance.json"));
    assertTrue(provenance.contains("\"seed\": \"1\""), provenance);
    assertTrue(provenance.contains("set fer"), provenance);
    assertTrue(provenance.contains("rotationDegrees=6.0"), provenance);
    assertTrue(Files.size(folder.resolve("out/behaviour.onnx")) > 1_000_000);
    String[] taught = common.clone();
    taught[Arrays.asList(taught).indexOf("-o") + 1] = folder.resolve("taught").toString();
    String teacher = folder.resolve("out/weights.safetensors").toString();
    assertEquals(0, run(with(taught, "--teacher", teacher)), err.toString());
    provenance = Files.readString(folder.resolve("taught/provenance.json"));
    assertTrue(provenance.contains("at 16 pixels decides 0.5 of each label"), provenance);
    assertEquals(1, run(with(common, "--resume", "--rate", "1e-4")));
    assertTrue(err.toString().contains("learning rate was 0.002"), err.toString());
  }

  private static String[] with(String[] arguments, String... more) {
    return java.util.stream.Stream.of(arguments, more)
        .flatMap(Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void wrongUsageIsSaid() {
    assertEquals(2, run("behaviour", "-o", folder.toString()));
    assertTrue(err.toString().contains("at least one of --fer"), err.toString());
    assertEquals(2, run("behaviour", "--fer", "x", "-o", folder.toString(), "--patience", "3"));
    assertTrue(err.toString().contains("PublicTest must not decide"), err.toString());
    assertEquals(2, run("behaviour", "--fer", "x", "-o", folder.toString(), "--variation", "2"));
    assertTrue(err.toString().contains("--variation lies between 0 and 1"), err.toString());
    assertEquals(2, run("behaviour", "--rendered", "x", "-o", "y", "--teacher", "z"));
    assertTrue(err.toString().contains("--teacher reads photos"), err.toString());
  }

  @Test
  void couplingsAreNamedByTheirLabels() {
    for (Coupling coupling : Coupling.values()) {
      CommandLine.ParseResult parsed =
          Main.commandLine()
              .parseArgs("behaviour", "-o", "x", "--coupling", coupling.label())
              .subcommand();
      assertEquals(coupling, parsed.matchedOptionValue("--coupling", null));
    }
  }

  @Test
  void missingDataIsSaid() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(
        1, run("behaviour", "--fer", folder.resolve("empty").toString(), "-o", folder.toString()));
    assertTrue(err.toString().contains("no sample of FER2013"), err.toString());
    assertEquals(
        1,
        run(
            "behaviour",
            "--rendered",
            folder.resolve("empty").toString(),
            "-o",
            folder.toString()));
    assertTrue(err.toString().contains("labels.csv"), err.toString());
  }
}
