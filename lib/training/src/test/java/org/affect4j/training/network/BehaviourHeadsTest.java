package org.affect4j.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.training.network.EfficientNet.Features;
import org.junit.jupiter.api.Test;

class BehaviourHeadsTest {
  private static BehaviourHeads of(NetworkSpec network) {
    return BehaviourHeads.of(network).orElseThrow();
  }

  @Test
  void networksOfFacesAreKnown() {
    assertEquals(BehaviourHeads.standard(), of(FacebehaviourNet.paper()));
    assertEquals(BehaviourHeads.standard(), of(VggFaceNet.faceBehaviorNet()));
    assertEquals(
        List.of(1, 2, 4, 6, 12, 15, 20, 25),
        of(VggFaceNet.mtVgg()).units().stream().map(ActionUnit::number).toList());
    BehaviourHeads scores = of(EfficientNet.frameModel());
    assertEquals(AnnotatedExpression.CONTEMPT, scores.classes().get(7));
    assertEquals(List.of(), scores.units());
    assertEquals(Optional.empty(), BehaviourHeads.of(CompactDetector.small()));
    assertEquals(Optional.empty(), BehaviourHeads.of(EfficientNet.head(Features.SCORES, 0)));
  }

  @Test
  void ownUnitsAndClassesAreFoundAgainByTheName() {
    NetworkSpec base = FacebehaviourNet.compact();
    BehaviourHeads own =
        new BehaviourHeads(
            List.of(AnnotatedExpression.NEUTRAL, AnnotatedExpression.OTHER),
            List.of(ActionUnit.AU12, ActionUnit.AU04),
            true);
    NetworkSpec network = own.on(base);
    assertEquals("facebehaviour-compact+units-12-4+classes-neutral-other", network.name());
    assertEquals(own, of(network));
    assertEquals(network, Networks.named(network.name()));
    // 256 values and a bias less for each of 5 expressions and 15 units.
    assertEquals(base.parameterCount() - 20 * 257, network.parameterCount());
    assertEquals(base, BehaviourHeads.standard().on(base));
    BehaviourHeads abaw = new BehaviourHeads(BehaviourHeads.SEVEN, BehaviourHeads.ABAW, true);
    assertEquals(abaw, of(Networks.named(abaw.on(base).name())));
    assertThrows(
        IllegalArgumentException.class,
        () -> BehaviourHeads.standard().on(EfficientNet.frameModel()));
    IllegalArgumentException twice =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new BehaviourHeads(own.classes(), List.of(ActionUnit.AU01, ActionUnit.AU01), true));
    assertTrue(twice.getMessage().contains("different action units"), twice.getMessage());
  }
}
