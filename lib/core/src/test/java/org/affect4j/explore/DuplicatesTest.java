package org.affect4j.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.affect4j.SharedFiles;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Fer2013;
import org.affect4j.dataset.RenderedFaces;
import org.affect4j.explore.Duplicates.Member;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  @Tag("slow")
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

  @Test
  void differenceHashSurvivesResizingAndFindsNearDuplicates(@TempDir Path root) throws IOException {
    AffectDataset faces = RenderedFaces.load(SharedFiles.path("samples/compound"));
    FaceImage face = faces.photo(0);
    assertTrue(
        ImageHash.distance(ImageHash.difference(face), ImageHash.difference(face.resized(80, 90)))
            <= 4);
    assertTrue(
        ImageHash.distance(ImageHash.difference(face), ImageHash.difference(face.mirrored())) > 10);
    for (String folder : List.of("happy", "sad")) {
      Path other = Files.createDirectories(root.resolve(folder)).resolve("Training_9.png");
      ImageIO.write(FaceImage.plain(20, 20, 90).toBufferedImage(), "png", other.toFile());
    }
    ImageIO.write(face.toBufferedImage(), "png", root.resolve("happy/Training_1.png").toFile());
    ImageIO.write(
        face.resized(90, 90).toBufferedImage(), "png", root.resolve("sad/Training_2.png").toFile());
    AffectDataset dataset = Fer2013.folders(root);
    Duplicates near = Duplicates.near(dataset, dataset.table(), 4);
    assertEquals(1, near.groups().size());
    assertEquals(
        List.of("happy/Training_1.png", "sad/Training_2.png"),
        near.groups().get(0).stream().map(Duplicates.Member::input).toList());
    assertEquals(1, Duplicates.exact(dataset, dataset.table()).groups().size(), "the flat ones");
  }
}
