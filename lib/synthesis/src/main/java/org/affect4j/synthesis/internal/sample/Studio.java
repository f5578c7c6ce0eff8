package org.affect4j.synthesis.internal.sample;

import org.affect4j.synthesis.facs.UnitTable;
import org.affect4j.synthesis.internal.appearance.PersonSampler;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.render.FaceRenderer;
import org.affect4j.synthesis.internal.render.HeadMesh;
import org.affect4j.synthesis.internal.render.Photograph;
import org.affect4j.synthesis.internal.shape.FaceShape;
import org.affect4j.synthesis.internal.shape.ShapeSolver;

/** What all threads share when they draw sets: face model, samplers, tables. Immutable. */
public final class Studio {
  private final FaceGeometry geometry;
  private final HeadMesh mesh;
  private final HeadMesh cropMesh;
  private final ShapeSolver solver;
  private final PersonSampler persons;
  private final ActionSampler actions = new ActionSampler();

  /**
   * Prepares a studio.
   *
   * @param geometry the face model
   */
  public Studio(FaceGeometry geometry) {
    this.geometry = geometry;
    mesh = new HeadMesh(geometry);
    cropMesh = HeadMesh.forCrops(geometry);
    solver = new ShapeSolver(geometry, UnitTable.bundled());
    persons = new PersonSampler(geometry);
  }

  /**
   * Returns the face model.
   *
   * @return the geometry
   */
  public FaceGeometry geometry() {
    return geometry;
  }

  /**
   * Returns what turns units into shapes.
   *
   * @return the solver
   */
  public ShapeSolver solver() {
    return solver;
  }

  /**
   * Returns what draws persons.
   *
   * @return the sampler
   */
  public PersonSampler persons() {
    return persons;
  }

  /**
   * Returns what draws expressions.
   *
   * @return the sampler
   */
  public ActionSampler actions() {
    return actions;
  }

  /**
   * Makes a renderer for one thread.
   *
   * @return a renderer over the shared mesh
   */
  public FaceRenderer renderer() {
    return new FaceRenderer(mesh);
  }

  /**
   * Makes a faster renderer for crops of about 112 pixels, for one thread.
   *
   * @return a renderer over the shared coarser mesh
   */
  public FaceRenderer cropRenderer() {
    return new FaceRenderer(cropMesh);
  }

  /** The shape of a drawn action as a person lives it: uneven sides, gaze, and posture. */
  FaceShape livedIn(ActionSampler.Drawn drawn, RandomStream act) {
    return solver.solve(
        actions.livedIn(drawn.action(), act), actions.gaze(act), actions.habits(act));
  }

  /** The working memory of one thread. */
  static final class Worker {
    final Studio studio;
    final FaceRenderer renderer;
    final FaceRenderer cropRenderer;
    final Photograph photograph = new Photograph();

    Worker(Studio studio) {
      this.studio = studio;
      this.renderer = studio.renderer();
      this.cropRenderer = studio.cropRenderer();
    }
  }
}
