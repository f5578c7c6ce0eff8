package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.HairStyle;
import org.affect4j.synthesis.internal.appearance.Person;

/**
 * Adds hair, beard, glasses and clothes to the triangles of a head that was shaped already: what
 * sits on the skin follows its shape, and is textured by where it sits on the neutral head.
 */
final class Wardrobe {
  private final HeadMesh mesh;
  private final HairShells shells;

  Wardrobe(HeadMesh mesh) {
    this.mesh = mesh;
    shells = new HairShells(mesh);
  }

  void dress(Triangles soup, Person person, HairField field, Sight sight) {
    if (field.scarf) {
      shells.scarf(soup, field);
    } else if (field.any) {
      shells.scalp(soup, person, field, sight);
      if (person.hair().style().falls()) {
        FallingHair.drape(soup, mesh, person, field, sight);
      } else if (person.hair().style() == HairStyle.TIED) {
        FallingHair.bun(soup, person);
      }
    }
    if (person.beard().length() > 0) {
      shells.beard(soup, person);
    }
    if (person.glasses().kind() != Person.Glasses.Kind.NONE) {
      Spectacles.wear(soup, mesh, person.glasses());
    }
    Torso.add(soup, person);
  }
}
