package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.affect4j.Bundled;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantiseCommandTest extends CommandRunner {
  private static String data(String folder) {
    return Bundled.path("data").resolve(folder).toString();
  }

  @Tag("slow")
  @Test
  void aNetworkIsQuantisedAndTheResultDescribed(@TempDir Path folder) throws Exception {
    Path models = folder.resolve("models");
    assertEquals(
        0,
        run(
            "quantise",
            "--model",
            "behaviour-v6",
            "--calibration",
            data("compound/anger"),
            data("compound/awed"),
            "--count",
            "4",
            "--seed",
            "3",
            "-o",
            models.toString()),
        err.toString());
    assertTrue(ModelStore.at(models).read("behaviour-v6-int8").length > 1_000_000);
    assertTrue(out.toString().contains("28 Conv"), out.toString());
    assertTrue(out.toString().contains("4 other pictures"), out.toString());
    assertTrue(out.toString().contains("valence_arousal"), out.toString());
    assertTrue(out.toString().contains("from 4 inputs"), out.toString());
  }

  @Test
  @Tag("slow")
  void biasesAreCorrectedOnRequestOnly(@TempDir Path folder) throws IOException {
    Path plain = folder.resolve("plain.onnx");
    Path corrected = folder.resolve("corrected.onnx");
    String[] common = {
      "quantise", "--model", "behaviour-v6", "--calibration", data("compound/anger"), "--count", "1"
    };
    assertEquals(0, run(with(common, "-o", plain.toString())), err.toString());
    assertEquals(
        0, run(with(common, "--correct-biases", "-o", corrected.toString())), err.toString());
    assertTrue(Files.mismatch(plain, corrected) >= 0, "the option changes nothing");
  }

  @Tag("slow")
  @Test
  void failuresAreOneLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("out.onnx");
    assertFails("no such file or folder", "behaviour-v6", folder + "/none", "min-max", file);
    assertFails("no image", "behaviour-v6", folder.toString(), "min-max", file);
    assertFails("no model 'other'", "other", data("groups"), "min-max", file);
    assertFails("no range method 'best'", "behaviour-v6", data("groups"), "best", file);
    assertFails(
        "must exist", "behaviour-v6", data("groups"), "min-max", folder.resolve("no/out.onnx"));
    Path taken = Files.createFile(folder.resolve("taken"));
    assertFails("ends in .onnx", "behaviour-v6", folder + "/none", "min-max", taken);
    assertFalse(Files.exists(file));
  }

  private void assertFails(String words, String model, String calibration, String ranges, Path to) {
    err.getBuffer().setLength(0);
    assertEquals(
        1,
        run(
            "quantise",
            "--model",
            model,
            "--calibration",
            calibration,
            "--ranges",
            ranges,
            "-o",
            to.toString()));
    assertTrue(err.toString().contains(words), err.toString());
    assertEquals(1, err.toString().lines().count());
  }
}
