package org.affect4j.kernel;

import java.lang.reflect.Proxy;

/** Lets an interrupt signal interrupt the cell; the JVM's own answer would be to exit. */
final class SignalBridge {
  private SignalBridge() {}

  static void onInterrupt(Runnable action) {
    // The signal classes are supported but not part of the standard API, so a JVM may lack them,
    // and then front ends interrupt by message all the same.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              SignalBridge.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException e) {
      KernelServer.log("interrupt signals are not handled", e);
    }
  }
}
