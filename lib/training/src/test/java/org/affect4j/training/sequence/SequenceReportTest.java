package org.affect4j.training.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelPair;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.RecurrentNets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceReportTest {
  @TempDir private Path folder;

  private SequenceReport report(NetworkSpec network, String testPersons) throws IOException {
    Path chosen = Files.createDirectories(folder.resolve("chosen"));
    Path test = Files.createDirectories(folder.resolve("test"));
    MadeUpClips.write(chosen, "valence,arousal", 4, "p");
    MadeUpClips.write(test, "valence,arousal", 4, testPersons);
    NetworkWeights weights = NetworkWeights.initial(network, 1);
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      return SequenceReport.of(
          List.of(weights),
          List.of("chosen=" + chosen.resolve("labels.csv")),
          List.of("test=" + test.resolve("labels.csv")),
          new BehaviourData(
              folder.resolve("crops"), 112, detector, "none", (done, all) -> {}, line -> {}));
    }
  }

  @Tag("slow")
  @Test
  void networksStandBesideSingleFramesAndFilters() throws IOException {
    List<String> lines = report(RecurrentNets.compact(), "q").markdown().lines().toList();
    assertTrue(lines.get(0).startsWith("9 frames with a face, 3 clips, 3 persons"), lines.get(0));
    assertTrue(lines.get(4).startsWith("| each frame |"), lines.get(4));
    assertTrue(lines.get(5).startsWith("| each frame, units unfiltered"), lines.get(5));
    assertTrue(lines.get(6).startsWith("| compact-gru |"), lines.get(6));
    assertEquals(4 + 4 + 1 + 2 + 17, lines.size());
  }

  @Tag("slow")
  @Test
  void sidesAreOfDifferentPersonsAndNetworksReadEmbeddings() {
    String shared =
        assertThrows(IllegalArgumentException.class, () -> report(RecurrentNets.compact(), "p"))
            .getMessage();
    assertTrue(shared.contains("to choose by and in those to measure"), shared);
    for (NetworkSpec network :
        List.of(RecurrentNets.fusionFc(), RecurrentNets.compactAudioVisual())) {
      String other =
          assertThrows(IllegalArgumentException.class, () -> report(network, "q")).getMessage();
      assertTrue(other.contains("expected networks that read embeddings"), other);
    }
  }
}
