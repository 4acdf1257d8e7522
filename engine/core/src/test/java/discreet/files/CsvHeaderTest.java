package discreet.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvHeaderTest {
    private static final List<String> WANTED = List.of("user", "item", "rating");

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "user,item,rating!comma",
                "'user\titem\trating'!tab",
                "user;item;rating!semicolon",
                "user|item|rating!bar",
                "\"user\";\"item\"!semicolon",
                "user!comma",
                "nothing of it!comma",
                "user;item,rating!comma",
            })
    void of_header_findsTheSeparatorByTheNames(String line, String separator) {
        CsvHeader header = CsvHeader.of(line.replace("\\t", "\t"), WANTED);

        assertThat(CsvHeader.nameOf(header.separator())).isEqualTo(separator);
    }

    @Test
    void of_spacesAndQuotes_areNoPartOfNames() {
        assertThat(CsvHeader.of(" user ;\"item\"; x y", WANTED).names()).containsExactly("user", "item", "x y");
    }
}
