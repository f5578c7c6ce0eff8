package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.affect4j.table.FaceColumns;

/** RAF-CE: real-world faces with 14 compound expressions, of the family of {@link RafDb}. */
public final class RafCe {
  private static final Codes CODES =
      Codes.counted(
          0,
          "happily surprised, happily disgusted, sadly fearful, sadly angry, sadly surprised,"
              + " sadly disgusted, fearfully angry, fearfully surprised, fearfully disgusted,"
              + " angrily surprised, angrily disgusted, disgustedly surprised, happily fearful,"
              + " happily sad");
  private static final Codes SPLITS = Codes.counted(0, "train, test, validation");

  private RafCe() {}

  /**
   * Reads RAF-CE: {@code RAFCE_emolabel.txt}, {@code RAFCE_partition.txt} and, where it is there,
   * {@code RAFCE_AUlabel.txt}.
   *
   * @param root folder that holds them
   * @return splits {@code train}, {@code test} and {@code validation}; two of its 14 pairs, happily
   *     fearful and happily sad, are no {@link org.affect4j.face.CompoundExpression}
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading = new LabelReader("RAF-CE", root, RafDb.photos(root));
    Map<String, String> emotions = pairs(loading, root.resolve("RAFCE_emolabel.txt"));
    Map<String, String> partition = pairs(loading, root.resolve("RAFCE_partition.txt"));
    Path unitFile = root.resolve("RAFCE_AUlabel.txt");
    Map<String, String> units = Files.exists(unitFile) ? pairs(loading, unitFile) : Map.of();
    for (Map.Entry<String, String> emotion : emotions.entrySet()) {
      String image = emotion.getKey();
      LabelRow row =
          loading
              .start(image)
              .compound(CODES, emotion.getValue())
              .coded(FaceColumns.SPLIT, SPLITS, partition.getOrDefault(image, ""));
      if (units.containsKey(image)) {
        RafDb.units(row, units.get(image));
      }
      loading.add();
    }
    Set<String> others = new LinkedHashSet<>(partition.keySet());
    others.addAll(units.keySet());
    others.removeAll(emotions.keySet());
    others.forEach(image -> loading.skip("name is not in RAFCE_emolabel.txt", image));
    loading.noteUnlisted(RafDb.photoFolders(root), RafDb::listedName);
    return loading.finish(false);
  }

  private static Map<String, String> pairs(LabelReader loading, Path file) throws IOException {
    Map<String, String> pairs = new LinkedHashMap<>();
    LabelPlaces.require(file, "RAF-CE's file of that name");
    for (String[] words : loading.words(file, 2, "a name and a label")) {
      if (pairs.putIfAbsent(words[0], words[1]) != null) {
        loading.skip("name occurs again; the first one was kept", words[0]);
      }
    }
    return pairs;
  }
}
