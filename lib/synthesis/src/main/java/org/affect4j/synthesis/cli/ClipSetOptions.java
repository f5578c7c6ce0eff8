package org.affect4j.synthesis.cli;

import java.io.IOException;
import org.affect4j.synthesis.internal.clip.ClipSet;
import org.affect4j.synthesis.internal.clip.EspeakSpeaker;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import picocli.CommandLine.Option;

/** Options of the command that draws sets of short clips. */
final class ClipSetOptions {
  @Option(names = "--count", required = true, description = "how many clips, each of one person")
  private int count;

  @Option(
      names = "--frames",
      defaultValue = "75",
      description = "frames of each clip (default ${DEFAULT-VALUE})")
  private int frames;

  @Option(
      names = "--rate",
      defaultValue = "25",
      description = "frames a second (default ${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--hide-mouth",
      defaultValue = "0",
      paramLabel = "SHARE",
      description = "part of the clips whose mouth is covered all along (default ${DEFAULT-VALUE})")
  private double hideMouth;

  @Option(
      names = "--speech",
      description =
          "everybody speaks, by the program espeak-ng, which has to be installed; sound.wav lies"
              + " beside the frames")
  private boolean speech;

  @Option(
      names = "--sentences",
      paramLabel = "FROM-TO",
      defaultValue = "1-48",
      description =
          "numbers of the sentences that are said, so that sets need not have one in common"
              + " (default ${DEFAULT-VALUE})")
  private String sentences;

  ClipSet set(long seed, ImageFormat format) throws IOException {
    ClipSet.Options options = new ClipSet.Options(count, frames, rate, hideMouth);
    if (!speech) {
      return ClipSet.silent(options, seed, format);
    }
    if (!sentences.matches("\\d{1,3}-\\d{1,3}")) {
      throw new IllegalArgumentException(
          "expected two numbers of sentences such as 1-36, got '" + sentences + "'");
    }
    int dash = sentences.indexOf('-');
    return ClipSet.speaking(
        options,
        EspeakSpeaker.find(),
        Integer.parseInt(sentences.substring(0, dash)),
        Integer.parseInt(sentences.substring(dash + 1)),
        seed,
        format);
  }
}
