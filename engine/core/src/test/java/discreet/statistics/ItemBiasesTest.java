package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.RatingCase;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemBiasesTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static BiasRound round(RatingCase reference, int number) {
        return new BiasRound(
                reference.vector("counts" + number),
                reference.vector("sums" + number),
                reference.number("count_sd" + number),
                reference.number("sum_sd" + number));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_referenceCase_isTheReference(boolean tagged) {
        RatingCase reference = new RatingCase(tagged);
        ItemTags tags = ItemTags.of(reference.catalogue());
        assertThat(tags.count()).isEqualTo(tagged ? 4 : 0);
        double users = reference.number("people_released");

        ItemBiases first = ItemBiases.of(round(reference, 1), users, tags);
        assertThat(first.biases()).containsExactly(reference.vector("biases1"), EXACT);
        assertThat(first.variances()).containsExactly(reference.vector("variances1"), EXACT);

        ItemBiases both = ItemBiases.of(round(reference, 1), round(reference, 2), first.biases(), users, tags);
        assertThat(both.counts()).containsExactly(reference.vector("counts"), EXACT);
        assertThat(both.biases()).containsExactly(reference.vector("biases"), EXACT);
        assertThat(both.variances()).containsExactly(reference.vector("variances"), EXACT);
    }

    /** An item without ratings, whose noisy count is negative too, must get the prior mean. */
    @Test
    void prior_itemOfTheSmallestCount_isItsBias() {
        Catalogue catalogue = new RatingCase(true).catalogue();
        ItemTags tags = ItemTags.of(catalogue);
        double[] counts = new double[24];
        double[] sums = new double[24];
        for (int item = 0; item < 24; item++) {
            counts[item] = item == 5 ? -1e9 : 40 + item;
            sums[item] = item == 5 ? 0 : counts[item] * .1 * (tags.of(item)[0] - 1);
        }
        ItemBiases biases = ItemBiases.of(new BiasRound(counts, sums, 1e-1, 1e-1), 500, tags);

        assertThat(biases.prior().tags()).hasSize(4);
        assertThat(biases.prior().of(tags, 5)).isCloseTo(biases.biases()[5], within(1e-6));
        assertThat(biases.variances()[5]).isCloseTo(biases.prior().variance(), within(1e-6));
    }

    @Test
    void of_noItemsOrNoCounts_isFinite() {
        ItemTags none = ItemTags.of(Catalogue.of(List.of()));
        assertThat(ItemBiases.of(new BiasRound(new double[0], new double[0], 1, 1), 10, none)
                        .biases())
                .isEmpty();
        ItemTags tags = ItemTags.of(new RatingCase(true).catalogue());
        for (double count : new double[] {-1e6, -1, 0, 1e-300, 1e12}) {
            double[] counts = new double[24];
            double[] sums = new double[24];
            Arrays.fill(counts, count);
            Arrays.fill(sums, 3);
            ItemBiases biases = ItemBiases.of(new BiasRound(counts, sums, 2, .5), 10, tags);
            assertThat(Arrays.stream(biases.biases())).allMatch(Double::isFinite);
            assertThat(Arrays.stream(biases.variances())).allMatch(variance -> variance > 0 && variance < 1e300);
            assertThat(biases.prior().of(tags, 0)).isFinite();
        }
    }

    /** Values of c + s sqrt(2/pi) / erfcx(-c / (s sqrt 2)), computed to 30 digits outside the project. */
    @ParameterizedTest
    @CsvSource({
        "-1000000.0, 1, 9.99999999998e-7",
        "-40, 1, 0.024968847207263723",
        "-10, 2, 0.37300793425168423",
        "-3.0001, 1, 0.28309159916910817",
        "-2.9999, 1, 0.28310571100647157",
        "-3, 3, 1.5754058284829436",
        "-0.001, 1, 0.79752128956291138",
        "0, 1, 0.79788456080286536",
        "0.5, 1, 1.0091604338370335",
        "2, 1, 2.05524786267899",
        "8.9, 1, 8.9000000000000004",
        "9.1, 1, 9.0999999999999996",
        "1e9, 1, 1e9",
        "-5, 0.01, 1.9999840003199906e-5"
    })
    void positivePart_anyCount_isTheMeanOfItsNonNegativePart(double c, double sd, double mean) {
        assertThat(PositivePart.mean(c, sd)).isCloseTo(mean, within(1e-12 * mean));
    }
}
