package discreet.catalogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueReaderTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Catalogue read(Path path) {
        return CatalogueReader.read(path.toString(), "item");
    }

    @Test
    void csv_allColumns_areRead() throws IOException {
        Catalogue catalogue = read(write(
                "i.csv",
                "\uFEFFitem,title,genres,year\r\n"
                        + "b,\"A title, \"\"quoted\"\"\",Drama|War,1999\r\n"
                        + "a,,,\r\n"
                        + "\r\n"
                        + ",No id,,\r\n"
                        + "c,\"Two\nlines\",\"Drama\"\r\n"
                        + "b,Again,,\r\n"));

        assertThat(catalogue.items())
                .containsExactly(
                        Item.of("a"),
                        new Item("b", "A title, \"quoted\"", List.of("Drama", "War"), Map.of("year", "1999")),
                        new Item("c", "Two\nlines", List.of("Drama"), Map.of()));
    }

    private static void assertInputError(Path path, String part) {
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(part)
                .hasMessageStartingWith("Cannot ");
    }

    @Test
    void read_unusableFiles_areInputErrors() throws IOException {
        assertInputError(folder.resolve("none.csv"), "no such file");
        assertInputError(write("a.csv", ""), "the file is empty");
        assertInputError(write("b.csv", "id,title\n1,x\n"), "no column 'item', only id, title");
        assertInputError(write("c.csv", "item,title\n"), "lists no item");
        assertInputError(write("d.csv", "item,title\n1,x\n2,\"y\n3,z\n"), "a quote at line 3 is never closed");
        assertInputError(write("e.parquet", "PAR1"), "not whole Parquet");
        assertInputError(write("f.csv", "item,title\na,x,\nb,Old, Friends\n"), "line 3 has more fields");
    }

    @Test
    void read_notUtf8_isAnInputErrorWithTheLine() throws IOException {
        Path file = Files.write(folder.resolve("l.csv"), "item,title\na,x\nb,caf\u00e9\n".getBytes(ISO_8859_1));

        assertInputError(file, "line 3 is not UTF-8");
        assertInputError(write("r.csv", "item\ncaf\uFFFD\n"), "holds U+FFFD");
    }

    @Test
    void read_longIds_isAnInputErrorAbove1024Bytes() throws IOException {
        String longest = "\u00e9".repeat(512);

        assertThat(read(write("long.csv", "item\n" + longest + "\n")).items()).containsExactly(Item.of(longest));
        assertInputError(write("longer.csv", "item\n" + longest + "x\n"), "has more than 1,024 bytes");
    }

    @Test
    void read_separatorsAndSpaces_areUnderstood() throws IOException {
        assertThat(read(write("t.csv", "item ;title\n a ;\"x;y\"\n")).items())
                .containsExactly(new Item("a", "x;y", List.of(), Map.of()));
    }

    @Test
    void read_columnCalledItem_isFoundBesideAnotherName() throws IOException {
        assertThat(CatalogueReader.read(write("i.csv", "item\na\n").toString(), "ProductId")
                        .items())
                .containsExactly(Item.of("a"));
    }

    @Test
    void read_filesWithOtherColumns_areAnInputError() throws IOException {
        Files.createDirectory(folder.resolve("two"));
        write("two/a.csv", "item,title\na,x\n");
        write("two/b.csv", "item\nb\n");

        assertInputError(folder.resolve("two"), "some of its files have other columns than others");
    }
}
