package org.affect4j.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.affect4j.training.network.EfficientNet.Answer;
import org.junit.jupiter.api.Test;

class SideOutputTest {
  @Test
  void networksAreFoundAgainByTheirNamesAndAreAsTheyWereWithoutIt() {
    NetworkSpec plain = FacebehaviourNet.compact();
    NetworkSpec both = SideOutput.WEAK_UNITS.on(SideOutput.CONTEMPT.on(plain));
    assertEquals("facebehaviour-compact+contempt+weak-units", both.name());
    NetworkSpec found = Networks.named(both.name());
    assertEquals(Set.copyOf(both.outputNames()), Set.copyOf(found.outputNames()));
    assertEquals(both.parameters().keySet(), found.parameters().keySet());
    assertEquals(plain, SideOutput.CONTEMPT.without(SideOutput.WEAK_UNITS.without(both)));
    assertSame(plain, SideOutput.CONTEMPT.without(plain));
    assertEquals(-1, SideOutput.CONTEMPT.index(plain));
    assertEquals(BehaviourHeads.of(plain), BehaviourHeads.of(both));
  }

  @Test
  void itReadsWhatTheAnswerBesideItReads() {
    NetworkSpec units =
        BehaviourHeads.only(FacebehaviourNet.compact(), Set.of(Answer.ACTION_UNITS));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> SideOutput.CONTEMPT.on(units))
            .getMessage()
            .contains("'expression'"));
    NetworkWeights weights = NetworkWeights.initial(SideOutput.WEAK_UNITS.on(units), 1);
    assertEquals(units.parameters().keySet(), weights.restrictedTo(units).names());
  }
}
