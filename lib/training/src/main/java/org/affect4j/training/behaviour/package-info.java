/** Training of the behaviour network: its data, its loss, its validation. */
package org.affect4j.training.behaviour;
