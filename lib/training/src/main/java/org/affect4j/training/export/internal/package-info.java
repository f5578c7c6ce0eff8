/** ONNX graphs: read, simplified, folded, written. For the training module alone. */
package org.affect4j.training.export.internal;
