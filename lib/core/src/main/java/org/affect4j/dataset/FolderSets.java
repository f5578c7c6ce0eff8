package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Datasets without a list of labels: the folders or the names of the pictures tell them. JAFFE,
 * KDEF, SFEW, and folders of one's own.
 */
public final class FolderSets {
  private static final Pattern JAFFE =
      Pattern.compile("([A-Z]{2})[.-]([A-Z]{2})(\\d*)[.-](\\d+)\\.[^/]*");
  private static final Pattern KDEF =
      Pattern.compile("([AB])([FM])(\\d\\d)(AF|AN|DI|HA|NE|SA|SU)(FL|HL|S|HR|FR)\\.[^/]*");
  private static final Codes NAME_CODES =
      Codes.named(
          "AN anger, DI disgust, FE fear, AF fear, HA happiness, NE neutral, SA sadness, SU surprise");
  private static final Codes ANGLES =
      Codes.named("FL full left, HL half left, S straight, HR half right, FR full right");

  private FolderSets() {}

  /**
   * Reads JAFFE (Lyons et al., FG 1998): {@code KA.AN1.39.tiff}, subject, expression, number; in
   * any format of pictures and in any folders.
   *
   * @param root folder of the photos, or a zip archive
   * @return no official split
   * @throws IOException if the folder cannot be read or holds no such photo, or one photo twice
   */
  public static AffectDataset jaffe(Path root) throws IOException {
    return named(
        "JAFFE",
        root,
        JAFFE,
        "KA.AN1.39.tiff",
        (row, m) -> row.subject(m.group(1)).expression(NAME_CODES, m.group(2)));
  }

  /**
   * Reads KDEF (Lundqvist, Flykt and Öhman 1998): {@code AF01ANS.JPG}, session (A, B), gender (F,
   * M), number of the person, expression (AF, AN, DI, HA, NE, SA, SU) and angle (FL, HL, S, HR,
   * FR), in any folders.
   *
   * @param root folder of the photos, or a zip archive
   * @return {@code subject} such as F01, {@code session} and {@code angle} (full left to full
   *     right); no official split
   * @throws IOException if the folder cannot be read or holds no such photo, or one photo twice
   */
  public static AffectDataset kdef(Path root) throws IOException {
    return named(
        "KDEF",
        root,
        KDEF,
        "AF01ANS.JPG",
        (row, m) ->
            row.subject(m.group(2) + m.group(3))
                .set("gender", m.group(2).equals("F") ? "female" : "male")
                .expression(NAME_CODES, m.group(4))
                .set("session", m.group(1))
                .coded("angle", ANGLES, m.group(5)));
  }

  private static AffectDataset named(
      String name, Path root, Pattern pattern, String example, BiConsumer<LabelRow, Matcher> fill)
      throws IOException {
    PhotoTree tree = PhotoTree.of(root);
    LabelReader loading = new LabelReader(name, root, tree);
    Map<String, String> places = new HashMap<>();
    List<String> pictures = new ArrayList<>();
    for (String picture : tree.pictures().keySet()) {
      Matcher m =
          pattern.matcher(picture.substring(picture.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT));
      loading.addToChecksum(picture);
      if (!m.matches()) {
        loading.skip("picture is not named as " + example, picture);
        continue;
      }
      String photo = m.group().substring(0, m.end(m.groupCount()));
      String before = places.putIfAbsent(photo, picture);
      if (before != null) {
        throw new DatasetFormatException(
            "%s, %s: %s and %s are one photo; expected each once: give one of the folders as the root, or keep one format"
                .formatted(name, root, before, picture));
      }
      fill.accept(loading.start(picture), m);
      loading.add();
      pictures.add(picture);
    }
    loading.noteOthers(tree);
    if (pictures.isEmpty()) {
      throw new DatasetFormatException(
          "%s, %s: no picture is named as expected, such as %s. Seen: %s"
              .formatted(name, root, example, tree.seen()));
    }
    return loading.finish(tree.crops(pictures));
  }

  /**
   * Reads SFEW (Dhall et al. 2011): {@code Train/Angry/NAME.png}, {@code Val}, {@code Test}, or
   * {@code Train_Aligned_Faces} and so on. Where both are there, the photos are taken. Pictures of
   * the test part that lie in no folder of a class are counted.
   *
   * @param root folder that holds the splits, one above, or a zip archive
   * @return splits {@code train}, {@code validation} and {@code test}
   * @throws IOException if it cannot be read or is laid out otherwise
   */
  public static AffectDataset sfew(Path root) throws IOException {
    return new ClassFolders("SFEW", Codes.spelled(), root).load();
  }

  /**
   * Reads pictures of one's own in folders of classes: {@code split/class/NAME.jpg} or {@code
   * class/NAME.jpg}. Classes are the expressions in their usual spellings (angry, happy, sad,
   * fearful, disgusted, surprised, neutral, contempt), in any case.
   *
   * @param root folder that holds the splits or the classes, one above, or a zip archive
   * @param classes what folders that are named by numbers stand for, in the order of the numbers;
   *     empty to read names
   * @return splits {@code train}, {@code validation} and {@code test}, or none
   * @throws IOException if it cannot be read or is laid out otherwise
   * @throws IllegalArgumentException if a class is no expression
   */
  public static AffectDataset folders(Path root, List<String> classes) throws IOException {
    String name = "folders of classes";
    if (classes.isEmpty()) {
      return new ClassFolders(name, Codes.spelled(), root).load();
    }
    Codes numbers = new Codes();
    ClassFolders numbered = new ClassFolders(name, numbers, root);
    for (String picture : numbered.tree().pictures().keySet()) {
      for (String folder : PhotoTree.folder(picture).split("/")) {
        String code = ClassFolders.spelled(folder);
        if (code.matches("\\d{1,4}")) {
          numbers.without(code, "a number");
        }
      }
    }
    Codes codes = Codes.ordered(numbered.seenCodes(), classes, root.toString());
    return new ClassFolders(name, codes, root).load();
  }
}
