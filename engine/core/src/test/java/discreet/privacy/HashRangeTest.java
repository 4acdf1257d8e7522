package discreet.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashRangeTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-9, .1, .25, .5, 0.9999999999999999})
    void contains_anyShare_everyUserIsInExactlyOneOfTheTwo(double share) {
        HashRange below = HashRange.below("s", share);
        HashRange others = HashRange.notBelow("s", share);
        for (int user = 0; user < 1_000; user++) {
            assertThat(below.contains("u" + user)).isNotEqualTo(others.contains("u" + user));
        }
        assertThat(below.share() + others.share()).isEqualTo(1);
    }

    @Test
    void contains_manyUsers_isAboutTheShare() {
        HashRange range = HashRange.below("discreet", .3);
        int inside = 0;
        for (int user = 0; user < 10_000; user++) {
            inside += range.contains("u" + user) ? 1 : 0;
        }
        assertThat(inside).isBetween(2_700, 3_300); // the hash is fixed, so this cannot fail by chance
    }

    @Test
    void contains_anotherSalt_isAnotherRange() {
        HashRange one = HashRange.below("a", .5);
        HashRange other = HashRange.below("b", .5);
        long both = 0;
        for (int user = 0; user < 1_000; user++) {
            both += one.contains("u" + user) && other.contains("u" + user) ? 1 : 0;
        }
        assertThat(both).isBetween(150L, 350L);
    }

    @Test
    void contains_knownId_matchesTheDocumentedHash() {
        // printf '\0\0\0\1s\0\0\0\6person\0\0\0\2u1' | sha256sum
        long position = new SaltedHash("s").of("person", "u1") >>> 11;
        assertThat(new HashRange("s", position, position + 1).contains("u1")).isTrue();
        assertThat(Long.toHexString(new SaltedHash("s").of("person", "u1"))).isEqualTo("73a281b9cb9d6b71");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b - c", "two\nlines", "~"})
    void parse_textOfARange_isTheRange(String salt) {
        HashRange range = new HashRange(salt, 3, HashRange.POSITIONS);
        assertThat(HashRange.parse(range.text())).isEqualTo(range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-2",
                "a-b/s",
                "-1-2/s",
                "5-5/s",
                "6-5/s",
                "0-9999999999999999/s",
                "0-99999999999999999999/s"
            })
    void parse_otherText_isRefused(String text) {
        assertThatThrownBy(() -> HashRange.parse(text)).isInstanceOf(InputException.class);
    }
}
