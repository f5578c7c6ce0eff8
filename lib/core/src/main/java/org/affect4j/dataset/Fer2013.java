package org.affect4j.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.image.FaceImage;

/**
 * FER2013 (Goodfellow et al., ICONIP 2013): 35,887 grey faces of 48 x 48 pixels, and FER+ (Barsoum
 * et al., ICMI 2016), which relabels them by ten votes. They name no persons.
 *
 * <p>Many faces of the test sets also occur in the training set: see {@link Duplicates#exact}, and
 * report results with and without them.
 */
public final class Fer2013 {
  private static final int SIDE = 48;
  private static final Codes<AnnotatedExpression> CODES =
      Codes.expressions(
          0, "anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral");
  private static final Map<String, AnnotatedExpression> CLASSES =
      Map.of(
          "angry", AnnotatedExpression.ANGER,
          "disgust", AnnotatedExpression.DISGUST,
          "fear", AnnotatedExpression.FEAR,
          "happy", AnnotatedExpression.HAPPINESS,
          "sad", AnnotatedExpression.SADNESS,
          "surprise", AnnotatedExpression.SURPRISE,
          "neutral", AnnotatedExpression.NEUTRAL);
  private static final Map<String, String> SPLITS =
      Map.of(
          "training", "train",
          "publictest", "validation",
          "privatetest", "test");
  private static final Pattern FILE =
      Pattern.compile("(Training|PublicTest|PrivateTest)_\\d+\\.(?:jpe?g|png)");
  private static final List<String> VOTES =
      List.of(
          "neutral",
          "happiness",
          "surprise",
          "sadness",
          "anger",
          "disgust",
          "fear",
          "contempt",
          "unknown",
          "NF");

  private Fer2013() {}

  /**
   * Reads {@code fer2013.csv} with columns {@code emotion, pixels, Usage}.
   *
   * @param root the file or the folder that holds it
   * @return splits {@code train}, {@code validation} (PublicTest) and {@code test} (PrivateTest);
   *     photos are named by their row, {@code fer0000000} being the first
   * @throws IOException if the file cannot be read or is laid out otherwise
   */
  public static AffectDataset csv(Path root) throws IOException {
    return csv("FER2013", root, List.of());
  }

  /**
   * Reads FER+: {@code fer2013new.csv}, joined by row to {@code fer2013.csv}. The label is the one
   * with the most votes; where that is unknown, not a face, or not a single one, the expression is
   * missing. The votes stand in {@code votes_neutral} and so on.
   *
   * @param root folder that holds both files
   * @return splits as in {@link #csv}
   * @throws IOException if a file cannot be read or is laid out otherwise
   */
  public static AffectDataset plus(Path root) throws IOException {
    Path file = Loading.require(root.resolve("fer2013new.csv"), "the votes of FER+");
    List<double[]> votes = new ArrayList<>();
    Loading counted = new Loading("FER+", root, ImageStore.none());
    try (Rows rows = counted.csv(file)) {
      rows.column("Usage");
      rows.column("Image name");
      int[] columns = new int[VOTES.size()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = rows.column(VOTES.get(i));
      }
      while (rows.next()) {
        double[] row = new double[columns.length];
        for (int i = 0; i < row.length; i++) {
          row[i] = rows.integer(columns[i]);
        }
        votes.add(row);
      }
    }
    return csv("FER+", root, votes);
  }

  private static AffectDataset csv(String name, Path root, List<double[]> votes)
      throws IOException {
    Path file = Files.isDirectory(root) ? root.resolve("fer2013.csv") : root;
    PixelStore pixels = new PixelStore();
    Loading loading = new Loading(name, root, pixels);
    Loading.require(file, "FER2013 with columns emotion, pixels, Usage");
    if (!votes.isEmpty()) {
      loading.addToChecksum(root.resolve("fer2013new.csv"));
    }
    int count = 0;
    try (Rows rows = loading.csv(file)) {
      int emotion = rows.column("emotion");
      int values = rows.column("pixels");
      int usage = rows.column("Usage");
      for (; rows.next(); count++) {
        String image = "fer%07d".formatted(count);
        RowBuilder row = loading.start(image).split(split(file, rows.get(usage)));
        if (votes.isEmpty()) {
          row.expression(CODES, rows.get(emotion));
        } else if (count < votes.size()) {
          vote(row, votes.get(count));
        }
        if (pixels.put(image, rows.get(values))) {
          loading.add();
        } else {
          loading.skip("pixels are not 48 x 48 numbers from 0 to 255", image);
        }
      }
    }
    if (!votes.isEmpty() && votes.size() != count) {
      throw new DatasetFormatException(
          "fer2013new.csv has %d rows but %s has %d; they are joined by row and must be of one edition"
              .formatted(votes.size(), file, count));
    }
    return loading.finish(true);
  }

  private static String split(Path file, String usage) throws DatasetFormatException {
    String split = SPLITS.get(usage.toLowerCase(Locale.ROOT));
    if (split == null) {
      throw new DatasetFormatException(
          "%s has Usage '%s', expected Training, PublicTest or PrivateTest".formatted(file, usage));
    }
    return split;
  }

