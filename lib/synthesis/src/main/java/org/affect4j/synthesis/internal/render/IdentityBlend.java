package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Identity;

/**
 * The neutral mesh of the person drawn last: the mean face and a weighted sum of all identity
 * modes, kept for the pictures of one person that follow each other. Not thread-safe.
 */
final class IdentityBlend {
  private static final int BLOCK = 4096;

  private final HeadMesh mesh;
  private final float[] blended;
  private Identity last = Identity.mean(0);
  private int end;

  IdentityBlend(HeadMesh mesh) {
    this.mesh = mesh;
    blended = new float[3 * mesh.vertices];
  }

  /** Copies the first coordinates of a person's neutral mesh. */
  void place(Identity identity, int floats, float[] into) {
    if (identity != last) {
      end = 0;
      last = identity;
    }
    // What lies behind closed lips is only blended once they part.
    if (end < floats) {
      blendIdentity(identity, end, floats);
      end = floats;
    }
    System.arraycopy(blended, 0, into, 0, floats);
  }

  private void blendIdentity(Identity identity, int from, int to) {
    System.arraycopy(mesh.neutral, from, blended, from, to - from);
    // Block by block, so that sums stay in the first cache: the loop is bound by memory.
    for (int start = from; start < to; start += BLOCK) {
      blendBlock(identity, start, Math.min(to, start + BLOCK));
    }
  }

  private void blendBlock(Identity identity, int from, int to) {
    float[] out = blended;
    int k = 0;
    for (; k + 3 < identity.size(); k += 4) {
      float w0 = identity.weight(k);
      float w1 = identity.weight(k + 1);
      float w2 = identity.weight(k + 2);
      float w3 = identity.weight(k + 3);
      float[] m0 = mesh.modes[k];
      float[] m1 = mesh.modes[k + 1];
      float[] m2 = mesh.modes[k + 2];
      float[] m3 = mesh.modes[k + 3];
      for (int i = from; i < to; i++) {
        out[i] += w0 * m0[i] + w1 * m1[i] + (w2 * m2[i] + w3 * m3[i]);
      }
    }
    for (; k < identity.size(); k++) {
      float w = identity.weight(k);
      float[] m = mesh.modes[k];
      for (int i = from; i < to; i++) {
        out[i] += w * m[i];
      }
    }
  }
}
