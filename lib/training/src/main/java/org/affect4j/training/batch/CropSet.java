package org.affect4j.training.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;

/**
 * Aligned faces of one size with their labels: labels in memory, pixels as bytes in a file that is
 * mapped into memory, so that a million faces cost the heap nothing. Immutable and thread-safe.
 *
 * <p>A set that is written is two files, {@code NAME.pixels} (for each face its planes, each row by
 * row) and {@code NAME.labels}, which is written last: a set without it was never finished.
 */
public final class CropSet {
  /** The most bytes of one buffer of pixels. */
  static final int MOST_BYTES_PER_MAPPING = 1 << 30;

  private final String name;
  private final String key;
  private final int side;
  private final int planes;
  private final List<String> names;
  private final List<CropLabels> labels;
  private final int[] positions;
  private final ByteBuffer[] pixels;
  private final int facesPerMapping;

  CropSet(
      String name,
      String key,
      int side,
      int planes,
      List<String> names,
      List<CropLabels> labels,
      int[] positions,
      ByteBuffer[] pixels,
      int facesPerMapping) {
    this.name = name;
    this.key = key;
    this.side = side;
    this.planes = planes;
    this.names = names;
    this.labels = labels;
    this.positions = positions;
    this.pixels = pixels;
    this.facesPerMapping = facesPerMapping;
  }

  /**
   * Writes a set and opens it. An interrupted writing leaves nothing that could be taken for a set.
   *
   * @param folder where to; made if it is not there
   * @param name name of the files
   * @param key says what the crops were made from and how; {@link #open} compares it
   * @param side side of every crop in pixels
   * @param grey whether one plane is enough, because the photos have no colour; the red band is
   *     taken
   * @param crops the faces, at least one
   * @return the set
   * @throws IOException if the folder cannot be written
   * @throws IllegalArgumentException if there is no crop, or one of another size
   */
  public static CropSet write(
      Path folder, String name, String key, int side, boolean grey, Iterator<LabelledCrop> crops)
      throws IOException {
    new CropFiles(folder, name).write(key, side, grey ? 1 : 3, crops);
    return open(folder, name, key)
        .orElseThrow(() -> new IllegalStateException("a set that was just written is there"));
  }

  /**
   * Opens a set.
   *
   * @param folder where it lies
   * @param name name of the files
   * @param key what the crops must have been made from and how
   * @return the set; empty if it is not there, was never finished, or was made otherwise
   * @throws IOException if a file cannot be read or holds something else
   */
  public static Optional<CropSet> open(Path folder, String name, String key) throws IOException {
    return new CropFiles(folder, name).open(key);
  }

  /**
   * Keeps a few faces in memory, without files: for examples and tests.
   *
   * @param name what to call the set
   * @param crops the faces in colour, at least one, all square and of one size
   * @return the set, whose key tells its pixels and labels
   * @throws IllegalArgumentException if there is no crop, or they differ in size
   */
  public static CropSet of(String name, List<LabelledCrop> crops) {
    if (crops.isEmpty()) {
      throw new IllegalArgumentException("the set '%s' is empty: give it a face".formatted(name));
    }
    int side = crops.get(0).crop().width();
    int bytes = 3 * side * side;
    int facesPerMapping = MOST_BYTES_PER_MAPPING / bytes;
    ByteBuffer[] pixels = new ByteBuffer[(crops.size() + facesPerMapping - 1) / facesPerMapping];
    byte[] one = new byte[bytes];
    int hash = 0;
    for (int i = 0; i < crops.size(); i++) {
      if (i % facesPerMapping == 0) {
        pixels[i / facesPerMapping] =
            ByteBuffer.allocate(Math.min(facesPerMapping, crops.size() - i) * bytes);
      }
      copy(crops.get(i), side, 3, one);
      pixels[i / facesPerMapping].put(i % facesPerMapping * bytes, one);
      // The text of the labels, since the hash of an enum differs between processes.
      hash = 31 * hash + Arrays.hashCode(one);
      hash = 31 * hash + crops.get(i).labels().toString().hashCode();
    }
    return new CropSet(
        name,
        "%d faces in memory, %08x".formatted(crops.size(), hash),
        side,
        3,
        crops.stream().map(LabelledCrop::name).toList(),
        crops.stream().map(LabelledCrop::labels).toList(),
        IntStream.range(0, crops.size()).toArray(),
        pixels,
        facesPerMapping);
  }

  /** Copies the pixels of a crop of the right size, plane by plane. */
  static void copy(LabelledCrop crop, int side, int planes, byte[] bytes) {
    FaceImage image = crop.crop();
    if (image.width() != side || image.height() != side) {
      throw new IllegalArgumentException(
          "%s is %d x %d pixels, expected %d x %d"
              .formatted(crop.name(), image.width(), image.height(), side, side));
    }
    int plane = side * side;
    for (int y = 0, i = 0; y < side; y++) {
      for (int x = 0; x < side; x++, i++) {
        int rgb = image.rgb(x, y);
        for (int p = 0; p < planes; p++) {
          bytes[p * plane + i] = (byte) (rgb >> 16 - 8 * p);
        }
      }
    }
  }

