package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;

/**
 * Analyses many files into a CSV file with the columns of {@link BehaviourTable}.
 *
 * <p>Rows come in the order of the inputs, whatever the number of workers; only a few photos are in
 * memory at a time, and none that its budget has no room for. A run that was interrupted goes on where it stopped when it is started again
 * with the same output: finished rows are kept as they are. A file that cannot be read, vanishes
 * meanwhile, or takes more memory than there is, gets a row that says so.
 *
 * @param crops whether each input is already one face crop
 * @param embeddings whether the embedding is written too
 * @param workers photos analysed at the same time, 1 or more; for throughput give the analyser one
 *     thread and use as many workers as there are processors
 * @param memory what the photos in work may take together
 */
public record FolderAnalysis(
    boolean crops, boolean embeddings, int workers, MemoryBudget memory) {
  /** Checks the workers. */
  public FolderAnalysis {
    if (workers < 1) {
      throw new IllegalArgumentException("an analysis needs 1 worker or more, got " + workers);
    }
  }

  /**
   * Makes an analysis whose photos take a third of the heap.
   *
   * @param crops whether each input is already one face crop
   * @param embeddings whether the embedding is written too
   * @param workers photos analysed at the same time, 1 or more
   */
  public FolderAnalysis(boolean crops, boolean embeddings, int workers) {
    this(crops, embeddings, workers, MemoryBudget.ofHeap());
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
   * @param counts inputs by status, those of an earlier, interrupted run left out
   * @param faces faces written by this run
   * @param kept inputs whose rows an earlier run had finished
   */
  public record Summary(Map<AnalyzedInput.Status, Integer> counts, int faces, int kept) {
    /** Copies the map. */
    public Summary {
      counts = Map.copyOf(counts);
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
   * Lists the inputs of a user's arguments, as {@link InputListing} does.
   *
   * @param arguments files and folders
   * @return image files in a stable order, each once
   * @throws IOException if an argument does not exist, a folder cannot be listed, or there is no
   *     image at all
   */
  public static List<Path> inputs(List<Path> arguments) throws IOException {
    return InputListing.of(arguments).files();
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
    DecodeOptions options = DecodeOptions.forAnalysis();
    if (!crops) {
      options = options.withSufficientLongSide(analyzer.detector().usefulLongSide());
    }
    try (MemoryBudget.Lease lease = memory.lease(FaceImage.bytesToRead(file, options))) {
      FaceImage image = FaceImage.read(file, options);
      lease.shrinkTo(3L * image.width() * image.height());
      int factor = image.subsampling();
      AnalyzedInput result =
          crops
              ? AnalyzedInput.ofCrop(name, scaled(analyzer.analyzeCrop(image), factor))
              : AnalyzedInput.ofPhoto(
                  name, analyzer.analyze(image).stream().map(f -> scaled(f, factor)).toList());
      return image.damage().isEmpty()
          ? result.remarked(image.note())
          : result.partial(oneLine(image.damage()));
    } catch (IOException e) {
      return AnalyzedInput.unreadable(name, oneLine(e));
    } catch (OutOfMemoryError e) {
      return AnalyzedInput.unreadable(
          name, "Java ran out of memory (%s); give it more with -Xmx".formatted(e.getMessage()));
    }
  }

  private static Face scaled(Face face, int factor) {
    // The centre of the first pixel is (0, 0), that of a square of pixels is not.
    double shift = (factor - 1) / 2.0;
    return factor == 1
        ? face
        : new Face(
            face.id(),
            face.detection().map((Detection d) -> d.moved(factor, shift, shift)),
            face.behaviour());
  }

  static String oneLine(IOException e) {
    String text = e instanceof NoSuchFileException ? "the file vanished" : e.getMessage();
    return oneLine(String.valueOf(text));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  /**
   * Analyses files into a CSV file, going on with what an earlier run left there.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param inputs files in order
   * @param csv output; its folder must exist
   * @param listener hears of every input done
   * @return what was done
   * @throws IOException if the output cannot be written (rows already written stay), or holds
   *     something else than an interrupted run with the same columns
   */
  public Summary run(FaceAnalyzer analyzer, List<Path> inputs, Path csv, ProgressListener listener)
      throws IOException {
    return new OrderedRun<>(workers, Path::toString, (Path file) -> analyze(analyzer, file))
        .run(inputs, csv, embeddings ? embeddingLength(analyzer) : 0, listener);
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
    return new OrderedRun<>(workers, Path::toString, (Path file) -> analyze(analyzer, file))
        .run(inputs, listener);
  }

  static int embeddingLength(FaceAnalyzer analyzer) {
    int side = analyzer.behaviourModel().aligner().size();
    FaceImage probe = FaceImage.plain(side, side, 127);
    return analyzer.behaviourModel().read(List.of(probe)).get(0).embedding().length;
  }
}
