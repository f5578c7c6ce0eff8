package org.affect4j.synthesis.internal.appearance;

import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.synthesis.internal.appearance.Attributes.Age;
import org.affect4j.synthesis.internal.appearance.Attributes.Ancestry;
import org.affect4j.synthesis.internal.appearance.Attributes.Sex;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;

/**
 * Draws persons evenly over skin tone, sex, age and (within what a tone makes likely) ancestry.
 * Immutable and thread-safe.
 *
 * <p>The n-th person of a set takes the n-th combination of Monk tone, sex and age group, so that
 * every 80 persons hold each of the 10 x 2 x 4 combinations once. Ancestry is drawn by tone, with
 * wide overlap.
 */
public final class PersonSampler {
  // Ours: chosen so that faces under daylight come near the swatches of the Monk scale.
  private static final List<Rgb> TONES =
      palette(
          0xECCAB7, 0xE8C1A9, 0xE2B79A, 0xDCAE8F, 0xC99675, 0xAC7958, 0x8D5F45, 0x6E4835, 0x52362A,
          0x3D2A23);
  // Weights of African, East Asian, European and South Asian shape by Monk tone.
  private static final double[][] ANCESTRY_BY_TONE = {
    {0, .2, 1, 0},
    {0, .5, 1, .1},
    {.1, 1, 1, .2},
    {.2, 1, .8, .6},
    {.4, .9, .5, 1},
    {.7, .4, .2, 1},
    {1, .15, .05, 1},
    {1, 0, 0, .7},
    {1, 0, 0, .3},
    {1, 0, 0, .1}
  };
  private static final List<Rgb> HAIR =
      palette(0x14110F, 0x221914, 0x38271C, 0x563C28, 0x7E5E3C, 0xB08E60, 0x7C3E24);
  private static final Rgb GREY = Rgb.ofSrgb(168, 165, 160);
  private static final Rgb WHITE = Rgb.ofSrgb(222, 219, 213);
  private static final List<Rgb> IRIS =
      palette(0x3A2516, 0x4E331E, 0x684C2E, 0x6C6E48, 0x5E7C8E, 0x7A8C96);
  private static final List<Rgb> CLOTH =
      palette(
          0x262A34, 0x3E4C66, 0x76808A, 0xCECCC6, 0x883432, 0x405C48, 0x9E805C, 0x605270, 0xB29298,
          0x326874, 0x564236, 0xC4A85C);
  private static final int AUDIT_CELLS = 80;

  private final ShapePrior prior;
  private final int modes;

  /**
   * Prepares a sampler.
   *
   * @param geometry the face model
   */
  public PersonSampler(FaceGeometry geometry) {
    prior = new ShapePrior(geometry);
    modes = geometry.modeCount();
  }

  private static List<Rgb> palette(int... colours) {
    return IntStream.of(colours).mapToObj(c -> Rgb.ofSrgb(c >> 16, c >> 8 & 255, c & 255)).toList();
  }

  /**
   * Draws the n-th person of a set.
   *
   * @param number 0 or more; says which combination of tone, sex and age group is due
   * @param random the person's own stream
   * @return the person
   */
  public Person sample(long number, RandomStream random) {
    return sample(attributes(number, random), random);
  }

  /**
   * Draws the attributes of the n-th person of a set.
   *
   * @param number 0 or more
   * @param random the person's own stream
   * @return the attributes
   */
  public Attributes attributes(long number, RandomStream random) {
    // 27 has no factor in common with 80: neighbours in a set differ in tone, sex and age.
    int cell = (int) Math.floorMod(number * 27, (long) AUDIT_CELLS);
    int tone = cell % 10;
    Sex sex = Sex.values()[cell / 10 % 2];
    Age age = Age.values()[cell / 20];
    Ancestry ancestry = Ancestry.values()[random.choose(ANCESTRY_BY_TONE[tone])];
    return new Attributes(sex, age, ancestry, tone + 1);
  }

