package org.affect4j.synthesis.internal.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.affect4j.face.Expression;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/** Scenes of 1280 x 720 pixels with three to eight people in one light, all faces free. */
public final class Groups extends FaceSet {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final List<Expression> EXPRESSIONS =
      List.of(
          Expression.NEUTRAL,
          Expression.HAPPINESS,
          Expression.HAPPINESS,
          Expression.SURPRISE,
          Expression.SADNESS,
          Expression.ANGER);

  /**
   * Describes a set.
   *
   * @param count how many scenes, 1 or more
   * @param seed any number
   * @param format how pictures are written
   * @throws IllegalArgumentException if no scene is asked for
   */
  public Groups(int count, long seed, ImageFormat format) {
    super(
        "groups",
        requirePositive(count, "scene"),
        seed,
        format,
        FaceLabels.LANDMARKS_FIRST,
        "file",
        "face",
        "expression");
  }

  @Override
  protected double facesPerItem() {
    return 5.5;
  }

  @Override
  protected Item draw(Studio.Worker worker, int index) {
    RandomStream random = RandomStream.of(seed, index);
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    Backdrop.paint(canvas, random.branch());
    int people = 3 + random.below(6);
    String file = "%02d.%s".formatted(index, format.extension());
    List<List<String>> rows = new ArrayList<>();
    double gain = 0;
    double space = WIDTH / (people + .3);
    View light = null;
    // The back row is drawn first; heads of the front row stand lower and between.
    for (int k = 0; k < people; k++) {
      boolean back = k < people / 2;
      int inRow = back ? people / 2 : people - people / 2;
      int place = back ? k : k - people / 2;
      RandomStream r = random.branch();
      Person person = worker.studio().persons().sample(97L * index + 31L * k, r.branch());
      View own = View.sample(person, .7, true, r.branch());
      light = light == null ? own : light;
      View view = new View(own.pose(), light.lighting(), 180);
      RandomStream act = r.branch();
      Expression expression = act.choose(EXPRESSIONS);
      ActionSampler.Drawn drawn = worker.studio().actions().basic(expression, act);
      FaceShape shape = worker.studio().solver().solve(drawn.action());
      double scale = Math.min(space / 24, 9.5) * (back ? .88 : 1.06) * r.between(.94, 1.06);
      double x =
          WIDTH * (place + .5) / inRow
              + (back && people / 2 == inRow ? .12 * space : -.12 * space)
              + r.between(-.08, .08) * space;
      double y = (back ? .27 : .52) * HEIGHT + r.between(-18, 18);
      RenderedFace face =
          worker.renderer().render(canvas, person, shape, view, Placement.at(x, y, scale));
      gain += FaceShot.gain(person, face.brightness()) / people;
      FaceLabels.Truth truth =
          new FaceLabels.Truth(drawn.rule(), person, shape, view, face, seed, index);
      rows.add(labels.row(List.of(file, Integer.toString(k), expression.label()), truth));
    }
    worker.photograph().develop(canvas, gain);
    worker.photograph().noise(random.between(.5, 2), random.between(.3, 1), random.branch());
    return new Item(Map.of(file, format.encode(worker.photograph().finish())), rows);
  }
}
