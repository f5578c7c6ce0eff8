package org.affect4j.synthesis.internal.sample;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Portraits of 480 x 600 pixels with head and shoulders, one face each, before a backdrop or with
 * transparent surroundings.
 */
public final class Portraits extends FaceSet {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 600;
  private static final List<String> EXPRESSIONS =
      List.of(
          "neutral",
          "happiness",
          "sadness",
          "surprise",
          "fear",
          "disgust",
          "anger",
          "happily surprised",
          "sadly angry",
          "angrily disgusted",
          "fearfully surprised",
          "awed");

  private final boolean transparent;

  /**
   * Describes a set.
   *
   * @param count how many portraits, 1 or more
   * @param seed any number
   * @param format how pictures are written
   * @throws IllegalArgumentException if no portrait is asked for
   */
  public Portraits(int count, long seed, ImageFormat format) {
    this(count, seed, format, false);
  }

  /**
   * Describes a set whose surroundings are transparent, to be put into other pictures; as PNG.
   *
   * @param count how many portraits, 1 or more
   * @param seed any number
   * @return the set
   * @throws IllegalArgumentException if no portrait is asked for
   */
  public static Portraits transparent(int count, long seed) {
    return new Portraits(count, seed, ImageFormat.PNG, true);
  }

  private Portraits(int count, long seed, ImageFormat format, boolean transparent) {
    super(
        "portraits",
        requirePositive(count, "portrait"),
        seed,
        format,
        FaceLabels.LANDMARKS_FIRST,
        "file",
        "expression");
    this.transparent = transparent;
  }

  static ActionSampler.Drawn draw(ActionSampler actions, String label, RandomStream random) {
    for (Expression expression : Expression.ALL) {
      if (expression.label().equals(label)) {
        return actions.basic(expression, random);
      }
    }
    return actions.category(CompoundExpression.ofLabel(label), random);
  }

  @Override
  protected Item draw(Studio.Worker worker, int index) {
    RandomStream random = RandomStream.of(seed, index);
    Person person = worker.studio().persons().sample(index, random.branch());
    View view = View.sample(person, .6, true, random.branch());
    RandomStream act = random.branch();
    String label = EXPRESSIONS.get(index % EXPRESSIONS.size());
    ActionSampler.Drawn drawn = draw(worker.studio().actions(), label, act);
    FaceShape shape = worker.studio().solver().solve(drawn.action());
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    RandomStream backdrop = random.branch();
    if (!transparent) {
      Backdrop.paint(canvas, backdrop);
    }
    double scale = random.between(11.5, 15.5);
    RenderedFace face =
        worker
            .renderer()
            .render(
                canvas,
                person,
                shape,
                view,
                Placement.at(
                    WIDTH * random.between(.44, .56), HEIGHT * random.between(.40, .48), scale));
    Optional<byte[]> opacity = transparent ? Optional.of(canvas.cutOut()) : Optional.empty();
    worker.photograph().develop(canvas, FaceShot.gain(person, face.brightness()));
    worker.photograph().noise(random.between(.5, 2), random.between(.3, 1), random.branch());
    String file = "%03d.%s".formatted(index, format.extension());
    FaceLabels.Truth truth =
        new FaceLabels.Truth(drawn.rule(), person, shape, view, face, seed, index);
    BufferedImage picture =
        opacity.map(worker.photograph()::finish).orElseGet(worker.photograph()::finish);
    return new Item(
        Map.of(file, format.encode(picture)), List.of(labels.row(List.of(file, label), truth)));
  }
}
