package org.affect4j.training.behaviour.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.affect4j.analysis.CropAligner;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.internal.CropPreparation;

/** Cuts the faces of datasets as the analysis will cut them, once: crops are kept as files. */
final class FaceCrops {
  private final CropPreparation preparation;
  private final FaceAligner aligner;
  private final FaceDetector detector;
  private final String detectorName;

  /** Cuts nothing yet. */
  FaceCrops(
      Path cache, int side, FaceDetector detector, String detectorName, ProgressListener progress) {
    this.aligner = new FaceAligner(side);
    this.preparation = new CropPreparation(cache, side, progress);
    this.detector = detector;
    this.detectorName = detectorName;
  }

  /** Faces of any dataset, in colour. */
  CropSet any(String name, AffectDataset dataset, FaceTable rows) throws IOException {
    return dataset.holdsCrops() ? aligned(name, dataset, rows, false) : cutOut(name, dataset, rows);
  }

  /** Faces of small grey crops. */
  CropSet small(String name, AffectDataset dataset, FaceTable rows) throws IOException {
    return aligned(name, dataset, rows, true);
  }

  private CropSet aligned(String name, AffectDataset dataset, FaceTable rows, boolean grey)
      throws IOException {
    return preparation.prepare(
        name,
        dataset,
        rows,
        grey,
        "as analysed crops, " + detectorName,
        CropPreparation.ofCrops(new CropAligner(detector, aligner)));
  }

  /** Faces of photos, by the dataset's landmarks or those of the main face. */
  CropSet cutOut(String name, AffectDataset dataset, FaceTable rows) throws IOException {
    return preparation.prepare(
        name,
        dataset,
        rows,
        false,
        "main face, " + detectorName,
        CropPreparation.ofPhotos(aligner, this::mainFace));
  }

  private Optional<Landmarks> mainFace(FaceImage photo) {
    return detector.detect(photo).stream().findFirst().map(Detection::landmarks);
  }

  /** Frames of videos: crops as they are, so that landmarks of theirs stay true, or faces. */
  CropSet frames(String name, AffectDataset dataset, FaceTable rows) throws IOException {
    return dataset.holdsCrops() ? asTheyAre(name, dataset, rows) : cutOut(name, dataset, rows);
  }

  /** Faces that were rendered with landmarks, or as crops. */
  CropSet asTheyAre(String name, AffectDataset dataset, FaceTable rows) throws IOException {
    return preparation.prepare(
        name,
        dataset,
        rows,
        false,
        "as rendered",
        CropPreparation.ofPhotos(aligner, photo -> Optional.empty()));
  }

  /** What was left out, with counts. */
  Map<String, Integer> skipped() {
    return preparation.skipped();
  }
}
