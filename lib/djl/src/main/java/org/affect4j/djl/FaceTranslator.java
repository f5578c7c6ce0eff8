package org.affect4j.djl;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;

/**
 * Leaves everything but running the network to the library. What the library asks the network
 * beyond DJL's own run, such as a closer look at a face, is run by the same block.
 *
 * @param <T> what an image becomes
 */
abstract class FaceTranslator<T> implements NoBatchifyTranslator<Image, T> {
  private static final String PHOTO = "photo";
  private static final String NETWORK = "network";

  private final ModelEntry entry;

  FaceTranslator(ModelEntry entry) {
    this.entry = entry;
  }

  /** The image that DJL's own run shows to the network. */
  abstract FaceImage input(ImageNetwork network, FaceImage photo);

  /** What the library makes of a photo by the network. */
  abstract T result(ImageNetwork network, FaceImage photo);

  @Override
  public final NDList processInput(TranslatorContext context, Image image) throws IOException {
    FaceImage photo = photo(image);
    BlockNetwork network = new BlockNetwork(entry, context);
    context.setAttachment(PHOTO, photo);
    context.setAttachment(NETWORK, network);
    return network.expect(input(network, photo));
  }

  @Override
  public final T processOutput(TranslatorContext context, NDList answer) {
    BlockNetwork network = (BlockNetwork) context.getAttachment(NETWORK);
    network.answered(answer);
    return result(network, (FaceImage) context.getAttachment(PHOTO));
  }

  /** The pixels of an image of DJL, whichever library holds them. */
  static FaceImage photo(Image image) throws IOException {
    if (image.getWrappedImage() instanceof BufferedImage wrapped) {
      return FaceImage.of(wrapped);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    image.save(png, "png");
    return FaceImage.decode(png.toByteArray(), "the image");
  }
}
