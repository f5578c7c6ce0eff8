package org.affect4j.synthesis.internal.clip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.affect4j.synthesis.internal.sample.Studio;
import org.affect4j.table.FaceTable;
import org.apache.commons.codec.digest.DigestUtils;

/** The clips that come with the library, with the truth of every frame. */
public final class Clips {
  /** The clip in which somebody speaks; it needs a speaker, and is drawn where it is asked for. */
  private static final String TALK = "talk";

  private Clips() {}

  /**
   * Draws the clips, each into {@code NAME.mp4} with {@code NAME.csv} beside it.
   *
   * @param studio the face model and its samplers
   * @param threads 1 or more; does not change pixels
   * @param seed same seed, same pixels
   * @param names which clips; all that need no speaker if empty
   * @param folder where to; made if it is not there
   * @param command the command line, for the provenance
   * @param progress receives a line every hundred frames
   * @throws IOException if the folder cannot be written
   * @throws IllegalArgumentException if there is no clip of a name
   */
  public static void write(
      Studio studio,
      int threads,
      long seed,
      List<String> names,
      Path folder,
      String command,
      Consumer<String> progress)
      throws IOException {
    List<Story> stories = new ArrayList<>(Stories.all());
    List<String> known = Stream.concat(stories.stream().map(Story::name), Stream.of(TALK)).toList();
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException("clips are called " + known + ", asked for " + names);
    }
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("command", (command + " " + String.join(" ", names)).strip());
    own.put("seed", seed);
    if (names.contains(TALK)) {
      EspeakSpeaker speaker = EspeakSpeaker.find();
      stories.add(Stories.talk(speaker));
      own.put("speech", speaker.version());
    }
    Files.createDirectories(folder);
    ClipWriter writer = new ClipWriter(studio, threads, seed);
    Map<String, String> checksums = new LinkedHashMap<>();
    for (Story story : stories) {
      if (names.isEmpty() || names.contains(story.name())) {
        Path video = folder.resolve(story.name() + ".mp4");
        Path labels = folder.resolve(story.name() + ".csv");
        FaceTable truth =
            writer.write(
                story,
                video,
                frame -> {
                  if ((frame + 1) % 100 == 0 || frame + 1 == story.frames()) {
                    progress.accept(
                        "%s: %d of %d frames".formatted(story.name(), frame + 1, story.frames()));
                  }
                });
        ClipWriter.write(truth, labels);
        checksums.put(video.getFileName().toString(), sha256(video));
        checksums.put(labels.getFileName().toString(), sha256(labels));
      }
    }
    own.put("sha256", checksums);
    Files.writeString(folder.resolve("provenance.json"), studio.provenance(own));
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return DigestUtils.sha256Hex(in);
    }
  }
}
