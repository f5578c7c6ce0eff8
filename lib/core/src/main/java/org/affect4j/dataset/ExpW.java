package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.affect4j.face.PixelBox;

/** ExpW (Zhang et al., IJCV 2018): faces from the web with expressions. */
public final class ExpW {
  private static final Codes CODES =
      Codes.counted(0, "anger, disgust, fear, happiness, sadness, surprise, neutral");

  private ExpW() {}

  /**
   * Reads ExpW (Zhang et al., IJCV 2018) in either form, found by looking: {@code label.lst} with
   * rows {@code name face_id top left right bottom confidence label}, photos in {@code image},
   * {@code origin} or {@code image/origin}; or folders of classes, by name or by the list's
   * numbers.
   *
   * @param root folder that holds the list or the folders, one above, or a zip archive of folders
   * @return one row per face, with {@code face_id} and {@code confidence} where there is the list;
   *     no official split
   * @throws IOException if the list cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    Optional<Path> home = LabelPlaces.home(root, "label/label.lst", "label.lst");
    return home.isPresent()
        ? list(home.get())
        : new ClassFolders("ExpW", Codes.spelled(CODES), root).load();
  }

  private static AffectDataset list(Path root) throws IOException {
    Path[] photos = {root.resolve("image/origin"), root.resolve("image"), root.resolve("origin")};
    LabelReader loading = new LabelReader("ExpW", root, ImageStore.inFolder(photos));
    Path file = LabelPlaces.requireOne(root, "ExpW's list", "label.lst", "label/label.lst");
    for (String[] words : loading.words(file, 8, "eight, from name to label")) {
      LabelRow row =
          loading.start(words[0]).key(words[0] + "#" + words[1]).expression(CODES, words[7]);
      double top = LabelRow.number(words[2]);
      double left = LabelRow.number(words[3]);
      double right = LabelRow.number(words[4]);
      double bottom = LabelRow.number(words[5]);
      if (right > left && bottom > top) {
        row.box(PixelBox.ofCorners(left, top, right, bottom));
      } else {
        row.mask("face box", "corners are not in order");
      }
      row.set("face_id", LabelRow.number(words[1]));
      row.set("confidence", LabelRow.number(words[6]));
      loading.add();
    }
    loading.noteUnlisted(photos);
    return loading.finish(false);
  }
}
