package org.affect4j.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Finds places for labels beside boxes: inside the picture, off each other, off other faces. */
final class Plates {
  static final int LINE = 17;
  static final int EDGE = 2;
  static final int LEFT = 8;
  private static final int RIGHT = 5;

  private final double width;
  private final double height;

  Plates(double width, double height) {
    this.width = width;
    this.height = height;
  }

  /** A label that has found its place; {@code index} is that of its box. */
  record Plate(int index, Rectangle2D area, List<String> lines) {}

  /**
   * Places one label per box.
   *
   * @param boxes in pixels of the picture
   * @param labels for each box its label in lines, from the most to the least detailed; may be
   *     empty
   * @return plates, all of the same detail: the most detailed that leaves the faces visible; labels
   *     for which the picture is too small are left out
   */
  List<Plate> place(List<Rectangle2D> boxes, List<List<List<String>>> labels) {
    int levels = labels.stream().mapToInt(List::size).max().orElse(0);
    List<Plate> plates = List.of();
    for (int level = 0; level < levels; level++) {
      plates = new ArrayList<>();
      double hidden = 0;
      double faces = 1e-9;
      for (int i = 0; i < boxes.size(); i++) {
        List<List<String>> choice = labels.get(i);
        if (choice.isEmpty()) {
          continue;
        }
        List<String> lines = choice.get(Math.min(level, choice.size() - 1));
        Plate plate = plate(i, lines, boxes, plates);
        faces += area(boxes.get(i));
        if (plate.area().getWidth() <= width && plate.area().getHeight() <= height) {
          hidden += cost(plate.area(), i, boxes, plates);
          plates.add(plate);
        }
      }
      if (hidden < .15 * faces) {
        break;
      }
    }
    return plates;
  }

  private Plate plate(int index, List<String> lines, List<Rectangle2D> boxes, List<Plate> placed) {
    List<String> fitted = Text.fit(lines, Text.PLAIN, width - LEFT - RIGHT);
    double w = Math.ceil(Text.widest(fitted, Text.PLAIN)) + LEFT + RIGHT;
    double h = fitted.size() * LINE + 2.0 * EDGE;
    Rectangle2D box = boxes.get(index);
    double right = box.getMaxX() - w;
    double middle = box.getCenterX() - w / 2;
    double[][] places = {
      {box.getX(), box.getY() - h - 2},
      {right, box.getY() - h - 2},
      {middle, box.getY() - h - 2},
      {box.getX(), box.getMaxY() + 2},
      {right, box.getMaxY() + 2},
      {middle, box.getMaxY() + 2},
      {box.getMaxX() + 2, box.getY()},
      {box.getX() - w - 2, box.getY()},
      {box.getX(), box.getMaxY() - h},
      {box.getX(), box.getY()}
    };
    Rectangle2D best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < places.length; i++) {
      double x = Math.max(0, Math.min(width - w, places[i][0]));
      double y = Math.max(0, Math.min(height - h, places[i][1]));
      Rectangle2D area = new Rectangle2D.Double(x, y, w, h);
      // Earlier places look better, so that a later one must be clearly freer.
      double cost = cost(area, index, boxes, placed) + i;
      if (cost < least) {
        least = cost;
        best = area;
      }
    }
    return new Plate(index, best, fitted);
  }

  private static double cost(
      Rectangle2D area, int index, List<Rectangle2D> boxes, List<Plate> placed) {
    double cost = 0;
    for (Plate plate : placed) {
      cost += 3 * area(area.createIntersection(plate.area()));
    }
    for (int i = 0; i < boxes.size(); i++) {
      double overlap = area(area.createIntersection(boxes.get(i)));
      cost += i == index ? overlap / 2 : overlap;
    }
    return cost;
  }

  private static double area(Rectangle2D rectangle) {
    return Math.max(0, rectangle.getWidth()) * Math.max(0, rectangle.getHeight());
  }
}
