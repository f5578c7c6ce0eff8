package org.affect4j.evaluate;

import org.affect4j.face.Expression;

/**
 * A face on which the model contradicts the label: an error of either.
 *
 * @param row number from the column {@code row}
 * @param input name of the photo
 * @param label annotated expression
 * @param prediction predicted expression
 * @param confidence probability of the prediction, 0 to 1
 */
public record Disagreement(
    int row, String input, Expression label, Expression prediction, double confidence) {}
