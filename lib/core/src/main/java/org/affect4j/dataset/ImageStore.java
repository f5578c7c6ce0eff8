package org.affect4j.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.affect4j.image.FaceImage;

/** Where the photos of a dataset lie, by the names that stand in the column {@code image}. */
interface ImageStore {
  /** False where no photos were found at all, so that only the labels can be used. */
  default boolean isAvailable() {
    return true;
  }

  /** Tells whether a photo is there. */
  boolean contains(String image) throws IOException;

  /** Reads a photo. */
  FaceImage read(String image) throws IOException;

  /** No photos: label files only. */
  static ImageStore none() {
    return inFolder(List.of(), name -> List.of());
  }

  /** Photos in the first folder that exists, under their own names. */
  static ImageStore inFolder(Path... folders) {
    return inFolder(Arrays.asList(folders), List::of);
  }

  /**
   * Photos in the first folder that exists.
   *
   * @param folders candidates
   * @param names paths below the folder under which a photo may lie
   */
  static ImageStore inFolder(List<Path> folders, Function<String, List<String>> names) {
    Path folder = folders.stream().filter(Files::isDirectory).findFirst().orElse(Path.of(""));
    boolean available = folders.stream().anyMatch(Files::isDirectory);
    // One listing per folder: a look at each of a million files takes minutes on a network disk.
    Map<Path, Set<String>> listings = new HashMap<>();
    return new ImageStore() {
      @Override
      public boolean isAvailable() {
        return available;
      }

      @Override
      public boolean contains(String image) throws IOException {
        for (String candidate : names.apply(image)) {
          Path file = folder.resolve(candidate);
          Path parent = file.getParent();
          if (!listings.containsKey(parent)) {
            listings.put(parent, list(parent));
          }
          if (listings.get(parent).contains(file.getFileName().toString())) {
            return true;
          }
        }
        return false;
      }

      @Override
      public FaceImage read(String image) throws IOException {
        for (String candidate : names.apply(image)) {
          Path file = folder.resolve(candidate);
          if (available && Files.isRegularFile(file)) {
            return FaceImage.read(file);
          }
        }
        throw new NoSuchFileException(
            available
                ? "%s is not in %s".formatted(image, folder)
                : "%s: the dataset's photos are not on this machine".formatted(image));
      }
    };
  }

  /**
   * Photos in an archive, which stays open while the store is in use: reading its directory again
   * for each of tens of thousands of photos takes milliseconds each. The JDK closes it once the
   * store is garbage.
   */
  static ImageStore inZip(Path zip) throws IOException {
    ZipFile archive = new ZipFile(zip.toFile());
    return new ImageStore() {
      @Override
      public boolean contains(String image) {
        return archive.getEntry(image) != null;
      }

      @Override
      public FaceImage read(String image) throws IOException {
        ZipEntry entry = archive.getEntry(image);
        if (entry == null) {
          throw new NoSuchFileException(image + " is not in " + zip);
        }
        try (InputStream in = archive.getInputStream(entry)) {
          return FaceImage.decode(in.readAllBytes(), zip + "!" + image);
        }
      }
    };
  }

  private static Set<String> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
