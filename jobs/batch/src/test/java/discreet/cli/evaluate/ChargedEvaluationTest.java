package discreet.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.ReleaseStatus;
import java.io.IOException;
import java.nio.file.Files;
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

    /** Returns arguments in which those given replace the usual ones. */
    private String[] evaluate(String... others) {
        Stream.Builder<String> arguments = Stream.builder();
        arguments.add("evaluate").add("--model").add(service.path("model"));
        if (!List.of(others).contains("--histories")) {
            arguments.add("--histories").add(service.path("parts/histories"));
        }
        arguments.add("--holdout").add(service.path("parts/holdout"));
        arguments.add("--ledger").add(service.ledger());
        return with(arguments.build().toArray(String[]::new), others);
    }

    private static String[] with(String[] arguments, String... others) {
        return Stream.concat(Stream.of(arguments), Stream.of(others)).toArray(String[]::new);
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
                "--at-least-people",
                "0",
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

    /**
     * The noise of the number of people is about 80 at epsilon .5, so the 900 people that are asked for are
     * 11 standard deviations. A false alarm has probability below 1e-25.
     */
    @Test
    void evaluate_idsThatMatchNothing_stopsAtAHundredthAndGivesTheRestBack() throws IOException {
        String histories = service.path("given-histories.csv");
        Files.writeString(Path.of(histories), "user,item\nnobody,t0001\n");
        String payer = "others";
        Run.of(
                        "ledger",
                        "open",
                        "--ledger",
                        service.ledger(),
                        "--population",
                        payer,
                        "--epsilon",
                        "9",
                        "--delta",
                        "1e-5")
                .succeeds();
        String[] arguments = evaluate(
                "--histories",
                histories,
                "--population",
                payer,
                "--epsilon",
                "0.5",
                "--at-least-people",
                "900",
                "--release",
                "mistaken");

        Run run = Run.of(arguments);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("Cannot evaluate", "900 are needed", "ids of people", "--at-least-people", "given back");
        Population paying = population(payer);
        long whole = paying.cap().withEpsilon(.5).largestRho().units();
        assertThat(paying.status().charged().rho().units()).isEqualTo(whole / 100);
        assertThat(paying.releases().get(0).isStopped()).isTrue();

        Run again = Run.of(arguments).failsWith(1);

        assertThat(again.err()).contains("it was stopped", "another release id");
        assertThat(population(payer).status().charged())
                .isEqualTo(paying.status().charged());
        assertThat(paying.verify().ok()).isTrue();
        JsonNode stated = Json.parsed(Run.of("statement", "--population", payer, "--ledger", service.ledger(), "--json")
                .succeeds()
                .out());
        assertThat(stated.at("/releases/0/vectors/0/name").textValue()).isEqualTo("test-people");
        assertThat(stated.at("/releases/0/vectors/1/state").textValue()).isEqualTo("given back");
    }

    private Population population(String name) {
        try (Ledger ledger = Ledger.open(service.ledger())) {
            return ledger.population(name);
        }
    }

    @Test
    void evaluate_dryRun_saysPriceAndGuardAndChargesNothing() {
        String before = service.population().status().chainHead();
        String[] arguments = {
            "--histories",
            "no such file",
            "--population",
            Service.POPULATION,
            "--epsilon",
            "0.5",
            "--k",
            "5,10",
            "--dry-run"
        };

        Run run = Run.of(evaluate(arguments)).succeeds();

        assertThat(run.out()).contains("epsilon 0.5", "number of test people", "Guard", "nothing was charged");
        JsonNode json = Json.parsed(
                Run.of(with(evaluate(arguments), "--json", "-")).succeeds().out());
        double rho = json.at("/price/rho").doubleValue();
        assertThat(json.at("/vectors/0/rho").doubleValue()).isCloseTo(rho / 100, within(rho * 1e-6));
        assertThat(json.at("/vectors/0/rho").doubleValue()
                        + json.at("/vectors/1/rho").doubleValue())
                .isCloseTo(rho, within(1e-12));
        assertThat(json.at("/guard/limit").doubleValue())
                .isEqualTo(3 * json.at("/vectors/0/noise").doubleValue());
        Run.of(evaluate("--population", Service.POPULATION, "--epsilon", "50", "--dry-run"))
                .failsWith(3);
        assertThat(service.population().status().chainHead()).isEqualTo(before);
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
