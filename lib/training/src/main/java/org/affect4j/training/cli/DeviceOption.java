package org.affect4j.training.cli;

import ai.djl.engine.Engine;
import picocli.CommandLine.Option;

/** The option that says on what PyTorch computes. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "cpu or gpu: refuse to train elsewhere. Default: a graphics card that PyTorch finds, which"
              + " takes a build with the profile gpu, else the processor. Not tested on a card.")
  private String device;

  /** Refuses what PyTorch would not do. */
  void check(TrainingCommand command) {
    if (device == null) {
      return;
    }
    if (!device.equals("cpu") && !device.equals("gpu")) {
      throw command.wrong("--device is cpu or gpu, got " + device);
    }
    int cards = Engine.getInstance().getGpuCount();
    if (device.equals("gpu") && cards == 0) {
      throw new IllegalStateException(
          "--device gpu: PyTorch finds no graphics card; it needs a card with a driver of NVIDIA, and its build for cards (mvn package -Pgpu)");
    }
    if (device.equals("cpu") && cards > 0) {
      throw new IllegalStateException(
          "--device cpu: this build of PyTorch computes on the graphics card that it finds; hide it (CUDA_VISIBLE_DEVICES=), or build without -Pgpu");
    }
  }
}
