package org.affect4j.synthesis.internal.clip;

import java.io.IOException;
import org.affect4j.series.Spectrogram;
import org.affect4j.synthesis.internal.common.RandomStream;

/** Says sentences; may be asked by several threads at once. */
public interface Speaker {
  /**
   * Something that was said.
   *
   * @param samples one channel at {@link Spectrogram#RATE}, -1 to 1
   * @param voice who said it, in words
   */
  record Said(float[] samples, String voice) {}

  /**
   * Says a sentence.
   *
   * @param sentence in English
   * @param voice decides who says it and how: the same stream, the same voice
   * @return what was said
   * @throws IOException if it cannot be said
   */
  Said say(String sentence, RandomStream voice) throws IOException;

  /**
   * Returns what provenance says of the speaker.
   *
   * @return name and version
   */
  String version();
}
