package discreet.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {
    private static final NativeLibrary.Platform HERE = NativeLibrary.Platform.current();

    @TempDir
    Path folder;

    @Test
    void load_twice_isIdempotent() {
        NativeLibrary.load();
        NativeLibrary.load();
        assertThat(NativeLibrary.selfTest(NativeLibrary.VERSION)).isNull();
    }

    @Test
    void version_ofTheJar_matchesThePomAndTheCrate() throws IOException {
        assertThat(firstMatch(
                        Path.of("../../pom.xml"), "<artifactId>discreet</artifactId>\\s*<version>([^<]+)</version>"))
                .isEqualTo(NativeLibrary.VERSION);
        assertThat(firstMatch(Path.of("src/main/rust/Cargo.toml"), "(?m)^version = \"([^\"]+)\""))
                .isEqualTo(NativeLibrary.VERSION);
    }

    /** What SECURITY.md says is built in decides whether an advisory counts. */
    @Test
    void security_versions_areThoseOfTheLockFile() throws IOException {
        Path lock = Path.of("src/main/rust/Cargo.lock");
        assertThat(Files.readString(Path.of("../../SECURITY.md")))
                .contains("OpenSSL " + firstMatch(lock, "name = \"openssl-src\"\nversion = \"[^+\"]+\\+([^\"]+)\""))
                .contains("OpenDP " + firstMatch(lock, "name = \"opendp\"\nversion = \"([^\"]+)\""));
        assertThat(Files.readString(Path.of("../../.mvn/wrapper/maven-wrapper.properties")))
                .containsPattern("\ndistributionSha256Sum=[0-9a-f]{64}\n");
    }

    private static String firstMatch(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** The native code names reasons, and an unknown name would become an exception without a type. */
    @Test
    void nativeFailures_allHaveAReason() throws IOException {
        List<String> reasons = new ArrayList<>();
        for (String file : List.of("noise/NoiseException", "statistics/SpectrumException")) {
            Pattern.compile("(?m)^        ([A-Z_]+)\\(\"")
                    .matcher(Files.readString(Path.of("src/main/java/discreet", file + ".java")))
                    .results()
                    .map(result -> result.group(1))
                    .forEach(reasons::add);
        }
        List<String> failures = Pattern.compile("=> \"([A-Z_]+)\"")
                .matcher(Files.readString(Path.of("src/main/rust/src/failure.rs")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
        assertThat(failures).hasSizeGreaterThan(10);
        assertThat(reasons).containsAll(failures);
    }

    @Test
    void selfTest_ofAnotherVersion_isRefusedWithWhatToDo() {
        NativeLibrary.load();
        assertThatExceptionOfType(NativeLibraryException.class)
                .isThrownBy(() -> NativeLibrary.requireSound(NativeLibrary.selfTest("0.0.0")))
                .withMessage("Cannot use the native library: the library and the jar are of different versions."
                        + " Build the jar again from clean sources (./mvnw clean package).");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86-64, libdiscreet.so",
        "Linux, aarch64, linux-aarch64, libdiscreet.so",
        "Mac OS X, aarch64, darwin-aarch64, libdiscreet.dylib",
        "Mac OS X, x86_64, darwin-x86-64, libdiscreet.dylib",
        "Windows 11, amd64, win32-x86-64, discreet.dll"
    })
    void platform_names_areThoseOfTheBuild(String os, String architecture, String name, String file) {
        assertThat(NativeLibrary.Platform.of(os, architecture).resource())
                .isEqualTo("/discreet/natives/" + name + "/" + file);
    }

    @Test
    void unpack_unknownPlatform_saysWhatToDo() {
        assertThatExceptionOfType(NativeLibraryException.class)
                .isThrownBy(() -> NativeLibrary.unpack(NativeLibrary.Platform.of("Plan 9", "mips"), null))
                .withMessage("Cannot load the native library: this jar has none for plan-9-mips."
                        + " Build the jar on that platform (./mvnw package).");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void unpack_byDefault_usesAFolderOfItsOwn() throws IOException {
        Path first = NativeLibrary.unpack(HERE, null);
        Path second = NativeLibrary.unpack(HERE, null);
        assertThat(first)
                .isNotEqualTo(second)
                .hasFileName("libdiscreet-" + NativeLibrary.VERSION + "-" + HERE.name() + HERE.suffix());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void unpack_namedFolder_reusesTheSameFileAndReplacesAnother() throws IOException {
        String named = folder.resolve("a/b").toString();
        Path file = NativeLibrary.unpack(HERE, named);
        byte[] library = Files.readAllBytes(file);
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(file, old);

        assertThat(NativeLibrary.unpack(HERE, named)).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);

        library[library.length / 2] ^= 1;
        Files.write(file, library);
        NativeLibrary.unpack(HERE, named);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(library);
        try (Stream<Path> files = Files.list(Path.of(named))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void unpack_folderIsAFile_keepsTheCauseAndSaysWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatExceptionOfType(NativeLibraryException.class)
                .isThrownBy(() -> NativeLibrary.unpack(HERE, file.toString()))
                .withMessageContaining("Set -Ddiscreet.native.dir=FOLDER")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void open_nothingToLoad_keepsTheCauseAndSaysWhatToDo() {
        Path file = folder.resolve("libdiscreet.so");
        assertThatExceptionOfType(NativeLibraryException.class)
                .isThrownBy(() -> NativeLibrary.open(file))
                .withMessageContaining("noexec")
                .withMessageContaining("-Ddiscreet.native.dir=FOLDER")
                .withCauseInstanceOf(UnsatisfiedLinkError.class);
    }

    /** A function that is exported could be replaced by another library's, the source of noise among them. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void library_exports_nothingButNativeMethods() throws Exception {
        Set<String> methods = new TreeSet<>(Set.of("JNI_OnLoad"));
        for (String name : List.of("natives.NativeLibrary", "noise.OpenDp", "statistics.Faer")) {
            for (Method method : Class.forName("discreet." + name).getDeclaredMethods()) {
                if (Modifier.isNative(method.getModifiers())) {
                    methods.add("Java_discreet_" + name.replace('.', '_') + "_" + method.getName());
                }
            }
        }
        byte[] library = Files.readAllBytes(NativeLibrary.unpack(HERE, folder.toString()));
        assertThat(methods).hasSizeGreaterThan(5);
        assertThat(ElfExports.of(library)).containsExactlyElementsOf(methods);
    }

    /**
     * Runs a process of its own. It is silent although the self-test panics on purpose, and leaves nothing
     * behind.
     */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void load_inANewProcess_isSilentAndLeavesNothing() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(output, StandardCharsets.UTF_8)).isEqualTo("1 folder\n");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("discreet-")))
                    .isEmpty();
        }
    }

    static final class Loading {
        private Loading() {}

        public static void main(String[] args) throws IOException {
            NativeLibrary.load();
            try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                long folders = files.filter(
                                path -> path.getFileName().toString().startsWith("discreet-"))
                        .count();
                System.out.print(folders + " folder\n");
            }
        }
    }
}
