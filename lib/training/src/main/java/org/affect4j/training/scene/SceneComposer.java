package org.affect4j.training.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.SimilarityTransform;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;

/**
 * Composes scenes: a background, things that are no faces, faces of any size, turned, mirrored, in
 * any light, partly covered or outside, then what a camera and a file do to a picture. A scene is a
 * function of the seed, epoch and index alone. For one thread.
 *
 * <p>Landmarks go exactly where their pixels go. A box becomes the bounds of the ellipse that
 * filled it. A face does not count, neither as found nor as missed, where less than 60 % of its
 * box, 35 % of a close-up's, lies within the scene, where something covers more than 45 % of its
 * middle, or where it is smaller than nine tenths of the least size.
 */
public final class SceneComposer {
  private static final int SCENE = 21;
  private static final int[] COUNTS = {1, 2, 3, 4, 6, 8};
  private static final double[] COUNT_CHANCES = {.28, .22, .17, .13, .11, .09};

  private static final double LEAST_WITHIN = .6;
  private static final double LEAST_WITHIN_CLOSE_UP = .35;
  private static final double LEAST_CLOSE_UP = .6;
  private static final double MOST_CLOSE_UP = 1.4;
  private static final double MOST_HIDDEN = .45;
  private static final double LEAST_OF_SMALLEST = .9;
  private static final double CROWD_LEAST = 10;
  private static final double CROWD_MOST = 24;

  private final SceneSources sources;
  private final SceneOptions options;
  private final Damage damage = new Damage();

  /**
   * Makes a composer.
   *
   * @param sources what to compose of
   * @param options what scenes look like
   */
  public SceneComposer(SceneSources sources, SceneOptions options) {
    this.sources = sources;
    this.options = options;
  }

  /**
   * Composes one scene.
   *
   * @param seed the run's seed
   * @param epoch 0 or more
   * @param index number of the scene in the epoch
   * @return the scene
   */
  public Scene compose(long seed, long epoch, long index) {
    return new Making(Seeds.stream(seed, SCENE, epoch, index)).run();
  }

  /** A face that was put in. */
  private record Placed(PixelBox box, Landmarks landmarks) {}

  /** One scene in the making. */
  private final class Making extends SceneGround {
    private final List<Placed> placed = new ArrayList<>();
    private double leastWithin = LEAST_WITHIN;

    Making(SplittableRandom random) {
      super(sources, options, random);
    }

    Scene run() {
      double kind = random.nextDouble();
      grey = chance(.14);
      background();
      if (kind < options.withoutFaces()) {
        lookalikes(1);
      } else if (kind < options.withoutFaces() + options.crowds()) {
        crowd();
      } else if (kind < options.withoutFaces() + options.crowds() + options.closeUps()) {
        closeUp();
      } else {
        lookalikes(.5);
        some();
        occlude();
      }
      List<LabelledFace> faces = labels();
      damage.apply(canvas, grey, random);
      return new Scene(canvas, faces);
    }

    /** Few faces: the fewer, the larger they may be. */
    private void some() {
      int n = COUNTS[choose(COUNT_CHANCES)];
      double most =
          n <= 2 ? options.largest() : n <= 4 ? options.largest() * .53 : options.largest() * .3;
      double least = options.smallest();
      double[] sizes = new double[n];
      for (int i = 0; i < n; i++) {
        sizes[i] = least < most ? logarithmic(least, most) : least;
      }
      Arrays.sort(sizes);
      for (double size : sizes) {
        double turn =
            Math.toRadians(chance(.6) ? random.nextDouble(-25, 25) : random.nextGaussian() * 6);
        put(size, chance(.05) ? 2 * turn : turn, .12, 8, Optional.empty());
      }
    }

