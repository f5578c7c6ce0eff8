/**
 * The field's metrics: concordance of valence and arousal, confusion of expressions, scores per
 * action unit, the challenge scores, calibration and fairness, with bootstrap intervals; and the
 * average precision of face detectors.
 *
 * <p>Every result is an immutable {@link org.affect4j.metric.MetricResult}: it prints as text,
 * gives a Tablesaw table and saves as CSV. What is not defined, such as the concordance of constant
 * predictions, is NaN and never replaced by a number. Missing labels are NaN (a Tablesaw missing
 * value), missing names the empty string.
 */
package org.affect4j.metric;
