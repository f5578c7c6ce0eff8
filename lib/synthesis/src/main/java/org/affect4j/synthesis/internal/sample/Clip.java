package org.affect4j.synthesis.internal.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.facs.Gaze;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.HeadPose;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * A clip of one person who passes from expression to expression, with blinks, a moving head and ten
 * frames without a face; 640 x 480, 25 frames a second, Motion JPEG in an AVI file, and a row of
 * truth for each frame.
 *
 * <p>H.264, which is smaller, would need native code.
 */
public final class Clip extends FaceSet {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int FRAMES_PER_SECOND = 25;
  private static final int FRAMES_PER_SEGMENT = 30;
  private static final int HIDDEN_FROM = 95;
  private static final int HIDDEN_TO = 104;
  private static final int BLINK_EVERY = 70;
  private static final int QUALITY = 70;
  private static final List<List<String>> STORIES =
      List.of(
          List.of("neutral", "happiness", "neutral", "surprise", "neutral"),
          List.of("neutral", "sadness", "anger", "neutral", "disgust", "neutral"),
          List.of("neutral", "fear", "neutral", "happily surprised", "neutral"),
          List.of("neutral", "sadly angry", "neutral", "awed", "neutral"));

  private final int number;
  private final List<String> story;

  /**
   * Describes a clip.
   *
   * @param number of the clip, 0 or more; chooses one of four stories in turn
   * @param seed any number
   */
  public Clip(int number, long seed) {
    super(
        "clips",
        FRAMES_PER_SEGMENT * (STORIES.get(number % STORIES.size()).size() - 1),
        seed,
        ImageFormat.JPEG,
        FaceLabels.LANDMARKS_FIRST,
        "frame",
        "timestamp_s",
        "face_present",
        "segment");
    this.number = number;
    this.story = STORIES.get(number % STORIES.size());
  }

  @Override
  String labelFile() {
    return "clip%d.csv".formatted(number);
  }

  private String frameFile(int frame) {
    return "clip%d.frames/%05d.jpg".formatted(number, frame);
  }

  @Override
  Item draw(Studio.Worker worker, int frame) {
    RandomStream random = RandomStream.of(seed, -1 - number);
    Person person = worker.studio.persons().sample(11L + 30L * number, random.branch());
    View rest = View.sample(person, .4, true, random.branch());
    RandomStream act = random.branch();
    List<FacialAction> keys = new ArrayList<>();
    for (String label : story) {
      keys.add(Portraits.draw(worker.studio.actions(), label, act).action());
    }
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    Backdrop.paint(canvas, random.branch());
    int segment = frame / FRAMES_PER_SEGMENT;
    double u = (double) (frame % FRAMES_PER_SEGMENT) / FRAMES_PER_SEGMENT;
    double share = .5 - .5 * StrictMath.cos(StrictMath.PI * Math.min(1, 1.6 * u));
    FacialAction action = keys.get(segment).toward(keys.get(segment + 1), share);
    action = action.with(FacsUnit.AU45, blink(frame));
    HeadPose pose =
        new HeadPose(
            rest.pose().yaw() + 10 * StrictMath.sin(frame / 23.0),
            rest.pose().pitch() + 4.5 * StrictMath.sin(frame / 31.0 + 1),
            rest.pose().roll() + 3 * StrictMath.sin(frame / 17.0));
    View view = new View(pose, rest.lighting(), rest.distanceCm());
    Gaze gaze = new Gaze(.15 * StrictMath.sin(frame / 13.0), .08 * StrictMath.sin(frame / 19.0));
    FaceShape shape = worker.studio.solver().solve(action, gaze, Map.of());
    boolean hidden = frame >= HIDDEN_FROM && frame <= HIDDEN_TO;
    List<String> own =
        List.of(
            Integer.toString(frame),
            FaceLabels.number((double) frame / FRAMES_PER_SECOND, 3),
            hidden ? "0" : "1",
            story.get(segment) + ">" + story.get(segment + 1));
    List<String> row = new ArrayList<>(own);
    if (hidden) {
      row.addAll(Collections.nCopies(header().size() - row.size(), ""));
    } else {
      RenderedFace face =
          worker.renderer.render(
              canvas,
              person,
              shape,
              view,
              Placement.at(
                  WIDTH * .5 + 25 * StrictMath.sin(frame / 40.0),
                  HEIGHT * .42 + 10 * StrictMath.sin(frame / 29.0),
                  10.5));
      row =
          labels.row(
              own, new FaceLabels.Truth("curve of units", person, shape, view, face, seed, number));
    }
    worker.photograph.develop(canvas, 1);
    worker.photograph.noise(.6, .2, RandomStream.of(seed, 1000L * number + frame));
    return new Item(
        Map.of(frameFile(frame), format.encode(worker.photograph.finish(), QUALITY)), List.of(row));
  }

  /** A blink lasts five frames: 200 ms. */
  private static double blink(int frame) {
    return switch (frame % BLINK_EVERY) {
      case 63, 67 -> .5;
      case 64, 65, 66 -> 1;
      default -> 0;
    };
  }

  @Override
  void complete(Path folder) throws IOException {
    List<Path> frames = new ArrayList<>();
    for (int i = 0; i < items(); i++) {
      frames.add(folder.resolve(frameFile(i)));
    }
    AviWriter.write(
        folder.resolve("clip%d.avi".formatted(number)), frames, WIDTH, HEIGHT, FRAMES_PER_SECOND);
    for (Path frame : frames) {
      Files.delete(frame);
    }
    Files.delete(folder.resolve("clip%d.frames".formatted(number)));
  }
}
