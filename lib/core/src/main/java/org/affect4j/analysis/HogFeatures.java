package org.affect4j.analysis;

import boofcv.abst.feature.dense.DescribeImageDense;
import boofcv.factory.feature.dense.ConfigDenseHoG;
import boofcv.factory.feature.dense.FactoryDescribeImageDense;
import boofcv.struct.feature.TupleDesc_F64;
import boofcv.struct.image.GrayF32;
import boofcv.struct.image.ImageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.image.Luma;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.InputName;

/**
 * Histograms of oriented gradients of the aligned face (Dalal and Triggs 2005), computed by BoofCV:
 * the features of the years before networks, and the line that an embedding has to beat.
 *
 * <p>Nine orientations over 180 degrees in square cells, blocks of 2 x 2 cells normalised by
 * themselves, one cell apart. The face is aligned exactly as the behaviour network sees it, so that
 * both start from the same pixels.
 *
 * @param pixelsPerCell side of a cell in pixels of the aligned face, 4 or more; 8 is what Dalal and
 *     Triggs found best for people, 16 gives fewer and coarser numbers
 * @param workers crops worked on at the same time, 1 or more
 */
public record HogFeatures(int pixelsPerCell, int workers) {
  private static final int SMALLEST_CELL = 4;

  /** Checks the ranges. */
  public HogFeatures {
    if (pixelsPerCell < SMALLEST_CELL || workers < 1) {
      throw new IllegalArgumentException(
          "expected cells of %d pixels or more and 1 worker or more, got %d and %d"
              .formatted(SMALLEST_CELL, pixelsPerCell, workers));
    }
  }

  /**
   * Returns features with cells of 8 pixels, and as many workers as processors.
   *
   * @return the features
   */
  public static HogFeatures standard() {
    return new HogFeatures(8, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Describes a face that is aligned already.
   *
   * @param face aligned face, at least two cells a side
   * @return numbers 0 to 1, block by block along the rows
   */
  public double[] describe(FaceImage face) {
    if (Math.min(face.width(), face.height()) < 2 * pixelsPerCell) {
      throw new IllegalArgumentException(
          "a face of %d x %d pixels has no block of 2 x 2 cells of %d pixels"
              .formatted(face.width(), face.height(), pixelsPerCell));
    }
    GrayF32 grey = new GrayF32(face.width(), face.height());
    for (int y = 0; y < face.height(); y++) {
      for (int x = 0; x < face.width(); x++) {
        int rgb = face.rgb(x, y);
        grey.set(x, y, Luma.of(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
      }
    }
    ConfigDenseHoG config = new ConfigDenseHoG();
    config.orientationBins = 9;
    config.pixelsPerCell = pixelsPerCell;
    config.cellsPerBlockX = 2;
    config.cellsPerBlockY = 2;
    config.stepBlock = 1;
    config.fastVariant = true;
    // Not safe for several threads, and cheap to make.
    DescribeImageDense<GrayF32, TupleDesc_F64> hog =
        FactoryDescribeImageDense.hog(config, ImageType.single(GrayF32.class));
    hog.process(grey);
    return hog.getDescriptions().stream()
        .flatMapToDouble(block -> IntStream.range(0, block.size()).mapToDouble(block::getDouble))
        .toArray();
  }

  private record Described(String input, Status status, String reason, double[] values) {}

  private Described describe(FaceAnalyzer analyzer, Path file, String name) {
    try {
      FaceImage crop = FaceImage.read(file, DecodeOptions.forAnalysis());
      return new Described(name, Status.OK, "", describe(analyzer.alignCrop(crop)));
    } catch (IOException e) {
      AnalyzedInput failed = AnalyzedInput.unreadable(name, e);
      return new Described(name, failed.status(), failed.reason(), new double[0]);
    }
  }

  private static List<String> columns(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(Locale.ROOT, "hog%04d", i))
        .toList();
  }

  /**
   * Describes face crops and keeps the result in memory.
   *
   * @param analyzer finds the landmarks to align by; used by all workers at once
   * @param crops files of one face each
   * @param listener hears of every crop done
   * @return one row per crop; without numbers where it cannot be read
   * @throws IOException if the run is interrupted
   */
  public FaceTable run(FaceAnalyzer analyzer, List<Path> crops, ProgressListener listener)
      throws IOException {
    List<Described> all =
        OrderedWork.list(crops, workers, p -> describe(analyzer, p, InputName.of(p)), listener);
    FaceTableBuilder table = builder();
    all.forEach(crop -> add(crop, table));
    return table.build();
  }

  private static FaceTableBuilder builder() {
    return new FaceTableBuilder(
        "features", List.of(FaceColumns.INPUT, FaceColumns.STATUS, FaceColumns.REASON));
  }

  private static void add(Described crop, FaceTableBuilder table) {
    table.set(FaceColumns.INPUT, crop.input());
    table.set(FaceColumns.STATUS, crop.status().label());
    table.set(FaceColumns.REASON, crop.reason());
    List<String> columns = columns(crop.values().length);
    for (int i = 0; i < columns.size(); i++) {
      table.set(columns.get(i), crop.values()[i]);
    }
    table.add();
  }

  /**
   * Describes face crops into a CSV file for {@link FaceTable#read}, or goes on with it. Columns:
   * {@code input, status, reason, hog0000 …}.
   *
   * @param analyzer finds the landmarks to align by; used by all workers at once
   * @param crops files of one face each
   * @param output where rows go
   * @param listener hears of every crop done
   * @throws IOException if the output cannot be written (rows already written stay), is being
   *     written by another run, or holds rows of other models or options
   */
  public void run(
      FaceAnalyzer analyzer, List<Path> crops, CsvOutput output, ProgressListener listener)
      throws IOException {
    int side = analyzer.behaviourModel().aligner().size();
    int length = describe(FaceImage.plain(side, side, 127)).length;
    List<String> header = new ArrayList<>(List.of("input", "status", "reason"));
    header.addAll(columns(length));
    new CsvRun<Path>(
            workers,
            InputName::of,
            InputName::place,
            header,
            analyzer.settings(Map.of("features", "HOG, %d pixels a cell".formatted(pixelsPerCell))),
            (crop, name) -> {
              FaceTableBuilder row = builder();
              add(describe(analyzer, crop, name), row);
              return row.build();
            })
        .run(crops, output, listener);
  }
}
