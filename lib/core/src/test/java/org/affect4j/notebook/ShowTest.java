package org.affect4j.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.affect4j.chart.Charts;
import org.affect4j.chart.Overlay;
import org.affect4j.chart.Picture;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ShowTest {
  private static final String RAPAIO = "org.rapaio.jupyter.kernel.MainApp";

  /** Class and static member that give the running kernel. */
  private static final Map<String, String> ENTRANCES =
      Map.of(
          "org.affect4j.kernel.JavaKernel",
          "getKernelInstance",
          "io.github.spencerpark.ijava.IJava",
          "getKernelInstance",
          "org.dflib.jjava.jupyter.kernel.BaseKernel",
          "notebookKernel",
          "org.dflib.jjava.JJava",
          "getKernelInstance",
          RAPAIO,
          "kernel");

  @TempDir static Path kernels;

  @Test
  void picturesBecomePngWithWords() {
    Picture picture = Charts.bars("t", "y", List.of("a"), new double[] {1}, 0, 1);
    Bundle bundle = Show.bundle(picture);
    assertArrayEquals(picture.png(), Base64.getDecoder().decode(bundle.data().get(Bundle.PNG)));
    assertTrue(bundle.text().contains("a 1.00"), bundle.text());
    assertEquals(
        Map.of("width", 860, "height", 460, "alt", picture.description()), bundle.metadata());
    assertEquals(1720, picture.width(), "twice the pixels on the same room");
    assertTrue(Html.of(picture).markup().contains(" width=\"860\" "));
    FaceImage photo = FaceImage.plain(5, 4, 0);
    for (Object value :
        List.of(photo, Overlay.on(photo), new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB))) {
      assertTrue(Show.bundle(value).data().containsKey(Bundle.PNG), value.toString());
    }
  }

  @Test
  void textStaysTextAndHtmlStaysHtml() {
    assertEquals(Map.of(Bundle.PLAIN, "<b>no</b>"), Show.bundle("<b>no</b>").data());
    assertEquals(Map.of(Bundle.PLAIN, "[1, 2]"), Show.bundle(List.of(1, 2)).data());
    assertEquals("<b>yes</b>", Show.bundle(new Html("<b>yes</b>")).data().get(Bundle.HTML));
    assertThrows(NullPointerException.class, () -> Show.bundle(null));
    String lines = Show.bundle("line\n".repeat(500)).text();
    assertTrue(lines.endsWith("line\n… 440 more lines"), lines);
    String letters = Show.bundle("x".repeat(12_000)).text();
    assertTrue(letters.endsWith("x … 2,000 more characters"), letters.substring(9_000));
  }

  @Test
  void tablesAreEscapedRoundedAndCutOff() {
    int rows = 23;
    StringColumn names = StringColumn.create("<name>");
    DoubleColumn scores = DoubleColumn.create("score");
    IntColumn counts = IntColumn.create("count");
    for (int i = 0; i < rows; i++) {
      names.append("<script>alert(" + i + ")</script>");
      scores.append(i == 1 ? Double.NaN : .123456);
      counts.append(i);
    }
    Table table = Table.create("a & b", names, scores, counts);
    Bundle bundle = Show.bundle(table);
    String html = bundle.data().get(Bundle.HTML);
    assertFalse(html.contains("<script>"));
    assertTrue(html.contains("&lt;script&gt;alert(0)"));
    assertTrue(html.contains("&lt;name&gt;"));
    assertTrue(html.contains("a &amp; b"));
    assertTrue(html.contains("text-align:right\">0.123<"));
    assertFalse(html.contains("0.1234"));
    assertFalse(html.contains("NaN"), "missing values are empty");
    assertTrue(html.contains("… 3 more rows"));
    assertFalse(html.contains("alert(20)"));
    assertTrue(bundle.text().contains("… 3 more rows"));
    assertTrue(bundle.text().contains(" 0.123 "), "texts have the same decimals");
    assertTrue(html.startsWith("<div style=\"max-width:100%;overflow-x:auto\">"), "wide tables");
    assertEquals(rows, table.rowCount());
    assertTrue(
        Show.bundle(scores).data().get(Bundle.HTML).contains("… 3 more rows"),
        "columns are tables too");
    assertEquals("%.0f", TableHtml.format(75, 3), "counts have no decimals");
    assertEquals("%.3f", TableHtml.format(.0003, .5), "one column, one way of writing");
    assertEquals("%.6f", TableHtml.format(.0003, .0001));
    assertEquals("0.000", TableHtml.number("%.3f", -.0001));
    assertFalse(Show.bundle(Table.create("empty")).text().isEmpty());
  }

  @Test
  void numbersOfEmbeddingsAreCountedNotShown() {
    FaceTable faces =
        FaceTable.ofNumbers(
            List.of("a.jpg"), List.of("au12", "e000", "e001"), new double[][] {{.5, 7, 8}});
    String text = Show.bundle(faces).text();
    assertTrue(text.contains("(2 numbers of each face not shown)"), text);
    assertTrue(text.contains("au12") && !text.contains("e001"), text);
  }

  @Test
  void picturesStandSideBySide() {
    FaceImage photo = FaceImage.plain(5, 4, 0);
    Bundle row = Show.rowBundle(List.of(photo, Picture.of(photo)));
    assertEquals(2, row.data().get(Bundle.HTML).split("data:image/png;base64,").length - 1);
    assertTrue(row.data().get(Bundle.HTML).contains("flex-wrap:wrap"), "narrow screens");
    assertEquals(Picture.of(photo).description(), Show.bundle(photo).metadata().get("alt"));
    assertEquals(row, Show.bundle(List.of(photo, Picture.of(photo))));
    assertThrows(IllegalArgumentException.class, () -> Show.rowBundle(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Show.rowBundle(List.of("no picture")));
  }

  @Test
  void descriptionsOfPicturesAreEscaped() {
    Picture picture = Charts.bars("\"<t>\"", "y", List.of("a"), new double[] {1}, 0, 1);
    String html = Html.of(picture).markup();
    assertFalse(html.contains("<t>"), html.substring(0, 200));
    assertTrue(html.contains("&quot;&lt;t&gt;&quot;"), html.substring(0, 200));
  }

  @Test
  void printsWordsWithoutKernel() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Front.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .show(Show.bundle(FaceImage.plain(5, 4, 0)));
    assertTrue(bytes.toString(StandardCharsets.UTF_8).startsWith("Photo, 5 x 4 pixels"));
    assertTrue(KernelFront.find(KernelFront.loaders()).isEmpty());
  }

  @Test
  void findsEachKindOfKernel() throws Exception {
    for (String type : ENTRANCES.keySet()) {
      try (OneKernel loader = new OneKernel(kernels, type)) {
        Front front = KernelFront.find(List.of(loader)).orElseThrow();
        front.show(Bundle.html("<i>x</i>", "x"));
        front.show(Bundle.plain("0"), "place");
        front.update(Bundle.plain("1"), "place");
        front.show(new Bundle(Map.of(Bundle.PLAIN, "p"), Map.of("width", 7)));
        assertEquals(
            List.of(
                "show null {text/html=<i>x</i>, text/plain=x}",
                "show place {text/plain=0}",
                "update place {text/plain=1}",
                "show null {image/png has={width=7}, text/plain=p}"),
            log(loader),
            type);
      }
    }
  }

  @Test
  void aKernelThatDoesNotRunIsNone() throws Exception {
    for (String type : ENTRANCES.keySet()) {
      try (OneKernel loader = new OneKernel(kernels, type)) {
        Class<?> log = Class.forName("fake.Log", true, loader);
        log.getField("kernel").set(null, null);
        log.getField("rapaio").set(null, null);
        assertTrue(KernelFront.find(List.of(loader)).isEmpty(), type);
      }
    }
  }

  @Test
  void showsThroughAKernelThatOnlyTheParentLoaderKnows() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (OneKernel kernel = new OneKernel(kernels, "io.github.spencerpark.ijava.IJava");
        URLClassLoader cell = new URLClassLoader(classPath(), kernel)) {
      Thread.currentThread().setContextClassLoader(null);
      Class<?> show = Class.forName("org.affect4j.notebook.Show", true, cell);
      assertEquals(cell, show.getClassLoader());
      show.getMethod("show", Object.class).invoke(null, "hello");
      assertEquals(List.of("show null {text/plain=hello}"), log(kernel));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Knows one kind of kernel and hides the others. */
  private static final class OneKernel extends URLClassLoader {
    private final String type;

    OneKernel(Path classes, String type) throws IOException {
      super(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
      this.type = type;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.equals(type) && ENTRANCES.containsKey(name)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }

  private static URL[] classPath() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static List<?> log(ClassLoader loader) throws ReflectiveOperationException {
    return (List<?>) Class.forName("fake.Log", true, loader).getField("LINES").get(null);
  }

  /** Kernels in the shape of the IJava family, compiled here so that no real one is needed. */
  @BeforeAll
  static void compileKernels() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    sources.put(
        "Log.java",
        """
        package fake;
        public class Log {
          public static final java.util.List<String> LINES = new java.util.ArrayList<>();
          public static Base kernel = new Hidden();
          public static Rapaio rapaio = new Rapaio();
        }
        class Hidden extends Base {
          @Override public void display(DisplayData d) { super.display(d); }
        }
        """);
    sources.put(
        "DisplayData.java",
        """
        package fake;
        public class DisplayData {
          public final java.util.Map<String, Object> data = new java.util.TreeMap<>();
          public String id;
          public void putData(String mime, Object content) { data.put(mime, content); }
          public void putMetaData(String mime, Object value) { data.put(mime + " has", value); }
          public void setDisplayId(String id) { this.id = id; }
        }
        """);
    sources.put(
        "Base.java",
        """
        package fake;
        public class Base {
          public static class Stream {
            public void updateDisplay(DisplayData d) {
              Log.LINES.add("update " + d.id + " " + d.data);
            }
          }
          public static class Io { public final Stream display = new Stream(); }
          public void display(DisplayData d) { Log.LINES.add("show " + d.id + " " + d.data); }
          public Io getIO() { return new Io(); }
        }
        """);
    sources.put(
        "Rapaio.java",
        """
        package fake;
        public class Rapaio {
          public static class Data extends DisplayData {
            protected Data() {}
            public static Data fromText(String text) {
              Data data = new Data();
              data.putData("text/plain", text);
              return data;
            }
          }
          public void display(Data d) { Log.LINES.add("show " + d.id + " " + d.data); }
          public void updateDisplay(Data d) { Log.LINES.add("update " + d.id + " " + d.data); }
        }
        """);
    sources.put(
        "MainApp.java",
        """
        package org.rapaio.jupyter.kernel;
        public class MainApp { public static final fake.Rapaio kernel = fake.Log.rapaio; }
        """);
    ENTRANCES.forEach(
        (type, method) -> {
          if (type.equals(RAPAIO)) {
            return;
          }
          int dot = type.lastIndexOf('.');
          String name = type.substring(dot + 1);
          sources.put(
              name + ".java",
              "package %s; public class %s { public static fake.Base %s() { return fake.Log.kernel; } }"
                  .formatted(type.substring(0, dot), name, method));
        });
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", kernels.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      arguments.add(
          Files.writeString(kernels.resolve(source.getKey()), source.getValue()).toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, code, "the fake kernels do not compile");
  }
}
