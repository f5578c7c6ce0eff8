/**
 * Pictures of faces and behaviour: charts drawn by XChart, overlays on photos, contact sheets.
 *
 * <p>Every factory returns a {@link org.affect4j.chart.Picture}. Colours can be told apart with all
 * common forms of colour blindness, and axes have fixed ranges where the quantity has one.
 */
package org.affect4j.chart;
