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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.affect4j.image.PictureFormat;
import org.affect4j.table.InputName;

/**
 * The inputs that a user's arguments stand for, and what was left out.
 *
 * <p>A file that is named is an input whatever it holds. Of a folder, sub-folders and linked ones
 * included, those are inputs that hold a picture of a known kind, or a video where they are asked
 * for, whatever their names, and those whose names promise one: empty and broken ones and links to
 * nowhere get a row that says so. An animated GIF is a video where videos are asked for. What an
 * Apple or Windows computer adds ({@code ._photo.jpg}, {@code __MACOSX}, {@code Thumbs.db}) is no
 * input. A file that is reached twice, by links or by several arguments, is one input.
 *
 * @param files the inputs, arguments in their order and folders sorted by path, each once
 * @param others how many files of each type were left out: by extension or, for those without one,
 *     by name; sorted
 * @param remarks what else a user should know: folders without a picture, loops of links, folders
 *     that may not be read
 * @param videos those of the inputs that are videos, or folders of numbered pictures that are
 * @param stills how many animations are photos because their first frame alone was asked for
 */
public record InputListing(
    List<Path> files,
    Map<String, Integer> others,
    List<String> remarks,
    Set<Path> videos,
    int stills) {
  private static final String APPLE_FOLDER = "__MACOSX";
  private static final String APPLE_DOUBLE = "._";

  /** What of the inputs are videos. */
  public enum Videos {
    /** None: videos of folders are left out. */
    NONE,
    /** Videos and animations. */
    ALL,
    /** Videos; of an animation the first frame is a photo. */
    STILLS,
    /** Videos, and each folder that is named is one clip of numbered pictures. */
    FOLDERS
  }

  /** Copies all. */
  public InputListing {
    files = List.copyOf(files);
    others = Collections.unmodifiableMap(new TreeMap<>(others));
    remarks = List.copyOf(remarks);
    videos = Set.copyOf(videos);
  }

  /**
   * Lists photos.
   *
   * @param arguments files and folders
   * @return the inputs
   * @throws IOException as below
   */
  public static InputListing of(List<Path> arguments) throws IOException {
    return of(arguments, Videos.NONE);
  }

  /**
   * Lists photos and videos.
   *
   * @param arguments files and folders
   * @param wanted which inputs are videos
   * @return the inputs
   * @throws IOException if an argument does not exist, a folder cannot be listed, or there is no
   *     input at all
   */
  public static InputListing of(List<Path> arguments, Videos wanted) throws IOException {
    Walk walk = new Walk(wanted);
    for (Path argument : arguments) {
      if (Files.isDirectory(argument) && wanted == Videos.FOLDERS) {
        walk.clip(argument);
      } else if (Files.isDirectory(argument)) {
        walk.folder(argument);
      } else if (Files.exists(argument) || Files.isSymbolicLink(argument)) {
        walk.add(argument);
      } else {
        throw new NoSuchFileException(argument.toString(), null, "no such file or folder");
      }
    }
    InputListing listing =
        new InputListing(
            new ArrayList<>(walk.inputs.values()),
            walk.others,
            walk.remarks,
            walk.videos,
            walk.stills);
    if (listing.files.isEmpty()) {
      throw new NoSuchFileException(
          arguments.toString(),
          null,
          ("no %s in the folders given. %s".formatted(walk.sought(), listing.othersInWords()))
              .strip());
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
    private final Set<Path> videos = new HashSet<>();
    private final Videos wanted;
    private int stills;

    Walk(Videos wanted) {
      this.wanted = wanted;
    }

    String sought() {
      return wanted == Videos.NONE ? "image" : "image or video";
    }

    void add(Path file) {
      if (inputs.putIfAbsent(InputName.real(file), file) == null && isVideo(file)) {
        videos.add(file);
      }
    }

    void clip(Path folder) {
      if (inputs.putIfAbsent(InputName.real(folder), folder) == null) {
        videos.add(folder);
      }
    }

    private boolean isVideo(Path file) {
      if (wanted == Videos.NONE) {
        return false;
      }
      String name = file.toString();
      try {
        // What is read of a pipe would be lost.
        byte[] head = Files.isRegularFile(file) ? VideoFormat.head(file) : new byte[0];
        Optional<PictureFormat> picture = PictureFormat.of(head, name);
        if (picture.isPresent()) {
          boolean animation = picture.get() == PictureFormat.GIF && VideoFormat.isAnimation(file);
          stills += animation && wanted == Videos.STILLS ? 1 : 0;
          return animation && wanted != Videos.STILLS;
        }
        if (VideoFormat.isStartOf(head, name)) {
          return true;
        }
      } catch (IOException unreadable) {
        // Its name says what it would be; its row says why it is not.
      }
      return VideoFormat.isPromisedBy(name);
    }

    void folder(Path folder) throws IOException {
      List<Path> found = new ArrayList<>();
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
              return !visited.equals(folder) && VideoFiles.areAt(visited)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

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
        remarks.add(
            "there is no %s in %s"
                .formatted(wanted == Videos.NONE ? "picture" : "picture or video", folder));
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

    private boolean isInput(Path file, BasicFileAttributes attributes) {
      if (file.getFileName().toString().startsWith(APPLE_DOUBLE)
          || isApples(file)
          || VideoFiles.areAt(file)) {
        return false;
      }
      boolean videos = wanted != Videos.NONE;
      String name = file.toString();
      boolean promised =
          PictureFormat.promisedBy(name).isPresent()
              || videos && VideoFormat.isSurelyPromisedBy(name);
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
        byte[] head = VideoFormat.head(file);
        return PictureFormat.of(head, name).isPresent()
            || videos && VideoFormat.isStartOf(head, name);
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
