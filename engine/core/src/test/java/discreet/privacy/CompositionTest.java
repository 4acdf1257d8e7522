package discreet.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompositionTest {

    private static PrivacyCost cost(long rho, long delta) {
        return new PrivacyCost(new Rho(rho), new Delta(delta));
    }

    @Test
    void total_releasesOnAllUsers_addsUp() {
        Composition composition = new Composition();
        composition.add(null, cost(3, 1));
        composition.add(null, cost(4, 2));
        assertThat(composition.total()).isEqualTo(cost(7, 3));
    }

    @Test
    void total_disjointHashRanges_isTheMaximum() {
        Composition composition = new Composition();
        composition.add(HashRange.below("s", .1), cost(3, 1));
        composition.add(HashRange.notBelow("s", .1), cost(4, 0));
        assertThat(composition.total()).isEqualTo(cost(4, 1));
        composition.add(HashRange.below("s", .1), cost(3, 0));
        assertThat(composition.total()).isEqualTo(cost(6, 1));
        composition.add(null, cost(10, 0));
        assertThat(composition.total()).isEqualTo(cost(16, 1));
        assertThat(composition.totalIn(HashRange.notBelow("s", .1))).isEqualTo(cost(14, 0));
    }

    @Test
    void total_overlappingHashRanges_addUpWhereTheyOverlap() {
        Composition composition = new Composition();
        composition.add(new HashRange("s", 0, 10), cost(1, 0));
        composition.add(new HashRange("s", 9, 20), cost(2, 0));
        assertThat(composition.total()).isEqualTo(cost(3, 0));
    }

    @Test
    void total_hashRangesOfDifferentSalts_addUp() {
        Composition composition = new Composition();
        composition.add(HashRange.below("a", .5), cost(1, 0));
        composition.add(HashRange.notBelow("b", .5), cost(2, 0));
        assertThat(composition.total()).isEqualTo(cost(3, 0));
    }

    @Test
    void remove_whatWasAdded_leavesTheRest() {
        Composition composition = new Composition();
        composition.add(null, cost(10, 3));
        composition.add(HashRange.below("s", .3), cost(5, 2));
        composition.add(HashRange.notBelow("s", .1), cost(4, 1));
        assertThat(composition.total()).isEqualTo(cost(19, 6));

        composition.remove(HashRange.below("s", .3), cost(5, 2));
        assertThat(composition.total()).isEqualTo(cost(14, 4));
        assertThat(composition.totalIn(HashRange.below("s", .1))).isEqualTo(cost(10, 3));

        composition.remove(null, cost(10, 3));
        assertThat(composition.total()).isEqualTo(cost(4, 1));
    }

    @Test
    void remove_moreThanWasAdded_isRefused() {
        Composition composition = new Composition();
        composition.add(null, cost(1, 0));
        composition.add(HashRange.below("s", .3), cost(1, 0));

        assertThatThrownBy(() -> composition.remove(null, cost(2, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> composition.remove(HashRange.below("t", .3), cost(1, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> composition.remove(HashRange.below("s", .4), cost(1, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void total_sumsThatDoNotFit_isMoreThanAnyBudget() {
        Composition composition = new Composition();
        composition.add(HashRange.below("a", .5), new PrivacyCost(Rho.MAX, Delta.ZERO));
        composition.add(HashRange.below("a", .7), cost(1, 0));
        assertThat(composition.total().rho()).isEqualTo(Rho.MAX);
    }

    private record Charge(@Nullable HashRange users, PrivacyCost cost) {}

    /** Returns what one position of each salt pays, straight from the definition. */
    private static PrivacyCost paid(List<Charge> charges, long a, long b) {
        PrivacyCost sum = PrivacyCost.NOTHING;
        for (Charge charge : charges) {
            HashRange users = charge.users();
            if (users == null
                    || users.salt().equals("a") && users.from() <= a && a < users.to()
                    || users.salt().equals("b") && users.from() <= b && b < users.to()) {
                sum = sum.plus(charge.cost());
            }
        }
        return sum;
    }

    @Test
    void total_randomCharges_isTheMostThatAnyUserPays() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            Composition composition = new Composition();
            List<Charge> charges = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                long from = random.nextInt(20);
                HashRange users = random.nextInt(4) == 0
                        ? null
                        : new HashRange(random.nextBoolean() ? "a" : "b", from, from + 1 + random.nextInt(20));
                Charge charge = new Charge(users, cost(random.nextInt(100), random.nextInt(100)));
                PrivacyCost foreseen = composition.totalWith(users, charge.cost());
                composition.add(users, charge.cost());
                charges.add(charge);
                assertThat(composition.total()).isEqualTo(foreseen);
            }
            PrivacyCost most = PrivacyCost.NOTHING;
            for (long a = 0; a < 40; a++) {
                for (long b = 0; b < 40; b++) {
                    most = most.max(paid(charges, a, b));
                }
            }
            assertThat(composition.total()).isEqualTo(most);
        }
    }
}
