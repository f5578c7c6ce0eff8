/**
 * Measures a model on a dataset: predictions are joined with labels, every task gets its figures
 * with counts and intervals, groups of people are compared, and all of it is written down with the
 * record of how it came about.
 *
 * <pre>{@code
 * AffectDataset dataset = DatasetFormat.ofLabel("rendered").load(Path.of("data/compound"));
 * Predictions predictions =
 *     Predictions.by(analyzer, dataset, dataset.table(), ProgressListener.silent());
 * Evaluation evaluation =
 *     Evaluation.of(dataset, dataset.table(), predictions, EvaluationOptions.defaults());
 * System.out.println(evaluation);
 * new EvaluationReport(evaluation).save(Path.of("report"));
 * }</pre>
 */
package org.affect4j.evaluate;
