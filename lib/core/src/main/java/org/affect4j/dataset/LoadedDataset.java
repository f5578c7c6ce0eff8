package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.affect4j.dataset.DatasetFace.Source;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A dataset whose table is in memory and whose photos are read on demand. */
final class LoadedDataset implements AffectDataset {
  /** How much is added around a given box before a detector looks at it: faces need context. */
  private static final double MARGIN = .3;

  private static final int GREY = 128;

  private final String name;
  private final Path root;
  private final Table table;
  private final LoadReport report;
  private final String checksum;
  private final ImageStore images;
  private final boolean crops;
  private final Map<Integer, PixelBox> boxes;
  private final Map<Integer, Landmarks> landmarks;

  LoadedDataset(
      String name,
      Path root,
      Table table,
      LoadReport report,
      String checksum,
      ImageStore images,
      boolean crops,
      Map<Integer, PixelBox> boxes,
      Map<Integer, Landmarks> landmarks) {
    this.name = name;
    this.root = root;
    this.table = table;
    this.report = report;
    this.checksum = checksum;
    this.images = images;
    this.crops = crops;
    this.boxes = boxes;
    this.landmarks = landmarks;
  }

  /** The same photos under a changed table of the same rows. */
  LoadedDataset with(Table changed, LoadReport newReport, String newChecksum) {
    return new LoadedDataset(
        name, root, changed, newReport, newChecksum, images, crops, boxes, landmarks);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public Table table() {
    Table copy = Table.create(name);
    for (Column<?> column : table.columnArray()) {
      // StringColumn.copy() needs seconds for a million different names; appending does not.
      copy.addColumns(
          column instanceof StringColumn text
              ? StringColumn.create(text.name()).append(text)
              : column.copy());
    }
    return copy;
  }

  @Override
  public LoadReport report() {
    return report;
  }

  @Override
  public String checksum() {
    return checksum;
  }

  @Override
  public boolean crops() {
    return crops;
  }

  @Override
  public FaceImage photo(int row) throws IOException {
    return images.read(imageName(row));
  }

  private String imageName(int row) {
    if (row < 0 || row >= table.rowCount()) {
      throw new IndexOutOfBoundsException(
          "row %d of %d: use numbers from the column 'row'".formatted(row, table.rowCount()));
    }
    return table.stringColumn("image").get(row);
  }

  @Override
  public DatasetFace face(
      int row, FaceAligner aligner, Function<FaceImage, Optional<Landmarks>> detector) {
    String image = imageName(row);
    FaceImage photo;
    try {
      photo = images.read(image);
    } catch (IOException e) {
      return DatasetFace.unreadable(row, image, String.valueOf(e.getMessage()));
    }
    Optional<Landmarks> given = Optional.ofNullable(landmarks.get(row));
    if (given.isPresent()) {
      return DatasetFace.of(row, image, Source.GIVEN_LANDMARKS, aligner.crop(photo, given.get()));
    }
    Optional<PixelBox> box = Optional.ofNullable(boxes.get(row));
    FaceImage region = box.map(b -> cut(photo, b, MARGIN)).orElse(photo);
    Optional<Landmarks> found = detector.apply(region);
    if (found.isPresent()) {
      return DatasetFace.of(row, image, Source.DETECTED, aligner.crop(region, found.get()));
    }
    if (box.isPresent()) {
      FaceImage face = cut(photo, box.get(), 0).resized(aligner.size(), aligner.size());
      return DatasetFace.of(row, image, Source.BOX, face);
    }
    return crops
        ? DatasetFace.of(
            row, image, Source.WHOLE_PHOTO, photo.resized(aligner.size(), aligner.size()))
        : DatasetFace.none(row, image, "no face was found, and the dataset gives none");
  }

  private static FaceImage cut(FaceImage photo, PixelBox box, double margin) {
    double side = Math.max(box.width(), box.height()) * (1 + 2 * margin);
    int pixels = Math.max(1, (int) Math.round(side));
    int x = (int) Math.round(box.x() + (box.width() - side) / 2);
    int y = (int) Math.round(box.y() + (box.height() - side) / 2);
    return photo.cut(x, y, pixels, pixels, GREY);
  }

  @Override
  public String toString() {
    return report.toString();
  }
}
