package discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command on the way from ratings to predictions and their errors, on one invented service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RatingServiceTest {
    @TempDir
    private static Path folder;

    private Service service;

    @BeforeAll
    void splitAndTrain() {
        service = Service.in(folder);
        Run.of("split", "--ratings", service.ratings(), "--output", service.path("parts"), "--people-share", "0.4")
                .succeeds();
        Run.of(service.train(
                        "--ratings",
                        service.path("parts/train"),
                        "--epsilon",
                        "4",
                        "--objective",
                        "rating",
                        "--rating-range",
                        "1,5",
                        "--expected-people",
                        "300"))
                .succeeds();
    }

    private String[] evaluate(String... others) {
        return Stream.concat(
                        Stream.of(
                                "evaluate",
                                "--model",
                                service.path("model"),
                                "--histories",
                                service.path("parts/histories"),
                                "--holdout",
                                service.path("parts/holdout")),
                        Stream.of(others))
                .toArray(String[]::new);
    }

    @Test
    void predict_holdout_isInsideTheRange() throws IOException {
        Run.of(
                        "predict",
                        "--model",
                        service.path("model"),
                        "--histories",
                        service.path("parts/histories"),
                        "--pairs",
                        service.path("parts/holdout"),
                        "--output",
                        service.path("predictions"),
                        "--format",
                        "csv")
                .succeeds();
        List<String> lines = Files.readAllLines(folder.resolve("predictions/predictions.csv"));
        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(lines.subList(1, lines.size()))
                .allSatisfy(line -> assertThat(Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                        .isBetween(1.0, 5.0));
    }

    @Test
    void evaluate_publicOrCharged_printsErrorsAndIntervals() {
        JsonNode exact = Json.parsed(
                Run.of(evaluate("--public-data", "--json", "-")).succeeds().out());
        assertThat(exact.path("rmse").doubleValue()).isBetween(.3, 2.0);

        String[] charged = evaluate(
                "--ledger",
                service.ledger(),
                "--population",
                Service.POPULATION,
                "--epsilon",
                "3",
                "--at-least-people",
                "0",
                "--release",
                "measured");
        Run run = Run.of(charged).succeeds();

        assertThat(run.out()).contains("RMSE", "MAE", "Everybody counts alike", "the 40 % of it who were set apart");
        JsonNode released = Json.parsed(Run.of(Stream.concat(Stream.of(charged), Stream.of("--json", "-"))
                        .toArray(String[]::new))
                .succeeds()
                .out());
        assertThat(released.path("figures")).isEmpty();
        for (String metric : List.of("rmse", "mae")) {
            JsonNode interval = released.path("errors").path(metric);
            assertThat(interval.path("estimate").doubleValue())
                    .isBetween(
                            interval.path("low").doubleValue(),
                            interval.path("high").doubleValue());
        }
        JsonNode price = released.path("price");
        assertThat(price.path("rhoReplaceOne").doubleValue())
                .isEqualTo(2 * price.path("rho").doubleValue());
        Run stated = Run.of("statement", "--ledger", service.ledger(), "--population", Service.POPULATION, "--json")
                .succeeds();
        assertThat(stated.out()).contains("measured");
    }
}
