/** Fine-tuning: the last layers of a behaviour network, learned anew from a few labelled crops. */
package org.affect4j.training.tune;
