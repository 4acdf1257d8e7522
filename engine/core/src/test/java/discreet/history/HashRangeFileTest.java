package discreet.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.privacy.HashRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashRangeFileTest {
    private static final String MARKER = "_cell";

    @TempDir
    private Path folder;

    @Test
    void find_writtenMarker_isItsHashRange() throws IOException {
        HashRange users = HashRange.below("salt", .3);
        HashRangeFile.write(new Configuration(), new org.apache.hadoop.fs.Path(folder.toUri()), users);

        assertThat(HashRangeFile.find(folder.toString())).isEqualTo(users);
    }

    @Test
    void find_noMarkerOrNoFolder_isAllUsers() throws IOException {
        Path file = Files.writeString(folder.resolve("ratings.csv"), "user,item\n");

        assertThat(HashRangeFile.find(folder.toString())).isNull();
        assertThat(HashRangeFile.find(file.toString())).isNull();
        assertThat(HashRangeFile.find(folder.resolve("none").toString())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "everybody who matters", "0 1", "\n"})
    void find_malformedMarker_namesTheFileAndAsksForAccess(String text) throws IOException {
        Files.writeString(folder.resolve(MARKER), text);

        assertUnreadable();
    }

    @Test
    void find_markerThatIsNoFile_namesTheFileAndAsksForAccess() throws IOException {
        Files.createDirectory(folder.resolve(MARKER));

        assertUnreadable();
    }

    private void assertUnreadable() {
        assertThatThrownBy(() -> HashRangeFile.find(folder.toString()))
                .isInstanceOf(InputException.class)
                .hasMessage("Cannot read the hash range of the users in " + folder
                        + ": its file _cell cannot be read. Check access to it, or write the folder again.");
    }
}
