package discreet.cli.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.catalogue.CatalogueReader;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.plan.TrainingRequest;
import discreet.privacy.PrivacyCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be wrong with a training's input, and what must not matter. */
class TrainInputTest {
    private static final String CLEAN = """
            user,item,rating,timestamp
            u1,t0001,5,1600000000
            u1,t0002,4,1600000001
            u2,t0001,3,1600000002
            u2,t0003,4,1600000003
            """;
    private static final String HOSTILE = """
            u3
            ,,,
            u4,t0001,NaN,1
            u4,t0002,1e999,1
            u4,t0003,five,soon
            "u5,t0001,5
            u6,"t0001\"x",5,5
            u7,t0001,5,5,5,5,5
            u8,=cmd|' /C calc'!A0,5,99999999999999999999
            %s,t0001,-0x1p-9999,2020-13-45
            \u0000\u0001\uFFFF,t9999,5,-1
            """;

    @TempDir
    private Path folder;

    private Service service;

    @BeforeEach
    void makeService() {
        service = Service.in(folder);
    }

    @Test
    void train_unusableFiles_endsWith2AndChargesNothing() throws IOException {
        Path empty = Files.writeString(folder.resolve("given-empty.csv"), "");
        Path header =
                Files.writeString(folder.resolve("given-header.csv"), "secret-user-1,t0001\nsecret-user-2,t0002\n");
        Path broken = Files.writeString(folder.resolve("given-broken.parquet"), "PAR1 and then nothing");
        Path catalogue = Files.writeString(folder.resolve("given-items.csv"), "name\nt0001\n");

        for (Path ratings : List.of(folder.resolve("given-none.csv"), empty, header, broken)) {
            Run run = Run.of(service.train("--ratings", ratings.toString())).failsWith(2);
            assertThat(run.err()).contains(ratings.toString()).doesNotContain("secret");
            service.isUntouchedBy(run);
        }
        for (Path items : List.of(folder.resolve("given-none.csv"), broken, catalogue)) {
            Run run = Run.of(service.train("--items", items.toString())).failsWith(2);
            assertThat(run.err()).contains(items.toString());
            service.isUntouchedBy(run);
        }
        Run column = Run.of(service.train("--rating-column", "stars")).failsWith(2);
        assertThat(column.err()).contains("'stars'", "--rating-column");
        service.isUntouchedBy(column);
    }

    /** The footer is whole, so Spark finds out in a task, whose exception could quote what it read. */
    @Test
    void train_parquetDamagedInTheMiddle_endsWith2AndChargesNothing() throws IOException {
        Path damaged = damagedRatings();

        Run run = Run.of(service.train("--ratings", damaged.toString())).failsWith(2);

        assertThat(run.err()).contains("a file is damaged", "Nothing was charged.");
        service.isUntouchedBy(run);
    }

    /** A release that is reserved and not drawn is resumed, so that the file is read after the charge. */
    @Test
    void train_damagedFileFoundAfterTheCharge_saysThatItWasChargedAndHowToGoOn() throws IOException {
        Population population = service.population();
        TrainingRequest request = TrainingRequest.builder()
                .epsilon(1)
                .atLeastPeople(0)
                .catalogue(CatalogueReader.read(new Configuration(), service.items(), "item"))
                .build();
        population.reserve(request.plan(population.cap()).reservation("begun")).close();
        PrivacyCost charged = population.status().charged();

        Run run = Run.of(service.train(
                "--release", "begun", "--ratings", damagedRatings().toString()));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errAfterPreview().lines()).hasSize(2);
        assertThat(run.err())
                .contains(
                        "Release begun of population 'invented' is charged.",
                        "Cannot read the input: a file is damaged",
                        "Nothing beyond what discreet ledger show says was charged; with --release begun")
                .doesNotContain("Nothing was charged");
        assertThat(service.population().status().charged()).isEqualTo(charged);