    /** One face that fills the scene or more, often with something on it or before it. */
    private void closeUp() {
      leastWithin = LEAST_WITHIN_CLOSE_UP;
      double height = options.side() * random.nextDouble(LEAST_CLOSE_UP, MOST_CLOSE_UP);
      Sprite sprite = drawFace(height);
      double k = height / sprite.box().height();
      double middle = options.side() / 2.0;
      Point centre =
          new Point(
              middle * (1 + random.nextGaussian() * .15),
              middle * (1 + random.nextGaussian() * .15));
      double turn = Math.toRadians(random.nextDouble(-1, 1) * (chance(.3) ? 60 : 20));
      Affine map = place(sprite, centre, k, k, turn);
      paint(sprite, map, Mask.draw(random, sprite), 1);
      Placed face = new Placed(map.apply(sprite.box()), map.apply(sprite.landmarks()));
      placed.add(face);
      double cover = random.nextDouble();
      if (cover < .3) {
        canvas.paste(
            PicturePyramid.of(
                FaceCovers.draw(face.landmarks(), options.side(), random), options.side()),
            new Affine(1, 0, 0, 0, 1, 0),
            Paint.draw(random, grey, false, .5),
            Mask.ALL,
            face.box(),
            1);
      } else if (cover < .45) {
        hand(face.box());
      }
    }

    /** Many small faces in rows, nearer ones larger and in front of farther ones. */
    private void crowd() {
      int n = random.nextInt(10, 42);
      double size = logarithmic(Math.min(options.smallest(), CROWD_LEAST), CROWD_MOST);
      double depth = random.nextDouble(.8);
      double[] rows = random.doubles(n).map(v -> v * options.side()).sorted().toArray();
      for (double row : rows) {
        double here =
            size
                * Math.exp(random.nextGaussian() * .12)
                * (1 - depth / 2 + depth * row / options.side());
        put(here, Math.toRadians(random.nextGaussian() * 9), .1, 4, Optional.of(row));
      }
    }

    private int choose(double... chances) {
      double v = random.nextDouble();
      int i = 0;
      while (i < chances.length - 1 && v >= chances[i]) {
        v -= chances[i];
        i++;
      }
      return i;
    }

    /** Puts one face where it hides others little, or nowhere after a number of tries. */
    private void put(
        double size, double turn, double mostOverlap, int tries, Optional<Double> row) {
      Sprite sprite = drawFace(size);
      double k = size / sprite.box().size();
      double anisotropy = Math.exp(random.nextGaussian() * .05);
      for (int i = 0; i < tries; i++) {
        Point centre =
            row.map(y -> new Point(random.nextDouble() * options.side(), y))
                .orElseGet(() -> anywhere(chance(.15) ? .35 * size : -.35 * size));
        Affine map = place(sprite, centre, k * anisotropy, k / anisotropy, turn);
        PixelBox box = map.apply(sprite.box());
        if (placed.stream().allMatch(p -> overlap(p.box(), box) < mostOverlap)) {
          int number = placed.size() + 1;
          paint(sprite, map, Mask.draw(random, sprite), number);
          if (!exchangeFace(sprite, map, number)) {
            placed.add(new Placed(box, map.apply(sprite.landmarks())));
          }
          return;
        }
      }
    }

    /** Coarse crops are for small faces. */
    private Sprite drawFace(double size) {
      for (int i = 0; i < 4; i++) {
        Sprite sprite = anyFace();
        if (sprite.box().size() * 1.6 >= size) {
          return sprite;
        }
      }
      return anyFace();
    }

