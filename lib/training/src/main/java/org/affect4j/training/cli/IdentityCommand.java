package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.affect4j.analysis.CropAligner;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.LabelledCrop;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.tune.ClassTask;
import org.apache.commons.codec.digest.DigestUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Teaches a network to tell persons apart, before it learns what faces show. */
@Command(
    name = "identity",
    description = {
      "Teaches a network of faces to tell persons apart, as networks of several papers are before"
          + " they learn what faces show; 'behaviour --from weights.safetensors' goes on with all but"
          + " the last layer.",
      "Persons are folders of photos. Faces are cut as affect4j analyze cuts them, and a photo"
          + " without one is taken whole.",
      "With --loss margin persons are told apart by the angle of the embedding: the output label of"
          + " the ONNX file, plain scores, is not what was learned."
    })
final class IdentityCommand extends TrainingCommand {
  private static final String SET = "persons";

  @Option(
      names = "--persons",
      required = true,
      paramLabel = "FOLDER",
      description = "A folder of photos for each person.")
  private Path persons;

  @Mixin private final NetworkOptions networks = new NetworkOptions(null, null);

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      description =
          "margin: cosines with a margin added to the angle of the right person (ArcFace, Deng et al."
              + " 2019); softmax: plain scores.")
  private String loss = "margin";

  @Option(names = "--margin", paramLabel = "RADIANS", description = "The margin.")
  private double angle = .5;

  @Option(names = "--scale", paramLabel = "S", description = "What cosines are multiplied by.")
  private double scale = 64;

  @Option(
      names = "--hold-out",
      converter = Part.class,
      paramLabel = "SHARE",
      description = "Part of each person's photos by which the epoch is chosen.")
  private double holdOut = .1;

  @Option(
      names = "--variation",
      converter = Part.class,
      paramLabel = "PART",
      description = "How strongly faces are turned, shifted, lit, damaged and covered, 0 to 1.")
  private double variation = 1;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = "Where prepared crops are kept; default: 'crops' in the output folder.")
  private Path cache;

  @Mixin private final TrainingRun run = new TrainingRun(20, 96, 1e-3, .05, .999, 5);

  @Override
  void run() throws IOException {
    if (!loss.equals("margin") && !loss.equals("softmax")) {
      throw wrong("--loss is margin or softmax, got " + loss);
    }
    NetworkSpec base = networks.network();
    int side = networks.resolution(base);
    Map<String, List<String>> photos = photos();
    NetworkSpec network = ClassTask.network(base, photos.size());
    run.prepare();
    CropSet faces = crops(photos, side);
    List<String> people = List.copyOf(photos.keySet());
    Map<String, Integer> ofFace = new HashMap<>();
    List<Integer> training = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    Map<String, List<Integer>> byPerson = new TreeMap<>();
    for (int i = 0; i < faces.size(); i++) {
      String person = person(faces.name(i));
      ofFace.put(faces.name(i), people.indexOf(person));
      byPerson.computeIfAbsent(person, p -> new ArrayList<>()).add(i);
    }
    Random random = new Random(run.seed());
    byPerson
        .values()
        .forEach(
            own -> {
              Collections.shuffle(own, random);
              int back = (int) Math.round(holdOut * own.size());
              back = Math.min(back, own.size() - 1);
              held.addAll(own.subList(0, back));
              training.addAll(own.subList(back, own.size()));
            });
    ClassTask task =
        new ClassTask(
            faces.subset(SET, ints(training)),
            held.isEmpty()
                ? Optional.empty()
                : Optional.of(faces.subset(SET + "-held-out", ints(held))),
            new ClassTask.Labels(people, ofFace),
            loss.equals("margin")
                ? Optional.of(new ClassTask.Margin(angle, scale))
                : Optional.empty(),
            Augmentation.sharp().weakened(variation),
            run.batch(),
            side,
            run.seed());
    say(
        "train with %d faces of %d persons, measure with %d"
            .formatted(training.size(), people.size(), held.size()));
    run.train(network, task, 0, "identity.onnx");
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().sorted().mapToInt(i -> i).toArray();
  }

  private static String person(String photo) {
    return photo.substring(0, photo.indexOf('/'));
  }

  /** Photos by person, as paths within the folder. */
  private Map<String, List<String>> photos() throws IOException {
    Map<String, List<String>> photos =
        FolderAnalysis.inputs(List.of(persons)).stream()
            .map(photo -> persons.toAbsolutePath().relativize(photo.toAbsolutePath()).toString())
            .map(photo -> photo.replace('\\', '/'))
            .filter(photo -> photo.contains("/"))
            .collect(
                Collectors.groupingBy(IdentityCommand::person, TreeMap::new, Collectors.toList()));
    if (photos.size() < 2) {
      throw new IOException(
          "%s holds photos of %d persons, expected a folder for each of two or more"
              .formatted(persons, photos.size()));
    }
    return photos;
  }

  private CropSet crops(Map<String, List<String>> photos, int side) throws IOException {
    List<String> names = photos.values().stream().flatMap(List::stream).toList();
    String key =
        "%s, %d px, %s, %s"
            .formatted(
                persons.toAbsolutePath().normalize().getFileName(),
                side,
                ModelPair.FLOAT32.detector(),
                DigestUtils.sha256Hex(state(names)));
    Path folder = cache == null ? run.out().resolve("crops") : cache;
    Optional<CropSet> there = CropSet.open(folder, SET, key);
    if (there.isPresent()) {
      return there.get();
    }
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      CropAligner aligner = new CropAligner(detector, new FaceAligner(side));
      Iterator<LabelledCrop> crops =
          names.stream()
              .flatMap(
                  name ->
                      crop(name, aligner)
                          .map(
                              c ->
                                  new LabelledCrop(
                                      name, c, CropLabels.ofUnits(CropLabels.unknownUnits())))
                          .stream())
              .iterator();
      return CropSet.write(Files.createDirectories(folder), SET, key, side, false, crops);
    }
  }

  /** Other files of the same names are other faces. */
  private String state(List<String> names) throws IOException {
    StringBuilder state = new StringBuilder();
    for (String name : names) {
      Path file = persons.resolve(name);
      state.append("%s %d %s%n".formatted(name, Files.size(file), Files.getLastModifiedTime(file)));
    }
    return state.toString();
  }

  private Optional<FaceImage> crop(String name, CropAligner aligner) {
    try {
      FaceImage photo = FaceImage.read(persons.resolve(name), DecodeOptions.forAnalysis());
      return Optional.of(aligner.alignOrScale(photo));
    } catch (IOException e) {
      say("%s is left out: %s".formatted(name, e.getMessage()));
      return Optional.empty();
    }
  }
}
