/**
 * Training over time: clips of labelled frames, the windows that batches are made of, and the task
 * that trains a network with recurrent layers on features of frames.
 */
package org.affect4j.training.sequence;
