package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.affect4j.face.PixelBox;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;

/** WIDER FACE (Yang et al., CVPR 2016): photos of events with a box around every face. */
public final class WiderFace {
  private static final String LISTS = "wider_face_split";
  private static final String[] PLACES = {
    LISTS, "eval_tools/ground_truth", "ground_truth", "wider_face_split/ground_truth"
  };

  /** What stands behind a box, in this order. */
  private static final List<String> ATTRIBUTES =
      List.of("blur", "exaggerated", "illumination", "invalid", "occlusion", "pose");

  private static final int BOX = 4;

  private WiderFace() {}

  /** The three parts of the validation faces for which average precision is stated. */
  public enum Difficulty {
    /** Faces that are easily found. */
    EASY,
    /** These and others. */
    MEDIUM,
    /** Nearly all faces. */
    HARD;

    /**
     * Returns the column that tells which faces are part of it.
     *
     * @return such as {@code "easy"}
     */
    public String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the lists {@code wider_face_split/wider_face_{train,val}_bbx_gt.txt}, of which one may be
   * missing, photos in {@code WIDER_train/images} and {@code WIDER_val/images}, and the lists of
   * difficulty {@code wider_{easy,medium,hard}_val.mat} of the authors' evaluation tools, if they
   * are there: beside the text lists, in {@code ground_truth} or in {@code
   * eval_tools/ground_truth}.
   *
   * @param root folder that holds {@code wider_face_split}, or one above
   * @return one row per face with its box; numbers {@code blur} (0 clear, 1 normal, 2 heavy),
   *     {@code exaggerated} (expression), {@code illumination} (1 extreme), {@code invalid} (of no
   *     use in the authors' judgement), {@code occlusion} (0 none, 1 partial, 2 heavy), {@code
   *     pose} (1 atypical); and in the split {@code validation} the columns of {@link Difficulty},
   *     1 for the faces of each, if its list was found. A photo without a face has no row
   * @throws IOException if a list cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    Path home = LabelPlaces.home(root, LISTS).orElse(root);
    List<Path> lists =
        LabelPlaces.globSome(
            home.resolve(LISTS),
            "wider_face_{train,val}_bbx_gt.txt",
            "WIDER FACE's lists, with WIDER_train and WIDER_val beside the folder");
    LabelReader loading = new LabelReader("WIDER FACE", home, photos(home));
    Map<Difficulty, Map<String, Set<Integer>>> chosen = difficulties(loading, home);
    for (Path list : lists) {
      boolean train = list.getFileName().toString().contains("_train_");
      read(loading, list, train ? "train" : "validation", train ? Map.of() : chosen);
    }
    return loading.finish(false);
  }

  private static ImageStore photos(Path home) {
    List<String> folders = List.of("WIDER_train/images/", "WIDER_val/images/");
    return folders.stream().noneMatch(folder -> Files.isDirectory(home.resolve(folder)))
        ? ImageStore.none()
        : ImageStore.inFolder(
            List.of(home), name -> folders.stream().map(folder -> folder + name).toList());
  }

  private static void read(
      LabelReader loading,
      Path list,
      String split,
      Map<Difficulty, Map<String, Set<Integer>>> chosen)
      throws IOException {
    Iterator<String> lines = loading.lines(list).iterator();
    while (lines.hasNext()) {
      String photo = lines.next();
      int faces = count(list, photo, lines);
      if (faces == 0) {
        loading.note("photo without a face", photo);
        lines.next();
      }
      String stem = photo.substring(photo.lastIndexOf('/') + 1).replaceFirst("\\.jpg$", "");
      for (int face = 0; face < faces; face++) {
        LabelRow row = loading.start(photo).key(photo + "#" + face).split(split);
        add(row, numbers(list, photo, lines));
        for (Map.Entry<Difficulty, Map<String, Set<Integer>>> part : chosen.entrySet()) {
          Set<Integer> members = part.getValue().get(stem);
          if (members != null) {
            row.set(part.getKey().column(), members.contains(face) ? 1 : 0);
          }
        }
        loading.add();
      }
      require(chosen, list, photo, stem, faces);
    }
  }

