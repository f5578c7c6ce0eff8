package org.affect4j.training.network;

import java.util.List;
import org.affect4j.training.network.Recurrent.Kind;

/**
 * Networks over time of the unified framework (Kollias and Zafeiriou, Affect Analysis in-the-wild:
 * Valence-Arousal, Expressions, Action Units and a Unified Framework, sections V and VI), and a
 * small one of ours on the embeddings of a network that stays as it is.
 *
 * <p>Frames are {@code [frames, 3, 96, 96]}, RGB in -1 to 1, unless it is said otherwise. Every
 * network answers each frame from it and those before it; {@code embedding} is what its heads read.
 * Valence and arousal are linear but for ours. Recurrent layers are those of PyTorch, with two
 * biases for each gate.
 */
public final class RecurrentNets {
  /** Name of the input that holds 68 landmarks, x and y of each. */
  public static final String LANDMARKS = "landmarks";

  /** Name of the input that holds the picture of one second of sound around a frame. */
  public static final String SPECTROGRAM = "spectrogram";

  /** How the names of the nodes of the stream of sound begin in {@link #audioVisual}. */
  public static final String HEARD = "audio.";

  /** Values of the embedding that {@link #compact} reads: those of the bundled networks. */
  public static final int EMBEDDING = 256;

  private static final String INPUT = NetworkSpec.INPUT;
  private static final int LANDMARK_VALUES = 2 * 68;
  private static final int UNITS = 128;

  /** Embedding of the sound around a frame in the small networks. */
  private static final int HEARD_VALUES = 64;

  /** Embeddings of CNN-3RNN, 384, and CNN-1RNN, 128. */
  private static final int FUSED = 4 * UNITS;

  private static final double DROPOUT = .5;

  /**
   * Section V.B.3, training details: of the first recurrent layer's output; taken as the part
   * dropped.
   */
  private static final double RECURRENT_DROPOUT = .8;

  private static final Recurrent TWO_GRU = new Recurrent(Kind.GRU, 2, UNITS, 0);
  private static final Recurrent TWO_DROPPING =
      new Recurrent(Kind.GRU, 2, UNITS, RECURRENT_DROPOUT);

  private RecurrentNets() {}

  /**
   * Builds them all.
   *
   * @return the networks; unmodifiable
   */
  public static List<NetworkSpec> all() {
    return List.of(
        affWildNetVgg(),
        affWildNetResNet(),
        vggFaceLstm(),
        mtVggGru(),
        cnn1Rnn(),
        cnn3Rnn(),
        fusionRnn(),
        fusionFc(),
        audioVisual(),
        compact(),
        compactFrames(),
        compactAudioVisual(),
        compactAudio());
  }

  /**
   * AffWildNet on VGG-FACE (section V.A): the last pool joined with 68 landmarks, 4096 units, two
   * recurrent layers, valence and arousal. How landmarks are scaled is left open; ours are from -1
   * to 1 across the crop.
   *
   * @return the network {@code affwildnet-vgg}
   */
  public static NetworkSpec affWildNetVgg() {
    NetworkBuilder b = frames("affwildnet-vgg");
    String features = b.add("features", new Flattening(), VggFaceNet.pools(b, "", INPUT).get(4));
    String hidden = VggFaceNet.hidden(b, "fc", withLandmarks(b, features));
    return affect(b, b.recurrent("gru", TWO_GRU, hidden));
  }

  /**
   * AffWildNet on ResNet-50 (section V.A), with 1500 units in the shared layer.
   *
   * @return the network {@code affwildnet-r50}
   */
  public static NetworkSpec affWildNetResNet() {
    NetworkBuilder b = frames("affwildnet-r50");
    String pooled = b.add("pool", new GlobalMean(), Bottlenecks.resNet50(b).get(3));
    String features = b.add("features", new Flattening(), pooled);
    String hidden = b.add("fc", new FullyConnected(1500, true), withLandmarks(b, features));
    String dropped =
        b.add("fc.drop", new Dropping(DROPOUT), b.add("fc.act", Activation.RELU, hidden));
    return affect(b, b.recurrent("gru", TWO_GRU, dropped));
  }

  /**
   * The baseline of section V.A: two layers of long short-term memory on the first fully connected
   * layer of VGG-FACE. The text does not say how many units; ours are 128, as elsewhere.
   *
   * @return the network {@code vgg-face-lstm}
   */
  public static NetworkSpec vggFaceLstm() {
    NetworkBuilder b = frames("vgg-face-lstm");
    Recurrent lstm = new Recurrent(Kind.LSTM, 2, UNITS, 0);
    return affect(b, b.recurrent("lstm", lstm, firstHidden(b, "", INPUT)));
  }

