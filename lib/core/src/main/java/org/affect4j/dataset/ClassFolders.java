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
import org.affect4j.face.AnnotatedExpression;

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
  private final Codes<AnnotatedExpression> codes;

  /**
   * One picture.
   *
   * @param image its path below the root
   * @param split {@code train}, {@code validation}, {@code test} or empty
   * @param code of its class
   */
  record Photo(String image, String split, String code) {
    String file() {
      return image.substring(image.lastIndexOf('/') + 1);
    }
  }

  ClassFolders(String name, Path root, PhotoTree tree, Codes<AnnotatedExpression> codes) {
    this.name = name;
    this.root = root;
    this.tree = tree;
    this.codes = codes;
  }

  /** A dataset of such folders and nothing else. */
  static AffectDataset load(String name, Path root, Codes<AnnotatedExpression> codes)
      throws IOException {
    PhotoTree tree = PhotoTree.of(root);
    LabelReader loading = new LabelReader(name, root, tree);
    return new ClassFolders(name, root, tree, codes)
        .read(loading, (row, photo) -> row.expression(codes, photo.code()));
  }

  /** Sets what a picture's place says. */
  interface Filler {
    void fill(LabelRow row, Photo photo);
  }

  /** Makes the dataset of all pictures; the filler sets expression and whatever else it knows. */
  AffectDataset read(LabelReader loading, Filler filler) throws IOException {
    return loading.finish(tree.crops(fill(loading, filler)));
  }

  /** Adds the rows of all pictures, and gives the names of these. */
  List<String> fill(LabelReader loading, Filler filler) throws IOException {
    List<Photo> photos = find(loading);
    for (Photo photo : photos) {
      loading.addToChecksum(photo.image() + " " + tree.pictures().get(photo.image()));
      filler.fill(loading.start(photo.image()).split(photo.split()), photo);
      loading.add();
    }
    return photos.stream().map(Photo::image).toList();
  }

  /** Tells whether any picture lies in the folder of a class. */
  boolean arePresent() {
    return tree.pictures().keySet().stream()
        .flatMap(image -> Arrays.stream(folders(image)))
        .anyMatch(folder -> codes.knows(spelled(folder)));
  }

  /** The labelled pictures, sorted by name; what else there is stands in the report. */
  private List<Photo> find(LabelReader loading) throws DatasetFormatException {
    List<Photo> photos = new ArrayList<>();
    List<String> unlabelled = new ArrayList<>();
    Map<String, Set<String>> parents = new TreeMap<>();
    for (String image : tree.pictures().keySet()) {
      Optional<Integer> at = classAt(image);
      if (at.isEmpty()) {
        unlabelled.add(image);
        continue;
      }
      String split = split(image);
      photos.add(new Photo(image, split, spelled(folders(image)[at.get()])));
      parents
          .computeIfAbsent(split, s -> new LinkedHashSet<>())
          .add(join(folders(image), at.get()));
    }
    if (photos.isEmpty()) {
      throw wrong("no folder of a class was found");
    }
    checkNumbers(loading, photos);
    Set<String> aligned = checkParents(parents);
    Set<String> siblings = new TreeSet<>();
    parents.values().forEach(siblings::addAll);
    for (String image : unlabelled) {
      checkUnknown(image, siblings);
      loading.skip("picture is in no folder of a class", image);
    }
    loading.noteOthers(tree);
    List<Photo> kept = new ArrayList<>();
    for (Photo photo : photos) {
      if (aligned.contains(join(folders(photo.image()), classAt(photo.image()).orElseThrow()))) {
        loading.skip("aligned copy; the picture it was cut from was kept", photo.image());
      } else {
        kept.add(photo);
      }
    }
    return kept;
  }

  /** Numbers that do not begin where the dataset's do are somebody else's. */
  private void checkNumbers(LabelReader loading, List<Photo> photos) throws DatasetFormatException {
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

  /** Two sets of folders of one split are copies, or not of one dataset; aligned ones give way. */
  private static Set<String> aligned(Set<String> parents) {
    Set<String> aligned = new TreeSet<>(parents);
    aligned.removeIf(parent -> !parent.toLowerCase(Locale.ROOT).contains("align"));
    return aligned.size() == parents.size() ? Set.of() : aligned;
  }

  private Set<String> checkParents(Map<String, Set<String>> parents) throws DatasetFormatException {
    Set<String> dropped = new TreeSet<>();
    for (Map.Entry<String, Set<String>> split : parents.entrySet()) {
      Set<String> kept = new TreeSet<>(split.getValue());
      Set<String> aligned = aligned(kept);
      kept.removeAll(aligned);
      dropped.addAll(aligned);
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
  private void checkUnknown(String image, Set<String> siblings) throws DatasetFormatException {
    String[] folders = folders(image);
    for (int i = 0; i < folders.length; i++) {
      if (siblings.contains(join(folders, i)) && spelledSplit(folders[i]).isEmpty()) {
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
    List<Integer> known = new ArrayList<>();
    List<Integer> words = new ArrayList<>();
    List<Integer> below = new ArrayList<>();
    boolean inSplit = false;
    for (int i = 0; i < folders.length; i++) {
      inSplit |= spelledSplit(folders[i]).isPresent();
      String code = spelled(folders[i]);
      if (codes.knows(code)) {
        known.add(i);
        if (!Codes.isNumber(code)) {
          words.add(i);
        } else if (inSplit) {
          below.add(i);
        }
      }
    }
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
