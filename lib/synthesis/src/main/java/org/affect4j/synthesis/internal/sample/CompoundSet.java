package org.affect4j.synthesis.internal.sample;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.affect4j.face.CompoundExpression;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Aligned crops of the 21 categories of Du et al. and of neutral, the same persons in every
 * category, each time in other light.
 */
public final class CompoundSet extends FaceSet {
  private static final int SIZE = 112;
  // Compound categories first, then basic ones, then neutral.
  private static final List<String> CATEGORIES =
      Stream.of(
              CompoundExpression.ALL.stream().filter(CompoundExpression::isCompound),
              CompoundExpression.ALL.stream().filter(c -> !c.isCompound()))
          .flatMap(s -> s)
          .map(CompoundExpression::label)
          .toList();

  private final int persons;

  /**
   * Describes a set.
   *
   * @param persons how many persons show each of the 22 categories, 1 or more
   * @param seed any number
   * @param format how pictures are written
   * @throws IllegalArgumentException if no person is asked for
   */
  public CompoundSet(int persons, long seed, ImageFormat format) {
    super(
        "compound",
        (CATEGORIES.size() + 1) * requirePositive(persons, "person"),
        seed,
        format,
        FaceLabels.UNITS_FIRST,
        "file",
        "category",
        "person");
    this.persons = persons;
  }

  @Override
  protected Item draw(Studio.Worker worker, int index) {
    int category = index / persons;
    int number = index % persons;
    String label = category < CATEGORIES.size() ? CATEGORIES.get(category) : "neutral";
    // The person's stream does not depend on the category.
    Person person = worker.studio().persons().sample(number, RandomStream.of(seed, -1 - number));
    RandomStream random = RandomStream.of(seed, index);
    View view = View.sample(person, .9, true, random.branch());
    RandomStream act = random.branch();
    ActionSampler.Drawn drawn = Portraits.draw(worker.studio().actions(), label, act);
    FaceShape shape =
        worker
            .studio()
            .solver()
            .solve(drawn.action(), worker.studio().actions().gaze(act), Map.of());
    FaceShot shot =
        FaceShot.aligned(worker, worker.renderer(), person, shape, view, SIZE, random.branch());
    String file = "%s/%02d.%s".formatted(label.replace(' ', '_'), number, format.extension());
    FaceLabels.Truth truth =
        new FaceLabels.Truth(drawn.rule(), person, shape, view, shot.face(), seed, index);
    List<String> row = labels.row(List.of(file, label, Integer.toString(number)), truth);
    return new Item(Map.of(file, format.encode(shot.pixels())), List.of(row));
  }
}
