package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.training.MadeUpSets;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From persons to what faces show: what is learned first, and what of it stays. */
class IdentityCommandTest extends CommandRunner {
  @TempDir private Path folder;

  /** Two photos of each of three persons. */
  private String persons() throws IOException {
    Path persons = folder.resolve("persons");
    for (String person : List.of("00", "01", "02")) {
      Files.createDirectories(persons.resolve(person));
      for (String label : List.of("happiness", "anger")) {
        Files.copy(
            Bundled.path("data/compound/" + label + "/" + person + ".jpg"),
            persons.resolve(person).resolve(label + ".jpg"));
      }
    }
    Files.writeString(persons.resolve("02/broken.jpg"), "no picture");
    return persons.toString();
  }

  private String[] training(String command, String out, String... more) {
    String[] common = {
      command, "-o", folder.resolve(out).toString(), "--resolution", "16", "--epochs", "1"
    };
    return with(common, more);
  }

  private NetworkWeights weights(String out) throws IOException {
    return NetworkWeights.read(folder.resolve(out).resolve("weights.safetensors"));
  }

  @Tag("slow")
  @Test
  void aNetworkLearnsPersonsAndThenWhatTheyShow() throws IOException {
    String persons = persons();
    String[] margin = training("identity", "id", "--persons", persons, "--batch", "3");
    assertEquals(0, run(with(margin, "--hold-out", ".5")), err.toString());
    assertTrue(out.toString().contains("label accuracy"), out.toString());
    assertTrue(err.toString().contains("broken.jpg is left out"), err.toString());
    assertEquals("facebehaviour-compact+labels-3", weights("id").specification());
    String[] plain = {"--loss", "softmax", "--cache", folder.resolve("id/crops").toString()};
    String[] softmax = training("identity", "soft", "--persons", persons, "--batch", "3");
    assertEquals(0, run(with(softmax, plain)), err.toString());

    String[] heads =
        training(
            "behaviour",
            "heads",
            "--set",
            "mine=" + MadeUpSets.list(folder, 20),
            "--batch",
            "8",
            "--from",
            folder.resolve("id/weights.safetensors").toString(),
            "--freeze",
            "backbone");
    assertEquals(0, run(heads), err.toString());
    NetworkSpec network = Networks.named("facebehaviour-compact");
    NetworkWeights before = weights("id");
    NetworkWeights after = weights("heads");
    NetworkWeights initial = NetworkWeights.initial(network, 1);
    for (String name : after.names()) {
      boolean isBackbone = network.backbone().contains(name.substring(0, name.lastIndexOf('.')));
      assertEquals(isBackbone, before.names().contains(name), name);
      if (isBackbone) {
        assertArrayEquals(before.values(name), after.values(name), name);
      } else if (name.endsWith("weight")) {
        assertFalse(Arrays.equals(initial.values(name), after.values(name)), name);
      }
    }
    String onnx = folder.resolve("heads/behaviour.onnx").toString();
    assertTrue(analyzed(folder, "--model", onnx).behaviour(0).isPresent());
  }

  @Test
  void mistakesAreTold() throws IOException {
    String[] persons = training("identity", "out", "--persons", folder.toString());
    assertEquals(1, run(persons));
    assertTrue(err.toString().contains("no image"), err.toString());
    assertEquals(2, run(with(persons, "--loss", "triplet")));
    assertTrue(err.toString().contains("margin or softmax"), err.toString());
    String[] behaviour =
        training("behaviour", "out", "--set", "mine=" + MadeUpSets.list(folder, 20));
    assertEquals(2, run(with(behaviour, "--reset-head")));
    assertTrue(err.toString().contains("weights of --from"), err.toString());
    assertEquals(2, run(with(behaviour, "--freeze", "heads")));
    assertTrue(err.toString().contains("none or backbone"), err.toString());
    assertEquals(1, run(with(behaviour, "--device", "gpu")));
    assertTrue(err.toString().contains("no graphics card"), err.toString());
    assertEquals(2, run(with(behaviour, "--device", "tpu")));
    assertTrue(err.toString().contains("cpu or gpu"), err.toString());
    assertFalse(Files.exists(folder.resolve("out")));
  }
}
