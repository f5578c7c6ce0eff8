/**
 * Labelled face crops as batches: datasets become files of 8-bit pixels once, and from then on
 * batches are drawn from them, augmented in Java, so that the training step is never waiting.
 */
package org.affect4j.training.batch;
