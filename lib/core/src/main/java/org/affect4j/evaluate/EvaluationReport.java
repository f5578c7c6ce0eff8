package org.affect4j.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.affect4j.chart.Charts;
import org.affect4j.chart.Picture;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetFace;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.Interval;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.metric.MetricResult;
import org.affect4j.notebook.Html;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * An evaluation as files: {@code report.html}, one page with all pictures inside, and {@code
 * metrics.csv}, every figure with its interval and count.
 *
 * @param evaluation what was measured
 * @param faces how many of the most confident disagreements are shown as faces, 0 or more; many
 *     datasets must not be shown to others, so that a report with faces must not be passed on
 *     either
 * @param overTime the same after steps along time, which stands beside it on the page and in {@code
 *     over-time.csv}; empty where there is none
 */
public record EvaluationReport(
    Evaluation evaluation, int faces, Optional<EvaluationOverTime> overTime) {
  private static final int FACES = 24;
  private static final int COLUMNS = 6;
  private static final int ALL_ROWS = 100_000;
  private static final List<String> STATUSES =
      List.of(
          "ok: read",
          "whole_crop: no landmarks, read whole",
          "no_face: no face found",
          "unreadable: photo missing or broken",
          "not_predicted: not in the predictions");

  /** Checks the number of faces. */
  public EvaluationReport {
    if (faces < 0) {
      throw new IllegalArgumentException("a report shows 0 or more faces, got " + faces);
    }
  }

  /**
   * Makes a report with 24 faces.
   *
   * @param evaluation what was measured
   */
  public EvaluationReport(Evaluation evaluation) {
    this(evaluation, FACES, Optional.empty());
  }

  /**
   * Makes a report with 24 faces of what was measured before and after steps along time.
   *
   * @param overTime what was measured
   */
  public EvaluationReport(EvaluationOverTime overTime) {
    this(overTime.raw(), FACES, Optional.of(overTime));
  }

  /**
   * Makes the same report without faces.
   *
   * @return a copy
   */
  public EvaluationReport withoutFaces() {
    return new EvaluationReport(evaluation, 0, overTime);
  }

  /**
   * Writes the files, replacing those of an earlier report.
   *
   * @param folder where to; made if it does not exist
   * @return the page
   * @throws IOException if a file cannot be written
   */
  public Path save(Path folder) throws IOException {
    Files.createDirectories(folder);
    evaluation.saveCsv(folder.resolve("metrics.csv"));
    if (overTime.isPresent()) {
      overTime.get().saveCsv(folder.resolve("over-time.csv"));
    }
    return Files.writeString(folder.resolve("report.html"), html());
  }

  /**
   * Makes the page.
   *
   * @return HTML that needs no other file
   */
  public String html() {
    Page page = new Page("Evaluation on " + evaluation.dataset().name());
    page.paragraph(
        "Every figure holds for this model on these rows under this protocol, and for no other."
            + " Intervals say how much the figure would vary over other samples of the same kind.");
    page.table("How the figures came about", entries(evaluation.provenance()));
    for (String note : evaluation.notes()) {
      page.paragraph("Note: " + note + ".");
    }
    page.table("What became of the rows", coverage());
    overTime.ifPresent(time -> overTime(page, time));
    task(page, LabelTask.EXPRESSION, "Expressions", EvaluationReport::expressions);
    task(page, LabelTask.ACTION_UNITS, "Action units", EvaluationReport::units);
    task(page, LabelTask.VALENCE_AROUSAL, "Valence and arousal", scores -> affect());
    task(page, LabelTask.COMPOUND, "Compound expressions (zero-shot)", EvaluationReport::compounds);
    fairness(page);
    disagreements(page);
    page.table("What the loader found", evaluation.dataset().report().table());
    return page.end();
  }

  private static void overTime(Page page, EvaluationOverTime time) {
    page.heading("Before and after steps along time");
    page.paragraph(time.chosen() + ".");
    page.table("", time.summary());
  }

  private void task(
      Page page, LabelTask task, String heading, Function<Measurements, List<Picture>> pictures) {
    List<Measurement> figures =
        evaluation.scores().figures().stream().filter(f -> f.task() == task).toList();
    if (!figures.isEmpty()) {
      page.heading(heading);
      page.table("", summary(task, figures));
      pictures.apply(evaluation.scores()).forEach(page::picture);
    }
  }

  /** Figures of the task as a whole, those without duplicates beside the official ones. */
  private Table summary(LabelTask task, List<Measurement> figures) {
    List<Measurement> shown =
        figures.stream()
            .filter(f -> f.of().isEmpty() || task == LabelTask.VALENCE_AROUSAL)
            .toList();
    Table table =
        Table.create(
            MetricResult.texts(
                "figure", shown, f -> f.of().isEmpty() ? f.measure() : f.measure() + ", " + f.of()),
            MetricResult.texts("all rows", shown, f -> text(f.value())),
            LongColumn.create("n", shown.stream().mapToLong(Measurement::n).toArray()));
    evaluation
        .scoresWithoutDuplicates()
        .ifPresent(
            unique -> {
              List<Optional<Measurement>> others =
                  shown.stream()
                      .map(f -> Measurement.find(unique.figures(), task, f.metric(), f.of()))
                      .toList();
              table.addColumns(
                  MetricResult.texts(
                      "without duplicates", others, o -> o.map(u -> text(u.value())).orElse("")),
                  LongColumn.create(
                      "n without",
                      others.stream().mapToLong(o -> o.map(Measurement::n).orElse(0L)).toArray()));
            });
    return table.addColumns(MetricResult.texts("note", shown, Measurement::note));
  }

  private static String text(Interval value) {
    return value.isUndefined()
        ? "not defined"
        : Double.isNaN(value.low())
            ? String.format(Locale.ROOT, "%.3f", value.estimate())
            : value.toString();
  }

  private static List<Picture> expressions(Measurements scores) {
    return List.of(
        Charts.confusion(scores.expressions().orElseThrow()),
        each(scores, LabelTask.EXPRESSION, LabelMetrics.F1, "F1 of each expression"));
  }

  private static List<Picture> compounds(Measurements scores) {
    return List.of(
        Charts.confusion(scores.compounds().orElseThrow()),
        each(scores, LabelTask.COMPOUND, LabelMetrics.RECALL, "Recall of each category"));
  }

  private static List<Picture> units(Measurements scores) {
    LabelTask task = LabelTask.ACTION_UNITS;
    Picture f1 = each(scores, task, LabelMetrics.F1, "F1 of each action unit");
    String curve = "Area under the curve of each action unit (one half is chance)";
    return scores.each(task, LabelMetrics.AREA_UNDER_CURVE).isEmpty()
        ? List.of(f1)
        : List.of(f1, each(scores, task, LabelMetrics.AREA_UNDER_CURVE, curve));
  }

  private static Picture each(
      Measurements scores, LabelTask task, LabelMetrics metric, String title) {
    return Charts.intervals(title, metric.label() + " (0 to 1)", scores.each(task, metric), 0, 1);
  }

  private List<Picture> affect() {
    double[][] values = evaluation.valenceArousal();
    return values[0].length == 0
        ? List.of()
        : List.of(
            Charts.circumplexDensity(values[0], values[1]),
            Charts.circumplexDensity(values[2], values[3]),
            Charts.circumplexErrors(values[0], values[1], values[2], values[3]));
  }

  private void fairness(Page page) {
    page.heading("Fairness");
    List<FairnessAudit> audits = evaluation.fairness();
    if (audits.isEmpty()) {
      page.paragraph(
          "The rows name no two groups of people: nothing can be said of fairness, neither good nor bad.");
      return;
    }
    page.paragraph(
        "EOP: mean gap of the true-positive rates of expressions; EOD: the same of action units;"
            + " fCCC: gap of the concordance. 0 is fair, up to 0.1 counts as fair. A gap cannot be"
            + " negative, so that chance alone makes it positive: read the interval.");
    page.picture(Charts.fairness(audits));
    for (FairnessAudit audit : audits) {
      page.picture(Charts.fairness(audit));
      page.table(audit.measure().label() + " by " + audit.attribute(), audit.table());
    }
  }

  private void disagreements(Page page) {
    AffectDataset dataset = evaluation.dataset();
    List<FaceImage> crops = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    FaceAligner aligner = new FaceAligner();
    for (Disagreement d : evaluation.disagreements()) {
      if (crops.size() == faces) {
        break;
      }
      DatasetFace face = dataset.face(d.row(), aligner);
      face.crop()
          .or(() -> photo(dataset, d.row()))
          .ifPresent(
              crop -> {
                crops.add(crop);
                captions.add(
                    "%s%n%s %.2f"
                        .formatted(d.label().label(), d.prediction().label(), d.confidence()));
              });
    }
    if (crops.isEmpty()) {
      return;
    }
    page.heading("The most confident disagreements");
    page.paragraph(
        "First line: the label; second line: the prediction and its probability. Either may be wrong."
            + " The faces belong to the dataset: its licence says whether this page may be shown to"
            + " others.");
    page.picture(Charts.grid(crops, captions, COLUMNS));
  }

  private static Optional<FaceImage> photo(AffectDataset dataset, int row) {
    try {
      return Optional.of(dataset.photo(row));
    } catch (IOException e) {
      // The evaluation counts it as unreadable; a face less is shown.
      return Optional.empty();
    }
  }

  private Table coverage() {
    Map<String, Long> coverage = evaluation.scores().coverage();
    Map<String, String> counts = new LinkedHashMap<>();
    for (String status : STATUSES) {
      counts.put(status, String.valueOf(coverage.get(status.substring(0, status.indexOf(':')))));
    }
    counts.put("rows", String.valueOf(evaluation.scores().count()));
    return entries(counts);
  }

  private static Table entries(Map<String, String> entries) {
    return Table.create(
        StringColumn.create("entry", List.copyOf(entries.keySet())),
        StringColumn.create("value", List.copyOf(entries.values())));
  }

  /** A page being written. */
  private static final class Page {
    private final StringBuilder html = new StringBuilder();

    Page(String title) {
      String safe = Html.escape(title);
      html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
          .append(safe)
          .append(
              "</title><style>body{font-family:sans-serif;max-width:900px;margin:2em auto;color:#222}"
                  + "table{border-collapse:collapse;margin:1em 0}caption{text-align:left;font-weight:bold;padding:4px 0}"
                  + "td,th{border-bottom:1px solid #e2e2e2;vertical-align:top;overflow-wrap:anywhere}"
                  + "img{display:block;margin:1em 0}</style></head><body>\n<h1>")
          .append(safe)
          .append("</h1>\n");
    }

    void heading(String text) {
      html.append("<h2>").append(Html.escape(text)).append("</h2>\n");
    }

    void paragraph(String text) {
      html.append("<p>").append(Html.escape(text)).append("</p>\n");
    }

    void table(String caption, Table table) {
      html.append(Html.of(table.copy().setName(caption), ALL_ROWS).markup()).append('\n');
    }

    void picture(Picture picture) {
      html.append(Html.of(picture).markup()).append('\n');
    }

    String end() {
      return html.append("</body></html>\n").toString();
    }
  }
}
