package org.affect4j.synthesis.internal.shape;

import org.affect4j.synthesis.RealHead;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;

/** The same tests over the real face model; skipped where it is missing. */
class RealHeadShapeSolverTest extends ShapeSolverTest {
  @Override
  FaceGeometry head() {
    return RealHead.geometry();
  }
}
