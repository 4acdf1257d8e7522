package discreet.cli.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.document.Markdown.Block;
import discreet.cli.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every recipe of the guide's page "Your file" on a small made file of its form. The shell runs its own
 * commands, and {@code ./discreet check} runs in this process.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class YourFileTest {
    private static final Set<String> PATHS = Set.of("--ratings", "--items", "--output");

    @TempDir
    private Path folder;

    /** What a recipe has to find: rows that are read, rows that count, people and items of the catalogue. */
    private record Found(long read, long counting, long people, int items) {}

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }

    private void writeLatin1(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(ISO_8859_1));
    }

    private void writeFiles() throws IOException {
        write("ml-latest-small/ratings.csv", "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n2,3,2.5,964981247\n");
        write(
                "ml-latest-small/movies.csv",
                "movieId,title,genres\n1,Toy Story (1995),Adventure|Comedy\n3,\"Friends, Old (1995)\",Comedy\n");
        write("ml-1m/ratings.dat", "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978301968\n");
        writeLatin1(
                "ml-1m/movies.dat",
                "1193::Caf\u00e9, \"The\" (1975)::Drama\n661::James (1996)::Animation|Children's\n");
        write("ml-100k/u.data", "196\t242\t3\t881250949\n186\t302\t3\t891717742\n");
        write(
                "Books.csv",
                "user_id,parent_asin,rating,timestamp\nAE,B00,5.0,1588687728923\nAF,B01,4.0,1588687728923\n");
        write("Books-2018.csv", "0001,A1,5.0,1141344000\n0001,A2,4.0,1141344000\n");
        writeLatin1(
                "BX-Book-Ratings.csv",
                "\"User-ID\";\"ISBN\";\"Book-Rating\"\n"
                        + "\"276725\";\"034545104X\";\"0\"\n\"276726\";\"0155061224\";\"5\"\n");
        write("yelp_academic_dataset_review.json", """
                {"review_id":"r","user_id":"u1","business_id":"b1","stars":5.0,"text":"a\\nu9,b1,5",\
                "date":"2018-07-07 22:09:11"}
                {"review_id":"s","user_id":"u2","business_id":"b2","stars":1.0,"text":"b",\
                "date":"2018-07-08 22:09:11"}
                """);
        write(
                "yelp_academic_dataset_business.json",
                "{\"business_id\":\"b1\",\"name\":\"Caf\u00e9 \\\"One\\\"\",\"categories\":\"Food, Coffee\"}\n"
                        + "{\"business_id\":\"b2\",\"name\":\"Two, Inc\",\"categories\":null}\n");
        write("combined_data_1.txt", "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n");
        write("combined_data_2.txt", "2:\n822109,4,2005-05-14\n");
        writeLatin1("movie_titles.csv", "1,2003,Dinosaur Planet\n2,NULL,L'\u00e9t\u00e9, encore\n");
        write(
                "usersha1-artmbid-artname-plays.tsv",
                "00a\t3bd7\tbetty \"blowtorch\t2137\n00a\t\tnameless\t5\n00b\t3bd7\tbetty\t3\n");
        write("user_artists.dat", "userID\tartistID\tweight\n2\t51\t13883\n3\t52\t4\n");
        write(
                "recommendations.csv",
                "app_id,helpful,funny,date,is_recommended,hours,user_id,review_id\n"
                        + "975370,0,0,2022-12-12,true,36.3,51580,0\n304390,4,0,2017-02-17,false,1.5,2586,1\n");
        write("games.csv", "app_id,title\n975370,Dwarf Fortress\n304390,FOR HONOR\n");
        write(
                "steam-200k.csv",
                "151603712,\"The Elder Scrolls V Skyrim\",purchase,1.0,0\n"
                        + "151603712,\"The Elder Scrolls V Skyrim\",play,273.0,0\n5250,\"Alien, Swarm\",play,4.9,0\n");
        write("snapshot/plays.csv", "user,item,rating,timestamp\na,t1,5,2020-01-01\nb,t2,4,2020-01-02\n");
        write(
                "exports/plays/day=1/part-0.csv",
                "account_id,title_id,minutes_watched,started_at\n1,10,6,2020-01-01 10:00:00 UTC\n");
        write(
                "exports/plays/day=2/part-1.csv",
                "account_id,title_id,minutes_watched,started_at\n2,11,90,2020-01-02 10:00:00 UTC\n");
        write("exports/titles.csv", "item;title\n10;One\n11;Two\n");
        write("reviews.csv", "user,item,rating,text\nu,a,5,\"line one\nv,a,5,fake\nline three\"\nw,a,4,short\n");
    }

    @Test
    void recipes_madeFiles_areReadWhole() throws IOException, InterruptedException {
        writeFiles();
        List<Found> found = new ArrayList<>();
        for (Block block : Markdown.read(Markdown.PROJECT.resolve("docs/guide/your-file.md"))
                .blocks()) {
            if (block.language().equals("sh")) {
                found.add(run(block));
            }
        }

        assertThat(found)
                .containsExactly(
                        new Found(2, 2, 2, 2), // MovieLens, CSV
                        new Found(3, 3, 2, 2), // dat
                        new Found(2, 2, 2, 2), // u.data
                        new Found(2, 2, 2, 2), // Amazon 2023
                        new Found(2, 2, 2, 1), // Amazon 2018
                        new Found(2, 1, 1, 2), // Book-Crossing
                        new Found(2, 2, 2, 2), // Yelp
                        new Found(3, 3, 2, 2), // Netflix
                        new Found(2, 1, 1, 1), // Last.fm
                        new Found(2, 1, 1, 2), // HetRec
                        new Found(2, 1, 1, 2), // Steam
                        new Found(2, 2, 2, 2), // Steam 200k
                        new Found(2, 2, 2, 2), // a snapshot
                        new Found(2, 2, 2, 2), // a warehouse
                        new Found(2, 2, 2, 1)); // text
    }

    private Found run(Block block) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (String command : String.join("\n", block.lines()).split("(?<!\\\\)\n")) {
            if (command.startsWith("./discreet ")) {
                List<String> words =
                        List.of(command.replace("\\\n", " ").strip().split("\\s+"));
                arguments.addAll(words.subList(1, words.size()));
            } else {
                shell(command);
            }
        }
        for (int i = 1; i < arguments.size(); i++) {
            if (PATHS.contains(arguments.get(i - 1))) {
                arguments.set(i, folder.resolve(arguments.get(i)).toString());
            }
        }
        Run.of(arguments.toArray(String[]::new)).succeeds();
        Path output = folder.resolve("check.json");
        JsonNode json = Json.parsed(Files.readString(output));
        Files.delete(output);
        assertThat(json.path("items").path("lookAlikes"))
                .as(block.lines().toString())
                .isEmpty();
        return new Found(
                json.path("rows").path("read").asLong(),
                json.path("rows").path("counting").asLong(),
                json.path("people").path("counting").asLong(),
                json.path("items").path("inCatalogue").asInt());
    }

    private void shell(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-e", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(command + "\n" + printed).isZero();
    }
}
