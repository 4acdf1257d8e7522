package discreet.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import discreet.ledger.ReleaseStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Trains on one part of a split and evaluates on the other, both charged. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChargedEvaluationTest {
    @TempDir
    private static Path folder;

    private Service service;

    @BeforeAll
    void splitAndTrain() {
        service = Service.in(folder);
        Run.of("split", "--ratings", service.ratings(), "--output", service.path("parts"), "--people-share", "0.4")
                .succeeds();
        Run trained = Run.of(service.train("--ratings", service.path("parts/train"), "--epsilon", "4"));
        assertThat(trained.succeeds().out()).contains("60 % of all people");
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
                                service.path("parts/holdout"),
                                "--ledger",
                                service.ledger()),
                        Stream.of(others))
                .toArray(String[]::new);
    }

    private double rhoSpent() {
        return service.population().status().charged().rho().toDouble();
    }

    @Test
    void evaluate_usersSetApart_alonePay() {
        double trained = rhoSpent();

        Run run = Run.of(evaluate(
                "--population",
                Service.POPULATION,
                "--epsilon",
                "3",
                "--k",
                "5,10",
                "--json",
                "-",
                "--release",
                "measured"));

        JsonNode json = Json.parsed(run.succeeds().out());
        assertThat(json.path("people").path("low").doubleValue())
                .isLessThanOrEqualTo(json.path("people").path("high").doubleValue());
        assertThat(json.path("figures")).hasSize(2);
        for (JsonNode cut : json.path("figures")) {
            for (String metric : List.of("recall", "ndcg")) {
                assertThat(cut.path(metric).path("estimate").doubleValue())
                        .isBetween(
                                cut.path(metric).path("low").doubleValue(),
                                cut.path(metric).path("high").doubleValue());
            }
        }
        assertThat(rhoSpent()).isEqualTo(trained);
        List<ReleaseStatus> releases = service.population().releases();
        assertThat(releases)
                .extracting(ReleaseStatus::hashRange)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(Run.of("ledger", "show", "--ledger", service.ledger(), "--population", Service.POPULATION)
                        .out())
                .contains("60 %", "40 %");

        JsonNode stated = Json.parsed(
                Run.of("statement", "--population", Service.POPULATION, "--ledger", service.ledger(), "--json")
                        .succeeds()
                        .out());
        assertThat(stated.at("/releases/1/alone/rhoReplaceOne"))
                .as("evaluate and statement say the same")
                .isEqualTo(json.at("/price/rhoReplaceOne"));

        Run again = Run.of(
                evaluate("--population", Service.POPULATION, "--epsilon", "3", "--k", "5,10", "--release", "measured"));
        assertThat(again.succeeds().out()).contains("recall@5", "taken by itself", "95 of 100", "Release measured");
        assertThat(service.population().releases()).hasSize(2);
    }

    @Test
    void evaluate_moreThanIsLeft_endsWith3AndChargesNothing() {
        String before = service.population().status().chainHead();
        Run.of(evaluate("--population", Service.POPULATION, "--epsilon", "50")).failsWith(3);
        assertThat(service.population().status().chainHead()).isEqualTo(before);
    }

    @Test
    void evaluate_ledgerThatDoesNotKnowTheModel_endsWith3() {
        String other = "jdbc:sqlite:" + service.path("other.db");
        Run.of("ledger", "open", "--ledger", other, "--population", "x", "--epsilon", "9", "--delta", "1e-5")
                .succeeds();
        Run run = Run.of(
                "evaluate",
                "--model",
                service.path("model"),
                "--histories",
                service.path("parts/histories"),
                "--holdout",
                service.path("parts/holdout"),
                "--ledger",
                other,
                "--population",
                "x",
                "--epsilon",
                "1");
        assertThat(run.failsWith(3).err()).contains("may have forgotten");
    }
}
