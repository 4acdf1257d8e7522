package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.RunException;
import discreet.ledger.SealedFile.Digest;
import discreet.ledger.Store.NewFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {

    @TempDir
    private Path folder;

    private Store store() {
        return Store.at(folder.toUri());
    }

    private Digest write(SealedHeader header, long[] values) {
        try (NewFile file = store().create("f")) {
            Digest digest = SealedFile.write(file, Released.vector(header, values));
            file.finish();
            return digest;
        }
    }

    private static SealedHeader header(int length) {
        return new SealedHeader("eu", "r", "gram", 1, length, 12.5, 1024, "{\"head\":[1,2],\"t\":0.1}");
    }

    private static Digest digest(byte[] bytes) throws Exception {
        return new Digest(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)), bytes.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 100_000})
    void write_thenRead_isTheSame(int length) throws Exception {
        long[] values = new Random(length).longs(length).toArray();
        Path file = folder.resolve("f");
        Digest digest = write(header(length), values);
        assertThat(digest).isEqualTo(digest(Files.readAllBytes(file)));
        SealedFile.check(store(), "f", digest);
        Released released = SealedFile.read(store(), "f", digest);
        assertThat(released.values()).isEqualTo(values);
        assertThat(released.header()).isEqualTo(header(length));
    }

    @Test
    void layout_isTheDocumentedOne() throws IOException {
        Path file = folder.resolve("f");
        write(header(2), new long[] {-1, Long.MIN_VALUE});
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[8];
        bytes.get(magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("DISCSEAL");
        assertThat(bytes.getInt()).isEqualTo(1);
        byte[] json = new byte[bytes.getInt()];
        bytes.get(json);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"attempt\":1,\"context\":{\"head\":[1,2],\"t\":0.1},\"length\":2,\"population\":\"eu\","
                        + "\"release\":\"r\",\"sensitivity\":1024.0,\"sigma\":12.5,\"vector\":\"gram\"}");
        assertThat(bytes.getLong()).isEqualTo(-1);
        assertThat(bytes.getLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void write_fileThatExists_isNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "x");
        assertThatThrownBy(() -> write(header(0), new long[0])).isInstanceOf(RunException.class);
        assertThat(file).hasContent("x");
    }

    @Test
    void read_otherSizeOrAnyFlippedBit_isRefused() throws Exception {
        Path file = folder.resolve("f");
        Digest digest = write(header(3), new long[] {1, 2, 3});
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 4;
            Files.write(file, changed);
            assertThatThrownBy(() -> SealedFile.read(store(), "f", digest)).isInstanceOf(RunException.class);
            assertThatThrownBy(() -> SealedFile.check(store(), "f", digest)).isInstanceOf(RunException.class);
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> SealedFile.read(store(), "f", digest)).isInstanceOf(RunException.class);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> SealedFile.read(store(), "f", digest)).isInstanceOf(RunException.class);
    }

    /** A file with a matching digest is still refused if its layout is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DISCSEAL",
                "DISCSEAL\1\0\0\0\u007f\0\0\0{}",
                "DISCSEAL\1\0\0\0\2\0\0\0{}",
                "DISCSEAL\2\0\0\0\2\0\0\0{}",
                "DISCSEAL\1\0\0\0\0\0\0\0",
                "DISCSEAL\1\0\0\0\2\0\0\0[["
            })
    void read_strangeLayoutWithItsOwnDigest_isRefused(String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("f"), bytes);
        Digest digest = digest(bytes);
        assertThatThrownBy(() -> SealedFile.read(store(), "f", digest)).isInstanceOf(RunException.class);
    }

    @Test
    void read_headerThatDeclaresMoreValues_isRefusedBeforeAllocating() throws Exception {
        String json = header(Integer.MAX_VALUE).toJson();
        ByteBuffer bytes = ByteBuffer.allocate(16 + json.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("DISCSEAL".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(json.length());
        bytes.put(json.getBytes(StandardCharsets.US_ASCII));
        Files.write(folder.resolve("f"), bytes.array());
        Digest digest = digest(bytes.array());
        assertThatThrownBy(() -> SealedFile.read(store(), "f", digest)).isInstanceOf(RunException.class);
    }

    private Digest writeKeys(List<String> keys) {
        try (NewFile file = store().create("f")) {
            Digest digest = SealedFile.write(
                    file,
                    Released.map(
                            header(keys.size()),
                            keys,
                            new Random(1).longs(keys.size()).toArray()));
            file.finish();
            return digest;
        }
    }

    static Stream<List<String>> keys() {
        return Stream.of(
                List.of(),
                List.of("a"),
                List.of("", "a\n\"", "\ud800 without its pair", "x".repeat(100_000), "\ud83d\ude00"),
                IntStream.range(0, 30_000).mapToObj(i -> "key " + i).toList());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void writeKeys_thenRead_isTheSame(List<String> keys) throws Exception {
        Digest digest = writeKeys(keys);
        assertThat(digest).isEqualTo(digest(Files.readAllBytes(folder.resolve("f"))));
        SealedFile.check(store(), "f", digest);
        Released released = SealedFile.read(store(), "f", digest);
        assertThat(released.keys()).isEqualTo(keys);
        assertThat(released.hasKeys()).isTrue();
        assertThat(released.values()).isEqualTo(new Random(1).longs(keys.size()).toArray());
    }

    @Test
    void readKeys_otherSizeOrAnyFlippedBit_isRefused() throws Exception {
        Path file = folder.resolve("f");
        Digest digest = writeKeys(List.of("ab", "c"));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit : new int[] {1, 4, 128}) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) bit;
                Files.write(file, changed);
                assertThatThrownBy(() -> SealedFile.read(store(), "f", digest)).isInstanceOf(RunException.class);
                // It is refused even if the ledger has this digest, because the sizes do not add up.
                Digest own = digest(changed);
                if (i >= bytes.length - 14 && i < bytes.length - 10 || i == 8) {
                    assertThatThrownBy(() -> SealedFile.read(store(), "f", own)).isInstanceOf(RunException.class);
                }
            }
        }
    }
}
