package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.Detection;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.Face;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceTable;
import org.affect4j.table.InputName;

/**
 * Analyses many files into a CSV file with the columns of {@link FaceAnalyzer#columns}.
 *
 * <p>Rows come in the order of the inputs, whatever the number of workers; only a few photos are in
 * memory at a time, and none that its budget has no room for. A run that was interrupted goes on
 * where it stopped when it is started again with the same output: finished rows are kept as they
 * are, and so are those of other inputs. A file that cannot be read or is damaged, vanishes, or
 * takes more memory than there is, gets a row that says so, and is read again by a later run with
 * the same output.
 *
 * @param holdsCrops whether each input is already one face crop
 * @param embeddings whether the embedding is written too
 * @param workers photos analysed at the same time, 1 or more; for throughput give the analyser one
 *     thread and use as many workers as there are processors
 * @param memory bytes that the photos in work may take together, by what their headers announce; a
 *     larger photo is decoded alone
 */
public record FolderAnalysis(boolean holdsCrops, boolean embeddings, int workers, long memory) {
  private static final int SHARE_OF_HEAP = 3;

  /** Checks workers and memory. */
  public FolderAnalysis {
    if (workers < 1) {
      throw new IllegalArgumentException("an analysis needs 1 worker or more, got " + workers);
    }
    if (memory < 1) {
      throw new IllegalArgumentException("an analysis needs memory, got " + memory + " bytes");
    }
  }