  private static void vote(RowBuilder row, double[] votes) {
    int best = 0;
    int equals = 0;
    for (int i = 0; i < votes.length; i++) {
      row.extra("votes_" + VOTES.get(i).toLowerCase(Locale.ROOT), votes[i]);
      if (votes[i] > votes[best]) {
        best = i;
        equals = 0;
      } else if (votes[i] == votes[best] && i != best) {
        equals++;
      }
    }
    if (equals > 0) {
      row.mask("expression", "no single label has the most votes");
    } else if (best >= VOTES.indexOf("unknown")) {
      row.mask("expression", "most votes are for " + VOTES.get(best));
    } else {
      row.expression(AnnotatedExpression.ofLabel(VOTES.get(best)));
    }
  }

  /** Pixels that were part of the label file, a byte each. */
  private static final class PixelStore implements ImageStore {
    private final Map<String, byte[]> images = new HashMap<>();

    boolean put(String image, String numbers) {
      byte[] pixels = new byte[SIDE * SIDE];
      int next = 0;
      int value = -1;
      for (int i = 0; i <= numbers.length(); i++) {
        char c = i < numbers.length() ? numbers.charAt(i) : ' ';
        if (c >= '0' && c <= '9') {
          value = Math.max(0, value) * 10 + c - '0';
          if (value > 255) {
            return false;
          }
        } else if (c != ' ' || value >= 0 && next == pixels.length) {
          return false;
        } else if (value >= 0) {
          pixels[next++] = (byte) value;
          value = -1;
        }
      }
      images.put(image, pixels);
      return next == pixels.length;
    }

    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public boolean contains(String image) {
      return images.containsKey(image);
    }

    @Override
    public FaceImage read(String image) {
      byte[] pixels = images.get(image);
      BufferedImage grey = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      grey.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
      return FaceImage.of(grey);
    }
  }

  /**
   * Reads the folder form, packed or not: {@code train/angry/Training_123.jpg}, {@code
   * test/angry/PublicTest_123.jpg}. The split is told by the file's name, not by the folder, and
   * folders above the class do not matter. A photo is named by its path, since some file names
   * occur under two classes.
   *
   * @param roots folders and zip archives that together are the dataset, at least one; a folder of
   *     zip archives without any sub-folder stands for its archives
   * @return splits {@code train}, {@code validation} (PublicTest) and {@code test} (PrivateTest)
   * @throws IOException if one cannot be read or is laid out otherwise
   */
  public static AffectDataset folders(Path... roots) throws IOException {
    if (roots.length == 0) {
      throw new IllegalArgumentException("give at least one folder or zip archive of FER2013");
    }
    Map<String, ImageStore> stores = new LinkedHashMap<>();
    Map<String, String> marks = new TreeMap<>();
    for (Path root : unpacked(roots)) {
      Map<String, String> found = Files.isDirectory(root) ? inFolder(root) : inZip(root);
      ImageStore store =
          Files.isDirectory(root) ? ImageStore.inFolder(root) : ImageStore.inZip(root);
      // Lists beside the photos are somebody's addition: the folders are the labels.
      found.keySet().removeIf(name -> name.endsWith(".csv"));
      for (Map.Entry<String, String> entry : found.entrySet()) {
        if (stores.putIfAbsent(entry.getKey(), store) != null) {
          throw new DatasetFormatException(
              "%s occurs in two of the given places; give each place once"
                  .formatted(entry.getKey()));
        }
        marks.put(entry.getKey(), entry.getValue());
      }
    }
    Loading loading = new Loading("FER2013", roots[0], joined(stores));
    for (Map.Entry<String, String> entry : marks.entrySet()) {
      String image = entry.getKey();
      loading.addToChecksum(image + " " + entry.getValue());
      String[] parts = image.split("/");
      Matcher file = FILE.matcher(parts[parts.length - 1]);
      AnnotatedExpression label = parts.length < 2 ? null : CLASSES.get(parts[parts.length - 2]);
      if (!file.matches() || label == null) {
        loading.skip(
            "file is not <class>/<Training, PublicTest or PrivateTest>_<number>.jpg", image);
        continue;
      }
      loading.start(image).split(split(roots[0], file.group(1))).expression(label);
      loading.add();
    }
    return loading.finish(true);
  }

  /** The given places, a folder of archives being replaced by these. */
  private static List<Path> unpacked(Path[] roots) throws IOException {
    List<Path> places = new ArrayList<>();
    for (Path root : roots) {
      List<Path> archives = Loading.glob(root, "*.zip");
      boolean onlyFiles = Loading.glob(root, "*").stream().noneMatch(Files::isDirectory);
      places.addAll(!archives.isEmpty() && onlyFiles ? archives : List.of(root));
    }
    return places;
  }

  /** Files by name, with a mark that changes with their content. */
  private static Map<String, String> inFolder(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(
            root.relativize(file).toString().replace('\\', '/'), String.valueOf(Files.size(file)));
      }
    }
    return files;
  }

  private static Map<String, String> inZip(Path zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipFile archive =
        new ZipFile(Loading.require(zip, "a folder or zip archive of FER2013").toFile())) {
      archive.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> files.put(entry.getName(), Long.toHexString(entry.getCrc())));
    }
    return files;
  }

  private static ImageStore joined(Map<String, ImageStore> stores) {
    Set<String> names = stores.keySet();
    return new ImageStore() {
      @Override
      public boolean isAvailable() {
        return true;
      }

      @Override
      public boolean contains(String image) {
        return names.contains(image);
      }

      @Override
      public FaceImage read(String image) throws IOException {
        return stores.get(image).read(image);
      }
    };
  }
}