  /**
   * Takes a part of this set; pixels are shared.
   *
   * @param part what to call it
   * @param indices faces of this set, each at most once
   * @return the part
   * @throws IllegalArgumentException if the part is empty
   */
  public CropSet subset(String part, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException(
          "the part '%s' of %s is empty; choose other shares or labels".formatted(part, this));
    }
    int[] chosen = IntStream.of(indices).map(i -> positions[i]).toArray();
    return new CropSet(
        part,
        key + "/" + part + HexFormat.of().toHexDigits(Arrays.hashCode(chosen)),
        side,
        planes,
        IntStream.of(indices).mapToObj(names::get).toList(),
        IntStream.of(indices).mapToObj(labels::get).toList(),
        chosen,
        pixels,
        facesPerMapping);
  }

  /**
   * Takes the faces whose labels are wanted; pixels are shared.
   *
   * @param part what to call it
   * @param wanted tells which
   * @return the part
   * @throws IllegalArgumentException if there is no such face
   */
  public CropSet where(String part, Predicate<CropLabels> wanted) {
    return subset(
        part, IntStream.range(0, size()).filter(i -> wanted.test(labels.get(i))).toArray());
  }

  /**
   * Gives faces other labels; pixels are shared.
   *
   * @param part what to call it
   * @param said the labels of a face of this set; empty to leave it out
   * @return the part
   * @throws IllegalArgumentException if no face is left
   */
  public CropSet relabelled(String part, IntFunction<Optional<CropLabels>> said) {
    List<CropLabels> relabelled = new ArrayList<>();
    int[] kept =
        IntStream.range(0, size())
            .filter(i -> said.apply(i).map(relabelled::add).orElse(false))
            .toArray();
    CropSet subset = subset(part, kept);
    // The text of the labels, since the hash of an enum differs between processes.
    String labelled = HexFormat.of().toHexDigits(relabelled.toString().hashCode());
    return new CropSet(
        part,
        subset.key + " labelled " + labelled,
        side,
        planes,
        subset.names,
        List.copyOf(relabelled),
        subset.positions,
        pixels,
        facesPerMapping);
  }

  /**
   * Returns the set's name.
   *
   * @return as it was written or parted
   */
  public String name() {
    return name;
  }

  /**
   * Returns what the crops were made from and how.
   *
   * @return the key; a part's differs from that of the whole
   */
  public String key() {
    return key;
  }

  /**
   * Returns how many faces there are.
   *
   * @return 1 or more
   */
  public int size() {
    return names.size();
  }

  /**
   * Returns the side of the crops.
   *
   * @return pixels
   */
  public int side() {
    return side;
  }

  /**
   * Returns how many planes each crop has.
   *
   * @return 1 for grey, 3 for red, green, blue
   */
  public int planes() {
    return planes;
  }

  /**
   * Returns the photo's name.
   *
   * @param index 0 to size - 1
   * @return name in the dataset
   */
  public String name(int index) {
    return names.get(index);
  }

  /**
   * Returns what is known of a face.
   *
   * @param index 0 to size - 1
   * @return its labels
   */
  public CropLabels labels(int index) {
    return labels.get(index);
  }

  /**
   * Returns what is known of all faces.
   *
   * @return labels of each face in order; unmodifiable
   */
  public List<CropLabels> labels() {
    return labels;
  }

  /**
   * Counts the faces of each expression.
   *
   * @return counts in the order of {@link Expression#ALL}
   */
  public long[] expressionCounts() {
    long[] counts = new long[Expression.COUNT];
    labels.forEach(l -> l.expression().ifPresent(e -> counts[e.ordinal()]++));
    return counts;
  }

  /**
   * Copies a face's pixels.
   *
   * @param index 0 to size - 1
   * @param into receives {@code planes * side * side} bytes, plane by plane, from its beginning
   */
  public void readPixels(int index, byte[] into) {
    int position = positions[index];
    int bytes = planes * side * side;
    pixels[position / facesPerMapping].get(position % facesPerMapping * bytes, into, 0, bytes);
  }

  /**
   * Returns a face's picture.
   *
   * @param index 0 to size - 1
   * @return the crop; grey ones have three equal bands
   */
  public FaceImage crop(int index) {
    byte[] bytes = new byte[planes * side * side];
    readPixels(index, bytes);
    int plane = side * side;
    byte[][] bands = new byte[3][];
    for (int band = 0; band < 3; band++) {
      int from = Math.min(band, planes - 1) * plane;
      bands[band] = Arrays.copyOfRange(bytes, from, from + plane);
    }
    return FaceImage.ofBands(side, side, bands[0], bands[1], bands[2]);
  }

  @Override
  public String toString() {
    return "%s (%,d faces of %d x %d, %s)"
        .formatted(name, size(), side, side, planes == 1 ? "grey" : "colour");
  }
}
