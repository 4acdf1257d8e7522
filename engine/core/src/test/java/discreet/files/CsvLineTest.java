package discreet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {
    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("a,b,c", List.of("a", "b", "c")),
                arguments("", List.of("")),
                arguments(",", List.of("", "")),
                arguments("a,,c", List.of("a", "", "c")),
                arguments("a,b,", List.of("a", "b", "")),
                arguments(" a , b", List.of(" a ", " b")),
                arguments("\"a\",\"b\"", List.of("a", "b")),
                arguments("\"a,b\",c", List.of("a,b", "c")),
                arguments("\"a\"\"b\"", List.of("a\"b")),
                arguments("\"\",x", List.of("", "x")),
                arguments("\"\"\"\"", List.of("\"")),
                arguments("a\"b,c\"", List.of("a\"b", "c\"")),
                arguments("\"a\"b,c", List.of("ab", "c")),
                arguments("a\u0000b,\uFFFD", List.of("a\u0000b", "\uFFFD")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void parse_line_givesFields(String line, List<String> fields) {
        assertThat(CsvLine.parse(line, ',')).containsExactlyElementsOf(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"a", "a,\"b", "\"a\"\"", "a,\"b,c", "a,b,c,d,\"e"})
    void parse_unclosedQuote_isNoRecord(String line) {
        assertThat(CsvLine.parse(line, ',')).isNull();
        assertThat(CsvLine.parse(line, ',', 1)).isNull();
    }

    @Test
    void parse_fewerFieldsThanWanted_restIsNull() {
        assertThat(CsvLine.parse("a,b", ',', 4)).containsExactly("a", "b", null, null);
    }

    @Test
    void parse_moreFieldsThanWanted_restIsIgnored() {
        assertThat(CsvLine.parse("a,b" + ",x".repeat(30_000), ',', 2)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void parse_fieldsWrittenWithQuotes_comeBack(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<String> fields = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                fields.add(text(random, "ab,\" \u0000é"));
            }
            String line = fields.stream()
                    .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                    .collect(Collectors.joining(","));

            assertThat(CsvLine.parse(line, ',')).containsExactlyElementsOf(fields);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void parse_anyText_isTotalAndAgreesOnPrefixes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String line = text(random, "a,\"\"");
            String[] all = CsvLine.parse(line, ',');
            String[] two = CsvLine.parse(line, ',', 2);

            assertThat(two == null).isEqualTo(all == null);
            if (all != null) {
                assertThat(two).containsExactly(Arrays.copyOf(all, 2));
            }
        }
    }

    private static String text(Random random, String letters) {
        return random.ints(random.nextInt(9), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
