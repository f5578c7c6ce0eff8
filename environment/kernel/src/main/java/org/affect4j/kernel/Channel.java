package org.affect4j.kernel;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.security.GeneralSecurityException;
import java.util.logging.Logger;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/** One socket of the kernel; each is used by exactly one thread. */
final class Channel extends JupyterSocket {
  private static final long BIND_PATIENCE_MILLIS = 10_000;
  private static final long BIND_RETRY_MILLIS = 20;

  private final String name;
  private final int port;
  private final ZMQ.Context context;

  Channel(
      ZMQ.Context context,
      SocketType type,
      KernelConnectionProperties connection,
      String name,
      int port)
      throws GeneralSecurityException {
    // A signature generator has state, so every thread gets one of its own.
    super(context, type, connection.createHMACGenerator(), Logger.getLogger(name));
    this.name = name;
    this.port = port;
    this.context = context;
  }

  /**
   * Binds to the port that the front end chose.
   *
   * <p>The front end frees its ports just before it starts the kernel and then keeps knocking on
   * them. A knock may itself take one of these ports for a moment as its outgoing port, so an
   * occupied port is tried again for some seconds before the kernel gives up.
   */
  @Override
  public void bind(KernelConnectionProperties connection) {
    String address = formatAddress(connection.getTransport(), connection.getIp(), port);
    long deadline = System.nanoTime() + BIND_PATIENCE_MILLIS * 1_000_000;
    while (true) {
      try {
        super.bind(address);
        return;
      } catch (ZMQException e) {
        if (e.getErrorCode() != ZError.EADDRINUSE || System.nanoTime() > deadline) {
          throw new IllegalStateException("cannot bind " + name + " to " + address, e);
        }
      }
      try {
        Thread.sleep(BIND_RETRY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while binding " + name, e);
      }
    }
  }

  /** A poller that watches this socket alone. */
  ZMQ.Poller poller() {
    ZMQ.Poller poller = context.poller(1);
    poller.register(this, ZMQ.Poller.POLLIN);
    return poller;
  }
}
