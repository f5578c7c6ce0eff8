package org.affect4j.synthesis.internal.sample;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Memory of this process at one moment.
 *
 * @param residentMib what the operating system holds in memory for the process, heap, code and
 *     native memory together, in MiB; empty where {@code /proc} does not tell
 * @param heapMib what lives on the heap after a collection, in MiB
 */
public record MemoryUse(OptionalDouble residentMib, double heapMib) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  /**
   * Looks at resident memory, then collects garbage and looks at the heap.
   *
   * @return the memory in use
   */
  public static MemoryUse now() {
    OptionalDouble resident = resident();
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return new MemoryUse(resident, memory.getHeapMemoryUsage().getUsed() / (double) (1 << 20));
  }

  private static OptionalDouble resident() {
    try {
      // Such as "VmRSS:     123456 kB".
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      // Not every system has it; the heap alone is known then.
      return OptionalDouble.empty();
    }
  }

  @Override
  public String toString() {
    String heap = String.format(Locale.ROOT, "%.1f MiB on the heap", heapMib);
    return residentMib.isEmpty()
        ? heap
        : String.format(Locale.ROOT, "%.1f MiB resident, %s", residentMib.getAsDouble(), heap);
  }
}
