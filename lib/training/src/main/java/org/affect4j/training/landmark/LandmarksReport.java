package org.affect4j.training.landmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.FaceDetector;
import org.affect4j.detect.Landmarks68Model;
import org.affect4j.face.Detection;
import org.affect4j.face.HeadPose;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Landmarks68;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.Concordance;
import org.affect4j.training.scene.FaceLabels;
import org.affect4j.training.scene.internal.PicturePlace;

/**
 * Measures 68 landmarks, and what is computed of them, on rendered faces that a detector finds; on
 * photos the five of them that have labels.
 *
 * @param detector finds the faces
 * @param model finds their landmarks
 * @param aligned whether the pictures are crops that were turned upright after they were drawn, so
 *     that the roll is compared with that of the exact landmarks
 */
public record LandmarksReport(FaceDetector detector, Landmarks68Model model, boolean aligned) {
  /** Scores of faces in crops are lower than in photos; that there is one is known. */
  private static final double LEAST_SCORE = .5;

  /** A detection that is farther off, in distances of the eyes, is of something else. */
  private static final double MOST_ERROR = .5;

  /** A face and what was found. */
  private record Found(RenderedTruth truth, Landmarks68 landmarks, HeadPose pose) {}

  /**
   * Measures the faces of the persons that a training with the same share and seed left out.
   *
   * @param root a set of {@code affect4j-synth} with one face in each picture
   * @param share part of the persons, above 0; 1 for all
   * @param seed decides who
   * @param progress hears of every face
   * @return figures by their names: counts, errors of landmarks in parts of the distance of the eye
   *     centres, mean absolute errors of angles in degrees, correlations
   * @throws IOException if the set cannot be read
   */
  public Map<String, Double> measure(Path root, double share, long seed, ProgressListener progress)
      throws IOException {
    List<RenderedTruth> faces =
        RenderedTruth.read(root).stream()
            .filter(face -> share >= 1 || RenderedPoints.isHeld(face.person(), share, seed))
            .toList();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      find(FaceImage.read(root.resolve(faces.get(i).file())), faces.get(i)).ifPresent(found::add);
      progress.at(i + 1, faces.size());
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("faces", (double) faces.size());
    figures.put("found", (double) found.size());
    if (!found.isEmpty()) {
      errors(found, figures);
    }
    return figures;
  }

  /**
   * Measures the five of the 68 landmarks that photos have labels of.
   *
   * @param place a folder or archive of photos, with a table of boxes and five landmarks beside
   * @param most most photos to look at, in the order of the table
   * @param progress hears of every photo
   * @return counts, and errors in parts of the distance of the eye centres, of the five of the 68
   *     and of the detector's own
   * @throws IOException if the photos cannot be read, or there is no such table
   */
  public Map<String, Double> measureFive(Path place, int most, ProgressListener progress)
      throws IOException {
    Map<String, List<FaceLabels.Labelled>> labels = FaceLabels.of(place, reason -> {});
    if (labels.isEmpty()) {
      throw new IOException(place + " has no table of faces with boxes and landmarks beside it");
    }
    List<String> names = labels.keySet().stream().limit(most).toList();
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    int faces = 0;
    try (PicturePlace photos = PicturePlace.open(place)) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        Path file =
            photos
                .find(name)
                .orElseThrow(
                    () -> new NoSuchFileException(name, null, "no such photo in " + place));
        FaceImage photo = FaceImage.decode(Files.readAllBytes(file), name);
        List<Landmarks> truths =
            labels.get(name).stream().flatMap(f -> f.landmarks().stream()).toList();
        faces += truths.size();
        for (Landmarks truth : truths) {
          nearest(photo, truth)
              .ifPresent(
                  five -> {
                    first.add(five.errorAgainst(truth));
                    second.add(model.find(photo, List.of(five)).get(0).five().errorAgainst(truth));
                  });
        }
        progress.at(i + 1, names.size());
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("faces", (double) faces);
    figures.put("found", (double) first.size());
    figures.put("error of the detector's five landmarks", mean(first, e -> e));
    figures.put("error of the five of 68 landmarks", mean(second, e -> e));
    return figures;
  }

  private Optional<Landmarks> nearest(FaceImage photo, Landmarks truth) {
    return detector.detect(photo, LEAST_SCORE).stream()
        .map(Detection::landmarks)
        .min(Comparator.comparingDouble((Landmarks l) -> l.errorAgainst(truth)))
        .filter(l -> l.errorAgainst(truth) < MOST_ERROR);
  }

  private Optional<Found> find(FaceImage photo, RenderedTruth truth) {
    return nearest(photo, truth.five())
        .map(l -> model.find(photo, List.of(l)).get(0))
        .map(all -> new Found(truth, all, HeadPose.of(all)));
  }

  private void errors(List<Found> found, Map<String, Double> figures) {
    figures.put("landmark error", mean(found, f -> error(f, 0, 68)));
    figures.put("landmark error, jaw", mean(found, f -> error(f, 0, 17)));
    figures.put("landmark error, brows", mean(found, f -> error(f, 17, 27)));
    figures.put("landmark error, nose", mean(found, f -> error(f, 27, 36)));
    figures.put("landmark error, eyes", mean(found, f -> error(f, 36, 48)));
    figures.put("landmark error, lips", mean(found, f -> error(f, 48, 68)));
    put(figures, "yaw", found, f -> f.truth.pose().yaw(), f -> f.pose.yaw());
    put(figures, "pitch", found, f -> f.truth.pose().pitch(), f -> f.pose.pitch());
    put(figures, "roll", found, this::roll, f -> f.pose.roll());
    ToDoubleFunction<Found> openness = f -> openness(f.landmarks);
    figures.put(
        "openness of the eyes: correlation with that of the exact landmarks",
        concordance(found, f -> openness(f.truth.all()), openness).pearson());
    if (found.stream().anyMatch(f -> f.truth.closed() > 0)) {
      figures.put(
          "openness of the eyes: correlation with units 43 and 45",
          concordance(found, f -> f.truth.closed(), openness).pearson());
    }
  }

  private double roll(Found face) {
    return aligned ? HeadPose.of(face.truth.all()).roll() : face.truth.pose().roll();
  }

  private static void put(
      Map<String, Double> figures,
      String angle,
      List<Found> found,
      ToDoubleFunction<Found> truth,
      ToDoubleFunction<Found> read) {
    Concordance agreement = concordance(found, truth, read);
    figures.put(angle + ": mean error in degrees", agreement.mae());
    figures.put(angle + ": correlation", agreement.pearson());
  }

  private static Concordance concordance(
      List<Found> found, ToDoubleFunction<Found> truth, ToDoubleFunction<Found> read) {
    return Concordance.of(
        found.stream().mapToDouble(truth).toArray(), found.stream().mapToDouble(read).toArray());
  }

  private static <T> double mean(List<T> found, ToDoubleFunction<T> value) {
    return found.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  private static double error(Found face, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += face.landmarks.points().get(i).distanceTo(face.truth.all().points().get(i));
    }
    return sum / (to - from) / face.truth.five().interocularDistance();
  }

  private static double openness(Landmarks68 landmarks) {
    return (landmarks.eyeOpennessLeft() + landmarks.eyeOpennessRight()) / 2;
  }
}
