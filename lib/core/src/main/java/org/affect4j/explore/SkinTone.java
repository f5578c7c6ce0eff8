package org.affect4j.explore;

import boofcv.alg.color.ColorLab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.StringColumn;

/**
 * Skin tone as it is measured on the pixels of a face, for audits of datasets that name no groups.
 *
 * <p>The measure is the individual typology angle (Chardon, Cretois and Hourseau, International
 * Journal of Cosmetic Science 1991): {@code ITA = atan2(L* - 50, b*) in degrees}, the lighter the
 * skin the larger. Light and camera change it as much as skin does: it describes the picture, not
 * the person, and is no statement about anybody's origin.
 */
public final class SkinTone {
  /** Above this angle in degrees skin is called light: 41 (Del Bino and Bernerd 2013). */
  public static final double LIGHT_ABOVE = 41;

  /** Above this angle in degrees skin is called medium, from it on down dark: 10. */
  public static final double MEDIUM_ABOVE = 10;

  /** Half the side of a cheek's patch as a share of the crop's side. */
  private static final double PATCH = .045;

  /** All skin is yellower (b*) than this; grey photos, and those under blue light, are not. */
  private static final double LEAST_YELLOW = 1;

  private SkinTone() {}

  /**
   * Measures the tone of both cheeks: the median colour of two patches, each halfway between an eye
   * and the corner of the mouth below it.
   *
   * @param crop face aligned by a {@link FaceAligner}, of any size
   * @return individual typology angle in degrees, 90 (lightest) to -90 (darkest); NaN where the
   *     cheeks show no colour of skin, as in grey photos
   */
  public static double typologyAngle(FaceImage crop) {
    int side = Math.min(crop.width(), crop.height());
    List<Point> template = new FaceAligner(side).template().points();
    int half = Math.max(1, (int) Math.round(PATCH * side));
    List<int[]> pixels = new ArrayList<>();
    for (int eye = 0; eye < 2; eye++) {
      Point mouth = template.get(eye + 3);
      int x = (int) Math.round((template.get(eye).x() + mouth.x()) / 2);
      int y = (int) Math.round((template.get(eye).y() + mouth.y()) / 2);
      for (int dy = -half; dy <= half; dy++) {
        for (int dx = -half; dx <= half; dx++) {
          int rgb =
              crop.rgb(
                  Math.max(0, Math.min(crop.width() - 1, x + dx)),
                  Math.max(0, Math.min(crop.height() - 1, y + dy)));
          pixels.add(new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF});
        }
      }
    }
    double[] lab = new double[3];
    ColorLab.rgbToLab(channel(pixels, 0), channel(pixels, 1), channel(pixels, 2), lab);
    if (lab[2] < LEAST_YELLOW) {
      return Double.NaN;
    }
    return Math.toDegrees(Math.atan2(lab[0] - 50, lab[2]));
  }

  private static int channel(List<int[]> pixels, int c) {
    return (int) StatUtils.percentile(pixels.stream().mapToDouble(p -> p[c]).toArray(), 50);
  }

  /**
   * Groups the rows of a dataset into light, medium and dark. All photos of a person fall into one
   * group, by the median of their angles; where persons are not named each photo stands for itself.
   *
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code row} and {@code subject}
   * @param aligner as in {@link AffectDataset#faces}
   * @param detector as in {@link AffectDataset#faces}
   * @return column {@code skin_tone}, in the order of the rows; missing where no colour of skin was
   *     found
   */
  public static StringColumn groups(
      AffectDataset dataset,
      FaceTable rows,
      FaceAligner aligner,
      Function<FaceImage, Optional<Landmarks>> detector) {
    List<String> subject = rows.texts(FaceColumns.SUBJECT);
    int[] numbers = rows.rowNumbers();
    Map<String, List<Double>> angles = new LinkedHashMap<>();
    String[] person = new String[numbers.length];
    for (int i = 0; i < person.length; i++) {
      person[i] = subject.get(i).isEmpty() ? "\0" + i : subject.get(i);
      List<Double> ofPerson = angles.computeIfAbsent(person[i], name -> new ArrayList<>());
      dataset
          .face(numbers[i], aligner, detector)
          .crop()
          .map(SkinTone::typologyAngle)
          .filter(angle -> !Double.isNaN(angle))
          .ifPresent(ofPerson::add);
    }
    StringColumn groups = StringColumn.create("skin_tone");
    for (String name : person) {
      groups.append(group(angles.get(name).stream().mapToDouble(a -> a).toArray()));
    }
    return groups;
  }

  private static String group(double[] angles) {
    if (angles.length == 0) {
      return "";
    }
    double angle = StatUtils.percentile(angles, 50);
    return angle > LIGHT_ABOVE ? "light" : angle > MEDIUM_ABOVE ? "medium" : "dark";
  }
}
