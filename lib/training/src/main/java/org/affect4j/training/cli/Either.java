package org.affect4j.training.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that takes one of two words, as whether it is the first. */
class Either implements ITypeConverter<Either.Choice> {
  /**
   * The answer; a truth value would be read as a switch without a word.
   *
   * @param first whether it is the first word
   */
  record Choice(boolean first) {}

  private final String first;
  private final String second;

  Either(String first, String second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public Choice convert(String text) {
    if (!text.equalsIgnoreCase(first) && !text.equalsIgnoreCase(second)) {
      throw new TypeConversionException(
          "expected %s or %s, got '%s'".formatted(first, second, text));
    }
    return new Choice(text.equalsIgnoreCase(first));
  }

  /** On or off. */
  static final class Switch extends Either {
    Switch() {
      super("on", "off");
    }
  }

  /** All faces, or those without labels of units. */
  static final class AllOrWithoutUnits extends Either {
    AllOrWithoutUnits() {
      super("all", "without-units");
    }
  }

  /** All faces, or those without an expression. */
  static final class AllOrWithoutExpression extends Either {
    AllOrWithoutExpression() {
      super("all", "without-expression");
    }
  }

  /** Every unit of an expression for certain, or by its fraction. */
  static final class OnesOrFractions extends Either {
    OnesOrFractions() {
      super("ones", "fractions");
    }
  }

  /** Both heads, or that of the units. */
  static final class BothOrUnits extends Either {
    BothOrUnits() {
      super("both", "units");
    }
  }

  /** The sum, or the mean. */
  static final class SumOrMean extends Either {
    SumOrMean() {
      super("sum", "mean");
    }
  }
}
