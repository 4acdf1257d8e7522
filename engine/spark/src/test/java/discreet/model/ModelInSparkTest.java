package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.SyntheticModel;
import discreet.catalogue.Item;
import discreet.spark.SparkTest;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a model's files with Spark, as other tools would. They hold what is documented and nothing else. */
class ModelInSparkTest extends SparkTest {
    private final RankingModel model = SyntheticModel.of(150, 90, 6, 4, 21);

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        ModelFiles.write(model, folder.resolve("model"));
    }

    private Dataset<Row> read(String file) {
        return spark().read().parquet(folder.resolve("model").resolve(file).toString());
    }

    @Test
    void items_readBySpark_areTheCatalogueTheStatisticAndTheHead() {
        Dataset<Row> items = read("items.parquet");
        assertThat(items.schema().simpleString())
                .isEqualTo("struct<item:string,title:string,genres:array<string>,metadata:string,statistic:double,"
                        + "position:int,weight:double,direction:bigint>");
        List<Row> rows = items.collectAsList();
        assertThat(rows).hasSize(150);
        int inHead = 0;
        for (int index = 0; index < 150; index++) {
            Row row = rows.get(index);
            Item item = model.catalogue().item(index);
            assertThat(row.getString(0)).isEqualTo(item.id());
            assertThat(row.getString(1)).isEqualTo(item.title());
            if (item.genres().isEmpty()) {
                assertThat(row.isNullAt(2)).isTrue();
            } else {
                assertThat(row.<String>getList(2)).isEqualTo(item.genres());
            }
            assertThat(row.getDouble(4)).isEqualTo(model.statistic()[index]);
            int position = model.head().position(index);
            assertThat(row.isNullAt(5)).isEqualTo(position < 0);
            if (position >= 0) {
                inHead++;
                assertThat(row.getInt(5)).isEqualTo(position);
                assertThat(row.getDouble(6)).isEqualTo(model.head().weight(position));
                assertThat(row.getLong(7)).isEqualTo(model.head().direction(position));
            }
        }
        assertThat(inHead).isEqualTo(90);
    }

    @Test
    void spectrum_readBySpark_isItsComponents() {
        Dataset<Row> spectrum = read("spectrum.parquet");
        assertThat(spectrum.schema().simpleString())
                .isEqualTo("struct<component:int,eigenvalue:double,vector:array<double>>");
        List<Row> rows = spectrum.collectAsList();
        assertThat(rows).hasSize(6);
        for (int component = 0; component < 6; component++) {
            Row row = rows.get(component);
            assertThat(row.getInt(0)).isEqualTo(component);
            assertThat(row.getDouble(1)).isEqualTo(model.spectrum().eigenvalues()[component]);
            List<Double> vector = row.getList(2);
            assertThat(vector).hasSize(90);
            for (int position = 0; position < 90; position++) {
                assertThat(vector.get(position)).isEqualTo(model.spectrum().vectors()[position * 6 + component]);
            }
        }
    }
}
