package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Pictures whose folders are their labels, as most redistributions have them: {@code
 * split/class/name.jpg} or {@code class/name.jpg}, whatever lies above, between and below. Classes
 * and splits are recognised by their usual spellings, classes also by the numbers of the dataset.
 * What can be read in two ways is refused.
 */
final class ClassFolders {
  private static final Pattern SPLIT =
      Pattern.compile(
          "(train|training|val|valid|validation|test|testing|publictest|privatetest)"
              + "(?:[ _-]?(?:set|data|class|classes|images?|imgs|faces|crops?|aligned.*))?");
  private static final Pattern NUMBER = Pattern.compile("(?:class|label|emotion)?[ _-]?0*(\\d+)");
  private static final Pattern NUMBERED = Pattern.compile("\\d+[ ._-]+(\\p{L}.*)");

  private final String name;
  private final Path root;
  private final PhotoTree tree;
  private final Codes codes;
  private final LabelReader loading;

  /**
   * One picture.
   *
   * @param image its path below the root
   * @param split {@code train}, {@code validation}, {@code test} or empty
   * @param code of its class
   * @param parent the folder that holds the folders of classes
   */
  record Photo(String image, String split, String code, String parent) {
    String file() {
      return image.substring(image.lastIndexOf('/') + 1);
    }
  }

  /**
   * Looks at the pictures.
   *
   * @param name of the dataset
   * @param codes classes of the folders
   * @param roots folders and archives that together are the dataset, at least one
   */
  ClassFolders(String name, Codes codes, Path... roots) throws IOException {
    this.name = name;
    this.root = roots[0];
    this.tree = PhotoTree.of(roots);
    this.codes = codes;
    this.loading = new LabelReader(name, root, tree);
  }

  /** Sets what a picture's place says besides its expression. */
  interface Filler {
    void fill(LabelRow row, Photo photo);
  }

  /** Makes the dataset of all pictures. */
  AffectDataset load(Filler filler) throws IOException {
    return loading.finish(tree.crops(fill(filler)));
  }

  AffectDataset load() throws IOException {
    return load((row, photo) -> {});
  }

  /** Adds the rows of all pictures, and gives the names of these. */
  List<String> fill(Filler filler) throws IOException {
    List<Photo> photos = find();
    for (Photo photo : photos) {
      loading.addToChecksum(photo.image() + " " + tree.pictures().get(photo.image()));
      LabelRow row = loading.start(photo.image()).split(photo.split());
      filler.fill(row.expression(codes, photo.code()), photo);
      loading.add();
    }
    return photos.stream().map(Photo::image).toList();
  }

  PhotoTree tree() {
    return tree;
  }

  LabelReader loading() {
    return loading;
  }

  /** Tells whether any picture lies in the folder of a class. */
  boolean arePresent() {
    return tree.pictures().keySet().stream()
        .flatMap(image -> Arrays.stream(folders(image)))
        .anyMatch(folder -> codes.knows(spelled(folder)));
  }

  /** The labelled pictures, sorted by name; what else there is stands in the report. */
  private List<Photo> find() throws DatasetFormatException {
    List<Photo> photos = new ArrayList<>();
    List<String> unlabelled = new ArrayList<>();
    for (String image : tree.pictures().keySet()) {
      String[] folders = folders(image);
      Optional<Integer> at = classAt(image);
      if (at.isPresent()) {
        String code = spelled(folders[at.get()]);
        photos.add(new Photo(image, split(image), code, join(folders, at.get())));
      } else {
        unlabelled.add(image);
      }
    }
    if (photos.isEmpty()) {
      throw wrong("no folder of a class was found");
    }
    checkNumbers(photos);
    Map<String, Set<String>> parents = new TreeMap<>();
    photos.forEach(
        p -> parents.computeIfAbsent(p.split(), split -> new TreeSet<>()).add(p.parent()));
    Set<String> aligned = checkParents(parents);
    for (String image : unlabelled) {
      checkUnknown(image, parents);
      loading.skip("picture is in no folder of a class", image);
    }
    loading.noteOthers(tree);
    photos.stream()
        .filter(photo -> aligned.contains(photo.parent()))
        .forEach(
            photo ->
                loading.skip("aligned copy; the picture it was cut from was kept", photo.image()));
    return photos.stream().filter(photo -> !aligned.contains(photo.parent())).toList();
  }

  /** Numbers that do not begin where the dataset's do are somebody else's. */
  private void checkNumbers(List<Photo> photos) throws DatasetFormatException {
    Set<String> numbers = new TreeSet<>();
    photos.stream().map(Photo::code).filter(Codes::isNumber).forEach(numbers::add);
    if (numbers.isEmpty()) {
      return;
    }
    loading.note(
        "folders are numbers, read as those of %s: %s".formatted(name, codes.numbers()),
        root.toString());
    if (!numbers.contains(codes.first())) {
      throw wrong(
          "folders are numbered %s, but the classes of %s begin at %s: whose numbers these are cannot be told"
              .formatted(numbers, name, codes.first()));
    }
  }

