package org.affect4j.synthesis.internal.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.Concordance;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Measures rendered faces with the bundled models: does the detector find them, do its landmarks
 * agree with the labels, does the behaviour network read prototypical expressions, equally well on
 * every skin tone; and how the sampled units correlate. Figures, no judgement.
 */
public final class Audit {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 600;
  private static final double OVERLAP = .4;

  private final Studio studio;
  private final FaceAnalyzer analyzer;

  /**
   * Prepares an audit.
   *
   * @param studio the face model
   * @param analyzer detector and behaviour network
   */
  public Audit(Studio studio, FaceAnalyzer analyzer) {
    this.studio = studio;
    this.analyzer = analyzer;
  }

  /**
   * How well faces were found and read.
   *
   * @param faces how many were drawn
   * @param found how many the detector found
   * @param landmarks how its landmarks agree with the labels
   * @param read how many of the faces found were read as the expression that was drawn
   * @param byGroup for each group of skin tone and each expression: faces, then faces read right
   */
  public record Reading(
      int faces, int found, Agreement landmarks, int read, Map<String, int[]> byGroup) {}

  /**
   * How landmarks agree with labels, in units of the labels' interocular distance.
   *
   * @param error mean distance to the labels (normalised mean error)
   * @param scatter what would be left of it if each landmark were moved by its mean offset: a large
   *     difference tells of another convention, not of bad landmarks
   * @param offsets mean offset of each of the five landmarks from its label in the face's own
   *     frame: x along the line from the left to the right eye of the image, y down the face
   */
  public record Agreement(double error, double scatter, List<Point> offsets) {
    public Agreement {
      offsets = List.copyOf(offsets);
    }

    /** Of the offsets of many faces, five points each. */
    private static Agreement of(List<List<Point>> faces) {
      double error = 0;
      double scatter = 0;
      List<Point> means = new ArrayList<>();
      for (int i = 0; i < Landmarks.NAMES.size(); i++) {
        int landmark = i;
        List<Point> all = faces.stream().map(f -> f.get(landmark)).toList();
        Point mean =
            new Point(
                all.stream().mapToDouble(Point::x).average().orElse(Double.NaN),
                all.stream().mapToDouble(Point::y).average().orElse(Double.NaN));
        Point origin = new Point(0, 0);
        error += all.stream().mapToDouble(origin::distanceTo).average().orElse(Double.NaN);
        scatter += all.stream().mapToDouble(mean::distanceTo).average().orElse(Double.NaN);
        means.add(mean);
      }
      return new Agreement(error / means.size(), scatter / means.size(), means);
    }
  }

  /**
   * Draws fresh portraits of basic expressions, seven in turn, and reads them.
   *
   * @param count how many, 1 or more
   * @param seed any number; not that of the training set
   * @return the figures
   */
  public Reading portraits(int count, long seed) {
    FaceSet.requirePositive(count, "face");
    Studio.Worker worker = new Studio.Worker(studio);
    int found = 0;
    int read = 0;
    List<List<Point>> offsets = new ArrayList<>();
    Map<String, int[]> groups = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      RandomStream random = RandomStream.of(seed, i);
      Person person = studio.persons().sample(i, random.branch());
      View view = View.sample(person, .6, true, random.branch());
      Expression expression = Expression.ALL.get(i % Expression.COUNT);
      ActionSampler.Drawn drawn = studio.actions().basic(expression, random.branch());
      FaceShape shape = studio.solver().solve(drawn.action());
      Canvas canvas = new Canvas(WIDTH, HEIGHT);
      Backdrop.paint(canvas, random.branch());
      RenderedFace truth =
          worker
              .renderer()
              .render(
                  canvas,
                  person,
                  shape,
                  view,
                  Placement.at(WIDTH * .5, HEIGHT * .44, random.between(11.5, 15.5)));
      worker.photograph().develop(canvas, FaceShot.gain(person, truth.brightness()));
      worker.photograph().noise(1, .5, random.branch());
      FaceImage photo = FaceImage.of(worker.photograph().finish());
      Optional<Face> face = match(analyzer.analyze(photo), truth);
      boolean right = false;
      if (face.isPresent()) {
        found++;
        Detection detection = face.get().detection().orElseThrow();
        offsets.add(offsets(detection.landmarks(), truth.landmarks()));
        right = face.get().behaviour().expression() == expression;
        read += right ? 1 : 0;
      }
      int tone = person.attributes().monkTone();
      String group = "Monk " + (tone <= 3 ? "1-3" : tone <= 5 ? "4-5" : tone <= 7 ? "6-7" : "8-10");
      for (String key : List.of(group, expression.label())) {
        int[] n = groups.computeIfAbsent(key, k -> new int[2]);
        n[0]++;
        n[1] += right ? 1 : 0;
      }
    }
    return new Reading(count, found, Agreement.of(offsets), read, groups);
  }

  /** Offsets from the truth in its own frame and unit. */
  private static List<Point> offsets(Landmarks measured, Landmarks truth) {
    double unit = truth.interocularDistance();
    double ex = (truth.eyeRight().x() - truth.eyeLeft().x()) / unit;
    double ey = (truth.eyeRight().y() - truth.eyeLeft().y()) / unit;
    List<Point> offsets = new ArrayList<>();
    for (int i = 0; i < Landmarks.NAMES.size(); i++) {
      double dx = (measured.points().get(i).x() - truth.points().get(i).x()) / unit;
      double dy = (measured.points().get(i).y() - truth.points().get(i).y()) / unit;
      offsets.add(new Point(ex * dx + ey * dy, ex * dy - ey * dx));
    }
    return offsets;
  }

  private static Optional<Face> match(List<Face> faces, RenderedFace truth) {
    return faces.stream()
        .filter(
            f ->
                f.detection().isPresent()
                    && f.detection().get().box().intersectionOverUnion(truth.box()) > OVERLAP)
        .findFirst();
  }

  /**
   * Correlates the units of an AU set's labels, without drawing it.
   *
   * @param studio the face model
   * @param faces how many faces, 2 or more
   * @param seed any number
   * @return Pearson correlation of each pair of the 17 units, in the order of {@link
   *     ActionUnit#ALL}
   */
  public static double[][] correlations(Studio studio, int faces, long seed) {
    List<double[]> rows = new ArrayList<>();
    for (int item = 0; rows.size() < faces; item++) {
      RandomStream random = RandomStream.of(seed, item);
      for (int k = 0; k < 2; k++) {
        RandomStream act = random.branch();
        ActionSampler actions = studio.actions();
        ActionSampler.Drawn drawn =
            k == 0
                ? actions.basic(Expression.ALL.get(item % Expression.COUNT), act)
                : actions.random(act);
        FaceShape shape = studio.livedIn(drawn, act);
        rows.add(ActionUnit.ALL.stream().mapToDouble(shape::label).toArray());
      }
    }
    int n = ActionUnit.COUNT;
    double[][] units = new double[n][];
    for (int i = 0; i < n; i++) {
      int unit = i;
      units[i] = rows.stream().mapToDouble(row -> row[unit]).toArray();
    }
    double[][] r = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        r[i][j] = Concordance.of(units[i], units[j]).pearson();
      }
    }
    return r;
  }
}
