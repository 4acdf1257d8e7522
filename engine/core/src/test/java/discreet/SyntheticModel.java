package discreet;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.model.TrainingParameters;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Creates models of any shape from a seed, without a training. */
public final class SyntheticModel {
    private SyntheticModel() {}

    /**
     * Returns a catalogue whose ids sort like their indices. Some items have titles, genres and metadata, in
     * several alphabets.
     */
    public static Catalogue catalogue(int items) {
        return Catalogue.of(
                IntStream.range(0, items).mapToObj(SyntheticModel::item).toList());
    }

    private static Item item(int index) {
        return new Item(
                "id-%06d-é".formatted(index),
                index % 3 == 0 ? null : "Ночь \"" + index + "\", 夜 \uD83C\uDF19",
                IntStream.range(0, index % 4)
                        .mapToObj(genre -> "genre|" + genre)
                        .toList(),
                index % 2 == 0 ? Map.of() : Map.of("year", Integer.toString(1950 + index % 70), "länge", "1:2\n3"));
    }

    public static RankingModel of(int items, int headSize, int rank, double minRating, long seed) {
        Random random = new Random(seed);
        double[] statistic = IntStream.range(0, items)
                .mapToDouble(item -> 400.0 / (1 + item) + 3 * random.nextGaussian())
                .toArray();
        Head head = Head.choose(statistic, 1e9, .01, headSize);
        double[] vectors = random.doubles((long) head.size() * rank, -1, 1)
                .map(entry -> entry / Math.sqrt(Math.max(1, head.size())))
                .toArray();
        double[] eigenvalues = IntStream.range(0, rank)
                .mapToDouble(component -> 50.0 / (1 + component))
                .toArray();
        return new RankingModel(
                catalogue(items),
                statistic,
                head,
                new Spectrum(vectors, eigenvalues, .3 + random.nextDouble()),
                new TrainingParameters(minRating, 500, headSize),
                new Provenance(
                        "viewers-eu",
                        "release-" + seed,
                        "0123456789abcdef",
                        Instant.parse("2026-11-24T10:11:12.123456789Z"),
                        4.9999999999999,
                        1e-5,
                        .55091,
                        6039.7123,
                        9.5,
                        .7 + random.nextDouble()));
    }

    /** Returns a random history of distinct indices, ascending. */
    public static int[] history(int items, int length, Random random) {
        return random.ints(0, items).distinct().limit(length).sorted().toArray();
    }

    public static List<int[]> histories(int items, int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(user -> history(items, random.nextInt(Math.min(items, 60)), random))
                .toList();
    }
}
