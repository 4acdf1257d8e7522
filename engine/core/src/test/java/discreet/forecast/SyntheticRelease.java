package discreet.forecast;

import discreet.SyntheticModel;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.model.TrainingParameters;
import discreet.plan.RankingShares;
import discreet.privacy.Budget;
import discreet.privacy.Rho;
import discreet.statistics.Head;
import discreet.statistics.RowScale;
import discreet.statistics.Spectrum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Creates synthetic users of four tastes, and the release that a training on them would have made. */
final class SyntheticRelease {
    static final int ITEMS = 120;
    private static final int TASTES = 4;
    private static final double DELTA = 1e-5;

    private SyntheticRelease() {}

    /**
     * Draws users with popular items and one of four tastes each, which makes some items four times as
     * likely.
     */
    static List<int[]> users(int count, long seed) {
        Random random = new Random(seed);
        List<int[]> users = new ArrayList<>();
        for (int user = 0; user < count; user++) {
            int taste = random.nextInt(TASTES);
            int length = (int) Math.max(2, Math.min(60, Math.exp(2.3 + .9 * random.nextGaussian())));
            float[] score = new float[ITEMS];
            for (int item = 0; item < ITEMS; item++) {
                double rate = 1.0 / (5 + item) * (item % TASTES == taste ? 4 : 1);
                score[item] = (float) (Math.log(rate) - Math.log(-Math.log(random.nextDouble())));
            }
            users.add(TopIndices.of(score, length, new float[ITEMS]));
        }
        return users;
    }

    /** A model with the energy of its released Gram matrix. */
    record Sealed(RankingModel model, GramEnergy energy) {
        SyntheticUsers fit(ParallelTasks workers) {
            return SyntheticUsers.fit(model, energy, 3, workers, step -> {});
        }
    }

    static Sealed of(List<int[]> users, double epsilon) {
        try (ParallelTasks workers = new ParallelTasks(2)) {
            ExactSums sums = new ExactSums(workers);
            Rho rho = new Budget(epsilon, DELTA).largestRho();
            RankingShares shares = RankingShares.of(rho);
            Random random = new Random(5);
            double sigma = SimulatedTraining.gramNoise(shares);
            double sd = SimulatedTraining.noise(shares.people().toDouble());
            double[] statistic = Arrays.stream(sums.statistic(users, ITEMS))
                    .map(value -> value + SimulatedTraining.noise(shares.items().toDouble()) * random.nextGaussian())
                    .toArray();
            Head head = Head.choose(statistic, users.size(), sigma, 4096);
            double[] triangle = Arrays.stream(sums.gram(users, head, RowScale.forUsers(users.size(), sd)))
                    .map(value -> value + sigma * random.nextGaussian())
                    .toArray();
            RankingModel model = new RankingModel(
                    SyntheticModel.catalogue(ITEMS),
                    statistic,
                    head,
                    Spectrum.denoise(triangle, head.size(), sigma, 2),
                    new TrainingParameters(4, 500, 4096),
                    new Provenance(
                            "invented",
                            "release",
                            "0123456789abcdef",
                            Instant.EPOCH,
                            epsilon,
                            DELTA,
                            rho.toDouble(),
                            users.size() + sd * random.nextGaussian(),
                            sd,
                            sigma));
            return new Sealed(model, GramEnergy.of(triangle, sigma, head));
        }
    }
}