  /**
   * MT-VGG-GRU (section VI.A.2): two recurrent layers on the first fully connected layer of MT-VGG,
   * then its heads. It begins with the weights of {@link VggFaceNet#mtVgg}.
   *
   * @return the network {@code mt-vgg-gru}
   */
  public static NetworkSpec mtVggGru() {
    NetworkBuilder b = frames("mt-vgg-gru");
    return multiTask(b, b.recurrent("gru", TWO_GRU, firstHidden(b, "", INPUT)));
  }

  /**
   * CNN-1RNN (section V.B.2): second pool, last pool and the fully connected layer joined, and two
   * recurrent layers on all of them.
   *
   * @return the network {@code cnn-1rnn}
   */
  public static NetworkSpec cnn1Rnn() {
    NetworkBuilder b = frames("cnn-1rnn");
    String joined = b.add("levels", Combination.JOIN, levels(b));
    return affect(b, b.recurrent("gru", TWO_DROPPING, joined));
  }

  /**
   * CNN-3RNN (section V.B.1, Fig. 2): the same three each with two recurrent layers of its own,
   * whose outputs are joined.
   *
   * @return the network {@code cnn-3rnn}
   */
  public static NetworkSpec cnn3Rnn() {
    NetworkBuilder b = frames("cnn-3rnn");
    String[] levels = levels(b);
    String low = b.recurrent("low", TWO_DROPPING, levels[0]);
    String middle = b.recurrent("middle", TWO_DROPPING, levels[1]);
    String high = b.recurrent("high", TWO_DROPPING, levels[2]);
    return affect(b, b.add("joined", Combination.JOIN, low, middle, high));
  }

  /**
   * Model-level fusion with a recurrent layer (section V.B.3). The input is {@code [frames, 512]}:
   * the embeddings of CNN-3RNN and CNN-1RNN.
   *
   * @return the network {@code fusion-rnn}
   */
  public static NetworkSpec fusionRnn() {
    NetworkBuilder b = NetworkSpec.builder("fusion-rnn", FeatureShape.vector(FUSED));
    return affect(b, b.recurrent("gru", new Recurrent(Kind.GRU, 1, UNITS, 0), INPUT));
  }

  /**
   * Model-level fusion with a fully connected layer (section V.B.3), which reads each frame by
   * itself.
   *
   * @return the network {@code fusion-fc}
   */
  public static NetworkSpec fusionFc() {
    NetworkBuilder b = NetworkSpec.builder("fusion-fc", FeatureShape.vector(FUSED));
    String hidden = b.add("fc", new FullyConnected(UNITS, true), INPUT);
    return affect(b, b.add("fc.act", Activation.RELU, hidden));
  }

  /**
   * A/V-MT-VGG-GRU (section VI.A.3, Fig. 3): a stream of frames and one of spectrograms, each
   * MT-VGG-GRU without its heads, joined, two recurrent layers, heads. A spectrogram is {@code
   * [frames, 3, 96, 96]} in -1 to 1, its one plane three times.
   *
   * @return the network {@code av-mt-vgg-gru}
   */
  public static NetworkSpec audioVisual() {
    NetworkBuilder b = frames("av-mt-vgg-gru");
    String sound = b.given(SPECTROGRAM, FeatureShape.map(3, VggFaceNet.SIDE, VggFaceNet.SIDE));
    String seen = b.recurrent("gru", TWO_GRU, firstHidden(b, "", INPUT));
    String heard = b.recurrent(HEARD + "gru", TWO_GRU, firstHidden(b, HEARD, sound));
    String joined = b.add("joined", Combination.JOIN, seen, heard);
    return multiTask(b, b.recurrent("fusion", TWO_GRU, joined));
  }

  /**
   * Ours: two recurrent layers on the embeddings of a bundled network, which is not trained with
   * them, and the heads of that network. The input is {@code [frames, 256]}.
   *
   * @return the network {@code compact-gru}
   */
  public static NetworkSpec compact() {
    return compact("compact-gru", EMBEDDING, UNITS);
  }

  /**
   * The same of any size.
   *
   * @param name name of the network
   * @param embedding values of the embedding, 1 or more
   * @param units values of each recurrent layer, 1 or more
   * @return the network
   */
  public static NetworkSpec compact(String name, int embedding, int units) {
    NetworkBuilder b = NetworkSpec.builder(name, FeatureShape.vector(embedding));
    return overTime(b, new Recurrent(Kind.GRU, 2, units, 0), INPUT);
  }

