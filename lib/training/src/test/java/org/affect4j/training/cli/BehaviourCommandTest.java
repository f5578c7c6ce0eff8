package org.affect4j.training.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.face.Behaviour;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.StoredModel;
import org.affect4j.table.FaceTable;
import org.affect4j.training.MadeUpSets;
import org.affect4j.training.behaviour.Coupling;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.export.NetworkImport;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BehaviourCommandTest extends CommandRunner {
  private static final String BLENDSHAPES =
      "browDown,browInnerUp,browOuterUp,eyeSquint,eyeWide,jawOpen,mouthFrown,mouthLowerDown,"
          + "mouthPress,mouthShrugLower,mouthSmile,mouthStretch,mouthUpperUp";

  @TempDir Path folder;

  /** A training of a few faces. */
  private String[] small(String... more) throws IOException {
    String[] common = {
      "behaviour",
      "--fer",
      MadeUpSets.fer(folder.resolve("fer")).toString(),
      "-o",
      folder.resolve("out").toString(),
      "--batch",
      "7",
      "--resolution",
      "16"
    };
    return with(common, more);
  }

  @Test
  @Tag("slow")
  void trainsLeavesOffAndGoesOn() throws IOException {
    String[] common = small("--epochs", "2", "--variation", ".5");
    assertEquals(0, run(with(common, "--stop-after", "1")), err.toString());
    assertTrue(out.toString().contains("to be resumed"), out.toString());
    assertEquals(1, run(common));
    assertTrue(err.toString().contains("holds a run already"), err.toString());
    assertEquals(0, run(with(common, "--resume")), err.toString());
    assertTrue(out.toString().contains("publictest accuracy"), out.toString());
    String provenance = Files.readString(folder.resolve("out/provenance.json"));
    assertTrue(provenance.contains("\"seed\": \"1\""), provenance);
    assertTrue(provenance.contains("set fer"), provenance);
    assertTrue(provenance.contains("rotationDegrees=6.0"), provenance);
    assertTrue(Files.size(folder.resolve("out/behaviour.onnx")) > 1_000_000);
    assertEquals(1, run(with(common, "--resume", "--rate", "1e-4")));
    assertTrue(err.toString().contains("learning rate was 0.002"), err.toString());
  }

  @Test
  @Tag("slow")
  void votesAreTheLabels() throws IOException {
    String[] common = small("--epochs", "1", "--variation", "0");
    Path fer = Path.of(common[2]);
    List<String> lines = new ArrayList<>();
    lines.add(
        "split,file,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF");
    try (Stream<Path> files = Files.walk(fer)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> file.getParent().getFileName() + "/" + file.getFileName())
          .filter(name -> name.contains("_"))
          .sorted()
          .forEach(
              name -> {
                int photo = lines.size() - 1;
                int[] counts = new int[10];
                boolean isUnsure = photo == 1 || photo == 4;
                counts[photo / 3] = isUnsure ? 3 : 6;
                counts[photo == 1 ? 8 : 7] = isUnsure ? 7 : 1;
                lines.add(
                    (name.contains("Training") ? "Training," : "PublicTest,")
                        + name
                        + Arrays.stream(counts).mapToObj(c -> "," + c).collect(joining()));
              });
    }
    Path votes = Files.write(folder.resolve("votes.csv"), lines);
    assertEquals(0, run(with(common, "--votes", votes.toString())), err.toString());
    // What most raters cannot name is not learned, nor is contempt.
    assertTrue(err.toString().contains("train with fer (12 faces"), err.toString());
    assertTrue(err.toString().contains("measure with publictest (7 faces"), err.toString());
    String provenance = Files.readString(folder.resolve("out/provenance.json"));
    assertTrue(provenance.contains("votes "), provenance);
    String[] besides = common.clone();
    besides[4] = folder.resolve("besides").toString();
    Path shapes =
        Files.writeString(
            folder.resolve("shapes.csv"),
            "file,%s%n%s,%s%n"
                .formatted(
                    BLENDSHAPES,
                    lines.get(3).split(",")[1],
                    BLENDSHAPES.replaceAll("[^,]+", ".5")));
    besides =
        with(
            besides, "--votes", votes.toString(), "--contempt", "--blendshapes", shapes.toString());
    assertEquals(0, run(besides), err.toString());
    // One in whom most see contempt is learned from too.
    assertTrue(err.toString().contains("train with fer (13 faces"), err.toString());
    Path onnx = folder.resolve("besides/behaviour.onnx");
    assertFalse(Files.readString(onnx, StandardCharsets.ISO_8859_1).contains("weak_units"));
    StoredModel stored =
        StoredModel.ofFile(
            onnx, NetworkKind.BEHAVIOUR, PixelLayout.SIGNED_RGB, OptionalInt.of(112));
    try (BehaviourModel model = BehaviourModel.of(stored.open(1), BehaviourOptions.defaults())) {
      Behaviour read = model.predict(List.of(FaceImage.plain(112, 112, 90))).get(0);
      assertTrue(read.contempt().orElseThrow() > 0);
      assertEquals(1, Arrays.stream(read.expressionProbabilities()).sum(), 1e-3);
      assertTrue(model.vocabulary().hasBasicClasses());
    }
    assertEquals(2, run(with(common, "--contempt")), "contempt without votes");
    assertEquals(2, run("behaviour", "--rendered", "x", "-o", "y", "--votes", votes.toString()));
    assertTrue(err.toString().contains("give them too"), err.toString());
  }

  @Tag("slow")
  @Test
  void aTeacherReadsPhotosAndRenderedFacesVaryByThemselves() throws IOException {
    Path weights = folder.resolve("teacher.safetensors");
    NetworkSpec network = FacebehaviourNet.compact();
    NetworkWeights.initial(network, 1).write(network, weights);
    String[] taught = {
      "behaviour",
      "--fer",
      MadeUpSets.fer(folder.resolve("fer")).toString(),
      "--rendered",
      MadeUpSets.rendered(folder.resolve("rendered"), 36).toString(),
      "-o",
      folder.resolve("out").toString(),
      "--epochs",
      "1",
      "--batch",
      "12",
      "--resolution",
      "16",
      "--rendered-variation",
      "0",
      "--teacher",
      weights.toString(),
      "--teacher-resolution",
      "24"
    };
    assertEquals(0, run(taught), err.toString());
    List<String> settings = Files.readAllLines(folder.resolve("out/provenance.json"));
    String photos = only(settings, "set fer");
    assertTrue(photos.contains("rotationDegrees=12.0"), photos);
    assertTrue(photos.contains("at 24 pixels decides 0.5 of each label"), photos);
    String rendered = only(settings, "set rendered");
    assertTrue(rendered.contains("rotationDegrees=0.0"), rendered);
    assertFalse(rendered.contains("decides"), rendered);
  }

  @Test
  @Tag("slow")
  void anExportedNetworkCanBeginAnotherAndTeachIt() throws IOException {
    Path exported = folder.resolve("network.onnx");
    NetworkSpec network = FacebehaviourNet.compact();
    Files.write(exported, NetworkExport.of(network, NetworkWeights.initial(network, 2)).onnx());
    String[] further =
        small(
            "--epochs",
            "1",
            "--network",
            "smooth",
            "--rate",
            "1e-12",
            "--from",
            exported.toString(),
            "--teacher",
            exported.toString());
    assertEquals(0, run(further), err.toString());
    int all = network.parameters().size();
    String begun =
        "is of 'facebehaviour-compact': %1$d of %1$d parameters of 'facebehaviour-compact-smooth'"
            .formatted(all);
    assertTrue(err.toString().contains(begun), err.toString());
    // At such a rate nothing is learned: what comes out is what went in.
    NetworkWeights before = NetworkImport.of(network, Files.readAllBytes(exported));
    NetworkWeights after = NetworkWeights.read(folder.resolve("out/weights.safetensors"));
    assertEquals("facebehaviour-compact-smooth", after.specification());
    assertArrayEquals(
        before.values("expression.fc.weight"), after.values("expression.fc.weight"), 1e-6f);
    assertArrayEquals(before.values("stem.weight"), after.values("stem.weight"), 1e-6f);
  }

  @Tag("slow")
  @Test
  void networksOfTwoSizesTeachTogetherInSeveralViews() throws IOException {
    Path compact = folder.resolve("compact.safetensors");
    Path wide = folder.resolve("wide.safetensors");
    NetworkWeights.initial(FacebehaviourNet.compact(), 1)
        .write(FacebehaviourNet.compact(), compact);
    NetworkWeights.initial(FacebehaviourNet.compactWide(), 1)
        .write(FacebehaviourNet.compactWide(), wide);
    String[] taught =
        small(
            "--epochs",
            "1",
            "--teacher",
            compact + "," + wide,
            "--teacher-resolution",
            "16,24",
            "--teacher-views",
            "2",
            "--teacher-share",
            ".8");
    assertEquals(0, run(taught), err.toString());
    String photos = only(Files.readAllLines(folder.resolve("out/provenance.json")), "set fer");
    assertTrue(photos.contains("at 24 pixels in 2 views decides 0.8 of each label"), photos);
  }

  @Tag("slow")
  @Test
  void aConsistentTeacherReadsEveryBatch() throws IOException {
    Path compact = folder.resolve("compact.safetensors");
    NetworkWeights.initial(FacebehaviourNet.compact(), 1)
        .write(FacebehaviourNet.compact(), compact);
    String[] taught = {"--epochs", "1", "--teacher", compact.toString(), "--teacher-consistent"};
    assertEquals(0, run(small(taught)), err.toString());
    List<String> settings = Files.readAllLines(folder.resolve("out/provenance.json"));
    String teacher = only(settings, "\"teacher\"");
    assertTrue(teacher.contains("in 1 views of each face as it is shown"), teacher);
    assertFalse(only(settings, "set fer").contains("decides"), settings.toString());
    assertEquals(2, run(with(small(taught), "--teacher-resolution", "64")));
    assertTrue(err.toString().contains("see what the pupil sees"), err.toString());
    assertEquals(2, run(small("--teacher-consistent")));
    assertTrue(err.toString().contains("needs a --teacher"), err.toString());
  }

  @Tag("slow")
  @Test
  void anyListTrainsANetworkOfOwnUnitsAsAPaperStates() throws IOException {
    Path table = folder.resolve("table.csv");
    Files.write(
        table,
        List.of(
            "expression,au01,au04",
            "happiness,.1,0",
            "sadness,.5,1",
            "fear,1,1",
            "anger,0,1",
            "surprise,1,0",
            "disgust,0,.3"));
    String[] own = {
      "behaviour",
      "--set",
      "mine=" + MadeUpSets.list(folder, 70),
      "-o",
      folder.resolve("out").toString(),
      "--preset",
      "facebehaviornet",
      "--network",
      "wide",
      "--units",
      "1,2,4",
      "--classes",
      "neutral,anger,disgust,fear,happiness,sadness,surprise,contempt",
      "--relatedness",
      table.toString(),
      "--resolution",
      "16",
      "--batch",
      "14",
      "--epochs",
      "1"
    };
    assertEquals(0, run(own), err.toString());
    String network = NetworkWeights.read(folder.resolve("out/weights.safetensors")).specification();
    assertTrue(network.startsWith("facebehaviour-compact-wide+units-1-2-4+classes-"), network);
    assertTrue(out.toString().contains("mine test accuracy of 8"), out.toString());
    assertTrue(out.toString().contains("mine test valence ccc"), out.toString());
    FaceTable rows = analyzed(folder, "--model", folder.resolve("out/behaviour.onnx").toString());
    assertTrue(rows.columns().containsAll(List.of("p_contempt", "au04", "valence")));
    assertFalse(rows.columns().contains("au05"), rows.columns().toString());
    List<String> settings = Files.readAllLines(folder.resolve("out/provenance.json"));
    String matching = only(settings, "\"matching\"");
    assertTrue(matching.contains("form=FACE_BEHAVIOR_NET, binary=true, everywhere=true"), matching);
    assertTrue(only(settings, "\"relatedness\"").contains("table.csv"), settings.toString());
    assertTrue(only(settings, "\"learning rate\"").contains("1.0E-4"), settings.toString());
    assertTrue(only(settings, "\"label smoothing\"").contains("0.0"), settings.toString());
    assertTrue(only(settings, "circumplex").contains("false"), settings.toString());
    String loss = only(settings, "\"loss\"");
    assertTrue(loss.contains("labelMatching=0.0, softCoAnnotation=0.2"), loss);
  }

  @Tag("slow")
  @Test
  void whatIsNotTaughtIsLeftOutOfTheNetwork() throws IOException {
    String[] affect = {
      "behaviour",
      "--set",
      "mine=" + MadeUpSets.list(folder, 20),
      "--set",
      "elsewhere=" + MadeUpSets.list(folder, 20) + ":0",
      "-o",
      folder.resolve("out").toString(),
      "--tasks",
      "va",
      "--resolution",
      "16",
      "--batch",
      "8",
      "--epochs",
      "1"
    };
    assertEquals(0, run(affect), err.toString());
    assertTrue(err.toString().contains("measure with elsewhere (16 faces"), err.toString());
    assertTrue(out.toString().contains("elsewhere valence ccc"), out.toString());
    Path weights = folder.resolve("out/weights.safetensors");
    String network = NetworkWeights.read(weights).specification();
    assertEquals("facebehaviour-compact+tasks-valence_arousal", network);
    assertEquals(List.of("valence_arousal", "embedding"), Networks.named(network).outputNames());
    FaceTable rows = analyzed(folder, "--model", folder.resolve("out/behaviour.onnx").toString());
    assertTrue(rows.number(0, "valence").isPresent());
    assertFalse(rows.columns().contains("expression"), rows.columns().toString());
  }

  @Test
  void setsThatCannotTeachWhatIsAskedAreSaidAtOnce() throws IOException {
    String[] mine = {
      "behaviour", "--set", "mine=" + MadeUpSets.list(folder, 70), "-o", "no-folder"
    };
    assertEquals(1, run(with(mine, "--classes", "neutral,other")), err.toString());
    assertTrue(err.toString().contains("no face of [mine] shows other"), err.toString());
    assertEquals(1, run(with(mine, "--tasks", "au", "--units", "26")));
    assertTrue(err.toString().contains("action units are to be learned"), err.toString());
    for (String preset : List.of("behaviour4all", "facebehaviornet", "mt-vgg")) {
      assertEquals(1, run(with(mine, "--preset", preset, "--tasks", "au", "--units", "9,26")));
      assertTrue(err.toString().endsWith("learn other tasks\n"), err.toString());
    }
    assertEquals(1, run(with(mine, "--set", "nobody=x")));
    assertTrue(err.toString().contains("affectnet"), err.toString());
    assertEquals(2, run(with(mine, "--network", "mt-vgg", "--resolution", "64")));
    assertTrue(err.toString().contains("only takes 96 pixels"), err.toString());
    for (String other : List.of("detector-small", "mt-vgg-gru")) {
      assertEquals(2, run(with(mine, "--network", other)));
      assertTrue(err.toString().contains("nothing about single faces"), err.toString());
    }
    assertEquals(2, run(with(mine, "--loss-weights", "identity=1")));
    assertTrue(err.toString().contains("--loss-weights are of"), err.toString());
    assertEquals(2, run(with(mine, "--matching-on", "some")));
    assertTrue(err.toString().contains("expected all or without-units"), err.toString());
    assertEquals(2, run("behaviour", "--photos", "x", "-o", "y", "--hold-out", ".1"));
    assertTrue(err.toString().contains("or of a --set"), err.toString());
    assertFalse(Files.exists(Path.of("no-folder")));
  }

  private static String only(List<String> lines, String part) {
    List<String> found = lines.stream().filter(line -> line.contains(part)).toList();
    assertEquals(1, found.size(), found.toString());
    return found.get(0);
  }

  @Test
  void wrongUsageIsSaid() {
    assertEquals(2, run("behaviour", "-o", folder.toString()));
    assertTrue(err.toString().contains("at least one of --fer"), err.toString());
    assertEquals(2, run("behaviour", "--fer", "x", "-o", folder.toString(), "--patience", "3"));
    assertTrue(err.toString().contains("PublicTest must not decide"), err.toString());
    assertEquals(2, run("behaviour", "--fer", "x", "-o", folder.toString(), "--variation", "2"));
    assertTrue(err.toString().contains("from 0 to 1, got 2"), err.toString());
    assertEquals(2, run("behaviour", "--rendered", "x", "-o", "y", "--teacher", "z"));
    assertTrue(err.toString().contains("--teacher reads photos"), err.toString());
    String[] sides = {"--teacher", "a,b,c", "--teacher-resolution", "64,112"};
    assertEquals(2, run(with(new String[] {"behaviour", "--fer", "x", "-o", "y"}, sides)));
    assertTrue(err.toString().contains("one for each of 3, got 2"), err.toString());
    String[] views = {"--teacher", "a", "--teacher-views", "0"};
    assertEquals(2, run(with(new String[] {"behaviour", "--fer", "x", "-o", "y"}, views)));
    assertTrue(err.toString().contains("takes 1 or more, got 0"), err.toString());
  }

  @Test
  void couplingsAreNamedByTheirLabels() {
    for (Coupling coupling : Coupling.values()) {
      CommandLine.ParseResult parsed =
          Main.commandLine()
              .parseArgs("behaviour", "-o", "x", "--coupling", coupling.label())
              .subcommand();
      assertEquals(coupling, parsed.matchedOptionValue("--coupling", null));
    }
  }

  @Test
  void missingDataIsSaid() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(
        1, run("behaviour", "--fer", folder.resolve("empty").toString(), "-o", folder.toString()));
    assertTrue(err.toString().contains("FER2013, "), err.toString());
    assertEquals(
        1,
        run(
            "behaviour",
            "--rendered",
            folder.resolve("empty").toString(),
            "-o",
            folder.toString()));
    assertTrue(err.toString().contains("labels.csv"), err.toString());
  }
}
