package org.affect4j.table;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Files and their names in the column {@code input}.
 *
 * <p>A name is the path as the user wrote it, with every character as it is. A path whose bytes are
 * no text of this system's character set (UTF-8 on Linux), such as a name written in Latin-1, has
 * no such form: its name is the path's URI, in which {@code %E9} stands for the byte. No path is
 * written with two slashes in a row, so that {@code file:///} tells the two apart, and a {@code %}
 * in an ordinary name is only itself.
 */
public final class InputName {
  private static final String URI_START = "file:///";

  private InputName() {}

  /**
   * Names a file.
   *
   * @param file any path
   * @return its name, from which {@link #path} makes the same path
   */
  public static String of(Path file) {
    String name = file.toString();
    return file.getFileSystem().getPath(name).equals(file) ? name : file.toUri().toString();
  }

  /**
   * Finds the file of a name.
   *
   * @param name from the column {@code input} of a table of files
   * @return the path, relative if the name is
   * @throws InvalidPathException if it cannot be the name of a file here
   */
  public static Path path(String name) {
    return name.startsWith(URI_START) ? Path.of(URI.create(name)) : Path.of(name);
  }

  /**
   * Names a file where relative names start from a folder.
   *
   * @param file any path
   * @param base what relative names start from
   * @return the path as written, or absolute
   */
  public static String of(Path file, Path base) {
    // Names of one file start from one folder, else two inputs could have the same name.
    return of(file.isAbsolute() || base.equals(real(Path.of(""))) ? file : file.toAbsolutePath());
  }

  /**
   * Finds where the file of a name really lies, whatever it is called.
   *
   * @param name from the column {@code input} of a table of files
   * @param base what relative names start from
   * @return the same for all names of a file; the name itself if it cannot be one here
   */
  public static String place(String name, Path base) {
    try {
      return of(real(base.resolve(path(name))));
    } catch (InvalidPathException e) {
      // Written on another system: the name of no file here.
      return name;
    }
  }

  /**
   * Finds where a file really lies.
   *
   * @param file any path
   * @return absolute; links are followed as far as they exist
   */
  public static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      Path normal = file.toAbsolutePath().normalize();
      Path parent = normal.getParent();
      return parent == null ? normal : real(parent).resolve(normal.getFileName());
    }
  }
}
