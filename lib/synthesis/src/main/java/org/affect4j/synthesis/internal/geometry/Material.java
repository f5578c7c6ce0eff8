package org.affect4j.synthesis.internal.geometry;

import java.util.List;

/** What a triangle of the face model is made of; the order is that of the compact file's codes. */
public enum Material {
  /** Skin of the face, with lips and lids. */
  FACE,
  /** Skin of the skull, the ears and the neck. */
  HEAD,
  /** Inner cheeks and throat. */
  MOUTH_SOCKET,
  /** Skin behind the lids. */
  EYE_SOCKET,
  /** Gums and tongue. */
  GUMS,
  /** Teeth. */
  TEETH,
  /** The person's left eyeball. */
  EYE_LEFT,
  /** The person's right eyeball. */
  EYE_RIGHT,
  /** Eyelashes, cards that are cut into strands. */
  LASHES;

  /** All materials in the order of their codes, unmodifiable. */
  public static final List<Material> ALL = List.of(values());
}
