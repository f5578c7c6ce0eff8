/** Landmarks that several detectors agree upon. For the training module alone. */
package org.affect4j.training.landmark.internal;
