/**
 * Networks in 8 bits: ranges measured on real inputs, the quantised file and how far it differs
 * from the float one; and probabilities of action units calibrated to mean what they say.
 */
package org.affect4j.training.quantise;
