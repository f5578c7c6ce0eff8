/**
 * How crops become batches: preparation, order, variation, random numbers by place. For the
 * training module alone.
 */
package org.affect4j.training.batch.internal;
