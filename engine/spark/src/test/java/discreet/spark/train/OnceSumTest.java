package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.plan.Plans;
import discreet.plan.RankingPlan;
import discreet.privacy.Budget;
import discreet.spark.SparkTest;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.ItemIdHistories;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact sums are computed once, and not kept beyond the last vector made of them. */
class OnceSumTest extends SparkTest {
    private static final int ITEMS = 20;

    @TempDir
    private Path folder;

    @Test
    void get_twice_computesOnce() {
        AtomicInteger computed = new AtomicInteger();
        OnceSum<Integer> sum = new OnceSum<>(computed::incrementAndGet);

        assertThat(computed).hasValue(0);
        assertThat(sum.get()).isEqualTo(1);
        assertThat(sum.get()).isEqualTo(1);
    }

    @Test
    void get_afterTakeOrForget_computesAnew() {
        AtomicInteger computed = new AtomicInteger();
        OnceSum<Integer> sum = new OnceSum<>(computed::incrementAndGet);

        assertThat(sum.get()).isEqualTo(1);
        assertThat(sum.take()).isEqualTo(1);
        assertThat(sum.get()).isEqualTo(2);
        sum.forget();
        assertThat(sum.take()).isEqualTo(3);
        assertThat(sum).hasToString("OnceSum");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void release_itemStatistic_dropsTheSumsAndALaterUseComputesAnew(boolean listed) {
        Dataset<Row> ratings = UserData.ratings(spark(), UserData.rows(UserData.random(30, ITEMS, new Random(5))));
        RankingPlan plan = listed ? Plans.ranking(1) : Plans.selecting(1);
        ItemSource source = listed
                ? new ListedItems(
                        Histories.of(ratings, RatingColumns.DEFAULT, UserData.catalogue(ITEMS), RowRules.DEFAULT))
                : new SelectedItems(ItemIdHistories.of(ratings, RatingColumns.DEFAULT, RowRules.DEFAULT));
        try (Ledger ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("ledger.db")))) {
            Population population = ledger.openPopulation("viewers", Budget.withItems(20, Plans.DELTA), null);
            try (ChargedRelease training = population.reserve(plan.reservation("r"))) {
                int once = jobsOf(source, ItemSource::people);
                int again = jobsOf(source, ItemSource::people);
                int release = jobsOf(source, items -> items.release(training, plan.items()));
                int later = jobsOf(source, ItemSource::people);

                assertThat(once).isPositive();
                assertThat(again).isZero();
                assertThat(release).isZero();
                assertThat(later).isPositive();
            }
        }
    }

    /** Returns the number of Spark jobs that a use of the source needs. */
    private static int jobsOf(ItemSource source, Function<ItemSource, Object> use) {
        int before = spark().sparkContext().dagScheduler().numTotalJobs();
        assertThat(use.apply(source)).isNotNull();
        return spark().sparkContext().dagScheduler().numTotalJobs() - before;
    }
}
