package discreet.evaluate.movielens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.evaluate.MovieLens;
import discreet.evaluate.TestUser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldoutProtocolTest {
    @TempDir
    Path folder;

    @Test
    void read_archiveAndPlainFile_giveTheSameHoldout() throws IOException {
        Path plain = folder.resolve("ratings.dat");
        try (InputStream ratings = Objects.requireNonNull(
                getClass().getClassLoader().getResourceAsStream("datasets/movielens/ratings.dat"))) {
            Files.copy(ratings, plain);
        }

        HoldoutProtocol protocol = HoldoutProtocol.read(plain);

        assertThat(protocol.userCount()).isEqualTo(6_034);
        assertThat(protocol.items()).hasSize(3_533).isSorted();
        assertThat(same(protocol.holdout(11), MovieLens.protocol().holdout(11))).isTrue();
    }

    @Test
    void holdout_ofASeed_dividesUsers() {
        Holdout holdout = MovieLens.protocol().holdout(11);

        assertThat(holdout.items()).hasSize(3_533);
        assertThat(holdout.training()).hasSize(4_834).allSatisfy(HoldoutProtocolTest::isHistory);
        assertThat(holdout.training()).allMatch(history -> history.length >= 5 && history.length <= 500);
        assertThat(holdout.training()).anyMatch(history -> history.length == 500);
        assertThat(holdout.test()).hasSize(600);
        assertThat(holdout.validation()).hasSize(600);
        Set<String> users = new HashSet<>(holdout.trainingUsers());
        users.addAll(holdout.testUsers());
        assertThat(users).hasSize(4_834 + 600);
    }

    @Test
    void holdout_ofASeed_hidesAFifthOfEachHistory() {
        Holdout holdout = MovieLens.protocol().holdout(12);

        for (List<TestUser> users : List.of(holdout.test(), holdout.validation())) {
            for (TestUser user : users) {
                isHistory(user.history());
                isHistory(user.labels());
                int all = user.history().length + user.labels().length;
                assertThat(user.labels()).hasSize(Math.max(1, all / 5));
                assertThat(user.history()).doesNotContain(user.labels());
            }
        }
    }

    @Test
    void holdout_ofAnotherSeed_differs() {
        HoldoutProtocol protocol = MovieLens.protocol();

        assertThat(same(protocol.holdout(11), protocol.holdout(11))).isTrue();
        assertThat(same(protocol.holdout(11), protocol.holdout(12))).isFalse();
    }

    @Test
    void forEachTrainingRow_passesEveryItemOfEveryUser() {
        Holdout holdout = MovieLens.protocol().holdout(11);
        List<String> rows = new ArrayList<>();

        holdout.forEachTrainingRow((user, item) -> rows.add(user + " " + item));

        assertThat(rows)
                .hasSize(holdout.training().stream()
                        .mapToInt(items -> items.length)
                        .sum());
        assertThat(rows.get(0))
                .isEqualTo(holdout.trainingUsers().get(0) + " "
                        + holdout.items().get(holdout.training().get(0)[0]));
        assertThat(rows).doesNotHaveDuplicates();
    }

    @Test
    void read_anotherFile_isRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("ratings.dat"), "1::1193::5::978300760\n");

        assertThatThrownBy(() -> HoldoutProtocol.read(other))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot use '" + other + "' as MovieLens 1M: the SHA-256")
                .hasMessageContaining(HoldoutProtocol.SHA_256)
                .hasMessageContaining("ml-1m.zip");
    }

    @Test
    void read_archiveWithoutOrWithOtherRatings_isRefused() throws IOException {
        Path without = zip("without.zip", "movies.dat");
        Path changed = zip("changed.zip", "ml-1m/ratings.dat");

        assertThatThrownBy(() -> HoldoutProtocol.read(without))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "Cannot read MovieLens 1M from '" + without + "': there is no ratings.dat in it.");
        assertThatThrownBy(() -> HoldoutProtocol.read(changed))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void read_missingFileOrFolder_isRefused() {
        assertThatThrownBy(() -> HoldoutProtocol.read(folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> HoldoutProtocol.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it cannot be read");
    }

    private Path zip(String name, String entry) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("1::1193::5::978300760\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void isHistory(int[] items) {
        assertThat(items).isNotEmpty();
        assertThat(IntStream.range(1, items.length).allMatch(q -> items[q - 1] < items[q]))
                .isTrue();
        assertThat(items[0]).isNotNegative();
        assertThat(items[items.length - 1]).isLessThan(3_533);
    }

    private static boolean same(Holdout a, Holdout b) {
        return a.items().equals(b.items())
                && a.trainingUsers().equals(b.trainingUsers())
                && a.testUsers().equals(b.testUsers())
                && Arrays.deepEquals(a.training().toArray(), b.training().toArray())
                && sameUsers(a.test(), b.test())
                && sameUsers(a.validation(), b.validation());
    }

    private static boolean sameUsers(List<TestUser> a, List<TestUser> b) {
        return a.size() == b.size()
                && IntStream.range(0, a.size())
                        .allMatch(q -> Arrays.equals(
                                        a.get(q).history(), b.get(q).history())
                                && Arrays.equals(a.get(q).labels(), b.get(q).labels()));
    }
}
