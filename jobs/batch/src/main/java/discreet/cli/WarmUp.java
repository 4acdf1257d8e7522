package discreet.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Runs the commands that start Spark once on invented data, so that Java can record which classes they load.
 * The launcher keeps these classes in an archive, which saves later runs a third of their start.
 */
final class WarmUp {
    private final Path folder;
    private final PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private WarmUp(Path folder) {
        this.folder = folder;
    }

    /** Runs all commands and exits with 0 if every one of them ended with 0. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("discreet-warm-up-");
        boolean ok;
        try {
            ok = new WarmUp(folder).run();
        } finally {
            delete(folder);
        }
        System.exit(ok ? 0 : 1);
    }

    private boolean run() {
        String ledger = "--ledger=jdbc:sqlite:" + folder.resolve("ledger.db");
        return command("sample", "--people=200", "--items=40", "--output=" + path("sample"))
                && command("ledger", "open", ledger, "--population=invented", "--epsilon=1", "--delta=1e-5")
                && command(
                        "train",
                        ledger,
                        "--population=invented",
                        "--epsilon=1",
                        "--ratings=" + path("sample/ratings.parquet"),
                        "--items=" + path("sample/items.csv"),
                        "--model=" + path("model"))
                && recommend("parquet")
                && recommend("csv")
                && command("split", "--ratings=" + path("sample/ratings.parquet"), "--output=" + path("parts"))
                && command(
                        "evaluate",
                        "--model=" + path("model"),
                        "--public-data",
                        "--histories=" + path("parts/histories"),
                        "--holdout=" + path("parts/holdout"))
                && command("related", "--model=" + path("model"), "--item=t0001")
                && command(
                        "explain",
                        "--model=" + path("model"),
                        "--history=" + path("sample/ratings.parquet"),
                        "--user=u0001")
                && command("quote", ledger, "--population=invented", "--epsilon=1", "--releases=2")
                && command("ledger", "show", ledger, "--population=invented")
                && command(
                        "statement",
                        ledger,
                        "--population=invented",
                        "--model=" + path("model"),
                        "--html=" + path("statement.html"));
    }

    private boolean recommend(String format) {
        return command(
                "recommend",
                "--model=" + path("model"),
                "--histories=" + path("sample/ratings.parquet"),
                "--format=" + format,
                "--output=" + path("lists-" + format));
    }

    private boolean command(String... arguments) {
        return Discreet.run(nowhere, nowhere, arguments) == 0;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(WarmUp::remove);
        }
    }

    private static void remove(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
