package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellTest {
  private static List<Cell.Part> parse(String source) {
    // Stands in for the compiler: a text block or a call is open.
    return Cell.parse(source, code -> !code.strip().endsWith("\"\"\"") && !code.contains("("))
        .parts();
  }

  @Test
  void magicsRunBetweenStatementsInOrder() {
    assertEquals(
        List.of(
            new Cell.LineMagic("jars", List.of("a/*.jar", "b.jar"), 1),
            new Cell.Code("int x = 1;\n", 2),
            new Cell.LineMagic("maven", List.of("g:a:1"), 3),
            new Cell.Code("int y = 2;\n", 4)),
        parse("%jars a/*.jar b.jar\nint x = 1;\n%maven g:a:1\nint y = 2;"));
  }

  @Test
  void percentSignAmidStatementIsCode() {
    assertEquals(1, parse("int x = f(7\n%y);").size());
    assertEquals(1, parse("var t = \"\"\"\n%jars inside\n").size());
  }

  @Test
  void remainderOperatorWithSpaceIsCode() {
    assertEquals(List.of(new Cell.Code("int x = 7\n% 2;\n", 1)), parse("int x = 7\n% 2;"));
  }

  @Test
  void cellMagicTakesTheWholeCell() {
    assertEquals(
        List.of(new Cell.CellMagic("loadFromPOM", List.of("runtime"), "<a>\n%jars x", 2)),
        parse("\n%%loadFromPOM runtime\n<a>\n%jars x"));
  }

  @Test
  void windowsLineEndsDoNotReachTheArguments() {
    assertEquals(
        List.of(new Cell.LineMagic("jars", List.of("a.jar"), 1), new Cell.Code("int x;\n", 2)),
        parse("%jars a.jar\r\nint x;"));
  }

  @Test
  void quotesKeepSpacesTogether() {
    assertEquals(
        List.of("my jars/*.jar", "b c", "d"), Cell.arguments("\"my jars/*.jar\" 'b c'  d "));
  }

  @Test
  void blankCellHasNoParts() {
    assertEquals(List.of(), parse(" \n\n"));
  }
}
