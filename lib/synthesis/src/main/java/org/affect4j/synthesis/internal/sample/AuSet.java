package org.affect4j.synthesis.internal.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.face.Expression;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Aligned, damaged crops with exact units, to train and to measure with. Each person shows four
 * faces in different light: basic expressions, all seven in turn, and random combinations, one
 * after the other.
 */
public final class AuSet extends FaceSet {
  /** How many faces each person shows; the shape of a head is blended once for all of them. */
  public static final int FACES_PER_PERSON = 4;

  /** Larger crops would show the coarser mesh. */
  private static final int LARGEST_COARSE_SIZE = 128;

  private final int faces;
  private final int size;
  private final boolean prototypesOnly;

  /**
   * Describes a set.
   *
   * @param faces how many crops, 1 or more
   * @param size side of the crops in pixels, such as 112
   * @param prototypesOnly whether to leave out random combinations
   * @param seed any number
   * @param format how crops are written
   * @throws IllegalArgumentException if no face is asked for
   */
  public AuSet(int faces, int size, boolean prototypesOnly, long seed, ImageFormat format) {
    super(
        "au-set",
        (requirePositive(faces, "face") + FACES_PER_PERSON - 1) / FACES_PER_PERSON,
        seed,
        format,
        FaceLabels.LANDMARKS_FIRST,
        "file",
        "expression");
    this.faces = faces;
    this.size = size;
    this.prototypesOnly = prototypesOnly;
  }

  @Override
  protected double facesPerItem() {
    return FACES_PER_PERSON;
  }

  @Override
  protected Item draw(Studio.Worker worker, int index) {
    RandomStream random = RandomStream.of(seed, index);
    Person person = worker.studio().persons().sample(index, random.branch());
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < FACES_PER_PERSON; k++) {
      RandomStream r = random.branch();
      int number = FACES_PER_PERSON * index + k;
      if (number >= faces) {
        break;
      }
      View view = View.sample(person, 1, false, r.branch());
      RandomStream act = r.branch();
      ActionSampler actions = worker.studio().actions();
      ActionSampler.Drawn drawn =
          prototypesOnly
              ? actions.basic(Expression.ALL.get(number % Expression.COUNT), act)
              : number % 2 == 0
                  ? actions.basic(Expression.ALL.get(number / 2 % Expression.COUNT), act)
                  : actions.random(act);
      FaceShape shape = worker.studio().livedIn(drawn, act);
      FaceShot shot =
          FaceShot.aligned(
              worker,
              size <= LARGEST_COARSE_SIZE ? worker.cropRenderer() : worker.renderer(),
              person,
              shape,
              view,
              size,
              r.branch());
      String file = "%03d/%06d.%s".formatted(number / 1000, number, format.extension());
      files.put(file, format.encode(shot.pixels()));
      FaceLabels.Truth truth =
          new FaceLabels.Truth(drawn.rule(), person, shape, view, shot.face(), seed, index);
      rows.add(labels.row(List.of(file, drawn.expression().orElse("")), truth));
    }
    return new Item(files, rows);
  }
}
