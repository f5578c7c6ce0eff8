package org.affect4j.training.scene;

import java.awt.image.BufferedImage;
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
 * filled it. A face does not count, neither as found nor as missed, where less than 60 % of its box
 * lies within the scene, where something covers more than 45 % of its middle, or where it is
 * smaller than nine tenths of the least size.
 */
public final class SceneComposer {
  private static final int SCENE = 21;
  private static final int[] COUNTS = {1, 2, 3, 4, 6, 8};
  private static final double[] COUNT_CHANCES = {.28, .22, .17, .13, .11, .09};

  private static final double LEAST_WITHIN = .6;
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
   * Returns what scenes look like.
   *
   * @return the options
   */
  public SceneOptions options() {
    return options;
  }

  /**
   * Returns what scenes are composed of.
   *
   * @return the sources
   */
  public SceneSources sources() {
    return sources;
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
  private final class Making {
    private final SplittableRandom random;
    private final SceneCanvas canvas = new SceneCanvas(options.side(), options.side());
    private final List<Placed> placed = new ArrayList<>();
    private boolean grey;

    Making(SplittableRandom random) {
      this.random = random;
    }

    Scene run() {
      double kind = random.nextDouble();
      grey = chance(.14);
      background();
      if (kind < options.withoutFaces()) {
        lookalikes(1);
      } else if (kind < options.withoutFaces() + options.crowds()) {
        crowd();
      } else {
        lookalikes(.5);
        some();
        occlude();
      }
      List<LabelledFace> faces = labels();
      damage.apply(canvas, grey, random);
      return new Scene(canvas, faces);
    }

    private boolean chance(double p) {
      return random.nextDouble() < p;
    }

    private double logarithmic(double least, double most) {
      return SceneComposer.logarithmic(random, least, most);
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    /** Fills a canvas with a random part of a random background. */
    private void fill(SceneCanvas target, Paint paint) {
      SceneComposer.fill(target, any(sources.backgrounds()).picture(), paint, random);
    }

    private BufferedImage patch(int width, int height) {
      SceneCanvas patch = new SceneCanvas(width, height);
      fill(patch, Paint.plain(false));
      return patch.image();
    }

    private void background() {
      Paint light = chance(.6) ? Paint.draw(random, false, false, 1) : Paint.plain(false);
      double kind = random.nextDouble();
      if (kind < .86) {
        fill(canvas, light);
        for (int n = kind < .72 ? 0 : random.nextInt(1, 4); n > 0; n--) {
          int width = random.nextInt(options.side() / 8, options.side());
          int height = random.nextInt(options.side() / 8, options.side());
          paste(
              PicturePyramid.of(patch(width, height), options.side()),
              random.nextDouble() * options.side(),
              random.nextDouble() * options.side());
        }
      } else {
        smooth();
      }
      for (int n = chance(.6) ? random.nextInt(5) : 0; n > 0; n--) {
        paste(
            shape(logarithmic(8, 140)),
            random.nextDouble() * options.side(),
            random.nextDouble() * options.side());
      }
    }

    /** A wall: colours that change slowly. */
    private void smooth() {
      int n = random.nextInt(2, 6);
      SceneCanvas coarse = new SceneCanvas(n, n);
      double[] colour = new double[3];
      for (int c = 0; c < 3; c++) {
        colour[c] = random.nextDouble(255) * random.nextDouble(.2, 1) + 10;
      }
      double spread = random.nextDouble(2, 50);
      for (int i = 0; i < coarse.bgr().length; i++) {
        double value = colour[i % 3] + random.nextGaussian() * spread;
        coarse.bgr()[i] = (byte) (int) Math.max(0, Math.min(255, value));
      }
      double k = (double) options.side() / (n - 1);
      canvas.paste(
          PicturePyramid.of(coarse.image(), n),
          new Affine(k, 0, 0, 0, k, 0),
          Paint.plain(false),
          Mask.ALL,
          new PixelBox(0, 0, 1, 1),
          SceneCanvas.FREE);
    }

    /** Puts a picture as it is where its centre is given. */
    private void paste(PicturePyramid picture, double x, double y) {
      canvas.paste(
          picture,
          Affine.about(
              new Point((picture.width() - 1) / 2.0, (picture.height() - 1) / 2.0),
              new Point(x, y),
              1,
              1,
              false,
              0),
          Paint.plain(false),
          Mask.ALL,
          new PixelBox(0, 0, 1, 1),
          SceneCanvas.OTHER);
    }

    private PicturePyramid shape(double size) {
      int side = Math.min(300, (int) (4 * size) + 8);
      return Lookalikes.shape(size, patch(side, side), random);
    }

    private void lookalikes(double chance) {
      if (!options.lookalikes()) {
        return;
      }
      if (!sources.lookalikes().isEmpty() && chance(.3)) {
        PicturePyramid picture = any(sources.lookalikes()).picture();
        resembling(
            picture, logarithmic(options.side() / 8.0, options.side()), Mask.ALL, Math.PI / 9);
      }
      for (int n = chance(chance) ? random.nextInt(1, 5) : 0; n > 0; n--) {
        double kind = random.nextDouble();
        if (kind < .4) {
          resembling(Lookalikes.hand(random), logarithmic(16, 140), Mask.ALL, Math.PI);
        } else if (kind < .6) {
          PicturePyramid picture = Lookalikes.scrambled(anyFace(), random);
          resembling(picture, logarithmic(14, 180), Mask.ALL, Math.PI / 4);
        } else if (kind < .85) {
          PicturePyramid picture = Lookalikes.part(anyFace(), random);
          Mask mask =
              random.nextBoolean()
                  ? Mask.ALL
                  : Mask.ellipse(new PixelBox(0, 0, picture.width(), picture.height()), .95, .15);
          resembling(picture, logarithmic(10, 110), mask, Math.PI);
        } else {
          wiped();
        }
      }
    }

    private Sprite anyFace() {
      return sources.faces().isEmpty() || !sources.heads().isEmpty() && chance(.4)
          ? any(sources.heads())
          : any(sources.faces());
    }

    private void resembling(PicturePyramid picture, double size, Mask mask, double mostTurn) {
      double k = size / Math.max(picture.width(), picture.height());
      canvas.paste(
          picture,
          Affine.about(
              new Point((picture.width() - 1) / 2.0, (picture.height() - 1) / 2.0),
              anywhere(0),
              k,
              k,
              random.nextBoolean(),
              random.nextDouble(-mostTurn, mostTurn)),
          Paint.draw(random, grey, picture.isGrey(), 1),
          mask,
          new PixelBox(0, 0, picture.width(), picture.height()),
          SceneCanvas.OTHER);
    }

    /** A head whose face is covered with the colour of its own skin. */
    private void wiped() {
      Sprite sprite = anyFace();
      double size = logarithmic(14, 180);
      double k = size / sprite.box().size();
      Affine map = place(sprite, anywhere(0), k, k, Math.toRadians(random.nextDouble(-40, 40)));
      paint(sprite, map, Mask.draw(random, sprite), SceneCanvas.OTHER);
      PixelBox face = map.apply(sprite.box());
      double[] colour =
          canvas.mean(
              new PixelBox(
                  face.x() + face.width() * .4,
                  face.y() + face.height() * .05,
                  face.width() * .2,
                  face.height() * .1));
      BufferedImage blank = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
      for (int i = 0; i < 256; i++) {
        int noise = (int) (random.nextGaussian() * 3);
        int rgb = 0;
        for (int c = 2; c >= 0; c--) {
          rgb = rgb << 8 | Math.max(0, Math.min(255, (int) colour[c] + noise));
        }
        blank.setRGB(i % 16, i / 16, rgb);
      }
      PicturePyramid cover = PicturePyramid.of(blank, 16);
      canvas.paste(
          cover,
          new Affine(
              face.width() * 1.1 / 16,
              0,
              face.x() - face.width() * .05,
              0,
              face.height() * 1.1 / 16,
              face.y() - face.height() * .05),
          Paint.plain(false),
          Mask.ellipse(new PixelBox(-.5, -.5, 16, 16), .95, .05),
          new PixelBox(0, 0, 16, 16),
          SceneCanvas.OTHER);
    }

    private Point anywhere(double margin) {
      double low = -margin;
      double high = options.side() + margin;
      return high > low
          ? new Point(random.nextDouble(low, high), random.nextDouble(low, high))
          : new Point(
              options.side() * random.nextDouble(.4, .6),
              options.side() * random.nextDouble(.4, .6));
    }

    private Affine place(Sprite sprite, Point centre, double kx, double ky, double radians) {
      PixelBox box = sprite.box();
      return Affine.about(
          new Point(box.x() + box.width() / 2, box.y() + box.height() / 2),
          centre,
          kx,
          ky,
          random.nextBoolean(),
          radians);
    }

    /** Draws light and colour and paints a face. */
    private void paint(Sprite sprite, Affine map, Mask mask, int covers) {
      boolean toGrey = grey || chance(.12);
      canvas.paste(
          sprite.picture(),
          map,
          Paint.draw(random, toGrey, sprite.picture().isGrey() && chance(.8), chance(.8) ? 1 : 0),
          mask,
          sprite.box(),
          covers);
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
            within(box, options.side()) > LEAST_WITHIN
                && box.size() >= LEAST_OF_SMALLEST * options.smallest()
                && canvas.hidden(box, i + 1) <= MOST_HIDDEN;
        faces.add(new LabelledFace(box, Optional.of(placed.get(i).landmarks()), counts));
      }
      return faces;
    }
  }

  /** Fills a canvas with a random part of a picture, enlarged or shrunk. */
  static void fill(
      SceneCanvas target, PicturePyramid picture, Paint paint, SplittableRandom random) {
    double least = Math.min(90, Math.min(picture.width(), picture.height()));
    double most = Math.min(picture.width(), picture.height());
    double side = least < most ? logarithmic(random, least, most) : most;
    double longest = Math.max(target.width(), target.height());
    double width = side * target.width() / longest;
    double height = side * target.height() / longest;
    double x = random.nextDouble() * (picture.width() - width);
    double y = random.nextDouble() * (picture.height() - height);
    double k = target.width() / width;
    target.paste(
        picture,
        Affine.about(
            new Point(x + (width - 1) / 2, y + (height - 1) / 2),
            new Point((target.width() - 1) / 2.0, (target.height() - 1) / 2.0),
            // A little more, so that no edge stays empty.
            k * 1.01,
            k * 1.01,
            random.nextBoolean(),
            0),
        paint,
        Mask.ALL,
        new PixelBox(0, 0, 1, 1),
        SceneCanvas.FREE);
  }

  private static double logarithmic(SplittableRandom random, double least, double most) {
    return Math.exp(random.nextDouble(Math.log(least), Math.log(most)));
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
