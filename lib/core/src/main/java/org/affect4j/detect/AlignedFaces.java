package org.affect4j.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;

/**
 * Runs a network of one output over aligned faces.
 *
 * @param network takes faces as the aligner cuts them
 * @param aligner cuts them
 */
record AlignedFaces(ImageNetwork network, FaceAligner aligner) {
  private static final int MAXIMUM_BATCH = 32;

  /** Takes a network with a side of its own. */
  static AlignedFaces of(ImageNetwork network) {
    return new AlignedFaces(network, new FaceAligner(network.entry().requireSide()));
  }

  /** What the network says of each face, in the same order. */
  List<float[]> read(FaceImage photo, List<Landmarks> faces) {
    List<float[]> read = new ArrayList<>(faces.size());
    for (int from = 0; from < faces.size(); from += MAXIMUM_BATCH) {
      List<Landmarks> some = faces.subList(from, Math.min(faces.size(), from + MAXIMUM_BATCH));
      float[] values =
          network
              .run(
                  some.size(),
                  aligner.size(),
                  aligner.size(),
                  tensor -> {
                    for (Landmarks face : some) {
                      aligner.writeTensor(photo, face, network.entry().pixels(), tensor);
                    }
                  })
              .get(0);
      int each = values.length / some.size();
      for (int i = 0; i < some.size(); i++) {
        read.add(Arrays.copyOfRange(values, i * each, (i + 1) * each));
      }
    }
    return read;
  }
}
