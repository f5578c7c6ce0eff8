package org.affect4j.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.ServiceLoader;

/**
 * The one ONNX Runtime of this process, with one pool of threads that networks share.
 *
 * <p>A pool for each network would cost dearly: the threads of the detector still spin, waiting for
 * more, when the behaviour network starts, and take the processor from it; without spinning, waking
 * them takes as long as the work of a layer.
 */
public final class OnnxRuntime {
  private static final int MOST_SHARED_THREADS = 4;

  private OnnxRuntime() {}

  /** Made on first use, because ONNX Runtime allows one environment a process. */
  private static final class Holder {
    static final int SHARED_THREADS =
        Math.min(MOST_SHARED_THREADS, Runtime.getRuntime().availableProcessors());

    static final OrtEnvironment ENVIRONMENT;
    static final boolean SHARES_THREADS;

    static {
      ServiceLoader.load(RuntimeOwner.class).forEach(RuntimeOwner::start);
      OrtEnvironment environment;
      boolean shares;
      try (OrtEnvironment.ThreadingOptions options = new OrtEnvironment.ThreadingOptions()) {
        options.setGlobalIntraOpNumThreads(SHARED_THREADS);
        options.setGlobalInterOpNumThreads(1);
        options.setGlobalSpinControl(true);
        environment =
            OrtEnvironment.getEnvironment(
                OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "affect4j", options);
        shares = true;
      } catch (IllegalStateException | OrtException madeByOtherCode) {
        environment = OrtEnvironment.getEnvironment();
        shares = false;
      }
      ENVIRONMENT = environment;
      SHARES_THREADS = shares;
    }
  }

  /**
   * Returns the environment in which all sessions of this process live.
   *
   * @return made on first use, by {@link RuntimeOwner} where there is one; never closed
   */
  public static OrtEnvironment environment() {
    return Holder.ENVIRONMENT;
  }

  /**
   * Opens a network.
   *
   * @throws ModelException if ONNX Runtime cannot; the message names it
   */
  static OrtSession open(byte[] bytes, int threads, String name) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      setThreads(options, threads);
      return environment().createSession(bytes, options);
    } catch (OrtException e) {
      throw new ModelException(name + " could not be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Gives a session its threads: none but the caller's if it asks for one, those of the shared pool
   * if it asks for as many as the pool has, else a pool of its own that does not spin.
   */
  private static void setThreads(OrtSession.SessionOptions options, int threads)
      throws OrtException {
    if (Holder.SHARES_THREADS && threads > 1 && threads == Holder.SHARED_THREADS) {
      options.disablePerSessionThreads();
      return;
    }
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
  }
}
