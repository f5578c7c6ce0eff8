package org.affect4j.djl;

import java.util.List;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.face.Behaviour;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;

/**
 * Aligned faces to behaviour, the same as {@link BehaviourModel} reads. Images of another size than
 * the network's are scaled; {@link FaceModels#aligned} cuts a detected face out of its photo.
 */
public final class BehaviourTranslator extends FaceTranslator<Behaviour> {
  /**
   * Makes a translator for any network of this kind.
   *
   * @param entry what there is to know of the network: its pixels, side and outputs
   */
  public BehaviourTranslator(ModelEntry entry) {
    super(entry);
  }

  @Override
  FaceImage input(ImageNetwork network, FaceImage crop) {
    int side = network.entry().requireSide();
    return crop.resized(side, side);
  }

  @Override
  Behaviour result(ImageNetwork network, FaceImage crop) {
    return BehaviourModel.of(network, BehaviourOptions.defaults()).predict(List.of(crop)).get(0);
  }
}
