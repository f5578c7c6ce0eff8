package io.github.spencerpark.ijava;

import java.util.LinkedHashMap;
import java.util.Map;

/** A kernel in the shape of IJava, as far as values are rendered; none runs unless a test says. */
public final class IJava {
  private static Kernel running;

  private IJava() {}

  public static Kernel getKernelInstance() {
    return running;
  }

  /** Starts the kernel. */
  public static Kernel start() {
    running = new Kernel();
    return running;
  }

  public static void stop() {
    running = null;
  }

  /** What a cell's value becomes. */
  public static final class DisplayData {
    private final Map<String, Object> content = new LinkedHashMap<>();

    public void putData(String mimeType, Object data) {
      content.put(mimeType, data);
    }

    public void putMetaData(String key, Object value) {
      content.put("metadata of " + key, value);
    }

    public void assign(DisplayData other) {
      content.putAll(other.content);
    }
  }

  /** How a library turns its values into content. */
  @FunctionalInterface
  public interface RenderFunction {
    void render(Object value, RenderContext context);
  }

  /** Where the content goes. */
  public record RenderContext(DisplayData out) {
    public DisplayData getOutputContainer() {
      return out;
    }
  }

  /** The registry. */
  public static final class Renderer {
    private final Map<Class<?>, RenderFunction> functions = new LinkedHashMap<>();

    public Registration createRegistration(Class<?> type) {
      return new Registration(type);
    }

    /** The functions of one type. */
    public final class Registration {
      private final Class<?> type;

      private Registration(Class<?> type) {
        this.type = type;
      }

      public Registration preferring(String... mimeTypes) {
        return this;
      }

      public void register(RenderFunction function) {
        functions.put(type, function);
      }
    }
  }

  /** The kernel. */
  public static final class Kernel {
    private Renderer renderer = new Renderer();

    /** As a version would that has none. */
    public void forgetRenderer() {
      renderer = null;
    }

    public Renderer getRenderer() {
      return renderer;
    }

    public void display(DisplayData data) {
      throw new UnsupportedOperationException("a last value is returned, not displayed");
    }

    /** What a cell's last value is shown as, by MIME type. */
    public Map<String, Object> render(Object value) {
      DisplayData out = new DisplayData();
      renderer.functions.forEach(
          (type, function) -> {
            if (type.isInstance(value)) {
              function.render(value, new RenderContext(out));
            }
          });
      out.content.putIfAbsent("text/plain", String.valueOf(value));
      return out.content;
    }

    /** The types that something was registered for. */
    public Iterable<Class<?>> types() {
      return renderer.functions.keySet();
    }
  }
}
