package org.affect4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.affect4j.Bundled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final String BEHAVIOUR_FILE = "behaviour/behaviour-v6.onnx";

  /** A folder like the project's models/, whose catalogue was changed by replacing one text. */
  private static ModelStore copy(Path folder, String from, String to) throws IOException {
    Files.createDirectories(folder.resolve("behaviour"));
    Files.copy(Bundled.path("models").resolve(BEHAVIOUR_FILE), folder.resolve(BEHAVIOUR_FILE));
    String catalog = Files.readString(Bundled.path("models/catalog.json"));
    assertTrue(catalog.contains(from), from);
    Files.writeString(folder.resolve("catalog.json"), catalog.replace(from, to));
    return ModelStore.at(folder);
  }

  @Test
  void everyBundledModelOpensAndNamesItsLicenceAndSource() {
    ModelStore store = ModelStore.bundled();
    for (ModelEntry entry : store.catalog().entries()) {
      store.open(entry.name(), 1).close();
      assertFalse(entry.licence().isBlank() || entry.source().isBlank(), entry.name());
      assertFalse(entry.metrics().isEmpty(), entry.name());
    }
  }

  @Test
  void aChangedByteIsRefusedWithBothChecksums(@TempDir Path folder) throws IOException {
    ModelStore store = copy(folder, "version", "version");
    byte[] bytes = Files.readAllBytes(folder.resolve(BEHAVIOUR_FILE));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve(BEHAVIOUR_FILE), bytes);
    String message =
        assertThrows(ModelException.class, () -> store.open(ModelPair.FLOAT32.behaviour(), 1))
            .getMessage();
    assertTrue(
        message.contains(store.catalog().entry(ModelPair.FLOAT32.behaviour()).sha256()), message);
    assertEquals(2, message.split("[0-9a-f]{64}", -1).length - 1, message);
  }

  @Test
  void aMissingFileSaysWhereItBelongs(@TempDir Path folder) throws IOException {
    ModelStore store = copy(folder, "version", "version");
    Path file = folder.resolve(BEHAVIOUR_FILE);
    Files.delete(file);
    String message =
        assertThrows(ModelException.class, () -> store.read(ModelPair.FLOAT32.behaviour()))
            .getMessage();
    assertTrue(message.contains(file.toAbsolutePath().toString()), message);
    assertThrows(NoSuchFileException.class, () -> ModelStore.at(folder.resolve("none")));
  }

  @Test
  void aModelWithAMissingOutputIsRefused(@TempDir Path folder) throws IOException {
    ModelStore store = copy(folder, "\"embedding\":", "\"features\":");
    String message =
        assertThrows(ModelException.class, () -> store.open(ModelPair.FLOAT32.behaviour(), 1))
            .getMessage();
    assertTrue(message.contains("features") && message.contains("embedding"), message);
  }

  @Test
  void brokenCataloguesNameModelAndField(@TempDir Path folder) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> copy(folder, "\"licence\"", "\"license\""))
            .getMessage();
    assertTrue(message.contains("detector-v2") && message.contains("'licence'"), message);
    assertThrows(IllegalArgumentException.class, () -> ModelCatalog.parse("[1, 2]", "a list"));
    assertThrows(IllegalArgumentException.class, () -> ModelCatalog.parse("not json", "text"));
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelCatalog.parse("{\"version\": 2, \"models\": []}", "tomorrow's"));
    assertThrows(
        IllegalArgumentException.class, () -> ModelStore.bundled().catalog().entry("none"));
  }

  @Tag("slow")
  @Test
  void fetchesResumesAndVerifies(@TempDir Path folder, @TempDir Path served) throws Exception {
    byte[] file = Files.readAllBytes(Bundled.path("models").resolve(BEHAVIOUR_FILE));
    List<String> ranges = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(String.valueOf(range));
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - from);
          exchange.getResponseBody().write(file, from, file.length - from);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/behaviour.onnx";
      ModelStore store =
          copy(
              folder,
              "\"file\": \"" + BEHAVIOUR_FILE + "\",",
              "\"file\": \"behaviour/fetched.onnx\", \"url\": \"" + url + "\",");
      Path target = folder.resolve("behaviour/fetched.onnx");
      Files.write(folder.resolve("behaviour/fetched.onnx.part"), Arrays.copyOf(file, 1000));
      List<Long> progress = new ArrayList<>();
      assertEquals(
          target,
          store.fetch(ModelPair.FLOAT32.behaviour(), (bytes, total) -> progress.add(bytes)));
      assertEquals(List.of("bytes=1000-"), ranges);
      assertArrayEquals(file, Files.readAllBytes(target));
      assertEquals(file.length, progress.get(progress.size() - 1));
      assertFalse(Files.exists(folder.resolve("behaviour/fetched.onnx.part")));
      store.fetch(ModelPair.FLOAT32.behaviour(), (bytes, total) -> {});
      assertEquals(1, ranges.size(), "a verified file is not fetched again");

      // A wrong beginning makes the whole wrong: refused, and nothing is left behind.
      Files.delete(target);
      Files.write(folder.resolve("behaviour/fetched.onnx.part"), new byte[1000]);
      assertThrows(
          ModelException.class,
          () -> store.fetch(ModelPair.FLOAT32.behaviour(), (bytes, total) -> {}));
      assertFalse(Files.exists(target));
      assertFalse(Files.exists(folder.resolve("behaviour/fetched.onnx.part")));
    } finally {
      server.stop(0);
    }
    ModelStore offline = ModelStore.at(folder);
    String message =
        assertThrows(
                IOException.class,
                () -> offline.fetch(ModelPair.FLOAT32.behaviour(), (bytes, total) -> {}))
            .getMessage();
    assertTrue(
        message.contains("fetched.onnx") && message.contains("SHA-256") && message.contains("http"),
        message);
    assertThrows(
        ModelException.class,
        () -> ModelStore.bundled().fetch(ModelPair.FLOAT32.behaviour(), (bytes, total) -> {}));
  }

  @Test
  void manyThreadsShareASessionAndClosingWaits() throws Exception {
    OnnxModel model = ModelStore.bundled().open(ModelPair.FLOAT32.behaviour(), 1);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    List<Future<List<float[]>>> runs = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      float value = i % 3 - 1;
      runs.add(
          executor.submit(
              () ->
                  model.run(
                      1,
                      112,
                      112,
                      input -> {
                        while (input.hasRemaining()) {
                          input.putFloat(value);
                        }
                      })));
    }
    for (int i = 0; i < runs.size(); i++) {
      assertArrayEquals(runs.get(i % 3).get().get(3), runs.get(i).get().get(3), 1e-5f);
    }
    model.close();
    model.close();
    executor.shutdown();
    assertThrows(IllegalStateException.class, () -> model.run(1, 112, 112, input -> {}));
  }
}
