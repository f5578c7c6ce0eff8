package org.affect4j.training.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.internal.Seeds;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;

/**
 * Scenes cut out of photos in which every face has a box, such as those of WIDER FACE, for a share
 * of the scenes of a training: a random square of .3 to 1 of the photo's shorter side, scaled to
 * the scene, mirrored half of the time (Deng et al. 2020, section 4.2), then what a camera and a
 * file do to a picture (ours, in place of the paper's change of colours). Landmarks are not taken
 * over: they are learned from composed scenes.
 *
 * <p>A face counts if its middle lies in the scene, it is nine tenths of the least size or larger,
 * and the dataset does not call it invalid; all others are neither to be found nor to be missed. A
 * scene is a function of the seed, epoch and index alone. For one thread.
 */
public final class PhotoScenes {
  private static final int PHOTO = 22;
  private static final int SHARE = 23;
  private static final double LEAST_PART = .3;
  private static final double LEAST_OF_SMALLEST = .9;

  private final AffectDataset dataset;
  private final FaceTable rows;
  private final double share;
  private final SceneOptions options;
  private final Damage damage = new Damage();

  /** Rows of each photo. */
  private final List<List<Integer>> photos;

  /**
   * Takes photos of a dataset.
   *
   * @param dataset one row per face; rows without a box are left out
   * @param split which of its splits
   * @param share part of the scenes that photos give, above 0, at most 1
   * @param options side of a scene and least size of a face
   * @throws IllegalArgumentException if the share is out of range, or no face of the split has a
   *     box
   */
  public PhotoScenes(AffectDataset dataset, String split, double share, SceneOptions options) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "photos give a part of the scenes above 0 and up to 1, got " + share);
    }
    this.dataset = dataset;
    this.rows = dataset.table();
    this.share = share;
    this.options = options;
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    IntStream.range(0, rows.size())
        .filter(row -> rows.text(row, FaceColumns.SPLIT).orElse("").equals(split))
        .filter(row -> rows.box(row).isPresent())
        .forEach(
            row ->
                byName
                    .computeIfAbsent(
                        rows.text(row, FaceColumns.INPUT).orElseThrow(), n -> new ArrayList<>())
                    .add(row));
    photos = List.copyOf(byName.values());
    if (photos.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no photo with a box of a face in the split '%s': %s"
              .formatted(dataset.name(), split, dataset.report()));
    }
  }

  /**
   * Tells whether a scene of a training comes from a photo.
   *
   * @param seed the run's seed
   * @param epoch 0 or more
   * @param index number of the scene in the epoch
   * @return true for about the share of all scenes
   */
  public boolean gives(long seed, long epoch, long index) {
    return Seeds.stream(seed, SHARE, epoch, index).nextDouble() < share;
  }

  /**
   * Cuts out one scene.
   *
   * @param seed the run's seed
   * @param epoch 0 or more
   * @param index number of the scene in the epoch
   * @return the scene
   * @throws UncheckedIOException if its photo cannot be read
   */
  public Scene compose(long seed, long epoch, long index) {
    SplittableRandom random = Seeds.stream(seed, PHOTO, epoch, index);
    List<Integer> faces = photos.get(random.nextInt(photos.size()));
    FaceImage photo = photo(faces.get(0));
    int shorter = Math.min(photo.width(), photo.height());
    int size = Math.max(1, (int) (shorter * random.nextDouble(LEAST_PART, 1)));
    int x = random.nextInt(photo.width() - size + 1);
    int y = random.nextInt(photo.height() - size + 1);
    boolean mirrored = random.nextBoolean();
    FaceImage square = photo.cut(x, y, size, size, 0).resized(options.side(), options.side());
    SceneCanvas canvas = new SceneCanvas(options.side(), options.side());
    Damage.put((mirrored ? square.mirrored() : square).toBufferedImage(), canvas);
    damage.apply(canvas, false, random);
    return new Scene(
        canvas,
        faces.stream().flatMap(row -> labelled(row, x, y, size, mirrored).stream()).toList());
  }

  private FaceImage photo(int row) {
    try {
      return dataset.photo(rows.rowNumbers()[row]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A face in the scene; none if it lies outside. */
  private Optional<LabelledFace> labelled(int row, int x, int y, int size, boolean mirrored) {
    int side = options.side();
    double k = (double) side / size;
    // Edges of first pixels coincide, so that centres at integers move by half a pixel's growth.
    double half = (k - 1) / 2;
    PixelBox scaled = rows.box(row).orElseThrow().moved(1, -x, -y).moved(k, half, half);
    PixelBox box =
        mirrored
            ? new PixelBox(side - 1 - scaled.right(), scaled.y(), scaled.width(), scaled.height())
            : scaled;
    if (box.right() <= 0 || box.bottom() <= 0 || box.x() >= side || box.y() >= side) {
      return Optional.empty();
    }
    double middleX = box.x() + box.width() / 2;
    double middleY = box.y() + box.height() / 2;
    boolean counts =
        middleX >= 0
            && middleX < side
            && middleY >= 0
            && middleY < side
            && box.size() >= LEAST_OF_SMALLEST * options.smallest()
            && !(rows.has("invalid") && rows.number(row, "invalid").orElse(0) == 1);
    return Optional.of(new LabelledFace(box, Optional.empty(), counts));
  }

  @Override
  public String toString() {
    return "%,d photos of %s, checksum %s, for %s of the scenes"
        .formatted(photos.size(), dataset.name(), dataset.checksum(), share);
  }
}
