package discreet.cli.sample;

import discreet.InputException;
import discreet.RunException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;

/**
 * Generates an invented streaming service, with {@code people} histories over {@code items} titles, and
 * writes it as a folder of two files.
 *
 * <ul>
 *   <li>{@code ratings.parquet} has the columns user (string), item (string), rating (double, 1 to 5 in
 *       halves) and timestamp (long, seconds since 1970). Rows are sorted by user and then by time. A user
 *       rates an item at most once.
 *   <li>{@code items.csv} has the columns item, title (with its year) and genres (joined by {@code |}). It
 *       lists every item, and titles are distinct.
 * </ul>
 *
 * <p>The rows depend on people, items and seed alone. The number of threads, the machine and the JDK make no
 * difference. All of it is public.
 */
public final class SampleService {
    private static final int PEOPLE_PER_BATCH = 256;
    private static final int BATCHES_AHEAD_PER_THREAD = 4;

    private final Options options;

    /**
     * Sets the size and seed of a sample.
     *
     * @param people 1 to 10,000,000
     * @param items 1 to 100,000
     * @param seed any number
     * @param threads number of generating threads, at least 1, without effect on the output
     */
    public record Options(int people, int items, long seed, int threads) {
        static final int MAX_PEOPLE = 10_000_000;
        static final int MAX_ITEMS = 100_000;

        public Options {
            within("people", people, MAX_PEOPLE);
            within("items", items, MAX_ITEMS);
            within("threads", threads, 1_024);
        }

        /** Returns options with one thread for each processor. */
        public static Options of(int people, int items, long seed) {
            return new Options(people, items, seed, Runtime.getRuntime().availableProcessors());
        }

        private static void within(String name, int value, int max) {
            if (value < 1 || value > max) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "Cannot make a sample: %s must be 1 to %,d. Provided value: %d.",
                        name,
                        max,
                        value));
            }
        }
    }

    /** Says what was written, and where. */
    public record Written(Path folder, int people, int items, long ratings) {}

    public SampleService(Options options) {
        this.options = options;
    }

    /** Writes the sample without reporting progress. */
    public Written write(Path folder) {
        return write(folder, people -> {});
    }

    /**
     * Writes the two files into a new folder, which appears only when both are complete.
     *
     * @param folder must not exist, while missing parents are created
     * @param progress receives the number of users written so far, now and then
     * @throws InputException if the folder exists, or cannot be created because a parent is a file
     * @throws RunException if writing fails, in which case no files remain
     */
    Written write(Path folder, IntConsumer progress) {
        Path target = folder.toAbsolutePath().normalize();
        refuseExisting(target);
        Path parent = target.getParent(); // not null, since the root exists and was refused
        Path place = parent;
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        if (parent == null || place == null || !Files.isDirectory(place)) {
            throw new InputException(
                    "Cannot write a sample to " + folder + ": " + place + " is no folder. Name another place.");
        }
        Path partial = parent.resolve("." + target.getFileName() + ".partial-" + UUID.randomUUID());
        try {
            Files.createDirectories(partial);
            try {
                Shelf shelf = Shelf.of(options.items(), options.seed());
                writeItems(shelf, partial.resolve("items.csv"));
                long ratings = writeRatings(shelf, partial.resolve("ratings.parquet"), progress);
                refuseExisting(target);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                return new Written(folder, options.people(), options.items(), ratings);
            } finally {
                delete(partial);
            }
        } catch (IOException e) {
            throw new RunException(
                    "Cannot write a sample to " + folder + ": " + e
                            + ". Check the place, its permissions and its free space.",
                    e);
        }
    }

    private static void refuseExisting(Path target) {
        if (Files.exists(target)) {
            throw new InputException(
                    "Cannot write a sample to " + target + ": it exists. Name a new folder or remove that one first.");
        }
    }

    private static void writeItems(Shelf shelf, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("item,title,genres\n");
            for (int i = 0; i < shelf.size(); i++) {
                Title title = shelf.title(i);
                String genres =
                        title.genres().stream().map(genre -> genre.label).collect(Collectors.joining("|"));
                // names may contain commas but never quotes
                String label = title.label().indexOf(',') < 0 ? title.label() : '"' + title.label() + '"';
                out.write(title.id() + "," + label + "," + genres + "\n");
            }
        }
    }

    private long writeRatings(Shelf shelf, Path file, IntConsumer progress) throws IOException {
        Audience audience = new Audience(shelf, options.seed());
        Binary[] items = IntStream.range(0, shelf.size())
                .mapToObj(i -> Binary.fromString(shelf.title(i).id()))
                .toArray(Binary[]::new);
        String name = "u%0" + Math.max(4, Integer.toString(options.people()).length()) + "d";
        ExecutorService threads = Executors.newFixedThreadPool(options.threads());
        long rows = 0;
        try (RatingsFile out = new RatingsFile(file)) {
            Queue<Future<History[]>> ahead = new ArrayDeque<>();
            int submitted = 0;
            int written = 0;
            while (written < options.people()) {
                while (submitted < options.people() && ahead.size() < BATCHES_AHEAD_PER_THREAD * options.threads()) {
                    int from = submitted;
                    int to = Math.min(options.people(), from + PEOPLE_PER_BATCH);
                    ahead.add(threads.submit(() -> IntStream.range(from, to)
                            .mapToObj(audience::history)
                            .toArray(History[]::new)));
                    submitted = to;
                }
                for (History history : finished(ahead.remove())) {
                    Binary user = Binary.fromString(String.format(Locale.ROOT, name, ++written));
                    for (int i = 0; i < history.titles().length; i++) {
                        out.write(new RatingsFile.Row(
                                user, items[history.titles()[i]], history.halfStars()[i] / 2.0, history.seconds()[i]));
                    }
                    rows += history.titles().length;
                }
                progress.accept(written);
            }
        } finally {
            threads.shutdownNow();
        }
        return rows;
    }

    private static History[] finished(Future<History[]> batch) {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("Cannot finish the sample: it was interrupted. Run it again.", e);
        } catch (ExecutionException e) {
            throw new RunException(
                    "Cannot finish the sample: " + e.getCause() + ". This is a defect: please report it.", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
