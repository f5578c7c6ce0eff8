package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Analyses many inputs into a file or a list, in their order.
 *
 * @param <T> what stands for an input
 * @param workers inputs analysed at the same time, 1 or more
 * @param name name of an input in the output, different for every input
 * @param analysis reads one input; called by all workers at once
 */
record OrderedRun<T>(int workers, Function<T, String> name, Function<T, AnalyzedInput> analysis) {
  /** Writes a CSV file, going on with what an earlier run left there. */
  FolderAnalysis.Summary run(
      List<T> inputs, Path csv, int embeddingLength, ProgressListener listener) throws IOException {
    Map<AnalyzedInput.Status, Integer> counts = new EnumMap<>(AnalyzedInput.Status.class);
    int[] faces = new int[1];
    try (ResumableCsv output = ResumableCsv.open(csv, BehaviourTable.columns(embeddingLength))) {
      List<T> left =
          inputs.stream().filter(i -> !output.finished().contains(name.apply(i))).toList();
      int kept = inputs.size() - left.size();
      OrderedWork.run(
          left,
          workers,
          analysis,
          result -> {
            output.append(BehaviourTable.rows(result, embeddingLength));
            counts.merge(result.status(), 1, Integer::sum);
            faces[0] += result.faces().size();
          },
          (done, total) -> listener.at(kept + done, inputs.size()));
      return new FolderAnalysis.Summary(counts, faces[0], kept);
    }
  }

  /** Keeps the results in memory. */
  List<AnalyzedInput> run(List<T> inputs, ProgressListener listener) throws IOException {
    List<AnalyzedInput> results = new ArrayList<>(inputs.size());
    OrderedWork.run(inputs, workers, analysis, results::add, listener);
    return List.copyOf(results);
  }
}
