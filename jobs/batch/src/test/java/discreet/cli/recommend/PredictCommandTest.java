package discreet.cli.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.cli.InventedRatings;
import discreet.cli.Run;
import discreet.cli.shared.Json;
import discreet.history.RatedHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictCommandTest {
    @TempDir
    private static Path folder;

    private InventedRatings ratings;

    @BeforeAll
    void write() {
        ratings = InventedRatings.in(folder);
    }

    private Run predict(String pairs, String output, String... others) {
        List<String> usual = List.of(
                "predict",
                "--model",
                ratings.path("model"),
                "--histories",
                ratings.path("histories.csv"),
                "--pairs",
                pairs,
                "--output",
                ratings.path(output));
        return Run.of(Stream.concat(usual.stream(), Arrays.stream(others)).toArray(String[]::new));
    }

    private Map<String, Double> predictions(String output) throws IOException {
        Map<String, Double> predictions = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(folder.resolve(output).resolve("predictions.csv"));
        assertThat(lines.get(0)).isEqualTo("user,item,prediction");
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            predictions.put(fields[0] + " " + fields[1], Double.valueOf(fields[2]));
        }
        return predictions;
    }

    @Test
    void predict_pairs_areWrittenForEveryOneWithAUserAndAnItem() throws IOException {
        String pairs = ratings.write(
                "pairs.csv", "user,item\nanna,b\nanna,d\nben,a\nstranger,a\ncleo,d\nanna,new\n,a\nben,\n");

        Run run = predict(pairs, "out", "--format", "csv").succeeds();

        assertThat(run.out()).isEqualTo("Predictions are in " + ratings.path("out") + "." + System.lineSeparator());
        Map<String, Double> found = predictions("out");
        assertThat(found).containsOnlyKeys("anna b", "anna d", "ben a", "stranger a", "cleo d", "anna new");
        RatedHistory anna = new RatedHistory(new int[] {0, 2}, new double[] {1, -1});
        double[] expected = InventedRatings.MODEL.scorer().predict(anna, new int[] {1, 3, -1});
        assertThat(found.get("anna b")).isEqualTo(expected[0]);
        assertThat(found.get("anna d")).isEqualTo(expected[1]);
        assertThat(found.get("anna new")).isEqualTo(expected[2]);
        assertThat(found.get("stranger a")).isEqualTo(4);
        assertThat(found.get("cleo d")).isEqualTo(3.5);
        RatedHistory ben = new RatedHistory(new int[] {2}, new double[] {1});
        assertThat(found.get("ben a")).isEqualTo(InventedRatings.MODEL.scorer().predict(ben, new int[] {0})[0]);
    }

    @Test
    void predict_twice_isTheSame() throws IOException {
        String pairs = ratings.write("twice.csv", "user,item\nanna,b\nben,a\n");
        predict(pairs, "once", "--format", "csv").succeeds();
        predict(pairs, "again", "--format", "csv").succeeds();
        assertThat(predictions("again")).isEqualTo(predictions("once"));
        predict(pairs, "again").failsWith(2);
    }

    @Test
    void predict_newerCatalogue_knowsTheGenresOfNewItems() throws IOException {
        String items = ratings.write("items.csv", "film,title,genres\na,First,Drama\nnew,Newest,Drama\nother,,\n");
        String pairs = ratings.write("named.csv", "viewer,film\nstranger,new\nstranger,other\nstranger,b\n");
        String histories = ratings.write("seen.csv", "viewer,film,stars\nanna,a,5\n");
        Run.of(
                        "predict",
                        "--model",
                        ratings.path("model"),
                        "--histories",
                        histories,
                        "--pairs",
                        pairs,
                        "--items",
                        items,
                        "--output",
                        ratings.path("named"),
                        "--format",
                        "csv",
                        "--user-column",
                        "viewer",
                        "--item-column",
                        "film",
                        "--rating-column",
                        "stars")
                .succeeds();
        Map<String, Double> found = predictions("named");
        assertThat(found.get("stranger new")).isCloseTo(3.5, within(1e-12));
        assertThat(found.get("stranger other")).isCloseTo(3, within(1e-12));
        assertThat(found.get("stranger b")).isEqualTo(3);
    }

    @Test
    void predict_historiesWithoutRatings_endsWith2() {
        String seen = ratings.write("plain.csv", "user,item\nanna,a\n");
        Run run = Run.of(
                "predict",
                "--model",
                ratings.path("model"),
                "--histories",
                seen,
                "--pairs",
                seen,
                "--output",
                ratings.path("none"));
        run.failsWith(2);
        assertThat(run.err()).contains("no column of ratings");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void recommend_ratingModel_listsByPredictedRating() throws IOException {
        Run.of(
                        "recommend",
                        "--model",
                        ratings.path("model"),
                        "--histories",
                        ratings.path("histories.csv"),
                        "--output",
                        ratings.path("lists"),
                        "--format",
                        "csv",
                        "--k",
                        "2")
                .succeeds();
        List<String> lines = Files.readAllLines(folder.resolve("lists/lists.csv"));
        assertThat(lines).contains("cleo,a,1,4.0,popular", "cleo,d,2,3.5,popular");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("anna,"))
                .hasSize(2)
                .allMatch(line -> line.endsWith(",model"));
        assertThat(lines).noneMatch(line -> line.startsWith("anna,a,") || line.startsWith("ben,c,"));
    }

    @Test
    void related_ratingModel_isByTaste() {
        Run run = Run.of("related", "--model", ratings.path("model"), "--item", "a", "--json")
                .succeeds();
        var related = Json.parsed(run.out()).path("related");
        assertThat(related).hasSize(2);
        assertThat(related.get(0).path("item").asText()).isEqualTo("b");
        assertThat(related.get(0).path("score").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(related.get(1).path("score").asDouble()).isCloseTo(-1, within(1e-9));
        assertThat(Run.of("related", "--model", ratings.path("model"), "--item", "d")
                        .succeeds()
                        .out())
                .contains("Nothing is known");
    }

    @Test
    void forecast_ratingModel_endsWith2() {
        Run run = Run.of("forecast", "--from-release", "--model", ratings.path("model"), "--population", "viewers");
        run.failsWith(2);
        assertThat(run.err()).contains("predicts ratings");
    }

    @Test
    void evaluate_publicRatings_printsExactErrors() {
        String hidden = ratings.write("hidden.csv", "user,item,rating\nanna,b,4\nanna,a,1\nben,a,3\nstranger,c,2\n");
        String[] command = {
            "evaluate",
            "--model",
            ratings.path("model"),
            "--histories",
            ratings.path("histories.csv"),
            "--holdout",
            hidden,
            "--public-data",
            "--json",
            "-"
        };

        var json = Json.parsed(Run.of(command).succeeds().out());

        RatedHistory anna = new RatedHistory(new int[] {0, 2}, new double[] {1, -1});
        RatedHistory ben = new RatedHistory(new int[] {2}, new double[] {1});
        double first = InventedRatings.MODEL.scorer().predict(anna, new int[] {1})[0] - 4;
        double second = InventedRatings.MODEL.scorer().predict(ben, new int[] {0})[0] - 3;
        assertThat(json.path("people").asInt()).isEqualTo(3);
        assertThat(json.path("pairs").asInt()).isEqualTo(3); // a known rating of anna is not predicted
        assertThat(json.path("rmse").asDouble())
                .isCloseTo(Math.sqrt((first * first + second * second) / 3), within(1e-9));
        assertThat(json.path("mae").asDouble()).isCloseTo((Math.abs(first) + Math.abs(second)) / 3, within(1e-9));
        Run text = Run.of(Arrays.copyOf(command, command.length - 2)).succeeds();
        assertThat(text.out()).contains("Measured on 3 hidden ratings of 3 people", "RMSE ", "MAE ");
    }

    @ParameterizedTest
    @CsvSource({
        "evaluate --histories h --holdout o --public-data, --diversify 2, are about lists",
        "evaluate --histories h --holdout o --public-data, --k 10, are about lists",
        "evaluate --histories h --holdout o --public-data, --min-rating 4, Leave --min-rating out",
        "recommend --histories h --output OUT, --min-rating 4, Leave --min-rating out",
        "explain --history h, --min-rating 4, Leave --min-rating out"
    })
    void ratingModel_optionsOfRankings_endsWith2(String command, String option, String says) {
        List<String> words = new ArrayList<>(List.of(
                (command + " " + option).replace("OUT", ratings.path("never")).split(" ")));
        words.addAll(List.of("--model", ratings.path("model")));
        assertThat(Run.of(words.toArray(String[]::new)).failsWith(2).err()).contains(says);
    }

    @Test
    void explain_ratingModelAndNoHistory_isMeanAndBias() {
        String seen = ratings.write("nothing.csv", "user,item,rating\nnoa,unlisted,5\n");
        Run run = Run.of("explain", "--model", ratings.path("model"), "--history", seen, "--item", "a")
                .succeeds();
        assertThat(run.out())
                .contains("predicted rating 4.0", "mean rating", "how this item is rated")
                .doesNotContain("popularity");
    }

    @Test
    void explain_ratingModel_sumsToThePrediction() {
        var json = Json.parsed(Run.of(
                        "explain",
                        "--model",
                        ratings.path("model"),
                        "--history",
                        ratings.path("histories.csv"),
                        "--user",
                        "anna",
                        "--item",
                        "b",
                        "--json")
                .succeeds()
                .out());
        var why = json.path("explanations").get(0);
        RatedHistory anna = new RatedHistory(new int[] {0, 2}, new double[] {1, -1});
        double predicted = InventedRatings.MODEL.scorer().predict(anna, new int[] {1})[0];
        assertThat(why.path("score").asDouble()).isCloseTo(predicted, within(1e-9));
        double sum = 0;
        for (var part : why.path("history")) {
            sum += part.path("adds").asDouble();
        }
        for (var part : why.path("common")) {
            sum += part.asDouble();
        }
        assertThat(sum).isCloseTo(predicted, within(1e-6));
        assertThat(why.path("history")).hasSize(2);
    }
}
