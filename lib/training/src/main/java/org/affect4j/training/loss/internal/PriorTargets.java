package org.affect4j.training.loss.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.affect4j.detect.PriorBoxes;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.model.PriorSpec;

/**
 * What a detector should answer for one picture: for every prior box a class and, for faces, the
 * offsets that {@link PriorBoxes} decodes (RetinaFace, Deng et al. 2020, section 3; SSD, Liu et al.
 * 2016, section 2.2).
 *
 * <p>A prior belongs to the face that it overlaps most. It is a face from the upper intersection
 * over union on, background below the lower, and ignored in between; the prior that overlaps a face
 * most belongs to it in any case.
 */
public final class PriorTargets {
  /** Class of background. */
  public static final int BACKGROUND = 0;

  /** Class of a face. */
  public static final int FACE = 1;

  /** Class of priors that neither raise nor lower the loss. */
  public static final int IGNORED = -1;

  /** Offsets of one box. */
  public static final int BOX = 4;

  /** Offsets of five landmarks. */
  public static final int LANDMARKS = 10;

  private final int[] classes;
  private final float[] boxes;
  private final float[] landmarks;
  private final boolean[] hasLandmarks;

  private PriorTargets(int priors) {
    classes = new int[priors];
    boxes = new float[priors * BOX];
    landmarks = new float[priors * LANDMARKS];
    hasLandmarks = new boolean[priors];
  }

  /**
   * A face of a training picture.
   *
   * @param box its box in pixels of the network's input
   * @param landmarks its landmarks in the same pixels, if known
   * @param counts false for a face that is neither to be found nor to be missed, such as a tiny one
   */
  public record LabelledFace(PixelBox box, Optional<Landmarks> landmarks, boolean counts) {}

  /**
   * The limits of matching.
   *
   * @param face least intersection over union of a face
   * @param background intersection over union below which a prior is background
   */
  public record Overlap(double face, double background) {
    /** Checks the order. */
    public Overlap {
      if (!(0 < background && background <= face && face < 1)) {
        throw new IllegalArgumentException(
            "overlaps are ordered 0 < background <= face < 1, got %s and %s"
                .formatted(background, face));
      }
    }
  }

  /**
   * Assigns faces to priors.
   *
   * @param faces faces of one picture; may be empty
   * @param spec layout and variances of the priors
   * @param width width of the network's input in pixels
   * @param height height of the network's input in pixels
   * @param overlap limits of matching
   * @return the targets
   */
  public static PriorTargets match(
      List<LabelledFace> faces, PriorSpec spec, int width, int height, Overlap overlap) {
    PriorBoxes layout = new PriorBoxes(spec, width, height);
    PriorTargets targets = new PriorTargets(layout.count());
    int[] owner = new int[layout.count()];
    double[] most = new double[layout.count()];
    int[] bestPrior = new int[faces.size()];
    double[] bestOfFace = new double[faces.size()];
    Arrays.fill(owner, -1);
    for (int p = 0; p < layout.count(); p++) {
      PixelBox prior = layout.box(p);
      for (int f = 0; f < faces.size(); f++) {
        double iou = prior.intersectionOverUnion(faces.get(f).box());
        if (iou > most[p]) {
          most[p] = iou;
          owner[p] = f;
        }
        if (iou > bestOfFace[f]) {
          bestOfFace[f] = iou;
          bestPrior[f] = p;
        }
      }
    }
    for (int f = 0; f < faces.size(); f++) {
      if (bestOfFace[f] > 0) {
        owner[bestPrior[f]] = f;
        most[bestPrior[f]] = 1;
      }
    }
    for (int p = 0; p < owner.length; p++) {
      if (owner[p] >= 0 && most[p] >= overlap.background()) {
        LabelledFace face = faces.get(owner[p]);
        if (most[p] < overlap.face() || !face.counts()) {
          targets.classes[p] = IGNORED;
        } else {
          targets.encode(p, layout.box(p), face, spec);
        }
      }
    }
    return targets;
  }

  private void encode(int p, PixelBox prior, LabelledFace face, PriorSpec spec) {
    classes[p] = FACE;
    PixelBox box = face.box();
    double x = prior.x() + prior.width() / 2;
    double y = prior.y() + prior.height() / 2;
    double v = spec.centreVariance();
    boxes[p * BOX] = (float) ((box.x() + box.width() / 2 - x) / (v * prior.width()));
    boxes[p * BOX + 1] = (float) ((box.y() + box.height() / 2 - y) / (v * prior.height()));
    boxes[p * BOX + 2] = (float) (Math.log(box.width() / prior.width()) / spec.sizeVariance());
    boxes[p * BOX + 3] = (float) (Math.log(box.height() / prior.height()) / spec.sizeVariance());
    if (face.landmarks().isPresent()) {
      hasLandmarks[p] = true;
      int at = p * LANDMARKS;
      for (Point point : face.landmarks().get().points()) {
        landmarks[at++] = (float) ((point.x() - x) / (v * prior.width()));
        landmarks[at++] = (float) ((point.y() - y) / (v * prior.height()));
      }
    }
  }

  /**
   * Returns the class of every prior.
   *
   * @return {@link #FACE}, {@link #BACKGROUND} or {@link #IGNORED}; a copy
   */
  public int[] classes() {
    return classes.clone();
  }

  /**
   * Returns the box offsets.
   *
   * @return four for each prior, zeros but for faces; a copy
   */
  public float[] boxes() {
    return boxes.clone();
  }

  /**
   * Returns the landmark offsets.
   *
   * @return ten for each prior, zeros but for faces with landmarks; a copy
   */
  public float[] landmarks() {
    return landmarks.clone();
  }

  /**
   * Tells which priors have landmarks to learn.
   *
   * @return one value for each prior; a copy
   */
  public boolean[] hasLandmarks() {
    return hasLandmarks.clone();
  }
}
