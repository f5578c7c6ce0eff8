package org.affect4j.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.List;
import java.util.UUID;

/**
 * What every cell can call without an import.
 *
 * <p>Values are shown in the richest form that the kernel knows, or in the named MIME types: {@code
 * display("<b>bold</b>", "text/html")}.
 */
public final class Notebook {
  private Notebook() {}

  /**
   * Turns a value into what a front end can show.
   *
   * @param value any value, also null
   * @return its forms, by MIME type
   */
  public static DisplayData render(Object value) {
    return kernel().getRenderer().render(value == null ? "null" : value);
  }

  /**
   * Turns a value into the given forms.
   *
   * @param value any value, also null
   * @param mimeTypes for example {@code "text/html"}; plain text is always added
   * @return its forms, by MIME type
   */
  public static DisplayData render(Object value, String... mimeTypes) {
    return kernel().getRenderer().renderAs(value == null ? "null" : value, mimeTypes);
  }

  /**
   * Shows a value below the cell.
   *
   * @param value any value, or a {@link DisplayData}
   * @return an identifier for {@link #updateDisplay(String, Object)}
   */
  public static String display(Object value) {
    return show(value instanceof DisplayData data ? data : render(value));
  }

  /**
   * Shows a value below the cell in the given forms.
   *
   * @param value any value
   * @param mimeTypes for example {@code "text/html"}
   * @return an identifier for {@link #updateDisplay(String, Object, String...)}
   */
  public static String display(Object value, String... mimeTypes) {
    return show(render(value, mimeTypes));
  }

  /**
   * Replaces what was shown before.
   *
   * @param id what {@code display} returned
   * @param value the new value
   */
  public static void updateDisplay(String id, Object value) {
    update(id, value instanceof DisplayData data ? data : render(value));
  }

  /**
   * Replaces what was shown before, in the given forms.
   *
   * @param id what {@code display} returned
   * @param value the new value
   * @param mimeTypes for example {@code "text/html"}
   */
  public static void updateDisplay(String id, Object value, String... mimeTypes) {
    update(id, render(value, mimeTypes));
  }

  /**
   * Calls a line magic from code.
   *
   * @param name without the percent sign
   * @param arguments its words
   * @return what the magic gives, often null
   * @throws Exception what the magic throws
   */
  public static Object lineMagic(String name, List<String> arguments) throws Exception {
    return kernel().getMagics().applyLineMagic(name, arguments);
  }

  /**
   * Calls a cell magic from code.
   *
   * @param name without the percent signs
   * @param arguments the words of its first line
   * @param body the lines below
   * @return what the magic gives, often null
   * @throws Exception what the magic throws
   */
  public static Object cellMagic(String name, List<String> arguments, String body)
      throws Exception {
    return kernel().getMagics().applyCellMagic(name, arguments, body);
  }

  private static String show(DisplayData data) {
    if (!data.hasDisplayId()) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    kernel().display(data);
    return data.getDisplayId();
  }

  private static void update(String id, DisplayData data) {
    kernel().getIO().display.updateDisplay(id, data);
  }

  private static JavaKernel kernel() {
    JavaKernel kernel = JavaKernel.getKernelInstance();
    if (kernel == null) {
      throw new IllegalStateException("there is no notebook: this code runs outside a kernel");
    }
    return kernel;
  }
}
