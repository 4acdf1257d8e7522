package io.discreet.ratings;

import static org.assertj.core.api.Assertions.assertThat;

import io.discreet.SparkTest;
import io.discreet.model.Catalogue;
import io.discreet.model.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoriesTest extends SparkTest {
    @TempDir
    Path folder;

    @Test
    void csv_smoke() throws Exception {
        Path file = folder.resolve("r.csv");
        Files.writeString(file, "user,item,rating,timestamp\nu1,a,5,10\nu1,b,3,20\nu2,zz,4,5\nu1,b,2,30\n");
        Catalogue c = Catalogue.of(Stream.of("a", "b", "c").map(Item::of).toList());
        Histories h = Histories.of(
                RatingsReader.read(spark(), file.toString(), RatingColumns.DEFAULT),
                RatingColumns.DEFAULT,
                c,
                new RowRules(3, 500));
        List<int[]> rows = h.rows().collect();
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).containsExactly(0);
        Map<String, int[]> by = h.byUser().collectAsMap();
        assertThat(by).containsOnlyKeys("u1", "u2");
    }
}
