package org.affect4j.training.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that is a part of a whole. */
final class Part implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    double value = Double.parseDouble(text);
    if (!(value >= 0 && value <= 1)) {
      throw new TypeConversionException("expected a number from 0 to 1, got " + text);
    }
    return value;
  }
}
