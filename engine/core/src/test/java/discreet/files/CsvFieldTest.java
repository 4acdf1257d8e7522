package discreet.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFieldTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "plain~plain",
                "a,b~\"a,b\"",
                "say \"hi\"~\"say \"\"hi\"\"\"",
                "` lead`~`\" lead\"`",
                "`trail `~`\"trail \"`",
                "#hash~\"#hash\"",
                "``~`\"\"`",
                "a b~a b"
            })
    void of_textThatAReaderWouldSplit_isQuoted(String text, String written) {
        assertThat(CsvField.of(text)).isEqualTo(written);
    }
}
