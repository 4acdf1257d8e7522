package discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.sample.SampleService;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small invented streaming service in a folder, with a ledger and an open population. */
public record Service(Path folder) {
    public static final String POPULATION = "invented";

    /** Creates a service of 300 people and 40 titles. The cap is epsilon 5 at delta 1e-5. */
    public static Service in(Path folder) {
        new SampleService(SampleService.Options.of(300, 40, 7)).write(folder.resolve("sample"));
        return new Service(folder).open(5);
    }

    private Service open(double epsilon) {
        Run.of(
                        "ledger",
                        "open",
                        "--ledger",
                        ledger(),
                        "--population",
                        POPULATION,
                        "--epsilon",
                        "" + epsilon,
                        "--delta",
                        "1e-5")
                .succeeds();
        return this;
    }

    public String ledger() {
        return "jdbc:sqlite:" + path("ledger.db");
    }

    public String ratings() {
        return path("sample/ratings.parquet");
    }

    public String items() {
        return path("sample/items.csv");
    }

    public String path(String name) {
        return folder.resolve(name).toString();
    }

    public Population population() {
        try (Ledger ledger = Ledger.open(ledger())) {
            return ledger.population(POPULATION);
        }
    }

    /**
     * Returns the arguments of a complete training, which goes on with any number of people. Options in
     * {@code others} replace the defaults.
     */
    public String[] train(String... others) {
        return with(
                List.of(
                        "--ratings",
                        ratings(),
                        "--items",
                        items(),
                        "--model",
                        path("model"),
                        "--ledger",
                        ledger(),
                        "--population",
                        POPULATION,
                        "--epsilon",
                        "1",
                        "--at-least-people",
                        "0"),
                "train",
                others);
    }

    public String[] recommend(String... others) {
        return with(
                List.of("--model", path("model"), "--histories", ratings(), "--output", path("lists"), "--k", "3"),
                "recommend",
                others);
    }

    private static String[] with(List<String> usual, String command, String... others) {
        Stream.Builder<String> arguments = Stream.builder();
        arguments.add(command);
        List<String> given = List.of(others);
        for (int i = 0; i < usual.size(); i += 2) {
            if (!given.contains(usual.get(i))) {
                arguments.add(usual.get(i)).add(usual.get(i + 1));
            }
        }
        given.forEach(arguments::add);
        return arguments.build().toArray(String[]::new);
    }

    /** Asserts that a run left no output, no partial output and no charge. */
    public void isUntouchedBy(Run run) {
        assertThat(files()).as(run.err()).containsExactlyElementsOf(List.of("ledger-store", "ledger.db", "sample"));
        assertThat(population().releases()).as(run.err()).isEmpty();
    }

    private List<String> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("given"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
