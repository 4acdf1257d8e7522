package discreet.cli.statement;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.shared.Figures;
import discreet.ledger.Ledger;
import discreet.ledger.PlannedVector;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleasePlan;
import discreet.ledger.ReleaseStatus;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.privacy.Rho;
import discreet.statement.Statement;
import discreet.statement.Statement.Operator;
import discreet.statement.Statements;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures in printed statements, for ledgers with charges of any size. */
class StatementFiguresTest {
    private static final double CAP = 30.12345678;
    /** An atomic group, so that a match cannot stop in the middle of a figure. */
    private static final String FIGURE = "(?>[0-9]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?)";

    private static final Pattern RHO = Pattern.compile("\\brho (?:at most )?(" + FIGURE + ")");
    private static final Pattern EPSILON = Pattern.compile("\\bepsilon (" + FIGURE + ")(?! still fits)");
    private static final Pattern LEFT = Pattern.compile("\\bepsilon (" + FIGURE + ") still fits");

    @TempDir
    private Path folder;

    private Ledger ledger;
    private Population population;

    @BeforeEach
    void openLedger() {
        ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("ledger.db")));
        population = ledger.openPopulation("viewers", new Budget(CAP, 1.23456789e-5), null);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private void charge(String id, String parameters, HashRange users, Rho... rhos) {
        List<PlannedVector> vectors = new ArrayList<>();
        for (Rho rho : rhos) {
            vectors.add(new PlannedVector("v" + vectors.size(), rho));
        }
        population.reserve(new ReleasePlan(id, parameters, users, vectors)).close();
    }

    private Statement statement() {
        return new Statements("Discreet 1.2.3", Instant.EPOCH, new Operator(Map.of())).ofPopulation(population, null);
    }

    /** Returns the text and every field on one line, so that no figure is split across lines. */
    private static String print(Statement statement) {
        StatementFields fields = StatementFields.of(statement);
        return Stream.concat(
                        Stream.of(StatementText.of(statement).replaceAll("\\s+", " ")),
                        Stream.of(fields.registry(), fields.nist())
                                .flatMap(List::stream)
                                .map(field -> field.name() + " " + field.text()))
                .collect(Collectors.joining(" ; "));
    }

    private static List<Double> printed(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> Double.parseDouble(match.group(1)))
                .toList();
    }

    /**
     * Returns whether each printed figure is at least some exact figure of the ledger, and above it by no
     * more than {@code precision}.
     */
    private static boolean areUpperBounds(List<Double> printed, List<Double> exact, double precision) {
        return printed.stream()
                .allMatch(figure ->
                        exact.stream().anyMatch(value -> figure >= value && figure <= value * (1 + precision)));
    }

    private void chargeAtRandom(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            HashRange users =
                    random.nextBoolean() ? HashRange.below("s", random.nextDouble()) : HashRange.notBelow("s", .5);
            charge(
                    "r" + i,
                    "{\"objective\":\"" + (random.nextBoolean() ? "ranking" : "other") + "\"}",
                    users,
                    Rho.roundedUp(Math.exp(-9 * random.nextDouble())),
                    Rho.roundedUp(Math.exp(-9 * random.nextDouble())));
        }
    }

    /** Takes exact figures from the ledger's own rows where it has them, and from the statement otherwise. */
    private List<Double> exactRhos(Statement statement) {
        List<Double> exact = new ArrayList<>();
        exact.add(population.status().charged().rho().toDouble());
        exact.add(population.status().cap().largestRho().toDouble());
        exact.add(statement.loss().replaced().rho().toDouble());
        return exact;
    }

    private List<Double> exactEpsilons(Statement statement) {
        return List.of(
                population.status().epsilonSpent(),
                population.status().cap().epsilon(),
                statement.loss().replacedEpsilon());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void print_anyCharges_isNeverLessThanTheLedgerHas(long seed) {
        chargeAtRandom(seed);
        Statement statement = statement();
        PopulationStatus status = population.status();
        String text = print(statement);

        assertThat(printed(RHO, text)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(printed(EPSILON, text)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(areUpperBounds(printed(RHO, text), exactRhos(statement), 1e-5))
                .as(text)
                .isTrue();
        assertThat(areUpperBounds(printed(EPSILON, text), exactEpsilons(statement), 1e-3))
                .as(text)
                .isTrue();
        assertThat(printed(LEFT, text))
                .isNotEmpty()
                .allSatisfy(
                        left -> assertThat(left).isBetween(status.epsilonLeft() * (1 - 1e-3), status.epsilonLeft()));
        checkTables(StatementText.of(statement));
    }

    /** Checks the two tables, with epsilon and rho of each release and rho of each vector. */
    private void checkTables(String text) {
        Budget cap = population.status().cap();
        for (ReleaseStatus release : population.releases()) {
            List<List<String>> rows = text.lines()
                    .filter(line -> line.startsWith("| " + release.releaseId() + " "))
                    .map(line -> Stream.of(line.split("\\|")).map(String::strip).toList())
                    .toList();
            assertThat(rows).hasSize(3);
            double rho = release.charged().rho().toDouble();
            List<String> whole = rows.get(0);
            assertThat(Double.parseDouble(whole.get(6))).isBetween(rho, rho * (1 + 1e-5));
            double epsilon = cap.epsilon(release.charged());
            assertThat(Double.parseDouble(whole.get(5))).isBetween(epsilon, epsilon * (1 + 1e-3));
            for (int vector = 0; vector < 2; vector++) {
                double part = release.vectors().get(vector).charged().rho().toDouble();
                assertThat(Double.parseDouble(rows.get(1 + vector).get(4))).isBetween(part, part * (1 + 1e-5));
            }
        }
    }

    /** Figures rounded to the nearest are sometimes too low. The comparison must detect that. */
    @Test
    void print_roundedToTheNearest_failsTheComparison() {
        chargeAtRandom(1);
        Statement statement = statement();
        UnaryOperator<String> nearest = figure -> Figures.number(exactRhos(statement).stream()
                .filter(exact -> Math.abs(exact - Double.parseDouble(figure)) <= 1e-4 * exact)
                .findFirst()
                .orElseThrow());
        String text = RHO.matcher(print(statement))
                .replaceAll(match -> Matcher.quoteReplacement("rho " + nearest.apply(match.group(1))));

        assertThat(areUpperBounds(printed(RHO, text), exactRhos(statement), 1e-3))
                .isFalse();
    }
}
