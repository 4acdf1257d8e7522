package discreet.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.sample.SampleService.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that data-samples matches its README and can be regenerated. */
class CommittedSampleTest {
    private static final Path COMMITTED = Path.of("../../data-samples");

    @TempDir
    private Path temporary;

    @Test
    void sample_committedSeed_givesTheCommittedRows() throws IOException {
        new SampleService(Options.of(10_000, 600, 1)).write(temporary.resolve("sample"));

        assertThat(Rows.read(temporary.resolve("sample/ratings.parquet"))
                        .equals(Rows.read(COMMITTED.resolve("ratings.parquet"))))
                .as("regenerated rows equal the committed ones")
                .isTrue();
        assertThat(temporary.resolve("sample/items.csv")).hasSameBinaryContentAs(COMMITTED.resolve("items.csv"));
    }

    @Test
    void excerpt_lines_areTheFirstRows() throws IOException {
        List<String> lines = Files.readAllLines(COMMITTED.resolve("ratings-excerpt.csv"));

        List<String> rows = Rows.read(COMMITTED.resolve("ratings.parquet")).stream()
                .limit(lines.size() - 1L)
                .map(Rows.Rating::csv)
                .toList();
        assertThat(lines)
                .isEqualTo(Stream.concat(Stream.of("user,item,rating,timestamp"), rows.stream())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratings.parquet", "items.csv", "ratings-excerpt.csv"})
    void readme_digests_matchTheFiles(String file) throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(COMMITTED.resolve(file)));

        assertThat(COMMITTED.resolve("README.md"))
                .content()
                .contains(HexFormat.of().formatHex(digest));
        assertThat(Files.size(COMMITTED.resolve(file))).isLessThan(2_000_000);
    }
}
