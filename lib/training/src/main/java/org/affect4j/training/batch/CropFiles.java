package org.affect4j.training.batch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;

/** The two files of a {@link CropSet}. */
final class CropFiles {
  private static final int MAGIC = 0x41464353;
  private static final int VERSION = 1;

  private final Path folder;
  private final String name;
  private final Path labelFile;
  private final Path pixelFile;

  CropFiles(Path folder, String name) {
    this.folder = folder;
    this.name = name;
    this.labelFile = folder.resolve(name + ".labels");
    this.pixelFile = folder.resolve(name + ".pixels");
  }

  /** Writes the pixels, then the labels: an interrupted writing leaves no labels. */
  void write(String key, int side, int planes, Iterator<LabelledCrop> crops) throws IOException {
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>();
    List<CropLabels> labels = new ArrayList<>();
    Files.deleteIfExists(labelFile);
    Path pixelPart = part(pixelFile);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pixelPart), 1 << 20)) {
      byte[] bytes = new byte[planes * side * side];
      while (crops.hasNext()) {
        LabelledCrop crop = crops.next();
        CropSet.copy(crop, side, planes, bytes);
        out.write(bytes);
        names.add(crop.name());
        labels.add(crop.labels());
      }
    }
    if (names.isEmpty()) {
      Files.delete(pixelPart);
      throw new IllegalArgumentException(
          "the set '%s' is empty: no face of it could be read; see what was skipped, and why"
              .formatted(name));
    }
    Files.move(pixelPart, pixelFile, StandardCopyOption.REPLACE_EXISTING);
    Path labelPart = part(labelFile);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(labelPart)))) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeUTF(key);
      out.writeInt(side);
      out.writeInt(planes);
      out.writeInt(names.size());
      for (int i = 0; i < names.size(); i++) {
        out.writeUTF(names.get(i));
        write(labels.get(i), out);
      }
    }
    Files.move(labelPart, labelFile, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Opens the set; empty if it is not there or was made otherwise. */
  Optional<CropSet> open(String key) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(labelFile)))) {
      if (in.readInt() != MAGIC) {
        throw new IOException(
            labelFile + " is no list of a crop set; delete it to have it made anew");
      }
      if (in.readInt() != VERSION || !in.readUTF().equals(key)) {
        return Optional.empty();
      }
      int side = in.readInt();
      int planes = in.readInt();
      int count = in.readInt();
      List<String> names = new ArrayList<>(count);
      List<CropLabels> labels = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        names.add(in.readUTF());
        labels.add(readLabels(in));
      }
      int bytes = planes * side * side;
      int facesPerMapping = CropSet.MOST_BYTES_PER_MAPPING / bytes;
      return Optional.of(
          new CropSet(
              name,
              key,
              side,
              planes,
              List.copyOf(names),
              List.copyOf(labels),
              IntStream.range(0, count).toArray(),
              map(pixelFile, count, bytes, facesPerMapping),
              facesPerMapping));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static MappedByteBuffer[] map(Path file, int count, int bytes, int facesPerMapping)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() != (long) count * bytes) {
        throw new IOException(
            "%s has %d bytes, expected %d for %d faces; delete it to have it made anew"
                .formatted(file, channel.size(), (long) count * bytes, count));
      }
      MappedByteBuffer[] all =
          new MappedByteBuffer[(count + facesPerMapping - 1) / facesPerMapping];
      for (int i = 0; i < all.length; i++) {
        int faces = Math.min(facesPerMapping, count - i * facesPerMapping);
        all[i] =
            channel.map(
                MapMode.READ_ONLY, (long) i * facesPerMapping * bytes, (long) faces * bytes);
      }
      return all;
    }
  }

  private static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private static void write(CropLabels labels, DataOutputStream out) throws IOException {
    out.writeByte(labels.annotated().map(AnnotatedExpression::ordinal).orElse(-1));
    for (int i = 0; i < ActionUnit.COUNT; i++) {
      out.writeFloat(labels.unit(i));
    }
    out.writeFloat(labels.valence());
    out.writeFloat(labels.arousal());
  }

  private static CropLabels readLabels(DataInputStream in) throws IOException {
    int expression = in.readByte();
    float[] units = new float[ActionUnit.COUNT];
    for (int i = 0; i < units.length; i++) {
      units[i] = in.readFloat();
    }
    return new CropLabels(
        expression < 0 ? Optional.empty() : Optional.of(AnnotatedExpression.values()[expression]),
        units,
        in.readFloat(),
        in.readFloat());
  }
}
