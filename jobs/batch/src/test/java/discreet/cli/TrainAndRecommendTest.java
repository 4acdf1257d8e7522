package discreet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.shared.Json;
import discreet.privacy.HashRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command on the way from ratings to lists, on one invented service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainAndRecommendTest {
    @TempDir
    private static Path folder;

    private Service service;
    private Run training;

    @BeforeAll
    void train() {
        service = Service.in(folder);
        training = Run.of(service.train("--min-rating", "3", "--release", "first"));
    }

    @Test
    void train_anyRelease_printsItsPrice() {
        training.succeeds();

        assertThat(training.out())
                .contains("population 'invented', release first")
                .contains("epsilon 1 at delta 1e-5 (rho 0.0302", "one account added or removed")
                .contains("one account replaced by another")
                .contains("at most about 54.9 times in 100")
                .containsPattern("People +about [0-9,]+ \\(released; noise \\+-[0-9.]+\\)")
                .containsPattern("Head +[0-9]+ of 40 items; noise per entry")
                .containsPattern("Budget +5\\.[5-7] % spent .epsilon 1 of 5., 94\\.[3-5] % left")
                .containsPattern("a training of epsilon 4\\.[0-9]+ still fits")
                .contains("of the budget and not 20 %")
                .contains("with so few people privacy leaves little to learn");
    }

    @Test
    void train_anyRelease_saysWhatItUnderstoodAndNamesTheRelease() {
        assertThat(training.errAfterPreview()).hasLineCount(1).contains("--release first", "charged");
        assertThat(training.err())
                .contains("people in 'user', items in 'item', ratings in 'rating', times in 'timestamp'")
                .contains("with a rating of at least 3", "40 in the catalogue")
                .contains("epsilon 1 at delta 1e-5", "% of the budget of population 'invented'");
    }

    @Test
    void train_sameReleaseAgain_givesTheSameModelAndChargesNothing() throws IOException {
        String before = service.population().status().chainHead();

        Run again = Run.of(
                service.train("--min-rating", "3", "--release", "first", "--model", service.path("again"), "--json"));

        again.succeeds();
        assertThat(Json.parsed(again.out()).path("release").asText()).isEqualTo("first");
        assertThat(service.population().status().chainHead()).isEqualTo(before);
        for (String file : List.of("items.parquet", "spectrum.parquet")) {
            assertThat(folder.resolve("again").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("model").resolve(file));
        }
    }

    @Test
    void train_sameReleaseWithOtherParameters_endsWith2() {
        Run run = Run.of(service.train("--min-rating", "4", "--release", "first", "--model", service.path("other")));

        run.failsWith(2);
        assertThat(run.err()).contains("other parameters");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void train_overTheCap_endsWith3AndChargesNothing() {
        String before = service.population().status().chainHead();

        Run run = Run.of(service.train("--epsilon", "5", "--model", service.path("over")));

        run.failsWith(3);
        assertThat(run.err()).contains("of epsilon 5 is left", "costs 5");
        assertThat(service.population().status().chainHead()).isEqualTo(before);
        assertThat(folder.resolve("over")).doesNotExist();
    }

    @Test
    void train_dryRun_quotesTheChargeAndLeavesNothing() {
        String before = service.population().status().chainHead();

        Run run = Run.of(service.train("--dry-run", "--model", service.path("dry")))
                .succeeds();

        assertThat(run.errAfterPreview()).isEmpty();
        assertThat(run.err()).contains("people in 'user'");
        assertThat(run.out()).contains("40 items", "nothing was charged", "trainings of this price");
        assertThat(service.population().status().chainHead()).isEqualTo(before);
        assertThat(folder.resolve("dry")).doesNotExist();
    }

    /** The header is read, and so is the path. Rows are not. */
    @Test
    void train_dryRunOfWrongInput_endsWith2() throws IOException {
        Run missing = Run.of(service.train("--dry-run", "--model", service.path("dry"), "--ratings", "/no/such/file"))
                .failsWith(2);
        Path file = Files.writeString(folder.resolve("wrong.csv"), "user,article\n");
        Run column = Run.of(service.train("--dry-run", "--model", service.path("dry"), "--ratings", file.toString()))
                .failsWith(2);

        assertThat(missing.err()).contains("no such file");
        assertThat(column.err()).contains("'item'", "--item-column");
    }

    @Test
    void train_dryRunOfAFinishedRelease_costsNothing() {
        Run run = Run.of(service.train(
                "--dry-run", "--min-rating", "3", "--release", "first", "--model", service.path("dry"), "--json"));

        JsonNode budget = Json.parsed(run.succeeds().out()).path("budget");
        assertThat(budget.path("rhoUnitsDue").longValue()).isZero();
        assertThat(budget.path("epsilonSpentAfter")).isEqualTo(budget.path("epsilonSpent"));
        long quoted = Json.parsed(run.out()).path("price").path("rhoUnits").longValue();
        assertThat(service.population().releases().get(0).charged().rho().units())
                .isEqualTo(quoted);
    }

    @Test
    void train_dryRunOnAHashRange_chargesItsUsers() throws IOException {
        Path part = Files.createDirectory(folder.resolve("part"));
        Files.copy(Path.of(service.ratings()), part.resolve("ratings.parquet"));
        Files.writeString(part.resolve("_cell"), new HashRange("salt", 0, 1L << 52).text() + "\n");

        Run run = Run.of(
                service.train("--dry-run", "--ratings", part.toString(), "--model", service.path("dry"), "--json"));

        JsonNode budget = Json.parsed(run.succeeds().out()).path("budget");
        assertThat(budget.path("cell").asText()).isEqualTo(new HashRange("salt", 0, 1L << 52).text());
        assertThat(budget.path("epsilonSpentAfter").doubleValue())
                .isGreaterThan(budget.path("epsilonSpent").doubleValue());
    }

    @Test
    void train_dryRun_isRefusedLikeTheTraining() {
        Run.of(service.train("--dry-run", "--epsilon", "5", "--model", service.path("dry")))
                .failsWith(3);
        Run run = Run.of(
                service.train("--dry-run", "--min-rating", "4", "--release", "first", "--model", service.path("dry")));
        assertThat(run.failsWith(2).err()).contains("other parameters");
    }

    @Test
    void related_knownItem_showsTitles() {
        Run run = Run.of("related", "--model", service.path("model"), "--item", "t0001", "--k", "3", "--json");

        run.succeeds();
        JsonNode json = Json.parsed(run.out());
        assertThat(json.path("title").asText()).isNotEmpty();
        assertThat(json.path("related").size()).isLessThanOrEqualTo(3);
        assertThat(Run.of("related", "--model", service.path("model"), "--item", "t0001")
                        .out())
                .contains(json.path("title").asText());
    }

    @Test
    void related_unknownItem_endsWith2() {
        Run.of("related", "--model", service.path("model"), "--item", "t9999").failsWith(2);
    }

    @Test
    void related_truncatedModel_endsWith2() throws IOException {
        Path damaged = Files.createDirectory(folder.resolve("damaged"));
        try (Stream<Path> files = Files.list(folder.resolve("model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, damaged.resolve(file.getFileName()));
            }
        }
        byte[] whole = Files.readAllBytes(damaged.resolve("spectrum.parquet"));
        Files.write(damaged.resolve("spectrum.parquet"), java.util.Arrays.copyOf(whole, whole.length / 2));

        Run run = Run.of("related", "--model", damaged.toString(), "--item", "t0001")
                .failsWith(2);

        assertThat(run.err()).contains("truncated");
    }

    @Test
    void recommend_csv_isOneFileWithRanksAndWithoutTheHistory() throws IOException {
        Run.of(service.recommend("--format", "csv", "--output", service.path("csv")))
                .succeeds();

        assertThat(names("csv")).containsExactly("lists.csv");
        List<String> lines = Files.readAllLines(folder.resolve("csv/lists.csv"), UTF_8);
        assertThat(lines.get(0)).isEqualTo("user,item,rank,score,source");
        assertThat(lines).hasSize(1 + 300 * 3);
        assertThat(lines.subList(1, 4)).extracting(line -> line.split(",")[2]).containsExactly("1", "2", "3");
        assertThat(lines.stream().skip(1).map(line -> line.split(",")[4]).distinct())
                .isSubsetOf("model", "popular");
    }

    @Test
    void recommend_parquet_isAFolderOfParts() throws IOException {
        Run.of(service.recommend("--output", service.path("parquet"))).succeeds();

        assertThat(names("parquet")).anyMatch(name -> name.endsWith(".parquet"));
        assertThat(names(".")).noneMatch(name -> name.endsWith(".partial"));
    }

    @Test
    void recommend_namedPeople_haveTheOnlyLists() throws IOException {
        Files.writeString(folder.resolve("people.csv"), "user\nu00002\nnobody knows me\nu00002\n\"\"\n");

        Run.of(service.recommend(
                        "--format", "csv", "--output", service.path("some"), "--people", service.path("people.csv")))
                .succeeds();

        List<String> lines = Files.readAllLines(folder.resolve("some/lists.csv"), UTF_8);
        assertThat(lines.stream().skip(1).map(line -> line.split(",")[0]).distinct())
                .containsExactlyInAnyOrder("u00002", "nobody knows me");
        assertThat(lines.stream().filter(line -> line.startsWith("nobody")))
                .hasSize(3)
                .allMatch(line -> line.endsWith(",popular"));
    }

    @Test
    void recommend_badInput_endsWith2AndWritesNothing() throws IOException {
        Files.writeString(folder.resolve("header.csv"), "who,what\nu1,t0001\n");
        Files.writeString(folder.resolve("broken.parquet"), "PAR1 and then nothing");
        Files.writeString(folder.resolve("ids.csv"), "u00001\nu00002\n");

        for (String histories : List.of("none.csv", "header.csv", "broken.parquet")) {
            Run.of(service.recommend("--output", service.path("bad"), "--histories", service.path(histories)))
                    .failsWith(2);
        }
        for (String people : List.of("none.csv", "ids.csv", "broken.parquet")) {
            Run run = Run.of(service.recommend("--output", service.path("bad"), "--people", service.path(people)))
                    .failsWith(2);
            assertThat(run.err()).doesNotContain("u00001");
        }
        assertThat(names(".")).noneMatch(name -> name.contains("bad"));
    }

    @Test
    void evaluate_splitOfPublicData_printsATableWithBaselines() {
        Run.of("split", "--ratings", service.ratings(), "--output", service.path("parts"))
                .succeeds();

        Run run = Run.of(
                "evaluate",
                "--public-data",
                "--model",
                service.path("model"),
                "--histories",
                service.path("parts/histories"),
                "--holdout",
                service.path("parts/holdout"),
                "--peer-training",
                service.path("parts/train"),
                "--k",
                "5,10",
                "--json",
                service.path("figures.json"));

        run.succeeds();
        assertThat(run.out()).contains("recall@5", "NDCG@10", "coverage@10", "this model", "popularity", "EASE");
        assertThat(folder.resolve("figures.json")).content().contains("\"recall\"");
    }

    private List<String> names(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
