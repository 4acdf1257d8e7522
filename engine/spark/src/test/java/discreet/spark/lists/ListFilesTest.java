package discreet.spark.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.RunException;
import discreet.SyntheticModel;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.RankingModel;
import discreet.spark.SparkTest;
import discreet.spark.ratings.UserParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

class ListFilesTest extends SparkTest {
    private static final RankingModel MODEL = SyntheticModel.of(80, 60, 6, 0, 13);
    private static final ListRules RULES = ListRules.ofLength(10);
    private static final int PARTS = 12;

    private static final List<Tuple2<String, int[]>> USERS = IntStream.range(0, 150)
            .mapToObj(user -> new Tuple2<>(
                    (user == 7 ? "=HYPERLINK(%03d)" : "p,%03d").formatted(user),
                    SyntheticModel.histories(80, 1, user).get(0)))
            .toList();

    @TempDir
    private Path folder;

    private final List<String> remarks = new ArrayList<>();

    private static JavaPairRDD<String, UserHistory<int[]>> divided(UserParts parts) {
        return JavaSparkContext.fromSparkContext(spark().sparkContext())
                .parallelizePairs(
                        USERS.stream()
                                .filter(entry -> parts.isUnfinished(entry._1()))
                                .map(entry -> new Tuple2<>(entry._1(), UserHistory.ofItems(entry._2())))
                                .toList(),
                        2)
                .partitionBy(parts)
                .mapPartitionsToPair(
                        entries -> {
                            List<Tuple2<String, UserHistory<int[]>>> sorted = new ArrayList<>();
                            entries.forEachRemaining(sorted::add);
                            sorted.sort(Comparator.comparing(Tuple2::_1));
                            return sorted.iterator();
                        },
                        true);
    }

    /** Fails from part {@code from} on, like a run that was stopped in the middle. */
    private static JavaPairRDD<String, UserHistory<int[]>> stopped(UserParts parts, int from) {
        return divided(parts)
                .mapPartitionsToPair(
                        entries -> {
                            if (TaskContext.getPartitionId() >= from) {
                                throw new IOException("stopped");
                            }
                            return entries;
                        },
                        true);
    }

    private void write(String name, ListFormat format, String inputs) {
        new ListFiles<>(MODEL.scorer(), MODEL.catalogue(), RULES)
                .write(spark(), path(name), format, PARTS, inputs, ListFilesTest::divided, remarks::add);
    }

