package org.affect4j.synthesis.internal.clip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.sample.FaceLabels;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.FaceShot;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import org.affect4j.synthesis.internal.sample.Studio;
import org.affect4j.synthesis.internal.shape.FaceShape;
import org.affect4j.table.FaceColumns;

/**
 * Short clips as aligned crops of 112 pixels with the exact curves of all units, to train and to
 * measure networks over time with. Every clip is another person, who shows expressions and random
 * combinations of units that come, stay and go, blinks, speaks and moves the head. Backdrop, light,
 * exposure and colours belong to the clip; errors of the alignment, resolution, blur, noise and
 * compression to the frame. Something covers a part of some clips for up to a second, and in some
 * frames no face was found: they have labels and no picture.
 */
public final class ClipSet extends FaceSet {
  private static final int SIZE = 112;
  private static final String RULE = "clip: units come, stay and go";

  private static final List<String> OWN =
      List.of(
          "file",
          FaceColumns.INPUT,
          FaceColumns.FRAME,
          FaceColumns.TIMESTAMP,
          "person",
          FaceColumns.EXPRESSION,
          FaceColumns.VALENCE,
          FaceColumns.AROUSAL,
          "missing",
          "occluded",
          "mouth_hidden");

  private static final List<String> HEARD = List.of("sound", "loudness", "sentences", "voice");

  private final Options options;
  private final long seed;
  private final ImageFormat format;
  private final Optional<Talk> talk;

  /**
   * How clips are made.
   *
   * @param clips how many, 1 or more
   * @param frames of each clip, 2 or more
   * @param framesPerSecond above 0, at most 1000
   * @param hideMouth part of the clips in which the mouth is covered, 0 to 1
   */
  public record Options(int clips, int frames, double framesPerSecond, double hideMouth) {
    /** Checks the ranges. */
    public Options {
      requirePositive(clips, "clip");
      if (frames < 2
          || !(framesPerSecond > 0 && framesPerSecond <= 1000)
          || !(hideMouth >= 0 && hideMouth <= 1)) {
        throw new IllegalArgumentException(
            "expected clips of 2 frames or more, more than 0 and at most 1000 frames a second, and a share of hidden mouths from 0 to 1, got %d, %s and %s"
                .formatted(frames, framesPerSecond, hideMouth));
      }
    }

    double seconds() {
      return frames / framesPerSecond;
    }
  }

  private record Talk(Speaker speaker, Speech.Text text) {}

  private ClipSet(Options options, long seed, ImageFormat format, Optional<Talk> talk) {
    super(
        "clip-set",
        options.clips(),
        seed,
        format,
        FaceLabels.LANDMARKS_FIRST,
        Stream.concat(OWN.stream(), talk.isPresent() ? HEARD.stream() : Stream.empty())
            .toArray(String[]::new));
    this.options = options;
    this.seed = seed;
    this.format = format;
    this.talk = talk;
  }

  /**
   * Clips without sound, some of which open their mouths as if they spoke.
   *
   * @param options how clips are made
   * @param seed any number
   * @param format how frames are written
   * @return the set
   */
  public static ClipSet silent(Options options, long seed, ImageFormat format) {
    return new ClipSet(options, seed, format, Optional.empty());
  }

  /**
   * Clips in which everybody speaks, and the mouth is open as far as the speech is loud.
   *
   * @param options how clips are made
   * @param speaker whose sound it is
   * @param first number of the first sentence that may be said, from 1
   * @param last number of the last one
   * @param seed any number
   * @param format how frames are written
   * @return the set, with a WAV file beside the frames of each clip
   * @throws IllegalArgumentException if there are no such sentences
   */
  public static ClipSet speaking(
      Options options, Speaker speaker, int first, int last, long seed, ImageFormat format) {
    return new ClipSet(
        options, seed, format, Optional.of(new Talk(speaker, new Speech.Text(first, last))));
  }

  @Override
  protected double facesPerItem() {
    return options.frames();
  }

  @Override
  protected Map<String, Object> facts() {
    return talk.isEmpty() ? Map.of() : Map.of("speech", talk.get().speaker().version());
  }

  @Override
  protected Item draw(Studio.Worker worker, int index) {
    RandomStream random = RandomStream.of(seed, index);
    Person person = worker.studio().persons().sample(index, random.branch());
    View view = View.sample(person, .6, false, random.branch());
    Map<String, Double> habits = worker.studio().actions().habits(random.branch());
    ClipPlan plan =
        ClipPlan.sample(
            options, talk.isPresent(), view.pose(), worker.studio().actions(), random.branch());
    long lasting = random.nextLong();
    RandomStream shots = random.branch();
    RandomStream saying = random.branch();
    String name = "clip%05d".formatted(index);
    String sound = name + "/sound.wav";
    Map<String, byte[]> files = new LinkedHashMap<>();
    Optional<Speech> speech = talk.map(t -> speech(t, saying));
    speech.ifPresent(s -> files.put(sound, s.wav()));
    speech.ifPresent(s -> plan.role().says(s, options.frames(), options.framesPerSecond()));
    List<List<String>> rows = new ArrayList<>();
    for (int frame = 0; frame < options.frames(); frame++) {
      double time = frame / options.framesPerSecond();
      FaceShape shape = plan.role().shape(worker.studio().solver(), time, habits);
      View seen = new View(plan.role().pose(time), view.lighting(), view.distanceCm());
      List<ClipCover> covers = plan.covers().stream().filter(c -> c.covers(time)).toList();
      FaceShot shot =
          FaceShot.aligned(
              worker,
              worker.cropRenderer(),
              person,
              shape,
              seen,
              SIZE,
              shots.branch(),
              Optional.of(new RandomStream(lasting)),
              (canvas, face) -> covers.forEach(c -> c.paint(canvas, face.landmarks())));
      String file = "";
      if (!plan.missing()[frame]) {
        file = "%s/%04d.%s".formatted(name, frame, format.extension());
        files.put(file, format.encode(shot.pixels()));
      }
      List<String> own = new ArrayList<>(List.of(file, name, Integer.toString(frame)));
      own.addAll(List.of(FaceLabels.number(time, 4), seed + "-" + index));
      own.addAll(feeling(plan.events(), time));
      for (boolean flag : List.of(plan.missing()[frame], !covers.isEmpty(), plan.mouthHidden())) {
        own.add(flag ? "1" : "0");
      }
      if (speech.isPresent()) {
        own.addAll(List.of(sound, FaceLabels.number(plan.role().opening(time), 3)));
        own.addAll(List.of(speech.get().numbers(), speech.get().voice()));
      }
      rows.add(
          FaceLabels.LANDMARKS_FIRST.row(
              own, new FaceLabels.Truth(RULE, person, shape, seen, shot.face(), seed, index)));
    }
    return new Item(files, rows);
  }

  private Speech speech(Talk talk, RandomStream r) {
    try {
      return Speech.of(talk.speaker(), talk.text(), options.seconds(), r);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> feeling(List<Act> events, double time) {
    return Feeling.of(events.stream().filter(act -> act.share(time) > 0).toList(), time)
        .map(
            f ->
                List.of(
                    f.expression().label(),
                    FaceLabels.number(f.valence(), 3),
                    FaceLabels.number(f.arousal(), 3)))
        .orElse(List.of("", "", ""));
  }
}
