package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * DISFA+ (Mavadati, Sanger and Mahoor 2016): posed and spontaneous trials with intensities 0 to 5
 * of 12 units in every frame, active from {@link Disfa#ACTIVE_FROM} on, and no official split.
 * Frames count from {@link #FIRST_FRAME}.
 */
public final class DisfaPlus {
  /** What the label files call the first frame of a trial: 0. */
  public static final int FIRST_FRAME = 0;

  private DisfaPlus() {}

  /**
   * Reads DISFA+: {@code Labels/SN001/trial/AU1.txt} with rows {@code 000.jpg intensity}, and
   * frames {@code Images/SN001/trial/000.jpg}.
   *
   * @param root folder that holds {@code Labels}
   * @return one row per frame
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("DISFA+", root, ImageStore.inFolder(root.resolve("Images")))
            .framesFrom(FIRST_FRAME);
    Path labels = root.resolve("Labels");
    for (Path subject : LabelPlaces.globSome(labels, "SN*", "DISFA+'s folders SN001, SN003, …")) {
      String name = subject.getFileName().toString();
      for (Path trial : LabelPlaces.globSome(subject, "*", "folders of trials")) {
        String folder = name + "/" + trial.getFileName();
        Disfa.add(loading, name, folder, unit -> trial.resolve("AU" + unit + ".txt"));
      }
    }
    return loading.finish(false);
  }
}
