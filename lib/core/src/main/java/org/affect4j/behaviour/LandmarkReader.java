package org.affect4j.behaviour;

import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;

/** Finds 68 landmarks of faces, for networks that read them beside the picture. */
@FunctionalInterface
public interface LandmarkReader {
  /** Numbers of a face: x and y of 68 landmarks. */
  int COUNT = 2 * 68;

  /**
   * Finds landmarks.
   *
   * @param photo the photo
   * @param faces five landmarks of each face in pixels of the photo
   * @return for each face x and y of each of 68 landmarks, in the order of Multi-PIE, in pixels of
   *     the photo
   */
  List<double[]> read(FaceImage photo, List<Landmarks> faces);
}
