/**
 * The training loop: optimiser, schedule, moving average, checkpoints, log, curves. Nothing here
 * knows what a network is trained for; that is a {@link org.affect4j.training.train.TrainingTask}.
 */
package org.affect4j.training.train;
