package discreet.cli.shared;

import discreet.InputException;
import discreet.model.ReleasedModel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks of arguments, before anything starts. */
public final class Arguments {
    private Arguments() {}

    public static int positive(String doing, String option, int value) {
        if (value < 1) {
            throw new InputException("Cannot " + doing + ": " + option + " must be > 0. Provided value: " + value
                    + ". Give a larger number.");
        }
        return value;
    }

    public static double positiveFinite(String doing, String option, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InputException("Cannot " + doing + ": " + option + " must be > 0 and finite. Provided value: "
                    + value + ". Give another number.");
        }
        return value;
    }

    public static double finite(String doing, String option, double value) {
        if (!Double.isFinite(value)) {
            throw new InputException("Cannot " + doing + ": " + option + " must be finite. Provided value: " + value
                    + ". Give another number.");
        }
        return value;
    }

    /**
     * From which rating on a row counts as history: as given, else as the model was trained.
     *
     * @param minRating what was given, finite; null: nothing
     */
    public static double threshold(String doing, @Nullable Double minRating, ReleasedModel model) {
        if (minRating == null) {
            return model.parameters().minRating();
        }
        if (model.historyForm().hasRatings()) {
            throw new InputException("Cannot " + doing + ": the model predicts ratings, and low ones tell of a taste as"
                    + " high ones do. Leave --min-rating out.");
        }
        return minRating;
    }

    /** Whether ratings are to be predicted; if not, people's next items. */
    public static boolean isRating(String doing, String objective) {
        return switch (objective) {
            case "ranking" -> false;
            case "rating" -> true;
            default ->
                throw new InputException("Cannot " + doing + ": there is no objective '" + objective
                        + "'. Give --objective ranking or --objective rating.");
        };
    }

    /**
     * Refuses an output that exists. Whatever is not a path of this machine's file system is looked at by the job itself,
     * which knows the others.
     */
    public static void requireAbsent(String doing, String output) {
        if (output.isBlank()) {
            throw new InputException("Cannot " + doing + ": --output is empty. Name a folder that does not exist yet.");
        }
        try {
            Path path = output.startsWith("file:") ? Path.of(URI.create(output)) : Path.of(output);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw exists(doing, output);
            }
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "Cannot " + doing + ": --output is not a path. Name a folder that does not exist" + " yet.");
        }
    }

    /** Refuses a file that exists, or that has no folder to go into. */
    public static void requireNewFile(String doing, String option, String file) {
        try {
            Path path = Path.of(file).toAbsolutePath();
            Path folder = path.getParent();
            if (file.isBlank() || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new InputException(
                        "Cannot " + doing + ": " + option + " must name a file that does not exist yet."
                                + " Provided value: '" + file + "'. Name another.");
            }
            if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
                throw new InputException("Cannot " + doing + ": the folder of " + option + " " + file
                        + " is missing or may not be written to. Create it, or name another.");
            }
        } catch (InvalidPathException e) {
            throw new InputException("Cannot " + doing + ": " + option + " is not a path. Name a file.", e);
        }
    }

    static InputException exists(String doing, String output) {
        return new InputException("Cannot " + doing + ": the output " + output
                + " exists. Name another with --output, or remove that one first.");
    }
}
