package org.affect4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.ijava.IJava;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.affect4j.chart.Charts;
import org.affect4j.chart.Overlay;
import org.affect4j.chart.Picture;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Face;
import org.affect4j.face.ValenceArousal;
import org.affect4j.face.internal.Rendering;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class LastValuesTest {
  private static final Behaviour HAPPY =
      new Behaviour(
          new double[] {0, 0, 0, 0, 1, 0, 0},
          new double[17],
          new ValenceArousal(.5, .25),
          new float[256]);

  private IJava.Kernel kernel;

  @BeforeEach
  void start() {
    kernel = IJava.start();
    ServiceLoader.load(Rendering.class).forEach(Rendering::register);
  }

  @AfterEach
  void stop() {
    IJava.stop();
  }

  @Tag("slow")
  @Test
  void picturesAreThoseThatShowShows() {
    FaceImage photo = FaceImage.plain(5, 4, 0);
    Picture chart = Charts.bars("t", "y", List.of("a"), new double[] {1}, 0, 1);
    for (Object value : List.of(photo, chart, Overlay.on(photo))) {
      Bundle shown = Show.bundle(value);
      Map<String, Object> expected = new TreeMap<>(shown.data());
      expected.put("metadata of image/png", shown.metadata());
      assertEquals(expected, new TreeMap<>(kernel.render(value)));
    }
    assertTrue(html(List.of(photo, chart)).contains("data:image/png"), "a list of pictures");
  }

  @Test
  void tablesAreThoseThatShowShows() {
    Table table = Table.create("t", IntColumn.create("a", 1, 2));
    for (Object value : List.of(table, table.column("a"), FaceTable.of(table))) {
      assertEquals(Show.bundle(value).data(), kernel.render(value));
      assertTrue(html(value).contains("<table>"), html(value));
    }
    assertEquals("<b>x</b>", html(new Html("<b>x</b>")));
    HtmlContent other = () -> "<i>of another module</i>";
    assertEquals("<i>of another module</i>", html(other));
    assertEquals(other.toString(), Show.bundle(other).text());
  }

  @Test
  void facesAndTheirBehaviourAreTables() {
    assertTrue(html(HAPPY).contains(">happiness</td>"), html(HAPPY));
    assertTrue(html(HAPPY).contains(">AU26, "), html(HAPPY));
    assertTrue(html(HAPPY).contains(">arousal</td>"), "no output is cut off");
    Face face = new Face(3, Optional.empty(), HAPPY);
    assertTrue(html(face).contains("<caption>face 3</caption>"), html(face));
    String faces = html(List.of(face, new Face(4, Optional.empty(), HAPPY)));
    assertEquals(3, faces.split("<tr>").length - 1, "a header and two faces");
    assertTrue(faces.contains(">p_happiness</th>"), faces);
    assertFalse(faces.contains(">e000</th>"), "embeddings are for computing");
    assertEquals(Show.bundle(face).data(), kernel.render(face));
  }

  @Test
  void whatIsNotOursStaysTheText() {
    for (Object value : List.of(List.of(), List.of(1, 2), Set.of("<b>"), List.of(HAPPY, 1), "x")) {
      assertEquals(Map.of("text/plain", value.toString()), kernel.render(value));
    }
  }

  @Test
  void theFirstUseOfTheLibraryRegisters() throws Exception {
    IJava.stop();
    for (Class<?> used :
        List.of(FaceImage.class, Picture.class, FaceTable.class, Behaviour.class)) {
      try (URLClassLoader fresh = loader()) {
        Class<?> entrance = Class.forName(IJava.class.getName(), true, fresh);
        Object running = entrance.getMethod("start").invoke(null);
        Class.forName(used.getName(), true, fresh);
        Iterable<?> types = (Iterable<?>) running.getClass().getMethod("types").invoke(running);
        assertTrue(
            StreamSupport.stream(types.spliterator(), false)
                .anyMatch(type -> ((Class<?>) type).getName().equals(used.getName())),
            used.getName());
      }
    }
  }

  @Test
  void aKernelOfAnotherShapeDoesNoHarm() throws Exception {
    IJava.stop();
    try (URLClassLoader fresh = loader()) {
      Class<?> entrance = Class.forName(IJava.class.getName(), true, fresh);
      Object running = entrance.getMethod("start").invoke(null);
      running.getClass().getMethod("forgetRenderer").invoke(running);
      Class<?> image = Class.forName(FaceImage.class.getName(), true, fresh);
      assertEquals(fresh, image.getClassLoader());
    }
  }

  /** Loads everything anew, as a notebook does. */
  private static URLClassLoader loader() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private String html(Object value) {
    return String.valueOf(kernel.render(value).get(Bundle.HTML));
  }
}
