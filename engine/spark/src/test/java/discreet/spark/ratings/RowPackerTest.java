package discreet.spark.ratings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.PackedRows;
import discreet.history.RatingParser;
import discreet.history.UserRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowPackerTest {
    private static final int ITEMS = 2 * RowPacker.MAX_ITEMS + 1;
    private static final ItemIndex INDEX = new ItemIndex(Catalogue.of(
            IntStream.range(0, ITEMS).mapToObj(i -> Item.of("i" + i)).toList()));

    private static final Value UNRATED = new Value(RatingParser.OLDEST, UserRows.UNRATED);

    private record Value(long time, double rating) {
        Value later(Value other) {
            boolean counts = time != other.time ? time > other.time : rating > other.rating;
            return counts ? this : other;
        }
    }

    private static InternalRow row(String user, @Nullable String item, @Nullable Double rating, long time) {
        return new GenericInternalRow(
                new Object[] {UTF8String.fromString(user), UTF8String.fromString(item), rating, time});
    }

    private static List<Row> pack(List<InternalRow> rows, boolean keepEmpty, int maxRows) {
        List<Row> packed = new ArrayList<>();
        RatingCursor cursor = new RowCursor(rows.iterator(), INDEX.table());
        new RowPacker(cursor, keepEmpty, user -> true, maxRows).forEachRemaining(packed::add);
        return packed;
    }

    private static String user(Row packed) {
        return new String(packed.<byte[]>getAs(UserIterator.USER), UTF_8);
    }

    private static PackedRows.Reader rows(Row packed) {
        return new PackedRows.Reader(packed.getAs(UserIterator.ROWS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 5_000, 1 << 20})
    void next_randomRows_keepTheWinningRowOfEachItem(int maxRows) {
        Random random = new Random(maxRows);
        List<InternalRow> rows = new ArrayList<>();
        Map<String, Map<Integer, Value>> expected = new HashMap<>();
        int people = 1 + random.nextInt(500);
        for (int at = 0; at < 20_000; at++) {
            // Some runs of one user and some mixed, ids of several lengths, and one user with more items than
            // a packed row holds
            String user = at % 3 == 0 ? "u" : "u" + random.nextInt(people);
            String item = random.nextInt(9) == 0 ? "other" : "i" + random.nextInt(at % 3 == 0 ? ITEMS : 20);
            Double rating = random.nextInt(9) == 0 ? null : (double) random.nextInt(5);
            long time = random.nextInt(3);
            rows.add(row(user, random.nextInt(50) == 0 ? null : item, rating, time));
            InternalRow last = rows.get(at);
            Map<Integer, Value> own = expected.computeIfAbsent(user, any -> new TreeMap<>());
            if (!last.isNullAt(RowCursor.ITEM) && !item.equals("other")) {
                Value value = rating == null ? UNRATED : new Value(time, rating);
                own.merge(INDEX.catalogue().indexOf(item), value, Value::later);
            }
        }
        for (boolean keepEmpty : new boolean[] {true, false}) {
            if (!keepEmpty) { // training never has an item without a rating
                expected.values().forEach(own -> own.values().removeIf(value -> value.equals(UNRATED)));
                expected.values().removeIf(Map::isEmpty);
            }
            Map<String, Map<Integer, Value>> found = new HashMap<>();
            for (Row packed : pack(rows, keepEmpty, maxRows)) {
                Map<Integer, Value> own = found.computeIfAbsent(user(packed), any -> new TreeMap<>());
                int previous = -1;
                int count = 0;
                for (PackedRows.Reader row = rows(packed); row.next(); count++) {
                    assertThat(row.item()).isGreaterThan(previous);
                    previous = row.item();
                    own.merge(row.item(), new Value(row.time(), row.rating()), Value::later);
                }
                assertThat(count).isLessThanOrEqualTo(RowPacker.MAX_ITEMS);
                assertThat(keepEmpty || count > 0).isTrue();
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    /** Packing keeps duplicates out of the shuffle. */
    @Test
    void next_duplicatesInOneChunk_areOneRow() {
        List<InternalRow> rows =
                Stream.generate(() -> row("u", "i7", 5.0, 1)).limit(1_000).toList();

        List<Row> packed = pack(rows, false, 1 << 20);

        assertThat(packed).hasSize(1);
        assertThat(packed.get(0).<byte[]>getAs(UserIterator.ROWS)).hasSizeLessThan(20);
    }

    @Test
    void next_noRowsOnTheCatalogue_packsNoItems() {
        assertThat(pack(List.of(), true, 1)).isEmpty();
        assertThat(pack(List.of(row("u", "other", 1.0, 1)), false, 1)).isEmpty();
        assertThat(pack(List.of(row("u", "other", 1.0, 1)), true, 1)).hasSize(1);
    }
}
