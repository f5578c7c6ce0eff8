package org.affect4j.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.affect4j.metric.Fairness;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.Interval;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Rows of dots for audits of fairness. */
final class FairnessCharts {
  private FairnessCharts() {}

  /** What each group gets; groups that are too small to be compared are hollow and grey. */
  static Picture of(FairnessAudit audit) {
    List<FairnessAudit.Group> groups = audit.groups();
    Check.some("groups", groups.size());
    int[] aspects =
        IntStream.range(0, audit.aspects().size())
            .filter(a -> groups.stream().anyMatch(g -> !g.intervals().get(a).isUndefined()))
            .toArray();
    Check.some("rates that are defined", aspects.length);
    List<Key> keys = new ArrayList<>();
    for (FairnessAudit.Group group : groups) {
      String name =
          "%s (n %s%s)"
              .formatted(
                  group.name(), Text.tick(group.samples()), group.leftOut() ? ", left out" : "");
      keys.add(
          group.leftOut()
              ? new Key(name, Text.FAINT, SeriesMarkers.CIRCLE, true)
              : Key.of(name, keys.size()));
    }
    List<Rows.Row> rows = new ArrayList<>();
    for (int a : aspects) {
      List<Rows.Mark> marks =
          IntStream.range(0, keys.size())
              .mapToObj(g -> new Rows.Mark(keys.get(g), groups.get(g).intervals().get(a)))
              .toList();
      String gap = "gap " + Text.number(audit.aspectGaps().get(a));
      rows.add(new Rows.Row(audit.aspects().get(a), marks, gap));
    }
    double lowest =
        rows.stream()
            .flatMap(row -> row.marks().stream())
            .mapToDouble(mark -> mark.value().low())
            .filter(low -> !Double.isNaN(low))
            .min()
            .orElse(0);
    String title =
        "%s by %s: %s, %s"
            .formatted(
                audit.measure(),
                audit.attribute(),
                audit.gap().isUndefined() ? "not defined" : audit.gap(),
                audit.verdictLabel());
    boolean rates = audit.measure() != FairnessAudit.Measure.FCCC;
    return Rows.draw(
        new Rows.Spec(
            title,
            rates ? "true-positive rate of each group" : "concordance (CCC) of each group",
            false,
            rows,
            keys,
            Math.floor(Math.min(0, lowest) * 5) / 5,
            1,
            OptionalDouble.empty()),
        "%s (%s). Groups: %s"
            .formatted(
                title, audit.measure().label(), Text.few(keys.stream().map(Key::name).toList())));
  }

  /** The gap of each audit beside the limit up to which it is fair. */
  static Picture of(List<FairnessAudit> audits) {
    Check.some("audits", audits.size());
    Key key = Key.of("", 0);
    List<Rows.Row> rows = new ArrayList<>();
    List<String> words = new ArrayList<>();
    double highest = 0;
    for (FairnessAudit audit : audits) {
      Interval gap = audit.gap();
      String name = audit.measure() + " by " + audit.attribute();
      String note = Text.number(gap.estimate()) + " " + audit.verdictLabel();
      rows.add(new Rows.Row(name, List.of(new Rows.Mark(key, gap)), note));
      words.add("%s %s, %s".formatted(name, gap, audit.verdictLabel()));
      highest =
          DoubleStream.of(highest, gap.estimate(), gap.high())
              .filter(v -> !Double.isNaN(v))
              .max()
              .orElse(0);
    }
    String title =
        "Gap between groups; fair up to %s (dashed)".formatted(Text.tick(Fairness.FAIR_UP_TO));
    return Rows.draw(
        new Rows.Spec(
            title,
            "gap between the best and the worst served group (0 is fair)",
            false,
            rows,
            List.of(key),
            0,
            Math.max(.2, Math.ceil(highest * 10) / 10),
            OptionalDouble.of(Fairness.FAIR_UP_TO)),
        title + ": " + Text.few(words));
  }
}
