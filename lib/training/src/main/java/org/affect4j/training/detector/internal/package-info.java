/** Figures of detectors. For the training module alone. */
package org.affect4j.training.detector.internal;
