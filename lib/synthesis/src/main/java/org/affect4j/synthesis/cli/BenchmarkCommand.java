package org.affect4j.synthesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.affect4j.synthesis.internal.sample.AuSet;
import org.affect4j.synthesis.internal.sample.FaceSet;
import org.affect4j.synthesis.internal.sample.ImageFormat;
import org.affect4j.synthesis.internal.sample.MemoryUse;
import org.affect4j.synthesis.internal.sample.Speed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Takes the time of an AU set: drawn, damaged and encoded, not written.")
final class BenchmarkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private GeometryOption geometry;

  @Option(
      names = "--count",
      defaultValue = "1000",
      description = "how many faces are timed (default ${DEFAULT-VALUE})")
  private int count;

  @Option(
      names = "--warm-up",
      defaultValue = "600",
      description = "how many faces each thread draws first (default ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(names = "--size", defaultValue = "112", description = "side of the crops in pixels")
  private int size;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the faces")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "threads (default ${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--memory-every",
      paramLabel = "FACES",
      description = "show memory after so many faces, and again and again")
  private long memoryEvery = Long.MAX_VALUE;

  private long nextLook;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (memoryEvery < 1) {
      throw new IllegalArgumentException(
          "memory is shown after 1 face or more, got " + memoryEvery);
    }
    nextLook = memoryEvery;
    int warmUpItems = warmUp / AuSet.FACES_PER_PERSON;
    int warmUpFaces = warmUpItems * AuSet.FACES_PER_PERSON * threads;
    FaceSet set = new AuSet(count + warmUpFaces, size, false, seed, ImageFormat.PNG);
    Speed speed = Speed.measure(geometry.studio(), set, warmUpItems, threads, this::lookAtMemory);
    spec.commandLine()
        .getOut()
        .printf(
            "%d faces of %d x %d, seed %d, %d thread(s): %.1f faces a second,"
                + " %.1f a second of processor time%n",
            speed.faces(),
            size,
            size,
            seed,
            threads,
            speed.facesPerSecond(),
            speed.facesPerProcessorSecond());
    return 0;
  }

  private synchronized void lookAtMemory(long faces) {
    if (faces >= nextLook) {
      nextLook = faces + memoryEvery;
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%,7d faces: %s%n", faces, MemoryUse.now());
      out.flush();
    }
  }
}
