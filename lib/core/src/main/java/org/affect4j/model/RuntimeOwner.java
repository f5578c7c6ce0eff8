package org.affect4j.model;

/**
 * Another library of this process that insists on starting ONNX Runtime itself, which allows one
 * environment a process. Found by {@link java.util.ServiceLoader} and called before this library
 * would start it.
 */
@FunctionalInterface
public interface RuntimeOwner {
  /** Starts ONNX Runtime; does nothing where it runs already. */
  void start();
}
