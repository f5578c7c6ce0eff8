package org.affect4j.kernel;

import java.util.Map;

/** Ends the kernel when the front end that started it is gone without a word. */
final class ParentWatch {
  private ParentWatch() {}

  static void exitWithParent(Map<String, String> environment) {
    String id = environment.get("JPY_PARENT_PID");
    if (id == null || !id.matches("\\d{1,18}")) {
      return;
    }
    // A process id of 1 is a container's init, which outlives every notebook server.
    long parent = Long.parseLong(id);
    if (parent <= 1) {
      return;
    }
    ProcessHandle.of(parent)
        .ifPresent(process -> process.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
  }
}
