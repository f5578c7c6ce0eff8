package org.affect4j.training.quantise;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a quantisation did.
 *
 * @param quantised nodes that compute in 8 bits, by op type
 * @param leftInFloat nodes of op types that could compute in 8 bits but do not, because the options
 *     or their surroundings say so, by op type
 * @param unsupported nodes of all other op types, which stay as they were, by op type
 * @param ranges the range chosen for each quantised activation, in the order of the graph
 * @param calibrationInputs inputs that the ranges were measured on
 * @param bytesBefore size of the float file
 * @param bytesAfter size of the quantised file
 */
public record QuantisationReport(
    Map<String, Integer> quantised,
    Map<String, Integer> leftInFloat,
    Map<String, Integer> unsupported,
    Map<String, ValueRange> ranges,
    int calibrationInputs,
    long bytesBefore,
    long bytesAfter) {
  /** Copies the maps. */
  public QuantisationReport {
    quantised = Collections.unmodifiableMap(new TreeMap<>(quantised));
    leftInFloat = Collections.unmodifiableMap(new TreeMap<>(leftInFloat));
    unsupported = Collections.unmodifiableMap(new TreeMap<>(unsupported));
    ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
  }
}
