package discreet.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
    @ParameterizedTest
    @CsvSource({
        "'/** Advances to the next rating. Values become invalid. */', 2, 0",
        "'/** One: two; three. */', 1, 2",
        "'/** At 12:30, see https://a.b/c: yes. */', 1, 0",
        "'/** See {@code a; b: c} and {@link Some thing}. */', 1, 0",
        "'/**\n * First.\n *\n * <p>Second; and more\n * @param it third: what\n * @return fourth\n */', 4, 2",
        "'/** <pre>a: b; c\n</pre> */', 0, 0",
        "'/** Two, e.g. one <b>and</b> &lt; another. */', 1, 0",
    })
    void ofJavadoc_any_countsSentencesAndMarks(String javadoc, int number, int marks) {
        assertThat(Sentences.ofJavadoc(javadoc)).isEqualTo(new Sentences(number, marks));
    }
}
