package org.affect4j.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running Java kernel, used by reflection.
 *
 * <p>They share one shape: a static member gives the kernel, {@code display(data)} shows, and the
 * type of {@code data} has {@code putData(mimeType, content)}, {@code putMetaData(mimeType, map)}
 * and {@code setDisplayId(id)}. In the family of IJava {@code getIO().display.updateDisplay(data)}
 * replaces and data have a constructor; in the rapaio kernel the kernel itself replaces and {@code
 * fromText(text)} makes data.
 */
final class KernelFront implements Front {
  /** Class and static member that give the running kernel. */
  private record Entrance(String type, String member, boolean field) {
    Object kernel(ClassLoader loader) throws ReflectiveOperationException {
      Class<?> found = Class.forName(type, false, loader);
      return field ? found.getField(member).get(null) : found.getMethod(member).invoke(null);
    }
  }

  private static final List<Entrance> ENTRANCES =
      List.of(
          new Entrance("org.affect4j.kernel.JavaKernel", "getKernelInstance", false),
          new Entrance("io.github.spencerpark.ijava.IJava", "getKernelInstance", false),
          // JJava 1.0 and later; before, its main class had IJava's method.
          new Entrance("org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel", false),
          new Entrance("org.dflib.jjava.JJava", "getKernelInstance", false),
          new Entrance("org.rapaio.jupyter.kernel.MainApp", "kernel", true));

  private final Object kernel;
  private final Method display;

  private KernelFront(Object kernel, Method display) {
    this.kernel = kernel;
    this.display = display;
  }

  /** The loaders that may know the kernel: in a notebook this jar lies on a child of its loader. */
  static Collection<ClassLoader> loaders() {
    Collection<ClassLoader> all = new LinkedHashSet<>();
    ClassLoader[] starts = {
      Thread.currentThread().getContextClassLoader(),
      KernelFront.class.getClassLoader(),
      ClassLoader.getSystemClassLoader()
    };
    for (ClassLoader start : starts) {
      for (ClassLoader loader = start; loader != null; loader = loader.getParent()) {
        all.add(loader);
      }
    }
    return all;
  }

  static Optional<KernelFront> find(Collection<ClassLoader> loaders) {
    return ENTRANCES.stream()
        .flatMap(entrance -> loaders.stream().flatMap(loader -> open(entrance, loader).stream()))
        .findFirst();
  }

  private static Optional<KernelFront> open(Entrance entrance, ClassLoader loader) {
    try {
      Object kernel = entrance.kernel(loader);
      if (kernel == null) {
        return Optional.empty();
      }
      return displayOf(kernel.getClass()).map(display -> new KernelFront(kernel, display));
    } catch (ReflectiveOperationException | LinkageError absent) {
      // The class is not there, or is there while no kernel runs: not this one.
      return Optional.empty();
    }
  }

  /** Looks in public classes only: methods of others cannot be called from outside. */
  private static Optional<Method> displayOf(Class<?> kernel) {
    for (Class<?> type = kernel; type != null; type = type.getSuperclass()) {
      Optional<Method> display =
          Arrays.stream(type.getMethods()).filter(KernelFront::displays).findFirst();
      if (Modifier.isPublic(type.getModifiers()) && display.isPresent()) {
        return display;
      }
    }
    return Optional.empty();
  }

  private static boolean displays(Method method) {
    return method.getName().equals("display")
        && method.getParameterCount() == 1
        && Arrays.stream(method.getParameterTypes()[0].getMethods())
            .anyMatch(put -> put.getName().equals("putData"));
  }

  Object kernel() {
    return kernel;
  }

  @Override
  public void show(Bundle bundle) {
    call(() -> display.invoke(kernel, data(bundle)));
  }

  @Override
  public void show(Bundle bundle, String id) {
    call(() -> display.invoke(kernel, named(bundle, id)));
  }

  @Override
  public void update(Bundle bundle, String id) {
    call(
        () -> {
          Object target = kernel;
          if (ofIJava()) {
            Object io = display.getDeclaringClass().getMethod("getIO").invoke(kernel);
            target = io.getClass().getField("display").get(io);
          }
          return target
              .getClass()
              .getMethod("updateDisplay", display.getParameterTypes()[0])
              .invoke(target, named(bundle, id));
        });
  }

  @Override
  public boolean updatesInPlace() {
    return true;
  }

  /** Whether data have a public constructor, as in the family of IJava. */
  private boolean ofIJava() {
    return display.getParameterTypes()[0].getConstructors().length > 0;
  }

  /** The kernel's own kind of content. */
  Object data(Bundle bundle) throws ReflectiveOperationException {
    Class<?> type = display.getParameterTypes()[0];
    Object data =
        ofIJava()
            ? type.getConstructor().newInstance()
            : type.getMethod("fromText", String.class).invoke(null, bundle.text());
    Method put = type.getMethod("putData", String.class, Object.class);
    for (Map.Entry<String, String> entry : bundle.data().entrySet()) {
      put.invoke(data, entry.getKey(), entry.getValue());
    }
    if (!bundle.metadata().isEmpty()) {
      // Where nbconvert and the notebook look for a picture's size and its text alternative.
      type.getMethod("putMetaData", String.class, Object.class)
          .invoke(data, Bundle.PNG, new HashMap<>(bundle.metadata()));
    }
    return data;
  }

  private Object named(Bundle bundle, String id) throws ReflectiveOperationException {
    Object data = data(bundle);
    data.getClass().getMethod("setDisplayId", String.class).invoke(data, id);
    return data;
  }

  private interface Call {
    Object run() throws ReflectiveOperationException;
  }

  private void call(Call call) {
    try {
      call.run();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "the kernel " + kernel.getClass().getName() + " refused the output: " + e.getCause(),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the kernel "
              + kernel.getClass().getName()
              + " is of a version whose display methods affect4j does not know: "
              + e,
          e);
    }
  }
}
