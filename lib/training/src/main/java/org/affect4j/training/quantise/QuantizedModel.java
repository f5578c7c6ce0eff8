package org.affect4j.training.quantise;

/** A quantised network and how it came about. Immutable. */
public final class QuantizedModel {
  private final byte[] onnx;
  private final QuantisationReport report;

  QuantizedModel(byte[] onnx, QuantisationReport report) {
    this.onnx = onnx;
    this.report = report;
  }

  /**
   * Returns the file.
   *
   * @return bytes of the ONNX file, a copy
   */
  public byte[] onnx() {
    return onnx.clone();
  }

  /**
   * Returns what was done.
   *
   * @return the report
   */
  public QuantisationReport report() {
    return report;
  }
}