  /** The number below a photo's name; where it is 0, a line of zeros follows. */
  private static int count(Path list, String photo, Iterator<String> lines)
      throws DatasetFormatException {
    String number = lines.hasNext() ? lines.next() : "nothing";
    if (!number.matches("\\d{1,6}") || !lines.hasNext()) {
      throw new DatasetFormatException(
          "%s: expected the number of faces and their boxes below '%s', got '%s'"
              .formatted(list, photo, number));
    }
    return Integer.parseInt(number);
  }

  private static double[] numbers(Path list, String photo, Iterator<String> lines)
      throws DatasetFormatException {
    String line = lines.hasNext() ? lines.next() : "nothing";
    double[] numbers = Stream.of(line.split("\\s+")).mapToDouble(LabelRow::number).toArray();
    if (numbers.length != BOX + ATTRIBUTES.size()
        || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw new DatasetFormatException(
          "%s, '%s' below '%s': expected x, y, width, height and %s"
              .formatted(list, line, photo, ATTRIBUTES));
    }
    return numbers;
  }

  private static void add(LabelRow row, double[] numbers) {
    if (numbers[2] > 0 && numbers[3] > 0) {
      row.box(new PixelBox(numbers[0], numbers[1], numbers[2], numbers[3]));
    } else {
      row.mask("face box", "empty");
    }
    for (int i = 0; i < ATTRIBUTES.size(); i++) {
      row.set(ATTRIBUTES.get(i), numbers[BOX + i]);
    }
  }

  private static void require(
      Map<Difficulty, Map<String, Set<Integer>>> chosen,
      Path list,
      String photo,
      String stem,
      int faces)
      throws DatasetFormatException {
    for (Map.Entry<Difficulty, Map<String, Set<Integer>>> part : chosen.entrySet()) {
      for (int member : part.getValue().getOrDefault(stem, Set.of())) {
        if (member < 0 || member >= faces) {
          throw new DatasetFormatException(
              "%s has %d faces in '%s', but the list of difficulty '%s' names face %d; take both of one release"
                  .formatted(list, faces, photo, part.getKey().column(), member + 1));
        }
      }
    }
  }

  /** For each list that is there, the numbers from 0 of the faces of a photo. */
  private static Map<Difficulty, Map<String, Set<Integer>>> difficulties(
      LabelReader loading, Path home) throws IOException {
    Map<Difficulty, Map<String, Set<Integer>>> all = new EnumMap<>(Difficulty.class);
    for (Difficulty part : Difficulty.values()) {
      String name = "wider_%s_val.mat".formatted(part.column());
      Optional<Path> file =
          Stream.of(PLACES)
              .map(place -> home.resolve(place).resolve(name))
              .filter(Files::isRegularFile)
              .findFirst();
      if (file.isPresent()) {
        loading.addToChecksum(file.get());
        all.put(part, members(file.get()));
      } else {
        loading.note("list of difficulty was not found", name);
      }
    }
    return all;
  }

  /** Names of photos are unique without those of their events. */
  private static Map<String, Set<Integer>> members(Path file) throws IOException {
    Map<String, Set<Integer>> members = new HashMap<>();
    try (MatFile mat = Mat5.readFromFile(file.toFile())) {
      Cell photos = mat.getCell("file_list");
      Cell faces = mat.getCell("gt_list");
      for (int event = 0; event < photos.getNumElements(); event++) {
        Cell names = photos.getCell(event);
        for (int i = 0; i < names.getNumElements(); i++) {
          Matrix numbers = faces.getCell(event).getMatrix(i);
          Set<Integer> some = new HashSet<>();
          for (int k = 0; k < numbers.getNumElements(); k++) {
            some.add(numbers.getInt(k) - 1);
          }
          members.put(names.getChar(i).getString(), some);
        }
      }
      return members;
    } catch (RuntimeException | IOException e) {
      throw new DatasetFormatException(
          "%s is no list of difficulty of WIDER FACE: expected MATLAB 5 cells 'file_list' and 'gt_list' of events and photos"
              .formatted(file),
          e);
    }
  }
}
