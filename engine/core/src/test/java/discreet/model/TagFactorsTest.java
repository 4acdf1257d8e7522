package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.catalogue.ItemTags;
import discreet.statistics.Head;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagFactorsTest {
    private static final int ITEMS = 60;
    private static final int HEAD = 40;
    private static final double[] GAIN = {.9, .5, .1};
    private static final int RANK = GAIN.length;

    private final ItemTags tags = ItemTags.of(catalogue(ITEMS));
    private final Head head = Head.choose(falling(ITEMS), 1e9, .01, HEAD);
    private final double[] factor =
            new Random(3).doubles((long) HEAD * RANK, -1, 1).toArray();

    private static double[] falling(int items) {
        return IntStream.range(0, items).mapToDouble(item -> 100.0 - item).toArray();
    }

    /** Makes tags for items. Item 50 has none, and item 51 has a genre that no other item has. */
    private static Catalogue catalogue(int items) {
        return Catalogue.of(
                IntStream.range(0, items).mapToObj(TagFactorsTest::item).toList());
    }

    private static Item item(int index) {
        List<String> genres = switch (index) {
            case 50 -> List.of();
            case 51 -> List.of("alone");
            default ->
                IntStream.range(0, 4)
                        .filter(genre -> (index * 7 + 3) % (genre + 2) == 0 || genre == index % 4)
                        .mapToObj(genre -> "g" + genre)
                        .toList();
        };
        return new Item(
                String.format("i%03d", index), index < 20 ? "A title (199" + index % 10 + ")" : null, genres, Map.of());
    }

    /**
     * The derivative of sum |F - X B|^2 + 3 |B|^2 is zero at the solution, so X^T (F - X B) is 3 B, and 0
     * for the leading row.
     */
    @Test
    void fit_anyFactors_isTheRidgeRegression() {
        TagFactors fitted = TagFactors.fit(tags, head, factor, GAIN);
        for (int component = 0; component < RANK; component++) {
            double[] unit = new double[RANK];
            unit[component] = 1;
            double[] coefficients = fitted.along(unit);
            double[] gradient = new double[coefficients.length];
            for (int position = 0; position < HEAD; position++) {
                int item = head.item(position);
                double left = factor[position * RANK + component] - fitted.of(item)[component];
                assertThat(fitted.product(item, coefficients)).isCloseTo(fitted.of(item)[component], within(1e-12));
                gradient[0] += left;
                for (int column = 1; column < gradient.length; column++) {
                    double[] without = coefficients.clone();
                    without[column] = 0;
                    boolean has = fitted.product(item, coefficients) != fitted.product(item, without);
                    gradient[column] += has ? left : 0;
                }
            }
            assertThat(gradient[0]).isCloseTo(0, within(1e-6));
            for (int column = 1; column < gradient.length; column++) {
                assertThat(gradient[column]).isCloseTo(3 * coefficients[column], within(1e-9));
            }
        }
    }

    @Test
    void has_noTagOrOneThatTheHeadLacks_isFalse() {
        TagFactors fitted = TagFactors.fit(tags, head, factor, GAIN);
        assertThat(fitted.has(50)).isFalse();
        assertThat(fitted.has(51)).isFalse();
        assertThat(fitted.has(52)).isTrue();
    }

    @Test
    void unexplained_factorsThatAreTags_isNearZero() {
        double[] told = new double[HEAD * RANK];
        for (int position = 0; position < HEAD; position++) {
            double all = Arrays.stream(tags.of(head.item(position))).sum();
            Arrays.fill(told, position * RANK, (position + 1) * RANK, all);
        }
        double size = Arrays.stream(told).map(x -> x * x).average().orElseThrow();
        assertThat(TagFactors.fit(tags, head, told, GAIN).unexplained()).isLessThan(.05 * size);
        assertThat(TagFactors.fit(tags, head, factor, GAIN).unexplained()).isGreaterThan(.2);
    }

    @Test
    void fit_nothingToLearnFrom_givesNoFactors() {
        TagFactors empty = TagFactors.fit(tags, Head.choose(falling(ITEMS), 1e9, .01, 0), new double[0], GAIN);
        TagFactors flat = TagFactors.fit(tags, head, new double[0], new double[0]);
        for (int item = 0; item < ITEMS; item++) {
            assertThat(empty.has(item)).isFalse();
            assertThat(flat.has(item)).isFalse();
        }
    }
}
