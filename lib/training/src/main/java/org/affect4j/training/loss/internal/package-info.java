/** Targets of priors, and arithmetic that the losses share. For the training module alone. */
package org.affect4j.training.loss.internal;
