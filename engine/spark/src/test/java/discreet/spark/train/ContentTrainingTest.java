package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.ledger.Ledger;
import discreet.model.ModelFiles;
import discreet.model.RankingModel;
import discreet.privacy.Budget;
import discreet.spark.DiscreetRecommender;
import discreet.spark.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose rows lean towards content, end to end. */
class ContentTrainingTest extends SparkTest {
    private static final int ITEMS = 60;

    /** Two genres; a person likes one of them. */
    private static Dataset<Row> ratings() {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < 600; person++) {
            int genre = random.nextInt(2);
            for (int item = 0; item < ITEMS; item++) {
                if (random.nextDouble() < (item % 2 == genre ? .3 : .03)) {
                    rows.add(RowFactory.create("p" + person, "i" + item));
                }
            }
        }
        return spark().createDataFrame(
                        rows, new StructType().add("user", DataTypes.StringType).add("item", DataTypes.StringType));
    }

    private static Catalogue catalogue() {
        return Catalogue.of(IntStream.range(0, ITEMS)
                .mapToObj(item -> new Item("i" + item, null, List.of(item % 2 == 0 ? "even" : "odd"), Map.of()))
                .toList());
    }

    private static RankingModel train(String ledger, String population, boolean content) {
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation(population, new Budget(2, 1e-5), null);
        }
        return fit(ledger, population, content);
    }

    private static RankingModel fit(String ledger, String population, boolean content) {
        return fit(ledger, population, content, catalogue());
    }

    private static RankingModel fit(String ledger, String population, boolean content, Catalogue catalogue) {
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation(population)
                .setCatalogue(catalogue)
                .setReleaseId("r1")
                .setAtLeastPeople(0)
                .setEpsilon(2)
                .setContent(content)
                .fit(ratings())
                .ranking();
    }

    private static double sameGenre(RankingModel model) {
        int same = 0;
        int all = 0;
        for (int item = 0; item < ITEMS; item++) {
            String own = model.catalogue().item(item).genres().get(0);
            for (var place : model.scorer().recommend(new int[] {item}, 10)) {
                all++;
                same += model.catalogue().item(place.item()).genres().contains(own) ? 1 : 0;
            }
        }
        return (double) same / all;
    }

    @Test
    void fit_rowsThatLeanTowardsContent_ordersListsByGenreAndChargesTheSame(@TempDir Path folder) {
        String ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        RankingModel plain = train(ledger, "plain", false);
        RankingModel leaning = train(ledger, "leaning", true);
        assertThat(leaning.provenance().rho()).isEqualTo(plain.provenance().rho());
        assertThat(leaning.parameters().content()).isTrue();
        // That the taste for a genre comes through; that T is undone rightly is ContentBasisTest's, and what
        // leaning gains is measured in docs/decisions/022
        assertThat(sameGenre(leaning)).isGreaterThan(.9);

        ModelFiles.write(leaning, folder.resolve("model"));
        assertThat(ModelFiles.read(folder.resolve("model")).parameters()).isEqualTo(leaning.parameters());
    }

    @Test
    void fit_sealedReleaseAndACatalogueWithOtherGenres_isRefused(@TempDir Path folder) {
        String ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        train(ledger, "eu", true);
        Catalogue other = Catalogue.of(IntStream.range(0, ITEMS)
                .mapToObj(item -> new Item("i" + item, null, List.of(item % 3 == 0 ? "even" : "odd"), Map.of()))
                .toList());
        assertThatThrownBy(() -> fit(ledger, "eu", true, other))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("r1");
    }

    @Test
    void fit_catalogueThatSaysNothing_isRefusedAndChargesNothing(@TempDir Path folder) {
        String ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation("eu", new Budget(2, 1e-5), null);
        }
        Catalogue silent = Catalogue.of(
                IntStream.range(0, ITEMS).mapToObj(item -> Item.of("i" + item)).toList());
        assertThatThrownBy(() -> fit(ledger, "eu", true, silent))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("genres");
        try (Ledger open = Ledger.open(ledger)) {
            assertThat(open.population("eu").releases()).isEmpty();
        }
    }

    @Test
    void fit_sealedRelease_givesTheSameModelAgain(@TempDir Path folder) {
        String ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        RankingModel first = train(ledger, "eu", true);
        RankingModel again = fit(ledger, "eu", true);
        assertThat(again.spectrum().vectors()).isEqualTo(first.spectrum().vectors());
        assertThat(again.spectrum().eigenvalues()).isEqualTo(first.spectrum().eigenvalues());
        try (Ledger open = Ledger.open(ledger)) {
            assertThat(open.population("eu").releases()).hasSize(1);
        }
    }
}
