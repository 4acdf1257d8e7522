package io.discreet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFolderTest {
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
    void field_quotesWhatAReaderWouldTakeApart(String text, String written) {
        assertThat(OutputFolder.field(text)).isEqualTo(written);
    }
}
