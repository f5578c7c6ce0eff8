package org.affect4j.synthesis.internal.clip;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.PixelBox;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.appearance.Rgb;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.HeadPose;
import org.affect4j.synthesis.internal.render.Lighting;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.sample.Backdrop;
import org.affect4j.synthesis.internal.sample.FaceShot;
import org.affect4j.synthesis.internal.sample.Studio;
import org.affect4j.synthesis.internal.shape.FaceShape;

/** Draws the frames of a story, in any order and on any thread. Immutable. */
final class Stage {
  private static final Rgb BOOK = new Rgb(.30, .045, .04);
  private static final Rgb TITLE = new Rgb(.55, .42, .16);

  /** The book in centimetres: half its sides, and how far its middle lies below the eyes. */
  private static final double BOOK_WIDTH = 11.5;

  private static final double BOOK_HEIGHT = 15.5;
  private static final double BOOK_BELOW = 3.5;
  private static final double BOOK_WAY = 42;

  /** Faces of smaller pictures are drawn over fewer triangles. */
  private static final int LARGEST_CROP = 200;

  /** So many places a side of a face's box are looked at. */
  private static final int SAMPLES = 12;

  private final Story story;
  private final long seed;
  private final List<Double> gains = new ArrayList<>();
  private final List<Lighting> lights = new ArrayList<>();

  /**
   * A frame.
   *
   * @param picture its pixels
   * @param seen what is true of the role with the same place in its scene
   */
  record Frame(BufferedImage picture, List<Seen> seen) {}

  /**
   * A face in a frame.
   *
   * @param role whose it is
   * @param face where it is, in pixels
   * @param shape what it shows
   * @param pose how it is turned
   * @param visible how much of its box lies in the picture and behind nothing, 0 to 1
   */
  record Seen(Role role, RenderedFace face, FaceShape shape, HeadPose pose, double visible) {}

  /**
   * Measures the light of each scene, for which the camera is set once.
   *
   * @param story what happens
   * @param seed any number
   * @param worker draws a frame of each scene
   */
  Stage(Story story, long seed, Studio.Worker worker) {
    this.story = story;
    this.seed = seed;
    for (Story.Scene scene : story.scenes()) {
      View view =
          View.sample(
              person(worker, scene.roles().get(0)), 0, true, RandomStream.of(seed, scene.place()));
      lights.add(view.lighting());
      gains.add(1.0);
      double gain = 0;
      Canvas canvas = new Canvas(story.width(), story.height());
      for (Seen seen : paint(worker, canvas, scene, lights.size() - 1, scene.from(), 1)) {
        gain += FaceShot.gain(person(worker, seen.role), seen.face.brightness());
      }
      gains.set(gains.size() - 1, gain / scene.roles().size());
    }
  }

  private Person person(Studio.Worker worker, Role role) {
    return worker
        .studio()
        .persons()
        .sample(role.person(), RandomStream.of(seed, -1 - role.person()));
  }

  /** Draws a frame. */
  Frame draw(Studio.Worker worker, int frame) {
    double time = story.time(frame);
    int number = story.scene(time);
    Story.Scene scene = story.scenes().get(number);
    double light = scene.light().at(time);
    Canvas canvas = new Canvas(story.width(), story.height());
    List<Seen> seen = paint(worker, canvas, scene, number, time, light);
    // The room gets darker, too, but less than what the lamp shines on.
    worker.photograph().develop(canvas, gains.get(number) * (.45 + .55 * light));
    worker.photograph().noise(.5, .15, RandomStream.of(seed, 1000 + frame));
    return new Frame(worker.photograph().finish(), seen);
  }

  private List<Seen> paint(
      Studio.Worker worker,
      Canvas canvas,
      Story.Scene scene,
      int number,
      double time,
      double light) {
    Backdrop.paint(canvas, RandomStream.of(seed, 500 + scene.place()));
    Lighting lamp = lights.get(number).dimmed(.35 + .65 * light);
    List<Seen> seen = new ArrayList<>();
    Optional<PixelBox> book = book(scene, time);
    for (Role role : scene.roles()) {
      FaceShape shape = role.shape(worker.studio().solver(), time, Map.of());
      HeadPose pose = role.pose(time);
      RenderedFace face =
          (story.height() > LARGEST_CROP ? worker.renderer() : worker.cropRenderer())
              .render(
                  canvas,
                  person(worker, role),
                  shape,
                  new View(pose, lamp, 110),
                  Placement.at(
                      role.at(Role.Axis.X, time),
                      role.at(Role.Axis.Y, time),
                      role.at(Role.Axis.SIZE, time)));
      seen.add(new Seen(role, face, shape, pose, visible(face.box(), book)));
    }
    book.ifPresent(box -> paint(canvas, box, light));
    return seen;
  }

  private static Optional<PixelBox> book(Story.Scene scene, double time) {
    Role role = scene.roles().get(scene.roles().size() - 1);
    double size = role.at(Role.Axis.SIZE, time);
    return scene.cover().stream()
        .filter(cover -> cover.share(time) > 0)
        .findFirst()
        .map(
            cover ->
                new PixelBox(
                    role.at(Role.Axis.X, time) - size * BOOK_WIDTH,
                    role.at(Role.Axis.Y, time)
                        + size * (BOOK_BELOW - BOOK_HEIGHT + BOOK_WAY * (1 - cover.share(time))),
                    2 * size * BOOK_WIDTH,
                    2 * size * BOOK_HEIGHT));
  }

  private void paint(Canvas canvas, PixelBox book, double light) {
    rectangle(canvas, book, 0, 0, 1, 1, BOOK.times(.5 + .5 * light));
    rectangle(canvas, book, 0, 0, .06, 1, BOOK.times(.3 + .3 * light));
    rectangle(canvas, book, .25, .2, .85, .29, TITLE.times(.5 + .5 * light));
    rectangle(canvas, book, .35, .36, .75, .40, TITLE.times(.5 + .5 * light));
  }

  /** A part of the book, with soft edges. */
  private void rectangle(
      Canvas canvas,
      PixelBox book,
      double left,
      double top,
      double right,
      double bottom,
      Rgb colour) {
    double x0 = (book.x() + left * book.width()) / story.width();
    double x1 = (book.x() + right * book.width()) / story.width();
    double y0 = (book.y() + top * book.height()) / story.height();
    double y1 = (book.y() + bottom * book.height()) / story.height();
    double soft = 2.0 / story.width();
    canvas.blend(
        colour,
        x0 - soft,
        y0 - soft,
        x1 + soft,
        y1 + soft,
        (x, y) -> {
          double inside = Math.min(Math.min(x - x0, x1 - x), Math.min(y - y0, y1 - y));
          return Course.ease(inside / soft + .5);
        });
  }

  private double visible(PixelBox face, Optional<PixelBox> book) {
    int there = 0;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
      double x = face.x() + (i % SAMPLES + .5) / SAMPLES * face.width();
      double y = face.y() + (i / SAMPLES + .5) / SAMPLES * face.height();
      boolean inside = x >= 0 && y >= 0 && x < story.width() && y < story.height();
      boolean hidden =
          book.isPresent()
              && x >= book.get().x()
              && x < book.get().right()
              && y >= book.get().y()
              && y < book.get().bottom();
      there += inside && !hidden ? 1 : 0;
    }
    return (double) there / (SAMPLES * SAMPLES);
  }
}
