package org.affect4j.training.landmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.RenderedFaces;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.SimilarityTransform;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.internal.CropPreparation;
import org.affect4j.training.batch.internal.Seeds;

/**
 * Rendered faces, aligned by their exact five landmarks, with the exact places of 68 points. Points
 * that the head or the edge of the crop hides have places too.
 *
 * @param set the aligned crops
 * @param points x and y of each point of each face, in pixels of its crop
 */
public record RenderedPoints(CropSet set, List<float[]> points) {
  private static final long SPLIT = 2;

  /** Copies the list. */
  public RenderedPoints {
    points = List.copyOf(points);
    if (points.size() != set.size()) {
      throw new IllegalArgumentException(
          "%s has %d faces, but there are points of %d".formatted(set, set.size(), points.size()));
    }
  }

  /**
   * Faces to learn from and to measure with, no person in both.
   *
   * @param training to learn from
   * @param validation to measure with
   */
  public record Parts(RenderedPoints training, RenderedPoints validation) {}

  /**
   * Prepares a set of {@code affect4j-synth au-set}, or finds it prepared.
   *
   * @param root its folder, with {@code labels.csv}
   * @param cache where prepared crops are kept
   * @param share part of the persons to measure with, above 0 and below 1
   * @param seed decides who
   * @param progress hears of every face that is prepared
   * @return both parts
   * @throws IOException if the set cannot be read, or its labels name no 68 points
   */
  public static Parts load(
      Path root, Path cache, double share, long seed, ProgressListener progress)
      throws IOException {
    AffectDataset dataset = RenderedFaces.load(root);
    FaceTable table = dataset.table();
    CropSet all =
        new CropPreparation(cache, FaceAligner.STANDARD_SIZE, progress)
            .prepare(
                "rendered",
                dataset,
                table,
                false,
                "as rendered",
                CropPreparation.ofPhotos(new FaceAligner(), photo -> Optional.empty()));
    Map<String, float[]> points = new HashMap<>();
    RenderedTruth.read(root).forEach(face -> points.put(face.file(), aligned(face)));
    if (all.size() != table.size() || points.size() != table.size()) {
      throw new IOException(
          "%s: %d faces are listed, %d of them under names of their own and %d with readable pictures; draw the set again"
              .formatted(root, table.size(), points.size(), all.size()));
    }
    List<String> persons = table.texts(FaceColumns.SUBJECT);
    boolean[] held = new boolean[all.size()];
    for (int i = 0; i < held.length; i++) {
      held[i] = isHeld(persons.get(i), share, seed);
    }
    return new Parts(
        part(all, points, "rendered", IntStream.range(0, held.length).filter(i -> !held[i])),
        part(
            all,
            points,
            "rendered_validation",
            IntStream.range(0, held.length).filter(i -> held[i])));
  }

  private static RenderedPoints part(
      CropSet all, Map<String, float[]> points, String name, IntStream faces) {
    CropSet set = all.subset(name, faces.toArray());
    List<float[]> places = new ArrayList<>(set.size());
    for (int i = 0; i < set.size(); i++) {
      places.add(points.get(set.name(i)));
    }
    return new RenderedPoints(set, places);
  }

  /** Tells whether a person's faces are measured with. */
  static boolean isHeld(String person, double share, long seed) {
    return Seeds.stream(seed, SPLIT, person.hashCode()).nextDouble() < share;
  }

  /** Points of a face, where they lie once it is aligned. */
  private static float[] aligned(RenderedTruth face) {
    SimilarityTransform aligned = new FaceAligner().transform(face.five());
    float[] places = new float[2 * Landmarks68.COUNT];
    for (int i = 0; i < Landmarks68.COUNT; i++) {
      Point p = aligned.apply(face.all().points().get(i));
      places[2 * i] = (float) p.x();
      places[2 * i + 1] = (float) p.y();
    }
    return places;
  }

  @Override
  public String toString() {
    return set + " with 68 points each";
  }
}
