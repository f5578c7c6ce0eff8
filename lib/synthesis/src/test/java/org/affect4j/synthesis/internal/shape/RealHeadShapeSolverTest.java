package org.affect4j.synthesis.internal.shape;

import org.affect4j.synthesis.SharedFiles;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;

/** The same tests over the real face model; skipped where it is missing. */
class RealHeadShapeSolverTest extends ShapeSolverTest {
  @Override
  FaceGeometry head() {
    return SharedFiles.geometry();
  }
}
