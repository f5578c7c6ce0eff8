package org.affect4j.synthesis.internal.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Draws a set on several threads and writes pictures, labels and provenance. An interrupted run
 * goes on where it stopped; memory does not grow with the set.
 *
 * <p>Pictures are the same for any number of threads, because every item has a stream of random
 * numbers of its own. Labels stand in {@code <labels>.part} until the last item is written.
 */
public final class SetWriter {
  private static final long REPORT_NANOS = 2_000_000_000L;

  private final Studio studio;
  private final int threads;
  private final Consumer<String> progress;

  /**
   * Prepares a writer.
   *
   * @param studio the face model and its samplers
   * @param threads 1 or more
   * @param progress receives a line about every two seconds
   * @throws IllegalArgumentException if there is no thread
   */
  public SetWriter(Studio studio, int threads, Consumer<String> progress) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread is needed, got " + threads);
    }
    this.studio = studio;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Writes a set, or what is missing of it.
   *
   * @param set what to draw
   * @param command the command line, for the provenance
   * @param folder where to; made if it is not there
   * @return how many items were drawn now; 0 if the set was complete
   * @throws IOException if the folder cannot be written, or holds another set
   */
  public int write(FaceSet set, String command, Path folder) throws IOException {
    makeFolder(folder);
    Path labels = folder.resolve("labels.csv");
    Path part = folder.resolve("labels.csv.part");
    String provenance = provenance(set, command);
    Path provenanceFile = folder.resolve("provenance.json");
    boolean begun = Files.exists(provenanceFile);
    if (begun && !Files.readString(provenanceFile).equals(provenance)) {
      throw new IOException(
          "%s holds another set: its %s is%n%s%nbut this command would write%n%s%nchoose an empty folder, or delete that file to start over"
              .formatted(
                  folder,
                  provenanceFile.getFileName(),
                  Files.readString(provenanceFile),
                  provenance));
    }
    if (begun && Files.exists(labels)) {
      progress.accept(folder + " is complete: nothing to do");
      return 0;
    }
    Files.writeString(provenanceFile, provenance);
    int done = begun ? finishedItems(set, part) : 0;
    if (done == 0) {
      Files.writeString(part, FaceLabels.line(set.header()));
    } else {
      progress.accept("going on after item %,d of %,d".formatted(done, set.items()));
    }
    drawFrom(done, set, folder, part);
    Files.move(part, labels, StandardCopyOption.REPLACE_EXISTING);
    return set.items() - done;
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, ".write", ".probe");
      Files.delete(probe);
    } catch (IOException e) {
      throw new IOException(
          "cannot write into " + folder + " (" + e + "); choose a folder that you may write", e);
    }
  }

  private String provenance(FaceSet set, String command) {
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("command", command);
    p.put("set", set.name());
    p.put("seed", set.seed);
    p.put("items", set.items());
    p.put("columns", set.header().size());
    p.putAll(set.facts());
    return studio.provenance(p);
  }

  /**
   * Counts items whose rows were written whole, and cuts the label file after them. The rows of an
   * item share the column {@code item} or are one line; to be safe the last item is drawn again.
   */
  private static int finishedItems(FaceSet set, Path part) throws IOException {
    if (!Files.exists(part)) {
      return 0;
    }
    String text = Files.readString(part);
    String header = FaceLabels.line(set.header());
    if (!text.startsWith(header)) {
      return 0;
    }
    Path marks = marks(part);
    if (!Files.exists(marks)) {
      return 0;
    }
    // Each mark is the length of the label file after one more item.
    List<String> lengths = Files.readAllLines(marks);
    int done = 0;
    long end = header.getBytes(StandardCharsets.UTF_8).length;
    long size = Files.size(part);
    for (String line : lengths) {
      long length = line.matches("\\d{1,15}") ? Long.parseLong(line) : Long.MAX_VALUE;
      if (length > size || length <= end) {
        break;
      }
      end = length;
      done++;
    }
    try (var channel = java.nio.channels.FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.truncate(end);
    }
    Files.write(marks, lengths.subList(0, done));
    return done;
  }

  private static Path marks(Path part) {
    return part.resolveSibling(part.getFileName() + ".marks");
  }

  private void drawFrom(int done, FaceSet set, Path folder, Path part) throws IOException {
    Path marks = marks(part);
    if (done == 0) {
      Files.deleteIfExists(marks);
    }
    long start = System.nanoTime();
    long[] reported = {start};
    long[] length = {Files.size(part)};
    try (BufferedWriter out =
            Files.newBufferedWriter(part, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        BufferedWriter marked =
            Files.newBufferedWriter(marks, StandardOpenOption.APPEND, StandardOpenOption.CREATE)) {
      InOrder.draw(
          studio,
          threads,
          done,
          set.items(),
          (worker, index) -> drawAndWrite(set, index, folder, worker),
          (index, rows) -> {
            for (List<String> row : rows) {
              String line = FaceLabels.line(row);
              out.write(line);
              length[0] += line.getBytes(StandardCharsets.UTF_8).length;
            }
            out.flush();
            marked.write(Long.toString(length[0]));
            marked.newLine();
            marked.flush();
            long now = System.nanoTime();
            if (now - reported[0] > REPORT_NANOS || index + 1 == set.items()) {
              reported[0] = now;
              report(set, done, index + 1, (now - start) / 1e9);
            }
          });
    }
    Files.delete(marks);
  }

  private void report(FaceSet set, int done, int drawn, double seconds) {
    double rate = (drawn - done) / seconds;
    long left = Math.round((set.items() - drawn) / rate);
    progress.accept(
        "%s: %,d of %,d faces, %.1f faces/s, %d:%02d min left"
            .formatted(
                set.name(),
                Math.round(drawn * set.facesPerItem()),
                Math.round(set.items() * set.facesPerItem()),
                rate * set.facesPerItem(),
                left / 60,
                left % 60));
  }

  private static List<List<String>> drawAndWrite(
      FaceSet set, int index, Path folder, Studio.Worker worker) throws IOException {
    FaceSet.Item item = set.draw(worker, index);
    for (Map.Entry<String, byte[]> file : item.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return item.rows();
  }
}