        Run.of(service.train("--release", "begun")).succeeds();
        assertThat(service.population().status().charged()).isEqualTo(charged);
    }

    private Path damagedRatings() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(service.ratings()));
        for (int at = 4; at < bytes.length / 2; at++) {
            bytes[at] ^= 0x5a;
        }
        return Files.write(folder.resolve("given-damaged.parquet"), bytes);
    }

    @Test
    void train_emptyRatingsWithoutAGuard_trainsOnNothing() throws IOException {
        Path ratings = Files.writeString(folder.resolve("given.csv"), "user,item,rating,timestamp\n");

        Run run = Run.of(service.train("--ratings", ratings.toString())).succeeds();

        assertThat(run.out()).contains("Trained", "with so few people");
    }

    /**
     * The usual limit lets nothing pass with probability .00135. So 500 people are asked for, which is more
     * than 8 standard deviations of the noise (a false alarm in 10^15 runs).
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "--objective rating --rating-range 1,5"})
    void train_emptyRatings_stopsAfterTheNumberOfPeopleAndGivesTheRestBack(String objective) throws IOException {
        Path ratings = Files.writeString(folder.resolve("given.csv"), "user,item,rating,timestamp\n");
        String[] arguments =
                service.train(("--at-least-people 500 --release nobody --ratings " + ratings + " " + objective)
                        .strip()
                        .split(" "));

        Run run = Run.of(arguments);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errAfterPreview())
                .hasLineCount(2)
                .contains(
                        "500 are needed",
                        "check the columns",
                        "discreet check --ratings",
                        "--at-least-people",
                        "given back");
        assertThat(folder.resolve("model")).doesNotExist();
        PopulationStatus status = service.population().status();
        double whole = status.cap().withEpsilon(1).largestRho().toDouble();
        assertThat(status.charged().rho().toDouble()).isBetween(whole * .005, whole * .03);

        Run again = Run.of(arguments).failsWith(1);

        assertThat(again.err()).contains("it was stopped", "another release id");
        assertThat(service.population().status().charged()).isEqualTo(status.charged());
        assertThat(service.population().verify().ok()).isTrue();
        String shown = Run.of("ledger", "show", "--ledger", service.ledger(), "--population", Service.POPULATION)
                .succeeds()
                .out();
        assertThat(shown).contains("given back");
    }

    /**
     * The guard is on where the option is left out. At epsilon 5 its 100 people are more than 10 standard
     * deviations.
     */
    @Test
    void train_emptyRatingsWithoutOptions_stops() throws IOException {
        Path ratings = Files.writeString(folder.resolve("given.csv"), "user,item,rating,timestamp\n");
        List<String> arguments =
                new ArrayList<>(List.of(service.train("--epsilon", "5", "--ratings", ratings.toString())));
        int guard = arguments.indexOf("--at-least-people");
        arguments.subList(guard, guard + 2).clear();

        Run run = Run.of(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("100 are needed");
    }

    @ParameterizedTest
    @CsvSource({"_delta_log/0.json, Delta", ".hoodie/hoodie.properties, Hudi", "metadata/v1.metadata.json, Iceberg"})
    void train_folderOfATable_endsWith2AndSaysHowToReadIt(String log, String format) throws IOException {
        Path table = Files.createDirectory(folder.resolve("given-table"));
        Files.createDirectory(table.resolve(log).getParent());
        Files.writeString(table.resolve(log), "{}");
        Files.copy(Path.of(service.ratings()), table.resolve("part-0.parquet"));

        Run run = Run.of(service.train("--ratings", table.toString())).failsWith(2);

        assertThat(run.err()).contains("a table of " + format, "snapshot");
        service.isUntouchedBy(run);
    }

    /** A file or a partition that is named by itself belongs to the table above it. */
    @ParameterizedTest
    @ValueSource(strings = {"part-0.parquet", "*.parquet", "day=1", "day=1/part-1.parquet"})
    void train_partOfATable_endsWith2(String part) throws IOException {
        Path table = Files.createDirectory(folder.resolve("given-table"));
        Files.createDirectory(table.resolve("_delta_log"));
        Files.createDirectory(table.resolve("day=1"));
        for (String file : List.of("part-0.parquet", "day=1/part-1.parquet")) {
            Files.copy(Path.of(service.ratings()), table.resolve(file));
        }

        Run run = Run.of(service.train("--ratings", table + "/" + part)).failsWith(2);

        assertThat(run.err()).contains("a table of Delta");
        service.isUntouchedBy(run);
    }

    @Test
    void train_minRatingWithoutSuchAColumn_endsWith2AndNamesTheOption() throws IOException {
        Path stars = Files.writeString(folder.resolve("given.csv"), "user,item,stars\nu1,t0001,1\nu2,t0002,5\n");

        Run run = Run.of(service.train("--ratings", stars.toString(), "--min-rating", "4"))
                .failsWith(2);

        assertThat(run.err()).contains("it has stars", "--rating-column");
        service.isUntouchedBy(run);
        Run ignored = Run.of(
                        service.train("--ratings", stars.toString(), "--min-rating", "4", "--ignore-columns", "stars"))
                .failsWith(2);

        assertThat(ignored.err()).contains("--min-rating is given", "'rating'", "--rating-column");
        service.isUntouchedBy(ignored);
    }

    @Test
    void train_hostileRows_changeNeitherMessagesNorExitCode() throws IOException {
        Path clean = Files.writeString(folder.resolve("given-clean.csv"), CLEAN, UTF_8);
        String hostile = HOSTILE.formatted("x".repeat(100_000));
        Path mixed = Files.writeString(folder.resolve("given-mixed.csv"), CLEAN + hostile, UTF_8);

        Run one = Run.of(service.train("--ratings", clean.toString(), "--release", "a", "--model", service.path("a")));
        Run two = Run.of(service.train("--ratings", mixed.toString(), "--release", "b", "--model", service.path("b")));

        assertThat(two.exitCode()).isEqualTo(one.exitCode()).isZero();
        assertThat(withoutFigures(two.err()).replace("release b", "release a").replace("Release b", "Release a"))
                .isEqualTo(withoutFigures(one.err()));
        assertThat(withoutNames(two.out())).isEqualTo(withoutNames(one.out()));
        assertThat(two.out() + two.err()).doesNotContain("xxxx", "cmd", "u8");
    }

    /** Released numbers, ids and paths apart. */
    private static String withoutNames(String text) {
        return withoutFigures(text).replaceAll("release [ab]\\b", "release").replaceAll("\\S*/[ab]\\b", "model");
    }

    private static String withoutFigures(String text) {
        return text.replaceAll("\\S*/given-[a-z]*", "given")
                .replaceAll("[0-9][0-9,.]*", "#")
                .replaceAll("--release [ab]", "--release");
    }

    @Test
    void train_json_isOneObjectOnOneLine() {
        Run run = Run.of(service.train("--json")).succeeds();

        assertThat(run.out()).hasLineCount(1);
        JsonNode json = Json.parsed(run.out());
        assertThat(json).isInstanceOf(ObjectNode.class);
        assertThat(json.path("price").path("epsilonReplaceOne").asDouble())
                .isGreaterThan(json.path("price").path("epsilon").asDouble());
        assertThat(json.path("release").asText()).isNotEmpty();
        assertThat(run.err()).contains(json.path("release").asText());
    }
}
