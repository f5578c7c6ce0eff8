package org.affect4j.training.quantise;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Random;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;

/**
 * Photos and face crops as the inputs of a network.
 *
 * <p>A network of any input size, that is a detector, gets each photo as the pipeline would show it
 * to it: with a long side of at most 640 pixels, crops with a grey margin; and once more as a
 * mosaic of small copies, since small faces drive the finest maps to values that large ones do not.
 * A network of one input size gets the faces that a detector finds, aligned, and the whole picture
 * where it finds none.
 */
public final class CalibrationPictures {
  private static final int LONG_SIDE = 640;

  /** Copies of this long side: faces that fill a third of their photo are 16 pixels wide. */
  private static final int MOSAIC_TILE = 48;

  private static final int MOSAIC_SIDE = 320;

  /** As {@link org.affect4j.analysis.FaceAnalyzer#analyzeCrop} shows crops to the detector. */
  private static final int CROP_SIDE = 112;

  private static final int CROP_MARGIN = 24;
  private static final int LARGEST_CROP = 160;
  private static final int GREY = 117;

  private CalibrationPictures() {}

  /**
   * Chooses pictures at random, in turn from each folder, so that a small folder counts as much as
   * a large one until it is used up.
   *
   * @param folders folders of pictures (sub-folders included), or single files
   * @param count how many pictures, 1 or more
   * @param seed the same seed chooses the same pictures of the same folders
   * @return the pictures, fewer than {@code count} if there are not as many
   * @throws IOException if a folder does not exist, cannot be listed or holds no picture
   */
  public static List<Path> choose(List<Path> folders, int count, long seed) throws IOException {
    if (count < 1) {
      throw new IllegalArgumentException("calibration needs 1 picture or more, got " + count);
    }
    Random random = new Random(seed);
    List<Deque<Path>> shuffled = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> files = new ArrayList<>(FolderAnalysis.inputs(List.of(folder)));
      Collections.shuffle(files, random);
      shuffled.add(new ArrayDeque<>(files));
    }
    List<Path> chosen = new ArrayList<>();
    while (chosen.size() < count && shuffled.stream().anyMatch(files -> !files.isEmpty())) {
      for (Deque<Path> files : shuffled) {
        if (!files.isEmpty() && chosen.size() < count) {
          chosen.add(files.poll());
        }
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * Reads pictures one by one, as inputs of a network.
   *
   * @param pictures image files
   * @param entry the network's entry of the catalogue
   * @param sizeMultiple what the sides of a detector's input are filled up to with grey, 1 for as
   *     they are
   * @param detector finds the faces for a network of one input size
   * @param progress hears of each picture
   * @return the inputs, read anew by each iteration, which fails with {@link UncheckedIOException}
   *     at a picture that cannot be read
   */
  public static Iterable<CalibrationTensor> tensors(
      List<Path> pictures,
      ModelEntry entry,
      int sizeMultiple,
      FaceDetector detector,
      ProgressListener progress) {
    List<Path> files = List.copyOf(pictures);
    return () ->
        new Iterator<>() {
          private final Deque<CalibrationTensor> ready = new ArrayDeque<>();
          private int next;

          @Override
          public boolean hasNext() {
            while (ready.isEmpty() && next < files.size()) {
              ready.addAll(read(files.get(next), entry, sizeMultiple, detector));
              next++;
              progress.at(next, files.size());
            }
            return !ready.isEmpty();
          }

          @Override
          public CalibrationTensor next() {
            if (!hasNext()) {
              throw new NoSuchElementException("all pictures were read");
            }
            return ready.poll();
          }
        };
  }

  private static List<CalibrationTensor> read(
      Path file, ModelEntry entry, int sizeMultiple, FaceDetector detector) {
    FaceImage photo;
    try {
      photo = FaceImage.read(file, DecodeOptions.forAnalysis());
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
    OptionalInt side = entry.side();
    if (side.isEmpty()) {
      FaceImage seen = asSeenByDetector(photo);
      int width = ((seen.width() + sizeMultiple - 1) / sizeMultiple) * sizeMultiple;
      int height = ((seen.height() + sizeMultiple - 1) / sizeMultiple) * sizeMultiple;
      return List.of(
          tensor(seen.cut(0, 0, width, height, GREY), entry), tensor(mosaic(photo), entry));
    }
    FaceAligner aligner = new FaceAligner(side.getAsInt());
    List<Detection> faces = detector.detect(photo);
    if (faces.isEmpty()) {
      return List.of(tensor(photo.resized(aligner.size(), aligner.size()), entry));
    }
    return faces.stream()
        .map(face -> tensor(aligner.crop(photo, face.landmarks()), entry))
        .toList();
  }

  private static FaceImage asSeenByDetector(FaceImage photo) {
    int longSide = Math.max(photo.width(), photo.height());
    if (longSide > LARGEST_CROP) {
      return photo.shrunkTo(LONG_SIDE);
    }
    double scale = (double) CROP_SIDE / longSide;
    FaceImage crop =
        photo.resized(
            Math.max(1, (int) Math.round(photo.width() * scale)),
            Math.max(1, (int) Math.round(photo.height() * scale)));
    return crop.cut(
        -CROP_MARGIN,
        -CROP_MARGIN,
        crop.width() + 2 * CROP_MARGIN,
        crop.height() + 2 * CROP_MARGIN,
        GREY);
  }

  private static FaceImage mosaic(FaceImage photo) {
    BufferedImage tile = photo.shrunkTo(MOSAIC_TILE).toBufferedImage();
    BufferedImage all = new BufferedImage(MOSAIC_SIDE, MOSAIC_SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = all.createGraphics();
    for (int y = 0; y < MOSAIC_SIDE; y += tile.getHeight()) {
      for (int x = 0; x < MOSAIC_SIDE; x += tile.getWidth()) {
        graphics.drawImage(tile, x, y, null);
      }
    }
    graphics.dispose();
    return FaceImage.of(all);
  }

  private static CalibrationTensor tensor(FaceImage image, ModelEntry entry) {
    ByteBuffer tensor =
        ByteBuffer.allocate(entry.pixels().bytes(1, image.height(), image.width()))
            .order(ByteOrder.nativeOrder());
    image.writeTensor(entry.pixels(), tensor);
    float[] values = new float[3 * image.width() * image.height()];
    tensor.flip().asFloatBuffer().get(values);
    return CalibrationTensor.of(values, 1, 3, image.height(), image.width());
  }
}
