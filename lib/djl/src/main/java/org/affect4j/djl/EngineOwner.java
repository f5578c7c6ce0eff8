package org.affect4j.djl;

import ai.djl.engine.Engine;
import org.affect4j.model.RuntimeOwner;

/**
 * Lets DJL start ONNX Runtime: its engine wants to set the threads of the process, and fails where
 * the library has started the runtime before.
 */
public final class EngineOwner implements RuntimeOwner {
  static final String ENGINE = "OnnxRuntime";

  /** Made by {@link java.util.ServiceLoader}. */
  public EngineOwner() {}

  @Override
  public void start() {
    startEngine();
  }

  static void startEngine() {
    try {
      Engine.getEngine(ENGINE);
    } catch (ExceptionInInitializerError | NoClassDefFoundError | IllegalStateException e) {
      throw new IllegalStateException(
          "DJL cannot start its engine %s, because ONNX Runtime was started without it; start again with affect4j-djl and onnxruntime-engine on the class path from the beginning: %s"
              .formatted(ENGINE, e),
          e);
    }
  }
}
