/** Parts of a training run: optimiser and schedule. For the training module alone. */
package org.affect4j.training.train.internal;
