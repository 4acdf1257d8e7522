package discreet.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a header, a name or a folder can tell is told before a row is read. */
class RatingsSchemaTest {
    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(ISO_8859_1));
    }

    private static RatingsInput input(Path path, String... ignored) {
        return new RatingsInput(path.toString(), RatingColumns.DEFAULT, Set.of(ignored), false);
    }

    private static void assertRefused(RatingsInput input, String... parts) {
        assertThatThrownBy(() -> RatingsSchema.of(input))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void of_tabs_areUnderstood() throws IOException {
        RatingsSchema schema = RatingsSchema.of(input(write("r.tsv", "user\titem\trating\nu\ta\t5\n")));

        assertThat(schema.form()).isEqualTo("CSV, tab between fields");
        assertThat(schema.columns()).extracting(RatingsSchema.Column::role).containsExactly("user", "item", "rating");
        assertThat(schema.hasRatings()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Rating,`ratingCol`", "Timestamp,`timestampCol`", "USER,`userCol`"})
    void of_columnUnderAnotherCase_isRefusedAndNamed(String name, String parameter) throws IOException {
        List<String> names = List.of("user", "item", "rating", "timestamp");
        String header = String.join(
                ",",
                names.stream()
                        .map(known -> known.equalsIgnoreCase(name) ? name : known)
                        .toList());

        assertRefused(input(write("r.csv", header + "\n")), "a column '" + name + "'", parameter);
    }

    @Test
    void of_columnUnderAnotherCaseThatIsIgnored_isNotUsed() throws IOException {
        RatingsSchema schema = RatingsSchema.of(input(write("r.csv", "user,item,Rating\n"), "Rating"));

        assertThat(schema.hasRatings()).isFalse();
        assertThat(schema.unused()).containsExactly("Rating");
    }

    @Test
    void of_moreColumnsInCsv_areRefusedUnlessIgnoredOrQuoted() throws IOException {
        Path file = write("r.csv", "user,item,rating,text\n");

        assertRefused(input(file), "it has text", "`ignoreColumns`");
        assertThat(RatingsSchema.of(input(file, "text")).unused()).containsExactly("text");
        RatingsInput multiline = new RatingsInput(file.toString(), RatingColumns.DEFAULT, Set.of(), true);
        assertThat(RatingsSchema.of(multiline).unused()).containsExactly("text");
    }

    @Test
    void of_columnToIgnoreThatIsNotThere_isRefused() throws IOException {
        assertRefused(input(write("r.csv", "user,item\n"), "txt"), "no column 'txt' to ignore");
        assertRefused(input(write("s.csv", "user,item,rating\n"), "item"), "is used and is to be ignored");
    }

    @Test
    void of_firstLineWithoutNames_isNotShown() throws IOException {
        assertRefused(input(write("r.csv", "user,SECRET,5\n")), "its first line does not name the column 'item'");
        assertRefused(input(write("s.csv", "1::SECRET::5::978300760\n")), "its first line does not name");
    }

    @Test
    void of_columnInNamesOfFolders_isRefused() throws IOException {
        Path file = write("r/rating=5/a.csv", "user,item\n");

        assertRefused(input(folder.resolve("r")), "column 'rating' is in the names of folders (rating=...)");
        assertThat(RatingsSchema.of(input(file)).hasRatings()).isFalse();
        write("d/day=1/a.csv", "user,item\n");
        assertThat(RatingsSchema.of(input(folder.resolve("d"))).files().partitions())
                .containsExactly("day");
    }

    @ParameterizedTest
    @CsvSource({
        "r.csv, 1f8b0800SECRET, compressed by gzip",
        "r.csv, 504b0304, a ZIP archive",
        "r.csv.zip, 00, a ZIP archive",
        "r.csv.zst, 28b52ffd, compressed by Zstandard",
        "r, 28b52ffd, compressed by Zstandard",
        "r.csv, fd377a585a00, compressed by xz",
        "r, 425a6839, compressed by bzip2",
        "r.csv, 7b22, JSON",
        "r.jsonl, 00, JSON",
        "r, 4f726300, ''",
        "r, 4f524300, ORC",
        "r, 4f52434441f80102, ORC",
        "r, 4f524349442c6974, 'does not name'",
        "r, 7b0d0a2020, JSON",
        "r, 5b207b, JSON",
        "r, 7b757365727d, 'does not name'",
        "r, 4f626a01, Avro",
        "r.csv, fffe7500, UTF-16",
        "r.xlsx, 00, a spreadsheet",
        "r.tar.gz, 1f8b, a tar archive",
    })
    void of_otherForms_areRefusedByName(String name, String hex, String form) throws IOException {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replaceAll("[^0-9a-f]", ""));
        Path file = Files.write(folder.resolve(name), bytes);

        assertThatThrownBy(() -> RatingsSchema.of(input(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(form);
    }

    @Test
    void of_utf16_isRefusedByName() throws IOException {
        Path file = Files.write(folder.resolve("r.csv"), "user,item\nSECRET,a\n".getBytes(UTF_16));

        assertRefused(input(file), "text in UTF-16", "UTF-8");
    }

    @Test
    void requireFits_wholeNumbersAgainstNames_isRefused() {
        Catalogue names = Catalogue.of(List.of(Item.of("i7"), Item.of("007")));

        assertThatThrownBy(() -> RatingsSchema.requireFits("r", "item", true, names))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no item id in the catalogue is one");
        RatingsSchema.requireFits("r", "item", false, names);
        RatingsSchema.requireFits("r", "item", true, Catalogue.of(List.of(Item.of("i7"), Item.of("7"))));
    }

    /** The whole file would be one line, and an error would show rows as names of columns. */
    @Test
    void of_linesThatEndInCrAlone_areRefusedWithoutARow() throws IOException {
        assertRefused(input(write("r.csv", "user,item,rating\rSECRET,a,5\r")), "CR alone");
    }

    @Test
    void of_columnOfADefaultName_mayBeIgnoredAndANamedOneNot() throws IOException {
        Path file = write("r.csv", "user,item,rating\n");

        assertThat(RatingsSchema.of(input(file, "rating")).hasRatings()).isFalse();
        RatingColumns named = new RatingColumns("user", "item", "stars", "timestamp");
        Path stars = write("s.csv", "user,item,stars\n");
        assertRefused(
                new RatingsInput(stars.toString(), named, Set.of("stars"), false), "is used and is to be ignored");
    }

    /** Files of a table are some folders below its log, in folders of any name. */
    @ParameterizedTest
    @CsvSource({"_delta_log/0.json, Delta", ".hoodie/hoodie.properties, Hudi", "metadata/v1.metadata.json, Iceberg"})
    void of_dataFolderOfATable_isRefused(String log, String format) throws IOException {
        write("table/" + log, "{}");
        Path file = write("table/data/2026/11/a.csv", "user,item\n");

        for (Path named : List.of(file, file.getParent(), folder.resolve("table/data"), folder.resolve("table"))) {
            assertRefused(input(named), "a table of " + format);
        }
    }

    /** Files of other programs may be called metadata, or be in a folder of that name. */
    @Test
    void of_folderThatIsNoTable_isRead() throws IOException {
        write("one/metadata", "a file");
        write("two/metadata/song.metadata.json", "{}");

        for (String name : List.of("one", "two")) {
            Path file = write(name + "/data/a.csv", "user,item\n");
            assertThat(RatingsSchema.of(input(file)).unused()).isEmpty();
        }
    }
}
