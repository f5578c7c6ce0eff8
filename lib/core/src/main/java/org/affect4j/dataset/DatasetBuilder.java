package org.affect4j.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.columns.Column;

/** Makes a dataset of a table of one's own. For one thread. */
public final class DatasetBuilder {
  private final FaceTable labels;
  private final Path root;
  private String name;
  private boolean crops;
  private OptionalInt firstFrame = OptionalInt.empty();
  private Photos photos;

  /** Reads the photos of a dataset. */
  @FunctionalInterface
  public interface Photos {
    /**
     * Reads a photo.
     *
     * @param input its name in the column {@code input}
     * @return the photo or frame as it is
     * @throws IOException if it is missing or cannot be decoded
     */
    FaceImage read(String input) throws IOException;
  }

  /**
   * Begins a dataset.
   *
   * @param labels one row per face with a column {@code input}, and any others of {@link
   *     FaceColumns} or of one's own; boxes and landmarks are used if they are there
   * @param root folder to which the names in {@code input} are relative
   * @throws IllegalArgumentException if there is no column {@code input}
   */
  public DatasetBuilder(FaceTable labels, Path root) {
    labels.texts(FaceColumns.INPUT);
    this.labels = labels;
    this.root = root;
    this.name = labels.name();
    this.photos = input -> FaceImage.read(root.resolve(input));
  }

  /**
   * Names the dataset; unless this is called it has the table's name.
   *
   * @param value for headings and records
   * @return this
   */
  public DatasetBuilder name(String value) {
    name = value;
    return this;
  }

  /**
   * Says that every photo is one face crop, see {@link AffectDataset#holdsCrops()}.
   *
   * @return this
   */
  public DatasetBuilder ofCrops() {
    crops = true;
    return this;
  }

  /**
   * Says how the column {@code frame} counts, see {@link AffectDataset#firstFrame()}.
   *
   * @param first number of a clip's first frame, 0 or 1
   * @return this
   */
  public DatasetBuilder framesFrom(int first) {
    firstFrame = OptionalInt.of(first);
    return this;
  }

  /**
   * Reads photos from elsewhere than files below the root, such as an archive.
   *
   * @param value reads a photo by its name
   * @return this
   */
  public DatasetBuilder photos(Photos value) {
    photos = value;
    return this;
  }

  /**
   * Makes the dataset.
   *
   * @return its table has the columns of {@link FaceColumns#DATASET} first, rows numbered anew
   */
  public AffectDataset build() {
    FaceTableBuilder columns = new FaceTableBuilder(name, FaceColumns.DATASET);
    IntStream.range(0, labels.size()).forEach(row -> columns.add());
    FaceTable table = columns.build();
    for (Column<?> own : labels.table().columns()) {
      table = table.with(own);
    }
    int[] numbers = IntStream.range(0, labels.size()).toArray();
    table = table.with(IntColumn.create(FaceColumns.ROW, numbers));
    Photos from = photos;
    List<String> names = table.texts(FaceColumns.INPUT);
    LoadReport report = new LoadReport(name, table.size(), List.of());
    return new LoadedDataset(
        name,
        root,
        table,
        report,
        checksum(table),
        crops,
        firstFrame,
        row -> from.read(names.get(row)));
  }

  private static String checksum(FaceTable table) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (String column : table.columns()) {
      update(digest, column);
      table.texts(column).forEach(text -> update(digest, text));
    }
    return Hex.encodeHexString(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
