package org.affect4j.training.batch.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.affect4j.face.ActionUnit;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;

/**
 * Makes the batches of a plan: copies, varies and mixes faces into one of two buffers. Every batch
 * is a function of the seed, epoch and step alone. For one thread at a time.
 */
public final class BatchLoader {
  private static final int AUGMENT = 2;
  private static final int MIX = 3;

  private final EpochPlan plan;
  private final int side;
  private final long seed;
  private final Augmenter augmenter;
  private final AlternatingBuffers buffers = new AlternatingBuffers();
  private byte[] source = {};
  private float[] pixels = {};

  /**
   * Makes a loader.
   *
   * @param plan which faces each batch holds
   * @param side side of the faces in pixels, as the network is to see them
   * @param seed decides the variation
   */
  public BatchLoader(EpochPlan plan, int side, long seed) {
    this.plan = plan;
    this.side = side;
    this.seed = seed;
    this.augmenter = new Augmenter(side);
  }

  /**
   * Returns the plan.
   *
   * @return the plan
   */
  public EpochPlan plan() {
    return plan;
  }

  /**
   * Makes one batch.
   *
   * @param epoch 0 or more
   * @param step 0 to the plan's steps - 1
   * @return the batch, whose pixels stay as they are until the next but one is made
   */
  public FaceBatch load(int epoch, int step) {
    List<BatchSource> sources = plan.sources();
    int[][] chosen = new int[sources.size()][];
    int[] from = new int[sources.size() + 1];
    for (int s = 0; s < chosen.length; s++) {
      chosen[s] = plan.faces(s, epoch, step);
      from[s + 1] = from[s] + chosen[s].length;
    }
    int size = from[chosen.length];
    int values = side * side * Augmenter.CHANNELS;
    if (pixels.length < size * values) {
      pixels = new float[size * values];
    }
    Labels labels =
        new Labels(size, sources.stream().anyMatch(source -> source.weakUnits().isPresent()));
    List<String> names = new ArrayList<>(size);
    for (int s = 0; s < chosen.length; s++) {
      CropSet set = sources.get(s).set();
      int bytes = set.planes() * set.side() * set.side();
      if (source.length < bytes) {
        source = new byte[bytes];
      }
      for (int i = 0; i < chosen[s].length; i++) {
        int face = from[s] + i;
        SplittableRandom random = Seeds.stream(seed, AUGMENT, epoch, step, face);
        set.readPixels(chosen[s][i], source);
        augmenter.write(
            source,
            set.side(),
            set.planes(),
            sources.get(s).augmentation(),
            random,
            pixels,
            face * values);
        labels.put(face, sources.get(s), chosen[s][i]);
        names.add(set.name() + ": " + set.name(chosen[s][i]));
      }
      double alpha = sources.get(s).augmentation().mixup();
      if (alpha > 0) {
        mix(from[s], from[s + 1], alpha, Seeds.stream(seed, MIX, epoch, step, s), labels);
      }
    }
    ByteBuffer buffer = buffers.next(size * values);
    buffer.asFloatBuffer().put(pixels, 0, size * values);
    return new FaceBatch(
        size,
        side,
        buffer,
        labels.expressions,
        labels.units,
        labels.affect,
        labels.weakUnits,
        List.copyOf(names));
  }

  /** Faces and labels of one source, each with those of its partner from the other end. */
  private void mix(int from, int to, double alpha, SplittableRandom random, Labels labels) {
    int values = side * side * Augmenter.CHANNELS;
    for (int a = from, b = to - 1; a < b; a++, b--) {
      float share = (float) beta(alpha, random);
      float keep = Math.max(share, 1 - share);
      for (int i = 0; i < values; i++) {
        float x = pixels[a * values + i];
        float y = pixels[b * values + i];
        pixels[a * values + i] = keep * x + (1 - keep) * y;
        pixels[b * values + i] = keep * y + (1 - keep) * x;
      }
      labels.mix(a, b, keep);
    }
  }

  /** A number of the beta distribution with two equal parameters (Jöhnk 1964). */
  private static double beta(double alpha, SplittableRandom random) {
    while (true) {
      double x = Math.pow(random.nextDouble(), 1 / alpha);
      double y = Math.pow(random.nextDouble(), 1 / alpha);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
  }

  /** Labels of a batch while they are being filled. */
  private static final class Labels {
    private final float[] expressions;
    private final float[] units;
    private final float[] affect;
    private final float[] weakUnits;

    Labels(int size, boolean weak) {
      expressions = new float[size * FaceBatch.CLASSES];
      units = new float[size * ActionUnit.COUNT];
      affect = new float[size * 2];
      Arrays.fill(units, Float.NaN);
      Arrays.fill(affect, Float.NaN);
      weakUnits = new float[weak ? units.length : 0];
      Arrays.fill(weakUnits, Float.NaN);
    }

    void put(int face, BatchSource source, int index) {
      CropLabels labels = source.set().labels(index);
      source.putExpressions(index, expressions, face * FaceBatch.CLASSES);
      for (int i = 0; i < ActionUnit.COUNT; i++) {
        units[face * ActionUnit.COUNT + i] = labels.unit(i);
      }
      affect[2 * face] = labels.valence();
      affect[2 * face + 1] = labels.arousal();
      source.putWeakUnits(index, weakUnits, face * ActionUnit.COUNT);
    }

    /** A label that only one of the two has is unknown for the mixture. */
    void mix(int a, int b, float keep) {
      boolean both = hasExpression(a) && hasExpression(b);
      for (int i = 0; i < FaceBatch.CLASSES; i++) {
        mix(
            expressions,
            a * FaceBatch.CLASSES + i,
            b * FaceBatch.CLASSES + i,
            both ? keep : 0,
            both);
      }
      for (int i = 0; i < ActionUnit.COUNT; i++) {
        mix(units, a * ActionUnit.COUNT + i, b * ActionUnit.COUNT + i, keep, true);
        if (weakUnits.length > 0) {
          mix(weakUnits, a * ActionUnit.COUNT + i, b * ActionUnit.COUNT + i, keep, true);
        }
      }
      for (int i = 0; i < 2; i++) {
        mix(affect, 2 * a + i, 2 * b + i, keep, true);
      }
    }

    private boolean hasExpression(int face) {
      for (int i = 0; i < FaceBatch.CLASSES; i++) {
        if (expressions[face * FaceBatch.CLASSES + i] > 0) {
          return true;
        }
      }
      return false;
    }

    private static void mix(float[] values, int a, int b, float keep, boolean known) {
      float x = values[a];
      float y = values[b];
      values[a] = known ? keep * x + (1 - keep) * y : 0;
      values[b] = known ? keep * y + (1 - keep) * x : 0;
    }
  }
}
