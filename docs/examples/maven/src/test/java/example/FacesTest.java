package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FacesTest {
  @Test
  void aFaceIsFoundWithTheModelsOfTheJar() throws Exception {
    String where = ModelStore.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertTrue(where.endsWith(".jar"), where);
    assertEquals(1, Faces.of(Path.of(System.getProperty("photo"))).size());
  }

  @Test
  void theBindingOfThisProjectLogs() {
    assertEquals(
        "org.slf4j.simple.SimpleLogger", LoggerFactory.getLogger("any").getClass().getName());
  }
}
