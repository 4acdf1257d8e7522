package discreet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.history.HashRangeFile;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.privacy.HashRange;
import discreet.spark.SparkTest;
import discreet.spark.ratings.RatingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest extends SparkTest {
    private static final Split SPLIT = new Split(0.3, 0.2, "salt");

    @TempDir
    static Path shared;

    /** Returns the split of {@link #people()}, made once. */
    private static Parts whole;

    @TempDir
    Path folder;

    private record Parts(Set<String> train, Set<String> histories, Set<String> holdout) {}

    /** Returns lines "user,item,rating,timestamp" of 400 users with 1 to 20 items each, some items twice. */
    private static List<String> people() {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        for (int person = 0; person < 400; person++) {
            int items = 1 + person % 20;
            for (int item = 0; item < items; item++) {
                lines.add("u" + person + ",i" + item + "," + (1 + random.nextInt(5)) + "," + random.nextInt(1_000));
                if (random.nextInt(10) == 0) {
                    lines.add("u" + person + ",i" + item + ",1," + (1_000 + random.nextInt(1_000)));
                }
            }
        }
        return lines;
    }

    @BeforeAll
    static void splitPeople() throws IOException {
        whole = run(shared, SPLIT, "whole", people());
    }

    private static Path file(Path folder, String name, String header, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), header + "\n" + String.join("\n", lines) + "\n");
    }

    private static Parts run(Path folder, Split split, String name, List<String> lines) throws IOException {
        Path output = folder.resolve(name);
        Path ratings = file(folder, name + ".csv", "user,item,rating,timestamp", lines);
        split.run(spark(), new RatingsInput(ratings.toString(), RatingColumns.DEFAULT), output.toString());
        return new Parts(rows(output, Split.TRAIN), rows(output, Split.HISTORIES), rows(output, Split.HOLDOUT));
    }

    private static Set<String> rows(Path output, String part) {
        List<Row> rows = RatingsReader.read(spark(), output.resolve(part).toString(), RatingColumns.DEFAULT)
                .collectAsList();
        return rows.stream().map(row -> row.mkString(",")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> first(Set<String> rows, int fields) {
        return rows.stream()
                .map(row -> Stream.of(row.split(",")).limit(fields).collect(Collectors.joining(",")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Long> itemsByUser(Set<String> rows) {
        return first(rows, 2).stream().collect(Collectors.groupingBy(row -> row.split(",")[0], Collectors.counting()));
    }

    @Test
    void run_users_areEitherInTrainingOrSetApart() {
        Set<String> apart = first(whole.histories(), 1);
        assertThat(first(whole.train(), 1)).doesNotContainAnyElementsOf(apart);
        assertThat(apart).containsAll(first(whole.holdout(), 1));
        // Of 400 independent hashes 120 are expected, sd 9.2. The bounds are 6 sd away (false alarm < 1e-8).
        assertThat(apart).hasSizeBetween(65, 175);
        Set<String> all = new TreeSet<>(whole.train());
        all.addAll(whole.histories());
        all.addAll(whole.holdout());
        assertThat(all).hasSize(Set.copyOf(people()).size());
    }

    @Test
    void run_parts_nameTheirHashRanges() {
        Path output = shared.resolve("whole");
        HashRange others = HashRangeFile.find(output.resolve(Split.TRAIN).toString());
        HashRange apart = HashRangeFile.find(output.resolve(Split.HISTORIES).toString());
        assertThat(apart).isEqualTo(SPLIT.apart());
        assertThat(HashRangeFile.find(output.resolve(Split.HOLDOUT).toString())).isEqualTo(apart);
        assertThat(others).isEqualTo(SPLIT.others());
        assertThat(first(whole.train(), 1)).allMatch(SPLIT.others()::contains).noneMatch(SPLIT.apart()::contains);
        assertThat(first(whole.histories(), 1)).allMatch(SPLIT.apart()::contains);
        assertThat(HashRangeFile.find(output.toString())).isNull();
    }

    @Test
    void run_itemsOfAUserSetApart_areOnOneSideEach() {
        assertThat(first(whole.histories(), 2)).doesNotContainAnyElementsOf(first(whole.holdout(), 2));
        Map<String, Long> known = itemsByUser(whole.histories());
        Map<String, Long> hidden = itemsByUser(whole.holdout());
        known.forEach((user, kept) -> {
            long k = kept + hidden.getOrDefault(user, 0L);
            assertThat(hidden.getOrDefault(user, 0L)).isEqualTo(k == 1 ? 0 : Math.max(1, k / 5));
        });
    }

    @Test
    void run_shuffledAndWithBadRows_isTheSame() throws IOException {
        List<String> lines = people();
        List<String> others = new ArrayList<>(lines);
        others.addAll(List.of(",i1,5,1", "u1,,5,1", "u2,i1,NaN,1", "\"u3,i1,5,1", "u4"));
        Collections.shuffle(others, new Random(1));

        assertThat(run(folder, SPLIT, "b", others)).isEqualTo(whole);
    }

    @Test
    void run_anotherSalt_isAnotherSplit() throws IOException {
        Parts other = run(folder, new Split(0.3, 0.2, "pepper"), "b", people());

        assertThat(first(other.histories(), 1)).isNotEqualTo(first(whole.histories(), 1));
    }

    @Test
    void run_oneUserMore_movesNoOther() throws IOException {
        List<String> lines = people();
        List<String> more = new ArrayList<>(lines);
        for (int i = 0; i < 50; i++) {
            more.add("new,i" + i + ",5,1");
        }
        Parts with = run(folder, SPLIT, "b", more);

        assertThat(without(with.train())).isEqualTo(whole.train());
        assertThat(without(with.histories())).isEqualTo(whole.histories());
        assertThat(without(with.holdout())).isEqualTo(whole.holdout());
    }

    private static Set<String> without(Set<String> rows) {
        return rows.stream().filter(row -> !row.startsWith("new,")).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void run_noRatingsAndNoTimes_writesWhatThereIs() throws IOException {
        Path ratings = file(folder, "r.csv", "user,item", List.of("u,a", "u,b", "v,a", "v,b", "w,a"));
        Path output = folder.resolve("out");
        new Split(0.5, 0.5, "x")
                .run(spark(), new RatingsInput(ratings.toString(), RatingColumns.DEFAULT), output.toString());

        for (String part : List.of(Split.TRAIN, Split.HISTORIES, Split.HOLDOUT)) {
            assertThat(spark().read().parquet(output.resolve(part).toString()).columns())
                    .containsExactly("user", "item", "timestamp");
        }
        assertThat(spark().read()
                        .parquet(folder.resolve("out/{train,histories,holdout}").toString())
                        .where("timestamp is not null")
                        .count())
                .isZero();
    }

    @Test
    void run_outputExists_isAnInputErrorAndLeavesNothing() throws IOException {
        Path ratings = file(folder, "r.csv", "user,item", List.of("u,a"));
        Path output = Files.createDirectory(folder.resolve("out"));

        assertThatThrownBy(() -> SPLIT.run(
                        spark(), new RatingsInput(ratings.toString(), RatingColumns.DEFAULT), output.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it exists");
        assertThatThrownBy(() -> SPLIT.run(
                        spark(),
                        new RatingsInput("none.csv", RatingColumns.DEFAULT),
                        folder.resolve("new").toString()))
                .isInstanceOf(InputException.class);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("r.csv", "out");
        }
    }

    @Test
    void shares_outsideTheRange_areInputErrors() {
        for (double share : new double[] {0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Split(share, 0.2, "")).isInstanceOf(InputException.class);
            assertThatThrownBy(() -> new Split(0.2, share, "")).isInstanceOf(InputException.class);
        }
    }
}
