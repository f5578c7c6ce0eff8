package org.affect4j.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the kernel: {@code java org.affect4j.kernel.Main CONNECTION_FILE}. */
public final class Main {
  private Main() {}

  /**
   * Runs until the front end asks for shutdown or disappears.
   *
   * @param args the connection file that the front end wrote
   * @throws Exception if the connection file cannot be used or a port stays occupied
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: java " + Main.class.getName() + " CONNECTION_FILE");
      System.exit(2);
    }
    KernelConnectionProperties connection =
        KernelConnectionProperties.parse(Files.readString(Path.of(args[0])));
    KernelServer server = new KernelServer(connection);
    server.serve(new JavaKernel(KernelSettings.from(System.getenv())));
  }
}
