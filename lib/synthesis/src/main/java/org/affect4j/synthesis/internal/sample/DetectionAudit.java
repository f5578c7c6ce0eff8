package org.affect4j.synthesis.internal.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.FaceImage;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.HeadPose;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;

/**
 * Measures how rendered persons are found: one person in 640 x 480 pixels, by the size of the face,
 * by its angle, and with parts of it covered. Every analyser sees the same pictures.
 */
public final class DetectionAudit {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int GREY = 117;

  /** A face in centimetres, as the side of a square of its box's area. */
  private static final double FACE_CM = 17.5;

  /** Found is what overlaps a face by more than this (intersection over union). */
  private static final double OVERLAP = .4;

  private static final double SAME_VALENCE = .05;
  private static final int ANGLES = 16;

  private final Studio studio;
  private final Map<String, FaceAnalyzer> analyzers;
  private final int count;
  private final long seed;

  /**
   * Prepares an audit.
   *
   * @param studio the face model
   * @param analyzers what is measured, by name
   * @param count persons of each size, angle or cover; positive
   * @param seed any number
   */
  public DetectionAudit(Studio studio, Map<String, FaceAnalyzer> analyzers, int count, long seed) {
    FaceSet.requirePositive(count, "face");
    this.studio = studio;
    this.analyzers = Map.copyOf(analyzers);
    this.count = count;
    this.seed = seed;
  }

  /**
   * One row of a table.
   *
   * @param pictures size, angle or cover
   * @param results of each analyser, by its name
   */
  public record Row(String pictures, Map<String, Result> results) {
    public Row {
      results = Map.copyOf(results);
    }
  }

  /**
   * How an analyser did.
   *
   * @param faces faces shown
   * @param found faces found, once or more often
   * @param once faces with exactly one row, which overlaps them
   * @param rows rows that touch a face
   * @param same faces found that are read as in the picture they are compared with: the same
   *     expression, and valence within .05
   * @param sameExpression faces found whose expression alone is the same
   */
  public record Result(int faces, int found, int once, int rows, int same, int sameExpression) {
    private Result plus(Result other) {
      return new Result(
          faces + other.faces,
          found + other.found,
          once + other.once,
          rows + other.rows,
          same + other.same,
          sameExpression + other.sameExpression);
    }
  }

  private record Shot(FaceImage photo, PixelBox box, Landmarks landmarks) {
    Shot turned(double degrees) {
      FaceImage turned = photo.turned(degrees, GREY);
      double c = Math.cos(Math.toRadians(degrees));
      double s = Math.sin(Math.toRadians(degrees));
      double dx = box.x() + box.width() / 2 - photo.width() / 2.0;
      double dy = box.y() + box.height() / 2 - photo.height() / 2.0;
      double w = Math.hypot(box.width() * c, box.height() * s);
      double h = Math.hypot(box.width() * s, box.height() * c);
      PixelBox there =
          new PixelBox(
              turned.width() / 2.0 + c * dx - s * dy - w / 2,
              turned.height() / 2.0 + s * dx + c * dy - h / 2,
              w,
              h);
      return new Shot(turned, there, landmarks);
    }
  }

  /** One picture, and the one whose reading is compared. */
  private record Variant(String name, Shot shot, FaceImage against) {}

  /**
   * Measures by the size of the face.
   *
   * @param parts sizes as parts of the picture's height: the side of a square of the box's area
   * @return a row per size; readings are compared with those of the same picture at half the size
   */
  public List<Row> sizes(double... parts) {
    return rows(
        i ->
            Arrays.stream(parts)
                .mapToObj(
                    part -> {
                      Shot shot = shot(i, part, 0);
                      return new Variant(
                          "%.2f of the height, %.0f px".formatted(part, part * HEIGHT),
                          shot,
                          shot.photo().resized(WIDTH / 2, HEIGHT / 2));
                    }));
  }

