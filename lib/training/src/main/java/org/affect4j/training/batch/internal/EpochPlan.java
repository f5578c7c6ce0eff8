package org.affect4j.training.batch.internal;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.affect4j.training.batch.BatchSource;

/**
 * Which faces each batch holds: one part from each source, in proportion to how many faces it shows
 * in an epoch, so that an epoch ends all sources together (FaceBehaviorNet, section 4.1). The parts
 * of one source differ by at most one face between batches.
 *
 * <p>Every batch is a function of the seed, epoch and step alone. A source is shuffled anew each
 * time that it has been shown whole. Remembers the last shuffles; for one thread.
 */
public final class EpochPlan {
  private static final int SHUFFLE = 1;

  private final List<BatchSource> sources;
  private final int steps;
  private final long seed;
  private final int[][] shuffled;
  private final long[] shuffledPass;

  /**
   * Plans batches.
   *
   * @param sources sets of faces, at least one
   * @param batchSize faces of a batch over all sources, on average
   * @param seed decides the order
   * @throws IllegalArgumentException if there is no source, or a batch would not have a face of
   *     each
   */
  public EpochPlan(List<BatchSource> sources, int batchSize, long seed) {
    this.sources = List.copyOf(sources);
    this.seed = seed;
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a plan needs at least one source of faces");
    }
    long faces = sources.stream().mapToLong(BatchSource::facesPerEpoch).sum();
    if (batchSize < sources.size() || batchSize > faces) {
      throw new IllegalArgumentException(
          "a batch of %d faces cannot be drawn from %d sources of %d faces in all"
              .formatted(batchSize, sources.size(), faces));
    }
    this.steps = Math.toIntExact(Math.max(1, Math.round((double) faces / batchSize)));
    for (BatchSource source : sources) {
      if (source.facesPerEpoch() < steps) {
        throw new IllegalArgumentException(
            "%s shows %d faces in an epoch of %d batches, so that some would have none of it; show it more often or make batches larger"
                .formatted(source.set(), source.facesPerEpoch(), steps));
      }
    }
    this.shuffled = new int[sources.size()][];
    this.shuffledPass = new long[sources.size()];
    Arrays.fill(shuffledPass, -1);
  }

  /**
   * Returns the sources.
   *
   * @return in the order in which they stand in a batch
   */
  public List<BatchSource> sources() {
    return sources;
  }

  /**
   * Returns how many batches an epoch has.
   *
   * @return 1 or more
   */
  public int steps() {
    return steps;
  }

  /**
   * Returns the faces of one source in one batch.
   *
   * @param source its index
   * @param epoch 0 or more
   * @param step 0 to {@link #steps()} - 1
   * @return indices into the source's set
   */
  public int[] faces(int source, int epoch, int step) {
    if (step < 0 || step >= steps || epoch < 0) {
      throw new IndexOutOfBoundsException("epoch %d, step %d of %d".formatted(epoch, step, steps));
    }
    long perEpoch = sources.get(source).facesPerEpoch();
    int size = sources.get(source).set().size();
    long from = epoch * perEpoch + perEpoch * step / steps;
    long to = epoch * perEpoch + perEpoch * (step + 1) / steps;
    int[] chosen = new int[(int) (to - from)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = order(source, (from + i) / size)[(int) ((from + i) % size)];
    }
    return chosen;
  }

  private int[] order(int source, long pass) {
    if (shuffledPass[source] != pass) {
      int[] order = new int[sources.get(source).set().size()];
      SplittableRandom random = Seeds.stream(seed, SHUFFLE, source, pass);
      for (int i = 0; i < order.length; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      shuffled[source] = order;
      shuffledPass[source] = pass;
    }
    return shuffled[source];
  }
}
