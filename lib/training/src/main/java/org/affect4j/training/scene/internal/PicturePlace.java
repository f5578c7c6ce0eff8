package org.affect4j.training.scene.internal;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.affect4j.analysis.FolderAnalysis;

/**
 * The pictures of a place, be they files or in zip archives. Close it to close the archives.
 *
 * @param roots folders, and roots of archives
 * @param archives the open archives
 */
public record PicturePlace(List<Path> roots, List<FileSystem> archives) implements AutoCloseable {
  /** Copies the lists. */
  public PicturePlace {
    roots = List.copyOf(roots);
    archives = List.copyOf(archives);
  }

  /**
   * Opens a place.
   *
   * @param place a picture, a zip archive of pictures, or a folder of both
   * @return the place, to be closed
   * @throws IOException if there is no such place, or an archive cannot be read
   */
  public static PicturePlace open(Path place) throws IOException {
    if (!Files.exists(place)) {
      throw new NoSuchFileException(place.toString(), null, "no such file or folder");
    }
    List<Path> zips = new ArrayList<>();
    if (Files.isDirectory(place)) {
      try (Stream<Path> files = Files.list(place)) {
        files.filter(PicturePlace::isZip).sorted().forEach(zips::add);
      }
    } else if (isZip(place)) {
      zips.add(place);
    }
    List<Path> roots = new ArrayList<>();
    List<FileSystem> archives = new ArrayList<>();
    if (Files.isDirectory(place) || zips.isEmpty()) {
      roots.add(place);
    }
    for (Path zip : zips) {
      FileSystem archive = FileSystems.newFileSystem(zip);
      archives.add(archive);
      archive.getRootDirectories().forEach(roots::add);
    }
    return new PicturePlace(roots, archives);
  }

  private static boolean isZip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  /**
   * Lists the pictures.
   *
   * @return files, some of them inside archives; unmodifiable
   * @throws IOException if a folder cannot be read, or there is no picture
   */
  public List<Path> images() throws IOException {
    List<Path> images = new ArrayList<>();
    IOException none = null;
    for (Path root : roots) {
      try {
        images.addAll(FolderAnalysis.inputs(List.of(root)));
      } catch (NoSuchFileException e) {
        none = e;
      }
    }
    if (images.isEmpty() && none != null) {
      throw none;
    }
    return List.copyOf(images);
  }

  /**
   * Names a picture of {@link #images} so that {@link #find} finds it.
   *
   * @param file the picture
   * @return its path below the place, with slashes; its own name if it is the place
   */
  public String nameOf(Path file) {
    return roots.stream()
        .filter(root -> root.getFileSystem().equals(file.getFileSystem()))
        .filter(root -> file.startsWith(root) && !file.equals(root))
        .findFirst()
        .map(root -> root.relativize(file))
        .orElseGet(file::getFileName)
        .toString()
        .replace('\\', '/');
  }

  /**
   * Finds a picture.
   *
   * @param name its path below the place or below its folder {@code images}
   * @return the file, if there is one
   */
  public Optional<Path> find(String name) {
    return roots.stream()
        .flatMap(root -> Stream.of(root.resolve(name), root.resolve("images").resolve(name)))
        .filter(Files::exists)
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    for (FileSystem archive : archives) {
      archive.close();
    }
  }
}
