package org.affect4j.synthesis.internal.clip;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.facs.Gaze;
import org.affect4j.synthesis.facs.Side;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.HeadPose;
import org.affect4j.synthesis.internal.shape.FaceShape;
import org.affect4j.synthesis.internal.shape.ShapeSolver;

/**
 * What a person does in a scene: where the head is, which units come and go, when the eyes close.
 * Filled once, then only read.
 */
final class Role {
  /** What moves beside the units: place in pixels, size in pixels a centimetre, pose in degrees. */
  enum Axis {
    X(3),
    Y(2),
    SIZE(0),
    YAW(3.5),
    PITCH(1.8),
    ROLL(1.2);

    /** How far a head that rests still moves. */
    private final double sway;

    Axis(double sway) {
      this.sway = sway;
    }
  }

  /** A blink lasts 200 ms: lids close within two frames and open within two. */
  private static final double[] BLINK = {.04, .12, .04};

  private static final double GAZE_SECONDS = 1.1;

  /** Lips that are less apart show no teeth. */
  private static final double SLIT = .08;

  /** How far the jaw drops with the loudest speech. */
  private static final double SPOKEN_JAW = .8;

  private final long person;
  private final Map<Axis, Course> courses = new EnumMap<>(Axis.class);
  private final List<Act> acts = new ArrayList<>();
  private double voice;
  private Course mouth = Course.of(0, 0);
  private Optional<Speech> speech = Optional.empty();

  /**
   * Makes a role.
   *
   * @param person number of the person, 0 or more
   * @param x place of the eyes in pixels
   * @param y place of the eyes in pixels
   * @param size pixels a centimetre
   */
  Role(long person, double x, double y, double size) {
    this.person = person;
    moves(Axis.X, 0, x).moves(Axis.Y, 0, y).moves(Axis.SIZE, 0, size);
    for (Axis axis : List.of(Axis.YAW, Axis.PITCH, Axis.ROLL)) {
      moves(axis, 0, 0);
    }
  }

  long person() {
    return person;
  }

  /** Gives a course of its own to what moves. */
  Role moves(Axis axis, double... timesAndValues) {
    courses.put(axis, Course.of(timesAndValues));
    return this;
  }

  /** Shows units, such as {@code "6C+12D"}. */
  Role acts(double from, double rise, double hold, double fall, String code) {
    return acts(new Act(from, rise, hold, fall, FacialAction.parse(code), Optional.empty()));
  }

  /** Shows an expression by its units. */
  Role shows(
      Expression expression, double from, double rise, double hold, double fall, String code) {
    return acts(new Act(from, rise, hold, fall, FacialAction.parse(code), Optional.of(expression)));
  }

  Role acts(Act act) {
    acts.add(act);
    return this;
  }

  /** Blinks every two to four seconds. */
  Role blinks(double until) {
    RandomStream r = RandomStream.of(person, 1);
    for (double t = r.between(.6, 2.2); t < until - .4; t += r.between(2.1, 4.2)) {
      FacialAction closed = FacialAction.neutral().with(FacsUnit.AU45, 1);
      acts(new Act(t, BLINK[0], BLINK[1], BLINK[2], closed, Optional.empty()));
    }
    return this;
  }

  /** Speaks: the jaw opens some four times a second, here more and there less. */
  Role speaks(double from, double to) {
    RandomStream r = RandomStream.of(person, StrictMath.round(1000 * from));
    for (double t = from; t < to - .3; ) {
      double length = r.between(.16, .34);
      double jaw = r.between(.25, .8);
      FacialAction open =
          FacialAction.neutral().with(FacsUnit.AU26, jaw).with(FacsUnit.AU25, .35 + .6 * jaw);
      acts(new Act(t, .45 * length, .1 * length, .45 * length, open, Optional.empty()));
      t += length + (r.chance(.12) ? .3 : 0);
    }
    return this;
  }

  /**
   * Opens the mouth by a course of its own, from 0 (closed) to 1 (as wide as the loudest speech).
   */
  Role opens(Course course) {
    mouth = course;
    return this;
  }

  /** How far the mouth is open by a course of its own, 0 to 1. */
  double opening(double seconds) {
    return mouth.at(seconds);
  }

  /** Says something, by which the mouth opens. */
  Role says(Speech said, int frames, double framesPerSecond) {
    speech = Optional.of(said);
    mouth = said.mouth(frames, framesPerSecond);
    return this;
  }

  /** What is said; empty if nothing is. */
  Optional<Speech> speech() {
    return speech;
  }

  /** Is heard whenever the jaw opens. */
  Role heardAt(double hertz) {
    voice = hertz;
    return this;
  }

  /** The pitch of the voice in Hz; 0 for nobody to be heard. */
  double voice() {
    return voice;
  }

  double at(Axis axis, double seconds) {
    RandomStream r = RandomStream.of(person, 100 + axis.ordinal());
    double sway = 0;
    for (double period : new double[] {r.between(2.6, 4), r.between(1.2, 2)}) {
      sway += StrictMath.sin(2 * StrictMath.PI * (seconds / period + r.next())) * period / 5;
    }
    return courses.get(axis).at(seconds) + axis.sway * sway;
  }

  HeadPose pose(double seconds) {
    return new HeadPose(at(Axis.YAW, seconds), at(Axis.PITCH, seconds), at(Axis.ROLL, seconds));
  }

  /** Eyes rest about a second and jump. */
  Gaze gaze(double seconds) {
    RandomStream r = RandomStream.of(person, 1000 + (long) (seconds / GAZE_SECONDS));
    return new Gaze(r.gaussian(.12, .3), r.gaussian(.06, .15));
  }

  /** All units at a time; where acts overlap, the stronger one of each unit. */
  FacialAction action(double seconds) {
    FacialAction all = FacialAction.neutral();
    for (Act act : acts) {
      double share = act.share(seconds);
      if (share > 0) {
        FacialAction shown = FacialAction.neutral().toward(act.action(), share);
        for (FacsUnit unit : FacsUnit.ALL) {
          if (!unit.hasSides()) {
            all = all.with(unit, Math.max(all.left(unit), shown.left(unit)));
          } else if (shown.intensity(unit) > 0) {
            all =
                all.with(unit, Side.LEFT, Math.max(all.left(unit), shown.left(unit)))
                    .with(unit, Side.RIGHT, Math.max(all.right(unit), shown.right(unit)));
          }
        }
      }
    }
    double open = opening(seconds);
    // Lips part sooner than the jaw drops.
    return all.with(FacsUnit.AU26, Math.max(all.left(FacsUnit.AU26), SPOKEN_JAW * open))
        .with(FacsUnit.AU25, Math.max(all.left(FacsUnit.AU25), StrictMath.sqrt(open)));
  }

  /** The shape of the face at a time, with habits of the person. */
  FaceShape shape(ShapeSolver solver, double seconds, Map<String, Double> habits) {
    FaceShape solved = solver.solve(action(seconds), gaze(seconds), habits);
    return solved.label(ActionUnit.AU25) < SLIT ? solved.withSealedLips() : solved;
  }

  /**
   * The acts that show something at a time, blinks left out.
   *
   * @return empty at rest
   */
  List<Act> showing(double seconds) {
    return acts.stream()
        .filter(act -> act.share(seconds) > 0 && act.action().intensity(FacsUnit.AU45) == 0)
        .toList();
  }
}
