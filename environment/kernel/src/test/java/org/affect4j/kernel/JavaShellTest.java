package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.affect4j.kernel.ErrorFormat.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JavaShellTest {
  private static final String ANSI = "\u001b\\[[0-9;]*m";
  private static JavaShell shell;

  @BeforeAll
  static void start() {
    shell = new JavaShell(KernelSettings.from(Map.of("IJAVA_TIMEOUT", "10000")));
  }

  private static Object evaluate(String code) throws CellFailure {
    return shell.evaluate(code, new Place("cell 7", 1));
  }

  private static List<String> trace(String code) {
    CellFailure failure = assertThrows(CellFailure.class, () -> evaluate(code));
    return failure.trace().stream().map(line -> line.replaceAll(ANSI, "")).toList();
  }

  @Test
  void onlyAnExpressionAtTheEndIsAResult() throws CellFailure {
    assertEquals(3, evaluate("int r1 = 1;\nint r2 = 2;\nr1 + r2"));
    assertEquals(1, evaluate("r1;"));
    assertNull(evaluate("int r3 = 5;"));
    assertNull(evaluate("r3 = 6;"));
    assertNull(evaluate("1 + 1;\nint r4 = 5;"));
    assertNull(evaluate("// nothing\n"));
    assertNull(evaluate("String none = null; none"));
  }

  @Test
  void aResultIsTheObjectItself() throws CellFailure {
    Object value = evaluate("var list = new ArrayList<>(List.of(1, 2));\nlist");
    assertEquals(List.of(1, 2), value);
  }

  @Test
  void compileErrorMarksTheLineOfTheCell() {
    List<String> trace = trace("int a1 = 3;\n\n// words\nint b1 =\n    a1 + \"x\";");
    assertEquals("error in cell 7, line 5", trace.get(0));
    assertEquals("   5 |     a1 + \"x\";", trace.get(1));
    assertEquals("     |     ^^^^^^^^", trace.get(2));
    assertTrue(trace.get(3).startsWith("incompatible types"), trace.get(3));
  }

  @Test
  void anUnfinishedCellSaysWhere() {
    List<String> trace = trace("int c1 = 1;\nif (c1 > 0) {\n  c1++;\n");
    assertTrue(trace.get(0).matches("error in cell 7, line [34]"), trace.get(0));
    assertTrue(trace.toString().contains("reached end of file"), trace.toString());
  }

  @Test
  void exceptionNamesTheLinesOfTheCellsAndNothingBelow() {
    List<String> trace =
        trace("int half(int n) {\n  return 10 / n;\n}\n\nList.of(0)\n  .forEach(n -> half(n));");
    assertEquals("java.lang.ArithmeticException: / by zero", trace.get(0));
    assertEquals("    at half (cell 7, line 2)", trace.get(1));
    assertTrue(trace.get(trace.size() - 1).startsWith("    at cell 7, line "), trace.toString());
    assertFalse(trace.toString().contains("org.affect4j"), trace.toString());
    assertFalse(trace.toString().contains("reflect"), trace.toString());
  }

  @Test
  void causesAreShown() {
    List<String> trace = trace("throw new RuntimeException(\"a\", new Error(\"b\"));");
    assertTrue(trace.contains("Caused by: java.lang.Error: b"), trace.toString());
  }

  @Test
  void methodsMayCallEachOtherInAnyOrder() throws CellFailure {
    assertEquals(
        true,
        evaluate(
            "boolean even(int n) { return n == 0 || odd(n - 1); }\n"
                + "boolean odd(int n) { return n != 0 && even(n - 1); }\n"
                + "even(4)"));
    assertTrue(trace("Missing m;").toString().contains("Missing"));
    evaluate("int waits() { return nowhere(); }");
    assertTrue(trace("waits()").toString().contains("nowhere"));
  }

  @Test
  void completenessGuidesConsoles() {
    assertEquals(Completeness.COMPLETE, shell.completeness("int x = 1;"));
    assertEquals(Completeness.COMPLETE, shell.completeness("1 + 1"));
    assertEquals(Completeness.DEFINITELY_INCOMPLETE, shell.completeness("if (true) {"));
    assertEquals(Completeness.UNKNOWN, shell.completeness("int = ;"));
  }

  @Test
  void completionKnowsEarlierStatementsOfTheSameCell() {
    String code = "String unseen = \"a\";\nunseen.toUpp";
    JavaShell.Completions found = shell.complete(code, code.length());
    assertEquals(List.of("toUpperCase("), found.texts());
    assertEquals(code.indexOf("toUpp"), found.start());
  }

  @Test
  void inspectionGivesSignatures() {
    assertTrue(
        shell.document("int m = Math.max(1, 2);", 14).contains("int Math.max(int a, int b)"));
    assertEquals("", shell.document("", 0));
  }

  @Test
  void notebookFunctionsNeedNoImport() {
    List<String> trace = trace("display(1)");
    assertEquals(
        "java.lang.IllegalStateException: there is no notebook: this code runs outside a kernel",
        trace.get(0));
  }

  @Tag("slow")
  @Test
  void aStatementThatTakesTooLongIsEnded() {
    JavaShell impatient = new JavaShell(KernelSettings.from(Map.of("IJAVA_TIMEOUT", "300")));
    CellFailure failure =
        assertThrows(
            CellFailure.class,
            () -> impatient.evaluate("int kept = 1;\nwhile (true) {}", new Place("cell 1", 1)));
    assertEquals("TimeoutException", failure.name());
    assertEquals(1, assertKept(impatient));
  }

  private static Object assertKept(JavaShell session) {
    try {
      return session.evaluate("kept", new Place("cell 2", 1));
    } catch (CellFailure e) {
      throw new AssertionError(String.join("\n", e.trace()), e);
    }
  }
}
