package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;

/** A dataset whose table is in memory and whose photos are read on demand. */
record LoadedDataset(
    String name,
    Path root,
    FaceTable table,
    LoadReport report,
    String checksum,
    boolean holdsCrops,
    OptionalInt firstFrame,
    Photos photos)
    implements AffectDataset {
  /** Reads the photo of a row. */
  interface Photos {
    FaceImage read(int row) throws IOException;
  }

  @Override
  public FaceImage photo(int row) throws IOException {
    DatasetFace.input(this, row);
    return photos.read(row);
  }

  @Override
  public String toString() {
    return report.toString();
  }
}
