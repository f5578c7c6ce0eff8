/**
 * Parts of a training run: optimiser, schedule, statistics, provenance. For the training module
 * alone.
 */
package org.affect4j.training.train.internal;
