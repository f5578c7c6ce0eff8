/**
 * Behaviour over time: what was read frame by frame, filled where a face was lost, filtered, and
 * summed up in windows. Raw values are never changed; what is computed stands in columns of its
 * own. {@link org.affect4j.series.Spectrogram} is the sound beside it.
 */
package org.affect4j.series;
