package discreet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.page.BarChart;
import discreet.cli.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedCommandTest {
    @TempDir
    private Path folder;

    @Tag("benchmark")
    @Test
    void speed_smallSample_timesEveryContenderInItsOwnProcess() throws Exception {
        Run.of("sample", "--people", "60", "--items", "40", "--output", folder.resolve("sample") + "")
                .succeeds();
        Run run = Run.process(
                        folder,
                        List.of(),
                        "bench",
                        "speed",
                        "--public-data",
                        "--ratings",
                        "sample/ratings.parquet",
                        "--items",
                        "sample/items.csv",
                        "--epsilon",
                        "5",
                        "--repeats",
                        "1",
                        "--k",
                        "7",
                        "--no-als",
                        "--svg",
                        "speed.svg",
                        "--json")
                .succeeds();
        JsonNode result = Json.parsed(run.out());
        assertThat(result.at("/data/people").asInt()).isEqualTo(60);
        JsonNode contenders = result.path("contenders");
        assertThat(contenders.fieldNames())
                .toIterable()
                .containsExactly("spark: read", "spark: read and group", "train, epsilon 5", "lists of 7");
        contenders.forEach(contender -> {
            assertThat(contender.path("medianSeconds").asDouble()).isPositive();
            assertThat(contender.path("runs")).hasSize(1);
        });
        JsonNode train = contenders.path("train, epsilon 5");
        JsonNode phases = train.at("/runs/0/phases");
        assertThat(phases.fieldNames())
                .toIterable()
                .contains("Reading ratings", "Releasing the Gram matrix", "Adding noise", "Denoising");
        double sum = 0;
        for (JsonNode phase : phases) {
            sum += phase.asDouble();
        }
        assertThat(sum).isCloseTo(train.at("/runs/0/seconds").asDouble(), within(.001));
        assertThat(train.path("sigma").asDouble()).isGreaterThan(1e6);
        assertThat(train.path("drawsPerSecond").asDouble()).isPositive();
        assertThat(train.path("drawsPerSecondOneThread").asDouble()).isPositive();
        JsonNode lists = contenders.path("lists of 7");
        assertThat(lists.at("/runs/0/phases").fieldNames())
                .toIterable()
                .containsExactly("Reading and packing histories", "Grouping, scoring and writing");
        assertThat(lists.path("multiplyAddsPerSecond").asDouble()).isPositive();
        long head = train.path("head").asLong();
        assertThat(train.path("draws").asLong()).isEqualTo(head * (head - 1) / 2 + 41);
        assertThat(Files.readString(folder.resolve("speed.svg")))
                .startsWith("<svg")
                .contains("lists of 7", " s</text>");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Tag("benchmark")
    @Test
    void part_als_isTimedOnNumberedRows() {
        String sample = folder.resolve("sample").toString();
        String prepared = folder.resolve("prepared").toString();
        Run.of("sample", "--people", "30", "--items", "20", "--output", sample).succeeds();
        JsonNode size = Json.parsed(Run.of(
                        "bench",
                        "part",
                        "prepare",
                        "--public-data",
                        "--ratings",
                        sample + "/ratings.parquet",
                        "--numbered",
                        "--output",
                        prepared)
                .succeeds()
                .out());
        assertThat(size.path("people").asInt()).isEqualTo(30);
        JsonNode als = Json.parsed(
                Run.of("bench", "part", "als", "--public-data", "--ratings", prepared + "/numbered", "--k", "3")
                        .succeeds()
                        .out());
        assertThat(als.at("/runs/0/phases").fieldNames()).toIterable().containsExactly("Fitting", "Recommending");
    }

    @Test
    void table_medians_areComparedWithTheBaseline() {
        SpeedTable table = new SpeedTable(Json.parsed("{\"people\": 3, \"items\": 2, \"ratings\": 5}"));
        table.add(
                "spark: read and group",
                Json.parsed("{\"runs\": [{\"seconds\": 2}, {\"seconds\": 9}, {\"seconds\": 3}]}"));
        table.add(
                "train, epsilon 1",
                Json.parsed("{\"draws\": 1000000, \"drawsPerSecond\": 500000, \"drawsPerSecondOneThread\": 200000,"
                        + " \"head\": 10, \"rank\": 3, \"peakBytes\": 3145728, \"runs\": [{\"seconds\":"
                        + " 20, \"phases\": {\"Reading ratings\": 4, \"Releasing the Gram matrix\": 2,"
                        + " \"Adding noise\": 1, \"Denoising\": 13}}]}"));
        table.add(
                "lists of 7",
                Json.parsed("{\"head\": 1000, \"rank\": 200, \"multiplyAddsPerSecond\": 1e6, \"runs\": ["
                        + "{\"seconds\": 2, \"phases\": {\"Scoring\": 1.5}}]}"));
        table.addBaseline(
                7, Json.parsed("{\"runs\": [{\"seconds\": 9, \"phases\": {\"Fitting\": 50, \"Recommending\": 8}}]}"));
        assertThat(table.text())
                .contains("5 ratings by 3 people of 2 items")
                .containsPattern("spark: read and group *\\| +3\\.00 \\| +2\\.00 \\| +3 ")
                .containsPattern("train, epsilon 1 *\\| +20\\.0 \\| +\\| +1 \\| +3 \\| 2\\.5  ALS: fit")
                .contains("its spectrum 6.00 s, 2.00 times Spark's read and group", "45 draws for the matrix")
                .contains("on one thread 5.0 us")
                .containsPattern("lists of 7 *\\| +2\\.00 .*4\\.0  ALS: lists of 7")
                .containsPattern("Scoring *\\| +\\| +1\\.50")
                .contains("1 million multiply-adds, 0.60 s at the 0.0 billion");
    }

    @Test
    void speed_withoutRatings_endsWith2() {
        assertThat(Run.of("bench", "speed").failsWith(2).err()).contains("--movielens");
        assertThat(Run.of("bench", "speed", "--public-data", "--ratings", "r", "--items", "i", "--repeats", "0")
                        .failsWith(2)
                        .err())
                .contains("--repeats must be > 0");
        for (List<String> command : List.of(
                List.of("bench", "speed", "--ratings", "r", "--items", "i"),
                List.of("bench", "part", "train", "--ratings", "r", "--items", "i", "--output", "model"))) {
            assertThat(Run.of(command.toArray(String[]::new)).failsWith(2).err())
                    .contains("nobody paid for", "--public-data");
        }
    }

    @Test
    void svg_bars_areAsLongAsTheirValues() throws IOException {
        String svg = new BarChart(
                        "b", "Title", "Text", List.of(new BarChart.Bar("one <b>", 1), new BarChart.Bar("two", 2)))
                .svg();
        assertThat(svg).contains("width=\"185.0\"", "width=\"370.0\"", "one &lt;b&gt;", "1.00 s");
    }
}
