package discreet.cli.recommend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import discreet.model.ModelFiles;
import discreet.model.RankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests lists that follow rules, catalogues newer than the model, and explanations, with all commands on
 * one invented service.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListRulesTest {
    @TempDir
    private static Path folder;

    private Service service;
    private String genre;
    /** Three items of the head that count, and one that does not. */
    private List<String> mine;

    private List<String> liked;

    /**
     * Trains with a head of half of the catalogue, so that a tail is left, and with so little noise that
     * tastes always stand out.
     */
    @BeforeAll
    void train() throws IOException {
        service = Service.in(folder);
        Run.of(("ledger open --population rich --epsilon 200 --delta 1e-5 --ledger " + service.ledger()).split(" "))
                .succeeds();
        Run.of(service.train("--min-rating", "3", "--population", "rich", "--epsilon", "100", "--max-head", "20"))
                .succeeds();
        RankingModel model = ModelFiles.readRanking(folder.resolve("model"), "test");
        liked = IntStream.of(0, 4, 9)
                .mapToObj(position -> model.catalogue().id(model.head().item(position)))
                .toList();
        mine = List.of(
                "u1," + liked.get(0) + ",5,10",
                "u1," + liked.get(1) + ",4,20",
                "u1," + liked.get(2) + ",5,30",
                "u1," + model.catalogue().id(model.head().item(2)) + ",1,40");
        List<String> items = Files.readAllLines(Path.of(service.items()), UTF_8);
        // A genre that the head knows, since other tags predict nothing
        genre = IntStream.range(0, model.head().size())
                .mapToObj(position -> model.catalogue().item(model.head().item(position)))
                .flatMap(item -> item.genres().stream())
                .findFirst()
                .orElseThrow();
        Files.writeString(
                folder.resolve("today.csv"),
                String.join(
                                "\n",
                                items.stream()
                                        .filter(line -> !line.startsWith("t0002,"))
                                        .toList()) + "\nnew1,Brand new," + genre + "\nnew0,Silent,\n");
        Files.write(folder.resolve("mine.csv"), with("user,item,rating,timestamp", mine));
    }

    private static List<String> with(String header, List<String> rows) {
        List<String> lines = new ArrayList<>(rows);
        lines.add(0, header);
        return lines;
    }

    private List<String[]> lists(String name, String... rules) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--format", "csv", "--output", service.path(name), "--k", "20"));
        arguments.addAll(List.of(rules));
        Run.of(service.recommend(arguments.toArray(String[]::new))).succeeds();
        return Files.readAllLines(folder.resolve(name).resolve("lists.csv"), UTF_8).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }

    private JsonNode explain(String... others) {
        List<String> arguments = new ArrayList<>(List.of("explain", "--model", service.path("model"), "--json"));
        arguments.addAll(List.of(others));
        return Json.parsed(Run.of(arguments.toArray(String[]::new)).succeeds().out())
                .path("explanations");
    }

    @Test
    void recommend_filterAndExclude_leaveAllowedItemsOnly() throws IOException {
        Files.writeString(folder.resolve("exclude.csv"), "item\nt0001\nnobody knows me\n");
        Set<String> kept = Files.readAllLines(Path.of(service.items()), UTF_8).stream()
                .filter(line -> line.contains(genre))
                .map(line -> line.split(",")[0])
                .filter(id -> !id.equals("t0001"))
                .collect(Collectors.toSet());

        List<String[]> lists =
                lists("filtered", "--filter", "genre=" + genre, "--exclude", service.path("exclude.csv"));

        assertThat(lists).isNotEmpty().allMatch(row -> kept.contains(row[1]));
    }

    @Test
    void recommend_currentCatalogue_listsNewItemsAndNoRemovedOnes() throws IOException {
        List<String[]> plain = lists("today", "--items", service.path("today.csv"));
        List<String[]> diverse = lists("diverse", "--items", service.path("today.csv"), "--diversify", "20");

        assertThat(plain).noneMatch(row -> row[1].equals("t0002"));
        assertThat(diverse).noneMatch(row -> row[1].equals("t0002"));
        assertThat(diverse).anyMatch(row -> row[1].equals("new1") && row[4].equals("tags"));
        assertThat(diverse).noneMatch(row -> row[1].equals("new0") && !row[4].equals("popular"));
        for (int place = 1; place < diverse.size(); place++) {
            String[] row = diverse.get(place);
            if (!row[2].equals("1")) {
                assertThat(Double.parseDouble(row[3]))
                        .isLessThanOrEqualTo(Double.parseDouble(diverse.get(place - 1)[3]));
            }
        }
    }

    @Test
    void related_newItem_hasAListWithGenresAndNoneWithout() {
        String[] known = {
            "related", "--model", service.path("model"), "--items", service.path("today.csv"), "--item", "new1"
        };
        String[] silent = known.clone();
        silent[silent.length - 1] = "new0";

        assertThat(Run.of(known).succeeds().out())
                .contains("Brand new, by its tags (genres and decade)", "| tags")
                .doesNotContain("people");
        assertThat(Run.of(silent).succeeds().out()).contains("Nothing is known about Silent");
        Run.of("related", "--model", service.path("model"), "--item", "new1").failsWith(2);
    }

    @Test
    void explain_list_matchesRecommendAndPartsAddUp() throws IOException {
        List<String[]> listed = lists("mine", "--histories", service.path("mine.csv"), "--diversify", "2");
        JsonNode explanations = explain("--history", service.path("mine.csv"), "--k", "20", "--diversify", "2");

        assertThat(explanations).hasSameSizeAs(listed).isNotEmpty();
        for (int place = 0; place < listed.size(); place++) {
            JsonNode why = explanations.get(place);
            assertThat(why.path("item").asText()).isEqualTo(listed.get(place)[1]);
            assertThat(why.path("source").asText()).isEqualTo(listed.get(place)[4]);
            if (!listed.get(place)[4].equals("tags")) { // whose place has the score of the one above
                assertThat(why.path("score").doubleValue())
                        .isCloseTo(Double.parseDouble(listed.get(place)[3]), within(1e-6));
            }
            double sum = why.path("common").path("popularity").doubleValue()
                    + StreamSupport.stream(why.path("history").spliterator(), false)
                            .mapToDouble(part -> part.path("adds").doubleValue())
                            .sum();
            assertThat(sum).isCloseTo(why.path("score").doubleValue(), within(1e-6));
            assertThat(why.path("history"))
                    .extracting(part -> part.path("item").asText())
                    .containsExactlyInAnyOrderElementsOf(liked);
        }
    }

    /** A person has seen everything that a row of theirs names, whatever its rating. */
    @Test
    void seenItems_anyRating_areInNoListUnlessAskedFor() throws IOException {
        RankingModel model = ModelFiles.readRanking(folder.resolve("model"), "test");
        String low = model.catalogue().id(model.head().item(2));
        String unrated = model.catalogue().id(model.head().item(1));
        List<String> rows = new ArrayList<>(mine);
        rows.add("u1," + unrated + ",,50");
        Files.write(folder.resolve("seen.csv"), with("user,item,rating,timestamp", rows));
        String[] histories = {"--histories", service.path("seen.csv")};
        List<String> own = new ArrayList<>(liked);
        own.addAll(List.of(low, unrated));

        assertThat(lists("unseen", histories))
                .hasSize(20)
                .extracting(row -> row[1])
                .doesNotContainAnyElementsOf(own);
        // The head has 20 items, five of them own
        assertThat(lists("seen", with(histories, "--list-seen")))
                .hasSize(20)
                .extracting(row -> row[1])
                .containsAll(own);

        JsonNode why = explain("--history", service.path("seen.csv"), "--k", "40", "--list-seen");
        assertThat(why).extracting(entry -> entry.path("item").asText()).containsAll(own);
        String[] one = {"explain", "--model", service.path("model"), "--history", service.path("seen.csv")};
        assertThat(Run.of(with(one, "--item", low)).succeeds().out())
                .contains("in the history without counting (its rating is too low or missing) and so in no list");
        assertThat(Run.of(with(one, "--k", "40", "--list-seen")).succeeds().out())
                .contains("which is in the history:")
                .doesNotContain("no list");
    }

    private static String[] with(String[] some, String... others) {
        return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
    }

    /**
     * Rows of others are no input. With and without them, and in any order, an explanation is the same to
     * the bit.
     */
    @Test
    void explain_otherRowsInTheFile_changeNothing() throws IOException {
        JsonNode alone = explain("--history", service.path("mine.csv"), "--k", "3");
        Random random = new Random(8);
        for (int turn = 0; turn < 3; turn++) {
            List<String> rows = new ArrayList<>(mine);
            for (int row = 0; row < 200; row++) {
                rows.add("other" + random.nextInt(20)
                        + ",t%04d,%d,%d".formatted(1 + random.nextInt(40), 1 + random.nextInt(5), random.nextInt(100)));
            }
            Collections.shuffle(rows, random);
            Path file = folder.resolve("with-others-" + turn + ".csv");
            Files.write(file, with("user,item,rating,timestamp", rows));

            assertThat(explain("--history", file.toString(), "--user", "u1", "--k", "3"))
                    .isEqualTo(alone);
        }
        Files.write(folder.resolve("more.csv"), with("user,item,rating,timestamp", List.of(mine.get(0))));
        assertThat(explain("--history", service.path("more.csv"), "--k", "3")).isNotEqualTo(alone);
    }

    @Test
    void explain_severalUsersAndNoneNamed_isRefusedWithoutNames() {
        Run run = Run.of("explain", "--model", service.path("model"), "--history", service.ratings())
                .failsWith(2);

        assertThat(run.err()).contains("--user").doesNotContain("u0");
    }

    @Test
    void explain_unknownUser_isRefusedWithoutTheName() {
        Run run = Run.of(
                        "explain",
                        "--model",
                        service.path("model"),
                        "--history",
                        service.path("mine.csv"),
                        "--user",
                        "nobody")
                .failsWith(2);

        assertThat(run.err())
                .contains("Cannot explain: the history has no row of that person. Check --user and --user-column.")
                .doesNotContain("nobody");
    }

    @Test
    void explain_text_namesTitlesAndPopularity() throws IOException {
        Run whole =
                Run.of("explain", "--model", service.path("model"), "--history", service.path("mine.csv"), "--k", "2");
        assertThat(whole.succeeds().out()).contains("because", "adds", "share", "you have ", "%");

        Files.write(
                folder.resolve("other-shop.csv"), with("user,item,rating,timestamp", List.of("u1,no-such-item,5,1")));
        Run nobody = Run.of(
                "explain",
                "--model",
                service.path("model"),
                "--history",
                service.path("other-shop.csv"),
                "--user",
                "u1",
                "--item",
                "t0001");
        assertThat(nobody.succeeds().out()).contains("by popularity alone", "history is empty");

        Run own = Run.of(
                "explain",
                "--model",
                service.path("model"),
                "--history",
                service.path("mine.csv"),
                "--item",
                liked.get(0));
        assertThat(own.succeeds().out()).contains("in no list");
    }

    @Test
    void evaluate_rules_areMeasuredBesideThePlainLists() {
        Run.of("split", "--ratings", service.ratings(), "--output", service.path("parts"))
                .succeeds();

        Run run = Run.of(
                "evaluate",
                "--public-data",
                "--model",
                service.path("model"),
                "--histories",
                service.path("parts/histories"),
                "--holdout",
                service.path("parts/holdout"),
                "--k",
                "20",
                "--filter",
                "genre=" + genre,
                "--diversify",
                "2",
                "--json",
                "-");

        JsonNode figures = Json.parsed(run.succeeds().out()).path("figures");
        assertThat(figures.fieldNames())
                .toIterable()
                .containsExactly("this model", "with --filter genre=" + genre + " --diversify 2");
    }

    /** Groceries: what is bought again is found only in lists that may have what was seen. */
    @Test
    void evaluate_listSeen_findsWhatIsBoughtAgain() throws IOException {
        List<String> again = new ArrayList<>();
        for (int user = 0; user < 30; user++) {
            for (String item : liked) {
                again.add("v" + user + "," + item + ",5,1");
            }
        }
        Files.write(folder.resolve("again.csv"), with("user,item,rating,timestamp", again));
        String[] evaluate = {
            "evaluate",
            "--public-data",
            "--model",
            service.path("model"),
            "--k",
            "20",
            "--json",
            "-",
            "--histories",
            service.path("again.csv"),
            "--holdout",
            service.path("again.csv")
        };

        JsonNode figures = Json.parsed(
                        Run.of(with(evaluate, "--list-seen")).succeeds().out())
                .path("figures");
        assertThat(figures.fieldNames()).toIterable().containsExactly("this model");
        assertThat(figures.at("/this model/0/recall").doubleValue()).isEqualTo(1); // the head has 20 items
        assertThat(Run.of(evaluate).failsWith(2).err()).contains("nobody");
    }

    @Test
    void rules_invalid_endWith2AndSayWhatToDo() {
        assertThat(Run.of(service.recommend("--output", service.path("bad"), "--filter", "mood=Happy"))
                        .failsWith(2)
                        .err())
                .contains("'mood'", "genre");
        assertThat(Run.of(service.recommend("--output", service.path("bad"), "--filter", "genre=No such"))
                        .failsWith(2)
                        .err())
                .contains("no item");
        Run.of(service.recommend("--output", service.path("bad"), "--exclude", service.path("none.csv")))
                .failsWith(2);
        assertThat(folder.resolve("bad")).doesNotExist();
    }
}
