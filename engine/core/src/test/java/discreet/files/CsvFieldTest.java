package discreet.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://x\",\"y\")",
                "+1",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uFF1D1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF20A",
                "'=1",
                "'",
                "="
            })
    void neutral_textThatASpreadsheetComputes_hasOneApostropheMore(String text) {
        assertThat(CsvField.neutral(text)).isEqualTo("'" + text);
    }

    /** Removing one apostrophe from the beginning restores every text. */
    @ParameterizedTest
    @ValueSource(strings = {"", "tt0111161", "a=b", "1-2", " =1", "\"=1", "#1", "Ночь"})
    void neutral_plainText_staysAsItIs(String text) {
        assertThat(CsvField.neutral(text)).isEqualTo(text).doesNotStartWith("'");
    }
}