  /**
   * Makes an analysis whose photos take a third of the heap.
   *
   * @param holdsCrops whether each input is already one face crop
   * @param embeddings whether the embedding is written too
   * @param workers photos analysed at the same time, 1 or more
   */
  public FolderAnalysis(boolean holdsCrops, boolean embeddings, int workers) {
    this(holdsCrops, embeddings, workers, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
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
   * @param notes what the user should know of the file that was continued, and of faces left out
   * @param videos how many of the inputs that this run read are videos
   * @param frames frames of these videos
   */
  public record Summary(
      Map<AnalyzedInput.Status, Integer> counts,
      int faces,
      int kept,
      List<String> notes,
      int videos,
      long frames) {
    /** Copies map and list. */
    public Summary {
      counts = Map.copyOf(counts);
      notes = List.copyOf(notes);
    }

    private Summary noted(List<String> others) {
      List<String> more = new ArrayList<>(notes);
      more.addAll(others);
      return new Summary(counts, faces, kept, more, videos, frames);
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
    return analyze(analyzer, file, new MemoryBudget(memory), new LongAdder());
  }

  private AnalyzedInput analyze(
      FaceAnalyzer analyzer, Path file, MemoryBudget budget, LongAdder upsideDown) {
    String name = file.toString();
    DecodeOptions options = DecodeOptions.forAnalysis();
    if (!holdsCrops) {
      options = options.withSufficientLongSide(analyzer.detector().usefulLongSide());
    }
    try (MemoryBudget.Lease lease = budget.lease(FaceImage.bytesToRead(file, options))) {
      FaceImage image = FaceImage.read(file, options);
      lease.shrinkTo(3L * image.width() * image.height());
      boolean clipping = analyzer.options().map(o -> o.detector().clippedBoxes()).orElse(false);
      AnalyzedInput result =
          holdsCrops
              ? AnalyzedInput.ofCrop(name, inFile(analyzer.analyzeCrop(image), image, clipping))
              : ofPhoto(
                  name,
                  analyzer.analyze(image).stream().map(f -> inFile(f, image, clipping)).toList(),
                  analyzer,
                  upsideDown);
      return image.damage().isEmpty()
          ? result.remarked(image.note())
          : result.partial(image.damage());
    } catch (IOException e) {
      return AnalyzedInput.unreadable(name, e);
    } catch (OutOfMemoryError e) {
      return AnalyzedInput.unreadable(name, e);
    }
  }

  /** Leaves faces out that only a search at any angle finds reliably, and tells and counts them. */
  private static AnalyzedInput ofPhoto(
      String name, List<Face> faces, FaceAnalyzer analyzer, LongAdder upsideDown) {
    boolean anyRotation = analyzer.options().map(o -> o.detector().anyRotation()).orElse(false);
    List<Face> upright = new ArrayList<>();
    for (Face face : faces) {
      if (anyRotation || !face.isUpsideDown()) {
        upright.add(new Face(upright.size(), face.detection(), face.behaviour()));
      }
    }
    int left = faces.size() - upright.size();
    upsideDown.add(left);
    return AnalyzedInput.ofPhoto(name, upright)
        .remarked(left == 0 ? "" : "left out upside down: " + left + " (--any-rotation reads it)");
  }

  private static Face inFile(Face face, FaceImage image, boolean clipping) {
    int factor = image.subsampling();
    if (factor == 1) {
      return face;
    }
    // The centre of the first pixel is (0, 0), that of a square of pixels is not.
    double shift = (factor - 1) / 2.0;
    return new Face(
        face.id(),
        face.detection()
            .map((Detection d) -> d.moved(factor, shift, shift))
            .map(d -> clipping ? d.clippedTo(image.fileWidth(), image.fileHeight()) : d),
        face.behaviour());
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
    return run(analyzer, inputs, Set.of(), VideoWork.standard(), output, listener);
  }

  /**
   * Analyses photos and videos into rows, as above. A video is read frame by frame, and its rows
   * are written bit by bit in memory that does not grow with its length, unless something is
   * computed over time; if the run is ended within it, a later one begins it anew.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param inputs files in order
   * @param videos those of the inputs that are videos, or folders of numbered pictures
   * @param work what is done with the videos
   * @param output where rows go
   * @param listener hears of every input done, and of every frame
   * @return what was done
   * @throws IOException as above
   */
  public Summary run(
      FaceAnalyzer analyzer,
      List<Path> inputs,
      Set<Path> videos,
      VideoWork work,
      CsvOutput output,
      ProgressListener listener)
      throws IOException {
    Map<String, String> settings =
        analyzer.settings(
            Map.of(
                "inputs",
                holdsCrops ? "crops" : "photos",
                "embeddings",
                String.valueOf(embeddings)));
    BehaviourVocabulary read = work.vocabulary(analyzer.behaviourModel());
    work.overTime()
        .ifPresent(
            model -> {
              settings.put("over time", model.entry().name());
              settings.put("over time SHA-256", model.entry().sha256());
              settings.put(
                  "prior", model.prior().map(ExpressionPrior::toString).orElse("as learned"));
            });
    List<String> overTime = work.steps().columns(read);
    List<String> columns = new ArrayList<>(analyzer.columns(read, embeddings));
    columns.addAll(overTime);
    columns = new ArrayList<>(output.columns().of(columns));
    if (videos.isEmpty()) {
      columns.removeAll(overTime);
    } else {
      settings.putAll(work.settings());
    }
    MemoryBudget budget = new MemoryBudget(memory);
    LongAdder upsideDown = new LongAdder();
    List<String> notes = new ArrayList<>();
    Summary summary =
        new CsvRun<Path>(
                workers,
                InputName::of,
                InputName::place,
                columns,
                settings,
                (file, name) -> {
                  AnalyzedInput input = analyze(analyzer, file, budget, upsideDown).named(name);
                  return work.overTime()
                      .filter(model -> !input.faces().isEmpty())
                      .map(model -> model.read(FaceTable.ofInput(input, true)))
                      .orElseGet(() -> FaceTable.ofInput(input, embeddings));
                },
                new VideoRows(
                    videos,
                    work,
                    analyzer,
                    embeddings,
                    output.file().filter(csv -> work.keyPictures()),
                    notes))
            .run(inputs, output, listener);
    if (upsideDown.sum() > 0) {
      notes.add(
          "faces upside down that were left out: %d; --any-rotation reads them"
              .formatted(upsideDown.sum()));
    }
    return summary.noted(notes);
  }

  /**
   * Analyses files and keeps the results in memory, for up to some ten thousand faces.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param inputs files in order
   * @param listener hears of every input done
   * @return one row per face, with its embedding, and one for every input without a face; in the
   *     order of the inputs
   * @throws IOException if the run is interrupted
   */
  public FaceTable run(FaceAnalyzer analyzer, List<Path> inputs, ProgressListener listener)
      throws IOException {
    MemoryBudget budget = new MemoryBudget(memory);
    return FaceTable.ofInputs(
        OrderedWork.list(
            inputs,
            workers,
            file -> analyze(analyzer, file, budget, new LongAdder()).named(InputName.of(file)),
            listener));
  }
}
