package discreet.cli.sample;

import com.github.freva.asciitable.HorizontalAlign;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.catalogue.ListRules;
import discreet.cli.shared.Figures;
import discreet.cli.shared.PublicTrials;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.Table;
import discreet.cli.shared.TemporaryFolder;
import discreet.cli.shared.TestUsers;
import discreet.evaluate.Evaluation;
import discreet.evaluate.ModelRanker;
import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import discreet.evaluate.baselines.Ease;
import discreet.evaluate.baselines.Popularity;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.model.RankingModel;
import discreet.model.Recommendation;
import discreet.privacy.Attacker;
import discreet.spark.evaluate.Split;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the demonstration, which splits the sample, trains at three budgets, shows the lists of three people
 * and compares the accuracy in a table.
 */
record Demo(Path data, PrintWriter out, Consumer<String> progress) {
    static final String RATINGS = "ratings.parquet";
    static final String ITEMS = "items.csv";

    private static final double[] EPSILONS = {1, 5, 20};
    private static final double SHOWN_EPSILON = 5;
    private static final double MIN_RATING = 4;
    private static final int RECALL_AT = 20;
    private static final int NDCG_AT = 100;
    private static final int PEOPLE_SHOWN = 3;
    private static final int TITLES_SHOWN = 5;

    void run(PrintWriter remarks) {
        try (TemporaryFolder folder = TemporaryFolder.create();
                SecuredSession secured = SecuredSession.start("demo", remarks)) {
            SparkSession spark = secured.session();
            progress.accept("Splitting the sample");
            Path split = folder.path().resolve("split");
            Split.DEFAULT.run(
                    spark, new RatingsInput(data.resolve(RATINGS).toString(), RatingColumns.DEFAULT), split.toString());
            Catalogue catalogue = CatalogueReader.read(data.resolve(ITEMS).toString(), RatingColumns.DEFAULT.item());
            Dataset<Row> training = part(spark, split, "train");
            List<TestUser> test = TestUsers.of(
                    histories(part(spark, split, "histories"), catalogue),
                    histories(part(spark, split, "holdout"), catalogue));

            progress.accept("Popularity and EASE");
            List<int[]> users = histories(training, catalogue).rows().collect(); // invented users need no protection
            List<List<String>> rows = new ArrayList<>();
            rows.add(row(
                    "popularity, exact",
                    measure(Popularity.fit(users, catalogue.size()), test, catalogue),
                    "one list for all; exact counts tell who is in them"));
            PublicTrials trials = new PublicTrials(folder.path());
            for (double epsilon : EPSILONS) {
                progress.accept("Training at epsilon " + Figures.number(epsilon));
                RankingModel model = trials.train(training, catalogue, epsilon, MIN_RATING);
                if (epsilon == SHOWN_EPSILON) {
                    show(model, test);
                }
                rows.add(row(
                        "epsilon " + Figures.number(epsilon),
                        measure(new ModelRanker(model), test, catalogue),
                        meaning(model.provenance().rho())));
            }
            rows.add(row(
                    "no privacy (EASE)",
                    measure(Ease.fit(users, catalogue.size()), test, catalogue),
                    "nothing is promised to anybody"));
            out.println(new Table()
                    .column("recommender", HorizontalAlign.LEFT)
                    .column("recall@20", HorizontalAlign.RIGHT)
                    .column("NDCG@100", HorizontalAlign.RIGHT)
                    .column("what it means for each person", HorizontalAlign.LEFT)
                    .rows(rows));
            out.println(
                    "Right at best, at even odds, knowing everybody else's ratings; a coin is right 50 times in 100.");
            out.printf(
                    "%,d invented people trained, %,d others were tested: a fifth of the titles each liked was"
                            + " hidden.%n",
                    users.size(), test.size());
        }
    }

    private static Dataset<Row> part(SparkSession spark, Path split, String name) {
        return RatingsReader.open(spark, split.resolve(name).toString(), RatingColumns.DEFAULT);
    }

    private static Histories histories(Dataset<Row> ratings, Catalogue catalogue) {
        return Histories.of(ratings, RatingColumns.DEFAULT, catalogue, new RowRules(MIN_RATING, 500));
    }

    private static Evaluation measure(Ranker ranker, List<TestUser> test, Catalogue catalogue) {
        return Evaluation.of(
                ranker, test, catalogue.size(), Runtime.getRuntime().availableProcessors(), RECALL_AT, NDCG_AT);
    }

    private static List<String> row(String recommender, Evaluation evaluation, String meaning) {
        return List.of(
                recommender,
                Figures.metric(evaluation.at(RECALL_AT).recall()),
                Figures.metric(evaluation.at(NDCG_AT).ndcg()),
                meaning);
    }

    private static String meaning(double rho) {
        return "a guess whether you took part is right " + Attacker.timesIn100(rho) + " times in 100";
    }

    private void show(RankingModel model, List<TestUser> test) {
        Catalogue catalogue = model.catalogue();
        out.printf("Three people and what they are recommended at epsilon %s%n", Figures.number(SHOWN_EPSILON));
        for (int person = 0; person < Math.min(PEOPLE_SHOWN, test.size()); person++) {
            int[] history = test.get(person).history();
            out.printf("%n  Person %d liked %d titles, among them%n", person + 1, history.length);
            Arrays.stream(history).limit(TITLES_SHOWN).forEach(item -> title(catalogue, item));
            out.println("  and is recommended");
            for (Recommendation recommendation :
                    model.scorer().recommend(test.get(person).known(), ListRules.ofLength(TITLES_SHOWN))) {
                title(catalogue, recommendation.item());
            }
        }
        out.println();
    }

    private void title(Catalogue catalogue, int item) {
        out.printf(
                "    %-44s %s%n",
                catalogue.item(item).label(),
                String.join(", ", catalogue.item(item).genres()));
    }
}
