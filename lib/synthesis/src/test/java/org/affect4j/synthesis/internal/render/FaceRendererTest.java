package org.affect4j.synthesis.internal.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.UnitTable;
import org.affect4j.synthesis.internal.appearance.HairStyle;
import org.affect4j.synthesis.internal.appearance.Identity;
import org.affect4j.synthesis.internal.appearance.Person;
import org.affect4j.synthesis.internal.appearance.PersonSampler;
import org.affect4j.synthesis.internal.appearance.Rgb;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.geometry.TinyHead;
import org.affect4j.synthesis.internal.shape.FaceShape;
import org.affect4j.synthesis.internal.shape.ShapeSolver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaceRendererTest {
  private static FaceGeometry geometry;
  private static HeadMesh mesh;
  private static ShapeSolver solver;
  private static PersonSampler persons;

  @BeforeAll
  static void prepare() {
    prepare(TinyHead.geometry());
  }

  static void prepare(FaceGeometry head) {
    geometry = head;
    mesh = new HeadMesh(geometry);
    solver = new ShapeSolver(geometry, UnitTable.bundled());
    persons = new PersonSampler(geometry);
  }

  private static Canvas canvas() {
    Canvas canvas = new Canvas(112, 112);
    canvas.fill(new Rgb(.3, .3, .3));
    return canvas;
  }

  private static RenderedFace draw(Canvas canvas, Person person, String code, HeadPose pose) {
    return draw(mesh, canvas, person, code, pose);
  }

  private static RenderedFace draw(
      HeadMesh of, Canvas canvas, Person person, String code, HeadPose pose) {
    return new FaceRenderer(of)
        .render(
            canvas,
            person,
            solver.solve(FacialAction.parse(code)),
            new View(pose, Lighting.studio(), 100),
            Placement.aligned(112));
  }

  @Test
  void alignsTheFaceToTheTemplate() {
    Person person = persons.sample(3, new RandomStream(3));
    RenderedFace face = draw(canvas(), person, "", HeadPose.FRONTAL);
    Landmarks template = new FaceAligner().template();
    assertTrue(
        face.landmarks().errorAgainst(template) < .12,
        "error " + face.landmarks().errorAgainst(template));
    assertEquals(68, face.contour().size());
    assertTrue(face.box().width() > 50 && face.box().height() > 60, face.box().toString());
    assertTrue(face.brightness() > 0);
  }

  @Test
  void theMeshForCropsKeepsLandmarksAndLooks() {
    HeadMesh coarse = HeadMesh.forCrops(geometry);
    assertTrue(coarse.triangles < .6 * mesh.triangles, coarse.triangles + " triangles");
    for (int seed = 1; seed <= 4; seed++) {
      Person person = persons.sample(seed, new RandomStream(seed));
      HeadPose pose = new HeadPose(15, -5, 5);
      Canvas fine = canvas();
      Canvas crop = canvas();
      RenderedFace expected = draw(fine, person, "1+4+12+27", pose);
      RenderedFace face = draw(coarse, crop, person, "1+4+12+27", pose);
      assertEquals(expected.contour(), face.contour());
      double difference = 0;
      for (int i = 0; i < fine.green.length; i++) {
        difference += Math.abs(fine.green[i] - crop.green[i]) / fine.green.length;
      }
      assertTrue(difference < .015, "person %d: %.4f".formatted(seed, difference));
    }
  }

  @Test
  void aRendererCarriesNothingFromFaceToFace() {
    Person one = persons.sample(1, new RandomStream(1));
    Person two = persons.sample(2, new RandomStream(2));
    Canvas fresh = canvas();
    draw(fresh, two, "12+25", HeadPose.FRONTAL);
    FaceRenderer used = new FaceRenderer(mesh);
    FaceShape shape = solver.solve(FacialAction.parse("12+25"));
    FaceShape closed = solver.solve(FacialAction.parse("24"));
    // What lay where the inner mouth was, and what of the same person was turned away.
    for (Person person : new Person[] {one, two}) {
      for (FaceShape s : new FaceShape[] {shape, closed}) {
        used.render(
            canvas(),
            person,
            s,
            new View(new HeadPose(20, 5, 0), Lighting.studio(), 60),
            Placement.aligned(112));
      }
    }
    Canvas later = canvas();
    used.render(
        later,
        two,
        shape,
        new View(HeadPose.FRONTAL, Lighting.studio(), 100),
        Placement.aligned(112));
    for (int i = 0; i < fresh.red.length; i++) {
      assertEquals(fresh.red[i], later.red[i], "pixel " + i);
    }
  }

  @Test
  void unitsMoveTheirLandmarks() {
    Person person = persons.sample(5, new RandomStream(5));
    RenderedFace rest = draw(canvas(), person, "", HeadPose.FRONTAL);
    RenderedFace smile = draw(canvas(), person, "12", HeadPose.FRONTAL);
    RenderedFace brows = draw(canvas(), person, "1+2", HeadPose.FRONTAL);
    RenderedFace jaw = draw(canvas(), person, "27", HeadPose.FRONTAL);
    RenderedFace wink = draw(canvas(), person, "L43", HeadPose.FRONTAL);
    assertTrue(mouthWidth(smile) > 1.08 * mouthWidth(rest));
    assertTrue(gap(brows, 36, 17) > 1.1 * gap(rest, 36, 17));
    assertTrue(gap(jaw, 66, 62) > gap(rest, 66, 62) + 5);
    // The person's left eye is on the image's right: landmarks 42 to 47.
    assertTrue(gap(wink, 46, 44) < .5 * gap(rest, 46, 44));
    assertTrue(gap(wink, 41, 37) > .8 * gap(rest, 41, 37));
  }

  private static double mouthWidth(RenderedFace f) {
    return f.contour().get(54).x() - f.contour().get(48).x();
  }

  private static double gap(RenderedFace f, int lower, int upper) {
    return f.contour().get(lower).y() - f.contour().get(upper).y();
  }

  @Test
  void yawTurnsTheNoseToTheRight() {
    Person person = persons.sample(6, new RandomStream(6));
    Landmarks right = draw(canvas(), person, "", new HeadPose(25, 0, 0)).landmarks();
    Landmarks left = draw(canvas(), person, "", new HeadPose(-25, 0, 0)).landmarks();
    assertTrue(right.nose().x() > left.nose().x() + 8);
    Landmarks down =
        new FaceRenderer(mesh)
            .render(
                canvas(),
                person,
                solver.solve(FacialAction.neutral()),
                new View(new HeadPose(0, 20, 0), Lighting.studio(), 100),
                Placement.at(56, 50, 5))
            .landmarks();
    assertTrue(down.nose().y() > 50 + 5 * 2.5, "a lowered face has its nose far below the eyes");
  }

  @Test
  void aLowerResolutionShowsTheSameFace() {
    Person person = persons.sample(4, new RandomStream(4));
    RenderedFace large = draw(canvas(), person, "12+25", HeadPose.FRONTAL);
    Canvas canvas = new Canvas(56, 56);
    canvas.fill(new Rgb(.3, .3, .3));
    RenderedFace small =
        new FaceRenderer(mesh)
            .render(
                canvas,
                person,
                solver.solve(FacialAction.parse("12+25")),
                new View(HeadPose.FRONTAL, Lighting.studio(), 100),
                Placement.aligned(112).resized(.5));
    RenderedFace enlarged = small.resized(2);
    assertTrue(enlarged.landmarks().errorAgainst(large.landmarks()) < 1e-4);
    for (int i = 0; i < 68; i++) {
      assertEquals(0, enlarged.contour().get(i).distanceTo(large.contour().get(i)), 1e-2);
    }
    assertEquals(large.box().x(), enlarged.box().x(), 1e-2);
    assertEquals(large.box().height(), enlarged.box().height(), 1e-2);
    assertEquals(large.brightness(), small.brightness(), .05 * large.brightness());
  }

  @Test
  void enlargingKeepsWhatIsEvenAndItsPlace() {
    Canvas canvas = new Canvas(20, 20);
    canvas.fill(new Rgb(.2, .3, .4));
    Photograph photo = new Photograph();
    photo.develop(canvas, 1);
    BufferedImage before = photo.finish();
    photo.enlarge(50, 40, true);
    BufferedImage after = photo.finish();
    assertEquals(50, after.getWidth());
    assertEquals(before.getRGB(3, 3), after.getRGB(0, 0));
    assertEquals(before.getRGB(3, 3), after.getRGB(49, 39));
    assertThrows(IllegalArgumentException.class, () -> photo.enlarge(30, 40, false));
  }

  @Test
  void everyHairStyleCanBeDrawn() {
    for (HairStyle style : HairStyle.values()) {
      for (int i = 0; i < 2000; i++) {
        Person person = persons.sample(i, new RandomStream(i));
        if (person.hair().style() == style) {
          assertTrue(draw(canvas(), person, "6+12", new HeadPose(-15, 0, 5)).brightness() > 0);
          break;
        }
      }
    }
  }

  @Test
  void personsCoverToneSexAndAgeEvenly() {
    int[] tones = new int[11];
    int[] sexes = new int[2];
    int[] ages = new int[4];
    for (int i = 0; i < 800; i++) {
      var a = persons.attributes(i, new RandomStream(i));
      tones[a.monkTone()]++;
      sexes[a.sex().ordinal()]++;
      ages[a.age().ordinal()]++;
    }
    for (int tone = 1; tone <= 10; tone++) {
      assertEquals(80, tones[tone]);
    }
    assertEquals(400, sexes[0]);
    assertEquals(200, ages[3]);
  }

  @Test
  void refusesWhatItCannotDraw() {
    Person person = persons.sample(1, new RandomStream(1));
    FaceRenderer renderer = new FaceRenderer(mesh);
    FaceShape shape = solver.solve(FacialAction.neutral());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            renderer.render(
                canvas(),
                person,
                shape,
                new View(HeadPose.FRONTAL, Lighting.studio(), 5),
                Placement.aligned(112)));
    assertThrows(IllegalArgumentException.class, () -> new HeadPose(120, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Canvas(0, 10));
    assertThrows(IllegalArgumentException.class, () -> Identity.of(Float.NaN));
  }
}
