package org.affect4j.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.common.DisplayMagics;
import io.github.spencerpark.jupyter.kernel.magic.common.Load;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import io.github.spencerpark.jupyter.kernel.magic.registry.UndefinedMagicException;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.reply.HistoryReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.awt.image.RenderedImage;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import org.affect4j.kernel.ErrorFormat.Place;

/**
 * The kernel: answers a front end's requests with the help of a {@link JavaShell}.
 *
 * <p>The shell is made on a thread of its own, so the kernel says that it is ready while the Java
 * compiler still loads; the first cell waits for it.
 */
public final class JavaKernel extends BaseKernel {
  private static final Pattern MAGIC_NAME = Pattern.compile("(?s)(?:.*\\n)?(%%?)(\\w*)");

  private static volatile JavaKernel instance;

  private final Path workingDirectory = Path.of("").toAbsolutePath();
  private final CellIo io = new CellIo();
  private final Magics magics = new Magics();
  private final List<String> magicNames = new ArrayList<>();
  private final CompletableFuture<JavaShell> shell;
  private CellStreams streams;
  private Supplier<List<Runnable>> abortQueuedCells = List::of;

  JavaKernel(KernelSettings settings) {
    setShouldReplaceStdStreams(false);
    // The default text of an image names its address in memory, which differs from run to run.
    getRenderer()
        .createRegistration(RenderedImage.class)
        .preferring(MIMEType.TEXT_PLAIN)
        .register(
            (image, context) ->
                context.renderIfRequested(
                    MIMEType.TEXT_PLAIN,
                    () -> "image, " + image.getWidth() + " x " + image.getHeight()));
    registerMagics();
    instance = this;
    this.shell =
        CompletableFuture.supplyAsync(() -> new JavaShell(settings), JavaKernel::onThread)
            .thenApply(made -> Startup.run(made, settings, workingDirectory));
  }

  /**
   * The running kernel.
   *
   * <p>Libraries find it by reflection, so that they need not depend on a kernel.
   *
   * @return the kernel, or null outside one
   */
  public static JavaKernel getKernelInstance() {
    return instance;
  }

  /**
   * The magics of this kernel, to which a library may add its own.
   *
   * @return the registry
   */
  public Magics getMagics() {
    return magics;
  }

  private static void onThread(Runnable task) {
    // The compiler recurses deeply on long expressions.
    Thread thread = new Thread(null, task, "shell-start", 16L << 20);
    thread.setDaemon(true);
    thread.start();
  }

  private void registerMagics() {
    Consumer<Collection<Path>> classPath = paths -> shell().addToClassPath(paths);
    magics.registerMagics(new ClassPathMagics(workingDirectory, classPath));
    magics.registerMagics(new MavenMagics(workingDirectory, "mvn", classPath));
    magics.registerMagics(new DisplayMagics(getRenderer(), io.display));
    magics.registerLineMagic("load", this::load);
    magicNames.addAll(
        List.of("%classpath", "%jars", "%load", "%loadFromPOM", "%maven", "%mavenRepo"));
    magicNames.addAll(
        List.of("%%html", "%%javascript", "%%latex", "%%loadFromPOM", "%%markdown", "%%svg"));
  }

  private Object load(List<String> arguments) throws Exception {
    ClassPathMagics.required("load", "FILE", arguments);
    String file = arguments.get(0);
    new Load(Startup.SCRIPT_ENDINGS, code -> run(code, new Place(file, 1))).load(arguments);
    return null;
  }

  /**
   * Connects the kernel to its streams.
   *
   * @param abortQueuedCells takes waiting cells off the queue and says how to answer them
   */
  void install(CellStreams streams, Supplier<List<Runnable>> abortQueuedCells) {
    this.streams = streams;
    this.abortQueuedCells = abortQueuedCells;
    System.setOut(streams.printStream(StreamType.OUT));
    System.setErr(streams.printStream(StreamType.ERR));
    System.setIn(streams.inputStream());
  }

  @Override
  public void becomeHandlerForConnection(JupyterConnection connection) {
    super.becomeHandlerForConnection(connection);
    connection.setHandler(MessageType.EXECUTE_REQUEST, this::execute);
    connection.setHandler(
        MessageType.HISTORY_REQUEST,
        (reply, message) -> {
          reply.setBusyDeferIdle();
          reply.reply(new HistoryReply(List.of()));
        });
  }

  private void execute(ShellReplyEnvironment environment, Message<ExecuteRequest> message) {
    Reply reply = (Reply) environment;
    ExecuteRequest request = message.getContent();
    boolean counts = !request.isSilent() && !request.getCode().isBlank();
    int count = counts ? executionCount.getAndIncrement() : executionCount.get();
    commManager.setMessageContext(message);
    reply.setBusyDeferIdle();
    if (counts) {
      reply.publish(new PublishExecuteInput(request.getCode(), count));
    }
    io.attach(reply);
    streams.attach(reply, request.isStdinEnabled());
    try {
      DisplayData result = evaluate(request.getCode(), new Place("cell " + count, 1));
      streams.flush();
      if (result != null && !request.isSilent()) {
        reply.publish(new PublishExecuteResult(count, result));
      }
      reply.reply(new ExecuteReply(count, Map.of()));
    } catch (CellFailure failure) {
      streams.flush();
      List<Runnable> aborts = request.shouldStopOnError() ? abortQueuedCells.get() : List.of();
      String text = failure.getMessage() == null ? "" : failure.getMessage();
      if (!request.isSilent()) {
        reply.publish(new PublishError(failure.name(), text, failure.trace()));
      }
      ErrorReply error = new ErrorReply(failure.name(), text, failure.trace());
      error.setExecutionCount(count);
      reply.replyError(ExecuteReply.MESSAGE_TYPE.error(), error);
      reply.resolveDeferrals();
      aborts.forEach(Runnable::run);
    }
  }

