package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.privacy.Composition;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaceOneCostTest {

    private static final int POSITIONS = 12;

    private static PrivacyCost price(long rho) {
        return new PrivacyCost(new Rho(rho), new Delta(rho));
    }

    @ParameterizedTest
    @CsvSource({"1, 2000", "2, 2000", "4, 2000", "5, 2223", "6, 2400", "32, 3556"})
    void ofEvaluation_metrics_isRoundedUpAndAtLeastTwice(int metrics, long replaced) {
        assertThat(ReplaceOneCost.ofEvaluation(price(1000), metrics).rho().units())
                .isEqualTo(replaced);
    }

    @Test
    void ofEvaluation_manyMetrics_isBelowWhatAnythingCosts() {
        for (int metrics = 1; metrics < 1000; metrics++) {
            assertThat(ReplaceOneCost.ofEvaluation(price(1_000_000), metrics).rho())
                    .isLessThan(ReplaceOneCost.ofAnything(price(1_000_000)).rho());
        }
    }

    @Test
    void ofEvaluation_noMetrics_isRefused() {
        assertThatThrownBy(() -> ReplaceOneCost.ofEvaluation(price(1), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void any_moreThanFits_isMoreThanAnyBudget() {
        PrivacyCost most = new PrivacyCost(Rho.MAX, Delta.ZERO);
        assertThat(ReplaceOneCost.ofTraining(most).rho()).isEqualTo(Rho.MAX);
        assertThat(ReplaceOneCost.ofEvaluation(most, 2).rho()).isEqualTo(Rho.MAX);
        assertThat(ReplaceOneCost.ofAnything(most).rho()).isEqualTo(Rho.MAX);
    }

    /**
     * A release on a hash range of one of two salts, or on everybody, and what it costs where both accounts
     * are part of it.
     */
    private record Charge(@Nullable HashRange users, PrivacyCost price, PrivacyCost replaced) {
        boolean reads(String salt, long position) {
            return users != null && users.salt().equals(salt) && users.from() <= position && position < users.to();
        }

        boolean reads(long a, long b) {
            return users == null || reads("a", a) || reads("b", b);
        }
    }

    private static List<Charge> charges(Random random, UnaryOperator<PrivacyCost> least) {
        List<Charge> charges = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long from = random.nextInt(POSITIONS);
            HashRange users = random.nextInt(4) == 0
                    ? null
                    : new HashRange(random.nextBoolean() ? "a" : "b", from, from + 1 + random.nextInt(POSITIONS));
            PrivacyCost price = price(random.nextInt(100));
            charges.add(new Charge(
                    users,
                    price,
                    switch (random.nextInt(3)) {
                        case 0 -> ReplaceOneCost.ofTraining(price);
                        case 1 -> ReplaceOneCost.ofAnything(price);
                        default -> least.apply(price);
                    }));
        }
        return charges;
    }

    /** Whether no pair of accounts, wherever their hashes are, is further apart than the composition says. */
    private static boolean bounds(List<Charge> charges, Random random) {
        Composition composition = new Composition();
        charges.forEach(charge -> composition.add(charge.users(), charge.replaced()));
        for (int pair = 0; pair < 200; pair++) {
            long[] at = random.longs(4, 0, 2 * POSITIONS).toArray();
            PrivacyCost apart = PrivacyCost.NOTHING;
            for (Charge charge : charges) {
                boolean one = charge.reads(at[0], at[1]);
                boolean other = charge.reads(at[2], at[3]);
                apart = one && other
                        ? apart.plus(charge.replaced())
                        : one || other ? apart.plus(charge.price()) : apart;
            }
            if (apart.rho().compareTo(composition.total().rho()) > 0
                    || apart.delta().compareTo(composition.total().delta()) > 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void composition_accountsInAnyTwoHashRanges_areNoFurtherApartThanItSays() {
        Random random = new Random(6);
        for (int round = 0; round < 500; round++) {
            List<Charge> charges = charges(random, price -> ReplaceOneCost.ofEvaluation(price, 2));
            assertThat(bounds(charges, random)).isTrue();
        }
    }

    /**
     * What the vector of one cut-off alone needs, 4/3: too little where the other account is in another hash
     * range.
     */
    @Test
    void composition_factorBelowTwo_isFoundOut() {
        Random random = new Random(6);
        int broken = 0;
        for (int round = 0; round < 500; round++) {
            List<Charge> charges = charges(
                    random,
                    price -> new PrivacyCost(
                            price.rho().times(4).dividedUp(3),
                            ReplaceOneCost.ofAnything(price).delta()));
            broken += bounds(charges, random) ? 0 : 1;
        }
        assertThat(broken).isPositive();
    }
}
