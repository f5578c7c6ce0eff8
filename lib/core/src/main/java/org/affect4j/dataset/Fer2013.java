package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;

/**
 * FER2013 (Goodfellow et al., ICONIP 2013): 35,887 grey faces of 48 x 48 pixels of unnamed persons.
 *
 * <p>Many faces of the test sets also occur in the training set: see {@code
 * org.affect4j.explore.Duplicates#exact}, and report results with and without them.
 */
public final class Fer2013 {
  private static final int SIDE = 48;
  static final Codes CODES =
      Codes.counted(0, "anger, disgust, fear, happiness, sadness, surprise, neutral");
  private static final Map<String, String> SPLITS =
      Map.of(
          "training", "train",
          "publictest", "validation",
          "privatetest", "test");
  private static final Pattern FILE =
      Pattern.compile("(Training|PublicTest|PrivateTest)_\\d+\\..*");

  private Fer2013() {}

  /**
   * Reads either form, found by looking: {@link #csv} where there is such a list, else {@link
   * #folders}.
   *
   * @param root the list, a zip archive, the folder that holds them or the pictures, or one above
   * @return splits {@code train}, {@code validation} (PublicTest) and {@code test} (PrivateTest)
   * @throws IOException if it cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    return pixelList(root, "fer2013.csv").isPresent() ? csv(root) : folders(root);
  }

  /**
   * Reads {@code fer2013.csv} with columns {@code emotion, pixels, Usage}, whatever its name.
   *
   * @param root the file, the folder that holds it, or one above
   * @return splits {@code train}, {@code validation} (PublicTest) and {@code test} (PrivateTest);
   *     photos are named by their row, {@code fer0000000} being the first
   * @throws IOException if the file cannot be read or is laid out otherwise
   */
  public static AffectDataset csv(Path root) throws IOException {
    Path file =
        pixelList(root, "fer2013.csv")
            .orElse(Files.isDirectory(root) ? root.resolve("fer2013.csv") : root);
    return pixels("FER2013", root, file, CODES, List.of());
  }

  /**
   * Finds a list of pictures as numbers: the file itself, the one of the usual name, or the only
   * one with the columns {@code emotion, pixels, Usage}.
   */
  static Optional<Path> pixelList(Path root, String usualName) throws IOException {
    if (Files.isRegularFile(root)) {
      return root.toString().toLowerCase(Locale.ROOT).endsWith(".zip")
          ? Optional.empty()
          : Optional.of(root);
    }
    Optional<Path> usual = LabelPlaces.home(root, usualName);
    if (usual.isPresent()) {
      return usual.map(folder -> folder.resolve(usualName));
    }
    List<Path> found = new ArrayList<>();
    for (Path folder : LabelPlaces.near(root)) {
      for (Path file : LabelPlaces.glob(folder, "*.csv")) {
        if (LabelPlaces.header(file).containsAll(Set.of("emotion", "pixels", "usage"))) {
          found.add(file);
        }
      }
    }
    return LabelPlaces.only(found, "lists with the columns emotion, pixels, Usage");
  }

  /**
   * Reads pictures of 48 x 48 numbers; they are named {@code fer0000000} and so on by their row.
   */
  static AffectDataset pixels(
      String name, Path root, Path file, Codes codes, List<FerPlus.Ballot> votes)
      throws IOException {
    PixelStore pixels = new PixelStore();
    LabelReader loading = new LabelReader(name, root, pixels);
    LabelPlaces.require(file, "pictures in columns emotion, pixels, Usage");
    if (!votes.isEmpty()) {
      loading.addToChecksum(root.resolve("fer2013new.csv"));
    }
    int count = 0;
    try (Rows rows = loading.csv(file)) {
      for (; rows.next(); count++) {
        String image = "fer%07d".formatted(count);
        LabelRow row = loading.start(image).split(split(file, rows.get("Usage")));
        if (votes.isEmpty()) {
          row.expression(codes, rows.get("emotion"));
        } else if (count < votes.size()) {
          FerPlus.Ballot ballot = votes.get(count);
          if (!ballot.usage().equalsIgnoreCase(rows.get("Usage"))) {
            throw new DatasetFormatException(
                "row %d is '%s' in fer2013new.csv but '%s' in %s; they are joined by row and must be of one edition"
                    .formatted(count + 1, ballot.usage(), rows.get("Usage"), file));
          }
          FerPlus.vote(row, ballot.votes());
        }
        if (pixels.put(image, rows.get("pixels"))) {
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
    public boolean contains(String image) {
      return images.containsKey(image);
    }

    @Override
    public FaceImage read(String image) {
      byte[] pixels = images.get(image);
      return FaceImage.ofBands(SIDE, SIDE, pixels, pixels, pixels);
    }
  }

  /**
   * Reads the folder form, packed or not: {@code train/angry/Training_123.jpg}, {@code
   * test/angry/PublicTest_123.jpg}, or {@code train/angry/0.jpg}. The split is told by the file's
   * name if it is one of the former, else by the folder; folders above these do not matter. A photo
   * is named by its path, since some file names occur under two classes.
   *
   * @param roots folders and zip archives that together are the dataset, at least one; a folder of
   *     zip archives without any sub-folder stands for its archives
   * @return splits {@code train}, {@code validation} (PublicTest) and {@code test} (PrivateTest; or
   *     both where file names do not tell, which the report says)
   * @throws IOException if one cannot be read or is laid out otherwise
   */
  public static AffectDataset folders(Path... roots) throws IOException {
    return folders("FER2013", Optional.empty(), roots);
  }

  /** Votes that name pictures by the folder of their class and their name. */
  record Votes(Path file, Map<String, FerPlus.Ballot> ballots) {
    /** Votes in place of the label; whether there are any. */
    private boolean cast(LabelRow row, String image) {
      row.set(FaceColumns.EXPRESSION, "");
      FerPlus.Ballot ballot = ballots.get(nameInClass(image));
      if (ballot == null) {
        row.mask("expression", "no votes");
        return false;
      }
      FerPlus.vote(row, ballot.votes());
      return true;
    }

    private static String nameInClass(String image) {
      String[] parts = image.split("/");
      return parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }
  }

  static AffectDataset folders(String name, Optional<Votes> votes, Path... roots)
      throws IOException {
    if (roots.length == 0) {
      throw new IllegalArgumentException("give at least one folder or zip archive of FER2013");
    }
    ClassFolders folders = new ClassFolders(name, Codes.spelled(CODES), roots);
    int[] found = {0};
    if (votes.isPresent()) {
      folders.loading().addToChecksum(votes.get().file());
    }
    AffectDataset dataset =
        folders.load(
            (row, photo) -> {
              if (votes.isPresent() && votes.get().cast(row, photo.image())) {
                found[0]++;
              }
              Matcher file = FILE.matcher(photo.file());
              if (file.matches()) {
                row.split(SPLITS.get(file.group(1).toLowerCase(Locale.ROOT)));
              } else if (photo.split().equals("test")) {
                folders
                    .loading()
                    .note(
                        "file name does not tell PublicTest from PrivateTest: all are 'test'",
                        photo.image());
              }
            });
    if (votes.isPresent() && found[0] == 0) {
      throw new DatasetFormatException(
          "%s has votes for none of the pictures in %s; its column 'file' holds names such as angry/Training_10118481.jpg"
              .formatted(votes.get().file(), List.of(roots)));
    }
    return dataset;
  }
}
