/**
 * Pictures of faces, behaviour and measurements.
 *
 * <p>XChart draws lines, points, histograms and standing bars. Heat maps, rows of bars or dots, the
 * plane of valence and arousal, overlays on photos and contact sheets paint with AWT themselves:
 * XChart colours all bars of a series and all numbers of a heat map alike, leaves out labels of
 * lying bars, has no rows of dots, and gives both axes of a plane different lengths. {@link
 * org.affect4j.chart.Charts} holds the charts of numbers and of single faces, {@link
 * org.affect4j.chart.DatasetCharts} those of datasets, {@link org.affect4j.chart.LearningCharts}
 * those of learning curves; behind them one class draws each kind.
 *
 * <p>A factory returns a {@link org.affect4j.chart.Picture}; {@link org.affect4j.chart.Overlay}
 * gathers what to draw on a photo first. Series differ by dashes or markers as well as by colours
 * that can be told apart with all common forms of colour blindness; bars stand in the order of
 * their legend. Axes have fixed ranges where the quantity has one, all their ticks the same
 * decimals.
 */
package org.affect4j.chart;
