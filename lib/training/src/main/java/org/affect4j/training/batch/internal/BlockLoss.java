package org.affect4j.training.batch.internal;

/**
 * What JPEG loses: blocks of 8 x 8 pixels are turned into cosines, whose strengths are rounded to
 * steps that grow with frequency (ITU-T T.81, section A.3.3), and back. For one thread.
 */
final class BlockLoss {
  private static final int SIDE = 8;

  private final float[] cosines = new float[SIDE * SIDE];
  private final float[] block = new float[SIDE * SIDE];
  private final float[] other = new float[SIDE * SIDE];

  BlockLoss() {
    for (int k = 0; k < SIDE; k++) {
      for (int x = 0; x < SIDE; x++) {
        double norm = k == 0 ? Math.sqrt(1.0 / SIDE) : Math.sqrt(2.0 / SIDE);
        cosines[k * SIDE + x] = (float) (norm * Math.cos(Math.PI * (2 * x + 1) * k / (2.0 * SIDE)));
      }
    }
  }

  /**
   * Damages a plane; a rest narrower than a block stays as it is.
   *
   * @param plane values from 0 to 255
   * @param side pixels of each row
   * @param step step of the mean of a block; the highest frequency has eight times as much
   */
  void apply(float[] plane, int side, double step) {
    for (int top = 0; top + SIDE <= side; top += SIDE) {
      for (int left = 0; left + SIDE <= side; left += SIDE) {
        for (int y = 0; y < SIDE; y++) {
          System.arraycopy(plane, (top + y) * side + left, block, y * SIDE, SIDE);
        }
        forward(block, other);
        forward(other, block);
        for (int i = 0; i < block.length; i++) {
          float q = (float) (step * (1 + .5 * (i / SIDE + i % SIDE)));
          block[i] = Math.round(block[i] / q) * q;
        }
        backward(block, other);
        backward(other, block);
        for (int y = 0; y < SIDE; y++) {
          System.arraycopy(block, y * SIDE, plane, (top + y) * side + left, SIDE);
        }
      }
    }
  }

  /** Transforms each row and turns the block over, so that twice gives both directions. */
  private void forward(float[] from, float[] to) {
    for (int y = 0; y < SIDE; y++) {
      for (int k = 0; k < SIDE; k++) {
        float sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += cosines[k * SIDE + x] * from[y * SIDE + x];
        }
        to[k * SIDE + y] = sum;
      }
    }
  }

  private void backward(float[] from, float[] to) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        float sum = 0;
        for (int k = 0; k < SIDE; k++) {
          sum += cosines[k * SIDE + x] * from[y * SIDE + k];
        }
        to[x * SIDE + y] = sum;
      }
    }
  }
}
