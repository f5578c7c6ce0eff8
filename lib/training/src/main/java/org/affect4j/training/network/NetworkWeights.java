package org.affect4j.training.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.affect4j.training.network.internal.ArrayFile;

/**
 * The numbers of a network, running statistics included. Immutable.
 *
 * <p>The file form is safetensors: a header in JSON with the name of the specification, and the
 * values as little-endian floats. It holds no code, and other tools read it.
 */
public final class NetworkWeights {
  private static final String SPECIFICATION = "specification";

  private final String specification;
  private final Map<String, float[]> values;

  private NetworkWeights(String specification, Map<String, float[]> values) {
    this.specification = specification;
    this.values = values;
  }

  /**
   * Draws the values before training.
   *
   * @param spec the network
   * @param seed seed of the random values; the same seed gives the same values everywhere
   * @return the weights
   */
  public static NetworkWeights initial(NetworkSpec spec, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    spec.parameters().forEach((name, p) -> values.put(name, p.start().draw(p.count(), random)));
    return new NetworkWeights(spec.name(), values);
  }

  /**
   * Makes weights from values.
   *
   * @param spec the network
   * @param values values of every parameter by name, which are copied
   * @return the weights
   * @throws IllegalArgumentException if they are not those of this network
   */
  public static NetworkWeights of(NetworkSpec spec, Map<String, float[]> values) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    values.forEach((name, v) -> copy.put(name, v.clone()));
    NetworkWeights weights = new NetworkWeights(spec.name(), copy);
    weights.requireFit(spec);
    return weights;
  }

  /**
   * Returns the name of the specification that these weights belong to.
   *
   * @return name of a {@link NetworkSpec}
   */
  public String specification() {
    return specification;
  }

  /**
   * Returns the names of the parameters.
   *
   * @return names in order; unmodifiable
   */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /**
   * Returns the values of a parameter.
   *
   * @param name its name
   * @return a copy
   * @throws IllegalArgumentException if there is none of this name
   */
  public float[] values(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "the weights of '%s' have no parameter '%s'".formatted(specification, name));
    }
    return found.clone();
  }

  /**
   * Checks that these are the weights of a network.
   *
   * @param spec the network
   * @throws IllegalArgumentException if a parameter is missing, has another size or is not of this
   *     network, or if a value is not finite; the message says which
   */
  public void requireFit(NetworkSpec spec) {
    Map<String, ParameterSpec> expected = spec.parameters();
    for (Map.Entry<String, ParameterSpec> parameter : expected.entrySet()) {
      float[] found = values.get(parameter.getKey());
      if (found == null || found.length != parameter.getValue().count()) {
        throw new IllegalArgumentException(
            "the weights of '%s' do not fit network '%s': parameter '%s' needs %d values, got %s"
                .formatted(
                    specification,
                    spec.name(),
                    parameter.getKey(),
                    parameter.getValue().count(),
                    found == null ? "none" : found.length));
      }
      for (float v : found) {
        if (!Float.isFinite(v)) {
          throw new IllegalArgumentException(
              "the weights of '%s' are broken: parameter '%s' holds %s"
                  .formatted(specification, parameter.getKey(), v));
        }
      }
    }
    for (String name : values.keySet()) {
      if (!expected.containsKey(name)) {
        throw new IllegalArgumentException(
            "the weights of '%s' do not fit network '%s', which has no parameter '%s'"
                .formatted(specification, spec.name(), name));
      }
    }
  }

  /**
   * Tells what two sets of weights have in common.
   *
   * @param other other weights
   * @return names of the parameters that have the same size in both; unmodifiable
   */
  public Set<String> sharedWith(NetworkWeights other) {
    return values.keySet().stream()
        .filter(
            name ->
                other.values.containsKey(name)
                    && other.values.get(name).length == values.get(name).length)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Takes over what fits ({@link #sharedWith}): the way to start a network from one trained for
   * another task.
   *
   * @param spec the network of the result
   * @param other weights to take from
   * @return these weights, with those of the other where they fit
   * @throws IllegalArgumentException if nothing fits, or these are not the weights of the network
   */
  public NetworkWeights startedFrom(NetworkSpec spec, NetworkWeights other) {
    return startedFrom(spec, other, name -> true);
  }

  /**
   * Takes over a part of what fits.
   *
   * @param spec the network of the result
   * @param other weights to take from
   * @param taken tells of the name of a parameter whether it is taken
   * @return these weights, with those of the other
   * @throws IllegalArgumentException if nothing fits, or these are not the weights of the network
   */
  public NetworkWeights startedFrom(
      NetworkSpec spec, NetworkWeights other, Predicate<String> taken) {
    requireFit(spec);
    Set<String> shared =
        sharedWith(other).stream().filter(taken).collect(Collectors.toUnmodifiableSet());
    if (shared.isEmpty()) {
      throw new IllegalArgumentException(
          "network '%s' cannot start from the weights of '%s': no parameter has the same name and"
                  .formatted(spec.name(), other.specification)
              + " size in both");
    }
    Map<String, float[]> mixed = new LinkedHashMap<>(values);
    shared.forEach(name -> mixed.put(name, other.values.get(name)));
    return new NetworkWeights(spec.name(), mixed);
  }

  /**
   * Leaves out what a smaller network does not have.
   *
   * @param part a network
   * @return the values of its parameters
   * @throws IllegalArgumentException if one of them is missing here
   */
  public NetworkWeights restrictedTo(NetworkSpec part) {
    Map<String, float[]> left = new LinkedHashMap<>();
    part.parameters().keySet().forEach(name -> left.put(name, values(name)));
    return new NetworkWeights(part.name(), left);
  }

  /**
   * Gives parameters other names, as those of a network that becomes a part of another.
   *
   * @param prefix what all names begin with in the other
   * @return the same values
   */
  public NetworkWeights within(String prefix) {
    Map<String, float[]> renamed = new LinkedHashMap<>();
    values.forEach((name, v) -> renamed.put(prefix + name, v));
    return new NetworkWeights(specification, renamed);
  }

  /**
   * Takes the mean of the weights of several runs that began alike: they lie in one valley, of
   * which the mean is nearer to the middle than each (Wortsman et al. 2022, Model soups, section
   * 2). Batch normalisation needs statistics of its own after this (ibid., appendix), which
   * training measures on its way.
   *
   * @param runs weights of one network, at least one
   * @return their mean
   * @throws IllegalArgumentException if there is none, or they differ in their parameters
   */
  public static NetworkWeights mean(List<NetworkWeights> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("expected the weights of at least one run");
    }
    NetworkWeights first = runs.get(0);
    Map<String, float[]> means = new LinkedHashMap<>();
    for (String name : first.names()) {
      double[] sum = new double[first.values.get(name).length];
      for (NetworkWeights run : runs) {
        if (!run.names().equals(first.names()) || run.values.get(name).length != sum.length) {
          throw new IllegalArgumentException(
              "means are taken of weights of one network, got '%s' and '%s'"
                  .formatted(first.specification, run.specification));
        }
        float[] values = run.values.get(name);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += values[i];
        }
      }
      float[] mean = new float[sum.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (sum[i] / runs.size());
      }
      means.put(name, mean);
    }
    return new NetworkWeights(first.specification, means);
  }

  /**
   * Writes a safetensors file.
   *
   * @param spec the network, for the lengths of the axes
   * @param file file to write or replace
   * @throws IOException if it cannot be written
   */
  public void write(NetworkSpec spec, Path file) throws IOException {
    requireFit(spec);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    spec.parameters().forEach((name, parameter) -> shapes.put(name, parameter.lengths()));
    new ArrayFile(Map.of(SPECIFICATION, specification), values).write(file, shapes);
  }

  /**
   * Reads a safetensors file with 32-bit floats that {@link #write} made.
   *
   * @param file the file
   * @return the weights
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no such file
   */
  public static NetworkWeights read(Path file) throws IOException {
    try {
      ArrayFile found = ArrayFile.read(file);
      if (!found.words().containsKey(SPECIFICATION)) {
        throw new IllegalArgumentException("it names no specification");
      }
      return new NetworkWeights(found.words().get(SPECIFICATION), found.arrays());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s holds no weights of a network, or is cut off: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkWeights that
        && specification.equals(that.specification)
        && values.keySet().equals(that.values.keySet())
        && values.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), that.values.get(e.getKey())));
  }

  @Override
  public int hashCode() {
    return values.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "weights of " + specification + ", " + values.size() + " parameters";
  }
}
