package org.affect4j.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;
import org.affect4j.training.behaviour.BehaviourLosses;
import org.affect4j.training.behaviour.LossWeights;

/** Small crops whose brightness tells their expression, so that a network can learn it. */
public final class MadeUpCrops {
  /** Side of the crops in pixels. */
  public static final int SIDE = 16;

  private MadeUpCrops() {}

  /** A set with labels of one kind. */
  public static CropSet write(Path folder, String name, int count, IntFunction<CropLabels> labels)
      throws IOException {
    SplittableRandom random = new SplittableRandom(count);
    return CropSet.write(
        folder,
        name,
        "made up",
        SIDE,
        true,
        IntStream.range(0, count)
            .mapToObj(i -> new LabelledCrop(name + i, crop(i, random), labels.apply(i)))
            .iterator());
  }

  /** Expressions in turn. */
  public static CropSet expressions(Path folder, String name, int count) throws IOException {
    return write(folder, name, count, MadeUpCrops::expression);
  }

  /** Expressions in turn. */
  public static CropLabels expression(int i) {
    return CropLabels.of(Expression.ALL.get(i % Expression.COUNT));
  }

  /** All units active or none, in turn. */
  public static CropLabels units(int i) {
    float[] units = new float[ActionUnit.COUNT];
    java.util.Arrays.fill(units, i % 2);
    return new CropLabels(Optional.empty(), units, Float.NaN, Float.NaN);
  }

  private static FaceImage crop(int i, SplittableRandom random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.getRaster().setSample(x, y, 0, 20 + 30 * (i % 7) + random.nextInt(20));
      }
    }
    return FaceImage.of(image);
  }

  /** The usual losses with labels as they are, classes weighted by a power of their rarity. */
  public static BehaviourLosses losses(LossWeights weights, double balance) {
    BehaviourLosses usual = BehaviourLosses.usual(weights);
    return new BehaviourLosses(
        weights,
        0,
        balance,
        false,
        usual.relatedness(),
        usual.matching(),
        false,
        false,
        false,
        true);
  }
}
