package discreet.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.DiscreetException;
import discreet.InputException;
import discreet.RunException;
import discreet.ledger.Ledger;
import discreet.ledger.PlannedVector;
import discreet.ledger.Population;
import discreet.ledger.ReleasePlan;
import discreet.privacy.Budget;
import discreet.privacy.Rho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChargedFailureTest {
    @TempDir
    private Path folder;

    private Population opened() {
        return Ledger.open(Ledger.sqliteUrl(folder.resolve("ledger.db")))
                .openPopulation("viewers", new Budget(5, 1e-5), null);
    }

    @Test
    void of_errorBeforeTheCharge_standsAlone() {
        InputException error = new InputException("Cannot read the ratings.");

        assertThat(ChargedFailure.of(error, "training", this::opened, "r")).isSameAs(error);
    }

    @Test
    void of_errorAfterTheCharge_saysHowToGoOn() {
        Population population = opened();
        population.reserve(new ReleasePlan("r", "{}", List.of(new PlannedVector("people", new Rho(1000)))));

        assertThat(ChargedFailure.of(new RunException("Disk full."), "training", () -> population, "r"))
                .hasMessageStartingWith("Disk full.")
                .hasMessageContaining("--release r");
    }

    /** The ledger is lost while the training fails for another reason, which is the one to say. */
    @Test
    void of_ledgerThatCannotBeAsked_keepsTheFirstErrorAndSuppressesTheSecond() throws IOException {
        Population population = opened();
        Files.delete(folder.resolve("ledger.db"));

        DiscreetException reported =
                ChargedFailure.of(new RunException("Disk full."), "training", () -> population, "r");

        assertThat(reported).isInstanceOf(RunException.class).hasMessageStartingWith("Disk full. The ledger cannot be");
        assertThat(reported.getSuppressed()).hasSize(1);
    }
}
