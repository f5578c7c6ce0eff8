package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.RealHead;
import org.junit.jupiter.api.BeforeAll;

/** The same tests over the real face model; skipped where it is missing. */
class RealHeadRendererTest extends FaceRendererTest {
  @BeforeAll
  static void prepare() {
    prepare(RealHead.geometry());
  }
}
