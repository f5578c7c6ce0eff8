package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.Bundled;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Behaviour;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelStore;
import org.affect4j.training.network.EfficientNet;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest extends CommandRunner {
  private static final Path DATA = Bundled.path("data");

  @TempDir private Path folder;

  private String weights(NetworkSpec spec) throws IOException {
    Path file = folder.resolve(spec.name() + ".safetensors");
    NetworkWeights initial = NetworkWeights.initial(spec, 1);
    Map<String, float[]> values = new HashMap<>();
    for (String name : initial.names()) {
      float[] v = initial.values(name);
      // Whatever a detector sees, a prior is a face with the probability that it starts from.
      values.put(name, name.endsWith("conf.weight") ? new float[v.length] : v);
    }
    NetworkWeights.of(spec, values).write(spec, file);
    return file.toString();
  }

  @Test
  @Tag("slow")
  void bothKindsOpenInTheLibrary() throws IOException {
    Path models = folder.resolve("models");
    String photos = DATA.resolve("compound/anger").toString();
    for (String network : List.of("facebehaviour-compact", "detector-small")) {
      assertEquals(
          0,
          run(
              "export",
              "--weights",
              weights(Networks.named(network)),
              "--name",
              network + "-test",
              "--metric",
              "nothing=0",
              "-o",
              models.toString()),
          err.toString());
      assertEquals(
          0,
          run(
              "quantise",
              "--models",
              models.toString(),
              "--model",
              network + "-test",
              "--calibration",
              photos,
              "--count",
              "3",
              "--byte-input",
              "-o",
              models.toString()),
          err.toString());
    }
    ModelStore store = ModelStore.at(models);
    assertEquals(4, store.catalog().entries().size());
    FaceImage crop = FaceImage.read(DATA.resolve("portraits/012.jpg"));
    List<Behaviour> read =
        List.of("facebehaviour-compact-test", "facebehaviour-compact-test-int8").stream()
            .map(
                name -> {
                  try (BehaviourModel model =
                      BehaviourModel.open(store, name, BehaviourOptions.defaults(), 1)) {
                    return model.predict(List.of(crop)).get(0);
                  }
                })
            .toList();
    assertEquals(256, read.get(0).embedding().length);
    assertEquals(
        read.get(0).valenceArousal().valence(), read.get(1).valenceArousal().valence(), .2);
    for (String name : List.of("detector-small-test", "detector-small-test-int8")) {
      try (RetinaFace detector = RetinaFace.open(store, name, DetectorOptions.defaults(), 1)) {
        assertTrue(detector.detect(crop).isEmpty());
      }
    }
    assertTrue(out.toString().contains("differs from DJL by at most"), out.toString());
  }

  @Test
  void networksThatTheLibraryDoesNotRunAreWrittenAlone() throws IOException {
    NetworkSpec head = EfficientNet.head(EfficientNet.Features.SCORES, 128);
    assertEquals(
        0, run("export", "--weights", weights(head), "--name", "head", "-o", folder.toString()));
    assertTrue(Files.exists(folder.resolve("head.onnx")));
    assertFalse(Files.exists(folder.resolve("catalog.json")));
  }

  @Test
  void failuresAreOneLine() throws IOException {
    NetworkSpec unknown = FacebehaviourNet.of("mine", FacebehaviourNet.Size.compact());
    assertFails("no network 'mine'", weights(unknown), "m");
    assertFails("name is made of", weights(unknown), "../m");
    assertFails("none.safetensors", folder.resolve("none.safetensors").toString(), "m");
    Path text = Files.writeString(folder.resolve("text"), "no weights at all");
    assertFails("holds no weights", text.toString(), "m");
  }

  private void assertFails(String words, String weights, String name) {
    err.getBuffer().setLength(0);
    assertEquals(
        1,
        run("export", "--weights", weights, "--name", name, "-o", folder.resolve("x").toString()));
    assertTrue(err.toString().contains(words), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertFalse(Files.exists(folder.resolve("x")));
  }

  @Test
  void networksAreListed() {
    assertEquals(0, run("networks", "facebehaviour-compact", "--files"), err.toString());
    assertTrue(out.toString().contains("1113866"), out.toString());
    assertTrue(out.toString().contains("4.46"), out.toString());
    out.getBuffer().setLength(0);
    assertEquals(0, run("networks"));
    assertEquals(1 + Networks.all().size(), out.toString().lines().count());
  }
}
