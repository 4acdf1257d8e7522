package discreet.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs commands as real processes and checks their streams, their files and the classes that a short command
 * loads.
 */
@Tag("slow")
class ProcessTest {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,]*(\\.[0-9]+)?");

    @TempDir
    private Path folder;

    @Test
    void shortCommands_any_loadNoSpark() throws IOException, InterruptedException {
        Service service = Service.in(folder);
        Run.of(service.train()).succeeds();
        String model = service.path("model");
        String parquetItems = service.path("model/items.parquet"); // a catalogue like any other
        Path history = Files.writeString(folder.resolve("mine.csv"), "user,item,rating\nu,t0001,5\nu,t0002,4\n");
        List<String[]> commands = List.of(
                new String[] {"--help"},
                new String[] {"ledger", "show", "--ledger", service.ledger(), "--population", Service.POPULATION},
                new String[] {"ledger", "verify", "--ledger", service.ledger()},
                new String[] {"related", "--model", model, "--item", "t0001"},
                new String[] {"related", "--model", model, "--item", "t0001", "--items", parquetItems},
                new String[] {"explain", "--model", model, "--history", history.toString()},
                new String[] {"explain", "--model", model, "--history", service.ratings(), "--user", "u0007"},
                new String[] {"explain", "--model", model, "--history", history.toString(), "--items", parquetItems},
                new String[] {"statement", "--model", model, "--html", service.path("model.html")},
                new String[] {"statement", "--ledger", service.ledger(), "--population", Service.POPULATION, "--json"},
                new String[] {"quote", "--ledger", service.ledger(), "--population", Service.POPULATION},
                service.train("--dry-run", "--model", service.path("not-yet")),
                service.train("--dry-run", "--model", service.path("not-yet"), "--items", parquetItems),
                new String[] {"sample", "--people", "20", "--items", "10", "--output", service.path("another")});

        for (String[] command : commands) {
            Path log = folder.resolve("classes.txt");
            Run run = Run.process(folder, List.of("-Xlog:class+load:file=" + log), command)
                    .succeeds();

            assertThat(run.errAfterPreview()).isEmpty();
            assertThat(run.out()).isNotEmpty();
            String loaded = Files.readString(log);
            assertThat(loaded).contains("discreet.cli.Discreet ");
            assertThat(loaded.lines().filter(line -> line.contains("] org.apache.spark.") || line.contains("] scala.")))
                    .as(String.join(" ", command))
                    .isEmpty();
            if (List.of("explain", "related").contains(command[0])) {
                assertThat(loaded.lines().filter(line -> line.contains("] org.apache.hadoop.fs.FileSystem$")))
                        .as("files of this machine need none of Hadoop's file systems")
                        .isEmpty();
            }
            if (command[0].equals("ledger")) {
                assertThat(loaded.lines().filter(line -> line.contains("] org.apache.hadoop.")))
                        .as("a local store needs no Hadoop")
                        .isEmpty();
            }
        }
    }

    @Test
    void ledger_byEnvironmentOrDefault_isInTheWorkingFolder() throws IOException, InterruptedException {
        Run.process(folder, List.of(), "ledger", "open", "--population", "p", "--epsilon", "1", "--delta", "1e-5")
                .succeeds();

        assertThat(folder.resolve("discreet-ledger.db")).isRegularFile();
    }

    /**
     * Plants values that must not be released, namely user ids, ids of items that are off the catalogue, a
     * rating, and exact counts. Searches everything that a training leaves behind for them, which is the
     * streams and every file, with Parquet decoded.
     *
     * <p>A released number might equal a planted count by chance. Numbers are compared in full, and released
     * counts are multiples of 2^-10 with noise of standard deviation 40, so the probability is below 1e-5 for
     * each count.
     */
    @Test
    void train_plantedSentinels_appearNowhere() throws IOException, InterruptedException {
        int people = 3_217;
        int ofFirstItem = 1_789;
        Path data = Files.createTempDirectory("discreet-planted-");
        Files.writeString(data.resolve("items.csv"), items());
        Files.writeString(data.resolve("ratings.csv"), planted(people, ofFirstItem));
        Run.process(folder, List.of(), "ledger", "open", "--population", "p", "--epsilon", "1", "--delta", "1e-5")
                .succeeds();

        Run run = Run.process(
                        folder,
                        List.of(),
                        "train",
                        "--ratings",
                        data.resolve("ratings.csv").toString(),
                        "--items",
                        data.resolve("items.csv").toString(),
                        "--model",
                        "model",
                        "--population",
                        "p",
                        "--epsilon",
                        "1",
                        "--min-rating",
                        "4",
                        "--json")
                .succeeds();

        List<String> texts = new ArrayList<>(List.of(run.out(), run.err()));
        List<String> bytes = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes.add(Files.readString(file, ISO_8859_1));
                if (file.toString().endsWith(".parquet")) {
                    texts.add(decoded(file));
                } else if (file.toString().endsWith(".json")) {
                    texts.add(Files.readString(file, UTF_8));
                }
            }
        }
        assertThat(texts).hasSizeGreaterThanOrEqualTo(5);
        assertThat(texts.toString()).contains("Title of it1").contains("eigenvalue");
        assertThat(Stream.concat(texts.stream(), bytes.stream()))
                .noneMatch(text -> text.contains("zqx-user") || text.contains("zqx-item") || text.contains("4.0625"));
        assertThat(texts.stream().flatMap(ProcessTest::numbers)).isNotEmpty().doesNotContain((double) people, (double)
                ofFirstItem);
    }

    private static String items() {
        StringBuilder csv = new StringBuilder("item,title\n");
        for (int item = 0; item < 30; item++) {
            csv.append("it" + item + ",Title of it" + item + "\n");
        }
        return csv.toString();
    }

    private static String planted(int people, int ofFirstItem) {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("user,item,rating\n");
        for (int person = 0; person < people; person++) {
            String user = "zqx-user-" + person;
            if (person < ofFirstItem) {
                csv.append(user + ",it0,4.0625\n");
            }
            csv.append(user + ",it" + (1 + random.nextInt(29)) + ",4.0625\n");
            csv.append(user + ",zqx-item-" + random.nextInt(500) + ",5\n");
        }
        csv.append("zqx-user-broken\nzqx-user-odd,\"it1,zqx\n");
        return csv.toString();
    }

    private static Stream<Double> numbers(String text) {
        Matcher matcher = NUMBER.matcher(text);
        Stream.Builder<Double> numbers = Stream.builder();
        while (matcher.find()) {
            numbers.add(Double.parseDouble(matcher.group().replace(",", "")));
        }
        return numbers.build();
    }

    @SuppressWarnings("deprecation") // the reader that takes any schema
    private static String decoded(Path parquet) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(parquet.toUri()))
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                text.append(row).append('\n');
            }
        }
        return text.toString();
    }
}
