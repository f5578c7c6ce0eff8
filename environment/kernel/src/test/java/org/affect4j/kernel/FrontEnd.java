package org.affect4j.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A front end as small as the protocol allows, with a kernel process of its own. */
final class FrontEnd implements AutoCloseable {
  private static final String KEY = "a-secret";
  private static final int TIMEOUT_MILLIS = 30_000;

  private final ZMQ.Context context = ZMQ.context(1);
  private final Process process;
  private final Path connectionFile;
  private final ZMQ.Socket shell = socket(SocketType.DEALER);
  private final ZMQ.Socket control = socket(SocketType.DEALER);
  private final ZMQ.Socket stdin = socket(SocketType.DEALER);
  private final ZMQ.Socket iopub = socket(SocketType.SUB);

  FrontEnd(Path folder, Map<String, String> environment) throws IOException {
    int[] ports = freePorts(5);
    JsonObject connection = new JsonObject();
    connection.addProperty("ip", "127.0.0.1");
    connection.addProperty("transport", "tcp");
    connection.addProperty("signature_scheme", "hmac-sha256");
    connection.addProperty("key", KEY);
    String[] names = {"shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"};
    for (int i = 0; i < names.length; i++) {
      connection.addProperty(names[i], ports[i]);
    }
    connectionFile = Files.createTempFile(folder, "connection", ".json");
    Files.writeString(connectionFile, connection.toString());
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            connectionFile.toString());
    builder.environment().putAll(environment);
    process = builder.directory(folder.toFile()).inheritIO().start();
    shell.connect("tcp://127.0.0.1:" + ports[0]);
    control.connect("tcp://127.0.0.1:" + ports[1]);
    // The kernel answers input to the same identity as the request's.
    stdin.connect("tcp://127.0.0.1:" + ports[2]);
    iopub.subscribe(new byte[0]);
    iopub.connect("tcp://127.0.0.1:" + ports[3]);
  }

  private static int[] freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    int[] ports = new int[count];
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0));
      ports[i] = sockets.get(i).getLocalPort();
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  private ZMQ.Socket socket(SocketType type) {
    ZMQ.Socket socket = context.socket(type);
    socket.setReceiveTimeOut(TIMEOUT_MILLIS);
    socket.setLinger(0);
    if (type == SocketType.DEALER) {
      socket.setIdentity("test".getBytes(StandardCharsets.US_ASCII));
    }
    return socket;
  }

  /** What one cell gave: its outputs, in order, and the reply. */
  record Result(List<Output> outputs, JsonObject reply) {
    /** All that was printed to a stream. */
    String text(String stream) {
      StringBuilder text = new StringBuilder();
      for (Output output : outputs) {
        if (output.type().equals("stream")
            && output.content().get("name").getAsString().equals(stream)) {
          text.append(output.content().get("text").getAsString());
        }
      }
      return text.toString();
    }

    /** The plain text of the value, or null. */
    String value() {
      JsonObject result = first("execute_result");
      return result == null ? null : result.getAsJsonObject("data").get("text/plain").getAsString();
    }

    JsonObject first(String type) {
      return outputs.stream()
          .filter(output -> output.type().equals(type))
          .map(Output::content)
          .findFirst()
          .orElse(null);
    }

    String status() {
      return reply.get("status").getAsString();
    }

    /** The trace without colours, joined by line ends. */
    String trace() {
      JsonObject error = first("error");
      if (error == null) {
        throw new AssertionError("no error among " + outputs);
      }
      List<String> lines = new ArrayList<>();
      JsonArray trace = error.getAsJsonArray("traceback");
      trace.forEach(line -> lines.add(line.getAsString().replaceAll("\u001b\\[[0-9;]*m", "")));
      return String.join("\n", lines);
    }
  }

  record Output(String type, JsonObject content) {}

  /** Sends a request on the shell channel and gives its message identifier. */
  String send(String type, Map<String, ?> content) {
    return send(shell, type, content);
  }

  String sendControl(String type) {
    return send(control, type, Map.of());
  }

  String submit(String code) {
    return submit(code, false);
  }

  String submit(String code, boolean allowStdin) {
    return send(
        "execute_request",
        Map.of(
            "code",
            code,
            "silent",
            false,
            "store_history",
            true,
            "user_expressions",
            Map.of(),
            "allow_stdin",
            allowStdin,
            "stop_on_error",
            true));
  }

  Result execute(String code) {
    return collect(submit(code));
  }

  /** Waits until the request is answered and the kernel idle again. */
  Result collect(String id) {
    List<Output> outputs = new ArrayList<>();
    while (true) {
      Received message = receive(iopub);
      if (!message.parent().equals(id)) {
        continue;
      }
      if (message.type().equals("status")) {
        if (message.content().get("execution_state").getAsString().equals("idle")) {
          break;
        }
      } else {
        outputs.add(new Output(message.type(), message.content()));
      }
    }
    return new Result(outputs, reply(id));
  }

  /** The answer to a request on the shell channel. */
  JsonObject reply(String id) {
    while (true) {
      Received message = receive(shell);
      if (message.parent().equals(id)) {
        return message.content();
      }
    }
  }

  /** Waits for the first output of a cell. */
  void awaitOutput(String id, String type) {
    while (true) {
      Received message = receive(iopub);
      if (message.parent().equals(id) && message.type().equals(type)) {
        return;
      }
    }
  }

  JsonObject controlReply() {
    return receive(control).content();
  }

  JsonObject awaitInputRequest() {
    return receive(stdin).content();
  }

  void answer(String line) {
    send(stdin, "input_reply", Map.of("value", line));
  }

  boolean awaitExit() throws InterruptedException {
    return process.waitFor(10, TimeUnit.SECONDS);
  }

  private String send(ZMQ.Socket socket, String type, Map<String, ?> content) {
    String id = UUID.randomUUID().toString();
    Gson gson = new Gson();
    String header =
        gson.toJson(
            Map.of(
                "msg_id", id,
                "session", "session",
                "username", "user",
                "date", "2026-01-01T00:00:00.000000Z",
                "msg_type", type,
                "version", "5.3"));
    String[] parts = {header, "{}", "{}", gson.toJson(content)};
    socket.sendMore("<IDS|MSG>");
    socket.sendMore(sign(parts));
    for (int i = 0; i < parts.length; i++) {
      socket.send(parts[i].getBytes(StandardCharsets.UTF_8), i < 3 ? ZMQ.SNDMORE : 0);
    }
    return id;
  }

  private record Received(String type, String parent, JsonObject content) {}

  private static Received receive(ZMQ.Socket socket) {
    byte[] frame;
    do {
      frame = socket.recv();
      if (frame == null) {
        throw new AssertionError("no message within " + TIMEOUT_MILLIS + " ms");
      }
    } while (!new String(frame, StandardCharsets.UTF_8).equals("<IDS|MSG>"));
    String signature = socket.recvStr();
    String[] parts = new String[4];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new String(socket.recv(), StandardCharsets.UTF_8);
    }
    if (!signature.equals(sign(parts))) {
      throw new AssertionError("wrong signature on " + parts[0]);
    }
    JsonObject parent = JsonParser.parseString(parts[1]).getAsJsonObject();
    return new Received(
        JsonParser.parseString(parts[0]).getAsJsonObject().get("msg_type").getAsString(),
        parent.has("msg_id") ? parent.get("msg_id").getAsString() : "",
        JsonParser.parseString(parts[3]).getAsJsonObject());
  }

  private static String sign(String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      for (String part : parts) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    for (ZMQ.Socket socket : List.of(shell, control, stdin, iopub)) {
      socket.close();
    }
    context.close();
    Files.deleteIfExists(connectionFile);
  }
}
