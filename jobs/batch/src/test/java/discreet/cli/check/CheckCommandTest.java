package discreet.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path folder;

    private Service service;

    @BeforeEach
    void service() throws IOException {
        service = Service.in(folder);
    }

    private Run check(String ratings, String output) {
        return Run.of("check", "--ratings", ratings, "--items", service.items(), "--output", service.path(output));
    }

    @Test
    void check_json_countsForTheOwnerAlone() throws IOException {
        Run run = check(service.ratings(), "check.json").succeeds();

        Path file = folder.resolve("check.json");
        JsonNode json = Json.parsed(Files.readString(file));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(json.path("notForPublication").asBoolean()).isTrue();
        assertThat(json.path("rows").path("counting").asLong()).isPositive();
        assertThat(json.path("items").path("inCatalogue").asInt()).isEqualTo(40);
        assertThat(run.out())
                .contains("not for publication")
                .doesNotContain(json.path("rows").path("read").asText());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void check_pageAndText_sayThatTheyAreNotForPublication() throws IOException {
        check(service.ratings(), "check.html").succeeds();
        check(service.ratings(), "check.txt").succeeds();

        assertThat(Files.readString(folder.resolve("check.html")))
                .contains("<!DOCTYPE html>", "NOT FOR PUBLICATION", "rows that count");
        assertThat(Files.readString(folder.resolve("check.txt")))
                .startsWith("NOT FOR PUBLICATION")
                .contains("rows that count", "outside the guarantee");
    }

    /** Exact figures must not end up in the log of a scheduler. */
    @Test
    void check_redirectedOutput_isRefused() {
        Run run = Run.of("check", "--ratings", service.ratings(), "--items", service.items())
                .failsWith(2);

        assertThat(run.err()).contains("--output");
    }

    @Test
    void check_rowsThatMatchNothing_endWith0() throws IOException {
        Path ratings = Files.writeString(folder.resolve("given.csv"), "user,item,rating\nu,T0001,5\n,,\n\"x\n");

        check(ratings.toString(), "check.txt").succeeds();

        assertThat(Files.readString(folder.resolve("check.txt")))
                .contains("No row counts.", "but for upper and lower case: 'T0001' for 't0001'");
    }

    @Test
    void check_wrongHeader_endsWith2() throws IOException {
        Path ratings = Files.writeString(folder.resolve("given.csv"), "user,article\nu,T0001\n");

        assertThat(check(ratings.toString(), "check.txt").failsWith(2).err()).contains("'item'");
        assertThat(folder.resolve("check.txt")).doesNotExist();
    }

    @Test
    void check_minRatingWithoutRatings_endsWith2() throws IOException {
        Path ratings = Files.writeString(folder.resolve("given.csv"), "user,item\nu,t0001\n");
        Run run = Run.of(
                        "check",
                        "--ratings",
                        ratings.toString(),
                        "--min-rating",
                        "4",
                        "--output",
                        service.path("c.txt"))
                .failsWith(2);

        assertThat(run.err()).contains("--min-rating is given", "--rating-column");
    }
}
