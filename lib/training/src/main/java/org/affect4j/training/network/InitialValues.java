package org.affect4j.training.network;

import java.util.List;
import java.util.Random;

/**
 * The values of a parameter before training: a pattern, repeated, plus normal noise.
 *
 * @param pattern values that repeat along the array, at least one
 * @param deviation standard deviation of the noise, 0 or more
 */
public record InitialValues(List<Double> pattern, double deviation) {
  /** Copies and checks the values. */
  public InitialValues {
    pattern = List.copyOf(pattern);
    if (pattern.isEmpty() || !(deviation >= 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "initial values need a pattern and a deviation of 0 or more, got %s and %s"
              .formatted(pattern, deviation));
    }
  }

  /**
   * The same value everywhere.
   *
   * @param value the value
   * @return the description
   */
  public static InitialValues constant(double value) {
    return new InitialValues(List.of(value), 0);
  }

  /**
   * Normal values around zero.
   *
   * @param deviation their standard deviation
   * @return the description
   */
  public static InitialValues normal(double deviation) {
    return new InitialValues(List.of(0.0), deviation);
  }

  /**
   * Normal values that keep the size of gradients through a layer with a ReLU: variance 2 / fan (He
   * et al. 2015, Delving Deep into Rectifiers, section 2.2).
   *
   * @param fan connections of one unit that are summed, 1 or more
   * @return the description
   */
  public static InitialValues he(long fan) {
    return normal(Math.sqrt(2.0 / fan));
  }

  float[] draw(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double noise = deviation == 0 ? 0 : deviation * random.nextGaussian();
      values[i] = (float) (pattern.get(i % pattern.size()) + noise);
    }
    return values;
  }
}
