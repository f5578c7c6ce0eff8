package org.affect4j.training.scene;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.affect4j.face.Point;
import org.affect4j.training.batch.internal.Seeds;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** What scenes are composed of. Immutable. */
public final class SceneSources {
  private static final int SPLIT = 31;

  private final List<Sprite> faces;
  private final List<Sprite> heads;
  private final List<Backdrop> backgrounds;
  private final List<Backdrop> lookalikes;

  /** A picture without faces. */
  record Backdrop(String name, PicturePyramid picture) {}

  SceneSources(
      List<Sprite> faces,
      List<Sprite> heads,
      List<Backdrop> backgrounds,
      List<Backdrop> lookalikes) {
    if (faces.isEmpty() && heads.isEmpty()) {
      throw new IllegalArgumentException(
          "scenes need faces: give a folder with photos of faces, or one with rendered heads");
    }
    if (backgrounds.isEmpty()) {
      throw new IllegalArgumentException("scenes need at least one background without a face");
    }
    this.faces = List.copyOf(faces);
    this.heads = List.copyOf(heads);
    this.backgrounds = List.copyOf(backgrounds);
    this.lookalikes = List.copyOf(lookalikes);
  }

  List<Sprite> faces() {
    return faces;
  }

  List<Sprite> heads() {
    return heads;
  }

  List<Backdrop> backgrounds() {
    return backgrounds;
  }

  List<Backdrop> lookalikes() {
    return lookalikes;
  }

  /**
   * Sources in two parts that share no picture.
   *
   * @param training what to train with
   * @param validation what to measure with
   */
  public record Parts(SceneSources training, SceneSources validation) {}

  /**
   * Divides the sources by the names of their pictures. A person with several pictures may be in
   * both parts. Look-alikes are all in the first part.
   *
   * @param share part to measure with, above 0 and below 1
   * @param seed decides which
   * @return both parts
   * @throws IllegalArgumentException if a part has no face or no background
   */
  public Parts split(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the part to measure with lies between 0 and 1, got " + share);
    }
    return new Parts(
        new SceneSources(
            part(faces, Sprite::name, share, seed, false),
            part(heads, Sprite::name, share, seed, false),
            part(backgrounds, Backdrop::name, share, seed, false),
            lookalikes),
        new SceneSources(
            part(faces, Sprite::name, share, seed, true),
            part(heads, Sprite::name, share, seed, true),
            part(backgrounds, Backdrop::name, share, seed, true),
            List.of()));
  }

  /**
   * The pictures that draw the lowest numbers: at least one of several, so that no kind is lost.
   */
  private static <T> List<T> part(
      List<T> all, Function<T, String> name, double share, long seed, boolean held) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(
        java.util.Comparator.comparingLong(
            (T t) -> Seeds.mix(seed, SPLIT, name.apply(t).hashCode())));
    int count =
        all.size() < 2
            ? 0
            : Math.max(1, (int) Math.min(all.size() - 1L, Math.round(share * all.size())));
    List<T> chosen = sorted.subList(0, count);
    List<T> rest = sorted.subList(count, sorted.size());
    return held ? chosen : rest;
  }

  /**
   * Returns the same sources without look-alikes.
   *
   * @return changed copy
   */
  public SceneSources withoutLookalikes() {
    return new SceneSources(faces, heads, backgrounds, List.of());
  }

  /**
   * Returns a checksum of all pictures and labels: other data give other scenes.
   *
   * @return 16 hexadecimal digits
   */
  public String key() {
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (List<Sprite> sprites : List.of(faces, heads)) {
      digest.update((byte) '|');
      for (Sprite sprite : sprites) {
        add(digest, sprite.picture());
        ByteBuffer numbers = ByteBuffer.allocate(14 * Double.BYTES);
        numbers.putDouble(sprite.box().x()).putDouble(sprite.box().y());
        numbers.putDouble(sprite.box().width()).putDouble(sprite.box().height());
        for (Point p : sprite.landmarks().points()) {
          numbers.putDouble(p.x()).putDouble(p.y());
        }
        digest.update(numbers.array());
      }
    }
    for (List<Backdrop> pictures : List.of(backgrounds, lookalikes)) {
      digest.update((byte) '|');
      pictures.forEach(p -> add(digest, p.picture()));
    }
    return Hex.encodeHexString(digest.digest()).substring(0, 16);
  }

  private static void add(MessageDigest digest, PicturePyramid picture) {
    PicturePyramid.Level level = picture.largest();
    digest.update(
        ByteBuffer.allocate(2 * Integer.BYTES)
            .putInt(level.width())
            .putInt(level.height())
            .array());
    digest.update(level.values());
    digest.update(level.alpha());
  }

  @Override
  public String toString() {
    return "%,d faces, %,d rendered heads, %,d backgrounds, %,d look-alikes"
        .formatted(faces.size(), heads.size(), backgrounds.size(), lookalikes.size());
  }
}
