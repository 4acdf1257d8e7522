package discreet.cli.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import discreet.cli.page.Browser;
import discreet.plan.ReleaseKind;
import discreet.privacy.Attacker;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.statement.Guarantee;
import discreet.statement.Statement;
import discreet.statement.Statement.Contribution;
import discreet.statement.Statement.Life;
import discreet.statement.Statement.Loss;
import discreet.statement.Statement.Model;
import discreet.statement.Statement.Operator;
import discreet.statement.Statement.Release;
import discreet.statement.Statement.Vector;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser shows it. A statement is plain data, so any statement can be rendered here. */
@Tag("browser")
class StatementPageTest {
    private static final double DELTA = 1e-5;
    private static final Instant OPENED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HEAD = "0123456789abcdef".repeat(4);
    private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=http://127.0.0.1/x onerror=alert(2)>";

    private static @Nullable Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private static PrivacyCost price(double epsilon) {
        return new PrivacyCost(new Budget(epsilon, DELTA).largestRho(), Delta.ZERO);
    }

    private static Loss loss(PrivacyCost price) {
        return new Loss(price, new PrivacyCost(price.rho().times(2), Delta.ZERO), new Budget(5, DELTA));
    }

    private static Release release(String id, double epsilon, @Nullable HashRange users, int charges) {
        PrivacyCost price = price(epsilon);
        return new Release(
                id,
                Instant.parse("2026-03-04T05:06:07Z"),
                new ReleaseKind.Ranking(),
                new Contribution(3.5, 250),
                users,
                loss(price),
                price,
                List.of(
                        new Vector("people", new PrivacyCost(new Rho(1000), Delta.ZERO), 1, "sealed"),
                        new Vector("items", new PrivacyCost(new Rho(2000), Delta.ZERO), 1, "sealed"),
                        new Vector("gram", price, charges, charges > 1 ? "sealed" : "drawn")));
    }

    private static Statement statement(
            String population, List<Release> releases, @Nullable Life life, @Nullable Model model, Operator operator) {
        PrivacyCost total = releases.stream().map(Release::increase).reduce(PrivacyCost.NOTHING, PrivacyCost::plus);
        return new Statement(
                Instant.parse("2026-11-24T10:11:12Z"),
                "Discreet 1.2.3",
                population,
                releases,
                loss(total),
                life,
                model,
                operator);
    }

    private static Life life(double epsilon, boolean closed, @Nullable Boolean holdsModel) {
        Budget cap = new Budget(epsilon, DELTA);
        return new Life(cap, cap.largestRho(), OPENED, closed, 1.25, HEAD, holdsModel);
    }

    private static Model model(String release) {
        return new Model(release, HEAD, OPENED, 3_706, 1_431, 87, 4_834.2, 12.5, 2.345);
    }

    private Browser.View open(Statement statement, int width) {
        return open(statement, width, ColorScheme.LIGHT);
    }

