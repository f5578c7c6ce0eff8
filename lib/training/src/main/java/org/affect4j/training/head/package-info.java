/** Light heads: expressions, action units or valence and arousal from features of a network. */
package org.affect4j.training.head;
