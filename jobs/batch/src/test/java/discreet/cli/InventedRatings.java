package discreet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.RatingRange;
import discreet.model.ModelFiles;
import discreet.model.Provenance;
import discreet.model.RatingModel;
import discreet.model.TrainingParameters;
import discreet.statistics.BiasPrior;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A small rating model of four items with hand-made values, in {@code model}, and histories in
 * {@code histories.csv}.
 */
public record InventedRatings(Path folder) {
    /**
     * The mean is 3. Without a history, a is rated 4 on average, b 3, c 2 and d 3.5. There are two tastes,
     * for a and b or for c.
     */
    public static final RatingModel MODEL = new RatingModel(
            Catalogue.of(List.of(
                    new Item("a", "First (1994)", List.of("Drama"), Map.of()),
                    new Item("b", "Second (1999)", List.of("Drama"), Map.of()),
                    new Item("c", null, List.of(), Map.of()),
                    Item.of("d"))),
            0,
            new double[] {40, 30, 20, 1},
            new double[] {.5, 0, -.5, .25},
            new double[] {.01, .01, .01, .04},
            new BiasPrior(-.25, .05, Map.of("genre Drama", .5)),
            Head.of(new int[] {0, 1, 2}, new double[] {.5, .6, .7}, new long[3], 4),
            new Spectrum(new double[] {.6, .6, -.6}, new double[] {9}, 1),
            new TrainingParameters(Double.NEGATIVE_INFINITY, 500, 4096, new RatingRange(1, 5)),
            new Provenance("viewers", "r1", "00", Instant.EPOCH, 1, 1e-5, .03, 100, 5, 1));

    public static InventedRatings in(Path folder) {
        ModelFiles.write(MODEL, folder.resolve("model"));
        InventedRatings ratings = new InventedRatings(folder);
        ratings.write("histories.csv", """
                user,item,rating
                anna,a,5
                anna,c,1
                anna,nowhere,3
                ben,c,5
                ben,b,none
                cleo,nowhere,4
                """);
        return ratings;
    }

    public String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text, UTF_8).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String path(String name) {
        return folder.resolve(name).toString();
    }
}
