package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;

/**
 * Analyses many files into a CSV file with the columns of {@link BehaviourTable}.
 *
 * <p>Rows come in the order of the inputs, whatever the number of workers; only a few photos are in
 * memory at a time. A run that was interrupted goes on where it stopped when it is started again
 * with the same output: finished rows are kept as they are, and so are those of other inputs. A
 * file that cannot be read, or vanishes meanwhile, gets a row that says so, and is read again by a
 * later run with the same output.
 *
 * @param crops whether each input is already one face crop
 * @param embeddings whether the embedding is written too
 * @param workers photos analysed at the same time, 1 or more; for throughput give the analyser one
 *     thread and use as many workers as there are processors
 */
public record FolderAnalysis(boolean crops, boolean embeddings, int workers) {
  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp");

  /** Checks the workers. */
  public FolderAnalysis {
    if (workers < 1) {
      throw new IllegalArgumentException("an analysis needs 1 worker or more, got " + workers);
    }
  }

  /**
   * Returns an analysis of photos, without embeddings, with as many workers as processors.
   *
   * @return the analysis
   */
  public static FolderAnalysis ofPhotos() {
    return new FolderAnalysis(false, false, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Returns an analysis of face crops, without embeddings, with as many workers as processors.
   *
   * @return the analysis
   */
  public static FolderAnalysis ofCrops() {
    return new FolderAnalysis(true, false, Runtime.getRuntime().availableProcessors());
  }

  /**
   * What a run did.
   *
   * @param counts inputs that this run read, by status
   * @param faces faces that this run read
   * @param kept inputs whose rows an earlier run had finished
   * @param notes what the user should know of the file that was continued
   */
  public record Summary(
      Map<AnalyzedInput.Status, Integer> counts, int faces, int kept, List<String> notes) {
    /** Copies map and list. */
    public Summary {
      counts = Map.copyOf(counts);
      notes = List.copyOf(notes);
    }

    /**
     * Returns how many inputs were read.
     *
     * @return inputs of this run, those that an earlier one had finished left out
     */
    public int inputs() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Returns how many inputs ended with a status.
     *
     * @param status which
     * @return inputs of this run
     */
    public int count(AnalyzedInput.Status status) {
      return counts.getOrDefault(status, 0);
    }
  }

  /**
   * Lists the inputs of a user's arguments: files as they are, folders with all images inside
   * (recognised by extension, sub-folders included) sorted by path.
   *
   * @param arguments files and folders
   * @return image files in a stable order, each once
   * @throws IOException if an argument does not exist, a folder cannot be listed, or there is no
   *     image at all
   */
  public static List<Path> inputs(List<Path> arguments) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        files.addAll(imagesIn(argument));
      } else if (Files.exists(argument)) {
        files.add(argument);
      } else {
        throw new NoSuchFileException(argument.toString(), null, "no such file or folder");
      }
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(
          arguments.toString(), null, "no image (" + EXTENSIONS + ") in the folders given");
    }
    return List.copyOf(files);
  }

  private static List<Path> imagesIn(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (EXTENSIONS.contains(extension)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // Vanished while the folder was being listed: nothing is left to analyse.
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  /**
   * Analyses one file.
   *
   * @param analyzer the pipeline
   * @param file image file
   * @return its faces, positions in pixels of the file, or why there are none
   */
  public AnalyzedInput analyze(FaceAnalyzer analyzer, Path file) {
    String name = file.toString();
    try {
      FaceImage image = FaceImage.read(file, DecodeOptions.forAnalysis());
      int factor = image.subsampling();
      if (crops) {
        return AnalyzedInput.ofCrop(name, scaled(analyzer.analyzeCrop(image), factor));
      }
      return AnalyzedInput.ofPhoto(
          name, analyzer.analyze(image).stream().map(f -> scaled(f, factor)).toList());
    } catch (IOException e) {
      return AnalyzedInput.unreadable(name, oneLine(e));
    }
  }

  private static Face scaled(Face face, int factor) {
    return factor == 1
        ? face
        : new Face(
            face.id(),
            face.detection().map((Detection d) -> d.moved(factor, 0, 0)),
            face.behaviour());
  }

  static String oneLine(IOException e) {
    String text = e instanceof NoSuchFileException ? "the file vanished" : e.getMessage();
    return String.valueOf(text).replaceAll("\\s+", " ");
  }

  /**
   * Analyses files into a CSV file, or goes on with it: {@link #run(FaceAnalyzer, List, CsvOutput,
   * ProgressListener)} with {@link CsvOutput#continuing}.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param inputs files in order
   * @param csv output; its folder must exist
   * @param listener hears of every input done
   * @return what was done
   * @throws IOException as there
   */
  public Summary run(FaceAnalyzer analyzer, List<Path> inputs, Path csv, ProgressListener listener)
      throws IOException {
    return run(analyzer, inputs, CsvOutput.continuing(csv), listener);
  }

  /**
   * Analyses files into rows. Inputs are named as the paths are written ({@link InputName}); where
   * a file is continued from another working folder than it was begun in, by their absolute paths.
   * A file that is reached twice is one input.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param inputs files in order
   * @param output where rows go
   * @param listener hears of every input done
   * @return what was done
   * @throws IOException if the output cannot be written (rows already written stay), is being
   *     written by another run, or holds rows of other models or options
   */
  public Summary run(
      FaceAnalyzer analyzer, List<Path> inputs, CsvOutput output, ProgressListener listener)
      throws IOException {
    int length = embeddings ? embeddingLength(analyzer) : 0;
    Map<String, String> settings =
        Provenance.settings(
            analyzer,
            Map.of(
                "inputs", crops ? "crops" : "photos", "embeddings", String.valueOf(embeddings)));
    return new CsvRun<>(
            workers,
            InputNames.FILES,
            BehaviourTable.columns(length),
            settings,
            (Path file, String name) ->
                BehaviourTable.rows(analyze(analyzer, file).named(name), length))
        .run(inputs, output, listener);
  }

  /**
   * Analyses files and keeps the results in memory, for up to some ten thousand faces.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param inputs files in order
   * @param listener hears of every input done
   * @return what became of each input, in their order; unmodifiable
   * @throws IOException if the run is interrupted
   */
  public List<AnalyzedInput> run(
      FaceAnalyzer analyzer, List<Path> inputs, ProgressListener listener) throws IOException {
    return OrderedWork.list(
        inputs, workers, file -> analyze(analyzer, file).named(InputName.of(file)), listener);
  }

  static int embeddingLength(FaceAnalyzer analyzer) {
    int side = analyzer.behaviourModel().aligner().size();
    FaceImage probe = FaceImage.plain(side, side, 127);
    return analyzer.behaviourModel().read(List.of(probe)).get(0).embedding().length;
  }
}
