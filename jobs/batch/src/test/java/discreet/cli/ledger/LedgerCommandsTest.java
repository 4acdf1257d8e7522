package discreet.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.shared.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCommandsTest {
    @TempDir
    private Path folder;

    private String ledger;

    @BeforeEach
    void nameLedger() {
        ledger = "jdbc:sqlite:" + folder.resolve("ledger.db");
    }

    private Run ledger(String command, String... others) {
        List<String> arguments = new ArrayList<>(List.of("ledger", command, "--ledger", ledger));
        arguments.addAll(List.of(others));
        return Run.of(arguments.toArray(String[]::new));
    }

    private Run open(String name) {
        return ledger("open", "--population", name, "--epsilon", "5", "--delta", "1e-5");
    }

    @Test
    void open_newPopulation_explainsTheCapInPlainWords() {
        Run run = open("eu").succeeds();

        assertThat(run.out()).contains("epsilon 5 at delta 1e-5", "about 70 times in 100", "neither rises nor resets");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void open_largeDelta_isRemarked() {
        assertThat(ledger("open", "--population", "eu", "--epsilon", "5", "--delta", "0.5")
                        .succeeds()
                        .err())
                .startsWith("Remark: delta 0.5 is large.")
                .hasLineCount(1);
        assertThat(ledger("open", "--population", "us", "--epsilon", "5", "--delta", "0.001")
                        .succeeds()
                        .err())
                .isEmpty();
    }

    /** All of the cap's delta for item ids counts, since all of it may be spent. */
    @Test
    void open_largeDeltaForItems_countsInPlainWords() {
        Run run = ledger(
                        "open",
                        "--population",
                        "eu",
                        "--epsilon",
                        "0.001",
                        "--delta",
                        "0.4001",
                        "--delta-for-items",
                        "0.4")
                .succeeds();

        assertThat(run.out()).containsPattern("about 7[0-1](\\.[0-9])? times in 100");
    }

    @Test
    void open_inAnotherStore_usesIt() {
        Path store = folder.resolve("my store");

        ledger("open", "--population", "eu", "--epsilon", "5", "--delta", "1e-5", "--store", store.toString())
                .succeeds();

        assertThat(store).isDirectory();
        assertThat(ledger("show", "--population", "eu").succeeds().out()).contains("my%20store");
    }

    @Test
    void ledger_passwordInTheUrl_isRefusedAndNotShownByAnyCommand() {
        String url = "jdbc:postgresql://localhost:1/db?user=me&password=hunter2";
        for (String[] command : new String[][] {
            {"ledger", "open", "--population", "eu", "--epsilon", "1", "--delta", "1e-5", "--store", "s"},
            {"ledger", "show"},
            {"ledger", "verify"},
            {"ledger", "close", "--population", "eu", "--yes"}
        }) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--ledger", url));
            Run run = Run.of(arguments.toArray(String[]::new)).failsWith(2);
            assertThat(run.err()).contains("PGPASSWORD").doesNotContain("hunter2");
        }
    }

    @Test
    void ledger_unreachableServer_saysSoWithoutTheUrlsParameters() {
        Run run = Run.of("ledger", "show", "--ledger", "jdbc:postgresql://localhost:1/db?user=somebody&sslmode=disable")
                .failsWith(1);
        assertThat(run.err()).contains("cannot be reached", "localhost:1/db").doesNotContain("somebody", "sslmode");
    }

    @Test
    void show_withoutLedger_saysSoAndMakesNone() {
        assertThat(ledger("show").succeeds().out()).contains("No population has been opened");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void show_twoPopulations_listsBoth() {
        open("eu");
        open("us");

        assertThat(ledger("show").succeeds().out()).contains("| eu ", "| us ", "open");
        JsonNode json = Json.parsed(ledger("show", "--json").succeeds().out());
        assertThat(json.path("populations").size()).isEqualTo(2);
        assertThat(json.path("populations").path(0).path("epsilonLeft").asDouble())
                .isEqualTo(5);
    }

    @Test
    void close_withYes_endsTheBudget() {
        open("eu");

        assertThat(ledger("close", "--population", "eu", "--yes").succeeds().out())
                .contains("Closed");
        assertThat(ledger("show").out()).contains("closed");
    }

    @Test
    void drop_releaseThatIsNotThereOrUnconfirmed_endsWith2() {
        open("eu");

        assertThat(ledger("drop", "r1", "--population", "eu").failsWith(2).err())
                .contains("--yes");
        assertThat(ledger("drop", "r1", "--population", "eu", "--yes")
                        .failsWith(2)
                        .err())
                .contains("no sealed file", "ledger show");
    }

    @Test
    void verify_intact_saysHowManyRows() {
        open("eu");

        assertThat(ledger("verify").succeeds().out()).contains("'eu' is intact: 1 rows");
    }

    @Test
    void verify_changedRow_endsWith1AndNamesIt() throws SQLException {
        open("eu");
        raiseCap();

        Run run = ledger("verify");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).contains("'eu'", "row 1", "backup");
        assertThat(run.out()).isEmpty();
    }

    /** Somebody raised the cap by hand. Every command that shows or states what is left says so. */
    @Test
    void changedRow_isSaidByShowAndRefusedByQuoteAndStatement() throws SQLException {
        open("eu");
        raiseCap();

        assertThat(ledger("show", "--population", "eu").succeeds().out())
                .contains("Do not believe the figures of population 'eu'", "row 1 of its chain");
        assertThat(ledger("show").succeeds().out()).contains("Do not believe the figures");
        assertThat(ledger("show", "--json").succeeds().out()).contains("\"warning\"", "row 1 of its chain");
        Run statement = Run.of("statement", "--population", "eu", "--ledger", ledger);
        assertThat(statement.failsWith(1).err()).contains("Cannot state the total", "row 1 of its chain");
        assertThat(statement.out()).isEmpty();
        assertThat(Run.of("quote", "--epsilon", "1", "--population", "eu", "--ledger", ledger)
                        .failsWith(1)
                        .err())
                .contains("Cannot quote", "row 1 of its chain");
    }

    /** Raises the cap as an attacker would: removes the triggers and changes the row. */
    private void raiseCap() throws SQLException {
        try (Connection connection = DriverManager.getConnection(ledger);
                Statement statement = connection.createStatement()) {
            List<String> triggers = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
                while (names.next()) {
                    triggers.add(names.getString(1));
                }
            }
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + trigger);
            }
            assertThat(statement.executeUpdate("UPDATE entry SET body = replace(body, 'epsilon\":5', 'epsilon\":9')"))
                    .isEqualTo(1);
        }
    }
}
