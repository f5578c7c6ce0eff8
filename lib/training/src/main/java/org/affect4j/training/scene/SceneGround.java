package org.affect4j.training.scene;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;

/**
 * A scene before there are faces in it: a background, and things that resemble faces. The order in
 * which random numbers are drawn decides the scene, so that it must not be changed. For one thread.
 */
class SceneGround {
  final SplittableRandom random;
  final SceneCanvas canvas;
  private final SceneSources sources;
  private final SceneOptions options;

  /** Whether the whole scene has no colour. */
  boolean grey;

  SceneGround(SceneSources sources, SceneOptions options, SplittableRandom random) {
    this.sources = sources;
    this.options = options;
    this.random = random;
    this.canvas = new SceneCanvas(options.side(), options.side());
  }

  boolean chance(double p) {
    return random.nextDouble() < p;
  }

  double logarithmic(double least, double most) {
    return logarithmic(random, least, most);
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Fills a canvas with a random part of a random background. */
  private void fill(SceneCanvas target, Paint paint) {
    fill(target, any(sources.backgrounds()).picture(), paint, random);
  }

  private BufferedImage patch(int width, int height) {
    SceneCanvas patch = new SceneCanvas(width, height);
    fill(patch, Paint.plain(false));
    return patch.image();
  }

  void background() {
    if (options.textures() > 0 && chance(options.textures())) {
      fill(
          canvas,
          PicturePyramid.of(Textures.draw(options.side(), random), options.side()),
          Paint.draw(random, false, false, 1),
          random);
      return;
    }
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
  void paste(PicturePyramid picture, double x, double y) {
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

  PicturePyramid shape(double size) {
    int side = Math.min(300, (int) (4 * size) + 8);
    return Lookalikes.shape(size, patch(side, side), random);
  }

  void lookalikes(double chance) {
    if (!options.lookalikes()) {
      return;
    }
    if (!sources.lookalikes().isEmpty() && chance(.3)) {
      PicturePyramid picture = any(sources.lookalikes()).picture();
      resembling(picture, logarithmic(options.side() / 8.0, options.side()), Mask.ALL, Math.PI / 9);
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

  Sprite anyFace() {
    return sources.faces().isEmpty() || !sources.heads().isEmpty() && chance(.4)
        ? any(sources.heads())
        : any(sources.faces());
  }

  /** A hand as large as half a face or a whole one, somewhere at its edge. */
  void hand(PixelBox face) {
    PicturePyramid hand = Lookalikes.hand(random);
    double angle = random.nextDouble(2 * Math.PI);
    Point centre =
        new Point(
            face.x() + face.width() / 2 * (1 + random.nextDouble(.4, 1) * Math.cos(angle)),
            face.y() + face.height() / 2 * (1 + random.nextDouble(.4, 1) * Math.sin(angle)));
    resembling(hand, face.size() * random.nextDouble(.5, 1), Mask.ALL, Math.PI, centre);
  }

  private void resembling(PicturePyramid picture, double size, Mask mask, double mostTurn) {
    resembling(picture, size, mask, mostTurn, anywhere(0));
  }

  private void resembling(
      PicturePyramid picture, double size, Mask mask, double mostTurn, Point centre) {
    double k = size / Math.max(picture.width(), picture.height());
    canvas.paste(
        picture,
        Affine.about(
            new Point((picture.width() - 1) / 2.0, (picture.height() - 1) / 2.0),
            centre,
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

  Point anywhere(double margin) {
    double low = -margin;
    double high = options.side() + margin;
    return high > low
        ? new Point(random.nextDouble(low, high), random.nextDouble(low, high))
        : new Point(
            options.side() * random.nextDouble(.4, .6), options.side() * random.nextDouble(.4, .6));
  }

  Affine place(Sprite sprite, Point centre, double kx, double ky, double radians) {
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
  void paint(Sprite sprite, Affine map, Mask mask, int covers) {
    boolean toGrey = grey || chance(.12);
    canvas.paste(
        sprite.picture(),
        map,
        Paint.draw(random, toGrey, sprite.picture().isGrey() && chance(.8), chance(.8) ? 1 : 0),
        mask,
        sprite.box(),
        covers);
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
}
