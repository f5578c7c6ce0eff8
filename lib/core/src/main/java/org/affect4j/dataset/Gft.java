package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * GFT, the Sayette Group Formation Task (Girard et al., FG 2017), in the re-partitioned release of
 * Behaviour4All's authors. The original layout could not be checked and is not read.
 */
public final class Gft {
  private static final String INVALID = "9";

  private Gft() {}

  /**
   * Reads every CSV of the folder: header {@code name, AU1, …, AU24, age, gender, race}.
   *
   * @param root folder of lists, one per split, whose file names become the splits; frames are
   *     looked for in the folder {@code images}
   * @return one row per frame
   * @throws IOException if a list cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading = new LabelReader("GFT", root, ImageStore.inFolder(root.resolve("images")));
    for (Path file : LabelPlaces.globSome(root, "*.csv", "the lists of the re-partitioned GFT")) {
      loading.read(
          file,
          rows ->
              loading
                  .start(rows.get("name"))
                  .split(LabelPlaces.stem(file))
                  .set("age", rows.get("age"))
                  .set("gender", rows.get("gender"))
                  .set("race", rows.get("race"))
                  .units(rows.withUnits(), INVALID));
    }
    return loading.finish(false);
  }
}
