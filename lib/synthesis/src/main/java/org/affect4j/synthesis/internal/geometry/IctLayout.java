package org.affect4j.synthesis.internal.geometry;

import java.util.List;

/**
 * Which vertices of an ICT-FaceKit mesh are kept, and which are landmarks. The original numbering
 * is that of {@code generic_neutral_mesh.obj}.
 */
record IctLayout(List<FaceGeometry.Part> parts, int[] landmarks) {
  // iBUG landmarks on the original mesh, found by hand on its wire frame.
  private static final int[] LANDMARKS = {
    1225, 1888, 1052, 367, 1719, 1722, 2199, 1447, 966, 3661, 4390, 3927, 3924, 2608, 3272, 4088,
    3443, 268, 493, 1914, 2044, 1401, 3615, 4240, 4114, 2734, 2509, 978, 4527, 4942, 4857, 1140,
    2075, 1147, 4269, 3360, 1507, 1542, 1537, 1528, 1518, 1511, 3742, 3751, 3756, 3721, 3725, 3732,
    5708, 5695, 2081, 0, 4275, 6200, 6213, 6346, 6461, 5518, 5957, 5841, 5702, 5711, 5533, 6216,
    6207, 6470, 5517, 5966
  };

  /** The layout of ICT-FaceKit at commit da5f95a: 26,719 vertices of which 25,959 are kept. */
  static IctLayout standard() {
    return new IctLayout(
        List.of(
            part("face", 0, 9409, Material.FACE),
            part("head", 9409, 11248, Material.HEAD),
            part("mouthsocket", 11248, 13294, Material.MOUTH_SOCKET),
            part("eyesocketL", 13294, 13678, Material.EYE_SOCKET),
            part("eyesocketR", 13678, 14062, Material.EYE_SOCKET),
            part("gums", 14062, 17039, Material.GUMS),
            part("teeth", 17039, 21451, Material.TEETH),
            part("eyeL", 21451, 23021, Material.EYE_LEFT),
            part("eyeR", 23021, 24591, Material.EYE_RIGHT),
            part("lashL", 25351, 26035, Material.LASHES),
            part("lashR", 26035, 26719, Material.LASHES)),
        LANDMARKS);
  }

  static FaceGeometry.Part part(String name, int first, int end, Material material) {
    return new FaceGeometry.Part(name, first, end, material);
  }
}
