package discreet.cli.sample;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.cli.sample.SampleService.Options;
import discreet.cli.sample.SampleService.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleServiceTest {
    @TempDir
    private Path temporary;

    @Test
    void write_oneAndTwoThreads_sameRows() throws IOException {
        write("one", new Options(1_500, 300, 42, 1));
        write("two", new Options(1_500, 300, 42, 2));

        assertThat(rows("one").equals(rows("two"))).isTrue();
        assertThat(temporary.resolve("one/items.csv")).hasSameBinaryContentAs(temporary.resolve("two/items.csv"));
    }

    @Test
    void write_anotherSeed_otherTitlesAndRows() throws IOException {
        write("one", Options.of(200, 100, 1));
        write("two", Options.of(200, 100, 2));

        assertThat(rows("one")).isNotEqualTo(rows("two"));
        assertThat(Files.readString(temporary.resolve("one/items.csv")))
                .isNotEqualTo(Files.readString(temporary.resolve("two/items.csv")));
    }

    @Test
    void write_morePeople_keepsTheFirstHistories() throws IOException {
        write("few", Options.of(300, 100, 1));
        write("many", Options.of(600, 100, 1));

        List<Rows.Rating> few = rows("few");
        assertThat(rows("many").subList(0, few.size())).isEqualTo(few);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "5, 1", "3, 7", "40, 15", "2, 5000"})
    void write_tinyService_everyUserRatesAtMostHalfTheTitles(int people, int items) throws IOException {
        Written written = write("tiny", Options.of(people, items, 7));

        List<Rows.Rating> rows = rows("tiny");
        assertThat(written.ratings()).isEqualTo(rows.size());
        Map<String, Long> lengths = rows.stream().collect(groupingBy(Rows.Rating::user, counting()));
        assertThat(lengths).hasSize(people);
        assertThat(lengths.values()).allMatch(length -> length >= 1 && length <= Math.max(1, items / 2));
        assertThat(Files.readAllLines(temporary.resolve("tiny/items.csv"))).hasSize(items + 1);
    }

    @Test
    void write_rows_areSortedDistinctAndInRange() throws IOException {
        write("sample", Options.of(2_000, 300, 5));

        List<Rows.Rating> rows = rows("sample");
        assertThat(rows)
                .isSortedAccordingTo(Comparator.comparing(Rows.Rating::user).thenComparing(Rows.Rating::timestamp))
                .allMatch(row -> row.rating() >= 1 && row.rating() <= 5 && row.rating() * 2 % 1 == 0)
                .allMatch(row -> row.timestamp() >= Audience.OPENING_DAY * Audience.DAY_SECONDS
                        && row.timestamp() <= Audience.LAST_SECOND + 2 * Audience.DAY_SECONDS);
        assertThat(rows.stream().map(row -> row.user() + row.item()).distinct()).hasSameSizeAs(rows);
        assertThat(rows.stream().map(row -> row.user() + row.timestamp()).distinct())
                .hasSameSizeAs(rows);
    }

    @Test
    void write_popularityAndHistories_areSkewed() throws IOException {
        write("sample", Options.of(4_000, 600, 5));

        List<Rows.Rating> rows = rows("sample");
        List<Long> items = descending(rows.stream().collect(groupingBy(Rows.Rating::item, counting())));
        List<Long> lengths = descending(rows.stream().collect(groupingBy(Rows.Rating::user, counting())));
        double topTenth = items.stream().limit(60).mapToLong(n -> n).sum() / (double) rows.size();
        assertThat(topTenth).isBetween(.25, .5);
        assertThat(items).hasSizeGreaterThan(595);
        assertThat(lengths.get(2_000)).isBetween(25L, 31L);
        assertThat(lengths.get(40)).as("the most active in a hundred").isGreaterThan(4 * lengths.get(2_000));
        double good = rows.stream().filter(row -> row.rating() > 3.5).count() / (double) rows.size();
        assertThat(good).isBetween(.4, .7);
    }

    @Test
    void write_titlesOfASeries_areWatchedByTheSameUsers() throws IOException {
        int people = 4_000;
        Shelf shelf = Shelf.of(300, 5);
        Audience audience = new Audience(shelf, 5);
        int[] watched = new int[300];
        int[][] both = new int[300][300];
        for (int person = 0; person < people; person++) {
            int[] titles = audience.history(person).titles();
            for (int one : titles) {
                watched[one]++;
                for (int other : titles) {
                    both[one][other]++;
                }
            }
        }
        int pairs = 0;
        for (int one = 0; one < 300; one++) {
            int[] series = shelf.series(one);
            for (int other : series) {
                if (one < other) {
                    assertThat(both[one][other] * (double) people).isGreaterThan(1.5 * watched[one] * watched[other]);
                    pairs++;
                }
            }
        }
        assertThat(pairs).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({"600, 1", "20000, 2"})
    void shelf_titles_areDistinctWithOneToThreeGenres(int size, long seed) {
        Shelf shelf = Shelf.of(size, seed);

        List<Title> titles =
                Stream.iterate(0, i -> i + 1).limit(size).map(shelf::title).toList();
        assertThat(titles).extracting(Title::label).doesNotHaveDuplicates();
        assertThat(titles).extracting(Title::id).doesNotHaveDuplicates().isSorted();
        assertThat(titles)
                .allMatch(title -> title.genres().size() >= 1 && title.genres().size() <= 3)
                .allMatch(title -> title.genres().stream().distinct().count()
                        == title.genres().size())
                .allMatch(title -> title.year() >= 1931 && title.year() <= 2018);
    }

    @Test
    void write_folderExists_isRefusedAndUntouched() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("there"));

        assertThatThrownBy(() -> new SampleService(Options.of(10, 10, 1)).write(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "Cannot write a sample to %s: it exists. Name a new folder or remove that one first.", folder);
        assertThat(folder).isEmptyDirectory();
        assertThat(temporary).isDirectoryNotContaining("glob:**.partial*");
    }

    @Test
    void write_belowAFile_isRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");

        assertThatThrownBy(() -> new SampleService(Options.of(10, 10, 1)).write(file.resolve("sample")))
                .isInstanceOf(InputException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void write_interrupted_leavesNothingBehind() {
        SampleService service = new SampleService(Options.of(2_000, 100, 1));

        assertThatThrownBy(() -> service.write(temporary.resolve("sample"), people -> {
                    throw new IllegalStateException("stop here");
                }))
                .hasMessage("stop here");
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 'people must be 1 to 10,000,000'",
        "10, 0, 'items must be 1 to 100,000'",
        "-1, 1, people",
        "10, 100001, items"
    })
    void options_outOfBounds_areRefused(int people, int items, String message) {
        assertThatThrownBy(() -> Options.of(people, items, 1))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot make a sample: " + message);
    }

    private Written write(String name, Options options) {
        return new SampleService(options).write(temporary.resolve(name));
    }

    private List<Rows.Rating> rows(String name) throws IOException {
        return Rows.read(temporary.resolve(name).resolve("ratings.parquet"));
    }

    private static List<Long> descending(Map<String, Long> counts) {
        return counts.values().stream().sorted(Comparator.reverseOrder()).toList();
    }
}
