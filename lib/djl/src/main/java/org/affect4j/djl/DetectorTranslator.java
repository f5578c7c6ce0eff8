package org.affect4j.djl;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Landmark;
import ai.djl.modality.cv.output.Point;
import java.util.Collections;
import java.util.List;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;

/**
 * Photos to faces, the same as {@link RetinaFace} finds: objects of the class {@code face}, highest
 * score first, each with a {@link Landmark}. As DJL draws them, its box is in fractions of the
 * photo's width and height, and its path, the five landmarks, in pixels.
 */
public final class DetectorTranslator extends FaceTranslator<DetectedObjects> {
  private static final String CLASS = "face";

  private final DetectorOptions options;

  /**
   * Makes a translator for any network of this kind.
   *
   * @param entry what there is to know of the network: its pixels, outputs and prior boxes
   * @param options how to look at photos
   */
  public DetectorTranslator(ModelEntry entry, DetectorOptions options) {
    super(entry);
    this.options = options;
  }

  @Override
  FaceImage input(ImageNetwork network, FaceImage photo) {
    return RetinaFace.of(network, options).input(photo);
  }

  @Override
  DetectedObjects result(ImageNetwork network, FaceImage photo) {
    List<Detection> faces = RetinaFace.of(network, options).detect(photo);
    List<BoundingBox> boxes = faces.stream().map(d -> box(d, photo)).toList();
    return new DetectedObjects(
        Collections.nCopies(faces.size(), CLASS),
        faces.stream().map(Detection::score).toList(),
        boxes);
  }

  private static BoundingBox box(Detection face, FaceImage photo) {
    PixelBox box = face.box();
    double width = photo.width();
    double height = photo.height();
    List<Point> landmarks =
        face.landmarks().points().stream().map(p -> new Point(p.x(), p.y())).toList();
    return new Landmark(
        box.x() / width, box.y() / height, box.width() / width, box.height() / height, landmarks);
  }
}
