package org.affect4j.synthesis.internal.sample;

import java.util.List;
import java.util.Map;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.facs.IntensityLetter;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Pictures to teach with: 20 units at the five intensities of FACS on the same persons, and a
 * surprise built step by step from rest; frontal, in even light, undamaged.
 */
public final class Gallery extends FaceSet {
  private static final int SIZE = 192;
  private static final List<FacsUnit> UNITS =
      FacsUnit.ALL.stream()
          .filter(
              u ->
                  u.labelled().isPresent()
                      || u == FacsUnit.AU14
                      || u == FacsUnit.AU18
                      || u == FacsUnit.AU43)
          .toList();

  /** A surprise built step by step, from rest. */
  private static final List<String> STEPS =
      List.of("", "1C", "1C+2C", "1C+2C+5C", "1C+2C+5C+25D", "1C+2C+5C+25D+26D");

  private final int persons;

  /**
   * Describes a gallery.
   *
   * @param persons how many persons show each unit, 1 or more
   * @param seed any number
   * @param format how pictures are written
   * @throws IllegalArgumentException if no person is asked for
   */
  public Gallery(int persons, long seed, ImageFormat format) {
    super(
        "gallery",
        requirePositive(persons, "person")
            * (UNITS.size() * IntensityLetter.values().length + STEPS.size()),
        seed,
        format,
        FaceLabels.UNITS_FIRST,
        "file",
        "unit",
        "letter",
        "intensity",
        "person");
    this.persons = persons;
  }

  private int singles() {
    return persons * UNITS.size() * IntensityLetter.values().length;
  }

  @Override
  protected Item draw(Studio.Worker worker, int index) {
    int letters = IntensityLetter.values().length;
    boolean single = index < singles();
    int number = single ? index / letters % persons : (index - singles()) % persons;
    String code;
    String name;
    String letter = "";
    String intensity = "";
    if (single) {
      FacsUnit unit = UNITS.get(index / letters / persons);
      IntensityLetter of = IntensityLetter.values()[index % letters];
      code = unit.number() + of.name();
      name = "au%02d_%s".formatted(unit.number(), of);
      letter = of.name();
      intensity = FaceLabels.number(of.intensity(), 1);
    } else {
      int step = (index - singles()) / persons;
      code = STEPS.get(step);
      name = "step" + step;
    }
    Person person = bareFaced(worker, number);
    FaceShape shape = worker.studio().solver().solve(FacialAction.parse(code));
    FaceShot shot =
        FaceShot.plain(
            worker, person, shape, View.EVEN, new Canvas(SIZE, SIZE), Placement.aligned(SIZE));
    String file = "%s_%d.%s".formatted(name, number, format.extension());
    String unit = single ? name.substring(0, 4) : code;
    List<String> own = List.of(file, unit, letter, intensity, Integer.toString(number));
    String rule = code.isEmpty() ? "rest" : "FACS " + code;
    FaceLabels.Truth truth =
        new FaceLabels.Truth(rule, person, shape, View.EVEN, shot.face(), seed, index);
    return new Item(Map.of(file, format.encode(shot.pixels())), List.of(labels.row(own, truth)));
  }

  /** The first person of its number's stream whose face is bare. */
  private Person bareFaced(Studio.Worker worker, int number) {
    RandomStream random = RandomStream.of(seed, -1 - number);
    for (long attempt = 0; ; attempt++) {
      Person person = worker.studio().persons().sample(number + 80 * attempt, random.branch());
      if (isBareFaced(person)) {
        return person;
      }
    }
  }

  /** Whether a person has no glasses, no full beard and no fringe over the brows. */
  static boolean isBareFaced(Person person) {
    return person.glasses().kind() == Person.Glasses.Kind.NONE
        && person.beard().length() == 0
        && person.hair().hairline() > 9.4;
  }
}
