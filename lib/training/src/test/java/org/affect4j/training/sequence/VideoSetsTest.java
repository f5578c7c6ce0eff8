package org.affect4j.training.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelPair;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.network.Combination;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.Flattening;
import org.affect4j.training.network.FullyConnected;
import org.affect4j.training.network.NetworkBuilder;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Recurrent;
import org.affect4j.training.network.Recurrent.Kind;
import org.affect4j.training.network.RecurrentNets;
import org.affect4j.training.train.Trainer;
import org.affect4j.training.train.TrainerOptions;
import org.affect4j.training.train.TrainingResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoSetsTest {
  private static final int SIDE = 112;
  private static final int FRAMES = 4;

  @TempDir private Path folder;

  /** Reads pictures, landmarks and sound, and answers valence and arousal. */
  private static NetworkSpec tiny() {
    NetworkBuilder b = NetworkSpec.builder("tiny", FeatureShape.map(3, 4, 4));
    String points = b.given(RecurrentNets.LANDMARKS, FeatureShape.vector(136));
    String sound = b.given(RecurrentNets.SPECTROGRAM, FeatureShape.map(3, 8, 8));
    String joined =
        b.add(
            "joined",
            Combination.JOIN,
            b.add("seen", new Flattening(), NetworkSpec.INPUT),
            points,
            b.add("heard", new Flattening(), sound));
    String x = b.recurrent("gru", new Recurrent(Kind.GRU, 1, 3, 0), joined);
    return b.output(
            "valence_arousal",
            b.add("fc", new FullyConnected(2, true), x),
            NetworkOutput.Function.NONE)
        .build();
  }

  private VideoSets open(NetworkSpec network, int length) throws IOException {
    return VideoSets.open(
        List.of("clips=" + folder.resolve("labels.csv")),
        Optional.of(.34),
        network,
        length,
        false,
        1);
  }

  private SequenceData prepared(NetworkSpec network) throws IOException {
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      BehaviourData data =
          new BehaviourData(
              folder.resolve("crops"), SIDE, detector, "none", (done, all) -> {}, line -> {});
      return open(network, FRAMES).prepare(data, Optional.empty());
    }
  }

  @Tag("slow")
  @Test
  void picturesLandmarksAndSoundOfFramesAreRead() throws IOException {
    MadeUpClips.write(folder, "valence,arousal", FRAMES, "p");
    MadeUpClips.sounds(folder);
    SequenceData data = prepared(tiny());
    assertEquals(1, data.validation().size());
    SequenceClip clip =
        data.training().stream().filter(c -> !c.name().endsWith("0")).findFirst().orElseThrow();
    int grey = 60 * (clip.name().charAt(clip.name().length() - 1) - '0');
    float[] seen = clip.reading().of("input", 1);
    assertEquals(3 * 4 * 4, seen.length);
    assertEquals((grey + 1) / 127.5 - 1, seen[20], 1e-4);
    // The frame without a picture repeats the one before it and has no label.
    assertArrayEquals(seen, clip.reading().of("input", 2));
    assertTrue(Float.isNaN(clip.labels()[2][SequenceClip.VALENCE]));
    assertEquals(Math.cos(3), clip.labels()[3][SequenceClip.VALENCE + 1], .01);
    float[] points = clip.reading().of(RecurrentNets.LANDMARKS, 3);
    assertEquals(2 * (3 + 10 / 2.0) / SIDE - 1, points[10], 1e-5);
    assertArrayEquals(
        clip.reading().of(RecurrentNets.LANDMARKS, 1),
        clip.reading().of(RecurrentNets.LANDMARKS, 2));
    // Half a second of a tone: silence before the first frame, in all three planes.
    float[] heard = clip.reading().of(RecurrentNets.SPECTROGRAM, 0);
    assertEquals(3 * 8 * 8, heard.length);
    assertEquals(-1, heard[7 * 8], 1e-6);
    assertTrue(heard[7 * 8 + 7] > -.9, "tone " + heard[7 * 8 + 7]);
    assertEquals(heard[7 * 8 + 7], heard[2 * 64 + 7 * 8 + 7]);
  }

  @Tag("slow")
  @Test
  void aNetworkOfPicturesLandmarksAndSoundIsTrained() throws IOException {
    MadeUpClips.write(folder, "valence,arousal", FRAMES, "p");
    MadeUpClips.sounds(folder);
    SequenceTask task =
        new SequenceTask(
            prepared(tiny()), tiny(), new SequenceTask.Settings(FRAMES, 2, 2, 1, 2, false, 1));
    TrainerOptions options = new TrainerOptions(2, 1e-2, 1, 0, 5, 0, 0, 0, 60, 1);
    TrainingResult result =
        new Trainer<>(tiny(), task, options, folder.resolve("run"), line -> {})
            .train(NetworkWeights.initial(tiny(), 1));
    assertTrue(result.last().containsKey("mean_ccc"), result.last().toString());
  }

  private String refusal(NetworkSpec network, int length) {
    return assertThrows(Exception.class, () -> open(network, length)).getMessage();
  }

  @Tag("slow")
  @Test
  void whatDoesNotFitIsSaidBeforeAnyPictureIsPrepared() throws IOException {
    MadeUpClips.write(folder, "valence,arousal", FRAMES, "p");
    String silent = refusal(tiny(), FRAMES);
    assertTrue(silent.contains("no sound"), silent);
    MadeUpClips.sounds(folder);
    String tooShort = refusal(tiny(), FRAMES + 1);
    assertTrue(tooShort.contains("fewer than a window of 5"), tooShort);
    MadeUpClips.write(folder, "other,another", FRAMES, "p");
    String useless = refusal(tiny(), FRAMES);
    assertTrue(useless.contains("no face of 'clips' has a label"), useless);
    Path list = MadeUpClips.write(folder, "valence,arousal", FRAMES, "p");
    Files.writeString(list, Files.readString(list).replace("p67_y", "other"));
    String pointless = refusal(tiny(), FRAMES);
    assertTrue(pointless.contains("p00_x to p67_y"), pointless);
    Files.writeString(list, Files.readString(list).replace("frame", "number"));
    String photos = refusal(tiny(), FRAMES);
    assertTrue(photos.contains("no row with a frame"), photos);
    MadeUpClips.write(folder, "expression,arousal", FRAMES, "p");
    Files.writeString(
        list, Files.readString(list).replaceAll("wav,[-\\d.]+,[-\\d.]+", "wav,happiness,"));
    String onesided = refusal(RecurrentNets.compact(), FRAMES);
    assertTrue(onesided.contains("no face of [clips] shows"), onesided);
  }
}
