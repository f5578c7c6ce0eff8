package org.affect4j.training.sequence;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.affect4j.series.Spectrogram;

/**
 * The sound of a clip, of which a network sees one second around each frame. Its pictures are kept
 * for the next epoch as long as there is memory.
 */
final class ClipSound {
  private static final int PLANES = 3;

  private final float[] samples;
  private final Map<Double, SoftReference<float[]>> kept = new ConcurrentHashMap<>();

  /**
   * Takes a sound.
   *
   * @param samples one channel at {@link Spectrogram#RATE}, -1 to 1
   */
  ClipSound(float[] samples) {
    this.samples = samples;
  }

  /**
   * Reads a WAV file.
   *
   * @throws IOException if it is not there, or no WAV file of 16 bits, one channel and that rate
   */
  static ClipSound read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "there is no sound %s, which the network hears; choose a network that only sees"
              .formatted(file));
    }
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat format = sound.getFormat();
      if (format.getSampleSizeInBits() != Short.SIZE
          || format.getChannels() != 1
          || format.getSampleRate() != Spectrogram.RATE) {
        throw new IOException(
            "%s is %s, expected one channel of 16 bits at %,d a second; ffmpeg -i FILE -ac 1 -ar %d sound.wav makes it"
                .formatted(file, format, Spectrogram.RATE, Spectrogram.RATE));
      }
      byte[] bytes = sound.readAllBytes();
      float[] samples = new float[bytes.length / Short.BYTES];
      int low = format.isBigEndian() ? 1 : 0;
      for (int i = 0; i < samples.length; i++) {
        int value = bytes[2 * i + 1 - low] << 8 | bytes[2 * i + low] & 0xff;
        samples[i] = value / 32768f;
      }
      return new ClipSound(samples);
    } catch (UnsupportedAudioFileException e) {
      throw new IOException(file + " is no WAV file, which the sound of a clip has to be", e);
    }
  }

  /** The picture of one second around a moment, its one plane three times. */
  float[] around(double seconds, int side) {
    SoftReference<float[]> before = kept.get(seconds);
    float[] plane = before == null ? null : before.get();
    if (plane == null || plane.length != side * side) {
      plane = Spectrogram.around(samples, seconds).square(side);
      kept.put(seconds, new SoftReference<>(plane));
    }
    float[] planes = Arrays.copyOf(plane, PLANES * plane.length);
    for (int p = 1; p < PLANES; p++) {
      System.arraycopy(plane, 0, planes, p * plane.length, plane.length);
    }
    return planes;
  }
}
