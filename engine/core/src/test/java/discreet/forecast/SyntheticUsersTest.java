package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.model.RankingModel;
import discreet.statistics.Spectrum;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticUsersTest {
    private static final int USERS = 4_000;
    private static final SyntheticRelease.Sealed SEALED = SyntheticRelease.of(SyntheticRelease.users(USERS, 1), 20);
    private static final RankingModel RELEASED = SEALED.model();

    /**
     * Checks the three components that carry four tastes, within 15 %. The fourth component comes from the
     * assumed lengths of histories and is not fitted.
     */
    @Test
    void draw_fitted_haveTheReleasedSpectrum() {
        try (ParallelTasks workers = new ParallelTasks(2)) {
            SyntheticUsers users = SEALED.fit(workers);

            double[] along = along(RELEASED.spectrum(), RELEASED.head().size(), users.gram(users.draw(USERS, 99)));

            double[] target = SyntheticUsers.theta(RELEASED.spectrum());
            for (int component = 0; component < 3; component++) {
                assertThat(along[component] / target[component])
                        .as("component " + component)
                        .isCloseTo(1, within(.15));
            }
        }
    }

    /** The broken twin shows that users with a single taste do not have that spectrum. */
    @Test
    void gram_ofUsersWithoutTastes_differs() {
        RankingModel tasteless = new RankingModel(
                RELEASED.catalogue(),
                RELEASED.statistic(),
                RELEASED.head(),
                new Spectrum(new double[0], new double[0], RELEASED.spectrum().bulk()),
                RELEASED.parameters(),
                RELEASED.provenance());
        try (ParallelTasks workers = new ParallelTasks(2)) {
            SyntheticUsers users = SyntheticUsers.fit(tasteless, SEALED.energy(), 3, workers, step -> {});

            double[] along = along(RELEASED.spectrum(), RELEASED.head().size(), users.gram(users.draw(USERS, 99)));

            assertThat(along[0]).isLessThan(.3 * RELEASED.spectrum().eigenvalues()[0]);
        }
    }

    @Test
    void draw_fitted_haveTheReleasedStatistic() {
        try (ParallelTasks workers = new ParallelTasks(2)) {
            SyntheticUsers users = SEALED.fit(workers);

            double[] statistic = new ExactSums(workers).statistic(users.draw(USERS, 99), SyntheticRelease.ITEMS);

            assertThat(Arrays.stream(statistic).sum())
                    .isCloseTo(
                            Arrays.stream(RELEASED.statistic()).sum(),
                            within(.05 * Arrays.stream(RELEASED.statistic()).sum()));
            for (int item = 0; item < 20; item++) {
                assertThat(statistic[item] / RELEASED.statistic()[item])
                        .as("item " + item)
                        .isCloseTo(1, within(.2));
            }
        }
    }

    /**
     * At epsilon 1 a fifth of the energy is below the noise of every component. The broken twin, which is
     * fitted to the components alone, lacks it.
     */
    @Test
    void draw_fittedToASmallRelease_haveTheReleasedEnergy() {
        SyntheticRelease.Sealed small = SyntheticRelease.of(SyntheticRelease.users(USERS, 1), 1);
        double released = small.energy().value();
        GramEnergy none = new GramEnergy(0, small.energy().content());
        try (ParallelTasks workers = new ParallelTasks(2)) {
            SyntheticUsers users = small.fit(workers);
            SyntheticUsers twin = SyntheticUsers.fit(small.model(), none, 3, workers, step -> {});

            assertThat(users.energy(users.draw(USERS, 99)) / released).isCloseTo(1, within(.05));
            assertThat(twin.energy(twin.draw(USERS, 99)) / released).isLessThan(.85);
        }
    }

    @Test
    void draw_sameSeed_sameUsersWithAnyNumberOfThreads() {
        List<int[]> one;
        try (ParallelTasks workers = new ParallelTasks(1)) {
            one = SEALED.fit(workers).draw(200, 4);
        }
        try (ParallelTasks workers = new ParallelTasks(3)) {
            SyntheticUsers users = SEALED.fit(workers);

            assertThat(users.draw(200, 4))
                    .usingElementComparator(Arrays::compare)
                    .containsExactlyElementsOf(one);
            assertThat(users.draw(200, 5))
                    .usingElementComparator(Arrays::compare)
                    .isNotEqualTo(one);
        }
    }

    @Test
    void positive_noise_isOneTailWithTheSameMean() {
        double[] cleaned = SyntheticUsers.positive(new double[] {100, -2, 50, 3, 2}, 5);

        // The three values within the noise become at least a twentieth of the mean of all
        double tail = .05 * 153 / 5;
        assertThat(cleaned).containsExactly(new double[] {100, tail, 50, tail, tail}, within(1e-12));
    }

    /** Returns q_r . G q_r for every component, from the packed triangle. */
    private static double[] along(Spectrum spectrum, int order, double[] triangle) {
        double[] along = new double[spectrum.rank()];
        int at = 0;
        for (int i = 0; i < order; i++) {
            for (int j = i + 1; j < order; j++, at++) {
                for (int component = 0; component < along.length; component++) {
                    along[component] += 2
                            * triangle[at]
                            * spectrum.vectors()[i * along.length + component]
                            * spectrum.vectors()[j * along.length + component];
                }
            }
        }
        return along;
    }
}
