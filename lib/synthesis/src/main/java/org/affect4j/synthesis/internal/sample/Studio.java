package org.affect4j.synthesis.internal.sample;

import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.affect4j.synthesis.facs.UnitTable;
import org.affect4j.synthesis.internal.appearance.PersonSampler;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.render.FaceRenderer;
import org.affect4j.synthesis.internal.render.HeadMesh;
import org.affect4j.synthesis.internal.render.Photograph;
import org.affect4j.synthesis.internal.shape.FaceShape;
import org.affect4j.synthesis.internal.shape.ShapeSolver;

/**
 * What all threads share when they draw sets. Immutable.
 *
 * @param geometry the face model
 * @param mesh what is drawn of it
 * @param cropMesh the same, coarser, for crops of about 112 pixels
 * @param solver turns units into shapes
 * @param persons draws persons
 * @param actions draws expressions
 */
public record Studio(
    FaceGeometry geometry,
    HeadMesh mesh,
    HeadMesh cropMesh,
    ShapeSolver solver,
    PersonSampler persons,
    ActionSampler actions) {
  /**
   * Prepares a studio.
   *
   * @param geometry the face model
   */
  public Studio(FaceGeometry geometry) {
    this(
        geometry,
        new HeadMesh(geometry),
        HeadMesh.forCrops(geometry),
        new ShapeSolver(geometry, UnitTable.bundled()),
        new PersonSampler(geometry),
        new ActionSampler());
  }

  /**
   * Tells where pictures come from.
   *
   * @param own what is to be said of the pictures themselves
   * @return JSON: that, then the face model and its source
   */
  public String provenance(Map<String, Object> own) {
    Map<String, Object> p = new LinkedHashMap<>(own);
    p.put("geometry_sha256", geometry.checksum());
    p.put(
        "geometry_source",
        "ICT-FaceKit (MIT, Copyright (c) 2020 USC Institute for Creative Technologies)");
    p.put("renderer", "affect4j-synthesis");
    p.put("real_person_shown", false);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(p) + "\n";
  }

  /** The shape of a drawn action as a person lives it: uneven sides, gaze, and posture. */
  FaceShape livedIn(ActionSampler.Drawn drawn, RandomStream act) {
    return solver.solve(
        actions.livedIn(drawn.action(), act), actions.gaze(act), actions.habits(act));
  }

  /**
   * The working memory of one thread.
   *
   * @param studio what all share
   * @param renderer draws whole pictures
   * @param cropRenderer draws small crops
   * @param photograph develops them
   */
  public record Worker(
      Studio studio, FaceRenderer renderer, FaceRenderer cropRenderer, Photograph photograph) {
    /**
     * Makes the memory of one thread.
     *
     * @param studio what all share
     */
    public Worker(Studio studio) {
      this(
          studio,
          new FaceRenderer(studio.mesh),
          new FaceRenderer(studio.cropMesh),
          new Photograph());
    }
  }
}
