package org.affect4j.training.batch.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.affect4j.analysis.CropAligner;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;

/**
 * Turns any dataset into a {@link CropSet}, once: the files are found again as long as dataset,
 * rows, size and way of alignment stay the same.
 */
public final class CropPreparation {
  /** Cuts the face of one row out of its photo. */
  public interface Cutter {
    /**
     * Cuts one face.
     *
     * @param dataset the dataset
     * @param row number from its column {@code row}
     * @return square crop; empty if no face is found
     * @throws IOException if the photo cannot be read
     */
    Optional<FaceImage> cut(AffectDataset dataset, int row) throws IOException;
  }

  private final Path folder;
  private final int side;
  private final ProgressListener progress;
  private final Map<String, Integer> skipped = new LinkedHashMap<>();

  /**
   * Prepares nothing yet.
   *
   * @param folder where the sets lie
   * @param side side of the crops in pixels
   * @param progress hears of every row that is prepared
   */
  public CropPreparation(Path folder, int side, ProgressListener progress) {
    this.folder = folder;
    this.side = side;
    this.progress = progress;
  }

  /**
   * Cuts faces as the analysis of crops does: for datasets of small crops such as FER2013.
   *
   * @param aligner aligns a crop, or scales the whole of it
   * @return the cutter
   */
  public static Cutter ofCrops(CropAligner aligner) {
    return (dataset, row) -> Optional.of(aligner.alignOrScale(dataset.photo(row)));
  }

  /**
   * Cuts faces out of photos by the dataset's landmarks or box, or those of a detector.
   *
   * @param aligner gives size and position of the face
   * @param detector finds the main face's landmarks, as in {@link AffectDataset#face}
   * @return the cutter
   */
  public static Cutter ofPhotos(
      FaceAligner aligner, Function<FaceImage, Optional<Landmarks>> detector) {
    return (dataset, row) -> dataset.face(row, aligner, detector).crop();
  }

  /**
   * Opens the set of some rows, preparing it first if it is not there.
   *
   * @param name what to call it
   * @param dataset the dataset
   * @param rows its table or a part that kept the column {@code row}
   * @param grey whether the photos have no colour
   * @param way what the cutter does, in a word: another way gives another set
   * @param cutter cuts the faces
   * @return the set; rows without a photo, face or label are left out and counted in {@link
   *     #skipped()}
   * @throws IOException if the folder cannot be written
   * @throws IllegalArgumentException if no row is left
   */
  public CropSet prepare(
      String name, AffectDataset dataset, FaceTable rows, boolean grey, String way, Cutter cutter)
      throws IOException {
    String key =
        "%s %s, %d rows %08x, side %d, %s, %s"
            .formatted(
                dataset.name(),
                dataset.checksum(),
                rows.size(),
                Arrays.hashCode(rows.rowNumbers()),
                side,
                grey ? "grey" : "colour",
                way);
    Optional<CropSet> there = CropSet.open(folder, name, key);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      return CropSet.write(folder, name, key, side, grey, crops(dataset, rows, cutter));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Returns what was left out.
   *
   * @return reasons and how often each applied, for the sets that were prepared and not found
   */
  public Map<String, Integer> skipped() {
    return new LinkedHashMap<>(skipped);
  }

  private Iterator<LabelledCrop> crops(AffectDataset dataset, FaceTable rows, Cutter cutter) {
    int[] numbers = rows.rowNumbers();
    return new Iterator<>() {
      private int next;
      private Optional<LabelledCrop> ready = Optional.empty();

      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && next < numbers.length) {
          ready = crop(dataset, rows, next, numbers[next], cutter);
          progress.at(++next, numbers.length);
        }
        return ready.isPresent();
      }

      @Override
      public LabelledCrop next() {
        if (!hasNext()) {
          throw new NoSuchElementException("all rows were read");
        }
        LabelledCrop crop = ready.orElseThrow();
        ready = Optional.empty();
        return crop;
      }
    };
  }

  private Optional<LabelledCrop> crop(
      AffectDataset dataset, FaceTable rows, int row, int number, Cutter cutter) {
    CropLabels labels = labels(rows, row);
    if (labels.annotated().isEmpty() && !labels.hasUnits() && !labels.hasAffect()) {
      return skip("no label of any task");
    }
    try {
      Optional<FaceImage> crop = cutter.cut(dataset, number);
      return crop.isEmpty()
          ? skip("no face was found, or the photo cannot be read")
          : Optional.of(
              new LabelledCrop(rows.text(row, FaceColumns.INPUT).orElse(""), crop.get(), labels));
    } catch (IOException e) {
      return skip("photo cannot be read");
    }
  }

  private Optional<LabelledCrop> skip(String reason) {
    skipped.merge(reason, 1, Integer::sum);
    return Optional.empty();
  }

  /**
   * Reads the labels of a row.
   *
   * @param rows table of a dataset
   * @param row index of the row
   * @return what is annotated
   * @throws IllegalArgumentException if a label lies outside its range
   */
  public static CropLabels labels(FaceTable rows, int row) {
    Optional<AnnotatedExpression> expression =
        rows.text(row, FaceColumns.EXPRESSION).map(AnnotatedExpression::ofLabel);
    float[] units = new float[ActionUnit.COUNT];
    for (int i = 0; i < units.length; i++) {
      units[i] = number(rows, row, ActionUnit.ALL.get(i).column());
    }
    float valence = number(rows, row, FaceColumns.VALENCE);
    float arousal = number(rows, row, FaceColumns.AROUSAL);
    boolean affect = !Float.isNaN(valence) && !Float.isNaN(arousal);
    return new CropLabels(
        expression, units, affect ? valence : Float.NaN, affect ? arousal : Float.NaN);
  }

  private static float number(FaceTable rows, int row, String column) {
    return (float) rows.number(row, column).orElse(Double.NaN);
  }
}
