package org.affect4j.synthesis.internal.clip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.affect4j.series.Spectrogram;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.common.TableFile;

/**
 * What somebody says in a clip, sentence after sentence with pauses between.
 *
 * @param samples one channel at {@link Spectrogram#RATE}, -1 to 1, as long as the clip
 * @param sentences numbers of the sentences, from 1
 * @param voice who says them
 */
record Speech(float[] samples, List<Integer> sentences, String voice) {
  private static final int RATE = Spectrogram.RATE;
  private static final int BYTES = Short.BYTES;

  /** How long the sound is over which loudness is measured, in seconds. */
  private static final double SPAN = .12;

  /** Loudness as it is felt grows more slowly than amplitude. */
  private static final double EXPONENT = .6;

  /** What is softer than this part of the loudest counts as silence. */
  private static final double SILENCE = .06;

  /** Less is left of a clip than the shortest sentence takes. */
  private static final double SHORTEST_SECONDS = .8;

  /**
   * Sentences of the list, by their numbers from 1, both ends included.
   *
   * @param first number of the first
   * @param last number of the last
   */
  record Text(int first, int last) {
    private static final List<String> ALL =
        TableFile.rows(Speech.class, "sentences.txt", 1).stream().map(fields -> fields[0]).toList();

    Text {
      if (first < 1 || last < first || last > ALL.size()) {
        throw new IllegalArgumentException(
            "sentences have the numbers 1 to %d, got %d to %d".formatted(ALL.size(), first, last));
      }
    }
  }

  /** Speaks through a clip; what does not fit is cut off. */
  static Speech of(Speaker speaker, Text text, double seconds, RandomStream r) throws IOException {
    float[] all = new float[(int) Math.round(seconds * RATE)];
    List<Integer> sentences = new ArrayList<>();
    String voice = "";
    long who = r.nextLong();
    double at = r.between(.1, .5);
    while (sentences.isEmpty() || at < seconds - SHORTEST_SECONDS) {
      int number = text.first + r.below(text.last - text.first + 1);
      Speaker.Said said = speaker.say(Text.ALL.get(number - 1), new RandomStream(who));
      int from = (int) (at * RATE);
      int length = Math.max(0, Math.min(said.samples().length, all.length - from));
      System.arraycopy(said.samples(), 0, all, from, length);
      sentences.add(number);
      voice = said.voice();
      at += (double) said.samples().length / RATE + r.between(.2, .6);
    }
    return new Speech(all, List.copyOf(sentences), voice);
  }

  /**
   * How loud the sound is round each frame: the root of the mean square under a Hann window of 120
   * ms, relative to the loudest frame, to the power of .6, less .06 and stretched again.
   *
   * @return 0 to 1 for each frame; 0 all along if there is no sound
   */
  double[] loudness(int frames, double framesPerSecond) {
    double[] loud = new double[frames];
    int half = (int) (SPAN / 2 * RATE);
    for (int frame = 0; frame < frames; frame++) {
      int middle = (int) Math.round(frame / framesPerSecond * RATE);
      double sum = 0;
      double weights = 0;
      for (int i = -half; i <= half; i++) {
        double weight = .5 + .5 * StrictMath.cos(StrictMath.PI * i / half);
        double sample = middle + i < 0 || middle + i >= samples.length ? 0 : samples[middle + i];
        sum += weight * sample * sample;
        weights += weight;
      }
      loud[frame] = StrictMath.sqrt(sum / weights);
    }
    double most = Arrays.stream(loud).max().orElse(0);
    for (int frame = 0; frame < frames; frame++) {
      double part = most == 0 ? 0 : StrictMath.pow(loud[frame] / most, EXPONENT);
      loud[frame] = Math.max(0, part - SILENCE) / (1 - SILENCE);
    }
    return loud;
  }

  /** How far it opens a mouth: a course with a key at each frame, so that labels are exact. */
  Course mouth(int frames, double framesPerSecond) {
    double[] loudness = loudness(frames, framesPerSecond);
    double[] keys = new double[2 * frames];
    for (int frame = 0; frame < frames; frame++) {
      keys[2 * frame] = frame / framesPerSecond;
      keys[2 * frame + 1] = loudness[frame];
    }
    return Course.of(keys);
  }

  /** The numbers of its sentences with spaces between. */
  String numbers() {
    return sentences.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  /** A WAV file of 16 bits. */
  byte[] wav() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      bytes.putShort((short) Math.round(Math.max(-1, Math.min(1, sample)) * Short.MAX_VALUE));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      AudioSystem.write(
          new AudioInputStream(
              new ByteArrayInputStream(bytes.array()),
              new AudioFormat(RATE, 8 * BYTES, 1, true, false),
              samples.length),
          AudioFileFormat.Type.WAVE,
          out);
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK cannot write a sound into memory", e);
    }
    return out.toByteArray();
  }
}
