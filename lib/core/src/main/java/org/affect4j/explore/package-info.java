/**
 * What to look at in a dataset before anything is trained or measured on it: which labels there are
 * and in which groups, which action units come with which expression, which labels may be wrong,
 * how faces lie in the space of a network's embedding, and how far two tools agree.
 *
 * <p>All results are values; {@code org.affect4j.chart.DatasetCharts} draws them. A missing label
 * is counted as missing, never as the absence of what was asked for.
 */
package org.affect4j.explore;
