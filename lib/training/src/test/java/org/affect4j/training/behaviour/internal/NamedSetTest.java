package org.affect4j.training.behaviour.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;
import org.affect4j.training.MadeUpSets;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedSetTest {
  @TempDir Path folder;

  private NamedSet open(String rest) throws IOException {
    Path list = MadeUpSets.list(folder, 20);
    return NamedSet.open("mine=" + list + rest, Optional.empty(), 1);
  }

  @Test
  void aSplitIsLearnedFromAndAnotherMeasuredWith() throws IOException {
    NamedSet set = open("");
    assertEquals("mine", set.name());
    assertEquals(16, set.training().size());
    assertEquals(4, set.measured().orElseThrow().size());
    assertEquals(Set.of(), set.heldBack());
    assertEquals(1, set.passes());
    CropLabels first = set.labels().get(0);
    assertEquals(Optional.of(AnnotatedExpression.NEUTRAL), first.annotated());
    assertEquals(.5f, first.valence());
    assertEquals(1, first.unit(ActionUnit.AU01.ordinal()));
    assertTrue(Float.isNaN(first.unit(ActionUnit.AU26.ordinal())));
    // What is not annotated stays unknown.
    assertTrue(set.labels().get(1).annotated().isEmpty());
    assertTrue(set.isCoarse());
  }

  @Test
  void aSetThatIsNeverShownMeasures() throws IOException {
    NamedSet set = open(":train:0");
    assertFalse(set.isLearned());
    assertEquals(16, set.heldBack().size());
    assertEquals(List.of(), set.labels());
  }

  @Test
  void whereNothingMeasuresAPartIsHeldBackByPersons() throws IOException {
    NamedSet all = open(":all:2.5");
    assertEquals(2.5, all.passes());
    assertTrue(all.measured().isEmpty());
    // Two photos of each of ten persons: .15 of 20 is a person and a half.
    int held = all.heldBack().size();
    assertTrue(held == 2 || held == 4, "" + held);
    for (String photo : all.heldBack()) {
      int number = Integer.parseInt(photo.replaceAll("\\D", ""));
      assertTrue(all.heldBack().contains((number ^ 1) + ".png"), all.heldBack().toString());
    }
    assertEquals(20 - held, all.labels().size());
    NamedSet chosen =
        NamedSet.open("mine=" + folder.resolve("mine.csv") + ":train", Optional.of(.5), 1);
    assertEquals(8, chosen.heldBack().size());
    assertEquals(4, chosen.measured().orElseThrow().size());
  }

  @Test
  void datasetsAreKnownByTheirNames() throws IOException {
    Path rendered = MadeUpSets.rendered(folder.resolve("rendered"), 14);
    NamedSet set = NamedSet.open("rendered=" + rendered + ":.5", Optional.of(0.0), 1);
    assertEquals(.5, set.passes());
    assertEquals(14, set.labels().size());
    assertThrows(
        IOException.class,
        () -> NamedSet.open("mine=" + folder.resolve("none.csv"), Optional.empty(), 1));
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class,
            () -> NamedSet.open("raf=" + rendered, Optional.empty(), 1));
    assertTrue(unknown.getMessage().contains("raf-db"), unknown.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> NamedSet.open("raf-db", Optional.empty(), 1));
    IllegalArgumentException split =
        assertThrows(IllegalArgumentException.class, () -> open(":summer"));
    assertTrue(split.getMessage().contains("train"), split.getMessage());
  }

  @Test
  void whatCannotTeachIsRefusedBeforeAnyPhotoIsRead() throws IOException {
    Map<String, List<CropLabels>> sets = Map.of("mine", open("").labels());
    BehaviourHeads standard = BehaviourHeads.standard();
    new LabelNeeds(standard, Set.of(Answer.values()), false).require(sets);
    BehaviourHeads nine =
        new BehaviourHeads(List.of(AnnotatedExpression.values()), standard.units(), true);
    refused("no face of [mine] shows other", nine, Set.of(Answer.EXPRESSION), sets);
    BehaviourHeads last = new BehaviourHeads(standard.classes(), List.of(ActionUnit.AU26), true);
    refused("action units are to be learned", last, Set.of(Answer.ACTION_UNITS), sets);
    Map<String, List<CropLabels>> more =
        Map.of("mine", sets.get("mine"), "other", List.of(CropLabels.of(Expression.HAPPINESS)));
    refused("no face of 'other'", standard, Set.of(Answer.ACTION_UNITS), more);
    // The circumplex makes an expression a label of valence and arousal.
    new LabelNeeds(standard, Set.of(Answer.VALENCE_AROUSAL), true).require(more);
    refused("no face of 'other'", standard, Set.of(Answer.VALENCE_AROUSAL), more);
    BehaviourHeads scores = new BehaviourHeads(BehaviourHeads.AFFECT_NET, List.of(), false);
    refused("cannot be trained for [valence", scores, Set.of(Answer.VALENCE_AROUSAL), sets);
  }

  private static void refused(
      String words, BehaviourHeads heads, Set<Answer> tasks, Map<String, List<CropLabels>> sets) {
    IllegalArgumentException said =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LabelNeeds(heads, tasks, false).require(sets));
    assertTrue(said.getMessage().contains(words), said.getMessage());
  }
}
