/** Behaviour of faces: expressions, action units, valence and arousal, from one network. */
package org.affect4j.behaviour;
