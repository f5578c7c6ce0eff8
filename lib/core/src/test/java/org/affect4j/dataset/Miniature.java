package org.affect4j.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Writes small datasets in their real layouts. */
final class Miniature {
  private final Path root;

  Miniature(Path root) {
    this.root = root;
  }

  Miniature text(String file, String... lines) {
    return bytes(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  Miniature bytes(String file, byte[] content) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.write(root.resolve(file), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Photos of 20 x 20 pixels whose grey slope differs by name. */
  Miniature photos(String... files) {
    for (String file : files) {
      BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_3BYTE_BGR);
      for (int i = 0; i < 400; i++) {
        image.setRGB(i % 20, i / 20, (file.hashCode() * 31 + i * 7919) & 0xFFFFFF);
      }
      String format = file.substring(file.lastIndexOf('.') + 1);
      try {
        Files.createDirectories(root.resolve(file).getParent());
        ImageIO.write(image, format, root.resolve(file).toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  /** A NumPy array as {@code numpy.save} writes it. */
  Miniature npy(String file, String type, byte[] data) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': (), }".formatted(type);
    String padded = header + " ".repeat(64 - (10 + header.length() + 1) % 64) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    bytes.put((byte) 0).putShort((short) padded.length());
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII)).put(data);
    return bytes(file, bytes.array());
  }

  /** Text of a NumPy array of type {@code <UN}. */
  static byte[] unicode(String text) {
    ByteBuffer data = ByteBuffer.allocate(4 * text.length()).order(ByteOrder.LITTLE_ENDIAN);
    text.chars().forEach(data::putInt);
    return data.array();
  }

  /** A workbook of one sheet with texts and numbers as a spreadsheet program writes them inline. */
  Miniature xlsx(String file, String[]... rows) {
    StringBuilder sheet =
        new StringBuilder(
            "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/"
                + "spreadsheetml/2006/main\"><sheetData>");
    for (int r = 0; r < rows.length; r++) {
      sheet.append("<row r=\"%d\">".formatted(r + 1));
      for (int c = 0; c < rows[r].length; c++) {
        String cell = rows[r][c];
        String at = (char) ('A' + c) + String.valueOf(r + 1);
        sheet.append(
            cell.matches("\\d+")
                ? "<c r=\"%s\"><v>%s</v></c>".formatted(at, cell)
                : "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(at, cell));
      }
      sheet.append("</row>");
    }
    sheet.append("</sheetData></worksheet>");
    String main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    String types = "http://schemas.openxmlformats.org/package/2006/";
    try {
      Files.createDirectories(root.resolve(file).getParent());
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(root.resolve(file)))) {
        part(
            zip,
            "[Content_Types].xml",
            "<Types xmlns=\"%scontent-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
                .formatted(types));
        part(
            zip,
            "_rels/.rels",
            "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"a\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                .formatted(types, main));
        part(
            zip,
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"%s\"><sheets><sheet name=\"one\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>"
                .formatted(main));
        part(
            zip,
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"b\" Type=\"%s/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                .formatted(types, main));
        part(zip, "xl/worksheets/sheet1.xml", sheet.toString());
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(xml.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