  /**
   * Two sets of folders of one split are copies, or not of one dataset; aligned ones give way, and
   * are returned.
   */
  private Set<String> checkParents(Map<String, Set<String>> parents) throws DatasetFormatException {
    Set<String> dropped = new TreeSet<>();
    for (Map.Entry<String, Set<String>> split : parents.entrySet()) {
      Set<String> aligned = new TreeSet<>(split.getValue());
      aligned.removeIf(parent -> !parent.toLowerCase(Locale.ROOT).contains("align"));
      Set<String> kept = new TreeSet<>(split.getValue());
      if (aligned.size() < kept.size()) {
        kept.removeAll(aligned);
        dropped.addAll(aligned);
      }
      if (kept.size() > 1) {
        throw wrong(
            "folders of classes lie in %s, all %s: give one of them as the root"
                .formatted(kept, split.getKey().isEmpty() ? "without a split" : split.getKey()));
      }
    }
    if (parents.size() > 1 && parents.containsKey("")) {
      throw wrong(
          "some folders of classes lie in a split (%s) and some in none (%s)"
              .formatted(new TreeMap<>(parents).tailMap("", false), parents.get("")));
    }
    return dropped;
  }

  /** A folder beside those of classes that is none: a class that would be lost in silence. */
  private void checkUnknown(String image, Map<String, Set<String>> parents)
      throws DatasetFormatException {
    String[] folders = folders(image);
    for (int i = 0; i < folders.length; i++) {
      String parent = join(folders, i);
      if (parents.values().stream().anyMatch(siblings -> siblings.contains(parent))
          && spelledSplit(folders[i]).isEmpty()) {
        throw wrong("the folder '%s' beside the classes is none".formatted(join(folders, i + 1)));
      }
    }
  }

  private DatasetFormatException wrong(String what) {
    return new DatasetFormatException(
        "%s, %s: %s. Seen: %s. Expected: folders %s below a folder train, test, validation or none; other names and numbers are read by --dataset folders with --classes"
            .formatted(name, root, what, tree.seen(), codes.expected()));
  }

  /** The code in the name of a folder: {@code 1} of class001, {@code anger} of 1_anger. */
  static String spelled(String folder) {
    String text = folder.strip().toLowerCase(Locale.ROOT);
    Matcher numbered = NUMBERED.matcher(text);
    String word = numbered.matches() ? numbered.group(1) : text;
    Matcher number = NUMBER.matcher(word);
    return number.matches() ? number.group(1) : word;
  }

  /**
   * Which of a picture's folders is that of its class. Names come before numbers, and numbers below
   * a split before those above, which may be that of a version.
   */
  private Optional<Integer> classAt(String image) throws DatasetFormatException {
    String[] folders = folders(image);
    List<Integer> known =
        IntStream.range(0, folders.length)
            .filter(i -> codes.knows(spelled(folders[i])))
            .boxed()
            .toList();
    List<Integer> words = known.stream().filter(i -> !Codes.isNumber(spelled(folders[i]))).toList();
    int split =
        IntStream.range(0, folders.length)
            .filter(i -> spelledSplit(folders[i]).isPresent())
            .findFirst()
            .orElse(folders.length);
    List<Integer> below = known.stream().filter(i -> i >= split).toList();
    List<Integer> chosen = words.isEmpty() ? below.isEmpty() ? known : below : words;
    if (chosen.stream().map(i -> codes.find(spelled(folders[i]))).distinct().count() > 1) {
      throw wrong("%s lies in the folders of two classes".formatted(image));
    }
    // An archive may repeat the name of a folder within it: the outer one is taken.
    return chosen.stream().findFirst();
  }

  /** The codes of the classes of all pictures. */
  Set<String> seenCodes() throws DatasetFormatException {
    Set<String> seen = new TreeSet<>();
    for (String image : tree.pictures().keySet()) {
      classAt(image).ifPresent(at -> seen.add(spelled(folders(image)[at])));
    }
    return seen;
  }

  private String split(String image) throws DatasetFormatException {
    Set<String> found = new LinkedHashSet<>();
    Arrays.stream(folders(image))
        .map(ClassFolders::spelledSplit)
        .forEach(s -> s.ifPresent(found::add));
    if (found.size() > 1) {
      throw wrong("%s lies in the folders of two splits".formatted(image));
    }
    return found.stream().findFirst().orElse("");
  }

  /** The split that a folder names: {@code train}, {@code validation} or {@code test}. */
  static Optional<String> spelledSplit(String folder) {
    Matcher m = SPLIT.matcher(folder.strip().toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      return Optional.empty();
    }
    String word = m.group(1);
    return Optional.of(
        word.startsWith("train")
            ? "train"
            : word.startsWith("val") || word.equals("publictest") ? "validation" : "test");
  }

  private static String[] folders(String image) {
    String folder = PhotoTree.folder(image);
    return folder.equals(".") ? new String[0] : folder.split("/");
  }

  private static String join(String[] folders, int count) {
    return count == 0 ? "." : String.join("/", Arrays.asList(folders).subList(0, count));
  }
}
