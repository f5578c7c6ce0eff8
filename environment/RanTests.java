import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ends the build where a class of tests ran none, and names what was skipped and why: run by Maven
 * after the tests of each module, with the module's target folder, the value of {@code -Dtest} and
 * the groups of tests that were left out.
 */
class RanTests {
  private static final Pattern RAN = Pattern.compile("<testsuite [^>]*\\btests=\"(\\d+)\"");
  /** A reason given by the annotation, or by the exception that gave the test up. */
  private static final Pattern SKIPPED =
      Pattern.compile(
          "<skipped(?: message=\"([^\"]*)\"/?>|[^>]*><!\\[CDATA\\[[\\w.]*(?:Exception)?:? ?([^\n]*))");

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Path classes = target.resolve("test-classes");
    if (!Files.isDirectory(classes)) {
      return;
    }
    // Maven hands on the name of a property that is not set.
    boolean all = arguments[1].startsWith("${") && arguments[2].isBlank();
    TreeSet<String> none = new TreeSet<>();
    TreeMap<String, Integer> skipped = new TreeMap<>();
    for (Path file : testClasses(classes)) {
      String path = classes.relativize(file).toString();
      String name = path.substring(0, path.length() - ".class".length()).replaceAll("[/\\\\]", ".");
      Path report = target.resolve("surefire-reports/TEST-" + name + ".xml");
      // An older report belongs to an older state of the class.
      boolean fresh =
          Files.exists(report)
              && Files.getLastModifiedTime(report).compareTo(Files.getLastModifiedTime(file)) >= 0;
      String text = fresh ? Files.readString(report) : "";
      Matcher ran = RAN.matcher(text);
      if (ran.find() ? ran.group(1).equals("0") : all) {
        none.add(name);
      }
      for (Matcher m = SKIPPED.matcher(text); m.find(); ) {
        String why = m.group(1) == null ? m.group(2) : m.group(1);
        skipped.merge(name + ": " + why, 1, Integer::sum);
      }
    }
    skipped.forEach((what, tests) -> System.out.println("NOT RUN, " + tests + " of " + what));
    if (!none.isEmpty()) {
      System.out.println("these classes ran no test; give them one or take them out:");
      none.forEach(name -> System.out.println("  " + name));
      System.exit(1);
    }
  }

  private static List<Path> testClasses(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.getFileName().toString().matches("[^$]*Test\\.class")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