    private void writeStopped(String name, ListFormat format, String inputs, int from) {
        assertThatThrownBy(() -> new ListFiles<>(MODEL.scorer(), MODEL.catalogue(), RULES)
                        .write(spark(), path(name), format, PARTS, inputs, parts -> stopped(parts, from), remarks::add))
                .hasStackTraceContaining("stopped");
        assertThat(folder.resolve(name)).doesNotExist();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> names(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns the folder beside the target in which a stopped run left its parts. */
    private Path partialFolder(String name) throws IOException {
        return folder.resolve(names(folder).stream()
                .filter(found -> found.startsWith("." + name + "-") && found.endsWith(".partial"))
                .findFirst()
                .orElseThrow());
    }

    private static Map<String, Object> identities(Path lists) throws IOException {
        Map<String, Object> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(lists)) {
            for (Path file : all.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .toList()) {
                files.put(
                        file.getFileName().toString(),
                        List.of(Files.getAttribute(file, "unix:ino"), Files.getLastModifiedTime(file)));
            }
        }
        return files;
    }

    @Test
    void write_parquet_equalsBatchLists() throws IOException {
        write("lists", ListFormat.PARQUET, "x");

        Dataset<Row> written = spark().read().parquet(path("lists"));
        Dataset<Row> expected = BatchLists.of(
                spark(), MODEL.scorer(), MODEL.catalogue(), divided(new UserParts(1, new BitSet())), RULES);
        assertThat(written.schema().json())
                .isEqualTo(expected.schema().asNullable().json());
        assertThat(written.orderBy("user", "rank").collectAsList())
                .containsExactlyElementsOf(expected.orderBy("user", "rank").collectAsList());
        assertThat(names(folder.resolve("lists"))).hasSize(PARTS + 1).contains("_SUCCESS", "part-00011.parquet");
        assertThat(names(folder)).containsExactly("lists");
        assertThat(Files.getPosixFilePermissions(folder.resolve("lists"))).hasSize(3);
        assertThat(remarks).isEmpty();
    }

    @Test
    void write_afterStoppedRun_resumesWithoutTouchingFinishedParts() throws IOException {
        write("whole", ListFormat.PARQUET, "x");
        writeStopped("lists", ListFormat.PARQUET, "x", 5);
        Map<String, Object> finished = identities(partialFolder("lists").resolve("lists"));
        assertThat(finished).isNotEmpty().hasSizeLessThan(PARTS);

        write("lists", ListFormat.PARQUET, "x");

        assertThat(remarks).containsExactly("Resuming: the parts that are finished are kept.");
        assertThat(identities(folder.resolve("lists"))).containsAllEntriesOf(finished);
        assertThat(names(folder.resolve("lists"))).isEqualTo(names(folder.resolve("whole")));
        for (String name : names(folder.resolve("whole"))) {
            assertThat(folder.resolve("lists").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
        }
        assertThat(names(folder)).containsExactly("lists", "whole");
    }

    /** The second run leaves the users of a finished part out, so remaking that part would make it empty. */
    @Test
    void write_finishedPartVanished_failsInsteadOfOmittingUsers() throws IOException {
        writeStopped("lists", ListFormat.PARQUET, "x", 5);
        Path finished = partialFolder("lists").resolve("lists");

        assertThatThrownBy(() -> new ListFiles<>(MODEL.scorer(), MODEL.catalogue(), RULES)
                        .write(
                                spark(),
                                path("lists"),
                                ListFormat.PARQUET,
                                PARTS,
                                "x",
                                parts -> {
                                    deleteFirst(finished);
                                    return divided(parts);
                                },
                                remarks::add))
                .hasStackTraceContaining("gone");
        assertThat(folder.resolve("lists")).doesNotExist();

        write("lists", ListFormat.PARQUET, "x");
        assertThat(spark().read()
                        .parquet(path("lists"))
                        .select("user")
                        .distinct()
                        .count())
                .isEqualTo(USERS.size());
    }

    private static void deleteFirst(Path lists) {
        try {
            Files.delete(lists.resolve(identities(lists).keySet().iterator().next()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void write_csvAfterStoppedRun_isTheSameFile() throws IOException {
        write("whole", ListFormat.CSV, "x");
        writeStopped("lists", ListFormat.CSV, "x", 5);

        write("lists", ListFormat.CSV, "x");

        assertThat(remarks).hasSize(1);
        assertThat(names(folder.resolve("lists"))).containsExactly("lists.csv");
        assertThat(folder.resolve("lists/lists.csv")).hasSameBinaryContentAs(folder.resolve("whole/lists.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("lists/lists.csv"), UTF_8);
        assertThat(lines).hasSize(1 + USERS.size() * 10).startsWith("user,item,rank,score,source");
        assertThat(lines.get(1)).startsWith("\"p,").matches(".*,1,[-0-9.E]+,(model|popular)");
    }

    /** Nothing but the ids changes, and one apostrophe less is the id. */
    @Test
    void write_neutralCsv_hasNoIdThatIsAFormula() throws IOException {
        write("plain", ListFormat.CSV, "x");
        write("neutral", ListFormat.NEUTRAL_CSV, "x");

        String plain = Files.readString(folder.resolve("plain/lists.csv"), UTF_8);
        String neutral = Files.readString(folder.resolve("neutral/lists.csv"), UTF_8);
        assertThat(plain).contains("\n=HYPERLINK(");
        assertThat(neutral).doesNotContain("\n=").isEqualTo(plain.replace("\n=HYPERLINK(", "\n'=HYPERLINK("));
    }

    @Test
    void write_otherInputsRulesFormatOrModel_resumesNothing() throws IOException {
        writeStopped("lists", ListFormat.PARQUET, "x", 5);
        Path before = partialFolder("lists");

        write("lists", ListFormat.PARQUET, "y");

        assertThat(remarks).isEmpty();
        // The other run may still be going on. It counts as dead only after a day.
        assertThat(before).exists();
        assertThat(List.of(
                        key(MODEL, RULES, "x"),
                        key(MODEL, RULES, "y"),
                        key(MODEL, ListRules.ofLength(11), "x"),
                        key(MODEL, new ListRules(10, null, 1), "x"),
                        key(MODEL, new ListRules(10, new BitSet(), 0), "x"),
                        key(SyntheticModel.of(80, 60, 6, 0, 14), RULES, "x")))
                .doesNotHaveDuplicates()
                .contains(before.getFileName().toString().split("[-.]")[2]);
    }

    private static String key(RankingModel model, ListRules rules, String inputs) throws IOException {
        return ListKey.of(model.scorer(), model.catalogue(), rules, ListFormat.PARQUET + "\n" + PARTS + "\n" + inputs);
    }

    @Test
    void write_stoppedBeforeAnyPart_leavesNothing() throws IOException {
        writeStopped("lists", ListFormat.PARQUET, "x", 0);
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void write_noUsers_isTheSameNumberOfFilesWithColumns() throws IOException {
        for (ListFormat format : ListFormat.values()) {
            new ListFiles<>(MODEL.scorer(), MODEL.catalogue(), RULES)
                    .write(
                            spark(),
                            path("nobody" + format),
                            format,
                            PARTS,
                            "",
                            parts -> divided(parts).filter(entry -> false),
                            remarks::add);
        }
        Dataset<Row> nobody = spark().read().parquet(path("nobodyPARQUET"));
        assertThat(nobody.columns()).containsExactly("user", "item", "rank", "score", "source");
        assertThat(nobody.count()).isZero();
        assertThat(folder.resolve("nobodyCSV/lists.csv")).hasContent("user,item,rank,score,source");
        assertThat(names(folder.resolve("nobodyPARQUET"))).hasSize(PARTS + 1);
    }

    @Test
    void write_targetExists_isRefusedAndNotTouched() throws IOException {
        Files.createDirectory(folder.resolve("lists"));
        assertThatThrownBy(() -> write("lists", ListFormat.PARQUET, "x")).isInstanceOf(RunException.class);
        assertThat(names(folder.resolve("lists"))).isEmpty();
    }

    /** Of two attempts, by speculation or in two runs, the second finds the part finished and gives way. */
    @Test
    void commit_existingPart_isNotReplaced() throws IOException {
        FileSystem system = FileSystem.getLocal(new Configuration());
        Path part = Files.writeString(folder.resolve("part"), "first");
        Path attempt = Files.writeString(folder.resolve("attempt"), "second");

        PartFolder.commit(system, hadoop(attempt), hadoop(part));

        assertThat(part).hasContent("first");
        assertThat(attempt).doesNotExist();
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }

    @Test
    void removeAbandoned_oldFoldersOfThisTarget_areGone() throws IOException {
        FileSystem system = FileSystem.getLocal(new Configuration());
        String old32 = "0123456789abcdef".repeat(2);
        String new32 = "123456789abcdef0".repeat(2);
        String mine = "23456789abcdef01".repeat(2);
        for (String name : List.of(
                ".lists-" + old32 + ".partial",
                ".lists-" + new32 + ".partial",
                ".lists-eu-" + old32 + ".partial",
                ".lists-" + mine + ".partial")) {
            Path part = Files.createDirectories(folder.resolve(name).resolve("lists"));
            boolean old = !name.contains(new32);
            Path file = Files.writeString(part.resolve("part-00000.csv"), "");
            FileTime time = FileTime.from(Instant.now().minus(Duration.ofHours(old ? 25 : 23)));
            for (Path each : List.of(file, part, part.getParent())) {
                // In a folder in use, the newest file may be the only recent entry.
                Files.setLastModifiedTime(each, each.equals(file) || old ? time : FileTime.fromMillis(0));
            }
        }

        new PartFolder(system, hadoop(folder.resolve("lists")), mine).removeAbandoned();

        assertThat(names(folder))
                .containsExactlyInAnyOrder(
                        ".lists-" + new32 + ".partial",
                        ".lists-eu-" + old32 + ".partial",
                        ".lists-" + mine + ".partial");
    }
}
