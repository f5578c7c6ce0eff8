package org.affect4j.synthesis.internal.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.affect4j.face.ActionUnit;
import org.affect4j.series.Spectrogram;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.geometry.TinyHead;
import org.affect4j.synthesis.internal.render.HeadPose;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import org.affect4j.synthesis.internal.sample.SetWriter;
import org.affect4j.synthesis.internal.sample.Studio;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipSetTest {
  private static final Studio STUDIO = new Studio(TinyHead.geometry());

  /** Every "sentence" is half a second of a tone that grows louder. */
  private static final Speaker TONE =
      new Speaker() {
        @Override
        public Said say(String sentence, RandomStream voice) {
          float[] tone = new float[Spectrogram.RATE / 2];
          for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (.5 * i / tone.length * Math.sin(.1 * i));
          }
          return new Said(tone, "tone " + voice.below(1000));
        }

        @Override
        public String version() {
          return "a tone";
        }
      };

  @TempDir Path folder;

  private FaceTable written(ClipSet set, int threads, String name) throws IOException {
    Path to = folder.resolve(name);
    new SetWriter(STUDIO, threads, line -> {}).write(set, "test", to);
    return FaceTable.read(to.resolve("labels.csv"));
  }

  private static ClipSet.Options options(int clips, int frames, double hideMouth) {
    return new ClipSet.Options(clips, frames, 10, hideMouth);
  }

  @Test
  void theSameSeedMakesTheSameFramesForAnyNumberOfThreads() throws Exception {
    ClipSet set = ClipSet.silent(options(2, 6, .5), 4, ImageFormat.PNG);
    FaceTable one = written(set, 1, "one");
    FaceTable three = written(set, 3, "three");
    assertEquals(12, one.size());
    assertEquals(
        Files.readString(folder.resolve("one/labels.csv")),
        Files.readString(folder.resolve("three/labels.csv")));
    Set<String> persons = new TreeSet<>(one.texts("person"));
    assertEquals(Set.of("4-0", "4-1"), persons);
    for (int row = 0; row < one.size(); row++) {
      boolean missing = one.number(row, "missing").orElseThrow() == 1;
      assertEquals(missing, one.text(row, "file").isEmpty(), "a face not found has no picture");
      if (!missing) {
        String file = one.text(row, "file").orElseThrow();
        assertArrayEquals(
            Files.readAllBytes(folder.resolve("one").resolve(file)),
            Files.readAllBytes(folder.resolve("three").resolve(file)),
            file);
      }
    }
    assertTrue(Files.notExists(folder.resolve("one/clip00000/sound.wav")));
  }

  /** What is labelled is what the renderer was given, in every frame. */
  @Test
  void curvesAreExactAndFollowTheSound() throws Exception {
    int frames = 12;
    ClipSet set = ClipSet.speaking(options(1, frames, 1), TONE, 3, 5, 7, ImageFormat.JPEG);
    FaceTable rows = written(set, 2, "said");
    Path wav = folder.resolve("said").resolve(rows.text(0, "sound").orElseThrow());
    float[] samples;
    try (AudioInputStream in =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(Files.readAllBytes(wav)))) {
      assertEquals(Spectrogram.RATE, in.getFormat().getSampleRate());
      assertEquals(1, in.getFormat().getChannels());
      byte[] bytes = in.readAllBytes();
      samples = new float[bytes.length / 2];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (short) (bytes[2 * i] & 255 | bytes[2 * i + 1] << 8) / 32767f;
      }
    }
    assertEquals(Math.round(1.2 * Spectrogram.RATE), samples.length);
    Speech speech = new Speech(samples, List.of(), "");
    double[] loudness = speech.loudness(frames, 10);
    Role said = new Role(1, 0, 0, 1).says(speech, frames, 10);
    assertEquals(1, Arrays.stream(loudness).max().orElseThrow(), 1e-9);
    assertEquals(0, loudness[0], 1e-9);
    for (int frame = 0; frame < frames; frame++) {
      assertEquals(loudness[frame], rows.number(frame, "loudness").orElseThrow(), 2e-3);
      FacialAction opened = said.action(frame / 10.0);
      assertEquals(
          STUDIO.solver().solve(opened).label(ActionUnit.AU25),
          rows.number(frame, "au25").orElseThrow(),
          3e-3);
      assertEquals(opened.intensity(FacsUnit.AU26), rows.number(frame, "au26").orElseThrow(), 2e-3);
      assertEquals(1, rows.number(frame, "mouth_hidden").orElseThrow());
      assertEquals(1, rows.number(frame, "occluded").orElseThrow());
    }
    for (String number : rows.text(0, "sentences").orElseThrow().split(" ")) {
      assertTrue(Set.of("3", "4", "5").contains(number), number);
    }
    String provenance = Files.readString(folder.resolve("said/provenance.json"));
    assertTrue(provenance.contains("\"speech\": \"a tone\""), provenance);
  }

  @Test
  void silenceOpensNoMouth() {
    double[] loudness = new Speech(new float[9000], List.of(), "").loudness(4, 20);
    assertEquals(0, Arrays.stream(loudness).sum());
  }

  /** Units of a clip come and go smoothly: between two frames no unit but a blink jumps. */
  @Test
  void curvesAreSmooth() {
    ClipPlan plan =
        ClipPlan.sample(
            options(1, 75, 0), true, HeadPose.FRONTAL, STUDIO.actions(), RandomStream.of(3, 0));
    assertTrue(plan.events().size() >= 2);
    List<FacialAction> shown =
        IntStream.range(0, 150).mapToObj(i -> plan.role().action(.02 * i)).toList();
    for (ActionUnit unit : ActionUnit.ALL) {
      double largest =
          IntStream.range(1, shown.size())
              .mapToDouble(
                  i ->
                      Math.abs(
                          shown.get(i).intensity(FacsUnit.of(unit))
                              - shown.get(i - 1).intensity(FacsUnit.of(unit))))
              .max()
              .orElseThrow();
      assertTrue(largest < .2, unit + " jumps by " + largest);
    }
  }

  @Test
  void impossibleSetsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> options(0, 12, 0));
    assertThrows(IllegalArgumentException.class, () -> options(1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> options(1, 12, 1.5));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ClipSet.speaking(options(1, 12, 0), TONE, 40, 99, 1, ImageFormat.JPEG))
            .getMessage();
    assertTrue(message.contains("1 to 48"), message);
  }
}
