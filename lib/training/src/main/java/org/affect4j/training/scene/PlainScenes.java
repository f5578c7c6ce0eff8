package org.affect4j.training.scene;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.FaceImage;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;

/**
 * Scenes to measure detectors with: one face as it was photographed or drawn, upright and shrunk,
 * wholly within a background; or the background alone. Nothing is added, damaged or coloured. A
 * scene is a function of the seed and its number alone. Immutable.
 */
public final class PlainScenes {
  /** Side of a scene in pixels. */
  public static final int SIDE = 320;

  private static final int FACE = 23;
  private static final int FACELESS = 24;

  private final SceneSources sources;
  private final long seed;

  /**
   * Makes scenes.
   *
   * @param sources what to compose of
   * @param seed decides the scenes
   */
  public PlainScenes(SceneSources sources, long seed) {
    this.sources = sources;
    this.seed = seed;
  }

  /** Where the faces of scenes come from. */
  public enum Kind {
    /** Photos. */
    PHOTOS,
    /** Rendered heads. */
    HEADS
  }

  private List<Sprite> sprites(Kind kind) {
    return kind == Kind.PHOTOS ? sources.faces() : sources.heads();
  }

  /**
   * Returns how many faces there are; scenes with higher numbers show the same ones again.
   *
   * @param kind which faces
   * @return 0 or more
   */
  public int faces(Kind kind) {
    return sprites(kind).size();
  }

  /**
   * Composes a scene with one face.
   *
   * @param kind which faces; there must be some
   * @param number 0 or more
   * @param least least size of the face, the root of width times height, in pixels
   * @param most largest size; sizes are evenly spread over the logarithm, and no face is enlarged
   * @return the scene
   */
  public Scene face(Kind kind, int number, double least, double most) {
    List<Sprite> all = sprites(kind);
    Sprite sprite = all.get(number % all.size());
    SplittableRandom random = Seeds.stream(seed, FACE, kind.ordinal(), number);
    SceneCanvas canvas = background(random);
    double size =
        Math.min(sprite.box().size(), Math.exp(random.nextDouble(Math.log(least), Math.log(most))));
    double k = size / sprite.box().size();
    PixelBox box = sprite.box();
    Affine map =
        Affine.about(
            new Point(box.x() + box.width() / 2, box.y() + box.height() / 2),
            new Point(within(random, k * box.width()), within(random, k * box.height())),
            k,
            k,
            false,
            0);
    canvas.paste(sprite.picture(), map, Paint.plain(false), Mask.ALL, box, 1);
    return new Scene(
        canvas,
        List.of(
            new LabelledFace(map.apply(box), Optional.of(map.apply(sprite.landmarks())), true)));
  }

  /** A place for the middle of something so long that it lies within the scene if it can. */
  private static double within(SplittableRandom random, double length) {
    double least = Math.min(length, SIDE) / 2;
    return least + random.nextDouble() * (SIDE - 2 * least);
  }

  /**
   * Composes a scene without a face.
   *
   * @param number 0 or more
   * @return the scene
   */
  public Scene faceless(int number) {
    return new Scene(background(Seeds.stream(seed, FACELESS, 0, number)), List.of());
  }

  private SceneCanvas background(SplittableRandom random) {
    SceneCanvas canvas = new SceneCanvas(SIDE, SIDE);
    SceneGround.fill(
        canvas,
        sources.backgrounds().get(random.nextInt(sources.backgrounds().size())).picture(),
        Paint.plain(false),
        random);
    return canvas;
  }

  /**
   * Returns the pictures that hold no face but resemble some.
   *
   * @return one image for each, as it was read; unmodifiable
   */
  public List<FaceImage> lookalikes() {
    return sources.lookalikes().stream().map(PlainScenes::whole).toList();
  }

  private static FaceImage whole(SceneSources.Backdrop backdrop) {
    PicturePyramid picture = backdrop.picture();
    SceneCanvas canvas = new SceneCanvas(picture.width(), picture.height());
    canvas.paste(
        picture,
        new Affine(1, 0, 0, 0, 1, 0),
        Paint.plain(false),
        Mask.ALL,
        new PixelBox(0, 0, 1, 1),
        SceneCanvas.FREE);
    return FaceImage.of(canvas.image());
  }
}
