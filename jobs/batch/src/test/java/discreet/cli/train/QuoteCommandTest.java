package discreet.cli.train;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.BudgetException;
import discreet.cli.Run;
import discreet.cli.shared.Json;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.plan.Plans;
import discreet.privacy.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteCommandTest {
    @TempDir
    private Path folder;

    private String ledger = "";

    @BeforeEach
    void open() {
        ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation("eu", new Budget(2, 1e-5), null);
        }
    }

    private Population population() {
        try (Ledger open = Ledger.open(ledger)) {
            return open.population("eu");
        }
    }

    private void charge(String release, double epsilon) {
        population().reserve(Plans.ranking(epsilon).reservation(release));
    }

    private Run quote(String arguments) {
        List<String> all = new ArrayList<>(List.of("quote"));
        all.addAll(List.of(arguments
                .replace("EU", "--ledger " + ledger + " --population eu")
                .replace("FOLDER", folder.toString())
                .split(" ")));
        Run run = Run.of(all.toArray(String[]::new)).succeeds();
        assertThat(run.err()).isEmpty();
        return run;
    }

    private JsonNode json(String arguments) {
        Run run = quote(arguments + " --json");
        assertThat(run.out()).hasLineCount(1);
        return Json.parsed(run.out());
    }

    @ParameterizedTest
    @CsvSource({"1, 0.0302085, 1.47", "5, 0.546251, 7.531", "20, 5.36103, 31.8"})
    void quote_epsilon_saysRhoAndBothRelations(String epsilon, String rho, String replacing) {
        String out = quote("--epsilon " + epsilon).out();

        assertThat(out)
                .contains("training of epsilon " + epsilon + " at delta 1e-5")
                .contains("epsilon " + epsilon + " (rho " + rho + ") for one account added or removed")
                .contains("epsilon " + replacing + " (rho ", "for one account replaced by another")
                .contains("In plain words", "times in 100")
                .contains("10,000 people, 5,000 items, a head of at most 4,096")
                .contains("number of people", "item statistic", "Gram matrix", "tastes are learned over")
                .contains("us of one core a draw");
    }

    @Test
    void quote_json_addsUpToThePrice() {
        JsonNode json = json("--epsilon 5 --people 100000 --items 300");

        long sum = 0;
        long draws = 0;
        for (JsonNode vector : json.path("vectors")) {
            sum += vector.path("rhoUnits").longValue();
            draws += vector.path("values").longValue();
        }
        assertThat(sum)
                .isEqualTo(json.path("price").path("rhoUnits").longValue())
                .isEqualTo(Budget.withItems(5, 1e-5).largestRho().units());
        assertThat(json.path("draws").longValue()).isEqualTo(draws);
        assertThat(json.path("head").intValue()).isEqualTo(300);
        assertThat(json.path("price").path("epsilon").doubleValue()).isLessThanOrEqualTo(5);
    }

    @Test
    void quote_ratingObjective_saysItsVectorsAndBothRelations() {
        String out = quote("--objective rating --epsilon 5 --people 6000").out();

        assertThat(out)
                .contains("a rating training of epsilon 5 at delta 1e-5")
                .contains("epsilon 5 (rho 0.546251) for one account added or removed")
                .contains("(rho 2.185", "for one account replaced by another")
                .contains("people and mean", "biases, round 1", "biases, round 2", "Gram matrix")
                .doesNotContain("item statistic");
        assertThat(out.lines().filter(line -> !line.startsWith("In plain words")))
                .allMatch(line -> line.length() <= 140);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--epsilon 5 --people 6000",
                "--gram-noise 2",
                "--item-noise 2.5",
                "--cap 3 --releases 2 --epsilon 1"
            })
    void quote_ratingObjectiveInJson_addsUpToThePrice(String arguments) {
        JsonNode json = json("--objective rating " + arguments);

        assertThat(json.path("objective").asText()).isEqualTo("rating");
        assertThat(json.path("vectors").findValuesAsText("name"))
                .containsExactly("people-and-mean", "biases-1", "biases-2", "gram");
        long sum = 0;
        for (JsonNode vector : json.path("vectors")) {
            sum += vector.path("rhoUnits").longValue();
        }
        assertThat(sum).isEqualTo(json.path("price").path("rhoUnits").longValue());
        assertThat(json.path("price").path("rhoReplaceOne").doubleValue())
                .isEqualTo(4 * json.path("price").path("rho").doubleValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--gram-noise 2", "--item-noise 2.5", "--people-noise 60 --gram-noise 9"})
    void quote_noise_givesAnEpsilonThatKeepsIt(String noise) {
        JsonNode found = json(noise);

        String epsilon = found.path("price").path("epsilonAsked").asText();
        JsonNode asked = json("--epsilon " + epsilon);
        assertThat(asked.path("vectors")).isEqualTo(found.path("vectors"));
        assertThat(quote(noise).out()).contains("training of epsilon " + epsilon + " at");
        String[] words = noise.split(" ");
        List<String> vectors = List.of("--people-noise", "--item-noise", "--gram-noise");
        for (int i = 0; i < words.length; i += 2) {
            assertThat(asked.path("vectors")
                            .path(vectors.indexOf(words[i]))
                            .path("noise")
                            .doubleValue())
                    .isLessThanOrEqualTo(Double.parseDouble(words[i + 1]));
        }
    }

    /**
     * The noise on the number of people is 40.5 at epsilon 1 and 2,794 at .01, and the default asks for 100.
     */
    @ParameterizedTest
    @CsvSource({
        "--epsilon 1 --people 610, goes-on",
        "--epsilon 1 --people 150, may-stop",
        "--epsilon 1 --people 100, stops",
        "--epsilon 0.01 --people 8000, stops",
        "--epsilon 1 --people 610 --at-least-people 610, stops",
        "--epsilon 0.01 --people 1 --at-least-people 0, goes-on",
        "--objective rating --epsilon 1 --people 610, goes-on",
        "--objective rating --epsilon 0.01 --people 610, stops"
    })
    void quote_assumedPeople_saysWhatTheGuardWouldDo(String arguments, String outlook) {
        JsonNode guard = Json.parsed(quote(arguments + " --json").out()).path("guard");

        assertThat(guard.path("outlook").textValue()).isEqualTo(outlook);
        assertThat(quote(arguments).out().contains("would stop")).isEqualTo(outlook.equals("stops"));
    }

    /** The advised epsilon is itself an option that the quote takes. */
    @Test
    void quote_tooFewForTheNoise_namesAnEpsilonThatIsEnough() {
        String text = quote("--epsilon 0.01 --people 610").out().replaceAll("\\s+", " ");
        Matcher advice = Pattern.compile("Epsilon ([0-9.]+) is enough").matcher(text);

        assertThat(advice.find()).as(text).isTrue();
        String enough = advice.group(1);
        assertThat(Json.parsed(quote("--people 610 --json --epsilon " + enough).out())
                        .at("/guard/outlook")
                        .textValue())
                .isEqualTo("goes-on");
    }

    @Test
    void quote_releasesThatWouldStop_areCounted() {
        assertThat(quote("--epsilon 0.01 --people 610 --releases 3").out()).contains("3 of these 3 would stop");
        assertThat(quote("--epsilon 1 --people 610 --releases 3").out()).doesNotContain("would stop");
    }

    @Test
    void quote_cap_saysHowManyFitAndTheLedgerAgrees() {
        JsonNode budget = json("--cap 2 --epsilon .3").path("budget");
        int fit = budget.path("fit").intValue();

        assertThat(quote("--cap 2 --epsilon .3").out()).contains(fit + " trainings of this price, and no more");
        for (int i = 0; i < fit; i++) {
            charge("r" + i, .3);
        }
        assertThatThrownBy(() -> charge("one-more", .3)).isInstanceOf(BudgetException.class);
        assertThat(json("EU --epsilon .3").path("budget").path("fit").intValue())
                .isZero();
    }

    @Test
    void quote_deltaAboveOneInThePeople_isRemarked() {
        Run run = Run.of("quote", "--epsilon", "1", "--delta", "1e-4", "--people", "20000");

        assertThat(run.succeeds().err())
                .startsWith("Remark: delta 1e-4 is above one in 20,000, the number of people.")
                .hasLineCount(1);
        assertThat(Run.of("quote", "--epsilon", "1", "--delta", "1e-4", "--people", "9000")
                        .succeeds()
                        .err())
                .isEmpty();
    }

    @Test
    void quote_population_chargesNothing() throws IOException {
        String before = Files.readString(folder.resolve("ledger.db"), ISO_8859_1);

        String out = quote("EU --epsilon 1 --releases 3").out();

        assertThat(out)
                .contains("population 'eu': cap epsilon 2 at delta 1e-5, nothing spent, epsilon 2 left")
                .contains("epsilon 1 (28.3 % of the budget) spent, epsilon 1.6");
        assertThat(Files.readString(folder.resolve("ledger.db"), ISO_8859_1)).isEqualTo(before);
    }

    @Test
    void quote_populationAlone_offersWhatIsLeftAndTheLedgerAdmitsIt() {
        charge("first", 1.3);

        JsonNode json = json("EU");

        double offered = json.path("price").path("epsilonAsked").doubleValue();
        assertThat(offered)
                .isLessThanOrEqualTo(population().status().epsilonLeft())
                .isGreaterThan(1);
        assertThat(json.path("budget").path("fit").intValue()).isEqualTo(1);
        charge("second", offered);
    }

    @Test
    void quote_overTheCap_isAQuoteThatSaysSo() {
        charge("first", 1.9);

        Run run = quote("EU --epsilon 1");

        assertThat(run.out()).contains("this training would be refused now (train: exit code 3)");
        assertThat(json("EU --epsilon 1").path("budget").path("admitted").booleanValue())
                .isFalse();
    }

    @Test
    void quote_closedOrUsedUp_saysThatNothingIsLeft() {
        charge("all", 2);
        assertThat(quote("EU").out()).contains("Nothing can be trained on population 'eu'", "nothing left");

        population().close();

        assertThat(quote("EU").out()).contains("closed");
        assertThat(quote("EU --epsilon .001").out()).contains("would be refused now");
        assertThat(json("EU").path("budget").path("epsilonLeft").doubleValue()).isZero();
    }

    @Test
    void quote_releases_saysWhereTheCapIsReachedAndTheLedgerAgrees() {
        Run run = quote("EU --epsilon 1 --releases 6 --every P1M --from 2026-11-24");

        assertThat(run.out()).contains("refused from the 4th, 2027-02-24", "| 3 | 2027-01-24 |");
        JsonNode json = json("EU --epsilon 1 --releases 6 --every P1M --from 2026-11-24");
        assertThat(json.path("refused").path("number").intValue()).isEqualTo(4);
        for (JsonNode release : json.path("releases")) {
            String id = "r" + release.path("number").asText();
            if (release.path("admitted").booleanValue()) {
                charge(id, release.path("epsilon").doubleValue());
                assertThat(population().status().charged().rho().toDouble())
                        .isEqualTo(release.path("rhoInAll").doubleValue());
                assertThat(population().status().epsilonSpent())
                        .isEqualTo(release.path("epsilonInAll").doubleValue());
            } else {
                assertThatThrownBy(() -> charge(id, release.path("epsilon").doubleValue()))
                        .isInstanceOf(BudgetException.class);
            }
            assertThat(population().status().epsilonLeft())
                    .isEqualTo(release.path("epsilonLeft").doubleValue());
        }
    }

    @Test
    void quote_releasesFromTheEndOfAMonth_doNotDrift() {
        JsonNode releases = json("--epsilon 1 --releases 3 --from 2027-01-31").path("releases");

        assertThat(releases.path(1).path("date").asText()).isEqualTo("2027-02-28");
        assertThat(releases.path(2).path("date").asText()).isEqualTo("2027-03-31");
    }

    private void plan(String text) throws IOException {
        Files.writeString(folder.resolve("plan.csv"), text, UTF_8);
    }

    @Test
    void quote_plan_isChargedInOrderOfDatesAndARefusedOneCostsNothing() throws IOException {
        plan("\ufeffnote, epsilon ,date\r\nthird,.2,2027-03-01\r\n\r\n"
                + "second,\"1.9\",2027-02-01\r\nfirst,1,2027-01-01\r\n");

        JsonNode json = json("EU --plan FOLDER/plan.csv");

        assertThat(json.path("releases").findValuesAsText("epsilon")).containsExactly("1.0", "1.9", "0.2");
        assertThat(json.path("releases").findValuesAsText("admitted")).containsExactly("true", "false", "true");
        assertThat(json.path("refused").path("date").asText()).isEqualTo("2027-02-01");
        assertThat(json.path("refused").path("allAfterIt").booleanValue()).isFalse();
        assertThat(quote("EU --plan FOLDER/plan.csv").out()).contains("refused is the 2nd", "not everything after it");
        assertThat(quote("--plan FOLDER/plan.csv").out()).contains("none was given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                    | line 1 | no header",
                "day,epsilon;2027-01-01,1              | line 1 | lacks date or epsilon",
                "date,epsilon                          | line 2 | no release",
                "date,epsilon;2027-01-01               | line 2 | 1 fields",
                "date,epsilon;2027-01-01,1;2027-02-01,0,5 | line 3 | 3 fields",
                "date,epsilon;2027-01-32,1             | line 2 | a day and an epsilon",
                "date,epsilon;2027-01-01,0             | line 2 | a day and an epsilon",
                "date,epsilon;2027-01-01,much          | line 2 | a day and an epsilon"
            })
    void quote_badPlan_namesTheLine(String text, String line, String why) throws IOException {
        plan(text.replace(';', '\n'));

        Run run =
                Run.of("quote", "--plan", folder.resolve("plan.csv").toString()).failsWith(2);

        assertThat(run.err()).contains(line, why);
    }

    @Test
    void quote_hugeOrBinaryPlan_isRefused() throws IOException {
        plan("date,epsilon\n" + "2027-01-01,1\n".repeat(ScheduleFile.MAX_RELEASES + 1));
        assertThat(Run.of("quote", "--plan", folder.resolve("plan.csv").toString())
                        .failsWith(2)
                        .err())
                .contains("Plan at most 1000");
        plan("x".repeat(300_000));
        assertThat(Run.of("quote", "--plan", folder.resolve("plan.csv").toString())
                        .failsWith(2)
                        .err())
                .contains("larger than");
        Files.write(folder.resolve("plan.csv"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(Run.of("quote", "--plan", folder.resolve("plan.csv").toString())
                        .failsWith(2)
                        .err())
                .contains("UTF-8");
    }

    @Test
    void quote_absurdlyLargeEpsilon_isPriced() {
        assertThat(quote("--epsilon 1e6 --cap 5").out()).contains("would be refused now", "practically always");
    }

    @ParameterizedTest
    @CsvSource({"1, 1st", "2, 2nd", "3, 3rd", "4, 4th", "11, 11th", "12, 12th", "13, 13th", "21, 21st", "112, 112th"})
    void ordinal_any_isEnglish(int number, String text) {
        assertThat(ScheduleReport.ordinal(number)).isEqualTo(text);
    }
}
