package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PictureFormat;

/** All pictures below a folder or in archives, by their paths there, with {@code /}. */
final class PhotoTree implements ImageStore {
  /** Sides of at most so many pixels are those of face crops, as sets for training have them. */
  private static final int CROP = 256;

  private static final int LOOKED_AT = 20;
  private static final int LISTED = 12;

  private final Map<String, String> marks = new TreeMap<>();
  private final Map<String, ImageStore> stores = new LinkedHashMap<>();
  private final List<String> others = new ArrayList<>();

  private PhotoTree() {}

  /**
   * Finds the pictures.
   *
   * @param roots folders and zip archives that together are the dataset; a folder that holds
   *     nothing but files, some of them archives, stands for these
   */
  static PhotoTree of(Path... roots) throws IOException {
    PhotoTree tree = new PhotoTree();
    for (Path root : unpacked(roots)) {
      boolean folder = Files.isDirectory(root);
      Map<String, String> found = folder ? inFolder(root) : inZip(root);
      ImageStore store = folder ? ImageStore.inFolder(root) : ImageStore.inZip(root);
      for (Map.Entry<String, String> entry : found.entrySet()) {
        String name = entry.getKey();
        if (!isPicture(name)) {
          tree.others.add(name);
        } else if (tree.stores.putIfAbsent(name, store) != null) {
          throw new DatasetFormatException(
              "%s occurs in two of the given places; give each place once".formatted(name));
        } else {
          tree.marks.put(name, entry.getValue());
        }
      }
    }
    return tree;
  }

  private static List<Path> unpacked(Path[] roots) throws IOException {
    List<Path> places = new ArrayList<>();
    for (Path root : roots) {
      LabelPlaces.require(root, "a folder or zip archive of pictures");
      List<Path> archives = LabelPlaces.glob(root, "*.zip");
      boolean onlyFiles = LabelPlaces.glob(root, "*").stream().noneMatch(Files::isDirectory);
      places.addAll(!archives.isEmpty() && onlyFiles ? archives : List.of(root));
    }
    return places;
  }

  /** Files by name, with a mark that changes with their content. */
  private static Map<String, String> inFolder(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.put(
                  root.relativize(file).toString().replace('\\', '/'),
                  String.valueOf(attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // A link in a circle, or to nothing: the report counts it as no picture.
            files.put(root.relativize(file).toString().replace('\\', '/') + "/", "");
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static Map<String, String> inZip(Path zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      archive.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> files.put(entry.getName(), Long.toHexString(entry.getCrc())));
    } catch (ZipException e) {
      throw new DatasetFormatException(
          "%s is no zip archive; expected a folder of pictures or a zip archive".formatted(zip), e);
    }
    return files;
  }

  /** Hidden files, and what macOS adds to archives, are no pictures whatever they are called. */
  private static boolean isPicture(String name) {
    return PictureFormat.promisedBy(name).filter(PictureFormat::isRead).isPresent()
        && !("/" + name).contains("/.")
        && !name.contains("__MACOSX/");
  }

  /** Names of all pictures, sorted, with a mark that changes with their content. */
  Map<String, String> pictures() {
    return marks;
  }

  /** Names of all files that are no pictures. */
  List<String> others() {
    return others;
  }

  @Override
  public boolean contains(String image) {
    return stores.containsKey(image);
  }

  @Override
  public FaceImage read(String image) throws IOException {
    return stores.get(image).read(image);
  }

  /** Tells by the size of a few of them whether pictures are face crops. */
  boolean crops(List<String> pictures) {
    int read = 0;
    int count = Math.min(LOOKED_AT, pictures.size());
    for (int i = 0; i < count; i++) {
      try {
        FaceImage picture = read(pictures.get((int) ((long) i * pictures.size() / count)));
        if (Math.max(picture.width(), picture.height()) > CROP) {
          return false;
        }
        read++;
      } catch (IOException e) {
        // Whoever asks for the picture later is told.
      }
    }
    return read > 0;
  }

  /** The folders with most pictures, such as "train/angry (3995)", for an error message. */
  String seen() {
    if (marks.isEmpty()) {
      return "no picture "
          + Arrays.stream(PictureFormat.values()).filter(PictureFormat::isRead).toList();
    }
    Map<String, Long> counts =
        marks.keySet().stream()
            .collect(Collectors.groupingBy(PhotoTree::folder, TreeMap::new, Collectors.counting()));
    String listed =
        counts.entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry<String, Long>::getValue).reversed())
            .limit(LISTED)
            .map(e -> "%s (%d)".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return "%d pictures in %s%s"
        .formatted(marks.size(), listed, counts.size() > LISTED ? ", …" : "");
  }

  static String folder(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "." : name.substring(0, slash);
  }
}
