package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/** What an overlay draws on: a photo's surface, in pixels of the picture. */
record PhotoCanvas(Graphics2D g, int width, int height, double scale) {
  /** A unit counts as active from this probability on. */
  private static final double ACTIVE = .5;

  private static final int MOST_UNITS = 4;

  /**
   * A face.
   *
   * @param labels in lines, from the most to the least detailed
   * @param said its content in words
   */
  record Mark(
      PixelBox box, List<Point> points, Color colour, List<List<String>> labels, String said) {
    static Mark of(int id, PixelBox box, List<Point> points, Behaviour behaviour) {
      Optional<AnnotatedExpression> label = behaviour.label();
      String name = label.map(l -> " " + l.label()).orElse("");
      double[] probabilities = behaviour.expressionProbabilities();
      String most =
          id
              + name
              + (name.isEmpty()
                  ? ""
                  : " " + Text.number(Arrays.stream(probabilities).max().orElseThrow()));
      List<String> lines = new ArrayList<>(List.of(most));
      String said = "face " + most;
      if (behaviour.vocabulary().affect()) {
        String valence = Text.number(behaviour.valenceArousal().valence());
        String arousal = Text.number(behaviour.valenceArousal().arousal());
        lines.add("V %s  A %s".formatted(valence, arousal));
        said += ", valence %s, arousal %s".formatted(valence, arousal);
      }
      return new Mark(
          box,
          points,
          label.flatMap(AnnotatedExpression::basic).map(Palette::of).orElse(Palette.series(id)),
          List.of(lines, List.of(id + name), List.of(String.valueOf(id))),
          said);
    }

    /** A face that is followed through a video: its number has the colour. */
    static Mark ofTrack(FaceTable rows, int row, PixelBox box, List<Point> points) {
      int id = (int) rows.number(row, FaceColumns.FACE).orElse(row);
      String name = rows.text(row, FaceColumns.EXPRESSION).orElse("");
      String probability =
          rows.number(row, "p_" + name).stream()
              .mapToObj(p -> " " + Text.number(p))
              .collect(Collectors.joining());
      String units =
          ActionUnit.ALL.stream()
              .filter(unit -> rows.number(row, unit.column()).orElse(0) >= ACTIVE)
              .sorted(Comparator.comparingDouble(u -> -rows.number(row, u.column()).orElse(0)))
              .limit(MOST_UNITS)
              .sorted()
              .map(ActionUnit::label)
              .collect(Collectors.joining(" "));
      String head = (id + " " + name).strip();
      String most = head + probability;
      return new Mark(
          box,
          points,
          Palette.series(id),
          List.of(
              units.isEmpty() ? List.of(most) : List.of(most, units),
              List.of(head),
              List.of(String.valueOf(id))),
          "face %s %s".formatted(most, units).strip());
    }
  }

  /** Whole widths keep lines along pixels crisp. */
  private float line() {
    return Math.max(2, Math.round(Math.max(width, height) / 320f));
  }

  Rectangle2D rectangle(PixelBox box) {
    return new Rectangle2D.Double(
        box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale);
  }

  /** Moves edges that coincide with those of the picture inward, so that the line is not halved. */
  Rectangle2D whole(Rectangle2D box) {
    double left = inward(box.getX(), 0, 1);
    double top = inward(box.getY(), 0, 1);
    double right = inward(box.getMaxX(), width, -1);
    double bottom = inward(box.getMaxY(), height, -1);
    return new Rectangle2D.Double(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  }

  private double inward(double edge, double border, int direction) {
    return Math.abs(edge - border) < line() / 2 ? border + direction * line() / 2 : edge;
  }

  /** Boxes are measured from edges, points from the centre of the first pixel. */
  void dot(Point point, Color colour, double size) {
    double x = (point.x() + .5) * scale;
    double y = (point.y() + .5) * scale;
    g.setColor(ChartStyle.translucent(Color.BLACK, 150));
    g.fill(new Ellipse2D.Double(x - size / 2 - 1, y - size / 2 - 1, size + 2, size + 2));
    g.setColor(colour);
    g.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
  }

  void marks(List<Mark> marks) {
    for (Mark mark : marks) {
      Rectangle2D box = whole(rectangle(mark.box()));
      // A dark edge keeps the line visible on photos of its own colour.
      g.setStroke(new BasicStroke(line() + 2));
      g.setColor(ChartStyle.translucent(Color.BLACK, 170));
      g.draw(box);
      g.setStroke(new BasicStroke(line()));
      g.setColor(mark.colour());
      g.draw(box);
      boolean many = mark.points().size() > Landmarks.NAMES.size();
      double size =
          many
              ? Math.max(1.5, Math.min(5, box.getWidth() / 60))
              : Math.max(3, Math.min(7, box.getWidth() / 14));
      mark.points().forEach(point -> dot(point, Color.WHITE, size));
    }
    Plates plates = new Plates(width, height);
    List<Rectangle2D> boxes = marks.stream().map(mark -> rectangle(mark.box())).toList();
    List<List<List<String>>> labels = marks.stream().map(Mark::labels).toList();
    for (Plates.Plate plate : plates.place(boxes, labels)) {
      g.setColor(new Color(20, 20, 20, 205));
      g.fill(plate.area());
      g.setColor(marks.get(plate.index()).colour());
      g.fill(
          new Rectangle2D.Double(
              plate.area().getX(), plate.area().getY(), 4, plate.area().getHeight()));
      g.setFont(Text.PLAIN);
      g.setColor(Color.WHITE);
      for (int i = 0; i < plate.lines().size(); i++) {
        double y = plate.area().getY() + Plates.LINE * (i + .5) + Plates.EDGE;
        Text.at(g, plate.lines().get(i), plate.area().getX() + Plates.LEFT, y, 0);
      }
    }
  }
}