    private Browser.View open(Statement statement, int width, ColorScheme scheme) {
        Path file = folder.resolve("statement-" + width + ".html");
        StatementPage.of(statement).write(file);
        if (browser == null) {
            throw new IllegalStateException("The browser is started before.");
        }
        return browser.open(file, width, scheme);
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.WIDE, Browser.NARROW})
    void page_wholeLife_showsEveryField(int width) {
        Statement statement = statement(
                "viewers",
                List.of(release("first", 1, null, 2), release("second", 2, HashRange.below("s", .25), 1)),
                life(5, false, true),
                model("second"),
                new Operator(Map.of("data_curator_name", "ACME Streaming", "contact", "privacy@example.org")));

        Browser.View view = open(statement, width).screenshot("statement-population-" + width);

        view.isSelfContained().isAccessible().fitsItsWidth();
        String text = view.text();
        assertThat(text)
                .contains("viewers", "24 November 2026", "4 March 2026", "2 January 2026", "Discreet 1.2.3")
                .contains(Attacker.sentence(statement.loss().price()))
                .contains(
                        "first", "second", "people", "items", "gram", "counted 2 times", "drawn, and not released yet")
                .contains("25 % of accounts", "At most 250 items a person", "rating of at least 3.5")
                .contains("ACME Streaming", "privacy@example.org", "not stated")
                .contains(HEAD, "the ledger holds it", "epsilon 1.25", "4,834", "1,431")
                .contains(Guarantee.OPERATOR_SEES)
                .contains(Guarantee.NOT_PROTECTED)
                .contains(Guarantee.UNIT, Guarantee.TRUST, Guarantee.MECHANISM, Guarantee.COMPOSITION)
                .contains(Guarantee.MODEL_HOLDS, Guarantee.LISTS, Guarantee.ADDED_OR_REMOVED, Guarantee.REPLACED);
        StatementFields fields = StatementFields.of(statement);
        for (StatementFields.Field field : List.of(fields.registry(), fields.nist()).stream()
                .flatMap(List::stream)
                .toList()) {
            assertThat(text).as(field.name()).contains(field.name(), field.text());
        }
        assertThat(view.page().locator("circle.dot-more").count())
                .as("dots, and the one of the key")
                .isEqualTo((int) Math.ceil(100 * statement.loss().attackerAccuracy()) - 50 + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.WIDE, Browser.NARROW})
    void page_darkScreen_isReadable(int width) {
        Browser.View view = open(
                        statement(
                                "viewers",
                                List.of(release("first", 1, null, 1), release("second", 2, null, 1)),
                                life(5, false, false),
                                model("second"),
                                new Operator(Map.of())),
                        width,
                        ColorScheme.DARK)
                .screenshot("statement-dark-" + width);

        view.isSelfContained().isAccessible().fitsItsWidth();
        assertThat(view.page().evaluate("getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo("rgb(255, 255, 255)");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.WIDE, Browser.NARROW})
    void page_modelAlone_saysThatTheTotalIsMissing(int width) {
        Release training = release("only", 1, null, 1);
        Browser.View view = open(
                        statement("viewers", List.of(training), null, model("only"), new Operator(Map.of())), width)
                .screenshot("statement-model-" + width);

        view.isSelfContained().isAccessible().fitsItsWidth();
        assertThat(view.text())
                .contains("This page covers one training only.", "is not on this page", "55 times in 100")
                .doesNotContain("How much of the limit is used up");
    }

    /** At .5045, rounding to the nearest would drop half a dot and claim that the releases reveal nothing. */
    @Test
    void page_accuracyJustAboveOneHalf_isNotCalledACoin() {
        PrivacyCost little = new PrivacyCost(Rho.roundedUp(.00025), Delta.ZERO);
        Release training = new Release(
                "r",
                OPENED,
                new ReleaseKind.Ranking(),
                new Contribution(3.5, 250),
                null,
                loss(little),
                little,
                List.of());
        Browser.View view = open(
                statement("viewers", List.of(training), life(5, false, null), null, new Operator(Map.of())),
                Browser.NARROW);

        assertThat(view.text()).contains("50.5 times in 100", "close to a coin").doesNotContain("That is a coin");
        assertThat(view.page().locator("circle.dot-more").count()).isEqualTo(1 + 1);
    }

    @Test
    void page_nothingReleased_saysSo() {
        Browser.View view = open(
                statement("viewers", List.of(), life(1, true, null), null, new Operator(Map.of())), Browser.NARROW);

        view.isSelfContained().isAccessible().fitsItsWidth();
        assertThat(view.text()).contains("Nothing has been released", "the budget was closed");
    }

    @Test
    void page_modelMissingInTheLedger_saysSoFirst() {
        Browser.View view = open(
                statement(
                        "viewers",
                        List.of(release("r", 1, null, 1)),
                        life(5, false, false),
                        model("m"),
                        new Operator(Map.of())),
                Browser.WIDE);

        assertThat(view.text()).contains("Do not trust the total", "the ledger does not hold it");
    }

    /**
     * Manifests and property files can hold any text, including names of any length without a place to break.
     */
    @ParameterizedTest
    @ValueSource(ints = {Browser.WIDE, Browser.NARROW})
    void page_hostileNames_areEscapedAndFit(int width) {
        String endless = "x".repeat(500);
        Map<String, String> all =
                OperatorFile.FIELDS.stream().collect(Collectors.toMap(field -> field, field -> HOSTILE));
        Release training = new Release(
                HOSTILE,
                OPENED,
                new ReleaseKind.Other(endless),
                null,
                null,
                loss(price(1)),
                price(1),
                List.of(new Vector(endless, null, 0, HOSTILE)));

        Browser.View view = open(
                statement(
                        HOSTILE + endless, List.of(training), life(5, false, true), model(endless), new Operator(all)),
                width);

        view.isSelfContained().isAccessible().fitsItsWidth();
        assertThat(view.page().locator("img").count()).isZero();
        assertThat(view.text()).contains(HOSTILE);
        assertThat(view.page().title()).isEqualTo("Privacy statement: " + HOSTILE + endless);
    }

    /** Fifty releases share one bar, and the budget is used up. */
    @Test
    void page_manyReleases_fits() {
        List<Release> releases = IntStream.range(0, 50)
                .mapToObj(number -> release("20261124-10111" + number, .5, null, 1))
                .toList();

        Browser.View view = open(
                statement("viewers", releases, life(20, false, null), null, new Operator(Map.of())), Browser.NARROW);

        view.isSelfContained().isAccessible().fitsItsWidth();
        assertThat(view.page().locator("rect:not(.bar-all)").count()).isEqualTo(50);
    }
}
