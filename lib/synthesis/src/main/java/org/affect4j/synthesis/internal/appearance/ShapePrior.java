package org.affect4j.synthesis.internal.appearance;

import org.affect4j.synthesis.internal.geometry.FaceGeometry;

/**
 * Pushes shapes along mean differences between groups: the smallest identity (in standard
 * deviations) that changes a few measures of the face by wanted amounts.
 *
 * <p>With G the change of each measure per mode and m the wanted changes, the identity is {@code c
 * = G^T (G G^T + r I)^-1 m}; r keeps it small where the modes can hardly carry the change. Sizes
 * and signs of the differences follow Farkas et al., International anthropometric study of facial
 * morphology (J. Craniofacial Surgery 2005), and for sex the usual dimorphism of jaw, brow ridge,
 * nose and lips; amounts are rounded by us and damped, and groups overlap.
 */
final class ShapePrior {
  /** Measures in centimetres, each a difference of landmark coordinates. */
  private enum Measure {
    JAW_WIDTH(0, new int[] {12}, new int[] {4}),
    FACE_WIDTH(0, new int[] {14}, new int[] {2}),
    CHIN_HEIGHT(1, new int[] {57}, new int[] {8}),
    NOSE_WIDTH(0, new int[] {35}, new int[] {31}),
    NOSE_PROJECTION(2, new int[] {30}, new int[] {31, 35}),
    NOSE_BRIDGE(2, new int[] {27}, new int[] {39, 42}),
    NOSE_LENGTH(1, new int[] {27}, new int[] {33}),
    UPPER_LIP(1, new int[] {51}, new int[] {62}),
    LOWER_LIP(1, new int[] {66}, new int[] {57}),
    BROW_RIDGE(2, new int[] {19, 24}, new int[] {37, 44}),
    BROW_HEIGHT(1, new int[] {19, 24}, new int[] {37, 44}),
    FACE_HEIGHT(1, new int[] {27}, new int[] {8}),
    MOUTH_WIDTH(0, new int[] {54}, new int[] {48});

    private final int axis;
    private final int[] plus;
    private final int[] minus;

    Measure(int axis, int[] plus, int[] minus) {
      this.axis = axis;
      this.plus = plus;
      this.minus = minus;
    }

    double perMode(FaceGeometry g, int mode) {
      double sum = 0;
      for (int i : plus) {
        sum += g.modeOffset(mode, g.landmark(i), axis) / plus.length;
      }
      for (int i : minus) {
        sum -= g.modeOffset(mode, g.landmark(i), axis) / minus.length;
      }
      return sum;
    }
  }

  private static final double RIDGE = .004;
  // Columns in the order of Measure, in centimetres.
  private static final double[] MALE = {
    .45, .25, .20, .12, .05, .05, .15, -.05, -.05, .15, -.12, .30, .1
  };
  private static final double[] AFRICAN = {
    0, 0, .05, .40, -.15, -.15, -.1, .16, .18, 0, .05, 0, .2
  };
  private static final double[] EAST_ASIAN = {
    .1, .35, 0, .05, -.15, -.25, -.05, 0, 0, -.15, .1, 0, -.1
  };
  private static final double[] EUROPEAN = {
    0, -.1, 0, -.18, .15, .20, .1, -.05, -.05, .05, -.05, .05, 0
  };
  private static final double[] SOUTH_ASIAN = {
    -.05, -.1, 0, .05, .08, .08, .05, .03, .05, .02, -.05, 0, 0
  };
  private static final double[] OLD = {
    .1, .1, .05, .10, .05, 0, .20, -.08, -.07, .05, -.10, .15, .1
  };

  private final int modes;
  private final double[] male;
  private final double[][] ancestry;
  private final double[] old;

  ShapePrior(FaceGeometry geometry) {
    modes = geometry.modeCount();
    Measure[] measures = Measure.values();
    int n = measures.length;
    double[][] g = new double[n][modes];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < modes; k++) {
        g[i][k] = measures[i].perMode(geometry, k);
      }
    }
    male = identity(g, MALE);
    old = identity(g, OLD);
    ancestry =
        new double[][] {
          identity(g, AFRICAN),
          identity(g, EAST_ASIAN),
          identity(g, EUROPEAN),
          identity(g, SOUTH_ASIAN)
        };
  }

  /** The identity that a group's faces scatter about. */
  double[] mean(Attributes a) {
    double sex = a.sex() == Attributes.Sex.MALE ? .8 : -.8;
    double age = (a.age().ordinal() - 1) / 2.0;
    double[] c = new double[modes];
    double[] shape = ancestry[a.ancestry().ordinal()];
    for (int k = 0; k < modes; k++) {
      c[k] = sex * male[k] + shape[k] + age * old[k];
    }
    return c;
  }

  private static double[] identity(double[][] g, double[] wanted) {
    int n = g.length;
    int modes = g[0].length;
    double[][] a = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < modes; k++) {
          a[i][j] += g[i][k] * g[j][k];
        }
      }
      a[i][i] += RIDGE;
      a[i][n] = wanted[i];
    }
    // Gauss-Jordan; the ridge makes every pivot positive.
    for (int p = 0; p < n; p++) {
      for (int i = 0; i < n; i++) {
        if (i != p) {
          double f = a[i][p] / a[p][p];
          for (int j = p; j <= n; j++) {
            a[i][j] -= f * a[p][j];
          }
        }
      }
    }
    double[] c = new double[modes];
    for (int k = 0; k < modes; k++) {
      for (int i = 0; i < n; i++) {
        c[k] += g[i][k] * a[i][n] / a[i][i];
      }
    }
    return c;
  }
}