  /**
   * Measures by the angle of the picture, faces of .15 to .6 of its height.
   *
   * @return a row for each of 16 angles; readings are compared with those of the upright picture
   */
  public List<Row> turns() {
    return rows(
        i -> {
          Shot plain = anySize(i, 0);
          return IntStream.range(0, ANGLES)
              .mapToDouble(k -> 360.0 * k / ANGLES)
              .mapToObj(
                  degrees ->
                      new Variant(
                          "turned by %.1f degrees".formatted(degrees),
                          plain.turned(degrees),
                          plain.photo()));
        });
  }

  /**
   * Measures with parts of the face covered, and with heads tilted by 40 degrees; faces of .15 to
   * .6 of the picture's height.
   *
   * @return a row for each cover, the first without; readings are compared with the plain ones
   */
  public List<Row> covers() {
    return rows(
        i -> {
          Shot plain = anySize(i, 0);
          RandomStream random = RandomStream.of(seed + 1, i);
          return Stream.of(
              new Variant("plain", plain, plain.photo()),
              new Variant("mask over mouth and nose", mask(plain, random), plain.photo()),
              new Variant("hand on the lower face", hand(plain, random), plain.photo()),
              new Variant("dark glasses", glasses(plain), plain.photo()),
              new Variant(
                  "head tilted by 40 degrees", anySize(i, i % 2 == 0 ? 40 : -40), plain.photo()));
        });
  }

