package org.affect4j.training.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.RecurrentNets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SoundReportTest {
  private static final int FRAMES = 6;
  private static final int RATE = 4;

  @TempDir private Path folder;

  /** Three clips, the mouth of the last one hidden; tones of different pitch that grow louder. */
  private Path clips(String hidden) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("file,input,frame,timestamp_s,person,sound,au25,au26" + hidden);
    for (int clip = 0; clip < 3; clip++) {
      Path own = Files.createDirectories(folder.resolve("c" + clip));
      byte[] tone = new byte[2 * Spectrogram.RATE * FRAMES / RATE];
      for (int i = 0; i < tone.length / 2; i++) {
        double loud = 20_000.0 * 2 * i / tone.length;
        short value = (short) (loud * Math.sin(.1 * (1 + clip) * i));
        tone[2 * i] = (byte) value;
        tone[2 * i + 1] = (byte) (value >> 8);
      }
      AudioSystem.write(
          new AudioInputStream(
              new ByteArrayInputStream(tone),
              new AudioFormat(Spectrogram.RATE, 16, 1, true, false),
              tone.length / 2),
          AudioFileFormat.Type.WAVE,
          own.resolve("sound.wav").toFile());
      for (int t = 0; t < FRAMES; t++) {
        BufferedImage picture = new BufferedImage(112, 112, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = picture.createGraphics();
        g.setColor(new Color(40 * t, 60 * clip, 90));
        g.fillRect(10 * t, 20, 50, 70);
        g.dispose();
        ImageIO.write(picture, "png", own.resolve(t + ".png").toFile());
        lines.add(
            String.format(
                Locale.ROOT,
                "c%d/%d.png,c%d,%d,%.2f,p%d,c%d/sound.wav,%.2f,%.2f%s",
                clip,
                t,
                clip,
                t,
                (double) t / RATE,
                clip,
                clip,
                t / 10.0,
                t / 8.0,
                hidden.isEmpty() ? "" : clip == 2 ? ",1" : ",0"));
      }
    }
    return Files.write(folder.resolve("labels%d.csv".formatted(hidden.length())), lines);
  }

  @Test
  void networksAreMeasuredWithSoundOfTheirOwnAndWithout() throws IOException {
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      BehaviourData data =
          new BehaviourData(
              folder.resolve("cache"), 112, detector, "detector", (a, b) -> {}, line -> {});
      List<NetworkWeights> runs = new ArrayList<>();
      for (NetworkSpec network :
          List.of(
              RecurrentNets.compact(),
              RecurrentNets.compactAudio(),
              RecurrentNets.compactAudioVisual())) {
        runs.add(NetworkWeights.initial(network, 3));
      }
      Path list = clips(",mouth_hidden");
      List<String> lines = SoundReport.of(runs, list, data).markdown().lines().toList();
      assertEquals(
          "mouth visible: 12 frames of 2 clips, a person each; mouth hidden: 6 frames of 1 clips, a person each",
          lines.get(0));
      List<String[]> rows = lines.stream().skip(4).map(line -> line.split(" \\| ")).toList();
      assertEquals(14, rows.size());
      assertEquals("| compact-gru", rows.get(0)[0]);
      assertEquals(
          List.of("its own", "half a second early", "of another clip"),
          rows.subList(4, 7).stream().map(row -> row[1]).toList());
      assertEquals("visible", rows.get(6)[2]);
      assertEquals("hidden", rows.get(7)[2]);
      assertNotEquals(
          Arrays.asList(rows.get(4)).subList(3, 6), Arrays.asList(rows.get(6)).subList(3, 6));
      assertTrue(rows.get(4)[5].contains("["), "a gain has an interval: " + lines.get(8));
      Path blind = clips("");
      String message =
          assertThrows(IllegalArgumentException.class, () -> SoundReport.of(runs, blind, data))
              .getMessage();
      assertTrue(message.contains("mouth_hidden"), message);
      NetworkWeights other = NetworkWeights.initial(RecurrentNets.fusionFc(), 1);
      assertThrows(
          IllegalArgumentException.class, () -> SoundReport.of(List.of(other), list, data));
    }
  }
}
