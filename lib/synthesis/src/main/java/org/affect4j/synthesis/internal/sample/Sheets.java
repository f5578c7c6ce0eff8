package org.affect4j.synthesis.internal.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.affect4j.chart.Charts;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.facs.IntensityLetter;
import org.affect4j.synthesis.internal.appearance.Attributes;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;
import org.affect4j.synthesis.internal.render.Placement;
import org.affect4j.synthesis.internal.render.View;
import org.affect4j.synthesis.internal.shape.FaceShape;

/**
 * Contact sheets, to look at what the renderer draws: one per unit (at rest and at the five
 * intensities of FACS), per basic expression, per compound category, per Monk tone and per age
 * group. A person fills a row of the first three; on the others every cell is another person.
 *
 * <p>Faces are the same on any machine; captions are set in the fonts of the system.
 */
public final class Sheets extends FaceSet {
  private static final int COLUMNS = 6;
  private static final int SIZE = 192;
  private static final int PORTRAIT_HEIGHT = 240;
  private static final double PORTRAIT_EYES_Y = 108;
  private static final double PORTRAIT_PIXELS_PER_CM = 6.4;
  private static final double TURN = .6;
  private static final String[] OWN = {
    "file", "row", "column", "caption", "monk_tone", "sex", "age", "ancestry"
  };

  /** One for each unit, expression with neutral, tone, and group of age. */
  private static final int SHEETS =
      FacsUnit.ALL.size()
          + CompoundExpression.ALL.size()
          + 1
          + Attributes.MONK_TONES
          + Attributes.Age.values().length;

  /** What one sheet shows, and its file. */
  private record Sheet(String file, Content content) {}

  /** Draws the cells of a sheet. */
  private interface Content {
    List<Cell> draw(Studio.Worker worker, RandomStream random);
  }

  /** A picture with its caption and truth. */
  private record Cell(Person person, FaceShape shape, String caption, FaceShot shot) {}

  private final int rows;
  private final List<Sheet> sheets = new ArrayList<>();

  /**
   * Describes the sheets.
   *
   * @param rows how many rows of six faces a sheet has, 1 or more
   * @param seed any number
   * @throws IllegalArgumentException if no row is asked for
   */
  public Sheets(int rows, long seed) {
    // Without loss, lest captions blur.
    super("sheets", SHEETS, seed, ImageFormat.PNG, FaceLabels.UNITS_ONLY, OWN);
    this.rows = requirePositive(rows, "row");
    for (FacsUnit unit : FacsUnit.ALL) {
      sheets.add(new Sheet("unit-%02d".formatted(unit.number()), (w, r) -> unit(unit, w)));
    }
    Stream.concat(
            Expression.ALL.stream().map(Expression::label),
            CompoundExpression.ALL.stream()
                .filter(CompoundExpression::isCompound)
                .map(CompoundExpression::label))
        .forEach(
            label ->
                sheets.add(
                    new Sheet(
                        "expression-" + label.replace(' ', '-'),
                        (w, r) -> expression(label, w, r))));
    for (int tone = 1; tone <= Attributes.MONK_TONES; tone++) {
      int wanted = tone;
      sheets.add(
          new Sheet(
              "tone-%02d".formatted(tone), (w, r) -> people(a -> a.monkTone() == wanted, w, r)));
    }
    for (Attributes.Age age : Attributes.Age.values()) {
      sheets.add(new Sheet("age-" + age.label(), (w, r) -> people(a -> a.age() == age, w, r)));
    }
  }

  @Override
  protected double facesPerItem() {
    return rows * COLUMNS;
  }

