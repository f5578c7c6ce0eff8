package org.affect4j.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionPriorTest {
  private static final String OWN =
      "neutral=.4,anger=.1,disgust=.05,fear=.05,happiness=.2,sadness=.1,surprise=.1";

  @Test
  void probabilitiesFollowThePrior() {
    double[] even = {.2, .1, .1, .3, .1, .1, .1};
    double[] own = ExpressionPrior.parse(OWN).adjust(even, ExpressionPrior.EVEN);
    // .2 * .4 : .1 * .1 : .1 * .05 : .3 * .05 : .1 * .2 : .1 * .1 : .1 * .1, sum .15
    assertArrayEquals(
        new double[] {8 / 15., 1 / 15., .5 / 15, 1.5 / 15, 2 / 15., 1 / 15., 1 / 15.}, own, 1e-12);
    assertArrayEquals(
        even,
        ExpressionPrior.EVEN.adjust(own, ExpressionPrior.parse(OWN)),
        1e-12,
        "there and back");
    assertArrayEquals(
        own, ExpressionPrior.IN_THE_WILD.adjust(own, ExpressionPrior.IN_THE_WILD), 1e-12);
  }

  @Test
  void textIsReadBack() {
    for (String text : List.of("even", "in-the-wild", OWN)) {
      ExpressionPrior prior = ExpressionPrior.parse(text);
      assertEquals(prior, ExpressionPrior.parse(prior.toString()));
    }
    assertEquals("even", ExpressionPrior.EVEN.toString());
    assertEquals(ExpressionPrior.IN_THE_WILD, ExpressionPrior.parse(" In-The-Wild "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wild",
        "neutral=1",
        "neutral=.4,anger=.1,disgust=.1,fear=.1,happiness=.2,sadness=.1,surprise=.1",
        "neutral=.4,anger=.1,disgust=0,fear=.1,happiness=.2,sadness=.1,surprise=.1",
        "neutral=.4,anger=.1,disgust=.05,fear=.05,happiness=.2,sadness=.1,contempt=.1",
        "neutral=.4,anger=.1,disgust=.05,fear=.05,happiness=.2,sadness=.1,anger=.1",
        "neutral=.4,anger=.1,disgust=.05,fear=.05,happiness=.2,sadness=.1,surprise=x"
      })
  void whatIsNoPriorIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ExpressionPrior.parse(text))
            .getMessage();
    assertTrue(message.contains("prior"), message);
  }
}
