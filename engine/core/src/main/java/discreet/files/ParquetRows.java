package discreet.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Steps through the rows of some columns of Parquet files. Columns are numbered from 0 in the order they
 * were asked for. Not safe for several threads.
 *
 * <p>A value is decoded when a caller asks for it, and skipped otherwise. Memory holds one row group of the
 * wanted columns, compressed, and one decompressed page of each.
 */
public final class ParquetRows implements Closeable {
    private final DataFiles files;
    private final List<ParquetColumn> wanted;
    private final Queue<FileStatus> left;
    private final @Nullable Cell[] cells;

    private @Nullable ParquetFileReader reader;
    /** Rows of the open row group that have not been stepped to. */
    private long rows;

    ParquetRows(DataFiles files, List<ParquetColumn> wanted) {
        this.files = files;
        this.wanted = wanted;
        this.left = new ArrayDeque<>(files.files());
        this.cells = new @Nullable Cell[wanted.size()];
    }

    /**
     * Advances to the next row and returns whether there is one. Values of the previous row become invalid.
     */
    public boolean next() throws IOException {
        for (Cell cell : cells) {
            if (cell != null) {
                cell.leave();
            }
        }
        while (rows == 0) {
            PageReadStore group = reader == null ? null : reader.readNextRowGroup();
            if (group != null) {
                open(group);
            } else if (!openFile()) {
                return false;
            }
        }
        rows--;
        for (Cell cell : cells) {
            if (cell != null) {
                cell.enter();
            }
        }
        return true;
    }

    private boolean openFile() throws IOException {
        close();
        FileStatus file = left.poll();
        if (file == null) {
            return false;
        }
        ParquetFileReader opened = ParquetFileReader.open(files.input(file), ParquetTable.options());
        reader = opened;
        MessageType schema = opened.getFileMetaData().getSchema();
        List<ColumnDescriptor> read = new ArrayList<>();
        for (ParquetColumn column : wanted) {
            Type field = field(schema, column.name());
            if (field != null) {
                read.add(schema.getColumnDescription(new String[] {field.getName()}));
            }
        }
        opened.setRequestedSchema(read);
        return true;
    }

    private void open(PageReadStore group) throws IOException {
        ParquetFileReader open = reader;
        if (open == null) {
            throw new IOException("closed");
        }
        MessageType schema = open.getFileMetaData().getSchema();
        ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                group,
                new DummyRecordConverter(schema).getRootConverter(),
                schema,
                open.getFileMetaData().getCreatedBy());
        for (int column = 0; column < cells.length; column++) {
            Type field = field(schema, wanted.get(column).name());
            cells[column] = field == null ? null : new Cell(store, schema, field);
        }
        rows = group.getRowCount();
    }

    /** Null if the file has no such column. */
    private static @Nullable Type field(MessageType schema, String name) {
        return schema.getFields().stream()
                .filter(field -> ParquetTable.key(field.getName()).equals(ParquetTable.key(name)))
                .findFirst()
                .orElse(null);
    }

    private Cell cell(int column) {
        Cell cell = cells[column];
        if (cell == null) {
            throw new IllegalStateException("there is no value here");
        }
        return cell;
    }

    /** Returns whether the row has no value in a column. */
    public boolean isNull(int column) {
        Cell cell = cells[column];
        return cell == null || cell.isNull();
    }

    /**
     * Returns the value of a column of text. Bytes that are not UTF-8 become U+FFFD, as Spark replaces
     * them.
     */
    public String text(int column) {
        return cell(column).text();
    }

    /** Returns the length in bytes of the value of a column of text, without decoding it. */
    public int bytes(int column) {
        return ((Binary) cell(column).value()).length();
    }

    /**
     * Returns the value of a column of whole numbers, dates (days since 1970) or times (microseconds since
     * 1970).
     */
    public long number(int column) {
        return ParquetValue.number(cell(column).value(), cell(column).field);
    }

    /** Returns the value of a column of numbers. */
    public double real(int column) {
        return ParquetValue.real(cell(column).value(), cell(column).field);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Reads the value of one column in the current row. */
    private static final class Cell {
        private final ColumnReader reader;
        private final PrimitiveType field;
        private final int definitionOfValues;
        private boolean entered;
        private boolean read;
        private Object value = "";
        private @Nullable Binary lastBytes;
        private String lastText = "";

        Cell(ColumnReadStoreImpl store, MessageType schema, Type field) {
            this.field = field.asPrimitiveType();
            ColumnDescriptor descriptor = schema.getColumnDescription(new String[] {field.getName()});
            this.reader = store.getColumnReader(descriptor);
            this.definitionOfValues = descriptor.getMaxDefinitionLevel();
        }

        void enter() {
            entered = true;
            read = false;
        }

        void leave() {
            if (entered) {
                if (!read && !isNull()) {
                    reader.skip();
                }
                reader.consume();
                entered = false;
            }
        }

        boolean isNull() {
            return reader.getCurrentDefinitionLevel() < definitionOfValues;
        }

        Object value() {
            if (!read) {
                value = switch (field.getPrimitiveTypeName()) {
                    case BOOLEAN -> reader.getBoolean();
                    case INT32 -> reader.getInteger();
                    case INT64 -> reader.getLong();
                    case FLOAT -> reader.getFloat();
                    case DOUBLE -> reader.getDouble();
                    case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> reader.getBinary();
                };
                read = true;
            }
            return value;
        }

        /** Decodes an id once for all rows of a user that follow each other, as most do. */
        String text() {
            Binary bytes = (Binary) value();
            if (!bytes.equals(lastBytes)) {
                lastBytes = bytes.copy();
                lastText = ParquetValue.text(bytes);
            }
            return lastText;
        }
    }
}
