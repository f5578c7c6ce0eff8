package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.affect4j.image.PictureFormat;
import org.affect4j.table.InputName;

/**
 * The inputs that a user's arguments stand for, and what was left out.
 *
 * <p>A file that is named is an input whatever it holds. Of a folder, sub-folders and linked ones
 * included, those are inputs that hold a picture of a known kind, whatever their names, and those
 * whose names promise one: empty and broken ones and links to nowhere get a row that says so. What
 * an Apple or Windows computer adds ({@code ._photo.jpg}, {@code __MACOSX}, {@code Thumbs.db}) is
 * no input. A file that is reached twice, by links or by several arguments, is one input.
 *
 * @param files the inputs, arguments in their order and folders sorted by path, each once
 * @param others how many files of each type were left out: by extension or, for those without one,
 *     by name; sorted
 * @param remarks what else a user should know: folders without a picture, loops of links, folders
 *     that may not be read
 */
public record InputListing(List<Path> files, Map<String, Integer> others, List<String> remarks) {
  private static final String APPLE_FOLDER = "__MACOSX";
  private static final String APPLE_DOUBLE = "._";

  /** Copies all three. */
  public InputListing {
    files = List.copyOf(files);
    others = Collections.unmodifiableMap(new TreeMap<>(others));
    remarks = List.copyOf(remarks);
  }

  /**
   * Lists.
   *
   * @param arguments files and folders
   * @return the inputs
   * @throws IOException if an argument does not exist, a folder cannot be listed, or there is no
   *     input at all
   */
  public static InputListing of(List<Path> arguments) throws IOException {
    Walk walk = new Walk();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        walk.folder(argument);
      } else if (Files.exists(argument) || Files.isSymbolicLink(argument)) {
        walk.add(argument);
      } else {
        throw new NoSuchFileException(argument.toString(), null, "no such file or folder");
      }
    }
    InputListing listing =
        new InputListing(new ArrayList<>(walk.inputs.values()), walk.others, walk.remarks);
    if (listing.files.isEmpty()) {
      throw new NoSuchFileException(
          arguments.toString(),
          null,
          ("no image in the folders given. " + listing.othersInWords()).strip());
    }
    return listing;
  }

  /**
   * Tells how many files were left out.
   *
   * @return such as {@code "3 other files were left out: 2 .txt, 1 Thumbs.db"}; empty if none
   */
  public String othersInWords() {
    int total = others.values().stream().mapToInt(Integer::intValue).sum();
    if (total == 0) {
      return "";
    }
    List<String> parts =
        others.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList();
    return "%d other file%s left out: %s"
        .formatted(total, total == 1 ? " was" : "s were", String.join(", ", parts));
  }

  /** Collects over all arguments. */
  private static final class Walk {
    /** Inputs by the place that they really are. */
    private final Map<Path, Path> inputs = new LinkedHashMap<>();

    private final Map<String, Integer> others = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();

    void add(Path file) {
      inputs.putIfAbsent(InputName.real(file), file);
    }

    void folder(Path folder) throws IOException {
      List<Path> found = new ArrayList<>();
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (isInput(file, attributes)) {
                found.add(file);
              } else {
                others.merge(type(file), 1, Integer::sum);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (file.equals(folder)) {
                throw e;
              }
              if (e instanceof FileSystemLoopException) {
                remarks.add(file + " is a link to a folder that it lies in; it was not followed");
              } else if (!(e instanceof NoSuchFileException)) {
                remarks.add(file + " could not be looked into: " + e);
              }
              // Otherwise it vanished while the folder was being listed: nothing is left.
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) {
              if (e != null) {
                remarks.add(visited + " could not be listed to its end: " + e);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      if (found.isEmpty()) {
        remarks.add("there is no picture in " + folder);
      }
      found.sort(null);
      // Files under their own names first: a link to one of them is the same input.
      Map<Path, Path> places = new HashMap<>();
      for (Path file : found) {
        Path place = InputName.real(file);
        if (places.putIfAbsent(place, file) != null
            && place.equals(file.toAbsolutePath().normalize())) {
          places.put(place, file);
        }
      }
      found.stream().filter(file -> places.get(InputName.real(file)) == file).forEach(this::add);
    }

    private static boolean isInput(Path file, BasicFileAttributes attributes) {
      if (file.getFileName().toString().startsWith(APPLE_DOUBLE) || isApples(file)) {
        return false;
      }
      boolean promised = PictureFormat.promisedBy(file.toString()).isPresent();
      if (attributes.isSymbolicLink()) {
        return promised; // to nowhere: one that works is followed
      }
      if (!attributes.isRegularFile()) {
        return false; // reading from a pipe would wait for ever
      }
      if (promised) {
        return true;
      }
      try {
        return PictureFormat.of(file).isPresent();
      } catch (IOException unreadable) {
        return false;
      }
    }

    private static boolean isApples(Path file) {
      for (Path part : file) {
        if (part.toString().equals(APPLE_FOLDER)) {
          return true;
        }
      }
      return false;
    }

    private static String type(Path file) {
      String name = file.getFileName().toString();
      if (isApples(file)) {
        return APPLE_FOLDER;
      }
      if (name.startsWith(APPLE_DOUBLE)) {
        return APPLE_DOUBLE + "*";
      }
      int dot = name.lastIndexOf('.');
      boolean named = dot <= 0 || name.equalsIgnoreCase("Thumbs.db") || dot == name.length() - 1;
      return named ? name : name.substring(dot).toLowerCase(Locale.ROOT);
    }
  }
}
