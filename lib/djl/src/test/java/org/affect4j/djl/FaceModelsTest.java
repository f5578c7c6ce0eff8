package org.affect4j.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Landmark;
import ai.djl.modality.cv.output.Point;
import ai.djl.modality.cv.output.Rectangle;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DJL's ONNX Runtime gives what the library gives by itself. */
class FaceModelsTest {
  private static final double SAME = 1e-5;

  /** A pixel, as far as a landmark may move. */
  private static final double SAME_PIXEL = 1e-3;

  private static FaceImage photo(String name) throws IOException {
    return FaceImage.read(Path.of(System.getProperty("affect4j.root"), "data", name));
  }

  private static Image image(FaceImage photo) {
    return ImageFactory.getInstance().fromImage(photo.toBufferedImage());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "INT8"})
  void detectsAndReadsAsTheAnalyzerDoes(ModelPair pair) throws Exception {
    AnalyzerOptions options = AnalyzerOptions.defaults().withModels(pair).withThreads(1);
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(options);
        ZooModel<Image, DetectedObjects> detector =
            FaceModels.detector(pair.detector()).loadModel();
        Predictor<Image, DetectedObjects> detect = detector.newPredictor();
        ZooModel<Image, Behaviour> network = FaceModels.behaviour(pair.behaviour()).loadModel();
        Predictor<Image, Behaviour> read = network.newPredictor()) {
      List<FaceImage> photos =
          List.of(photo("groups/00.jpg"), photo("groups/05.jpg"), photo("portraits/000.jpg"));
      List<DetectedObjects> found =
          detect.batchPredict(photos.stream().map(FaceModelsTest::image).toList());
      for (int i = 0; i < photos.size(); i++) {
        List<Face> faces = analyzer.analyze(photos.get(i));
        assertEquals(faces.size(), found.get(i).getNumberOfObjects());
        List<Image> crops = new ArrayList<>();
        List<FaceImage> expected = new ArrayList<>();
        for (int k = 0; k < faces.size(); k++) {
          Detection face = faces.get(k).detection().orElseThrow();
          DetectedObjects.DetectedObject object = found.get(i).item(k);
          assertEquals("face", object.getClassName());
          assertEquals(face.score(), object.getProbability(), SAME);
          assertSameBox(face, object.getBoundingBox(), photos.get(i));
          crops.add(FaceModels.aligned(image(photos.get(i)), object.getBoundingBox()));
          expected.add(analyzer.behaviourModel().aligner().crop(photos.get(i), face.landmarks()));
        }
        assertSame(analyzer.behaviourModel().predict(expected), read.batchPredict(crops), SAME);
        // A crop of bytes lacks the fractions of what single precision is given.
        double near = pair == ModelPair.INT8 ? SAME : .05;
        assertSame(faces.stream().map(Face::behaviour).toList(), read.batchPredict(crops), near);
      }
    }
  }

  private static void assertSameBox(Detection face, BoundingBox box, FaceImage photo) {
    Rectangle bounds = box.getBounds();
    assertEquals(face.box().x(), bounds.getX() * photo.width(), SAME_PIXEL);
    assertEquals(face.box().y(), bounds.getY() * photo.height(), SAME_PIXEL);
    assertEquals(face.box().width(), bounds.getWidth() * photo.width(), SAME_PIXEL);
    assertEquals(face.box().height(), bounds.getHeight() * photo.height(), SAME_PIXEL);
    int i = 0;
    for (Point point : box.getPath()) {
      assertEquals(face.landmarks().points().get(i).x(), point.getX(), SAME_PIXEL);
      assertEquals(face.landmarks().points().get(i++).y(), point.getY(), SAME_PIXEL);
    }
    assertEquals(5, i);
  }

  private static void assertSame(List<Behaviour> expected, List<Behaviour> actual, double delta) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      Behaviour e = expected.get(i);
      Behaviour a = actual.get(i);
      assertArrayEquals(e.expressionProbabilities(), a.expressionProbabilities(), delta);
      assertArrayEquals(e.actionUnitProbabilities(), a.actionUnitProbabilities(), delta);
      assertEquals(e.valenceArousal().valence(), a.valenceArousal().valence(), delta);
      assertEquals(e.valenceArousal().arousal(), a.valenceArousal().arousal(), delta);
      if (delta == SAME) {
        assertArrayEquals(e.embedding(), a.embedding(), (float) SAME);
      }
    }
  }

  @Test
  void cropsOfAnySizeAndImagesOfOtherLibrariesAreRead() throws Exception {
    FaceImage crop = photo("portraits/001.jpg");
    Image wrapped = image(crop);
    Image other =
        (Image)
            Proxy.newProxyInstance(
                Image.class.getClassLoader(),
                new Class<?>[] {Image.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getWrappedImage")
                        ? "not a picture of Java's"
                        : method.invoke(wrapped, arguments));
    try (BehaviourModel model =
            BehaviourModel.load(BehaviourOptions.defaults(), ModelPair.FLOAT32, 1);
        ZooModel<Image, Behaviour> network = FaceModels.behaviour("behaviour-v6").loadModel();
        Predictor<Image, Behaviour> predictor = network.newPredictor()) {
      List<Behaviour> expected = model.predict(List.of(crop));
      assertSame(expected, List.of(predictor.predict(wrapped)), SAME);
      assertSame(expected, List.of(predictor.predict(other)), SAME);
    }
  }

  @Test
  void photoWithoutFaceHasNoObjects() throws Exception {
    try (ZooModel<Image, DetectedObjects> detector =
            FaceModels.detector("detector-v2").loadModel();
        Predictor<Image, DetectedObjects> predictor = detector.newPredictor()) {
      assertEquals(0, predictor.predict(image(FaceImage.plain(50, 70, 127))).getNumberOfObjects());
    }
  }

  @Test
  void mistakesAreTold() throws Exception {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> FaceModels.detector("detector"))
            .getMessage()
            .contains("detector-v2"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            FaceModels.aligned(
                image(FaceImage.plain(9, 9, 0)), new Landmark(0, 0, 1, 1, List.of())));
    try (ZooModel<Image, Behaviour> notOne = FaceModels.behaviour("detector-v2").loadModel();
        Predictor<Image, Behaviour> predictor = notOne.newPredictor()) {
      TranslateException e =
          assertThrows(
              TranslateException.class,
              () -> predictor.predict(image(FaceImage.plain(112, 112, 0))));
      assertFalse(e.getMessage().isBlank());
    }
  }
}
