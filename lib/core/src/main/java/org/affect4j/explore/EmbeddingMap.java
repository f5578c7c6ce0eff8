package org.affect4j.explore;

import de.javagl.tsne.Tsne;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.MathArrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Faces laid out in a plane by what a network says of them, near ones near each other as far as two
 * dimensions allow. Immutable.
 *
 * <p>A map by PCA is linear: distances that are large in it are large in the features, and its axes
 * are the directions of greatest variance. A map by t-SNE keeps neighbours together and nothing
 * else: the size of a cluster, the distance of two clusters and its axes mean nothing. {@link
 * #trustworthiness} says how many neighbours of the map are neighbours in the features.
 */
public final class EmbeddingMap {
  /** Iterations of t-SNE, as van der Maaten and Hinton have it. */
  private static final int ITERATIONS = 1000;

  /** Dimensions that PCA leaves to t-SNE, as van der Maaten and Hinton have it. */
  private static final int TSNE_DIMENSIONS = 50;

  private static final double THETA = .5;
  private static final int LARGEST_TRUST = 20_000;

  private final String method;
  private final double[][] features;
  private final double[][] plane;
  private final double explained;

  private EmbeddingMap(String method, double[][] features, double[][] plane, double explained) {
    this.method = method;
    this.features = features;
    this.plane = plane;
    this.explained = explained;
  }

  /**
   * Lays faces out by their two directions of greatest variance (principal component analysis,
   * Pearson 1901): the eigenvectors of the largest eigenvalues of the covariance matrix. Of the two
   * signs of an axis the one is taken that makes its largest component positive, so that the same
   * features always give the same map.
   *
   * @param features one row per face, all of the same length of 2 or more, finite; an embedding, or
   *     any other numbers of comparable scale
   * @return the map; coordinates are in units of the features, their mean being 0
   * @throws IllegalArgumentException if there are fewer than 3 rows, lengths differ or a value is
   *     not finite
   */
  public static EmbeddingMap pca(double[][] features) {
    double[][] rows = checked(features);
    Components components = components(rows, 2);
    return new EmbeddingMap("PCA", rows, components.projected(), components.explained());
  }

  /**
   * Lays faces out by t-SNE (van der Maaten and Hinton, JMLR 9, 2008) in the approximation of
   * Barnes and Hut (van der Maaten, JMLR 15, 2014; angle .5, 1,000 iterations). As they do, PCA
   * reduces the features to 50 dimensions first. The same features, perplexity and seed give the
   * same map.
   *
   * <p>The step size is made for large sets: of fewer than about 200 faces some may be left among
   * strangers. Compare two seeds.
   *
   * @param features one row per face, all of the same length of 2 or more, finite
   * @param perplexity how many neighbours a face is thought to have; 5 to 50 is usual, 30 a good
   *     start. There must be more than three times as many faces
   * @param seed of the random first layout
   * @return the map; its coordinates have no unit
   * @throws IllegalArgumentException if lengths differ, a value is not finite, all rows are equal,
   *     or the perplexity does not suit the number of rows
   */
  public static EmbeddingMap tsne(double[][] features, double perplexity, long seed) {
    double[][] rows = checked(features);
    if (!(perplexity >= 1) || rows.length - 1 < 3 * perplexity) {
      throw new IllegalArgumentException(
          "a perplexity of %s needs to be 1 or more and %d faces allow at most %.1f: a third of the others"
              .formatted(perplexity, rows.length, (rows.length - 1) / 3.0));
    }
    Components components = components(rows, Math.min(TSNE_DIMENSIONS, rows[0].length));
    Tsne tsne = new Tsne();
    tsne.setOutputDims(2);
    // The rows have been reduced above; 0 tells the library to take them as they are.
    tsne.setInitialDims(0);
    tsne.setPerplexity(perplexity);
    tsne.setTheta(THETA);
    tsne.setMaxIterations(ITERATIONS);
    tsne.setRandomSeed(seed);
    tsne.setMessageConsumer(null);
    double[][] plane = tsne.run(components.projected());
    if (plane == null) {
      throw new IllegalStateException("t-SNE was interrupted");
    }
    return new EmbeddingMap("t-SNE, perplexity " + perplexity, rows, plane, Double.NaN);
  }

  private record Components(double[][] projected, double explained) {}

  private static Components components(double[][] rows, int count) {
    int n = rows.length;
    int d = rows[0].length;
    DMatrixRMaj centred = new DMatrixRMaj(rows);
    DMatrixRMaj sums = CommonOps_DDRM.sumCols(centred, null);
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < d; c++) {
        centred.add(r, c, -sums.get(c) / n);
      }
    }
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multInner(centred, covariance);
    CommonOps_DDRM.divide(covariance, n - 1.0);
    double total = CommonOps_DDRM.trace(covariance);
    if (!(total > 0)) {
      throw new IllegalArgumentException(
          "all %d rows of features are equal: there is nothing to lay out".formatted(n));
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(covariance)) {
      throw new IllegalStateException("the covariance of the features has no eigenvectors");
    }
    int[] order =
        IntStream.range(0, d)
            .boxed()
            .sorted((a, b) -> Double.compare(variance(eigen, b), variance(eigen, a)))
            .mapToInt(Integer::intValue)
            .limit(count)
            .toArray();
    DMatrixRMaj axes = new DMatrixRMaj(d, count);
    double kept = 0;
    for (int k = 0; k < count; k++) {
      kept += variance(eigen, order[k]);
      double[] axis = eigen.getEigenVector(order[k]).getData();
      double largest =
          Arrays.stream(axis).boxed().max(Comparator.comparingDouble(Math::abs)).orElseThrow();
      double sign = Math.signum(largest);
      for (int c = 0; c < d; c++) {
        axes.set(c, k, sign * axis[c]);
      }
    }
    DMatrixRMaj projected = new DMatrixRMaj(n, count);
    CommonOps_DDRM.mult(centred, axes, projected);
    return new Components(projected.get2DData(), kept / total);
  }

  private static double variance(EigenDecomposition_F64<DMatrixRMaj> eigen, int index) {
    return eigen.getEigenvalue(index).getReal();
  }

  private static double[][] checked(double[][] features) {
    if (features.length < 3 || features[0].length < 2) {
      throw new IllegalArgumentException(
          "a map needs 3 rows of 2 features or more, got %d rows of %d"
              .formatted(features.length, features.length == 0 ? 0 : features[0].length));
    }
    double[][] copy = new double[features.length][];
    for (int r = 0; r < copy.length; r++) {
      if (features[r].length != features[0].length) {
        throw new IllegalArgumentException(
            "lengths differ: row 0 has %d features, row %d has %d"
                .formatted(features[0].length, r, features[r].length));
      }
      if (!Arrays.stream(features[r]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "row %d holds a feature that is not finite; leave out rows without a face"
                .formatted(r));
      }
      copy[r] = features[r].clone();
    }
    return copy;
  }

  /**
   * Returns how the map was made.
   *
   * @return such as {@code "PCA"}
   */
  public String method() {
    return method;
  }

  /**
   * Returns how many faces are on the map.
   *
   * @return rows of the features
   */
  public int size() {
    return plane.length;
  }

  /**
   * Returns the first coordinates.
   *
   * @return a copy, in the order of the rows
   */
  public double[] x() {
    return Arrays.stream(plane).mapToDouble(p -> p[0]).toArray();
  }

  /**
   * Returns the second coordinates.
   *
   * @return a copy, in the order of the rows
   */
  public double[] y() {
    return Arrays.stream(plane).mapToDouble(p -> p[1]).toArray();
  }

  /**
   * Returns which share of the features' variance the map shows.
   *
   * @return 0 to 1; NaN for t-SNE, which keeps no variance
   */
  public double explainedVariance() {
    return explained;
  }

  /**
   * Returns how far neighbours on the map are neighbours in the features (Venna and Kaski, ICANN
   * 2001): {@code 1 - 2 / (n k (2n - 3k - 1)) * sum_i sum_j (r(i, j) - k)}, where j runs over the k
   * nearest neighbours of i on the map that are not among its k nearest in the features, and r(i,
   * j) is the rank of j among the neighbours of i in the features. Distances are Euclidean.
   *
   * @param neighbours k, 1 or more and less than half of the faces
   * @return 0 to 1, 1 if the map shows no false neighbour
   * @throws IllegalArgumentException if k does not suit the number of faces, or there are more than
   *     20,000 faces: the time grows with the square of their number
   */
  public double trustworthiness(int neighbours) {
    int n = size();
    if (neighbours < 1 || 2 * neighbours >= n || n > LARGEST_TRUST) {
      throw new IllegalArgumentException(
          "expected 1 neighbour or more, fewer than half of the faces, and at most %,d faces; got %d neighbours, %,d faces"
              .formatted(LARGEST_TRUST, neighbours, n));
    }
    double penalty =
        IntStream.range(0, n).parallel().mapToLong(i -> falseNeighbours(i, neighbours)).sum();
    return 1 - 2 * penalty / ((double) n * neighbours * (2.0 * n - 3.0 * neighbours - 1));
  }

  private long falseNeighbours(int face, int neighbours) {
    int[] near = nearest(plane, face);
    int[] truth = nearest(features, face);
    int[] rank = new int[size()];
    for (int r = 0; r < truth.length; r++) {
      rank[truth[r]] = r + 1;
    }
    long penalty = 0;
    for (int k = 0; k < neighbours; k++) {
      penalty += Math.max(0, rank[near[k]] - neighbours);
    }
    return penalty;
  }

  /** All other faces from near to far. */
  private static int[] nearest(double[][] points, int face) {
    double[] distances =
        Arrays.stream(points).mapToDouble(p -> MathArrays.distance(p, points[face])).toArray();
    return IntStream.range(0, points.length)
        .filter(i -> i != face)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distances[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Returns the coordinates as a table.
   *
   * @return a new table {@code x, y} in the order of the rows
   */
  public Table table() {
    return Table.create(method, DoubleColumn.create("x", x()), DoubleColumn.create("y", y()));
  }

  @Override
  public String toString() {
    return "Map of %,d faces by %s%s"
        .formatted(
            size(),
            method,
            Double.isNaN(explained)
                ? ""
                : ", which shows %.0f %% of the variance".formatted(100 * explained));
  }
}
