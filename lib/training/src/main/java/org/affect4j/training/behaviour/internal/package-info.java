/**
 * The sets that behaviour networks are trained with, and what expressions imply. For the training
 * module alone.
 */
package org.affect4j.training.behaviour.internal;
