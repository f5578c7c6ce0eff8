package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.affect4j.kernel.FrontEnd.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks with a kernel in a process of its own, over the real protocol. */
@Timeout(60)
class KernelProtocolTest {
  @TempDir static Path folder;
  private static FrontEnd frontEnd;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("start.jsh"), "int fromScript = 11;");
    frontEnd =
        new FrontEnd(
            folder,
            Map.of(
                "IJAVA_STARTUP_SCRIPTS_PATH", "*.jsh",
                "IJAVA_STARTUP_SCRIPT", "int fromVariable = fromScript + 1;"));
    // Sent before the kernel is up, as every front end does; none may be lost.
    String id = frontEnd.send("kernel_info_request", Map.of());
    JsonObject info = frontEnd.reply(id);
    assertEquals("5.3", info.get("protocol_version").getAsString());
    assertEquals("Java", info.getAsJsonObject("language_info").get("name").getAsString());
  }

  @AfterAll
  static void stop() throws IOException {
    frontEnd.close();
  }

  private static void assertKept(String name, Object value) {
    assertEquals(String.valueOf(value), frontEnd.execute(name).value());
  }

  @Test
  void valuesStreamsAndTheirOrder() {
    Result result =
        frontEnd.execute(
            "System.out.println(\"a\"); System.err.print(\"b\");\n"
                + "display(\"c\");\nSystem.out.print(\"d\");\n6 * 7");
    assertEquals("ok", result.status());
    assertEquals("42", result.value());
    assertEquals("a\nd", result.text("stdout"));
    assertEquals("b", result.text("stderr"));
    assertEquals(
        List.of("execute_input", "stream", "stream", "display_data", "stream", "execute_result"),
        result.outputs().stream().map(FrontEnd.Output::type).toList());
  }

  @Test
  void aLibrarySaysHowItsValuesLook() {
    frontEnd.execute(
        "record Reading(int n) {}\n"
            + "org.affect4j.kernel.JavaKernel.getKernelInstance().getRenderer()\n"
            + "    .createRegistration(Reading.class).preferring(\"text/html\")\n"
            + "    .register((reading, context) -> context.getOutputContainer()\n"
            + "        .putData(\"text/html\", \"<b>\" + reading.n() + \"</b>\"));");
    Result result = frontEnd.execute("new Reading(3)");
    JsonObject data = result.first("execute_result").getAsJsonObject("data");
    assertEquals("<b>3</b>", data.get("text/html").getAsString());
    assertEquals("Reading[n=3]", result.value());
  }

  @Test
  void startupScriptsRunInOrder() {
    assertEquals("12", frontEnd.execute("fromVariable").value());
  }

  @Test
  void noLineIsLostHoweverMuchIsPrinted() {
    Result result =
        frontEnd.execute("for (int i = 0; i < 20000; i++) { System.out.println(\"line \" + i); }");
    String[] lines = result.text("stdout").split("\n");
    assertEquals(20_000, lines.length);
    assertTrue(
        IntStream.range(0, lines.length).allMatch(i -> lines[i].equals("line " + i)),
        "lines are in order");
  }

  @Test
  void errorsNameTheLine() {
    Result exception = frontEnd.execute("int d = 0;\nint e = 1 / d;");
    assertEquals("error", exception.status());
    assertEquals("ArithmeticException", exception.first("error").get("ename").getAsString());
    assertTrue(exception.trace().contains(", line 2"), exception.trace());
    Result compilation = frontEnd.execute("int ok = 1;\nStrin s;");
    assertTrue(compilation.trace().contains("   2 | Strin s;"), compilation.trace());
    assertKept("ok", 1);
  }

  @Test
  void errorsThrownByTheJvmDoNotEndTheKernel() {
    Result overflow = frontEnd.execute("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)");
    assertEquals("StackOverflowError", overflow.first("error").get("ename").getAsString());
    assertEquals("2", frontEnd.execute("1 + 1").value());
  }

  @Test
  void displayGivesAnIdentifierThatUpdates() {
    Result result =
        frontEnd.execute(
            "String shown = display(\"<b>x</b>\", \"text/html\");\n"
                + "updateDisplay(shown, \"y\");\nshown");
    JsonObject first = result.first("display_data");
    String id = first.getAsJsonObject("transient").get("display_id").getAsString();
    assertEquals(id, result.value());
    assertEquals("<b>x</b>", first.getAsJsonObject("data").get("text/html").getAsString());
    JsonObject second = result.first("update_display_data");
    assertEquals(id, second.getAsJsonObject("transient").get("display_id").getAsString());
    assertEquals("y", second.getAsJsonObject("data").get("text/plain").getAsString());
  }

  @Test
  void imagesArePictures() {
    Result result =
        frontEnd.execute("new java.awt.image.BufferedImage(3, 2, 1 /* TYPE_INT_RGB */)");
    String png =
        result.first("execute_result").getAsJsonObject("data").get("image/png").getAsString();
    assertEquals("image, 3 x 2", result.value());
    byte[] bytes = Base64.getDecoder().decode(png);
    assertEquals("PNG", new String(bytes, 1, 3, StandardCharsets.US_ASCII));
  }

  @Test
  void librariesFindTheKernelByReflection() {
    Result result =
        frontEnd.execute(
            "Class.forName(\"org.affect4j.kernel.JavaKernel\", true,\n"
                + "    Thread.currentThread().getContextClassLoader())\n"
                + "  .getMethod(\"getKernelInstance\").invoke(null) != null");
    assertEquals("true", result.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.sleep(60_000);",
        "while (true) {}",
        "while (true) { try { Thread.sleep(9_000); } catch (InterruptedException e) {} }",
        "while (true) { System.out.println(\"much\"); }",
      })
  void interruptEndsTheCellAndKeepsTheSession(String code) throws InterruptedException {
    frontEnd.execute("int before = 5;");
    String id = frontEnd.submit("before = 6; System.out.println(1);\n" + code + "\nbefore = 7;");
    frontEnd.awaitOutput(id, "stream");
    Thread.sleep(200);
    frontEnd.sendControl("interrupt_request");
    Result result = frontEnd.collect(id);
    assertEquals("Interrupted", result.first("error").get("ename").getAsString());
    frontEnd.controlReply();
    assertKept("before", 6);
    assertEquals("ok", frontEnd.execute("System.out.println(before);").status());
  }

  @Test
  void interruptEndsRenderingToo() throws InterruptedException {
    String id =
        frontEnd.submit(
            "new Object() {\n"
                + "  public String toString() {\n"
                + "    System.out.println(1);\n"
                + "    while (true);\n"
                + "  }\n"
                + "}");
    frontEnd.awaitOutput(id, "stream");
    frontEnd.sendControl("interrupt_request");
    Result result = frontEnd.collect(id);
    assertEquals("Interrupted", result.first("error").get("ename").getAsString());
    frontEnd.controlReply();
  }

  @Test
  void cellsQueuedBehindAnErrorDoNotRun() {
    frontEnd.execute("int ran = 0;");
    String failing = frontEnd.submit("Thread.sleep(300); throw new Error();");
    String second = frontEnd.submit("ran = 1;");
    String question = frontEnd.send("is_complete_request", Map.of("code", "1"));
    assertEquals("error", frontEnd.collect(failing).status());
    assertEquals("aborted", frontEnd.collect(second).status());
    assertEquals("complete", frontEnd.reply(question).get("status").getAsString());
    assertKept("ran", 0);
  }

  @Test
  void inputIsAskedForOnlyWhereAllowed() {
    String id = frontEnd.submit("new Scanner(System.in).nextLine()", true);
    frontEnd.awaitInputRequest();
    frontEnd.answer("grüß dich");
    assertEquals("grüß dich", frontEnd.collect(id).value());
    assertEquals("-1", frontEnd.execute("System.in.read()").value());
  }

  @Test
  void interruptEndsWaitingForInput() {
    String id = frontEnd.submit("System.in.read()", true);
    frontEnd.awaitInputRequest();
    frontEnd.sendControl("interrupt_request");
    assertEquals("Interrupted", frontEnd.collect(id).first("error").get("ename").getAsString());
    frontEnd.controlReply();
    // The late answer must not become the answer to the next question.
    frontEnd.answer("late");
    String next = frontEnd.submit("Thread.sleep(200); new Scanner(System.in).nextLine()", true);
    frontEnd.awaitInputRequest();
    frontEnd.answer("in time");
    assertEquals("in time", frontEnd.collect(next).value());
  }

  @Test
  void completionInspectionAndCompleteness() {
    // Positions count characters as people do; the smiley is two in a Java string.
    String code = "/* \ud83d\ude00 */ \"a\".toUpperC";
    int cursor = code.codePointCount(0, code.length());
    JsonObject completed =
        frontEnd.reply(
            frontEnd.send("complete_request", Map.of("code", code, "cursor_pos", cursor)));
    assertEquals("toUpperCase(", completed.getAsJsonArray("matches").get(0).getAsString());
    assertEquals(cursor - "toUpperC".length(), completed.get("cursor_start").getAsInt());
    assertEquals(cursor, completed.get("cursor_end").getAsInt());

    JsonObject inspected =
        frontEnd.reply(
            frontEnd.send(
                "inspect_request",
                Map.of("code", "Math.abs(-1)", "cursor_pos", 6, "detail_level", 0)));
    assertTrue(inspected.get("found").getAsBoolean());
    assertTrue(inspected.toString().contains("int Math.abs(int a)"), inspected.toString());

    assertEquals("    ", isComplete("class A {").get("indent").getAsString());
    assertEquals("complete", isComplete("%jars x.jar\nint i = 1;").get("status").getAsString());
    assertEquals("invalid", isComplete("int = ;").get("status").getAsString());
  }

  private static JsonObject isComplete(String code) {
    return frontEnd.reply(frontEnd.send("is_complete_request", Map.of("code", code)));
  }

  @Test
  void jarsAreVisibleToCodeAndToServiceLoaders() throws IOException {
    Path jars = Files.createDirectory(folder.resolve("jars"));
    try (OutputStream file = Files.newOutputStream(jars.resolve("extra.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("extra/words.txt"));
      jar.write("found".getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    Result result =
        frontEnd.execute(
            "%jars jars/*.jar\n"
                + "new String(Thread.currentThread().getContextClassLoader()\n"
                + "    .getResourceAsStream(\"extra/words.txt\").readAllBytes())");
    assertEquals("found", result.value());
    Result missing = frontEnd.execute("%jars none/*.jar");
    assertTrue(missing.trace().contains("nothing matches 'none/*.jar'"), missing.trace());
  }

  @Test
  void loadRunsAFileInTheSession() throws IOException {
    Files.writeString(folder.resolve("more.java"), "int loaded = 1;\nint wrong = 1 / 0;");
    Result result = frontEnd.execute("%load more.java");
    assertTrue(result.trace().contains("more.java, line 2"), result.trace());
    assertKept("loaded", 1);
    assertTrue(frontEnd.execute("%load none").trace().contains("none"));
    assertTrue(frontEnd.execute("%maven a:b").trace().contains("'a:b' is not a coordinate"));
    assertTrue(frontEnd.execute("%nosuch").trace().contains("%jars"));
  }

  @Test
  void silentRequestsLeaveNoTrace() {
    int count = frontEnd.execute("0").reply().get("execution_count").getAsInt();
    String id =
        frontEnd.send(
            "execute_request",
            Map.of("code", "1", "silent", true, "store_history", false, "allow_stdin", false));
    Result silent = frontEnd.collect(id);
    assertNull(silent.value());
    assertNull(silent.first("execute_input"));
    assertEquals(count + 1, frontEnd.execute("0").reply().get("execution_count").getAsInt());
  }

  @Tag("slow")
  @Test
  void shutdownIsAnsweredAndEndsTheProcess() throws IOException, InterruptedException {
    try (FrontEnd other = new FrontEnd(folder, Map.of("IJAVA_STARTUP_SCRIPT", "int x = ;"))) {
      assertEquals("2", other.execute("1 + 1").value(), "a bad start-up script is no obstacle");
      String id = other.submit("new Thread(() -> { while (true); }).start();");
      assertFalse(other.collect(id).status().isEmpty());
      other.sendControl("shutdown_request");
      assertFalse(other.controlReply().get("restart").getAsBoolean());
      assertTrue(other.awaitExit(), "the process has ended");
    }
  }
}
