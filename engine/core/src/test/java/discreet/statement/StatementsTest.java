package discreet.statement;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.ledger.Ledger;
import discreet.ledger.PlannedVector;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.statement.Statement.Operator;
import discreet.statement.Statement.Release;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementsTest {
    @TempDir
    private Path folder;

    private Ledger ledger;
    private Population population;

    @BeforeEach
    void openLedger() {
        ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("ledger.db")));
        population = ledger.openPopulation("viewers", new Budget(5, 1e-5), null);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private void charge(String id, String parameters, HashRange users, Rho rho) {
        population
                .reserve(new ReleasePlan(id, parameters, users, List.of(new PlannedVector("sums", rho))))
                .close();
    }

    private Statement statement() {
        return new Statements("Discreet 1.2.3", Instant.EPOCH, new Operator(Map.of())).ofPopulation(population, null);
    }

    /** Two releases about disjoint users and one about some of each. */
    @Test
    void ofPopulation_anyCharges_increasesAddUpToTheLedgersTotal() {
        charge("low", "{}", HashRange.below("s", .25), Rho.roundedUp(.01));
        charge("high", "{}", HashRange.notBelow("s", .25), Rho.roundedUp(.03));
        charge("both", "{}", HashRange.below("s", .5), Rho.roundedUp(.005));

        Statement statement = statement();

        assertThat(statement.releases()).extracting(Release::id).containsExactly("low", "high", "both");
        assertThat(statement.loss().price())
                .isEqualTo(population.status().charged())
                .isEqualTo(statement.releases().stream()
                        .map(Release::increase)
                        .reduce(PrivacyCost.NOTHING, PrivacyCost::plus));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"objective\":\"ranking\"}', 2000",
        "'{\"objective\":\"rating\"}', 4000",
        "'{\"objective\":\"evaluation\",\"cutoffs\":[20]}', 2000",
        "'{\"objective\":\"evaluation\",\"cutoffs\":[5,20]}', 2000",
        "'{\"objective\":\"evaluation\",\"cutoffs\":[5,20,100]}', 2400",
        "'{\"objective\":\"evaluation\"}', 4000",
        "'{\"objective\":\"evaluation\",\"cutoffs\":7}', 4000",
        "'{\"objective\":\"other\",\"cutoffs\":[5]}', 4000",
        "'{}', 4000"
    })
    void release_replacingOneAccount_costsAsItsParametersSay(String parameters, long units) {
        charge("r", parameters, HashRange.below("s", .5), new Rho(1000));

        Release release = statement().releases().get(0);

        assertThat(release.alone().replaced().rho()).isEqualTo(new Rho(units));
    }
}
