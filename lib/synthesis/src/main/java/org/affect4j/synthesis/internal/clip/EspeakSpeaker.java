package org.affect4j.synthesis.internal.clip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.series.Spectrogram;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.video.AudioTrack;

/**
 * Speaks by eSpeak NG, a program of its own that is called and not part of this library: the same
 * version says the same.
 */
public final class EspeakSpeaker implements Speaker {
  private static final String PROGRAM = "espeak-ng";
  private static final List<String> ACCENTS =
      List.of("en-gb", "en-us", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-gb-x-gbclan");
  private static final List<String> PERSONS =
      List.of("m1", "m2", "m3", "m4", "m5", "m7", "f1", "f2", "f3", "f4", "f5");

  private final String version;

  private EspeakSpeaker(String version) {
    this.version = version;
  }

  /**
   * Looks for the program.
   *
   * @return a speaker
   * @throws IOException if it is not installed
   */
  public static EspeakSpeaker find() throws IOException {
    try {
      String line = run("--version").strip();
      return new EspeakSpeaker(line.replaceAll("\\s+Data at.*", ""));
    } catch (IOException e) {
      throw new IOException(
          "speech is made by the program %s, which does not run here (%s); install it, on Debian and Ubuntu by 'apt-get install espeak-ng', or leave --speech out"
              .formatted(PROGRAM, e.getMessage()),
          e);
    }
  }

  @Override
  public Said say(String sentence, RandomStream voice) throws IOException {
    String name = voice.choose(ACCENTS) + "+" + voice.choose(PERSONS);
    int wordsAMinute = 135 + voice.below(50);
    int pitch = 30 + voice.below(41);
    Path wav = Files.createTempFile("speech", ".wav");
    try {
      run("-v", name, "-s", "" + wordsAMinute, "-p", "" + pitch, "-w", wav.toString(), sentence);
      AudioTrack track = AudioTrack.read(wav, Spectrogram.RATE);
      return new Said(
          track.window(0, track.length()),
          "%s at %d words a minute and pitch %d".formatted(name, wordsAMinute, pitch));
    } finally {
      Files.delete(wav);
    }
  }

  private static String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + " failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; run the same command again to go on", e);
    }
    return said;
  }

  @Override
  public String version() {
    return version;
  }
}
