package org.affect4j.training.network;

import java.util.List;

/**
 * One operation in its place.
 *
 * @param name unique name, also of its output
 * @param operation what is computed
 * @param inputs names of the nodes it reads, or {@link NetworkSpec#INPUT}; none for {@link Given}
 */
public record NetworkNode(String name, Operation operation, List<String> inputs) {
  /** Copies and checks the names. */
  public NetworkNode {
    inputs = List.copyOf(inputs);
    if (name.isBlank() || inputs.isEmpty() != operation instanceof Given) {
      throw new IllegalArgumentException(
          "a node needs a name and inputs, got '%s' and %s".formatted(name, inputs));
    }
  }
}
