package org.affect4j.synthesis.internal.clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Expression;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.internal.clip.Role.Axis;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.HeadPose;
import org.affect4j.synthesis.internal.sample.ActionSampler;

/**
 * What happens in one clip of a set.
 *
 * @param role what the person does
 * @param events the units that come and go, blinks and speech left out
 * @param covers what comes before the face
 * @param mouthHidden whether the mouth is covered all along
 * @param missing of each frame, whether no face was found in it
 */
record ClipPlan(
    Role role, List<Act> events, List<ClipCover> covers, boolean mouthHidden, boolean[] missing) {
  private static final double RANDOM_UNITS = .35;
  private static final double MIMED_SPEECH = .35;
  private static final double COVERED = .4;
  private static final double LOST_RUN = .3;
  private static final double LOST_FRAME = .01;

  /** Units that a mouth leaves alone while it speaks. */
  private static final List<FacsUnit> OF_THE_MOUTH =
      List.of(
          FacsUnit.AU17,
          FacsUnit.AU18,
          FacsUnit.AU22,
          FacsUnit.AU23,
          FacsUnit.AU24,
          FacsUnit.AU25,
          FacsUnit.AU26,
          FacsUnit.AU27);

  /**
   * Draws a plan.
   *
   * @param options how clips are made
   * @param speaks whether the mouth is left to speech
   * @param pose how the head is turned at first
   * @param actions draws expressions
   * @param r the plan's own stream
   */
  static ClipPlan sample(
      ClipSet.Options options,
      boolean speaks,
      HeadPose pose,
      ActionSampler actions,
      RandomStream r) {
    double seconds = options.seconds();
    Role role = new Role(r.nextLong(), 0, 0, 1).blinks(seconds);
    role.moves(Axis.YAW, swing(pose.yaw(), 12, seconds, r));
    role.moves(Axis.PITCH, swing(pose.pitch(), 6, seconds, r));
    role.moves(Axis.ROLL, swing(pose.roll(), 4, seconds, r));
    if (!speaks && r.chance(MIMED_SPEECH)) {
      double from = r.between(0, .5 * seconds);
      role.speaks(from, from + r.between(.8, 2));
    }
    List<Act> events = events(speaks, seconds, actions, r.branch());
    events.forEach(role::acts);
    RandomStream damage = r.branch();
    boolean mouthHidden = damage.chance(options.hideMouth());
    List<ClipCover> covers = new ArrayList<>();
    if (mouthHidden) {
      covers.add(ClipCover.ofMouth(damage));
    } else if (damage.chance(COVERED)) {
      covers.add(ClipCover.anywhere(seconds, damage));
    }
    return new ClipPlan(role, events, covers, mouthHidden, missing(options.frames(), damage));
  }

  private static double[] swing(double first, double deviation, double seconds, RandomStream r) {
    double middle = r.between(.3, .7) * seconds;
    double second = first + r.gaussian(deviation, 2 * deviation);
    return new double[] {
      0, first, middle, second, seconds, second + r.gaussian(deviation, 2 * deviation)
    };
  }

  private static List<Act> events(
      boolean speaks, double seconds, ActionSampler actions, RandomStream r) {
    List<Act> events = new ArrayList<>();
    double at = r.between(.1, .8);
    while (at < seconds - .5) {
      Optional<Expression> shown =
          r.chance(RANDOM_UNITS)
              ? Optional.empty()
              : Optional.of(
                  r.choose(Expression.ALL.stream().filter(e -> e != Expression.NEUTRAL).toList()));
      ActionSampler.Drawn drawn =
          shown.map(e -> actions.basic(e, r)).orElseGet(() -> actions.random(r));
      // Whoever lives also blinks; blinks come by themselves here.
      FacialAction action = actions.livedIn(drawn.action(), r).with(FacsUnit.AU45, 0);
      if (speaks) {
        for (FacsUnit unit : OF_THE_MOUTH) {
          action = action.with(unit, 0);
        }
      }
      Act act =
          new Act(at, r.between(.2, .7), r.between(.2, 1.2), r.between(.3, .8), action, shown);
      events.add(act);
      at += act.rise() + act.hold() + act.fall() + r.between(.05, .7);
    }
    return events;
  }

  private static boolean[] missing(int frames, RandomStream r) {
    boolean[] missing = new boolean[frames];
    for (int frame = 0; frame < frames; frame++) {
      missing[frame] = r.chance(LOST_FRAME);
    }
    if (r.chance(LOST_RUN)) {
      int from = r.below(frames);
      Arrays.fill(missing, from, Math.min(frames, from + 2 + r.below(7)), true);
    }
    return missing;
  }
}
