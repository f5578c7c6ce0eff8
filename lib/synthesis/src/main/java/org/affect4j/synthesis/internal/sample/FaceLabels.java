package org.affect4j.synthesis.internal.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.render.RenderedFace;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * The label columns that sets share, and their cells: five landmarks, the intensities of the 17
 * units, and the rest of the truth.
 */
public final class FaceLabels {
  /**
   * All that is known about a face that was drawn.
   *
   * @param rule how its units were chosen
   * @param person whose it is
   * @param shape what it shows
   * @param view how it is seen
   * @param face where it is, in pixels
   * @param seed of the set
   * @param item number in the set
   */
  public record Truth(
      String rule,
      Person person,
      FaceShape shape,
      View view,
      RenderedFace face,
      long seed,
      long item) {}

  private record Column(String name, Function<Truth, String> cell) {}

  private static final List<Column> LANDMARKS =
      points(Landmarks.NAMES, t -> t.face.landmarks().points());
  private static final List<Column> UNITS =
      ActionUnit.ALL.stream().map(u -> number(u.column(), t -> t.shape.label(u), 3)).toList();
  private static final List<Column> TRUTH =
      Stream.of(
              Stream.of(
                  new Column("rule", Truth::rule),
                  number("box_x", t -> t.face.box().x(), 1),
                  number("box_y", t -> t.face.box().y(), 1),
                  number("box_width", t -> t.face.box().width(), 1),
                  number("box_height", t -> t.face.box().height(), 1),
                  number("yaw_deg", t -> t.view.pose().yaw(), 1),
                  number("pitch_deg", t -> t.view.pose().pitch(), 1),
                  number("roll_deg", t -> t.view.pose().roll(), 1),
                  number("distance_cm", t -> t.view.distanceCm(), 0),
                  number("monk_tone", t -> t.person.attributes().monkTone(), 0),
                  number("fitzpatrick", t -> t.person.attributes().fitzpatrickType(), 0),
                  new Column("sex", t -> t.person.attributes().sex().label()),
                  new Column("age", t -> t.person.attributes().age().label()),
                  new Column("ancestry", t -> t.person.attributes().ancestry().label()),
                  new Column("hair", t -> t.person.hair().style().label()),
                  new Column("beard", t -> beard(t.person.beard())),
                  new Column(
                      "glasses", t -> t.person.glasses().kind().name().toLowerCase(Locale.ROOT))),
              FacsUnit.ALL.stream()
                  .filter(u -> u.labelled().isEmpty())
                  .map(u -> number(u.column(), t -> t.shape.action().intensity(u), 3)),
              Stream.of(
                  new Column("one_sided", t -> oneSided(t.shape)),
                  new Column("seed", t -> Long.toString(t.seed)),
                  new Column("item", t -> Long.toString(t.item))),
              points(
                  IntStream.range(0, FaceGeometry.LANDMARKS).mapToObj("p%02d"::formatted).toList(),
                  t -> t.face.contour())
                  .stream())
          .flatMap(s -> s)
          .toList();

  /** Landmarks, units, truth. */
  public static final FaceLabels LANDMARKS_FIRST = new FaceLabels(List.of(LANDMARKS, UNITS, TRUTH));

  /** Units, landmarks, truth. */
  static final FaceLabels UNITS_FIRST = new FaceLabels(List.of(UNITS, LANDMARKS, TRUTH));

  /** Units alone. */
  static final FaceLabels UNITS_ONLY = new FaceLabels(List.of(UNITS));

  private final List<Column> columns;

  private FaceLabels(List<List<Column>> groups) {
    columns = groups.stream().flatMap(List::stream).toList();
  }

  /** The columns behind a set's own. */
  List<String> header(List<String> own) {
    return Stream.concat(own.stream(), columns.stream().map(Column::name)).toList();
  }

  /**
   * Returns the cells of a face.
   *
   * @param own those of the set's own columns
   * @param truth what is known about the face
   * @return as many as there are columns
   */
  public List<String> row(List<String> own, Truth truth) {
    return Stream.concat(own.stream(), columns.stream().map(c -> c.cell.apply(truth))).toList();
  }

  private static Column number(String name, ToDoubleFunction<Truth> value, int digits) {
    return new Column(name, t -> number(value.applyAsDouble(t), digits));
  }

  private static List<Column> points(List<String> names, Function<Truth, List<Point>> points) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int at = i;
      columns.add(number(names.get(i) + "_x", t -> points.apply(t).get(at).x(), 1));
      columns.add(number(names.get(i) + "_y", t -> points.apply(t).get(at).y(), 1));
    }
    return columns;
  }

  private static String beard(Person.Beard beard) {
    return beard.coverage() == 0 ? "none" : beard.length() == 0 ? "stubble" : "full";
  }

  /** Units that one side alone shows, such as {@code L12 R4}. */
  private static String oneSided(FaceShape shape) {
    StringBuilder s = new StringBuilder();
    for (FacsUnit unit : FacsUnit.ALL) {
      double left = shape.action().left(unit);
      double right = shape.action().right(unit);
      if (left == 0 != (right == 0)) {
        s.append(s.isEmpty() ? "" : " ").append(left > 0 ? "L" : "R").append(unit.number());
      }
    }
    return s.toString();
  }

  /**
   * Rounds by decimal digits, halves to even, without the platform's locale.
   *
   * @param v a finite number
   * @param digits behind the point
   * @return the number in plain digits
   */
  public static String number(double v, int digits) {
    return BigDecimal.valueOf(v).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** One line of CSV; cells with a comma or a quotation mark are quoted. */
  static String line(List<String> cells) {
    return cells.stream()
        .map(
            cell ->
                cell.contains(",") || cell.contains("\"")
                    ? '"' + cell.replace("\"", "\"\"") + '"'
                    : cell)
        .collect(Collectors.joining(",", "", "\n"));
  }
}
