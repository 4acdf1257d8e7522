package discreet.cli.shared;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;

/** Draws a table for a terminal. */
public final class Table {
    private static final int WIDEST = 60;

    private final List<ColumnData<List<String>>> columns = new ArrayList<>();

    /** Adds a column at the right. */
    public Table column(String name, HorizontalAlign align) {
        int place = columns.size();
        columns.add(new Column()
                .header(name)
                .headerAlign(align)
                .dataAlign(align)
                .maxWidth(WIDEST)
                .with(cells -> cells.get(place)));
        return this;
    }

    /** Returns the table with these rows, each with its cells in the order of the columns. */
    public String rows(List<List<String>> rows) {
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, rows, columns);
    }
}
