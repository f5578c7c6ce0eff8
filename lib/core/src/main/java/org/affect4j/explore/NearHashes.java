package org.affect4j.explore;

import java.util.Arrays;

/**
 * Finds which of many 64-bit hashes are near each other.
 *
 * <p>Cut into one band of bits more than may differ, two hashes that are near agree in a whole band
 * (the pigeonhole of Norouzi, Punjani and Fleet, "Fast Search in Hamming Space with Multi-Index
 * Hashing", CVPR 2012, with radius 0), so that only hashes with an equal band are compared. Each
 * band is one sort of the hashes, rotated so that the band comes first: 16 bytes per hash, whatever
 * the number of bands.
 */
final class NearHashes {
  /** Comparisons beyond which a search would take many minutes rather than seconds. */
  static final long MOST_COMPARISONS = 200_000_000_000L;

  private final long[] unique;
  private final int[] parent;

  private NearHashes(long[] unique) {
    this.unique = unique;
    this.parent = new int[unique.length];
    Arrays.setAll(parent, i -> i);
  }

  /**
   * Groups hashes of which each is near another one of its group.
   *
   * @param hashes any number
   * @param distance bits that may differ
   * @return for each hash the number of its group: equal numbers, same group
   * @throws IllegalArgumentException if too many hashes would have to be compared one by one
   */
  static int[] groups(long[] hashes, int distance) {
    // Equal hashes are one: clips of near-identical frames would otherwise fill whole bands.
    NearHashes near = new NearHashes(unique(hashes));
    int bands = distance == 0 ? 0 : distance + 1;
    long comparisons = 0;
    for (int band = 0; band < bands; band++) {
      comparisons += near.band(band, bands, distance, false);
    }
    if (comparisons > MOST_COMPARISONS) {
      throw new IllegalArgumentException(
          "%,d different photos with %d bits that may differ need %,d comparisons; allow fewer bits, or look at part of the rows"
              .formatted(near.unique.length, distance, comparisons));
    }
    for (int band = 0; band < bands; band++) {
      near.band(band, bands, distance, true);
    }
    return Arrays.stream(hashes).mapToInt(h -> near.root(near.index(h))).toArray();
  }

  /** Sorted, each once; a stream would make an object of every number. */
  private static long[] unique(long[] hashes) {
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    int kept = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, kept);
  }

  /** Compares, or only counts, the pairs that agree in a band; returns how many they are. */
  private long band(int band, int bands, int distance, boolean compare) {
    int from = band * Long.SIZE / bands;
    int width = (band + 1) * Long.SIZE / bands - from;
    long[] rotated = Arrays.stream(unique).map(h -> Long.rotateLeft(h, from)).toArray();
    Arrays.sort(rotated);
    long pairs = 0;
    int start = 0;
    for (int i = 1; i <= rotated.length; i++) {
      if (i == rotated.length
          || rotated[i] >>> (Long.SIZE - width) != rotated[start] >>> (Long.SIZE - width)) {
        long size = i - start;
        pairs += size * (size - 1) / 2;
        if (compare) {
          join(rotated, start, i, from, distance);
        }
        start = i;
      }
    }
    return pairs;
  }

  private void join(long[] rotated, int start, int end, int from, int distance) {
    for (int i = start + 1; i < end; i++) {
      long hash = rotated[i];
      for (int j = start; j < i; j++) {
        if (Long.bitCount(hash ^ rotated[j]) <= distance) {
          int one = root(index(Long.rotateRight(hash, from)));
          int other = root(index(Long.rotateRight(rotated[j], from)));
          parent[Math.max(one, other)] = Math.min(one, other);
        }
      }
    }
  }

  private int index(long hash) {
    return Arrays.binarySearch(unique, hash);
  }

  private int root(int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
