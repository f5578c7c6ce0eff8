package org.affect4j.training.batch;

import org.affect4j.image.FaceImage;

/**
 * One aligned face and what is known of it.
 *
 * @param name the photo's name in its dataset, for messages
 * @param crop square image
 * @param labels its labels
 */
public record LabelledCrop(String name, FaceImage crop, CropLabels labels) {}
