package org.affect4j.synthesis.render;

import java.io.ByteArrayOutputStream;

/**
 * Baseline JPEG (ITU-T T.81) with the standard's example Huffman tables and colours at half
 * resolution. Written here because the JDK's encoder is native code whose bytes differ between
 * releases.
 */
final class JpegEncoder {
  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };
  private static final int[] DC_LENGTHS_LUMA = {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
  private static final int[] DC_LENGTHS_CHROMA = {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
  private static final int[] DC_VALUES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private static final int[] AC_LENGTHS_LUMA = {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d};
  private static final int[] AC_LENGTHS_CHROMA = {
    0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77
  };
  private static final int[] AC_VALUES_LUMA =
      hex(
          "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
              + "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a7374757677"
              + "78797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5"
              + "c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa");
  private static final int[] AC_VALUES_CHROMA =
      hex(
          "0001020311040521310612415107617113223281081442"
              + "91a1b1c109233352f0156272d10a162434e125f1"
              + "1718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475"
              + "767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2"
              + "c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");
  private static final int[][] DC_LUMA = codes(DC_LENGTHS_LUMA, DC_VALUES);
  private static final int[][] DC_CHROMA = codes(DC_LENGTHS_CHROMA, DC_VALUES);
  private static final int[][] AC_LUMA = codes(AC_LENGTHS_LUMA, AC_VALUES_LUMA);
  private static final int[][] AC_CHROMA = codes(AC_LENGTHS_CHROMA, AC_VALUES_CHROMA);

  private final Pixels pixels;
  private final int width;
  private final int height;
  private final int[] luma;
  private final int[] chroma;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
  private final float[] block = new float[64];
  private final float[] scratch = new float[64];
  private final int[] lastDc = new int[3];
  private long bits;
  private int bitCount;

  JpegEncoder(Pixels pixels, int quality) {
    this.pixels = pixels;
    width = pixels.width();
    height = pixels.height();
    luma = Dct.table(Dct.LUMINANCE, quality);
    chroma = Dct.table(Dct.CHROMINANCE, quality);
  }

  private static int[] hex(String s) {
    int[] v = new int[s.length() / 2];
    for (int i = 0; i < v.length; i++) {
      v[i] = Integer.parseInt(s, 2 * i, 2 * i + 2, 16);
    }
    return v;
  }

  /** Code and length for each value, as annex C builds them from the counts of lengths. */
  private static int[][] codes(int[] lengths, int[] values) {
    int[][] codes = new int[256][];
    int code = 0;
    int k = 0;
    for (int length = 1; length <= 16; length++) {
      for (int i = 0; i < lengths[length - 1]; i++) {
        codes[values[k++]] = new int[] {code++, length};
      }
      code <<= 1;
    }
    return codes;
  }

  byte[] encode() {
    marker(0xD8);
    segment(0xE0, new int[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
    segment(0xDB, quantisation());
    segment(
        0xC0,
        new int[] {
          8,
          height >> 8,
          height & 255,
          width >> 8,
          width & 255,
          3,
          1,
          0x22,
          0,
          2,
          0x11,
          1,
          3,
          0x11,
          1
        });
    segment(0xC4, huffman(0x00, DC_LENGTHS_LUMA, DC_VALUES));
    segment(0xC4, huffman(0x10, AC_LENGTHS_LUMA, AC_VALUES_LUMA));
    segment(0xC4, huffman(0x01, DC_LENGTHS_CHROMA, DC_VALUES));
    segment(0xC4, huffman(0x11, AC_LENGTHS_CHROMA, AC_VALUES_CHROMA));
    segment(0xDA, new int[] {3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0});
    for (int y = 0; y < height; y += 16) {
      for (int x = 0; x < width; x += 16) {
        for (int i = 0; i < 4; i++) {
          lumaBlock(x + 8 * (i & 1), y + 8 * (i >> 1));
          write(luma, 0, DC_LUMA, AC_LUMA);
        }
        chromaBlock(x, y, -.168736f, -.331264f, .5f);
        write(chroma, 1, DC_CHROMA, AC_CHROMA);
        chromaBlock(x, y, .5f, -.418688f, -.081312f);
        write(chroma, 2, DC_CHROMA, AC_CHROMA);
      }
    }
    put(0x7F, 7);
    marker(0xD9);
    return out.toByteArray();
  }

  private int[] quantisation() {
    int[] content = new int[130];
    content[65] = 1;
    for (int i = 0; i < 64; i++) {
      content[1 + i] = luma[ZIGZAG[i]];
      content[66 + i] = chroma[ZIGZAG[i]];
    }
    return content;
  }

  private static int[] huffman(int id, int[] lengths, int[] values) {
    int[] content = new int[17 + values.length];
    content[0] = id;
    System.arraycopy(lengths, 0, content, 1, 16);
    System.arraycopy(values, 0, content, 17, values.length);
    return content;
  }

  private void marker(int code) {
    out.write(0xFF);
    out.write(code);
  }

  private void segment(int code, int[] content) {
    marker(code);
    int length = content.length + 2;
    out.write(length >> 8);
    out.write(length);
    for (int v : content) {
      out.write(v);
    }
  }

  private void lumaBlock(int x0, int y0) {
    for (int i = 0; i < 64; i++) {
      int x = Math.min(width - 1, x0 + (i & 7));
      int y = Math.min(height - 1, y0 + (i >> 3));
      block[i] =
          .299f * pixels.value(x, y, 0)
              + .587f * pixels.value(x, y, 1)
              + .114f * pixels.value(x, y, 2)
              - 128;
    }
  }

  private void chromaBlock(int x0, int y0, float r, float g, float b) {
    for (int i = 0; i < 64; i++) {
      float sum = 0;
      for (int j = 0; j < 4; j++) {
        int x = Math.min(width - 1, x0 + 2 * (i & 7) + (j & 1));
        int y = Math.min(height - 1, y0 + 2 * (i >> 3) + (j >> 1));
        sum += r * pixels.value(x, y, 0) + g * pixels.value(x, y, 1) + b * pixels.value(x, y, 2);
      }
      block[i] = .25f * sum;
    }
  }

  private void write(int[] table, int component, int[][] dc, int[][] ac) {
    Dct.forward(block, scratch);
    int first = Dct.round(block[0] / table[0]);
    int difference = first - lastDc[component];
    lastDc[component] = first;
    int size = size(difference);
    put(dc[size][0], dc[size][1]);
    putSigned(difference, size);
    int zeros = 0;
    for (int i = 1; i < 64; i++) {
      int v = Dct.round(block[ZIGZAG[i]] / table[ZIGZAG[i]]);
      if (v == 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) {
        put(ac[0xF0][0], ac[0xF0][1]);
      }
      size = size(v);
      int[] code = ac[zeros << 4 | size];
      put(code[0], code[1]);
      putSigned(v, size);
      zeros = 0;
    }
    if (zeros > 0) {
      put(ac[0][0], ac[0][1]);
    }
  }

  private static int size(int v) {
    return 32 - Integer.numberOfLeadingZeros(Math.abs(v));
  }

  private void putSigned(int v, int size) {
    if (size > 0) {
      put((v < 0 ? v - 1 : v) & (1 << size) - 1, size);
    }
  }

  private void put(int value, int count) {
    bits = bits << count | value;
    bitCount += count;
    while (bitCount >= 8) {
      int b = (int) (bits >>> bitCount - 8) & 255;
      out.write(b);
      if (b == 255) {
        out.write(0);
      }
      bitCount -= 8;
    }
  }
}
