package io.discreet.ratings;

import static org.assertj.core.api.Assertions.assertThat;

import io.discreet.SparkTest;
import io.discreet.model.Catalogue;
import io.discreet.model.Item;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class NormalRatingsTest extends SparkTest {

    @Test
    void of_markedRowsThatAreNotNormal_areHeldToTheRulesAgain() {
        StructType marked =
                new StructType(Arrays.stream(NormalRatings.schema(true).fields())
                        .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                        .toArray(StructField[]::new));
        Dataset<Row> rows = spark().createDataFrame(
                        List.of(
                                RowFactory.create("u", "a", 5.0, null),
                                RowFactory.create("u", "b", Double.NaN, 1L),
                                RowFactory.create("u", "c", Double.NEGATIVE_INFINITY, 1L),
                                RowFactory.create("", "a", 5.0, 1L),
                                RowFactory.create(null, null, null, null)),
                        marked);
        assertThat(rows.schema().apply("user").dataType()).isEqualTo(DataTypes.StringType);

        Histories histories = Histories.of(
                rows,
                RatingColumns.DEFAULT,
                Catalogue.of(List.of(Item.of("a"), Item.of("b"), Item.of("c"))),
                RowRules.DEFAULT);

        assertThat(histories.rows().collect()).containsExactly(new int[] {0});
    }
}