  /**
   * Ours: the embedding of a bundled network, which is not trained with it, joined with what a few
   * convolutions hear in one second of sound around the frame, two recurrent layers, and the heads
   * of that network. Inputs are {@code [frames, 256]} and a spectrogram {@code [frames, 3, 96, 96]}
   * in -1 to 1, its one plane three times, as of {@link #audioVisual}.
   *
   * @return the network {@code av-compact-gru}
   */
  public static NetworkSpec compactAudioVisual() {
    NetworkBuilder b = NetworkSpec.builder("av-compact-gru", FeatureShape.vector(EMBEDDING));
    String sound = b.given(SPECTROGRAM, FeatureShape.map(3, VggFaceNet.SIDE, VggFaceNet.SIDE));
    return overTime(b, TWO_GRU, b.add("joined", Combination.JOIN, INPUT, heard(b, sound)));
  }

  /**
   * Ours: the stream of sound of {@link #compactAudioVisual} by itself; its input is the
   * spectrogram.
   *
   * @return the network {@code sound-compact-gru}
   */
  public static NetworkSpec compactAudio() {
    NetworkBuilder b = frames("sound-compact-gru");
    return overTime(b, TWO_GRU, heard(b, INPUT));
  }

  /** The embedding of a spectrogram, 64 values. */
  private static String heard(NetworkBuilder b, String sound) {
    String x = sound;
    int[] channels = {8, 16, 24, 32};
    for (int i = 0; i < channels.length; i++) {
      Convolution convolution = Convolution.plain(channels[i], i == 0 ? 5 : 3, i == 0 ? 4 : 2);
      x = b.activated("heard.conv" + (i + 1), convolution, Activation.RELU, x);
    }
    String flat = b.add("heard.flat", new Flattening(), x);
    return b.add(
        "heard.act",
        Activation.RELU,
        b.add("heard.fc", new FullyConnected(HEARD_VALUES, true), flat));
  }

  private static NetworkSpec overTime(NetworkBuilder b, Recurrent layers, String from) {
    String x = b.recurrent("gru", layers, from);
    return FacebehaviourNet.heads(b, x).output("embedding", x, NetworkOutput.Function.NONE).build();
  }

  /**
   * Ours: what {@link #compact} is to be compared with, the same heads on 128 units that read each
   * frame by itself.
   *
   * @return the network {@code compact-fc}
   */
  public static NetworkSpec compactFrames() {
    NetworkBuilder b = NetworkSpec.builder("compact-fc", FeatureShape.vector(EMBEDDING));
    String hidden = b.add("fc", new FullyConnected(UNITS, true), INPUT);
    String x = b.add("fc.act", Activation.RELU, hidden);
    return FacebehaviourNet.heads(b, x).output("embedding", x, NetworkOutput.Function.NONE).build();
  }

  private static NetworkBuilder frames(String name) {
    return NetworkSpec.builder(name, FeatureShape.map(3, VggFaceNet.SIDE, VggFaceNet.SIDE));
  }

  private static String firstHidden(NetworkBuilder b, String stream, String from) {
    String last = VggFaceNet.pools(b, stream, from).get(4);
    return VggFaceNet.hidden(b, stream + "fc6", b.add(stream + "features", new Flattening(), last));
  }

  private static String withLandmarks(NetworkBuilder b, String features) {
    String landmarks = b.given(LANDMARKS, FeatureShape.vector(LANDMARK_VALUES));
    return b.add("features.landmarks", Combination.JOIN, features, landmarks);
  }

  /** Features of low, middle and high level: second pool, last pool, fully connected layer. */
  private static String[] levels(NetworkBuilder b) {
    List<String> pools = VggFaceNet.pools(b, "", INPUT);
    String low = b.add("features.low", new Flattening(), pools.get(1));
    String middle = b.add("features", new Flattening(), pools.get(4));
    return new String[] {low, middle, VggFaceNet.hidden(b, "fc", withLandmarks(b, middle))};
  }

  private static NetworkSpec affect(NetworkBuilder b, String x) {
    String affect = b.add("valence_arousal.fc", new FullyConnected(2, true), x);
    return b.output("valence_arousal", affect, NetworkOutput.Function.NONE)
        .output("embedding", x, NetworkOutput.Function.NONE)
        .build();
  }

  private static NetworkSpec multiTask(NetworkBuilder b, String x) {
    return VggFaceNet.heads(b, x, VggFaceNet.AFF_WILD2_UNITS)
        .output("embedding", x, NetworkOutput.Function.NONE)
        .build();
  }
}
