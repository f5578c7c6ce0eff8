package org.affect4j.synthesis.internal.clip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.affect4j.image.FaceImage;
import org.affect4j.series.Spectrogram;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.internal.sample.InOrder;
import org.affect4j.synthesis.internal.sample.Studio;
import org.affect4j.table.FaceStream;
import org.affect4j.table.FaceTable;
import org.affect4j.video.VideoWriter;

/** Draws stories into videos. */
final class ClipWriter {
  /** Bits of a second for each pixel: faces look as before they were compressed. */
  private static final double BITS_A_PIXEL = 2;

  private final Studio studio;
  private final int threads;
  private final long seed;

  /**
   * Prepares a writer.
   *
   * @param studio the face model and its samplers
   * @param threads 1 or more; does not change pixels
   * @param seed same seed, same pixels
   */
  ClipWriter(Studio studio, int threads, long seed) {
    this.studio = studio;
    this.threads = threads;
    this.seed = seed;
  }

  /**
   * Draws a story.
   *
   * @param story what happens
   * @param file of the video, {@code .mp4}
   * @param progress told the number of each frame when it is done
   * @return the truth of every frame
   * @throws IOException if the video cannot be written
   */
  FaceTable write(Story story, Path file, Consumer<Integer> progress) throws IOException {
    Stage stage = new Stage(story, seed, new Studio.Worker(studio));
    Truth truth = new Truth(story, file.getFileName().toString());
    long bits = Math.round(BITS_A_PIXEL * story.width() * story.height());
    VideoWriter video =
        VideoWriter.create(file, story.width(), story.height(), story.framesPerSecond(), bits);
    try (video) {
      sound(story, video);
      InOrder.draw(
          studio,
          threads,
          0,
          story.frames(),
          stage::draw,
          (frame, drawn) -> {
            video.add(FaceImage.of(drawn.picture()));
            truth.add(frame, drawn.seen());
            progress.accept(frame);
          });
    } catch (IOException | RuntimeException e) {
      video.abandon();
      throw e;
    }
    return truth.table();
  }

  /** Writes the truth of a clip beside it. */
  static void write(FaceTable truth, Path csv) throws IOException {
    try (OutputStream out = Files.newOutputStream(csv);
        FaceStream rows = new FaceStream(out, csv, Truth.COLUMNS)) {
      rows.append(truth);
    }
  }

  /** What somebody says, or else one sound for all who hum; a clip without either has none. */
  private void sound(Story story, VideoWriter video) throws IOException {
    Optional<Speech> speech =
        story.scenes().stream()
            .flatMap(scene -> scene.roles().stream())
            .flatMap(role -> role.speech().stream())
            .findFirst();
    if (speech.isPresent()) {
      video.sound(speech.get().samples(), Spectrogram.RATE);
      return;
    }
    List<float[]> voices = new ArrayList<>();
    for (int s = 0; s < story.scenes().size(); s++) {
      int scene = s;
      for (Role role : story.scenes().get(s).roles()) {
        if (role.voice() > 0) {
          List<Double> jaw =
              IntStream.range(0, story.frames())
                  .mapToObj(story::time)
                  .map(t -> story.scene(t) == scene ? jaw(role.action(t)) : 0)
                  .toList();
          voices.add(Voice.of(role.voice(), jaw, story.framesPerSecond()));
        }
      }
    }
    if (!voices.isEmpty()) {
      float[] all = new float[voices.get(0).length];
      for (float[] voice : voices) {
        for (int i = 0; i < all.length; i++) {
          all[i] += voice[i];
        }
      }
      video.sound(all, Voice.RATE);
    }
  }

  private static double jaw(FacialAction action) {
    return action.intensity(FacsUnit.AU26);
  }
}