  /** {@inheritDoc} */
  @Override
  public DisplayData eval(String code) throws Exception {
    return evaluate(code, new Place("code", 1));
  }

  private DisplayData evaluate(String code, Place place) throws CellFailure {
    JavaShell session;
    try {
      session = shell();
    } catch (CompletionException e) {
      throw ErrorFormat.magic("start-up", e.getCause(), place);
    }
    session.beginCell();
    Object value = run(code, place);
    return value == null ? null : rendered(session, value, place);
  }

  private DisplayData rendered(JavaShell session, Object value, Place place) throws CellFailure {
    try {
      return value instanceof DisplayData data
          ? data
          : (DisplayData) session.callInterruptibly(() -> getRenderer().render(value));
    } catch (StoppedException e) {
      throw ErrorFormat.interrupted(place);
    } catch (InvocationTargetException e) {
      throw ErrorFormat.magic("rendering the result", e.getCause(), place);
    }
  }

  private Object run(String code, Place place) throws CellFailure {
    JavaShell session = shell();
    Object value = null;
    for (Cell.Part part : Cell.parse(code, session::isFinished).parts()) {
      Place here = new Place(place.name(), place.firstLine() + part.line() - 1);
      if (part instanceof Cell.Code java) {
        value = session.evaluate(java.source(), here);
      } else {
        value = null;
        runMagic(session, part, here);
      }
    }
    return value;
  }

  private void runMagic(JavaShell session, Cell.Part part, Place place) throws CellFailure {
    if (session.interrupted()) {
      throw ErrorFormat.interrupted(place);
    }
    String name =
        part instanceof Cell.LineMagic line
            ? "%" + line.name()
            : "%%" + ((Cell.CellMagic) part).name();
    try {
      session.callInterruptibly(
          () ->
              part instanceof Cell.LineMagic line
                  ? magics.applyLineMagic(line.name(), line.arguments())
                  : applyCellMagic((Cell.CellMagic) part));
    } catch (StoppedException e) {
      throw ErrorFormat.interrupted(place);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof CellFailure failure) {
        throw failure;
      }
      if (e.getCause() instanceof UndefinedMagicException) {
        String known = "there is no magic " + name + "; there are " + String.join(" ", magicNames);
        throw ErrorFormat.magic(name, new IllegalArgumentException(known), place);
      }
      throw session.interrupted()
          ? ErrorFormat.interrupted(place)
          : ErrorFormat.magic(name, e.getCause(), place);
    }
  }

  private Object applyCellMagic(Cell.CellMagic magic) throws Exception {
    return magics.applyCellMagic(magic.name(), magic.arguments(), magic.body());
  }

  private JavaShell shell() {
    return shell.join();
  }

  @Override
  public void display(DisplayData data) {
    io.display.display(data);
  }

  @Override
  public JupyterIO getIO() {
    return io;
  }

  @Override
  public void interrupt() {
    if (shell.isDone() && !shell.isCompletedExceptionally()) {
      shell().interrupt();
    }
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    int cursor = code.offsetByCodePoints(0, Math.min(at, code.codePointCount(0, code.length())));
    Matcher magic = MAGIC_NAME.matcher(code.substring(0, cursor));
    if (magic.matches()) {
      String typed = magic.group(1) + magic.group(2);
      List<String> names = magicNames.stream().filter(name -> name.startsWith(typed)).toList();
      return new ReplacementOptions(names, at - typed.length(), at);
    }
    JavaShell.Completions found = shell().complete(code, cursor);
    return new ReplacementOptions(found.texts(), code.codePointCount(0, found.start()), at);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    int cursor = code.offsetByCodePoints(0, Math.min(at, code.codePointCount(0, code.length())));
    String text = shell().document(code, cursor);
    return text.isEmpty() ? null : new DisplayData(text);
  }

  @Override
  public String isComplete(String code) {
    JavaShell session = shell();
    StringBuilder open = new StringBuilder();
    List<Cell.Part> parts = Cell.parse(code, session::isFinished).parts();
    if (parts.stream().anyMatch(Cell.CellMagic.class::isInstance)) {
      return code.endsWith("\n") ? IS_COMPLETE_YES : "";
    }
    for (Cell.Part part : parts) {
      if (part instanceof Cell.Code java) {
        open.append(java.source());
      }
    }
    return switch (session.completeness(open.toString())) {
      case COMPLETE -> IS_COMPLETE_YES;
      case UNKNOWN -> IS_COMPLETE_BAD;
      default -> indent(code);
    };
  }

  /** Four spaces for each brace that is still open. */
  private static String indent(String code) {
    long open = code.chars().filter(c -> c == '{').count();
    long closed = code.chars().filter(c -> c == '}').count();
    return " ".repeat((int) Math.max(0, 4 * (open - closed)));
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("java")
        .build();
  }

  @Override
  public String getBanner() {
    return "Java %s, kernel %s %s"
        .formatted(Runtime.version(), KERNEL_META.get("project"), KERNEL_META.get("version"));
  }

  /** The library's displays, which its own kernel attaches; here every cell does. */
  private static final class CellIo extends JupyterIO {
    CellIo() {
      super(StandardCharsets.UTF_8);
    }

    void attach(Reply reply) {
      setEnv(reply);
    }
  }
}
