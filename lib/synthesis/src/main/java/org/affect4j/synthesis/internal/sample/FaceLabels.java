package org.affect4j.synthesis.internal.sample;

import org.affect4j.synthesis.internal.render.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.synthesis.internal.appearance.Attributes;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.shape.FaceShape;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.render.RenderedFace;

/** The label columns that all sets share, and their cells. */
final class FaceLabels {
  private static final List<FacsUnit> UNLABELLED =
      FacsUnit.ALL.stream().filter(u -> u.labelled().isEmpty()).toList();

  private FaceLabels() {}

  /** Ten columns: x and y of five landmarks, in pixels. */
  static List<String> landmarkColumns() {
    return Landmarks.NAMES.stream().flatMap(n -> Stream.of(n + "_x", n + "_y")).toList();
  }

  static List<String> landmarks(RenderedFace face) {
    return points(face.landmarks().points());
  }

  private static List<String> points(List<Point> points) {
    return points.stream().flatMap(p -> Stream.of(number(p.x(), 1), number(p.y(), 1))).toList();
  }

  /** 17 columns: intensity of each unit, 0 to 1. */
  static List<String> unitColumns() {
    return ActionUnit.ALL.stream().map(ActionUnit::column).toList();
  }

  static List<String> units(FaceShape shape) {
    return ActionUnit.ALL.stream().map(u -> number(shape.label(u), 3)).toList();
  }

  /** The rest of the truth. */
  static List<String> truthColumns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "rule",
                "box_x",
                "box_y",
                "box_width",
                "box_height",
                "yaw_deg",
                "pitch_deg",
                "roll_deg",
                "distance_cm",
                "monk_tone",
                "fitzpatrick",
                "sex",
                "age",
                "ancestry",
                "hair",
                "beard",
                "glasses"));
    UNLABELLED.forEach(u -> columns.add(u.column()));
    columns.add("one_sided");
    columns.add("seed");
    columns.add("item");
    for (int i = 0; i < FaceGeometry.LANDMARKS; i++) {
      columns.add("p%02d_x".formatted(i));
      columns.add("p%02d_y".formatted(i));
    }
    return columns;
  }

  static List<String> truth(
      String rule,
      Person person,
      FaceShape shape,
      View view,
      RenderedFace face,
      long seed,
      long item) {
    List<String> cells = new ArrayList<>();
    cells.add(rule);
    cells.add(number(face.box().x(), 1));
    cells.add(number(face.box().y(), 1));
    cells.add(number(face.box().width(), 1));
    cells.add(number(face.box().height(), 1));
    cells.add(number(view.pose().yaw(), 1));
    cells.add(number(view.pose().pitch(), 1));
    cells.add(number(view.pose().roll(), 1));
    cells.add(number(view.distanceCm(), 0));
    Attributes a = person.attributes();
    cells.add(Integer.toString(a.monkTone()));
    cells.add(Integer.toString(a.fitzpatrickType()));
    cells.add(a.sex().label());
    cells.add(a.age().label());
    cells.add(a.ancestry().label());
    cells.add(person.hair().style().label());
    cells.add(beard(person.beard()));
    cells.add(person.glasses().kind().name().toLowerCase(Locale.ROOT));
    UNLABELLED.forEach(u -> cells.add(number(shape.action().intensity(u), 3)));
    cells.add(oneSided(shape));
    cells.add(Long.toString(seed));
    cells.add(Long.toString(item));
    cells.addAll(points(face.contour()));
    return cells;
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

  /** Rounds half up by decimal digits, without the platform's locale. */
  static String number(double v, int digits) {
    return java.math.BigDecimal.valueOf(v)
        .setScale(digits, java.math.RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  /** One line of CSV; cells with a comma or a quotation mark are quoted. */
  static String line(List<String> cells) {
    StringBuilder s = new StringBuilder();
    for (String cell : cells) {
      s.append(s.isEmpty() ? "" : ",");
      s.append(
          cell.contains(",") || cell.contains("\"")
              ? '"' + cell.replace("\"", "\"\"") + '"'
              : cell);
    }
    return s.append('\n').toString();
  }
}
