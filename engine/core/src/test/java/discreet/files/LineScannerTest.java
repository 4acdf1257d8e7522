package discreet.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineScannerTest {
    private static List<String> lines(byte[] bytes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineScanner scanner = new LineScanner(new ByteArrayInputStream(bytes), 0)) {
            while (scanner.next(Long.MAX_VALUE)) {
                if (!scanner.tooLong()) {
                    lines.add(scanner.line());
                }
            }
            assertThat(scanner.offset()).isEqualTo(bytes.length);
        }
        return lines;
    }

    @Test
    void next_lineEnds_areLfWithOrWithoutCr() throws IOException {
        assertThat(lines("a\nb\r\n\nc\rd\n\r\ne".getBytes(UTF_8))).containsExactly("a", "b", "", "c\rd", "", "e");
        assertThat(lines("a\n".getBytes(UTF_8))).containsExactly("a");
        assertThat(lines(new byte[0])).isEmpty();
    }

    @Test
    void next_invalidUtf8_isReplaced() throws IOException {
        assertThat(lines(new byte[] {'a', (byte) 0xC3, ',', (byte) 0xFF, '\n', 'b'}))
                .containsExactly("a\uFFFD,\uFFFD", "b");
    }

    @Test
    void next_longLines_areReadUpToTheLimitAndSkippedBeyond() throws IOException {
        String longest = "x".repeat(LineScanner.MAX_LINE_BYTES);
        assertThat(lines((longest + "\n" + longest + "y\nz").getBytes(UTF_8))).containsExactly(longest, "z");
    }
}