  /**
   * Draws a person of given attributes.
   *
   * @param a the attributes
   * @param random the person's own stream
   * @return the person
   */
  public Person sample(Attributes a, RandomStream random) {
    boolean male = a.sex() == Sex.MALE;
    Identity identity = identity(a, random.branch());
    RandomStream r = random.branch();
    double tone = a.monkTone() - 1 + r.between(-.45, .45);
    Rgb skinTone = skinTone(tone, r);
    boolean dark = a.monkTone() >= 6;
    double age = (a.age().ordinal() + r.next()) / 4;
    double grey = greyness(age, r);
    Rgb natural = naturalHair(a, r);
    // A camera exposes dark skin longer; what is white beside it must not glow.
    double veil = .6 + .4 * Math.min(1, skinTone.mean() / .3);
    Rgb grown = (r.chance(.5) ? GREY : WHITE).times(veil);
    Rgb hairColour = natural.mixed(grown, grey).times(r.between(.85, 1.2));
    Person.Skin skin =
        new Person.Skin(
            skinTone,
            r.between(.04, .12),
            r.between(.05, .5) * (dark ? .45 : 1),
            r.between(.05, .22) + .12 * age,
            male || r.chance(.65) ? 0 : r.between(.2, .8),
            !dark && r.chance(.12) ? r.between(.1, .3) : 0,
            r.between(.05, .2),
            r.between(8, 24),
            r.between(.3, 1.2) + .6 * age,
            Math.max(0, age - .45) * r.between(0, .7));
    return new Person(
        a,
        identity,
        skin,
        lips(skinTone, male, r),
        brows(male, natural.mixed(GREY.times(veil), grey * .6), r),
        eyes(dark, male, a, veil, r),
        hair(a, age, hairColour, r.branch()),
        beard(male, hairColour, r.branch()),
        glasses(age, r.branch()),
        clothes(r.branch()),
        r.between(.35, .9) + .35 * age,
        Math.max(0, age - .35) * r.between(.7, 1.5),
        r.next());
  }

  private Identity identity(Attributes a, RandomStream r) {
    double[] mean = prior.mean(a);
    double spread = r.between(.62, .92);
    float[] c = new float[modes];
    for (int k = 0; k < modes; k++) {
      // The first mode is mostly size, which no photograph tells.
      double s = k == 0 ? .8 * spread : spread;
      c[k] = (float) Math.max(-3, Math.min(3, mean[k] + r.gaussian(s, 2.6 * s)));
    }
    return Identity.of(c);
  }

  private static Rgb skinTone(double tone, RandomStream r) {
    double t = Math.max(0, Math.min(TONES.size() - 1.001, tone));
    int i = (int) t;
    Rgb c = TONES.get(i).mixed(TONES.get(i + 1), t - i);
    return c.times(
        StrictMath.exp(r.gaussian(.02, .05)),
        StrictMath.exp(r.gaussian(.03, .08)),
        StrictMath.exp(r.gaussian(.05, .12)));
  }

  private static double greyness(double age, RandomStream r) {
    double likely = Math.max(0, (age - .42) * 1.5);
    return r.chance(Math.min(1, likely)) ? Math.min(1, r.between(.15, .5) + age * .6) : 0;
  }

  private static Rgb naturalHair(Attributes a, RandomStream r) {
    boolean light = a.ancestry() == Ancestry.EUROPEAN && a.monkTone() <= 5;
    return light && r.chance(.75) ? HAIR.get(r.below(HAIR.size())) : HAIR.get(r.below(2));
  }

  private static Person.Lips lips(Rgb skin, boolean male, RandomStream r) {
    boolean lipstick = !male && r.chance(.25);
    Rgb natural = skin.times(.93, male ? .64 : .58, male ? .66 : .62);
    Rgb colour =
        lipstick
            ? natural.mixed(
                Rgb.ofSrgb(r.between(130, 190), r.between(35, 75), r.between(45, 85)),
                r.between(.3, .75))
            : natural;
    return new Person.Lips(colour, r.between(.45, .95), r.gaussian(.03, .06), r.between(.05, .28));
  }

  private static Person.Brows brows(boolean male, Rgb colour, RandomStream r) {
    return new Person.Brows(
        colour.times(r.between(.6, 1)),
        r.between(1.0, 1.6),
        r.between(5.1, 5.9),
        r.between(5.3, 5.75),
        r.between(.15, .6),
        r.between(.25, .85),
        male ? r.between(.34, .52) : r.between(.25, .38),
        r.between(.5, .95));
  }

  private static Person.Eyes eyes(
      boolean dark, boolean male, Attributes a, double veil, RandomStream r) {
    boolean light = !dark && a.ancestry() == Ancestry.EUROPEAN && r.chance(.75);
    Rgb iris = light ? IRIS.get(r.below(IRIS.size())) : IRIS.get(r.below(2));
    return new Person.Eyes(
        iris,
        r.between(.44, .50),
        r.between(.13, .23),
        veil * r.between(.42, .60),
        r.between(.1, .9),
        male ? r.between(.4, 1) : r.between(.7, 1.7),
        veil * r.between(.75, 1.1),
        r.between(.82, 1));
  }

