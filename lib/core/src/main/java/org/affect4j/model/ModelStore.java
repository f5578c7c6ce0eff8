package org.affect4j.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Where the files of a catalogue's models are: inside the library's jar, or in a folder.
 *
 * <p>Every read is verified against the catalogue's SHA-256. Nothing is ever downloaded except by
 * {@link #fetch}. Immutable and thread-safe.
 */
public final class ModelStore {
  static final String CATALOG = "catalog.json";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final int CHUNK_BYTES = 1 << 16;

  private final ModelCatalog catalog;
  private final Optional<Path> folder;

  private ModelStore(ModelCatalog catalog, Optional<Path> folder) {
    this.catalog = catalog;
    this.folder = folder;
  }

  /**
   * Returns the models inside the library's jar: always there, offline.
   *
   * @return the bundled models
   */
  public static ModelStore bundled() {
    return Bundled.STORE;
  }

  /** Read once. */
  private static final class Bundled {
    static final ModelStore STORE =
        new ModelStore(
            ModelCatalog.parse(
                new String(resource(CATALOG), StandardCharsets.UTF_8), "the bundled " + CATALOG),
            Optional.empty());
  }

  /** A store of one file. */
  static ModelStore of(Path folder, ModelEntry entry) {
    return new ModelStore(new ModelCatalog(List.of(entry)), Optional.of(folder));
  }

  /** The same store with one model alone, of which something else is said. */
  ModelStore with(ModelEntry entry) {
    return new ModelStore(new ModelCatalog(List.of(entry)), folder);
  }

  /**
   * Returns the models of a folder.
   *
   * @param folder folder that holds a {@code catalog.json}
   * @return its models
   * @throws IOException if the catalogue cannot be read
   * @throws IllegalArgumentException if it is no catalogue
   */
  public static ModelStore at(Path folder) throws IOException {
    Path file = folder.resolve(CATALOG);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "a folder of models holds a " + CATALOG + " that lists them");
    }
    return new ModelStore(
        ModelCatalog.parse(Files.readString(file), file.toString()), Optional.of(folder));
  }

  /**
   * Returns what the store lists.
   *
   * @return the catalogue
   */
  public ModelCatalog catalog() {
    return catalog;
  }

  /**
   * Reads a model's file and verifies it.
   *
   * @param name the model's name
   * @return the file's bytes, whose SHA-256 is that of the catalogue
   * @throws ModelException if the file is missing (the message says where it belongs and where to
   *     get it) or altered (the message holds both checksums)
   */
  public byte[] read(String name) {
    ModelEntry entry = catalog.entry(name);
    byte[] bytes = folder.isPresent() ? file(entry) : resource(entry.file());
    String actual = DigestUtils.sha256Hex(bytes);
    if (!actual.equals(entry.sha256())) {
      throw new ModelException(
          "model '%s' was refused: %s has SHA-256 %s, but the catalogue says %s; the file was altered or is another version"
              .formatted(name, location(entry), actual, entry.sha256()));
    }
    return bytes;
  }

  /**
   * Verifies and opens a model.
   *
   * @param name the model's name
   * @param threads threads that one run may use, 1 or more
   * @return a session, to be closed
   * @throws ModelException if the file is missing or altered, or is not the model that the
   *     catalogue describes
   */
  public OnnxModel open(String name, int threads) {
    return OnnxModel.open(catalog.entry(name), read(name), threads);
  }

  /**
   * Downloads a model's file into the store's folder, unless a verified one is there already. An
   * interrupted download goes on where it stopped; the file appears only when it is whole and its
   * checksum is right.
   *
   * @param name the model's name
   * @param listener hears now and then how many bytes there are, those of an earlier attempt
   *     included, and how many in all; -1 if the server does not say
   * @return the verified file
   * @throws IOException if the download fails; the message says which file to put where by hand
   * @throws ModelException if the model has no URL, the store is the bundled one, or the checksum
   *     differs
   */
  public Path fetch(String name, BiConsumer<Long, Long> listener) throws IOException {
    ModelEntry entry = catalog.entry(name);
    Path target =
        folder
            .orElseThrow(
                () ->
                    new ModelException(
                        "the bundled models are inside the jar; only a store made with"
                            + " ModelStore.at(folder) fetches"))
            .resolve(entry.file());
    if (Files.exists(target)
        && DigestUtils.sha256Hex(Files.readAllBytes(target)).equals(entry.sha256())) {
      return target;
    }
    URI url =
        entry
            .url()
            .orElseThrow(
                () -> new ModelException("the catalogue gives no URL for model '" + name + "'"));
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      download(url, part, listener);
    } catch (IOException e) {
      throw new IOException(
          "could not fetch model '%s' (%s). Without a connection, get %s on another machine and put it at %s; its SHA-256 must be %s. What has arrived so far is kept; run the command again to go on."
              .formatted(name, e, url, target.toAbsolutePath(), entry.sha256()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the download of model '" + name + "' was interrupted", e);
    }
    String actual = DigestUtils.sha256Hex(Files.readAllBytes(part));
    if (!actual.equals(entry.sha256())) {
      Files.delete(part);
      throw new ModelException(
          "model '%s' from %s was refused: it has SHA-256 %s, but the catalogue says %s"
              .formatted(name, url, actual, entry.sha256()));
    }
    return Files.move(
        part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void download(URI url, Path part, BiConsumer<Long, Long> listener)
      throws IOException, InterruptedException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    boolean resumed = response.statusCode() == 206;
    try (InputStream in = response.body()) {
      if (response.statusCode() == 416) {
        return; // nothing is left to send: the checksum decides whether the file is whole
      }
      if (response.statusCode() != 200 && !resumed) {
        throw new IOException("the server answered with status " + response.statusCode());
      }
      long done = resumed ? have : 0;
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      long total = length < 0 ? -1 : done + length;
      try (OutputStream out =
          Files.newOutputStream(
              part,
              StandardOpenOption.CREATE,
              resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          out.write(chunk, 0, n);
          done += n;
          listener.accept(done, total);
        }
      }
    }
  }

  /**
   * Says where a model's file is, or belongs.
   *
   * @param entry one of the catalogue
   * @return a path, or a description of the place inside the jar
   */
  public String location(ModelEntry entry) {
    return folder
        .map(f -> f.resolve(entry.file()).toAbsolutePath().normalize().toString())
        .orElse("the library's jar, " + entry.file());
  }

  private byte[] file(ModelEntry entry) {
    Path file = folder.orElseThrow().resolve(entry.file());
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ModelException(
          "model '%s' is not there: put its file at %s%s (SHA-256 %s)"
              .formatted(
                  entry.name(),
                  location(entry),
                  entry
                      .url()
                      .map(u -> ", or fetch it: affect4j models fetch; from " + u)
                      .orElse(""),
                  entry.sha256()),
          e);
    } catch (IOException e) {
      throw new ModelException("model '" + entry.name() + "' could not be read: " + e, e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = ModelStore.class.getResourceAsStream("bundled/" + name)) {
      if (in == null) {
        throw new ModelException(
            "the library's jar lacks bundled/" + name + "; build it again (mvn package)");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ModelException("bundled/" + name + " could not be read: " + e, e);
    }
  }
}
