package org.affect4j.kernel;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/**
 * Loads what cells define and what the magics add to the class path.
 *
 * <p>Its parent is the loader of the kernel, so cells and libraries see the kernel's own classes.
 */
final class CellClassLoader extends URLClassLoader {
  private final Map<String, byte[]> compiled = new ConcurrentHashMap<>();

  CellClassLoader(ClassLoader parent) {
    super("cells", new URL[0], parent);
  }

  /** The view of this loader that the shell works with. */
  LoaderDelegate delegate() {
    return new Delegate();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = compiled.get(name);
    return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
  }

  private final class Delegate implements LoaderDelegate {
    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
      classesRedefined(classes);
      boolean[] loaded = new boolean[classes.length];
      try {
        for (int i = 0; i < classes.length; i++) {
          // Looking at the methods links the class, so that a missing type shows here.
          findClass(classes[i].name()).getDeclaredMethods();
          loaded[i] = true;
        }
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ClassInstallException(e.toString(), loaded);
      }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
      for (ClassBytecodes each : classes) {
        compiled.put(each.name(), each.bytecodes());
      }
    }

    @Override
    public void addToClasspath(String paths) throws InternalException {
      for (String path : paths.split(Pattern.quote(File.pathSeparator))) {
        try {
          addURL(Path.of(path).toUri().toURL());
        } catch (MalformedURLException e) {
          throw new InternalException(e.toString());
        }
      }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      return loadClass(name);
    }
  }
}
