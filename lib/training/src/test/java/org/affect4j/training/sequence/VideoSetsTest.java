package org.affect4j.training.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelPair;
import org.affect4j.series.Spectrogram;
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

  /** Three clips of grey pictures, each lighter than the one before; frame 2 has none. */
  private Path clips(String columns, int rows) throws IOException {
    List<String> lines = new ArrayList<>();
    String points =
        IntStream.range(0, 68)
            .mapToObj("p%1$02d_x,p%1$02d_y"::formatted)
            .collect(Collectors.joining(","));
    lines.add("file,input,frame,timestamp_s,person,sound," + columns + "," + points);
    for (int clip = 0; clip < 3; clip++) {
      Files.createDirectories(folder.resolve("c" + clip));
      for (int t = 0; t < rows; t++) {
        String file = t == 2 ? "" : "c%d/%d.png".formatted(clip, t);
        if (t != 2) {
          BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
          int grey = 60 * clip + t;
          picture.createGraphics().drawImage(plain(grey), 0, 0, SIDE, SIDE, null);
          ImageIO.write(picture, "png", folder.resolve(file).toFile());
        }
        lines.add(
            String.format(
                Locale.ROOT,
                "%s,c%d,%d,%.2f,p%d,c%d/sound.wav,%.2f,%.2f,%s",
                file,
                clip,
                t,
                t / 25.0,
                clip,
                clip,
                Math.sin(t + clip),
                Math.cos(t),
                IntStream.range(2 * t, 2 * t + 136)
                    .mapToObj(i -> "" + i / 2.0)
                    .collect(Collectors.joining(","))));
      }
    }
    return Files.write(folder.resolve("labels.csv"), lines);
  }

  private static BufferedImage plain(int grey) {
    BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    one.setRGB(0, 0, grey << 16 | grey << 8 | grey);
    return one;
  }

  private void sounds() throws IOException {
    byte[] tone = new byte[2 * Spectrogram.RATE / 2];
    for (int i = 0; i < tone.length / 2; i++) {
      short value = (short) (20_000 * Math.sin(2 * Math.PI * 1000 * i / Spectrogram.RATE));
      tone[2 * i] = (byte) value;
      tone[2 * i + 1] = (byte) (value >> 8);
    }
    AudioFormat format = new AudioFormat(Spectrogram.RATE, 16, 1, true, false);
    for (int clip = 0; clip < 3; clip++) {
      AudioSystem.write(
          new AudioInputStream(new ByteArrayInputStream(tone), format, tone.length / 2),
          AudioFileFormat.Type.WAVE,
          folder.resolve("c%d/sound.wav".formatted(clip)).toFile());
    }
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

  @Test
  void picturesLandmarksAndSoundOfFramesAreRead() throws IOException {
    clips("valence,arousal", FRAMES);
    sounds();
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

  @Test
  void aNetworkOfPicturesLandmarksAndSoundIsTrained() throws IOException {
    clips("valence,arousal", FRAMES);
    sounds();
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

  @Test
  void whatDoesNotFitIsSaidBeforeAnyPictureIsPrepared() throws IOException {
    clips("valence,arousal", FRAMES);
    String silent = refusal(tiny(), FRAMES);
    assertTrue(silent.contains("no sound"), silent);
    sounds();
    String tooShort = refusal(tiny(), FRAMES + 1);
    assertTrue(tooShort.contains("fewer than a window of 5"), tooShort);
    clips("other,another", FRAMES);
    String useless = refusal(tiny(), FRAMES);
    assertTrue(useless.contains("no face of 'clips' has a label"), useless);
    Path list = clips("valence,arousal", FRAMES);
    Files.writeString(list, Files.readString(list).replace("p67_y", "other"));
    String pointless = refusal(tiny(), FRAMES);
    assertTrue(pointless.contains("p00_x to p67_y"), pointless);
    Files.writeString(list, Files.readString(list).replace("frame", "number"));
    String photos = refusal(tiny(), FRAMES);
    assertTrue(photos.contains("no row with a frame"), photos);
    clips("expression,arousal", FRAMES);
    Files.writeString(
        list, Files.readString(list).replaceAll("wav,[-\\d.]+,[-\\d.]+", "wav,happiness,"));
    String onesided = refusal(RecurrentNets.compact(), FRAMES);
    assertTrue(onesided.contains("no face of [clips] shows"), onesided);
  }
}
