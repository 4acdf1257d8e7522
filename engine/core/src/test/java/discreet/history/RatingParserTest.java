package discreet.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatingParserTest {
    @ParameterizedTest
    @CsvSource({
        "4,4",
        "4.5,4.5",
        "-1,-1",
        "+3,3",
        "1e2,100",
        ".5,.5",
        "' 3 ',3",
        "true,1",
        "' False ',0",
        "1e-400,0",
        "-0,0"
    })
    void rating_decimal_isItsValue(String text, double value) {
        assertThat(RatingParser.rating(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e400",
                "0x1p3",
                "4f",
                "4d",
                "4,5",
                "1-2",
                "e",
                "--1",
                "\u0000"
            })
    void rating_noFiniteDecimal_isAbsent(String text) {
        assertThat(RatingParser.rating(text)).isNull();
    }

    @Test
    void rating_tooLongText_isAbsent() {
        assertThat(RatingParser.rating("1".repeat(65))).isNull();
        assertThat(RatingParser.rating((String) null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "978300760,978300760000",
        "978300760000,978300760000",
        "99999999999,99999999999000",
        "100000000000,100000000000",
        "-5,-5000",
        "978300760.5,978300760500",
        "9.7e8,970000000000",
        "2000-12-31,978220800000",
        "2000-12-31T22:12:40Z,978300760000",
        "2000-12-31T22:12:40,978300760000",
        "2000-12-31 22:12:40,978300760000",
        "2000-12-31 22:12:40.25,978300760250",
        "2000-12-31T23:12:40+01:00,978300760000",
        "2000-12-31 22:12:40 UTC,978300760000",
        "2000-12-31 22:12:40 gmt,978300760000",
        "2000-12-31 22:12:40UTC,978300760000",
        "2000-12-31 23:12:40 UTC+01:00,978300760000",
        "2000-12-31 23:12:40 +0100,978300760000",
        "2000-12-31 23:12:40 +0100,978300760000",
        "2000-12-31t22:12:40.123456789z,978300760123",
        "2000-12-31T22:12,978300720000",
        "' 978300760 ',978300760000",
    })
    void timestamp_text_isMilliseconds(String text, long millis) {
        assertThat(RatingParser.timestamp(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "yesterday",
                "2000-13-01",
                "2000-02-30",
                "2000-12-31T25:00",
                "2000-12-31TZ",
                "NaN",
                "1e400",
                "12:00"
            })
    void timestamp_unusableText_isOldest(String text) {
        assertThat(RatingParser.timestamp(text)).isEqualTo(RatingParser.OLDEST);
    }

    @Test
    void timestamp_values_areTotal() {
        assertThat(RatingParser.timestamp(null)).isEqualTo(RatingParser.OLDEST);
        assertThat(RatingParser.timestamp(Double.NaN)).isEqualTo(RatingParser.OLDEST);
        assertThat(RatingParser.timestamp(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(RatingParser.timestamp(Long.MIN_VALUE)).isEqualTo(RatingParser.OLDEST);
        assertThat(RatingParser.timestamp(1e300)).isEqualTo(Long.MAX_VALUE);
        assertThat(RatingParser.timestamp(new BigDecimal("978300760.5"))).isEqualTo(978300760500L);
        assertThat(RatingParser.timestamp(LocalDateTime.of(2000, 12, 31, 22, 12, 40)))
                .isEqualTo(978300760000L);
        assertThat(RatingParser.timestamp(LocalDateTime.MAX)).isEqualTo(RatingParser.OLDEST);
        assertThat(RatingParser.timestamp(new Object())).isEqualTo(RatingParser.OLDEST);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void parse_anyText_neverThrows(long seed) {
        Random random = new Random(seed);
        String letters = "0123456789-+.:eETZ \u0000é";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "2000-12-31T" : "");
            random.ints(random.nextInt(20), 0, letters.length()).forEach(i -> text.append(letters.charAt(i)));

            Double rating = RatingParser.rating(text.toString());
            assertThat(rating == null || Double.isFinite(rating)).isTrue();
            RatingParser.timestamp(text.toString());
        }
    }

    @Test
    void id_fieldOfCsv_hasNoSpacesAndNoUndecodedBytes() {
        assertThat(RatingParser.id(" a b\t")).isEqualTo("a b");
        assertThat(RatingParser.id(" ")).isNull();
        assertThat(RatingParser.id("caf\uFFFD")).isNull();
        assertThat(RatingParser.id(null)).isNull();
    }

    @Test
    void id_longerThan1024Bytes_isNone() {
        for (String letter : List.of("a", "\u00e9", "\u20ac", "\ud83c\udfac")) {
            int bytes = letter.getBytes(UTF_8).length;
            String longest = letter.repeat(1024 / bytes) + "x".repeat(1024 % bytes);

            assertThat(RatingParser.id(" " + longest + " ")).isEqualTo(longest);
            assertThat(RatingParser.id(longest + "x")).isNull();
            assertThat(RatingParser.id(letter.repeat(1024 * 1024))).isNull();
        }
    }
}