  @Override
  protected Item draw(Studio.Worker worker, int index) {
    Sheet sheet = sheets.get(index);
    String file = sheet.file + ".png";
    List<Cell> cells = sheet.content.draw(worker, RandomStream.of(seed, index));
    List<List<String>> shown = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      Attributes a = cell.person.attributes();
      List<String> own =
          List.of(
              file,
              Integer.toString(i / COLUMNS),
              Integer.toString(i % COLUMNS),
              cell.caption.replace('\n', ' '),
              Integer.toString(a.monkTone()),
              a.sex().label(),
              a.age().label(),
              a.ancestry().label());
      shown.add(
          labels.row(
              own,
              new FaceLabels.Truth(
                  "", cell.person, cell.shape, View.EVEN, cell.shot.face(), seed, index)));
    }
    byte[] png =
        Charts.grid(
                cells.stream().map(c -> FaceImage.of(c.shot.pixels())).toList(),
                cells.stream().map(Cell::caption).toList(),
                COLUMNS)
            .png();
    return new Item(Map.of(file, png), shown);
  }

  /** Rest and five intensities; nothing but the face itself may hide what a unit does. */
  private List<Cell> unit(FacsUnit unit, Studio.Worker worker) {
    List<Cell> cells = new ArrayList<>();
    for (Person person : first(rows, Gallery::isBareFaced, worker)) {
      cells.add(aligned(worker, person, FacialAction.neutral(), "rest\n" + who(person)));
      for (IntensityLetter letter : IntensityLetter.values()) {
        cells.add(
            aligned(
                worker,
                person,
                FacialAction.neutral().with(unit, letter.intensity()),
                "AU%d %s\n%s".formatted(unit.number(), letter, who(person))));
      }
    }
    return cells;
  }

  private List<Cell> expression(String label, Studio.Worker worker, RandomStream random) {
    List<Cell> cells = new ArrayList<>();
    // Kept on one line, lest it take the place of the code.
    String caption = label.replace(' ', '\u00a0') + "\n";
    for (Person person : first(rows, p -> true, worker)) {
      for (int i = 0; i < COLUMNS; i++) {
        FacialAction action =
            Portraits.draw(worker.studio().actions(), label, random.branch()).action();
        cells.add(aligned(worker, person, action, caption + action.code().replace('+', ' ')));
      }
    }
    return cells;
  }

  /** Each cell another person; expressions change from cell to cell. */
  private List<Cell> people(
      Predicate<Attributes> wanted, Studio.Worker worker, RandomStream random) {
    List<Cell> cells = new ArrayList<>();
    for (Person person : first(rows * COLUMNS, p -> wanted.test(p.attributes()), worker)) {
      Expression expression = Expression.ALL.get(cells.size() % Expression.COUNT);
      FaceShape shape =
          worker
              .studio()
              .solver()
              .solve(worker.studio().actions().basic(expression, random.branch()).action());
      FaceShot shot =
          FaceShot.plain(
              worker,
              person,
              shape,
              View.sample(person, TURN, true, random.branch()),
              new Canvas(SIZE, PORTRAIT_HEIGHT),
              Placement.at(SIZE / 2.0, PORTRAIT_EYES_Y, PORTRAIT_PIXELS_PER_CM));
      String caption = expression.label() + "\n" + who(person);
      cells.add(new Cell(person, shape, caption, shot));
    }
    return cells;
  }

  private static Cell aligned(
      Studio.Worker worker, Person person, FacialAction action, String caption) {
    FaceShape shape = worker.studio().solver().solve(action);
    FaceShot shot =
        FaceShot.plain(
            worker, person, shape, View.EVEN, new Canvas(SIZE, SIZE), Placement.aligned(SIZE));
    return new Cell(person, shape, caption, shot);
  }

  /** Tone, sex and age, such as {@code Monk 3 F 18-29}. */
  private static String who(Person person) {
    Attributes a = person.attributes();
    // Short, since a cell is narrow.
    return "Monk %d %s %s"
        .formatted(a.monkTone(), a.sex() == Attributes.Sex.FEMALE ? "F" : "M", a.age().label());
  }

  /** The first persons of the seed that are wanted. */
  private List<Person> first(int count, Predicate<Person> wanted, Studio.Worker worker) {
    return Stream.iterate(0L, n -> n + 1)
        .map(n -> worker.studio().persons().sample(n, RandomStream.of(seed, -1 - n)))
        .filter(wanted)
        .limit(count)
        .toList();
  }
}
