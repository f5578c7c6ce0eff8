package org.affect4j.kernel;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.affect4j.kernel.ErrorFormat.Place;

/** The Java session: what cells declared, evaluated by JShell inside this JVM. */
final class JavaShell {
  /** Those of IJava, so that a notebook that runs here runs there. */
  private static final List<String> DEFAULT_IMPORTS =
      List.of(
          "import java.io.*;",
          "import java.math.*;",
          "import java.net.*;",
          "import java.util.*;",
          "import java.util.concurrent.*;",
          "import java.util.prefs.*;",
          "import java.util.regex.*;",
          "import static " + Notebook.class.getName() + ".*;");

  private static final Pattern TAG = Pattern.compile("<[^>]+>");
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+([^}]*)}");
  private static final int MAX_DOCUMENTED = 6;

  private final CellExecution execution;
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  JavaShell(KernelSettings settings) {
    CellClassLoader loader = new CellClassLoader(JavaShell.class.getClassLoader());
    this.execution = new CellExecution(loader, settings.statementTimeout());
    this.shell =
        JShell.builder()
            .executionEngine(new Provider(execution), Map.of())
            .compilerOptions(settings.compilerOptions().toArray(String[]::new))
            .build();
    this.analysis = shell.sourceCodeAnalysis();
    DEFAULT_IMPORTS.forEach(shell::eval);
  }

  /**
   * Evaluates code statement by statement.
   *
   * @return the value of the last statement if it is an expression, else null
   * @throws CellFailure at the first statement that fails; earlier ones keep their effect
   */
  Object evaluate(String code, Place place) throws CellFailure {
    Object value = null;
    Map<Snippet, Place> declared = new LinkedHashMap<>();
    String rest = code;
    while (!rest.isBlank()) {
      int blank = rest.length() - rest.stripLeading().length();
      Place here = place.after(code, code.length() - rest.length() + blank);
      rest = rest.substring(blank);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      boolean whole = info.completeness().isComplete() && info.source() != null;
      String statement = whole ? info.source() : rest;
      rest = whole ? info.remaining() : "";
      checkInterrupt(here);
      value = evaluateStatement(statement, here, declared);
    }
    checkUnresolved(declared);
    return value;
  }

  private Object evaluateStatement(String statement, Place place, Map<Snippet, Place> declared)
      throws CellFailure {
    execution.forgetValues();
    Object value = null;
    for (SnippetEvent event : evaluateRemembering(statement, place)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      Snippet snippet = event.snippet();
      if (event.status() == Status.REJECTED) {
        throw ErrorFormat.compilation(shell.diagnostics(snippet).toList(), snippet.source(), place);
      }
      if (execution.timedOut()) {
        throw ErrorFormat.timedOut(place);
      }
      checkInterrupt(place);
      if (event.exception() != null) {
        throw failure(event.exception(), place);
      }
      if (snippet instanceof DeclarationSnippet) {
        declared.put(snippet, place);
      }
      value = hasResult(snippet) ? execution.take(event.value()) : null;
    }
    return value;
  }

  private List<SnippetEvent> evaluateRemembering(String statement, Place place) {
    List<SnippetEvent> events = shell.eval(statement);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        places.put(event.snippet().id(), place);
      }
    }
    return events;
  }

  private static boolean hasResult(Snippet snippet) {
    return snippet.subKind() == SubKind.VAR_VALUE_SUBKIND
        || snippet.subKind() == SubKind.OTHER_EXPRESSION_SUBKIND
        || snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private CellFailure failure(JShellException exception, Place place) {
    if (exception instanceof EvalException e) {
      return ErrorFormat.exception(e, places::get);
    }
    if (exception instanceof UnresolvedReferenceException e) {
      String message =
          label(e.getSnippet()) + " cannot run before this is declared: " + missing(e.getSnippet());
      return new CellFailure(
          "UnresolvedReference", message, List.of(place.line(1) + ": " + message));
    }
    return ErrorFormat.magic("evaluation", exception, place);
  }

  /**
   * Looks at declarations that mention something unknown once the whole cell has run, because
   * methods may call each other in any order.
   */
  private void checkUnresolved(Map<Snippet, Place> declared) throws CellFailure {
    for (Map.Entry<Snippet, Place> entry : declared.entrySet()) {
      Status status = shell.status(entry.getKey());
      if (status != Status.RECOVERABLE_DEFINED && status != Status.RECOVERABLE_NOT_DEFINED) {
        continue;
      }
      DeclarationSnippet snippet = (DeclarationSnippet) entry.getKey();
      if (snippet instanceof VarSnippet) {
        throw ErrorFormat.unresolved(missing(snippet), snippet.source(), entry.getValue());
      }
      System.err.println(
          "note: "
              + label(snippet)
              + " cannot be used before this is declared: "
              + missing(snippet));
    }
  }

  private static String label(DeclarationSnippet snippet) {
    return snippet.kind().name().toLowerCase(Locale.ROOT).replace("_decl", "")
        + " "
        + snippet.name();
  }

  private String missing(DeclarationSnippet snippet) {
    List<String> names = shell.unresolvedDependencies(snippet).toList();
    if (!names.isEmpty()) {
      return String.join(", ", names);
    }
    return shell
        .diagnostics(snippet)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT).lines().findFirst().orElse(""))
        .collect(Collectors.joining(", "));
  }

  private void checkInterrupt(Place place) throws CellFailure {
    if (execution.interrupted()) {
      throw ErrorFormat.interrupted(place);
    }
  }

  /** Makes ready for the next cell: an interrupt of the last one no longer counts. */
  void beginCell() {
    execution.beginCell();
  }

  boolean interrupted() {
    return execution.interrupted();
  }

  /** Ends the running cell; harmless if none runs. */
  void interrupt() {
    execution.stop();
  }

  /** Runs kernel work on behalf of a cell where an interrupt can end it. */
  Object callInterruptibly(CellExecution.Task task)
      throws InvocationTargetException, ExecutionControl.StoppedException {
    return execution.call(task);
  }

  void addToClassPath(Collection<Path> paths) {
    // One call for all: the shell looks through its whole class path again after each.
    shell.addToClasspath(
        paths.stream()
            .map(path -> path.toAbsolutePath().normalize().toString())
            .collect(Collectors.joining(File.pathSeparator)));
  }

  /** Whether the code could be run as it is: nothing is left open at its end. */
  boolean isFinished(String code) {
    return completeness(code) == Completeness.COMPLETE;
  }

  /** {@code COMPLETE}, {@code DEFINITELY_INCOMPLETE} or {@code UNKNOWN} (does not parse). */
  Completeness completeness(String code) {
    String rest = code;
    while (!rest.isBlank()) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY:
          return Completeness.COMPLETE;
        case DEFINITELY_INCOMPLETE:
        case CONSIDERED_INCOMPLETE:
          return Completeness.DEFINITELY_INCOMPLETE;
        case UNKNOWN:
          return Completeness.UNKNOWN;
        default:
          rest = info.remaining();
      }
    }
    return Completeness.COMPLETE;
  }

  /** What could be written at the cursor, and where it starts. */
  record Completions(List<String> texts, int start) {}

  Completions complete(String code, int cursor) {
    int start = statementStart(code, cursor);
    Completions found = complete(code, start, cursor);
    // Names declared earlier in this very cell are only known when all of it is looked at.
    return found.texts().isEmpty() && start > 0 ? complete(code, 0, cursor) : found;
  }

  private Completions complete(String code, int start, int cursor) {
    int[] anchor = {0};
    List<Suggestion> suggestions =
        analysis.completionSuggestions(code.substring(start, cursor), cursor - start, anchor);
    Set<String> texts = new LinkedHashSet<>();
    suggestions.stream()
        .filter(Suggestion::matchesType)
        .forEach(suggestion -> texts.add(suggestion.continuation()));
    suggestions.forEach(suggestion -> texts.add(suggestion.continuation()));
    return new Completions(List.copyOf(texts), start + anchor[0]);
  }

  /** Signatures and documentation of what stands at the cursor; empty if nothing is known. */
  String document(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int start = statementStart(code, end);
    List<Documentation> found = List.of();
    if (end < code.length() && code.charAt(end) == '(') {
      found = documentation(code, start, end + 1);
    }
    if (found.isEmpty()) {
      found = documentation(code, start, end);
    }
    return found.stream()
        .limit(MAX_DOCUMENTED)
        .map(each -> each.signature() + "\n" + plain(each.javadoc()))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private List<Documentation> documentation(String code, int start, int cursor) {
    return analysis.documentation(code.substring(start, cursor), cursor - start, true);
  }

  private static String plain(String javadoc) {
    if (javadoc == null || javadoc.isBlank()) {
      return "";
    }
    String text = INLINE_TAG.matcher(TAG.matcher(javadoc).replaceAll("")).replaceAll("$1");
    return text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .lines()
            .map(line -> "    " + line.strip())
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  /** Where the statement begins that holds the cursor. */
  private int statementStart(String code, int cursor) {
    int start = 0;
    while (true) {
      String rest = code.substring(start, cursor);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      String remaining = info.remaining();
      if (!info.completeness().isComplete() || remaining == null || remaining.isBlank()) {
        return start;
      }
      start = cursor - remaining.length();
    }
  }

  private record Provider(CellExecution execution) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "cell";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return execution;
    }
  }
}
