package org.affect4j.notebook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.affect4j.chart.Overlay;
import org.affect4j.chart.Picture;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.Face;
import org.affect4j.face.internal.Rendering;
import org.affect4j.image.FaceImage;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Makes the value that ends a cell look as {@link Show} shows it, in affect4j's own kernel, IJava
 * and JJava. Nobody calls it: it is found as a service when the library is first used.
 */
public final class LastValues implements Rendering {
  /** For the service loader. */
  public LastValues() {}

  @Override
  public void register() {
    KernelFront.find(KernelFront.loaders()).ifPresent(LastValues::register);
  }

  static void register(KernelFront front) {
    boolean renders =
        Arrays.stream(front.kernel().getClass().getMethods())
            .anyMatch(method -> method.getName().equals("getRenderer"));
    if (!renders) {
      return; // As in the rapaio kernel, which shows last values in its own way.
    }
    try {
      Object renderer = call(front.kernel(), "getRenderer");
      for (Class<?> type : List.of(FaceImage.class, Picture.class, Overlay.class)) {
        register(front, renderer, type, Bundle.PNG);
      }
      for (Class<?> type :
          List.of(
              FaceTable.class,
              Table.class,
              Column.class,
              Face.class,
              Behaviour.class,
              Collection.class,
              HtmlContent.class)) {
        register(front, renderer, type, Bundle.HTML);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          front.kernel().getClass().getName() + " has another kind of renderer", e);
    }
  }

  private static void register(KernelFront front, Object renderer, Class<?> type, String mimeType)
      throws ReflectiveOperationException {
    Object registration =
        renderer.getClass().getMethod("createRegistration", Class.class).invoke(renderer, type);
    registration
        .getClass()
        .getMethod("preferring", String[].class)
        .invoke(registration, (Object) new String[] {mimeType});
    for (Method method : registration.getClass().getMethods()) {
      if (method.getName().equals("register")) {
        MethodHandle render =
            MethodHandles.lookup()
                .findStatic(
                    LastValues.class,
                    "render",
                    MethodType.methodType(
                        void.class, KernelFront.class, Object.class, Object.class))
                .bindTo(front);
        method.invoke(
            registration,
            MethodHandleProxies.asInterfaceInstance(method.getParameterTypes()[0], render));
      }
    }
  }

  /** Leaves what is mere text to the kernel, which others may have told more. */
  private static void render(KernelFront front, Object value, Object context)
      throws ReflectiveOperationException {
    Bundle bundle = Show.bundle(value);
    if (bundle.data().size() > 1) {
      Object out = call(context, "getOutputContainer");
      out.getClass().getMethod("assign", out.getClass()).invoke(out, front.data(bundle));
    }
  }

  private static Object call(Object on, String method) throws ReflectiveOperationException {
    return on.getClass().getMethod(method).invoke(on);
  }

  /** A reading, a face or a list of faces as table; others have no content of this kind. */
  static Optional<Bundle> bundle(Object value) {
    if (value instanceof Behaviour behaviour) {
      return Optional.of(bundle("behaviour", behaviour));
    }
    if (value instanceof Face face) {
      return Optional.of(bundle("face " + face.id(), face.behaviour()));
    }
    if (value instanceof Collection<?> many
        && !many.isEmpty()
        && many.stream().allMatch(Face.class::isInstance)) {
      List<Face> faces = many.stream().map(Face.class::cast).toList();
      return Optional.of(Show.bundle(FaceTable.ofInput(AnalyzedInput.ofPhoto("", faces), false)));
    }
    return Optional.empty();
  }

  private static Bundle bundle(String name, Behaviour behaviour) {
    StringColumn outputs = StringColumn.create("output");
    DoubleColumn values = DoubleColumn.create("value");
    BehaviourVocabulary read = behaviour.vocabulary();
    read.classes().forEach(expression -> outputs.append(expression.label()));
    Arrays.stream(behaviour.expressionProbabilities()).forEach(values::append);
    read.units().forEach(number -> outputs.append(unit(number)));
    Arrays.stream(behaviour.actionUnitProbabilities()).forEach(values::append);
    if (read.affect()) {
      outputs.append("valence").append("arousal");
      values.append(behaviour.valenceArousal().valence());
      values.append(behaviour.valenceArousal().arousal());
    }
    behaviour
        .contempt()
        .ifPresent(
            part -> {
              outputs.append("contempt, beside them");
              values.append(part);
            });
    return Show.bundle(Table.create(name, outputs, values), values.size());
  }

  private static String unit(int number) {
    return ActionUnit.ALL.stream()
        .filter(u -> u.number() == number)
        .map(u -> u.label() + ", " + u.facsName())
        .findFirst()
        .orElse("AU" + number);
  }
}