  private List<Row> rows(IntFunction<Stream<Variant>> pictures) {
    Map<String, Map<String, Result>> rows = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Map<FaceImage, Map<String, List<Face>>> compared = new IdentityHashMap<>();
      pictures
          .apply(i)
          .forEach(
              variant -> {
                Map<String, List<Face>> against =
                    compared.computeIfAbsent(variant.against(), this::analyzed);
                Map<String, Result> row =
                    rows.computeIfAbsent(variant.name(), name -> new LinkedHashMap<>());
                analyzed(variant.shot().photo())
                    .forEach(
                        (name, faces) ->
                            row.merge(
                                name,
                                result(faces, variant.shot(), against.get(name)),
                                Result::plus));
              });
    }
    return rows.entrySet().stream().map(e -> new Row(e.getKey(), e.getValue())).toList();
  }

  private Map<String, List<Face>> analyzed(FaceImage photo) {
    return analyzers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().analyze(photo)));
  }

  private Shot anySize(int number, double roll) {
    return shot(number, .15 + .45 * (number % 10) / 9, roll);
  }

  private Shot shot(int number, double part, double roll) {
    RandomStream random = RandomStream.of(seed, number);
    Studio.Worker worker = new Studio.Worker(studio);
    Person person = studio.persons().sample(number, random.branch());
    View view = View.sample(person, .6, true, random.branch());
    ActionSampler.Drawn drawn =
        studio.actions().basic(Expression.ALL.get(number % Expression.COUNT), random.branch());
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    Backdrop.paint(canvas, random.branch());
    double pixels = part * HEIGHT;
    double across = Math.max(0, WIDTH - 1.1 * pixels) / 2;
    double down = Math.max(0, HEIGHT - 1.2 * pixels) / 2;
    HeadPose pose =
        roll == 0 ? view.pose() : new HeadPose(view.pose().yaw(), view.pose().pitch(), roll);
    RenderedFace face =
        worker
            .renderer()
            .render(
                canvas,
                person,
                studio.solver().solve(drawn.action()),
                new View(pose, view.lighting(), view.distanceCm()),
                Placement.at(
                    WIDTH / 2.0 + random.between(-1, 1) * across,
                    HEIGHT / 2.0 + random.between(-1, 1) * down,
                    pixels / FACE_CM));
    worker.photograph().develop(canvas, FaceShot.gain(person, face.brightness()));
    worker.photograph().noise(1, .5, random.branch());
    return new Shot(FaceImage.of(worker.photograph().finish()), face.box(), face.landmarks());
  }

  private static Result result(List<Face> faces, Shot shot, List<Face> against) {
    long rows = faces.stream().filter(f -> box(f).intersectionOverSmaller(shot.box()) > 0).count();
    Optional<Face> found =
        faces.stream().filter(f -> box(f).intersectionOverUnion(shot.box()) > OVERLAP).findFirst();
    if (found.isEmpty()) {
      return new Result(1, 0, 0, (int) rows, 0, 0);
    }
    Optional<Face> compared = against.stream().findFirst();
    boolean expression =
        compared.isPresent()
            && compared.get().behaviour().expression() == found.get().behaviour().expression();
    boolean same =
        expression
            && Math.abs(
                    compared.get().behaviour().valenceArousal().valence()
                        - found.get().behaviour().valenceArousal().valence())
                <= SAME_VALENCE;
    return new Result(1, 1, rows == 1 ? 1 : 0, (int) rows, same ? 1 : 0, expression ? 1 : 0);
  }

  private static PixelBox box(Face face) {
    return face.detection().orElseThrow().box();
  }

  /**
   * Paints in the frame of a face: the origin between the eyes, the unit from there to the mouth.
   */
  private interface Painter {
    void paint(Graphics2D g, double unit);
  }

  private static Shot painted(Shot shot, Painter painter) {
    BufferedImage image = shot.photo().toBufferedImage();
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Landmarks l = shot.landmarks();
    Point eyes =
        new Point(
            (l.eyeLeft().x() + l.eyeRight().x()) / 2, (l.eyeLeft().y() + l.eyeRight().y()) / 2);
    Point mouth =
        new Point(
            (l.mouthLeft().x() + l.mouthRight().x()) / 2,
            (l.mouthLeft().y() + l.mouthRight().y()) / 2);
    g.translate(eyes.x(), eyes.y());
    g.rotate(Math.toRadians(l.rollDegrees()));
    painter.paint(g, eyes.distanceTo(mouth));
    g.dispose();
    return new Shot(FaceImage.of(image), shot.box(), shot.landmarks());
  }

  private static Shot mask(Shot shot, RandomStream r) {
    return painted(
        shot,
        (g, u) -> {
          Path2D mask = new Path2D.Double();
          mask.moveTo(-.85 * u, .35 * u);
          mask.quadTo(0, .15 * u, .85 * u, .35 * u);
          mask.lineTo(.7 * u, 1.35 * u);
          mask.quadTo(0, 1.95 * u, -.7 * u, 1.35 * u);
          mask.closePath();
          g.setColor(r.below(2) == 0 ? new Color(150, 190, 215) : new Color(30, 30, 34));
          g.fill(mask);
        });
  }

  private static Shot hand(Shot shot, RandomStream r) {
    return painted(
        shot,
        (g, u) -> {
          int tone = 120 + r.below(100);
          g.setColor(new Color(tone, (int) (tone * .78), (int) (tone * .66)));
          double x = r.between(-.4, .4) * u;
          g.fill(new Ellipse2D.Double(x - .6 * u, 1.2 * u, 1.2 * u, 1.4 * u));
          g.setStroke(
              new BasicStroke((float) (.24 * u), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
          for (int finger = 0; finger < 4; finger++) {
            double fx = x + (finger - 1.5) * .3 * u;
            g.draw(new Line2D.Double(fx, 1.7 * u, fx + r.between(-.1, .1) * u, .7 * u));
          }
        });
  }

  private static Shot glasses(Shot shot) {
    return painted(
        shot,
        (g, u) -> {
          g.setColor(new Color(18, 18, 22));
          double half = shot.landmarks().interocularDistance() / 2;
          for (int side = -1; side <= 1; side += 2) {
            g.fill(new Ellipse2D.Double(side * half - .42 * u, -.28 * u, .84 * u, .62 * u));
          }
          g.setStroke(new BasicStroke((float) (.08 * u)));
          g.draw(new Line2D.Double(-half, 0, half, 0));
        });
  }
}