  private static Person.Hair hair(Attributes a, double age, Rgb colour, RandomStream r) {
    boolean male = a.sex() == Sex.MALE;
    boolean curly = a.ancestry() == Ancestry.AFRICAN;
    HairStyle style =
        male
            ? HairStyle.values()[
                r.choose(
                    .10 + .15 * age,
                    .22,
                    curly ? .15 : .42,
                    .30 * Math.max(0, age - .3),
                    curly ? .3 : .1,
                    curly ? .10 : .02,
                    .02,
                    .03,
                    .02,
                    .03,
                    0)]
            : HairStyle.values()[
                r.choose(
                    .02,
                    curly ? .08 : .02,
                    .12,
                    0,
                    curly ? .2 : .08,
                    curly ? .15 : .03,
                    .17,
                    curly ? .06 : .22,
                    .16,
                    .15,
                    .13)];
    double curl =
        switch (style) {
          case CURLY, AFRO -> r.between(.75, 1);
          case WAVY -> r.between(.35, .7);
          default -> curly ? r.between(.4, .9) : r.between(0, .3);
        };
    double thickness =
        switch (style) {
          case BALD -> 0;
          case BUZZED -> r.between(.10, .35);
          case RECEDING -> r.between(.3, .9);
          case SHORT -> r.between(.7, 1.8);
          case CURLY -> r.between(1.0, 2.4);
          case AFRO -> r.between(3, 5.5);
          case TIED -> r.between(.3, .9);
          case SCARF -> r.between(.5, 1.0);
          default -> r.between(.9, 2.0);
        };
    double hairline =
        switch (style) {
          case RECEDING -> r.between(11.5, 13.4);
          case TIED, AFRO, BUZZED -> r.between(9.8, 11.3);
          case SCARF -> r.between(8.6, 10.2);
          default -> r.chance(.25) ? r.between(7.6, 8.8) : r.between(9.2, 11.2);
        };
    Rgb cover = style == HairStyle.SCARF ? r.choose(CLOTH) : colour;
    return new Person.Hair(
        style,
        cover,
        thickness,
        hairline,
        r.gaussian(.10, .22),
        r.between(.012, .05),
        style.falls() ? r.between(.2, 1.2) : r.between(.8, 2.6),
        male ? r.between(-.5, 3) : style.falls() ? -9 : r.between(-3, 2),
        style == HairStyle.BUZZED ? r.between(.1, .3) : r.between(.2, .8),
        curl,
        switch (style) {
          case BOB -> r.between(8, 13);
          case LONG, WAVY -> r.between(17, 28);
          default -> 0;
        },
        r.between(.62, 1.0));
  }

  private static Person.Beard beard(boolean male, Rgb hair, RandomStream r) {
    if (!male || r.chance(.4)) {
      return new Person.Beard(hair, 0, 0, false, false);
    }
    if (r.chance(.55)) {
      return new Person.Beard(hair, r.between(.08, .35), 0, true, true);
    }
    return new Person.Beard(
        hair.times(r.between(.8, 1.1)),
        r.between(.6, .95),
        r.between(.1, .6),
        r.chance(.65),
        r.chance(.85));
  }

  private static Person.Glasses glasses(double age, RandomStream r) {
    boolean worn = r.chance(.05 + .14 * age);
    Person.Glasses.Kind kind =
        !worn
            ? Person.Glasses.Kind.NONE
            : r.chance(.07) ? Person.Glasses.Kind.DARK : Person.Glasses.Kind.CLEAR;
    Rgb colour =
        r.chance(.6)
            ? Rgb.ofSrgb(26, 24, 24)
            : r.chance(.5) ? Rgb.ofSrgb(92, 62, 42) : Rgb.ofSrgb(150, 146, 140);
    return new Person.Glasses(
        kind,
        colour,
        r.between(2.35, 2.75),
        r.between(1.55, 2.15),
        r.between(.08, .2),
        r.between(0, 1));
  }

  private static Person.Clothes clothes(RandomStream r) {
    return new Person.Clothes(
        r.choose(CLOTH).times(r.between(.7, 1.2)),
        r.choose(CLOTH),
        r.between(.5, 5),
        r.chance(.35),
        r.chance(.15) ? r.between(.15, .5) : 0,
        r.chance(.3));
  }
}
