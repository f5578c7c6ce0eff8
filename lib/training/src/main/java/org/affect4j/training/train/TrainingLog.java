package org.affect4j.training.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.affect4j.chart.Charts;

/** One line per epoch in a CSV file, and the same as curves. */
final class TrainingLog {
  private final Path file;
  private final Path picture;
  private final List<Map<String, Double>> rows = new ArrayList<>();

  TrainingLog(Path file, Path picture) {
    this.file = file;
    this.picture = picture;
  }

  /** Reads the lines of the epochs before one; later ones will be trained again. */
  void resume(int epoch) throws IOException {
    rows.clear();
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.isEmpty() ? new String[0] : lines.get(0).split(",");
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, Double> row = new LinkedHashMap<>();
      try {
        for (int i = 0; i < names.length; i++) {
          row.put(names[i], cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]));
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException(
            "%s, line '%s' is not one of this log; delete the file to go on without it"
                .formatted(file, line),
            e);
      }
      if (row.getOrDefault("epoch", Double.NaN) <= epoch) {
        rows.add(row);
      }
    }
  }

  /** Adds an epoch and writes both files. */
  void add(Map<String, Double> row) throws IOException {
    rows.add(new LinkedHashMap<>(row));
    List<String> names =
        rows.stream().flatMap(r -> r.keySet().stream()).distinct().collect(Collectors.toList());
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (Map<String, Double> r : rows) {
      text.append(
              names.stream()
                  .map(n -> number(r.getOrDefault(n, Double.NaN)))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, text.toString().getBytes(StandardCharsets.UTF_8));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    draw();
  }

  List<Map<String, Double>> rows() {
    return List.copyOf(rows);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    // In full: the figures of a run that is finished are read back from here.
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /** Figures from 0 to 1 on one axis; the losses are in the CSV file, on their own scales. */
  private void draw() throws IOException {
    Map<String, double[][]> series = new LinkedHashMap<>();
    double[] epochs = rows.stream().mapToDouble(r -> r.get("epoch")).toArray();
    for (String name : rows.get(rows.size() - 1).keySet()) {
      double[] values = rows.stream().mapToDouble(r -> r.getOrDefault(name, Double.NaN)).toArray();
      boolean curve =
          name.startsWith(Trainer.VALIDATION) && Arrays.stream(values).anyMatch(Double::isFinite);
      if (curve) {
        series.put(name.substring(Trainer.VALIDATION.length()), new double[][] {epochs, values});
      }
    }
    if (!series.isEmpty() && rows.size() > 1) {
      Charts.lines("Validation after each epoch", "epoch", "figure", series).save(picture);
    }
  }
}
