/**
 * Networks as values: one specification gives the trainable DJL block, the ONNX graph, the number
 * of parameters and the operations of one run.
 *
 * <p>A {@link org.affect4j.training.network.NetworkSpec} is a graph of {@link
 * org.affect4j.training.network.Operation}s; {@link org.affect4j.training.network.NetworkWeights}
 * are its numbers; a {@link org.affect4j.training.network.NetworkBlock} is both inside DJL. One
 * class per published system builds the specifications.
 *
 * <p>Sequences: outputs such as {@code embedding} are the features of one frame, and a
 * specification may read features in place of pixels ({@link
 * org.affect4j.training.network.FeatureShape#vector}); an operation over frames only has to treat
 * the batch axis of its inputs as frames.
 */
package org.affect4j.training.network;
