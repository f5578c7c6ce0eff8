package org.affect4j.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.affect4j.table.FaceColumn;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.PartFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import tech.tablesaw.api.ColumnType;

/** A Parquet file being written: numbers as they are, texts in UTF-8, what is missing as null. */
final class ParquetPart implements PartFormat.Part {
  /** So much of a part waits in memory, before it is compressed. */
  private static final long GROUP_BYTES = 8 << 20;

  private final ParquetWriter<Row> writer;

  private record Row(FaceTable table, int number) {}

  ParquetPart(Path file, List<String> columns) throws IOException {
    writer =
        new Builder(new LocalOutputFile(file), schema(columns))
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(GROUP_BYTES)
            .build();
  }

  private static MessageType schema(List<String> columns) {
    return new MessageType(
        "faces", columns.stream().map(ParquetPart::type).collect(Collectors.toList()));
  }

  private static PrimitiveType type(String column) {
    ColumnType known = FaceColumns.find(column).map(FaceColumn::type).orElse(ColumnType.STRING);
    if (known.equals(ColumnType.DOUBLE)) {
      return Types.optional(PrimitiveTypeName.DOUBLE).named(column);
    }
    return known.equals(ColumnType.INTEGER)
        ? Types.optional(PrimitiveTypeName.INT32).named(column)
        : Types.optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(column);
  }

  @Override
  public void add(FaceTable rows) throws IOException {
    for (int row = 0; row < rows.size(); row++) {
      writer.write(new Row(rows, row));
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final MessageType schema;

    Builder(OutputFile file, MessageType schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** Abstract still, although the other one has taken its place. */
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<Row> getWriteSupport(Configuration settings) {
      return new Rows(schema);
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration settings) {
      return new Rows(schema);
    }
  }

  /** Writes rows cell by cell. */
  private static final class Rows extends WriteSupport<Row> {
    private final MessageType schema;
    private RecordConsumer out;

    Rows(MessageType schema) {
      this.schema = schema;
    }

    /** Abstract still, although the other one has taken its place. */
    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration settings) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration settings) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Row row) {
      out.startMessage();
      for (int field = 0; field < schema.getFieldCount(); field++) {
        String column = schema.getFieldName(field);
        if (row.table.has(column)) {
          cell(row, column, field);
        }
      }
      out.endMessage();
    }

    private void cell(Row row, String column, int field) {
      PrimitiveTypeName type = schema.getType(field).asPrimitiveType().getPrimitiveTypeName();
      if (type == PrimitiveTypeName.BINARY) {
        row.table
            .text(row.number, column)
            .filter(text -> !text.isEmpty())
            .ifPresent(text -> field(column, field, () -> out.addBinary(Binary.fromString(text))));
      } else {
        row.table
            .number(row.number, column)
            .ifPresent(
                value ->
                    field(
                        column,
                        field,
                        type == PrimitiveTypeName.INT32
                            ? () -> out.addInteger((int) value)
                            : () -> out.addDouble(value)));
      }
    }

    private void field(String column, int field, Runnable value) {
      out.startField(column, field);
      value.run();
      out.endField(column, field);
    }
  }
}
