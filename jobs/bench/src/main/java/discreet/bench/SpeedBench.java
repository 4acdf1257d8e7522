package discreet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.InputException;
import discreet.RunException;
import discreet.cli.Discreet;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.TemporaryFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Times each contender in a process of its own, one after the other. No contender profits from memory,
 * compiled code or cached files of an earlier one, and each has its own peak memory. The processes run this
 * program with the same options for Java ({@link SpeedPartCommand}).
 *
 * @param epsilons budgets, each trained {@code repeats} times
 * @param k items in a list
 */
record SpeedBench(
        Data data, List<Double> epsilons, int repeats, int k, boolean lists, boolean als, Consumer<String> progress) {
    private static final int BAD_INPUT = 2;

    /**
     * Describes the data to train on.
     *
     * @param movieLens the file of MovieLens 1M, whose ratings are converted first, or null if ratings and
     *     items are given
     */
    record Data(
            @Nullable Path movieLens,
            @Nullable String ratings,
            @Nullable String items) {}

    SpeedTable run() {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            String ratings = data.ratings();
            String items = data.items();
            Path prepared = folder.path().resolve("prepared");
            List<String> prepare = new ArrayList<>(List.of("prepare", "--output", prepared.toString()));
            if (als) {
                prepare.add("--numbered");
            }
            if (data.movieLens() != null) {
                prepare.addAll(List.of("--movielens", data.movieLens().toString()));
                ratings = prepared.resolve("ratings.parquet").toString();
                items = prepared.resolve("items.csv").toString();
            } else {
                prepare.addAll(List.of("--ratings", checked(ratings), "--items", checked(items)));
            }
            List<String> given = List.of("--ratings", checked(ratings), "--items", checked(items));
            JsonNode size = part("Preparing", prepare);
            SpeedTable table = new SpeedTable(size);
            table.add("spark: read", part("Spark reads", with(given, "read", repeats)));
            table.add("spark: read and group", part("Spark reads and groups", with(given, "group", repeats)));
            Path model = folder.path().resolve("model");
            for (double epsilon : epsilons) {
                String price = Figures.number(epsilon);
                List<String> train = with(given, "train", repeats);
                train.addAll(List.of("--epsilon", Double.toString(epsilon)));
                if (epsilon == epsilons.get(0)) {
                    train.addAll(List.of("--output", model.toString()));
                }
                table.add("train, epsilon " + price, part("Training at epsilon " + price, train));
            }
            if (lists) {
                List<String> recommend = with(given, "recommend", repeats);
                recommend.addAll(List.of("--model", model.toString(), "--k", Integer.toString(k)));
                table.add("lists of " + k, part("Lists of " + k + " for everybody", recommend));
            }
            if (als) {
                List<String> baseline = new ArrayList<>(List.of(
                        "als", "--ratings", prepared.resolve("numbered").toString(), "--k", Integer.toString(k)));
                if (!lists) {
                    baseline.add("--no-lists");
                }
                table.addBaseline(k, part("MLlib ALS (minutes)", baseline));
            }
            return table;
        }
    }

    private static String checked(@Nullable String path) {
        if (path == null) {
            throw new IllegalStateException("ratings and items are given, or made");
        }
        return path;
    }

    private static List<String> with(List<String> given, String what, int repeats) {
        List<String> arguments = new ArrayList<>(List.of(what, "--repeats", Integer.toString(repeats)));
        arguments.addAll(given);
        return arguments;
    }

    /** Runs one contender and parses its output. */
    private JsonNode part(String doing, List<String> arguments) {
        progress.accept(doing);
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Discreet.class.getName(),
                "bench",
                "part",
                "--public-data"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectInput(ProcessBuilder.Redirect.from(emptyInput()))
                    .start();
            String printed;
            try (InputStream out = process.getInputStream()) {
                printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            } finally {
                process.destroy(); // needed if reading was interrupted, without effect on a process that has ended
            }
            int code = process.waitFor();
            if (code == BAD_INPUT) {
                throw new InputException("Cannot " + SpeedCommand.DOING + ": its input cannot be used, as said above.");
            }
            if (code != 0) {
                throw new RunException("Cannot " + SpeedCommand.DOING + ": '" + doing + "' ended with exit code " + code
                        + ". If memory ran out, give more (DISCREET_JAVA_OPTIONS=-Xmx8g).");
            }
            return Json.parsed(printed);
        } catch (IOException e) {
            throw new RunException("Cannot " + SpeedCommand.DOING + ": a process could not be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("Cannot " + SpeedCommand.DOING + ": it was interrupted.", e);
        }
    }

    private static File emptyInput() throws IOException {
        Path none = Path.of("/dev/null");
        return (Files.exists(none) ? none : Files.createTempFile("discreet-", ".empty")).toFile();
    }
}
