package org.affect4j.training.sequence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.affect4j.series.Spectrogram;

/** Small clips for tests. */
final class MadeUpClips {
  private static final int SIDE = 112;

  private MadeUpClips() {}

  /** Three clips of grey pictures, each lighter than the one before; frame 2 has none. */
  static Path write(Path folder, String columns, int rows, String person) throws IOException {
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
                "%s,c%d,%d,%.2f,%s%d,c%d/sound.wav,%.2f,%.2f,%s",
                file,
                clip,
                t,
                t / 25.0,
                person,
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

  static void sounds(Path folder) throws IOException {
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
}
