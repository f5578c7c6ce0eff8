package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.affect4j.Bundled;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.PixelBox;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/** One of the clips that the project ships, with the truth of every frame. */
record BundledClip(String name, FaceTable truth) {
  static final List<String> NAMES = List.of("joke", "tasting", "evening", "conversation");

  /** A unit moves in a clip that reaches this intensity in it. */
  private static final double MOVES = .3;

  /** A face in both of two tables: its rows. */
  record Pair(int first, int second) {}

  static BundledClip of(String name) throws IOException {
    return new BundledClip(name, FaceTable.read(Bundled.path("data/clips/" + name + ".csv")));
  }

  Path video() {
    return Bundled.path("data/clips/" + name + ".mp4");
  }

  /** The row of each face of each frame; a frame without a face is there, too. */
  static TreeMap<Integer, TreeMap<Integer, Integer>> faces(FaceTable rows) {
    TreeMap<Integer, TreeMap<Integer, Integer>> faces = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      int frame = (int) rows.number(row, FaceColumns.FRAME).orElseThrow();
      Map<Integer, Integer> here = faces.computeIfAbsent(frame, f -> new TreeMap<>());
      OptionalDouble face = rows.number(row, FaceColumns.FACE);
      if (face.isPresent()) {
        here.put((int) face.getAsDouble(), row);
      }
    }
    return faces;
  }

  static List<Pair> pairs(FaceTable first, FaceTable second) {
    TreeMap<Integer, TreeMap<Integer, Integer>> others = faces(second);
    List<Pair> pairs = new ArrayList<>();
    faces(first)
        .forEach(
            (frame, here) ->
                here.forEach(
                    (face, row) -> {
                      Integer other = others.getOrDefault(frame, new TreeMap<>()).get(face);
                      if (other != null) {
                        pairs.add(new Pair(row, other));
                      }
                    }));
    return pairs;
  }

  /** Correlation with the truth of each unit that moves in the clip. */
  Map<ActionUnit, Double> correlations(FaceTable rows) {
    List<Pair> pairs = pairs(truth, rows);
    Map<ActionUnit, Double> correlations = new TreeMap<>();
    for (ActionUnit unit : ActionUnit.ALL) {
      double[] wanted = pairs.stream().mapToDouble(p -> value(truth, p.first, unit)).toArray();
      double[] read = pairs.stream().mapToDouble(p -> value(rows, p.second, unit)).toArray();
      if (Arrays.stream(wanted).max().orElse(0) >= MOVES) {
        correlations.put(unit, new PearsonsCorrelation().correlation(wanted, read));
      }
    }
    return correlations;
  }

  static double value(FaceTable rows, int row, ActionUnit unit) {
    return rows.number(row, unit.column()).orElseThrow();
  }

  static PixelBox box(FaceTable rows, int row) {
    return rows.box(row).orElseThrow();
  }
}
