/**
 * Networks as values: one specification gives the trainable DJL block, the ONNX graph, the number
 * of parameters and the operations of one run.
 *
 * <p>A {@link org.affect4j.training.network.NetworkSpec} is a graph of {@link
 * org.affect4j.training.network.Operation}s; {@link org.affect4j.training.network.NetworkWeights}
 * are its numbers; a {@link org.affect4j.training.network.NetworkBlock} is both inside DJL. One
 * class per published system builds the specifications.
 *
 * <p>Sequences: the batch axis holds frames, time by time, and {@link
 * org.affect4j.training.network.Recurrent} layers read them in turn; a specification may read
 * features in place of pixels ({@link org.affect4j.training.network.FeatureShape#vector}), and
 * further inputs ({@link org.affect4j.training.network.Given}).
 */
package org.affect4j.training.network;
