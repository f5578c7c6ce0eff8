package org.affect4j.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EmbeddingMapTest {
  /** Three clusters of 100 points in 60 dimensions. */
  private static double[][] clusters() {
    Random random = new Random(5);
    double[][] points = new double[300][60];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < 60; d++) {
        points[i][d] = random.nextGaussian() + (d % 3 == i / 100 ? 4 : 0);
      }
    }
    return points;
  }

  /**
   * Points (1, 2), (3, 4), (5, 9): covariance [[4, 7], [7, 13]], whose larger eigenvalue is (17 +
   * sqrt(277)) / 2 with the axis (7, lambda - 4) / norm.
   */
  @Test
  void pcaFollowsTheEigenvectorsOfTheCovariance() {
    EmbeddingMap map = EmbeddingMap.pca(new double[][] {{1, 2}, {3, 4}, {5, 9}});
    double lambda = (17 + Math.sqrt(277)) / 2;
    double norm = Math.hypot(7, lambda - 4);
    double[] expected = {
      (-2 * 7 - 3 * (lambda - 4)) / norm, -(lambda - 4) / norm, (2 * 7 + 4 * (lambda - 4)) / norm
    };
    assertArrayEquals(expected, map.x(), 1e-9);
    assertEquals(1, map.explainedVariance(), 1e-12);
    assertEquals(0, Arrays.stream(map.y()).sum(), 1e-9);
    assertEquals(17 - lambda, Arrays.stream(map.y()).map(v -> v * v).sum() / 2, 1e-9);
  }

  @Test
  void moreDimensionsThanRowsAreNoProblem() {
    double[][] features = Arrays.copyOf(clusters(), 10);
    assertTrue(EmbeddingMap.pca(features).explainedVariance() < 1);
  }

  @Tag("slow")
  @Test
  void sameSeedSameMapAndAnotherSeedAnother() {
    double[][] features = clusters();
    EmbeddingMap one = EmbeddingMap.tsne(features, 10, 3);
    assertArrayEquals(one.x(), EmbeddingMap.tsne(features, 10, 3).x());
    assertArrayEquals(one.y(), EmbeddingMap.tsne(features, 10, 3).y());
    assertFalse(Arrays.equals(one.x(), EmbeddingMap.tsne(features, 10, 4).x()));
    assertTrue(Double.isNaN(one.explainedVariance()));
  }

  @Tag("slow")
  @Test
  void clustersStayTogether() {
    for (EmbeddingMap map :
        List.of(EmbeddingMap.pca(clusters()), EmbeddingMap.tsne(clusters(), 10, 3))) {
      double[] x = map.x();
      double[] y = map.y();
      long strangers =
          IntStream.range(0, x.length)
              .filter(
                  i ->
                      IntStream.range(0, x.length)
                                  .filter(j -> j != i)
                                  .boxed()
                                  .min(
                                      (a, b) ->
                                          Double.compare(
                                              Math.hypot(x[a] - x[i], y[a] - y[i]),
                                              Math.hypot(x[b] - x[i], y[b] - y[i])))
                                  .orElseThrow()
                              / 100
                          != i / 100)
              .count();
      assertEquals(0, strangers, map.method());
    }
  }

  @Test
  void trustworthinessIsOneForAFaithfulMapAndLessForAFalseOne() {
    double[][] plane = new double[30][];
    Random random = new Random(2);
    Arrays.setAll(plane, i -> new double[] {random.nextGaussian() * 3, random.nextGaussian()});
    assertEquals(1, EmbeddingMap.pca(plane).trustworthiness(5), 1e-12);
    double[][] ball = new double[200][];
    Arrays.setAll(ball, i -> random.doubles(10, -1, 1).toArray());
    double flattened = EmbeddingMap.pca(ball).trustworthiness(5);
    assertTrue(flattened > .5 && flattened < .9, () -> "got " + flattened);
    assertThrows(IllegalArgumentException.class, () -> EmbeddingMap.pca(plane).trustworthiness(15));
  }

  @Test
  void badInputIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> EmbeddingMap.pca(new double[0][]));
    assertThrows(
        IllegalArgumentException.class,
        () -> EmbeddingMap.pca(new double[][] {{1, 2}, {1, 2}, {1, 2}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> EmbeddingMap.pca(new double[][] {{1, 2}, {1}, {1, 3}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> EmbeddingMap.pca(new double[][] {{1, 2}, {1, Double.NaN}, {1, 3}}));
    assertThrows(IllegalArgumentException.class, () -> EmbeddingMap.tsne(clusters(), 100, 1));
  }
}
