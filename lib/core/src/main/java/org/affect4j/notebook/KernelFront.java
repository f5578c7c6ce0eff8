package org.affect4j.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running Java kernel of the IJava family, used by reflection.
 *
 * <p>They share one shape: a static method gives the kernel, {@code display(data)} shows, {@code
 * getIO().display.updateDisplay(data)} replaces, and the type of {@code data} has a constructor
 * without arguments, {@code putData(mimeType, content)} and {@code setDisplayId(id)}.
 */
final class KernelFront implements Front {
  /** Class and static method that give the running kernel. */
  private record Entrance(String type, String method) {}

  private static final List<Entrance> ENTRANCES =
      List.of(
          new Entrance("org.affect4j.kernel.JavaKernel", "getKernelInstance"),
          new Entrance("io.github.spencerpark.ijava.IJava", "getKernelInstance"),
          // JJava 1.0 and later; before, its main class had IJava's method.
          new Entrance("org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel"),
          new Entrance("org.dflib.jjava.JJava", "getKernelInstance"));

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
    for (Entrance entrance : ENTRANCES) {
      for (ClassLoader loader : loaders) {
        Optional<KernelFront> front = open(entrance, loader);
        if (front.isPresent()) {
          return front;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<KernelFront> open(Entrance entrance, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(entrance.type(), false, loader);
      Object kernel = type.getMethod(entrance.method()).invoke(null);
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
      if (Modifier.isPublic(type.getModifiers())) {
        for (Method method : type.getMethods()) {
          if (method.getName().equals("display")
              && method.getParameterCount() == 1
              && hasPutData(method.getParameterTypes()[0])) {
            return Optional.of(method);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasPutData(Class<?> type) {
    try {
      type.getMethod("putData", String.class, Object.class);
      return true;
    } catch (NoSuchMethodException otherKind) {
      return false;
    }
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
          Object io = display.getDeclaringClass().getMethod("getIO").invoke(kernel);
          Object stream = io.getClass().getField("display").get(io);
          return stream
              .getClass()
              .getMethod("updateDisplay", display.getParameterTypes()[0])
              .invoke(stream, named(bundle, id));
        });
  }

  @Override
  public boolean updatesInPlace() {
    return true;
  }

  /** The kernel's own kind of content. */
  Object data(Bundle bundle) throws ReflectiveOperationException {
    Class<?> type = display.getParameterTypes()[0];
    Object data = type.getConstructor().newInstance();
    Method put = type.getMethod("putData", String.class, Object.class);
    for (Map.Entry<String, String> entry : bundle.data().entrySet()) {
      put.invoke(data, entry.getKey(), entry.getValue());
    }
    putAlt(data, bundle);
    return data;
  }

  private static void putAlt(Object data, Bundle bundle) throws ReflectiveOperationException {
    if (bundle.alt().isPresent()) {
      // Where nbconvert and the notebook look for a picture's text alternative.
      data.getClass()
          .getMethod("putMetaData", String.class, Object.class)
          .invoke(data, Bundle.PNG, new HashMap<>(Map.of("alt", bundle.alt().get())));
    }
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
