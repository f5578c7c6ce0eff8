package org.affect4j.detect;

import java.util.ArrayList;
import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelStore;
import org.affect4j.model.NetworkKind;

/**
 * Looks at each face once more, upright and of one size, and says where its landmarks lie: the
 * second stage of a cascade (Sun et al. 2013, Deep Convolutional Network Cascade for Facial Point
 * Detection, section 3). Thread-safe.
 */
public final class LandmarkRefiner implements AutoCloseable {
  /** The bundled network. */
  public static final String BUNDLED = "landmarks-v1";

  private final AlignedFaces aligned;

  private LandmarkRefiner(ImageNetwork model) {
    NetworkKind.LANDMARKS.check(model.entry());
    this.aligned = AlignedFaces.of(model);
  }

  /**
   * Opens the bundled network.
   *
   * @param threads threads for one run, 1 or more
   * @return the refiner, to be closed
   */
  public static LandmarkRefiner load(int threads) {
    return open(ModelStore.bundled(), BUNDLED, threads);
  }

  /**
   * Opens any catalogued network of this kind.
   *
   * @param store where the model is
   * @param name the model's name
   * @param threads threads for one run, 1 or more
   * @return the refiner, to be closed
   * @throws ModelException if the model is missing, altered, or none of this kind
   */
  public static LandmarkRefiner open(ModelStore store, String name, int threads) {
    return store.open(name, threads).handedTo(LandmarkRefiner::new);
  }

  /**
   * Returns the catalogue's entry of the network, for the record of an experiment.
   *
   * @return name, checksum and origin
   */
  public ModelEntry entry() {
    return aligned.network().entry();
  }

  /**
   * Finds the landmarks of faces again.
   *
   * @param photo the photo
   * @param faces landmarks of each face as they were found, in pixels of the photo
   * @return landmarks of each face, in the same order; unmodifiable
   */
  public List<Landmarks> refine(FaceImage photo, List<Landmarks> faces) {
    List<float[]> offsets = aligned.read(photo, faces);
    List<Landmarks> refined = new ArrayList<>(faces.size());
    for (int i = 0; i < faces.size(); i++) {
      refined.add(LandmarkFrame.of(aligned.aligner(), faces.get(i)).landmarks(offsets.get(i)));
    }
    return List.copyOf(refined);
  }

  @Override
  public void close() {
    aligned.network().close();
  }
}
