package org.affect4j.detect;

import java.util.ArrayList;
import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.SimilarityTransform;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelStore;
import org.affect4j.model.NetworkKind;

/** Finds the 68 landmarks of faces that a detector found, each aligned by its five. Thread-safe. */
public final class Landmarks68Model implements AutoCloseable {
  /** The bundled network. */
  public static final String BUNDLED = "landmarks-68-v1";

  private final AlignedFaces faces;

  private Landmarks68Model(ImageNetwork model) {
    NetworkKind.LANDMARKS_68.check(model.entry());
    if (model.length("points") != 2 * Landmarks68.COUNT) {
      throw new ModelException(
          "output 'points' of model '%s' has %d numbers for a face (-1: not fixed), expected 136"
              .formatted(model.entry().name(), model.length("points")));
    }
    this.faces = AlignedFaces.of(model);
  }

  /**
   * Opens the bundled network.
   *
   * @param threads threads for one run, 1 or more
   * @return the model, to be closed
   */
  public static Landmarks68Model load(int threads) {
    return open(ModelStore.bundled(), BUNDLED, threads);
  }

  /**
   * Opens any catalogued network of this kind.
   *
   * @param store where the model is
   * @param name the model's name
   * @param threads threads for one run, 1 or more
   * @return the model, to be closed
   * @throws ModelException if the model is missing, altered, or none of this kind
   */
  public static Landmarks68Model open(ModelStore store, String name, int threads) {
    return store.open(name, threads).handedTo(Landmarks68Model::new);
  }

  /**
   * Returns the catalogue's entry of the network, for the record of an experiment.
   *
   * @return name, checksum and origin
   */
  public ModelEntry entry() {
    return faces.network().entry();
  }

  /**
   * Finds the landmarks of faces.
   *
   * @param photo the photo
   * @param found the five landmarks of each face, in pixels of the photo
   * @return 68 landmarks of each face in pixels of the photo, in the same order; unmodifiable
   */
  public List<Landmarks68> find(FaceImage photo, List<Landmarks> found) {
    FaceAligner aligner = faces.aligner();
    double unit = aligner.template().interocularDistance();
    double middle = (aligner.size() - 1) / 2.0;
    List<float[]> read = faces.read(photo, found);
    List<Landmarks68> all = new ArrayList<>(read.size());
    for (int face = 0; face < read.size(); face++) {
      SimilarityTransform back = aligner.transform(found.get(face)).inverse();
      float[] xy = read.get(face);
      List<Point> points = new ArrayList<>(Landmarks68.COUNT);
      for (int i = 0; i < xy.length; i += 2) {
        points.add(back.apply(new Point(middle + unit * xy[i], middle + unit * xy[i + 1])));
      }
      all.add(new Landmarks68(points));
    }
    return List.copyOf(all);
  }

  @Override
  public void close() {
    faces.network().close();
  }
}
