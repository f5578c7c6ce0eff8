package org.affect4j.training.scene;

import java.awt.image.BufferedImage;
import java.util.List;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;

/** A composed picture with its faces. The pixels are not to be changed. */
public final class Scene {
  private final BufferedImage image;
  private final byte[] bgr;
  private final List<LabelledFace> faces;

  Scene(SceneCanvas canvas, List<LabelledFace> faces) {
    this.image = canvas.image();
    this.bgr = canvas.bgr();
    this.faces = List.copyOf(faces);
  }

  /**
   * Returns the faces.
   *
   * @return boxes and landmarks in pixels of the scene; faces that are too small, too hidden or
   *     mostly outside do not count; unmodifiable
   */
  public List<LabelledFace> faces() {
    return faces;
  }

  /**
   * Returns the picture.
   *
   * @return a copy
   */
  public FaceImage image() {
    return FaceImage.of(image);
  }

  /**
   * Writes the pixels as the input of a detector, channels interleaved.
   *
   * @param layout means and scale of a network that reads blue, green, red
   * @param target receives {@code side * side * 3} values
   * @param offset where the first one goes
   */
  public void write(PixelLayout layout, float[] target, int offset) {
    for (int i = 0; i < bgr.length; i += 3) {
      target[offset + i] = ((bgr[i] & 255) - layout.mean0()) / layout.scale();
      target[offset + i + 1] = ((bgr[i + 1] & 255) - layout.mean1()) / layout.scale();
      target[offset + i + 2] = ((bgr[i + 2] & 255) - layout.mean2()) / layout.scale();
    }
  }
}
