package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * A labelled dataset of faces as a table, with its photos on demand. Immutable.
 *
 * <p>The table has the columns of {@link FaceColumns#DATASET} in that order. Units are 0 or 1, and
 * between the two where a tool or a renderer gives probabilities or strengths. Then come box and
 * landmarks where the dataset has them, and columns of its own, such as {@code au01_intensity},
 * {@code skin_tone}, or a unit that is none of {@link org.affect4j.face.ActionUnit}. What is not
 * annotated, or annotated as invalid, is missing.
 */
public interface AffectDataset {
  /**
   * Makes a dataset of photos and labels of one's own; {@link DatasetBuilder} says more of them.
   *
   * @param labels one row per face with a column {@code input}, and any others
   * @param folder folder to which the names in {@code input} are relative
   * @return the dataset
   * @throws IllegalArgumentException if there is no column {@code input}
   */
  static AffectDataset of(FaceTable labels, Path folder) {
    return new DatasetBuilder(labels, folder).build();
  }

  /**
   * Returns the dataset's name.
   *
   * @return such as {@code "RAF-DB basic"}
   */
  String name();

  /**
   * Returns where the dataset was read from.
   *
   * @return folder or file
   */
  Path root();

  /**
   * Returns all samples.
   *
   * @return one row per face; its number is that of the column {@code row}
   */
  FaceTable table();

  /**
   * Returns what was left out or found odd.
   *
   * @return the report
   */
  LoadReport report();

  /**
   * Returns a fingerprint of everything that labels were read from, for the record of an
   * experiment. Photos are not part of it, save where their names are the labels.
   *
   * @return SHA-256 in lower-case hexadecimal
   */
  String checksum();

  /**
   * Tells whether every photo is one face crop, which can be taken whole where no landmarks are
   * found in it, as in FER2013.
   *
   * @return false where photos show more than a face
   */
  boolean holdsCrops();

  /**
   * Returns the number that the labels give to the first frame of a clip. Predictions of a video
   * that count otherwise are renumbered by it when both are joined.
   *
   * @return 0 or 1; empty where rows are no frames of clips, or nobody knows how they are counted
   */
  default OptionalInt firstFrame() {
    return OptionalInt.empty();
  }

  /**
   * Reads the photo of one row.
   *
   * @param row number from the column {@code row}
   * @return the photo or frame as it is
   * @throws IOException if it is missing or cannot be decoded
   * @throws IndexOutOfBoundsException if there is no such row
   */
  FaceImage photo(int row) throws IOException;

  /**
   * Returns the landmarks that come with the dataset.
   *
   * @param row number from the column {@code row}
   * @return in pixels of the photo; empty if there are none
   */
  default Optional<Landmarks> landmarks(int row) {
    return table().landmarks(row);
  }

  /**
   * Returns the box that comes with the dataset.
   *
   * @param row number from the column {@code row}
   * @return in pixels of the photo; empty if there is none
   */
  default Optional<PixelBox> box(int row) {
    return table().box(row);
  }

  /**
   * Cuts the face of one row out of its photo. Landmarks that come with the dataset are used first;
   * otherwise the detector looks, inside the dataset's box where there is one; otherwise the box
   * or, in a dataset of face crops, the whole photo is taken.
   *
   * @param row number from the column {@code row}
   * @param aligner gives size and position of the face in the crop
   * @param detector finds the landmarks of the main face in pixels of the image it is given, or
   *     nothing
   * @return the face, or why there is none
   * @throws IndexOutOfBoundsException if there is no such row
   */
  default DatasetFace face(
      int row, FaceAligner aligner, Function<FaceImage, Optional<Landmarks>> detector) {
    return DatasetFace.cut(this, row, aligner, detector);
  }

  /**
   * Cuts the face of one row out of its photo without a detector.
   *
   * @param row number from the column {@code row}
   * @param aligner gives size and position of the face in the crop
   * @return the face, or why there is none
   * @throws IndexOutOfBoundsException if there is no such row
   */
  default DatasetFace face(int row, FaceAligner aligner) {
    return face(row, aligner, photo -> Optional.empty());
  }

  /**
   * Gives the faces of some rows one by one, reading each photo only when it is asked for.
   *
   * @param rows {@link #table()}, or any filtered or sorted part of it that kept the column {@code
   *     row}
   * @param aligner gives size and position of the face in the crop
   * @param detector as in {@link #face(int, FaceAligner, Function)}
   * @return one entry per row, in the order of the rows; photos without a face included
   */
  default Stream<DatasetFace> faces(
      FaceTable rows, FaceAligner aligner, Function<FaceImage, Optional<Landmarks>> detector) {
    return Arrays.stream(rows.rowNumbers()).mapToObj(row -> face(row, aligner, detector));
  }
}