    /**
     * Puts the inner part of a photographed face on a rendered head at times: real skin with the
     * outline of a head. The labels are those of the photo then.
     */
    private boolean exchangeFace(Sprite head, Affine headMap, int number) {
      boolean possible = !sources.faces().isEmpty() && head.rendered() && isFrontal(head);
      if (!possible || !chance(.45)) {
        return false;
      }
      Sprite face = any(sources.faces());
      if (!isFrontal(face)) {
        return false;
      }
      Affine map =
          Affine.of(
              SimilarityTransform.fit(
                  face.landmarks().points(), headMap.apply(head.landmarks()).points()));
      double[] wanted = canvas.mean(bounds(headMap.apply(head.landmarks())));
      double[] own = mean(face);
      Landmarks l = face.landmarks();
      double ex = (l.eyeLeft().x() + l.eyeRight().x()) / 2;
      double ey = (l.eyeLeft().y() + l.eyeRight().y()) / 2;
      double dx = (l.mouthLeft().x() + l.mouthRight().x()) / 2 - ex;
      double dy = (l.mouthLeft().y() + l.mouthRight().y()) / 2 - ey;
      double length = Math.hypot(dx, dy);
      canvas.paste(
          face.picture(),
          map,
          Paint.gains(
              true,
              (wanted[0] + 1) / (own[0] + 1),
              (wanted[1] + 1) / (own[1] + 1),
              (wanted[2] + 1) / (own[2] + 1)),
          Mask.turnedEllipse(
              ex + dx * .52,
              ey + dy * .52,
              Math.max(l.interocularDistance(), length) * random.nextDouble(.82, .98),
              length * random.nextDouble(1.05, 1.28),
              Math.atan2(dy, dx) - Math.PI / 2,
              random.nextDouble(.06, .2)),
          face.box(),
          number);
      placed.add(new Placed(map.apply(face.box()), map.apply(l)));
      return true;
    }

    private void occlude() {
      for (Placed p : placed) {
        if (chance(.16)) {
          PixelBox box = p.box();
          paste(
              shape(box.size() * random.nextDouble(.12, .5)),
              box.x() + random.nextDouble() * box.width(),
              box.y() + random.nextDouble() * box.height());
        }
      }
    }

    private List<LabelledFace> labels() {
      List<LabelledFace> faces = new ArrayList<>();
      for (int i = 0; i < placed.size(); i++) {
        PixelBox box = placed.get(i).box();
        boolean counts =
            within(box, options.side()) > leastWithin
                && box.size() >= LEAST_OF_SMALLEST * options.smallest()
                && canvas.hidden(box, i + 1) <= MOST_HIDDEN;
        faces.add(new LabelledFace(box, Optional.of(placed.get(i).landmarks()), counts));
      }
      return faces;
    }
  }

  private static double within(PixelBox box, int side) {
    double w = Math.min(side, box.right()) - Math.max(0, box.x());
    double h = Math.min(side, box.bottom()) - Math.max(0, box.y());
    return Math.max(0, w) * Math.max(0, h) / box.area();
  }

  /** Intersection over the smaller of two boxes. */
  private static double overlap(PixelBox a, PixelBox b) {
    double w = Math.min(a.right(), b.right()) - Math.max(a.x(), b.x());
    double h = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y());
    return Math.max(0, w) * Math.max(0, h) / Math.min(a.area(), b.area());
  }

  /** Tells whether the nose is near the middle between the eyes. */
  private static boolean isFrontal(Sprite sprite) {
    Landmarks l = sprite.landmarks();
    double middle = (l.eyeLeft().x() + l.eyeRight().x()) / 2;
    return Math.abs(l.nose().x() - middle) < .22 * Math.max(1, l.eyeRight().x() - l.eyeLeft().x());
  }

  private static PixelBox bounds(Landmarks landmarks) {
    double[] x = landmarks.points().stream().mapToDouble(Point::x).sorted().toArray();
    double[] y = landmarks.points().stream().mapToDouble(Point::y).sorted().toArray();
    return PixelBox.ofCorners(x[0], y[0], x[4], y[4]);
  }

  /** Mean luma of a face between its landmarks, three times: its colours are not used. */
  private static double[] mean(Sprite face) {
    SceneCanvas small = new SceneCanvas(8, 8);
    PixelBox box = bounds(face.landmarks());
    double kx = 8 / Math.max(1, box.width());
    double ky = 8 / Math.max(1, box.height());
    small.paste(
        face.picture(),
        new Affine(kx, 0, -box.x() * kx, 0, ky, -box.y() * ky),
        Paint.plain(true),
        Mask.ALL,
        face.box(),
        SceneCanvas.FREE);
    return small.mean(new PixelBox(0, 0, 8, 8));
  }
}
