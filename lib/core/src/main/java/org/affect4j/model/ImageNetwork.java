package org.affect4j.model;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A network of one image input and float outputs, whatever runs it: ONNX Runtime itself ({@link
 * OnnxModel}) or another engine.
 */
public interface ImageNetwork extends AutoCloseable {
  /** Name of an input of 68 landmarks: x and y of each, from -1 to 1 across the aligned face. */
  String LANDMARKS = "landmarks";

  /** Name of an input of the picture of one second of sound around a frame. */
  String SPECTROGRAM = "spectrogram";

  /**
   * Returns what the catalogue says of this network.
   *
   * @return the entry
   */
  ModelEntry entry();

  /**
   * Runs the network once.
   *
   * @param batch number of images, 1 or more
   * @param height height of each in pixels
   * @param width width of each in pixels
   * @param fill writes the images into the input, in native byte order, as the {@link
   *     ModelEntry#pixels() layout} of the catalogue says
   * @return the outputs in the order of the catalogue, each flattened row by row
   * @throws IllegalStateException if the network was closed
   * @throws ModelException if the engine fails
   */
  List<float[]> run(int batch, int height, int width, Consumer<ByteBuffer> fill);

  /**
   * Returns what the network reads besides images.
   *
   * @return how many numbers each input has, by its name: for each image, or, of inputs whose names
   *     end in {@code .state}, for each sequence of images: what the network remembers of those
   *     before; empty for networks of single images
   */
  default Map<String, Integer> beside() {
    return Map.of();
  }

  /**
   * Runs a network that reads more than images once.
   *
   * @param batch number of images, 1 or more; of several sequences time by time: the first of each,
   *     then the second
   * @param height height of each in pixels
   * @param width width of each in pixels
   * @param fill writes the images into the input
   * @param beside numbers of each input of {@link #beside}, in a row
   * @return the outputs in the order of the catalogue, then what is remembered, in the order of the
   *     states of {@link #beside}
   * @throws IllegalStateException if the network was closed
   * @throws ModelException if the engine fails
   */
  default List<float[]> run(
      int batch, int height, int width, Consumer<ByteBuffer> fill, Map<String, float[]> beside) {
    return run(batch, height, width, fill);
  }

  /**
   * Returns how many numbers an output has for each image.
   *
   * @param output name of an output of the catalogue
   * @return its length; -1 if it depends on the size of the image
   */
  int length(String output);

  /**
   * Hands this network on to what will close it.
   *
   * @param user takes the network; if it throws an exception, the network is closed here
   * @return what the user makes of it
   * @param <T> what the user makes of it
   */
  default <T> T handedTo(Function<ImageNetwork, T> user) {
    try {
      return user.apply(this);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  void close();
}
