package discreet.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import discreet.model.ModelFiles;
import discreet.plan.Plans;
import discreet.plan.RankingPlan;
import discreet.privacy.PrivacyCost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands where no items are listed. */
class DiscoverCommandsTest {
    @TempDir
    private Path folder;

    private Service service = new Service(Path.of(""));

    @BeforeEach
    void open() {
        service = Service.in(folder);
    }

    private String[] train(String... others) {
        List<String> arguments = new ArrayList<>(List.of(service.train(others)));
        int items = arguments.indexOf("--items");
        arguments.subList(items, items + 2).clear();
        return arguments.toArray(String[]::new);
    }

    private static String[] with(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Run show(String command) {
        return Run.of(command.replace("EU", "--ledger " + service.ledger() + " --population " + Service.POPULATION)
                        .split(" "))
                .succeeds();
    }

    private static RankingPlan quote(double epsilon) {
        return Plans.selecting(epsilon);
    }

    /** From the dry run to the statement: each says what is charged of delta. */
    @Test
    void train_withoutItems_finishesAndEverythingSaysWhatItCost() {
        String[] arguments = train("--epsilon", "4", "--min-rating", "4", "--release", "found");
        JsonNode dry = Json.parsed(
                Run.of(with(arguments, "--dry-run", "--json")).succeeds().out());
        assertThat(dry.at("/catalogue").asText()).isEqualTo("discovered");
        assertThat(dry.at("/price/deltaCharged").asDouble()).isBetween(.999e-7, 1e-7);
        assertThat(dry.at("/threshold").asDouble()).isEqualTo(quote(4).threshold());
        assertThat(service.population().status().charged()).isEqualTo(PrivacyCost.NOTHING);

        JsonNode report =
                Json.parsed(Run.of(with(arguments, "--json")).succeeds().out());

        assertThat(report.at("/price/deltaCharged").asDouble())
                .isEqualTo(dry.at("/price/deltaCharged").asDouble());
        assertThat(report.at("/price/rho").asDouble())
                .isEqualTo(dry.at("/price/rho").asDouble());
        assertThat(report.at("/price/epsilon").asDouble()).isLessThanOrEqualTo(4);
        assertThat(service.population().status().charged()).isEqualTo(quote(4).price());
        Catalogue found = ModelFiles.read(Path.of(service.path("model"))).catalogue();
        assertThat(found.items())
                .allMatch(item -> item.title() == null && item.genres().isEmpty());
        assertThat(found.items().stream().map(Item::id)).allMatch(id -> id.startsWith("t"));

        assertThat(show("ledger show EU").out())
                .contains("Delta 1e-7 of the 1e-6 that is set apart for item ids is spent");
        assertThat(Json.parsed(show("ledger show EU --json").out())
                        .at("/deltaSpent")
                        .asDouble())
                .isEqualTo(quote(4).price().delta().toDouble());
        String said =
                show("statement EU --model " + service.path("model")).out().replaceAll("\\s+", " ");
        assertThat(said)
                .contains("(private partition selection). Delta 1e-7 of 1e-5 was charged")
                .contains("the items that many people have, selected privately");
        JsonNode statement = Json.parsed(
                show("statement --model " + service.path("model") + " --json").out());
        assertThat(statement.at("/loss/deltaCharged").asDouble())
                .isEqualTo(quote(4).price().delta().toDouble());
        assertThat(statement.at("/loss/epsilon").asDouble())
                .isEqualTo(report.at("/price/epsilon").asDouble());
        Run.of(service.recommend("--format", "csv")).succeeds();

        Run.of(with(train("--epsilon", "4", "--min-rating", "4", "--release", "found", "--model", service.path("b"))))
                .succeeds();
        assertThat(service.population().status().charged()).isEqualTo(quote(4).price());
        assertThat(ModelFiles.read(Path.of(service.path("b"))).catalogue()).isEqualTo(found);
    }

    /**
     * Ten tenths are all of the delta for items: the eleventh is refused before anything is read, whatever is
     * left of epsilon.
     */
    @Test
    void train_deltaUsedUp_isRefusedWithThreeAndSaysWhatToDo() {
        for (int training = 0; training < 10; training++) {
            service.population().reserve(quote(.01).reservation("r" + training));
        }
        for (String[] arguments : List.of(train("--epsilon", "0.01"), train("--epsilon", "0.01", "--dry-run"))) {
            Run run = Run.of(arguments).failsWith(3);
            assertThat(run.err()).contains("set apart for item ids not enough is left", "--items");
        }
    }

    @Test
    void quote_discover_saysWhatSeveralTrainingsComeTo() {
        String text = show("quote --discover --epsilon 1").out();
        assertThat(text).contains("delta 1e-7 of the 1e-6", "items below about 52.95", "1/sqrt(k)");
        JsonNode plan = Json.parsed(show("quote --discover --cap 100 --epsilon 0.1 --releases 12 --json")
                .out());
        JsonNode one = Json.parsed(
                show("quote --discover --cap 100 --epsilon 0.1 --json").out());
        assertThat(one.at("/budget/fit").asInt()).isEqualTo(10);
        assertThat(plan.at("/releases/9/admitted").asBoolean()).isTrue();
        assertThat(plan.at("/releases/10/admitted").asBoolean()).isFalse();
        assertThat(plan.at("/releases/8/deltaInAll").asDouble()).isBetween(8.99e-7, 9e-7);
    }

    /** A training that asks for all that is left, by the printed number, is admitted. */
    @Test
    void quote_whatIsLeft_isAdmitted() {
        service.population().reserve(quote(2).reservation("first"));
        JsonNode quoted = Json.parsed(show("quote --discover EU --json").out());
        assertThat(quoted.at("/budget/admitted").asBoolean()).isTrue();
        double epsilon = quoted.at("/price/epsilonAsked").asDouble();
        assertThat(epsilon).isBetween(2.0, 5.0);
        service.population().reserve(quote(epsilon).reservation("second"));
    }
}
