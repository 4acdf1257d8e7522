package discreet.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {
    private static List<String> read(String text, boolean multiline) throws IOException {
        List<String> records = new ArrayList<>();
        try (CsvRecords open = new CsvRecords(
                new LineScanner(new ByteArrayInputStream(text.getBytes(UTF_8)), 0), Long.MAX_VALUE, ',', multiline)) {
            for (String record = open.next(); record != null; record = open.next()) {
                records.add(record);
            }
        }
        return records;
    }

    @Test
    void next_quotedLineBreak_isPartOfTheRecordOnlyIfRecordsSpanLines() throws IOException {
        String text = "\uFEFFu,t\na,\"x\r\nb,y\"\"\n\"\nc,z";

        assertThat(read(text, true)).containsExactly("u,t", "a,\"x\nb,y\"\"\n\"", "c,z");
        assertThat(read(text, false)).containsExactly("u,t", "a,\"x", "b,y\"\"", "\"", "c,z");
    }

    @Test
    void next_quoteThatIsNeverClosed_losesTheRestUpToTheLimit() throws IOException {
        String line = "v," + "x".repeat(1 << 16) + "\n";
        String text = "a,\"open\n" + line.repeat(20) + "last,1\n";

        List<String> records = read(text, true);

        assertThat(records).hasSizeBetween(3, 6).endsWith("last,1");
        assertThat(read("a,\"open\nb,1\n", true)).isEmpty();
    }

    /** A quoted field that a CSV writer made comes back whole, whatever is in it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void next_fieldsOfAWriter_comeBack(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> fields = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder field = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                field.append("ab,\"\n".charAt(random.nextInt(5)));
            }
            fields.add(field.toString());
            text.append(CsvField.of(field.toString())).append(",end\n");
        }
        List<String> found = new ArrayList<>();
        for (String record : read(text.toString(), true)) {
            found.add(Objects.requireNonNull(CsvLine.parse(record, ','))[0]);
        }
        assertThat(found).isEqualTo(fields);
    }
}
