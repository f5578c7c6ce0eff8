package org.affect4j.training.network;

import java.util.List;
import java.util.stream.Stream;
import org.affect4j.training.network.EfficientNet.Features;
import org.affect4j.training.network.RetinaFaceNet.Levels;

/** The networks that have a name, for commands and files of weights. */
public final class Networks {
  private static final int HIDDEN = 128;

  private Networks() {}

  /**
   * Builds all named networks: detectors, multi-task networks, frame models, light heads, and
   * networks over time.
   *
   * @return the networks; unmodifiable
   */
  public static List<NetworkSpec> all() {
    return Stream.concat(frames().stream(), RecurrentNets.all().stream()).toList();
  }

  private static List<NetworkSpec> frames() {
    return List.of(
        RetinaFaceNet.mobileNet025(),
        RetinaFaceNet.resNet50(),
        RetinaFaceNet.mobileNet025(Levels.FIVE),
        RetinaFaceNet.resNet50(Levels.FIVE),
        CompactDetector.standard(),
        CompactDetector.small(),
        LandmarkNet.compact(),
        LandmarkNet.sixtyEight(),
        FacebehaviourNet.compact(),
        FacebehaviourNet.compactSmooth(),
        FacebehaviourNet.compactWide(),
        FacebehaviourNet.paper(),
        VggFaceNet.faceBehaviorNet(),
        VggFaceNet.mtVgg(),
        EfficientNet.frameModel(),
        EfficientNet.head(Features.EMBEDDINGS, 0),
        EfficientNet.head(Features.EMBEDDINGS, HIDDEN),
        EfficientNet.head(Features.SCORES, HIDDEN),
        EfficientNet.head(Features.BOTH, HIDDEN));
  }

  /**
   * Builds a network by its name.
   *
   * @param name name of one of {@link #all()}, which may be followed by a list of own expressions
   *     and action units, see {@link BehaviourHeads#on}
   * @return the network
   * @throws IllegalArgumentException if there is none of this name; the message lists those there
   *     are
   */
  public static NetworkSpec named(String name) {
    List<NetworkSpec> all = all();
    String base = name.split("\\+")[0];
    return all.stream()
        .filter(s -> s.name().equals(base))
        .findFirst()
        .map(s -> base.equals(name) ? s : BehaviourHeads.extended(s, name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no network '%s'; choose one of %s"
                        .formatted(name, all.stream().map(NetworkSpec::name).toList())));
  }
}
