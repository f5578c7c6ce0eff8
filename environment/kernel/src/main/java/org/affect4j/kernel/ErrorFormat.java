package org.affect4j.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;

/** Words errors so that they point at the line of the cell. */
final class ErrorFormat {
  private static final String RED = "\u001b[1;31m";
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";
  private static final int MAX_FRAMES = 30;

  private ErrorFormat() {}

  /**
   * Where a piece of code came from.
   *
   * @param name "cell 3", or the name of a loaded file
   * @param firstLine the line of the first character, counted from 1
   */
  record Place(String name, int firstLine) {
    String line(int lineOfPiece) {
      return name + ", line " + (firstLine + lineOfPiece - 1);
    }

    /** The place of what follows the first {@code length} characters of {@code code}. */
    Place after(String code, int length) {
      return new Place(name, firstLine + lineAt(code, length) - 1);
    }
  }

  /** The first errors of a compilation, each with its line and a marker below it. */
  static CellFailure compilation(List<Diag> diagnostics, String code, Place place) {
    List<String> trace = new ArrayList<>();
    String summary = null;
    for (Diag diagnostic : diagnostics) {
      if (!diagnostic.isError()) {
        continue;
      }
      String message = withoutShellNames(diagnostic.getMessage(Locale.ROOT));
      int start = (int) Math.max(0, Math.min(diagnostic.getStartPosition(), code.length()));
      int end = (int) Math.max(start, Math.min(diagnostic.getEndPosition(), code.length()));
      // An error at the very end, such as a missing brace, is shown at the last character.
      if (start == code.length() && start > 0) {
        start = code.stripTrailing().length() - 1;
        end = start + 1;
      }
      if (summary == null) {
        String words = message.lines().map(String::strip).collect(Collectors.joining("; "));
        summary = place.line(lineAt(code, start)) + ": " + (words.isEmpty() ? "error" : words);
      }
      trace.addAll(marked(code, start, end, place));
      message.lines().forEach(text -> trace.add(RED + text + RESET));
    }
    if (summary == null) {
      summary = place.line(1) + ": the code is not complete";
      trace.add(RED + summary + RESET);
    }
    return new CellFailure("CompilationError", summary, trace);
  }

  /** A declaration that mentions something that nobody declared, such as {@code class Strin}. */
  static CellFailure unresolved(String missing, String code, Place place) {
    String word = missing.substring(missing.lastIndexOf(' ') + 1).replaceAll("\\(.*", "");
    int start = Math.max(0, code.indexOf(word));
    String where = place.line(lineAt(code, start));
    List<String> trace = new ArrayList<>(marked(code, start, start + word.length(), place));
    trace.add(RED + "cannot find " + missing + RESET);
    return new CellFailure("CompilationError", where + ": cannot find " + missing, trace);
  }

  /** The line of a character, counted from 1. */
  private static int lineAt(String code, int offset) {
    return 1 + (int) code.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  /** Leaves out the lines that name nothing but the hidden class around a statement. */
  private static String withoutShellNames(String message) {
    return message
        .lines()
        .filter(line -> !line.strip().equals("location: class"))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /** The place of an error, its line, and a marker below it. */
  private static List<String> marked(String code, int start, int end, Place place) {
    int number = lineAt(code, start);
    int lineStart = code.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = code.indexOf('\n', start);
    String line = code.substring(lineStart, lineEnd < 0 ? code.length() : lineEnd);
    int column = start - lineStart;
    int width = Math.max(1, Math.min(end - start, line.length() - column));
    String gutter = String.format(Locale.ROOT, "%4d | ", place.firstLine() + number - 1);
    // Tabs are kept, so that the marker stands below the code at any tab width.
    String indent = line.substring(0, column).replaceAll("[^\t]", " ");
    return List.of(
        RED + "error" + RESET + " in " + BOLD + place.line(number) + RESET,
        gutter + line,
        " ".repeat(gutter.length() - 2) + "| " + indent + RED + "^".repeat(width) + RESET);
  }

  /**
   * An exception of the user's code.
   *
   * @param places finds the place of a piece of code by the number that the shell gave it
   */
  static CellFailure exception(EvalException exception, Function<String, Place> places) {
    List<String> trace = new ArrayList<>();
    Throwable current = exception;
    while (current != null) {
      String name =
          current instanceof EvalException e
              ? e.getExceptionClassName()
              : current.getClass().getName();
      String message = current.getMessage();
      String words = message == null || message.isEmpty() ? "" : ": " + message;
      trace.add((current == exception ? "" : "Caused by: ") + RED + name + RESET + words);
      trace.addAll(frames(current.getStackTrace(), places));
      current = current.getCause();
    }
    String name = exception.getExceptionClassName();
    String message = exception.getMessage();
    return new CellFailure(simpleName(name), message == null ? "" : message, trace);
  }

  /** An exception of a magic; its stack says nothing about the cell. */
  static CellFailure magic(String magic, Throwable thrown, Place place) {
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    List<String> trace = new ArrayList<>();
    trace.add(RED + magic + RESET + " in " + BOLD + place.line(1) + RESET);
    message.lines().forEach(trace::add);
    return new CellFailure(thrown.getClass().getSimpleName(), message, trace);
  }

  static CellFailure interrupted(Place place) {
    String message = "the cell was interrupted; what earlier statements set is kept";
    return new CellFailure(
        "Interrupted", message, List.of(RED + place.line(1) + RESET + ": " + message));
  }

  static CellFailure timedOut(Place place) {
    String message = "a statement took longer than IJAVA_TIMEOUT allows and was ended";
    return new CellFailure(
        "TimeoutException", message, List.of(RED + place.line(1) + RESET + ": " + message));
  }

  /** Frames down to the last one of a cell; what is below belongs to the kernel. */
  private static List<String> frames(StackTraceElement[] stack, Function<String, Place> places) {
    int last = -1;
    for (int i = 0; i < stack.length; i++) {
      if (placeOf(stack[i], places) != null) {
        last = i;
      }
    }
    int count = last < 0 ? Math.min(stack.length, MAX_FRAMES) : last + 1;
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (count > MAX_FRAMES && i == MAX_FRAMES / 2) {
        int skipped = count - MAX_FRAMES;
        frames.add("    … " + skipped + " more");
        i += skipped;
      }
      frames.add("    at " + frame(stack[i], places));
    }
    return frames;
  }

  private static String frame(StackTraceElement element, Function<String, Place> places) {
    Place place = placeOf(element, places);
    if (place == null) {
      String file = element.getFileName() == null ? "unknown source" : element.getFileName();
      String line = element.getLineNumber() < 0 ? "" : ":" + element.getLineNumber();
      return element.getClassName() + "." + element.getMethodName() + "(" + file + line + ")";
    }
    String where = BOLD + place.line(element.getLineNumber()) + RESET;
    String type = element.getClassName();
    String method = element.getMethodName();
    String called = type.isEmpty() || method.isEmpty() ? type + method : type + "." + method;
    return called.isEmpty() ? where : called + " (" + where + ")";
  }

  private static Place placeOf(StackTraceElement element, Function<String, Place> places) {
    String file = element.getFileName();
    return file != null && file.startsWith("#") ? places.apply(file.substring(1)) : null;
  }

  private static String simpleName(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }
}
