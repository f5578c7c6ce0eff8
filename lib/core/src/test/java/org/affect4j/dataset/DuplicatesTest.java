package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.affect4j.dataset.Duplicates.Member;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
  private static long flipped(long hash, int bits, Random random) {
    long changed = hash;
    for (int b : random.ints(0, 64).distinct().limit(bits).toArray()) {
      changed ^= 1L << b;
    }
    return changed;
  }

  @Test
  void findsWhatComparingAllPairsFinds() {
    Random random = new Random(4);
    long[] hashes = new long[600];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = i % 3 == 0 ? random.nextLong() : flipped(hashes[i - 1], i % 7, random);
    }
    for (int distance : new int[] {0, 1, 2, 5, 16}) {
      int[] groups = NearHashes.groups(hashes, distance);
      int[] expected = slowly(hashes, distance);
      for (int i = 0; i < hashes.length; i++) {
        for (int j = 0; j < i; j++) {
          assertEquals(expected[i] == expected[j], groups[i] == groups[j], "distance " + distance);
        }
      }
    }
  }

  private static int[] slowly(long[] hashes, int distance) {
    int[] group = new int[hashes.length];
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
      for (int j = 0; j < i; j++) {
        if (ImageHash.distance(hashes[i], hashes[j]) <= distance && group[i] != group[j]) {
          int from = group[i];
          for (int k = 0; k <= i; k++) {
            group[k] = group[k] == from ? group[j] : group[k];
          }
        }
      }
    }
    return group;
  }

  @Test
  void searchesThatWouldTakeHoursAreRefused() {
    Random random = new Random(4);
    long[] alike = random.longs(1_000_000).map(h -> h & 0xFFFFFL).toArray();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NearHashes.groups(alike, 2));
    assertTrue(e.getMessage().contains("allow fewer bits"), e.getMessage());
  }

  @Test
  void aMillionDifferentHashesWithKnownPairs() {
    Random random = new Random(9);
    long[] hashes = new long[1_000_000];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = i % 1000 == 1 ? flipped(hashes[i - 1], 2, random) : random.nextLong();
    }
    int[] groups = NearHashes.groups(hashes, 2);
    assertEquals(hashes.length - 1000, (int) Arrays.stream(groups).distinct().count());
    assertEquals(groups[4000], groups[4001]);
  }

  @Test
  void aMissingLabelContradictsNothing() {
    Member one = new Member(0, "a", "train", "fear");
    Member unlabelled = new Member(1, "b", "test", "");
    Member other = new Member(2, "c", "test", "anger");
    List<List<Member>> groups = List.of(List.of(one, unlabelled), List.of(one, other));
    assertEquals(List.of(groups.get(1)), new Duplicates(groups, 0, 0).contradictions());
  }
}
