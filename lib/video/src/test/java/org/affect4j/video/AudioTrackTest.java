package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.affect4j.series.Spectrogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioTrackTest {
  private static final int RATE = 44_100;

  @TempDir Path folder;

  /** Two channels of a tone of 441 Hz, the second at half the strength. */
  private Path tone(double seconds) throws IOException {
    int count = (int) (seconds * RATE);
    byte[] bytes = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      short value = (short) (20_000 * Math.sin(2 * Math.PI * 441 * i / RATE));
      bytes[4 * i] = (byte) value;
      bytes[4 * i + 1] = (byte) (value >> 8);
      bytes[4 * i + 2] = (byte) (value / 2);
      bytes[4 * i + 3] = (byte) (value / 2 >> 8);
    }
    Path file = folder.resolve("tone.wav");
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(bytes), new AudioFormat(RATE, 16, 2, true, false), count),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    return file;
  }

  @Test
  void channelsAreMixedAndKeepTheirPlace() throws IOException {
    AudioTrack track = AudioTrack.read(tone(1), RATE);
    assertEquals(RATE, track.rate());
    assertEquals(RATE, track.length());
    assertEquals(0, track.startSeconds());
    assertEquals("", track.damage());
    float[] samples = track.window(0, RATE);
    for (int i = 0; i < RATE; i++) {
      double wanted = .75 * 20_000 / 32_768 * Math.sin(2 * Math.PI * 441 * i / RATE);
      assertEquals(wanted, samples[i], 1e-4, "sample " + i);
    }
  }

  @Test
  void anotherRateKeepsTheTone() throws IOException {
    AudioTrack track = AudioTrack.read(tone(2), 16_000);
    assertEquals(32_000, track.length(), 40);
    float[] samples = track.window(0, track.length());
    for (int i = 1_000; i < 31_000; i++) {
      double wanted = .75 * 20_000 / 32_768 * Math.sin(2 * Math.PI * 441 * i / 16_000);
      assertEquals(wanted, samples[i], .01, "sample " + i);
    }
  }

  @Test
  void thereIsSilenceOutsideTheSound() throws IOException {
    AudioTrack track = AudioTrack.read(tone(.1), RATE);
    float[] window = track.window(-10, track.length() + 20);
    assertEquals(0, window[9]);
    assertTrue(window[20] != 0);
    assertEquals(0, window[window.length - 1]);
    assertEquals(5, track.window(1_000_000, 5).length);
  }

  @Test
  void whatHasNoSoundIsRefused() throws IOException {
    Path silent = ClipWriter.clip(folder.resolve("silent.mp4"), "mpeg4", 3, Map.of());
    assertThrows(UnreadableVideoException.class, () -> AudioTrack.read(silent, RATE));
    Path text = Files.writeString(folder.resolve("text.wav"), "no sound");
    assertThrows(UnreadableVideoException.class, () -> AudioTrack.read(text, RATE));
    assertThrows(IllegalArgumentException.class, () -> AudioTrack.read(text, 1));
  }

  @Test
  void spectrogramsOfFramesAreOnTheFileClock() throws IOException {
    AudioTrack track = AudioTrack.read(tone(1.5), RATE);
    Spectrogram whole = track.spectrogram();
    assertEquals((RATE * 3 / 2 - Spectrogram.WINDOW) / Spectrogram.HOP + 1, whole.columns());
    // 441 Hz lie in bin 20.5.
    assertEquals(
        whole.value(10, 20), track.spectrogram(track.startSeconds() + .5).value(10, 20), 1e-6);
    assertTrue(whole.value(10, 20) > .8);
    assertEquals(-1, track.spectrogram(track.startSeconds() - .25).value(0, 20));
    AudioTrack slower = AudioTrack.read(tone(1), 16_000);
    IllegalStateException e = assertThrows(IllegalStateException.class, slower::spectrogram);
    assertTrue(e.getMessage().contains("44,100") && e.getMessage().contains("16,000"));
  }

  @Test
  void aFileThatEndsEarlyIsReadUntilThere() throws IOException {
    Path file = tone(1);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals(RATE / 2., AudioTrack.read(file, RATE).length(), 100);
  }
}
