package org.affect4j.dataset;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;

/**
 * The face of one row of a dataset, or the reason why there is none.
 *
 * @param row number from the column {@code row}
 * @param input name of the photo
 * @param source how the crop was found
 * @param crop square face crop; present unless the source is {@link Source#NONE} or {@link
 *     Source#UNREADABLE}
 * @param reason why there is no crop; empty text where there is one
 */
public record DatasetFace(
    int row, String input, Source source, Optional<FaceImage> crop, String reason) {
  /** How much is added around a given box before a detector looks at it: faces need context. */
  private static final double MARGIN = .3;

  private static final int GREY = 128;

  /** How a crop was found. */
  public enum Source {
    /** Aligned by the dataset's landmarks. */
    GIVEN_LANDMARKS,
    /** Aligned by the detector's landmarks. */
    DETECTED,
    /** The dataset's box, resized without alignment. */
    BOX,
    /** The whole photo, resized without alignment. */
    WHOLE_PHOTO,
    /** No face was found, and the dataset gives none. */
    NONE,
    /** The photo is missing or cannot be decoded. */
    UNREADABLE
  }

  /** See {@link AffectDataset#face(int, FaceAligner, Function)}. */
  static DatasetFace cut(
      AffectDataset dataset,
      int row,
      FaceAligner aligner,
      Function<FaceImage, Optional<Landmarks>> detector) {
    String input = input(dataset, row);
    FaceImage photo;
    try {
      photo = dataset.photo(row);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      return new DatasetFace(row, input, Source.UNREADABLE, Optional.empty(), reason);
    }
    Optional<Landmarks> given = dataset.landmarks(row);
    if (given.isPresent()) {
      return of(row, input, Source.GIVEN_LANDMARKS, aligner.crop(photo, given.get()));
    }
    Optional<PixelBox> box = dataset.box(row);
    FaceImage region = box.map(b -> cut(photo, b, MARGIN)).orElse(photo);
    Optional<Landmarks> found = detector.apply(region);
    if (found.isPresent()) {
      return of(row, input, Source.DETECTED, aligner.crop(region, found.get()));
    }
    int side = aligner.size();
    if (box.isPresent()) {
      return of(row, input, Source.BOX, cut(photo, box.get(), 0).resized(side, side));
    }
    if (dataset.holdsCrops()) {
      return of(row, input, Source.WHOLE_PHOTO, photo.resized(side, side));
    }
    String reason = "no face was found, and the dataset gives none";
    return new DatasetFace(row, input, Source.NONE, Optional.empty(), reason);
  }

  /** The name of a photo, after a look whether there is such a row. */
  static String input(AffectDataset dataset, int row) {
    int rows = dataset.table().size();
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException(
          "row %d of %d: use numbers from the column 'row'".formatted(row, rows));
    }
    return dataset.table().text(row, FaceColumns.INPUT).orElse("");
  }

  private static DatasetFace of(int row, String input, Source source, FaceImage crop) {
    return new DatasetFace(row, input, source, Optional.of(crop), "");
  }

  private static FaceImage cut(FaceImage photo, PixelBox box, double margin) {
    double side = Math.max(box.width(), box.height()) * (1 + 2 * margin);
    int pixels = Math.max(1, (int) Math.round(side));
    int x = (int) Math.round(box.x() + (box.width() - side) / 2);
    int y = (int) Math.round(box.y() + (box.height() - side) / 2);
    return photo.cut(x, y, pixels, pixels, GREY);
  }
}
