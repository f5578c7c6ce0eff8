package org.affect4j.synthesis.internal.clip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.internal.clip.Role.Axis;
import org.affect4j.synthesis.internal.clip.Story.Scene;
import org.affect4j.synthesis.internal.common.RandomStream;

/**
 * A mood as a short clip shows it: some of its movements, now and then one of another mood, speech
 * and blinks. The movements are chosen by us after the prototypes of Du et al. (2014); no claim is
 * made that people in such a mood move so.
 */
enum Mood {
  /** Smiles. */
  CHEERFUL("6+12+25", "6+12", "1+2+12"),
  /** Inner brows up, corners down. */
  SAD("1+4+15", "15+17", "1+4+15+17"),
  /** Brows down, lips tight. */
  ANGRY("4+7+24", "4+7+23", "4+9+10"),
  /** Brows up and together, lips drawn. */
  ANXIOUS("1+2+4+20+25", "20+25", "1+4+5"),
  /** Brows, lids and jaw up and down. */
  SURPRISED("1+2+5+25+26", "1+2+5", "1+2+25+26"),
  /** Hardly anything. */
  CALM("24", "12", "17");

  private static final int SIDE = 192;
  private static final double RATE = 12.5;
  static final double SECONDS = 4;

  /** How often a movement belongs to another mood. */
  private static final double STRANGE = .25;

  /** How often a rater names the mood, and its neighbour; else one of the other four. */
  private static final double RIGHT = .7;

  private static final double NEIGHBOUR = .2;

  private final List<String> movements;

  Mood(String... movements) {
    this.movements = List.of(movements);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mood that this one is taken for most often. */
  private Mood neighbour() {
    return switch (this) {
      case CHEERFUL -> SURPRISED;
      case SAD -> CALM;
      case ANGRY, SURPRISED -> ANXIOUS;
      case ANXIOUS -> SAD;
      case CALM -> SAD;
    };
  }

  /** What a rater says who sees it. */
  Mood rated(RandomStream r) {
    double at = r.next();
    if (at < RIGHT) {
      return this;
    }
    if (at < RIGHT + NEIGHBOUR) {
      return neighbour();
    }
    return r.choose(
        Stream.of(values()).filter(mood -> mood != this && mood != neighbour()).toList());
  }

  /**
   * A clip of four seconds at 12.5 frames a second, 192 x 192 pixels.
   *
   * @param name of the clip
   * @param person who; persons differ in how much they show
   * @param r the clip's own stream
   */
  Story story(String name, long person, RandomStream r) {
    double shows = RandomStream.of(person, 7).between(.55, 1);
    Role role =
        new Role(
            person, SIDE * r.between(.46, .54), SIDE * r.between(.40, .46), r.between(5.8, 6.8));
    role.blinks(SECONDS);
    double turn = r.gaussian(7, 15);
    double lowered = r.gaussian(4, 8) + (this == SAD ? 4 : 0);
    role.moves(Axis.YAW, 0, turn, SECONDS, turn + r.gaussian(6, 12));
    role.moves(Axis.PITCH, 0, lowered, SECONDS, lowered + r.gaussian(3, 6));
    if (r.chance(.35)) {
      double from = r.between(.2, 2);
      role.speaks(from, from + r.between(.7, 1.5));
    }
    double rest = this == CALM ? .35 : 1;
    for (double t = r.between(.2, 1.2); t < SECONDS - .6; t += r.between(1, 2)) {
      Mood mood = r.chance(STRANGE) ? r.choose(List.of(values())) : this;
      double strength = shows * rest * r.between(.45, 1);
      FacialAction most = FacialAction.parse(r.choose(mood.movements));
      role.acts(
          new Act(
              t,
              r.between(.2, .5),
              r.between(.2, .9),
              r.between(.3, .6),
              FacialAction.neutral().toward(most, strength),
              Optional.empty()));
    }
    return new Story(
        name, SIDE, SIDE, RATE, SECONDS, List.of(new Scene(0, r.below(1_000_000), role)));
  }
}
