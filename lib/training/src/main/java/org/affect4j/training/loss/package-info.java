/**
 * What training minimises, one class per loss, each with a mask for labels that a sample does not
 * carry.
 *
 * <p>Conventions: the first axis is the batch; predictions are logits unless said otherwise;
 * expressions are numbered as {@link org.affect4j.face.Expression#ALL} and -1 where there is none;
 * units stand in the order of {@link org.affect4j.face.ActionUnit#ALL}; masks are 1 where a label
 * counts and 0 where it does not, and may be any weight of 0 or more. Every result is a scalar and,
 * where no label counts, zero. Losses keep the type of the predictions, are immutable and
 * thread-safe.
 */
package org.affect4j.training.loss;
