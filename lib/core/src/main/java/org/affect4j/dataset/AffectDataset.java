package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import tech.tablesaw.api.Table;

/**
 * A labelled dataset of faces as a table, with its photos on demand. Immutable.
 *
 * <p>Columns, in order:
 *
 * <table>
 *   <caption>Columns of every dataset</caption>
 *   <tr><td>{@code image}</td><td>text</td><td>name of the photo or frame, as the dataset has it</td></tr>
 *   <tr><td>{@code split}</td><td>text</td><td>official split, such as {@code train}</td></tr>
 *   <tr><td>{@code subject}</td><td>text</td><td>the person, or the video where persons are not named</td></tr>
 *   <tr><td>{@code frame}</td><td>integer</td><td>number of the frame in its video, as the dataset counts</td></tr>
 *   <tr><td>{@code expression}</td><td>text</td><td>label of an {@link org.affect4j.face.AnnotatedExpression}</td></tr>
 *   <tr><td>{@code valence}, {@code arousal}</td><td>number</td><td>-1 to 1</td></tr>
 *   <tr><td>{@code au01} … {@code au26}</td><td>number</td><td>0 inactive, 1 active; between the two where a tool or a renderer gives probabilities or strengths</td></tr>
 *   <tr><td>{@code compound}</td><td>text</td><td>label of a {@link org.affect4j.face.CompoundExpression}, or a further pair of the dataset</td></tr>
 *   <tr><td>{@code age}, {@code gender}, {@code race}</td><td>text</td><td>as the dataset groups them</td></tr>
 *   <tr><td>{@code row}</td><td>integer</td><td>0-based number of the row, by which {@link #faces} finds photos of a filtered table</td></tr>
 * </table>
 *
 * <p>Then come columns of the dataset's own, such as {@code au01_intensity} or {@code skin_tone}.
 * What is not annotated, or annotated as invalid, is a missing value.
 */
public interface AffectDataset {
  /** The columns that every dataset has, in order. */
  List<String> COLUMNS =
      Stream.of(
              Stream.of("image", "split", "subject", "frame", "expression", "valence", "arousal"),
              ActionUnit.ALL.stream().map(ActionUnit::column),
              Stream.of("compound", "age", "gender", "race", "row"))
          .flatMap(s -> s)
          .toList();

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
   * @return a copy that the caller may change; call it once and keep it where there are millions of
   *     rows
   */
  Table table();

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
  boolean crops();

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
   * Cuts the face of one row out of its photo. Landmarks that come with the dataset are used first;
   * otherwise the detector looks, inside the dataset's box where there is one; otherwise the box
   * or, in a dataset of face crops, the whole photo is taken.
   *
   * @param row number from the column {@code row}
   * @param aligner gives size and position of the face in the crop
   * @param detector finds the landmarks of the main face in pixels of the image it is given, or
   *     nothing; {@code photo -> Optional.empty()} where there is no detector
   * @return the face, or why there is none
   * @throws IndexOutOfBoundsException if there is no such row
   */
  DatasetFace face(int row, FaceAligner aligner, Function<FaceImage, Optional<Landmarks>> detector);

  /**
   * Gives the faces of some rows one by one, reading each photo only when it is asked for.
   *
   * @param rows {@link #table()}, or any filtered or sorted part of it that kept the column {@code
   *     row}
   * @param aligner gives size and position of the face in the crop
   * @param detector as in {@link #face}
   * @return one entry per row, in the order of the rows; photos without a face included
   */
  default Stream<DatasetFace> faces(
      Table rows, FaceAligner aligner, Function<FaceImage, Optional<Landmarks>> detector) {
    return StreamSupport.stream(rows.intColumn("row").spliterator(), false)
        .map(row -> face(row, aligner, detector));
  }
}
