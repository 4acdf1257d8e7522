package discreet.cli.shared;

import discreet.InputException;
import discreet.model.ReleasedModel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks the arguments of a command before anything starts. */
public final class Arguments {
    private Arguments() {}

    /** Returns {@code value} if it is positive and throws an {@link InputException} otherwise. */
    public static int positive(String doing, String option, int value) {
        if (value < 1) {
            throw new InputException("Cannot " + doing + ": " + option + " must be > 0. Provided value: " + value
                    + ". Give a larger number.");
        }
        return value;
    }

    /** Returns {@code value} if it is positive and finite and throws an {@link InputException} otherwise. */
    public static double positiveFinite(String doing, String option, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InputException("Cannot " + doing + ": " + option + " must be > 0 and finite. Provided value: "
                    + value + ". Give another number.");
        }
        return value;
    }

    /** Returns {@code value} if it is finite and throws an {@link InputException} otherwise. */
    public static double finite(String doing, String option, double value) {
        if (!Double.isFinite(value)) {
            throw new InputException("Cannot " + doing + ": " + option + " must be finite. Provided value: " + value
                    + ". Give another number.");
        }
        return value;
    }

    /**
     * Returns the lowest rating with which a row counts as history: the given one, or else the one of the
     * model's training.
     *
     * @param minRating the given one, finite; null if there is none
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

    /**
     * Refuses an output that exists in this machine's file system. The job itself checks outputs in other
     * file systems, which it knows.
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
                    "Cannot " + doing + ": --output is not a path. Name a folder that does not exist yet.");
        }
    }

    /** Refuses a file that exists or whose folder cannot be written to. */
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
