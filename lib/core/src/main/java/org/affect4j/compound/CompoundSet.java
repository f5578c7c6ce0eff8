package org.affect4j.compound;

import static org.affect4j.face.CompoundExpression.ANGRILY_DISGUSTED;
import static org.affect4j.face.CompoundExpression.ANGRILY_SURPRISED;
import static org.affect4j.face.CompoundExpression.ANGRY;
import static org.affect4j.face.CompoundExpression.APPALLED;
import static org.affect4j.face.CompoundExpression.AWED;
import static org.affect4j.face.CompoundExpression.DISGUSTED;
import static org.affect4j.face.CompoundExpression.DISGUSTEDLY_SURPRISED;
import static org.affect4j.face.CompoundExpression.FEARFUL;
import static org.affect4j.face.CompoundExpression.FEARFULLY_ANGRY;
import static org.affect4j.face.CompoundExpression.FEARFULLY_SURPRISED;
import static org.affect4j.face.CompoundExpression.HAPPILY_DISGUSTED;
import static org.affect4j.face.CompoundExpression.HAPPILY_SURPRISED;
import static org.affect4j.face.CompoundExpression.HAPPY;
import static org.affect4j.face.CompoundExpression.SAD;
import static org.affect4j.face.CompoundExpression.SADLY_ANGRY;
import static org.affect4j.face.CompoundExpression.SADLY_DISGUSTED;
import static org.affect4j.face.CompoundExpression.SADLY_FEARFUL;
import static org.affect4j.face.CompoundExpression.SADLY_SURPRISED;
import static org.affect4j.face.CompoundExpression.SURPRISED;

import java.util.List;
import org.affect4j.face.CompoundExpression;

/** The sets of categories among which public datasets ask to choose. */
public enum CompoundSet {
  /** RAF-DB: 11 compound expressions. */
  RAF_DB(
      HAPPILY_SURPRISED,
      HAPPILY_DISGUSTED,
      SADLY_FEARFUL,
      SADLY_ANGRY,
      SADLY_SURPRISED,
      SADLY_DISGUSTED,
      FEARFULLY_ANGRY,
      FEARFULLY_SURPRISED,
      ANGRILY_SURPRISED,
      ANGRILY_DISGUSTED,
      DISGUSTEDLY_SURPRISED),
  /** EmotioNet: 6 basic and 10 compound expressions. */
  EMOTIONET(
      HAPPY,
      SAD,
      FEARFUL,
      ANGRY,
      SURPRISED,
      DISGUSTED,
      ANGRILY_DISGUSTED,
      ANGRILY_SURPRISED,
      APPALLED,
      AWED,
      FEARFULLY_ANGRY,
      FEARFULLY_SURPRISED,
      HAPPILY_DISGUSTED,
      HAPPILY_SURPRISED,
      SADLY_ANGRY,
      SADLY_DISGUSTED),
  /** C-EXPR-DB of the ABAW challenges: 7 compound expressions. */
  ABAW(
      FEARFULLY_SURPRISED,
      HAPPILY_SURPRISED,
      SADLY_SURPRISED,
      DISGUSTEDLY_SURPRISED,
      ANGRILY_SURPRISED,
      SADLY_FEARFUL,
      SADLY_ANGRY),
  /** Du, Tao and Martinez (2014): all 15 compound expressions. */
  DU(
      CompoundExpression.ALL.stream()
          .filter(CompoundExpression::isCompound)
          .toArray(CompoundExpression[]::new));

  private final List<CompoundExpression> categories;

  CompoundSet(CompoundExpression... categories) {
    this.categories = List.of(categories);
  }

  /**
   * Returns the categories in the dataset's order.
   *
   * @return unmodifiable list
   */
  public List<CompoundExpression> categories() {
    return categories;
  }
}
