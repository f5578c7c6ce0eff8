package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;

/** GENKI-4K (MPLab, University of California San Diego): photos with and without a smile. */
public final class Genki4k {
  private static final String[] POSE = {"pose_yaw", "pose_pitch", "pose_roll"};

  private Genki4k() {}

  /**
   * Reads GENKI-4K (MPLab, University of California San Diego): {@code GENKI-4K_Labels.txt} with
   * rows of smile (0 or 1) and three angles of pose, row i being {@code files/file0001.jpg} of i.
   *
   * @param root folder that holds the list
   * @return {@code smile} is 0 or 1, {@code pose_yaw, pose_pitch, pose_roll} are radians as given;
   *     a smile is no label of happiness, so {@code expression} is missing
   * @throws IOException if the list cannot be read or is laid out otherwise
   */
  public static AffectDataset load(Path root) throws IOException {
    LabelReader loading =
        new LabelReader("GENKI-4K", root, ImageStore.inFolder(root.resolve("files")));
    Path file =
        LabelPlaces.requireOne(root, "GENKI-4K's labels", "GENKI-4K_Labels.txt", "labels.txt");
    int number = 1;
    for (String[] words : loading.words(file, 4, "smile and three angles")) {
      LabelRow row = loading.start("file%04d.jpg".formatted(number++));
      double smile = LabelRow.number(words[0]);
      if (smile != 0 && smile != 1) {
        row.mask("smile", "neither 0 nor 1");
        smile = Double.NaN;
      }
      row.set("smile", smile);
      for (int i = 0; i < POSE.length; i++) {
        row.set(POSE[i], LabelRow.number(words[i + 1]));
      }
      loading.add();
    }
    loading.noteUnlisted(root.resolve("files"));
    return loading.finish(false);
  }
}
