package org.affect4j.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.PartFormat;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Parquet, compressed by Zstandard; found by its name in the jar. */
public final class ParquetFormat implements PartFormat {
  /** Made by the service loader. */
  public ParquetFormat() {}

  @Override
  public Part create(Path file, List<String> columns) throws IOException {
    return new ParquetPart(file, columns);
  }

  private static ParquetFileReader open(Path file) throws IOException {
    try {
      return ParquetFileReader.open(
          new LocalInputFile(file),
          ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
    } catch (RuntimeException e) {
      throw new IOException(file + " is no whole Parquet file: " + e.getMessage(), e);
    }
  }

  private static MessageType schema(ParquetFileReader reader) {
    return reader.getFooter().getFileMetaData().getSchema();
  }

  @Override
  public List<String> columns(Path file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      return schema(reader).getFields().stream().map(Type::getName).toList();
    }
  }

  @Override
  public FaceTable read(Path file, Predicate<String> wanted) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      List<Type> fields =
          schema(reader).getFields().stream().filter(f -> wanted.test(f.getName())).toList();
      MessageType schema = new MessageType("faces", fields);
      reader.setRequestedSchema(schema);
      FaceTableBuilder table =
          new FaceTableBuilder("affect4j", fields.stream().map(Type::getName).toList());
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> rows =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        for (long row = 0; row < pages.getRowCount(); row++) {
          add(rows.read(), schema, table);
        }
      }
      return table.build();
    }
  }

  private static void add(Group row, MessageType schema, FaceTableBuilder table) {
    for (int field = 0; field < schema.getFieldCount(); field++) {
      if (row.getFieldRepetitionCount(field) > 0) {
        String column = schema.getFieldName(field);
        PrimitiveTypeName type = schema.getType(field).asPrimitiveType().getPrimitiveTypeName();
        switch (type) {
          case DOUBLE -> table.set(column, row.getDouble(field, 0));
          case INT32 -> table.set(column, row.getInteger(field, 0));
          default -> table.set(column, row.getString(field, 0));
        }
      }
    }
    table.add();
  }
}
